"""Records of the sheets put together into a plan. Only called when nothing is wrong with them: it checks nothing."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from plan_pages.choices import Aggregate, Frequency
from plan_pages.domain.plan import (
    BudgetLine,
    Chapter,
    Entry,
    Goal,
    Group,
    Indicator,
    Measure,
    Plan,
    Task,
    Text,
    Value,
)
from plan_pages.exchange.reported import with_reported
from plan_pages.exchange.workbook.references import OWNERS, owner_of
from plan_pages.exchange.workbook.tables import Record, Table

Tables = Mapping[str, Table]


def assemble(plan: Record, tables: Tables, languages: tuple[str, ...]) -> Plan:
    """Structure in the order of rows; values and entries by period, budget by year and fund."""
    return Plan(
        title=plan.values["title"],
        vision=plan.get("vision", Text()),
        start_year=plan.values["start_year"],
        end_year=plan.values["end_year"],
        frequency=plan.get("frequency", Frequency.QUARTER),
        currency=plan.get("currency", "EUR"),
        languages=languages,
        groups=tuple(
            Group(code=group.values["code"], name=group.values["name"], remit=group.get("remit", Text()))
            for group in tables["groups"].records
        ),
        chapters=_chapters(tables),
    )


def _by(tables: Tables, sheet: str, key: str) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = defaultdict(list)
    for record in tables[sheet].records:
        found[record.values[key]].append(record)
    return found


def _chapters(tables: Tables) -> tuple[Chapter, ...]:
    indicators = _indicators(tables)
    measures = _measures(tables, indicators)
    tasks: dict[str, list[Task]] = defaultdict(list)
    for record in tables["tasks"].records:
        code = record.values["code"]
        tasks[record.values["goal"]].append(
            Task(**_common(record, indicators["tasks", code]), measures=tuple(measures[code]))
        )
    goals: dict[str, list[Goal]] = defaultdict(list)
    for record in tables["goals"].records:
        code = record.values["code"]
        goals[record.values["chapter"]].append(
            Goal(**_common(record, indicators["goals", code]), tasks=tuple(tasks[code]))
        )
    return tuple(
        with_reported(
            Chapter(
                code=record.values["code"],
                title=record.values["title"],
                summary=record.get("summary", Text()),
                group=record.get("group", ""),
                weight=record.get("weight"),
                goals=tuple(goals[record.values["code"]]),
            )
        )
        for record in tables["chapters"].records
    )


def _common(record: Record, indicators: list[Indicator]) -> dict[str, Any]:
    """What goals, tasks and measures have in common."""
    return {
        "code": record.values["code"],
        "title": record.values["title"],
        "description": record.get("description", Text()),
        "weight": record.get("weight"),
        "indicators": tuple(indicators),
    }


def _measures(tables: Tables, indicators: dict[tuple[str, str], list[Indicator]]) -> dict[str, list[Measure]]:
    """By the code of their task."""
    progress, budget = _by(tables, "progress", "measure"), _by(tables, "budget", "measure")
    measures: dict[str, list[Measure]] = defaultdict(list)
    for record in tables["measures"].records:
        code = record.values["code"]
        entries = (
            Entry(
                period=entry.values["period"],
                status=entry.values["status"],
                percent=entry.get("percent"),
                note=entry.get("note", Text()),
                next=entry.get("next", Text()),
                reason=entry.get("reason", Text()),
            )
            for entry in progress[code]
        )
        lines = (
            BudgetLine(line.values["year"], line.values["fund"], line.get("planned"), line.get("spent"))
            for line in budget[code]
        )
        measures[record.values["task"]].append(
            Measure(
                **_common(record, indicators["measures", code]),
                responsible=record.get("responsible", ""),
                partners=record.get("partners", ()),
                start=record.get("start"),
                end=record.get("end"),
                milestones=record.get("milestones", ()),
                links=record.get("links", ()),
                tags=record.get("tags", ()),
                entries=tuple(sorted(entries, key=lambda entry: entry.period)),
                budget=tuple(sorted(lines, key=lambda line: (line.year, line.fund))),
            )
        )
    return measures


def _indicators(tables: Tables) -> dict[tuple[str, str], list[Indicator]]:
    """By the sheet and the code of the goal, task or measure that they belong to."""
    values = _by(tables, "values", "indicator")
    codes = {sheet: {record.values["code"]: record.row for record in tables[sheet].records} for sheet in OWNERS}
    indicators: dict[tuple[str, str], list[Indicator]] = defaultdict(list)
    for record in tables["indicators"].records:
        given = (
            Value(
                period=value.values["period"],
                target=value.get("target"),
                actual=value.get("actual"),
                unavailable=value.get("unavailable", False),
                note=value.get("note", Text()),
            )
            for value in values[record.values["code"]]
        )
        owner = owner_of(record.values["of"], codes)[0]
        texts = {key: record.get(key, Text()) for key in ("unit", "method", "source")}
        plain = ("direction", "baseline", "baseline_year", "target", "target_year", "tolerance", "threshold")
        indicators[owner].append(
            Indicator(
                code=record.values["code"],
                name=record.values["name"],
                kind=record.values["kind"],
                aggregate=record.get("aggregate", Aggregate.LAST),
                next_update=record.get("next_update"),
                values=tuple(sorted(given, key=lambda value: value.period)),
                **{key: record.get(key) for key in plain},
                **texts,
            )
        )
    return indicators
