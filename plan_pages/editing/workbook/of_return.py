"""A chapter's return as a book: its measures, indicators and money as they are stored now."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from plan_pages import formats
from plan_pages.choices import NEEDS_REASON, Status
from plan_pages.editing.sheet import ReturnSheet
from plan_pages.editing.workbook.before import Before, indicators_before, last_entries
from plan_pages.editing.workbook.book import Book, Heading, Line, Part, Value
from plan_pages.editing.workbook.columns import indicator_columns, measure_columns, money_columns, stored
from plan_pages.funds import funds
from plan_pages.monitoring import ChapterReturn, Entry, fingerprint
from plan_pages.register import Goal, Task, in_language

KIND = "return"
MEASURES, INDICATORS, MONEY = "measures", "indicators", "money"
SPARE_LINES = 20


def book_of(chapter_return: ChapterReturn, *, may_edit: bool, may_set_targets: bool) -> Book:
    """`may_edit`: else nothing in it is to be filled in: it is for reading."""
    sheet = ReturnSheet(chapter_return, may_set_targets=may_set_targets)
    tree = _Tree(chapter_return)
    page = chapter_return.chapter.plan.page
    measures, indicators, money = parts_of(may_set_targets, page.currency if page else "")
    offered = _offered(chapter_return, sheet) if may_edit else {}
    language = get_language() or settings.LANGUAGE_CODE
    period = chapter_return.period
    chapter = chapter_return.chapter
    return Book(
        kind=KIND,
        of=str(chapter.public_id),
        period=period.period,
        language=language,
        title=_("Return of the chapter “%(chapter)s”") % {"chapter": chapter},
        subtitle=formats.period(period.value, language),
        file_name=f"{chapter.code}-{period.period}.xlsx",
        facts=_facts(chapter_return, language),
        guidance=_guidance(may_edit),
        parts=[
            replace(measures, body=_measures(chapter_return, sheet, tree, may_edit)),
            replace(indicators, body=_indicators(chapter_return, sheet, tree, may_edit)),
            replace(
                money,
                body=_money(sheet, tree, may_edit),
                spare=SPARE_LINES if offered.get("code") else 0,
                offered=offered,
            ),
        ],
    )


def _facts(chapter_return: ChapterReturn, language: str) -> list[tuple[str, str]]:
    period = chapter_return.period
    facts = [
        (_("Plan"), str(chapter_return.chapter.plan)),
        (_("Chapter"), str(chapter_return.chapter)),
        (_("Period"), formats.period(period.value, language)),
        (_("State"), chapter_return.state_choice.label),
    ]
    if period.due:
        facts.append((pgettext("reporting period", "Due"), formats.day(period.due, language)))
    return [*facts, (_("Downloaded"), formats.day(timezone.localdate(), language))]


def _guidance(may_edit: bool) -> list[tuple[str, str]]:
    if not may_edit:
        return [(_("For reading"), _("The return cannot be changed now."))]
    return [
        (_("Yellow cells"), _("Only these are filled in. Codes, titles and what was reported before are protected.")),
        (_("Status"), _("Choose it from the list. A measure that is delayed or stopped needs a reason.")),
        (_("Percent"), _("A number from 0 to 100. A completed measure stands at 100.")),
        (_("Indicators"), _("Either an actual value, or “not available” with a note that says why.")),
        (_("Money"), _("New lines are written into the empty rows at the end of the sheet.")),
        (
            _("Emptied cells"),
            _("What you empty is emptied in the return as well. A row that you delete stays in the return as it was."),
        ),
        (
            _("Handing it in"),
            _(
                "Save the workbook as XLSX and upload it at the return. You see what would change, cell by cell, before "
                "anything is stored."
            ),
        ),
        (
            _("Colleagues"),
            _("What a colleague has changed since the download is never overwritten: the upload names such rows."),
        ),
    ]


def parts_of(may_set_targets: bool, currency: str = "") -> list[Part]:
    """The parts of a return's workbook, without their lines: what a file is read by."""
    words = tuple(status.label for status in Status if status in NEEDS_REASON)
    needs = ("status", words, f"reason_{settings.LANGUAGE_CODE}")
    return [
        Part(MEASURES, _("Measures"), measure_columns(), ("code",), needs=needs),
        Part(INDICATORS, _("Indicators"), indicator_columns(may_set_targets), ("code",)),
        Part(
            MONEY,
            _("Money"),
            money_columns(currency),
            ("code", "year", "fund"),
            spare=SPARE_LINES,
            spare_heading=_("New lines: choose the measure’s code, the year and the fund"),
        ),
    ]


class _Tree:
    """The goals and tasks of the chapter, as headings above their rows."""

    def __init__(self, chapter_return: ChapterReturn) -> None:
        chapter = chapter_return.chapter_id
        self.goals = {goal.pk: goal for goal in Goal.objects.filter(chapter=chapter)}
        self.tasks = {task.pk: task for task in Task.objects.filter(chapter=chapter)}

    def goal_of(self, indicator: Any) -> int | None:
        if indicator.goal_id:
            return int(indicator.goal_id)
        task = indicator.task_id or indicator.measure.task_id
        return int(self.tasks[task].goal_id) if task in self.tasks else None

    def headings(self, task: int, before: tuple[int | None, int | None]) -> Iterator[Heading]:
        """What is new since the goal and task of the row before."""
        found = self.tasks[task]
        if found.goal_id != before[0]:
            yield Heading(str(self.goals[found.goal_id]), 0)
        if task != before[1]:
            yield Heading(str(found), 1)


def _measures(chapter_return: ChapterReturn, sheet: ReturnSheet, tree: _Tree, may_edit: bool) -> list[Heading | Line]:
    last = last_entries(chapter_return)
    body: list[Heading | Line] = []
    place: tuple[int | None, int | None] = (None, None)
    for row in _once(sheet.measures, lambda row: row.measure):
        measure = row.measure
        body += tree.headings(measure.task_id, place)
        place = tree.tasks[measure.task_id].goal_id, measure.task_id
        cells = {
            "code": measure.code,
            "title": in_language(measure.title),
            "end": measure.end,
            **_told(last.get(measure.pk)),
            **stored(row),
        }
        body.append(Line(str(row.prefix), cells, fingerprint(row.entry), not may_edit))
    return body


def _told(entry: Entry | None) -> dict[str, Value]:
    if entry is None:
        return {}
    named = (
        (_("Done: %(text)s"), entry.note),
        (_("Next: %(text)s"), entry.next),
        (_("Reason: %(text)s"), entry.reason),
    )
    lines = [words % {"text": in_language(texts)} for words, texts in named if texts]
    return {
        "last_status": Status(entry.status).label,
        "last_percent": entry.percent,
        "last_texts": "\n".join(lines),
    }


def _indicators(chapter_return: ChapterReturn, sheet: ReturnSheet, tree: _Tree, may_edit: bool) -> list[Heading | Line]:
    period, plan = chapter_return.period, chapter_return.chapter.plan
    before = indicators_before(period, plan, [row.indicator for row in sheet.indicators])
    order = {key: number for number, key in enumerate(tree.goals)}
    rows = sorted(
        _once(sheet.indicators, lambda row: row.indicator),
        key=lambda row: order.get(tree.goal_of(row.indicator) or 0, -1),
    )
    body: list[Heading | Line] = []
    goal: int | None = None
    for row in rows:
        if (found := tree.goal_of(row.indicator)) != goal and found is not None:
            goal = found
            body.append(Heading(str(tree.goals[goal]), 0))
        body.append(
            Line(
                str(row.prefix),
                indicator_cells(row, before[row.indicator.pk]),
                fingerprint(row.value),
                not may_edit,
            )
        )
    return body


def indicator_cells(row: Any, before: Before) -> dict[str, Value]:
    """The cells of an indicator's line, of its row's form."""
    return {
        "code": row.indicator.code,
        "title": in_language(row.indicator.title),
        "of": row.of,
        "unit": row.unit,
        "last": before.last.actual if before.last else None,
        "last_period": str(before.last.period) if before.last else "",
        "expected": before.expected,
        "final": row.indicator.target,
        **stored(row),
    }


def _money(sheet: ReturnSheet, tree: _Tree, may_edit: bool) -> list[Heading | Line]:
    body: list[Heading | Line] = []
    place: tuple[int | None, int | None] = (None, None)
    measures = [row.measure for row in _once(sheet.measures, lambda row: row.measure)]
    for row in sheet.money:
        measure = row.measure
        if row.stored is None or measure is None or measure not in measures:
            continue
        body += tree.headings(measure.task_id, place)
        place = tree.tasks[measure.task_id].goal_id, measure.task_id
        cells = {
            "code": measure.code,
            "title": in_language(measure.title),
            "year": row.stored.year,
            "fund": row.stored.fund,
            "last_planned": row.line.planned if row.line else None,
            "last_spent": row.line.spent if row.line else None,
            **stored(row),
        }
        body.append(Line(str(row.prefix), cells, money_fingerprint(row), not may_edit))
    return body


def _offered(chapter_return: ChapterReturn, sheet: ReturnSheet) -> dict[str, list[Value]]:
    """From what a new line of money is chosen."""
    years = range(chapter_return.period.value.year, chapter_return.chapter.plan.start_year - 1, -1)
    codes: list[Value] = [row.measure.code for row in _once(sheet.measures, lambda row: row.measure)]
    return {"code": codes, "year": list(years), "fund": list(funds())}


def money_fingerprint(row: Any) -> str:
    """Of what the return reports, and of the plan's own line, which shows where it reports nothing."""
    line = [row.line.planned, row.line.spent] if row.line else []
    told = f"{fingerprint(row.entry)}{[format(each.normalize(), 'f') if each is not None else '' for each in line]}"
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _once(rows: Iterable[Any], of: Any) -> list[Any]:
    """Of a code that a row of the plan took over from one that has left it, the row that is in the plan: a workbook
    knows its lines by their codes."""
    rows = list(rows)
    standing = {of(row).code for row in rows if of(row).retired_at is None}
    return [row for row in rows if of(row).retired_at is None or of(row).code not in standing]
