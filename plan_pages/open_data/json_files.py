"""Tables and the whole plan as JSON, piece by piece. The shape of the plan is said by `plan.schema.json` beside this.

Decimals are strings, as they were given; days are ISO, periods as in the workbook; a text of the plan is a mapping of
language to text. What is not known is null.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from plan_pages import csv_files
from plan_pages.csv_files import Row
from plan_pages.domain import indicators, rounding
from plan_pages.domain.periods import Period
from plan_pages.domain.plan import Indicator, Plan, Text
from plan_pages.domain.progress import ChapterProgress, Figure, GoalProgress, MeasureProgress, TaskProgress
from plan_pages.domain.standing import Standpoint
from plan_pages.open_data.contents import Contents
from plan_pages.pages import measures

TYPE = "application/json"
SCHEMA = Path(__file__).with_name("plan.schema.json")
Parts = Iterator[str]


def table(columns: Sequence[str], rows: Iterable[Row]) -> Parts:
    """An array with an object a row."""
    yield from _array(_written(dict(zip(columns, row, strict=True))) for row in rows)


def plan(data: Contents, schema: str, licence: str) -> Parts:
    """The whole plan with its figures, or as much of it as was asked for."""
    given, now = data.plan, data.now
    head = {
        "$schema": schema,
        "licence": licence,
        **_fields(given, "id", "slug", "title", "owner", "vision", "start_year", "end_year", "frequency", "currency"),
        **_fields(given, "stage", "demonstration", "languages", "level_names", "fund_names", "address", "data_date"),
        "approval": _fields(given.approval, "body", "date", "number"),
        "amendments": [_fields(each, "date", "number", "title") for each in given.amendments],
        "groups": [_fields(each, "code", "name", "remit", "kind", "address") for each in given.groups],
        "as_of": now.as_of,
        "figures": _figures(now.figure),
    }
    yield from _with(head, chapters=(_chapter(each, data) for each in now.chapters))


def _chapter(each: ChapterProgress, data: Contents) -> Parts:
    head = {
        **_fields(each.chapter, "id", "code", "title", "summary", "group", "weight", "address", "reported"),
        "period": each.period,
        "figures": _figures(each.figure),
    }
    yield from _with(head, goals=(_goal(goal, each, data) for goal in each.goals))


def _goal(each: GoalProgress, chapter: ChapterProgress, data: Contents) -> Parts:
    goal = each.goal
    at = _standpoint(chapter, data)
    head = {
        **_fields(goal, "id", "code", "title", "description", "weight"),
        "figures": _figures(each.figure),
        "indicators": [_indicator(one, data.plan, chapter, at) for one in goal.indicators],
    }
    yield from _with(head, tasks=(_task(task, chapter, data) for task in each.tasks))


def _task(each: TaskProgress, chapter: ChapterProgress, data: Contents) -> Parts:
    task = each.task
    at = _standpoint(chapter, data)
    head = {
        **_fields(task, "id", "code", "title", "description", "weight"),
        "figures": _figures(each.figure),
        "indicators": [_indicator(one, data.plan, chapter, at) for one in task.indicators],
    }
    yield from _with(head, measures=(_written(_measure(one, chapter, data)) for one in each.measures))


def _measure(each: MeasureProgress, chapter: ChapterProgress, data: Contents) -> dict[str, Any]:
    measure, standing, plan = each.measure, each.standing, data.plan
    at = _standpoint(chapter, data).of_measure(measure)
    return {
        **_fields(measure, "id", "code", "title", "description", "responsible", "partners", "start", "end"),
        **_fields(measure, "original_end", "weight", "tags", "retired"),
        "address": {code: plan.measure_address(measure, code) for code, _url in plan.address.pairs},
        "deadline_changes": [_fields(move, "changed", "was", "became") for move in measure.deadline_changes],
        "milestones": [_fields(one, "title", "date") for one in measure.milestones],
        "links": [_fields(one, "title", "url") for one in measure.links],
        "status": standing.state,
        "late": standing.late,
        "percent": _percent(standing.percent),
        "percent_from": standing.source,
        "time_gone": _percent(standing.time_gone),
        "progress": [
            _fields(entry, "period", "status", "percent", "note", "next", "reason")
            for entry, _before in reversed(measures.history(measure, at))
        ],
        "evidence": [
            _fields(one, "period", "title", "kind", "size") | {"url": urljoin(plan.address.best(""), one.url)}
            for one in measure.evidence
            if one.period in at.reported
        ],
        "budget": [_fields(line, "year", "fund", "planned", "spent") for line in measure.budget],
        "indicators": [_indicator(one, plan, chapter, at) for one in measure.indicators],
    }


def _indicator(indicator: Indicator, plan: Plan, chapter: ChapterProgress, at: Standpoint) -> dict[str, Any]:
    reading = indicators.of_indicator(indicator, plan, at.day, chapter.chapter.reported)
    return {
        **_fields(indicator, "id", "code", "name", "kind", "unit", "direction", "aggregate", "baseline"),
        **_fields(indicator, "baseline_year", "target", "target_year", "tolerance", "threshold", "method", "source"),
        **_fields(indicator, "next_update"),
        "period": reading.last.period if reading.last else None,
        "actual": _rounded(reading.worth),
        "achievement": _percent(reading.achievement),
        "expected": _rounded(reading.expected),
        "trend": reading.trend if reading.last else None,
        "values": [
            _fields(value, "period", "actual", "unavailable", "note") | {"interim_target": value.target}
            for value in reading.series
        ],
    }


def _standpoint(chapter: ChapterProgress, data: Contents) -> Standpoint:
    return Standpoint.of(chapter.chapter.reported, data.plan.frequency, data.now.as_of)


def _figures(figure: Figure) -> dict[str, Any]:
    return {
        "measures": figure.measures,
        "percent": _percent(figure.percent),
        "coverage": _percent(figure.coverage),
        "time_gone": _percent(figure.time_gone),
        "verdict": figure.verdict,
        "statuses": dict(figure.states),
    }


def _percent(value: Decimal | None) -> int | None:
    """In whole percents, as the pages show it."""
    return None if value is None else rounding.percent_shown(value)


def _rounded(value: Decimal | None) -> Decimal | None:
    return None if value is None else rounding.number_shown(value)


def _fields(value: object, *names: str) -> dict[str, Any]:
    return {name: getattr(value, name) for name in names}


def _with(head: dict[str, Any], **lists: Iterable[Parts]) -> Parts:
    """An object with these members, and with arrays whose items are written as they come."""
    yield json.dumps(_plain(head), ensure_ascii=False)[:-1]
    for name, items in lists.items():
        yield f', "{name}": '
        yield from _array(items)
    yield "}"


def _array(items: Iterable[Parts]) -> Parts:
    between = "["
    for item in items:
        yield between
        yield from item
        between = ",\n"
    yield "[]" if between == "[" else "]"


def _written(value: Any) -> Parts:
    yield json.dumps(_plain(value), ensure_ascii=False)


def _plain(value: Any) -> Any:
    match value:
        case Text():
            return value.as_dict()
        case Decimal():
            return csv_files.plain(value)
        case date() | Period():
            return str(value)
        case dict():
            return {str(key): _plain(each) for key, each in value.items()}
        case list() | tuple():
            return [_plain(each) for each in value]
    return value
