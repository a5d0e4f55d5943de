"""A chapter's return told in the shapes of the API: the same grid that the admin shows, row by row."""

from collections.abc import Collection
from typing import Any

from plan_pages import formats
from plan_pages.api.entries import entry_shape
from plan_pages.api.evidence_told import evidence_row
from plan_pages.api.return_shapes import (
    Deed,
    EntryRow,
    MoneyRow,
    PeriodShape,
    ReturnDetail,
    ReturnSummary,
    Rows,
    ValueRow,
)
from plan_pages.api.shapes import (
    Kind,
    day_or_none,
    local_text,
    moment_or_none,
    money_or_none,
    number_or_none,
)
from plan_pages.api.teller import Teller, deed_or_none, step
from plan_pages.editing import returns, rows
from plan_pages.editing.grid import Grid, IndicatorLine, MeasureLine
from plan_pages.editing.sheet import ReturnSheet
from plan_pages.funds import funds
from plan_pages.languages import language_codes, ordered
from plan_pages.monitoring import ChapterReturn, Reported, ReportingPeriod
from plan_pages.permissions import is_coordinator, is_editable
from plan_pages.register import Task


def grid_of(found: ChapterReturn, user: Any, history: list[Any]) -> Grid:
    sheet = ReturnSheet(found, may_edit=is_editable(found), may_set_targets=is_coordinator(user))
    return Grid(found, sheet, returns.sent_back_at(history))


def summary(teller: Teller, found: ChapterReturn, reported: int) -> ReturnSummary:
    plan = found.chapter.plan
    return {
        "@id": teller.address("return_detail", found.pk),
        "@type": "Return",
        "id": found.pk,
        "plan": str(plan.public_id),
        "chapter": teller.reference("Chapter", found.chapter, plan),
        "period": _period(teller, found.period),
        "state": found.state_choice,
        "state_label": found.state_choice.label,
        "reason": found.reason or None,
        "submitted": deed_or_none(found.submitted_at, found.submitted_by),
        "approved": deed_or_none(found.approved_at, found.approved_by),
        "editable": is_editable(found),
        "reported": reported,
    }


def detail(teller: Teller, found: ChapterReturn, grid: Grid, history: list[Any], transitions: Any) -> ReturnDetail:
    page = found.chapter.plan.page
    return {
        **summary(teller, found, grid.reported),
        "wanted": grid.wanted,
        "open_comments": grid.open_comments,
        "currency": page.currency if page else "",
        **told_rows(teller, grid),
        "history": [step(each) for each in history],
        "transitions": transitions,
        "links": {
            "transitions": teller.address("return_transitions", found.pk),
            "evidence": teller.address("evidence_list", found.pk),
            "comments": teller.address("comments_list", found.pk),
            "up": teller.address("returns_list"),
        },
    }


def told_rows(teller: Teller, grid: Grid, only: Collection[str] | None = None) -> Rows:
    """`only`: the keys of the rows that are told, all without it."""

    def is_told(row: Any) -> bool:
        return only is None or row.key in only

    return {
        "entries": [
            _entry(teller, grid, part.task, line)
            for goal in grid.goals
            for part in goal.tasks
            for line in part.measures
            if is_told(line.row)
        ],
        "values": [_value(teller, grid, line) for line in grid.indicators if is_told(line.row)],
        "money": [_money(teller, grid, row) for line in grid.measures for row in line.money if is_told(row)],
    }


def _entry(teller: Teller, grid: Grid, task: Task, line: MeasureLine) -> EntryRow:
    entry, before = line.row.entry, line.before
    return {
        "measure": teller.reference("Measure", line.measure, grid.chapter_return.chapter.plan),
        "task": task.code,
        "status": entry.status if entry else None,
        "percent": number_or_none(entry.percent if entry else None),
        "note": _texts(entry, "note"),
        "next": _texts(entry, "next"),
        "reason": _texts(entry, "reason"),
        "base": line.row.base,
        "written": _written(entry),
        "last": entry_shape(before.entry, teller.language) if before else None,
        "carried": bool(before and before.is_carried),
        "missing": line.is_missing,
        "new": line.is_new,
        "open_comments": line.open_comments,
        "evidence": [evidence_row(teller, grid.chapter_return, each) for each in line.evidence],
    }


def _value(teller: Teller, grid: Grid, line: IndicatorLine) -> ValueRow:
    value, known, indicator = line.row.value, line.known, line.indicator
    plan = grid.chapter_return.chapter.plan
    of: tuple[Kind, Any] = ("Goal", indicator.goal)
    if indicator.task_id:
        of = "Task", indicator.task
    elif indicator.measure_id:
        of = "Measure", indicator.measure
    return {
        "indicator": teller.reference("Indicator", indicator, plan),
        "of": teller.reference(*of, plan),
        "unit": local_text(known.indicator.unit, teller.language),
        "target": number_or_none(value.target if value else None),
        "actual": number_or_none(value.actual if value else None),
        "unavailable": bool(value and value.unavailable),
        "note": _texts(value, "note"),
        "confirmed": number_or_none(value.confirmed if value else None),
        "base": line.row.base,
        "written": _written(value),
        "last": {"period": str(known.last.period), "actual": number_or_none(known.last.actual)} if known.last else None,
        "expected": number_or_none(line.expected),
        "missing": line.is_missing,
        "new": line.is_new,
        "open_comments": sum(not each.is_settled for each in line.comments),
    }


def _money(teller: Teller, grid: Grid, row: rows.MoneyRow) -> MoneyRow:
    stored: Any = row.stored
    return {
        "measure": teller.reference("Measure", row.measure, grid.chapter_return.chapter.plan),
        "year": stored.year,
        "fund": stored.fund,
        "title": str(funds().get(stored.fund, stored.fund)),
        "planned": money_or_none(stored.planned),
        "spent": money_or_none(stored.spent),
        "base": row.base,
        "written": _written(row.entry),
    }


def _period(teller: Teller, period: ReportingPeriod) -> PeriodShape:
    return {
        "period": period.period,
        "label": formats.period(period.value, teller.language),
        "last_day": period.last_day.isoformat(),
        "opens": day_or_none(period.opens),
        "due": day_or_none(period.due),
        "locked": moment_or_none(period.locked_at),
    }


def _written(row: Reported | None) -> Deed | None:
    return deed_or_none(row.changed_at, row.changed_by) if row else None


def _texts(row: Any, name: str) -> dict[str, str]:
    return ordered(getattr(row, name), language_codes()) if row else {}
