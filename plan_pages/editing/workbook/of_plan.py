"""A period's indicators of the whole plan as a book, chapter by chapter: for coordinators, who set interim targets too."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from plan_pages import formats
from plan_pages.choices import EDITABLE_RETURN_STATES
from plan_pages.editing.rows import ValueRow
from plan_pages.editing.workbook.before import indicators_before
from plan_pages.editing.workbook.book import Book, Heading, Line, Part
from plan_pages.editing.workbook.columns import plan_indicator_columns
from plan_pages.editing.workbook.of_return import INDICATORS, indicator_cells
from plan_pages.editing.workbook.reading import Stranger
from plan_pages.monitoring import ChapterReturn, IndicatorValue, ReportingPeriod, fingerprint
from plan_pages.register import Chapter, Indicator, Measure
from plan_pages.spreadsheet.problems import Findings

UNKNOWN = gettext_lazy("there is no indicator with the code {code} in this workbook of the plan")
KIND = "indicators"
LOCKED = gettext_lazy("the period is locked")
NOT_EDITED = gettext_lazy("the chapter’s return cannot be changed now: {state}")


class PeriodSheet:
    """The indicators of every chapter with their values of the period, and what keeps a chapter from being written into.
    A constant number of queries."""

    def __init__(self, period: ReportingPeriod) -> None:
        self.period = period
        self.chapters = list(
            Chapter.objects.filter(plan=period.plan_id, retired_at__isnull=True)
            .select_related("group")
            .order_by("page__path", "pk")
        )
        self.returns = {each.chapter_id: each for each in ChapterReturn.objects.filter(period=period)}
        values = IndicatorValue.objects.filter(period=period).select_related("changed_by")
        stored = {value.indicator_id: value for value in values}
        self.rows: dict[int, list[ValueRow]] = {chapter.pk: [] for chapter in self.chapters}
        indicators = self._indicators()
        self.before = indicators_before(period, period.plan, indicators)
        for indicator in indicators:
            known = self.before[indicator.pk]
            row = ValueRow(indicator, stored.get(indicator.pk), True, known.indicator, known.last)
            self.rows[indicator.chapter_id].append(row)

    def _indicators(self) -> list[Indicator]:
        """In the plan when the period ended, or now; of a code that was taken over, the row that has it now."""
        end = timezone.make_aware(datetime.combine(self.period.value.end, time.min))
        found = Indicator.objects.filter(
            Q(retired_at__isnull=True) | Q(retired_at__gte=end), chapter__in=self.chapters
        ).select_related("goal", "task", "measure")
        rows = list(found.order_by("position", "pk"))
        standing = {row.code for row in rows if row.retired_at is None}
        return [row for row in rows if row.retired_at is None or row.code not in standing]

    def barred(self, chapter: Chapter) -> str:
        """Why nothing may be written into the chapter now; "" where something may."""
        if self.period.is_locked:
            return str(LOCKED)
        found = self.returns.get(chapter.pk)
        if found is None or found.state_choice in EDITABLE_RETURN_STATES:
            return ""
        return str(NOT_EDITED).format(state=found.state_choice.label)


def part() -> Part:
    """The one part of the workbook, without its lines: what a file is read by."""
    return Part(INDICATORS, _("Indicators"), plan_indicator_columns(), ("code",))


def book_of(period: ReportingPeriod) -> Book:
    sheet = PeriodSheet(period)
    language = get_language() or settings.LANGUAGE_CODE
    return Book(
        kind=KIND,
        of=str(period.plan.public_id),
        period=period.period,
        language=language,
        title=_("Indicators of the plan “%(plan)s”") % {"plan": period.plan},
        subtitle=formats.period(period.value, language),
        file_name=f"{period.period}.xlsx",
        facts=[
            (_("Plan"), str(period.plan)),
            (_("Period"), formats.period(period.value, language)),
            (_("Downloaded"), formats.day(timezone.localdate(), language)),
        ],
        guidance=_guidance(),
        parts=[replace(part(), body=_body(sheet))],
    )


def _guidance() -> list[tuple[str, str]]:
    return [
        (_("Yellow cells"), _("Only these are filled in. Codes, titles and what was reported before are protected.")),
        (_("Chapters"), _("A chapter whose return is submitted or approved has no yellow cells: send it back first.")),
        (
            _("Actual"),
            _("It counts when the chapter’s return is approved. Where there is no return yet, one is begun."),
        ),
        (_("Not available"), _("Either an actual value, or “not available” with a note that says why.")),
        (
            _("Emptied cells"),
            _("What you empty is emptied in the plan as well. A row that you delete stays in the plan as it was."),
        ),
        (
            _("Handing it in"),
            _("Save the workbook as XLSX and upload it at the period. You see what would change before it is stored."),
        ),
    ]


def _body(sheet: PeriodSheet) -> list[Heading | Line]:
    body: list[Heading | Line] = []
    for chapter in sheet.chapters:
        if not (rows := sheet.rows[chapter.pk]):
            continue
        barred = sheet.barred(chapter)
        body.append(Heading(f"{chapter} · {barred}" if barred else str(chapter), 0))
        for row in rows:
            cells = indicator_cells(row, sheet.before[row.indicator.pk]) | {"responsible": _responsible(row, chapter)}
            body.append(Line(str(row.prefix), cells, fingerprint(row.value), is_shut=bool(barred)))
    return body


def _responsible(row: Any, chapter: Chapter) -> str:
    """Of the measure; of what stands above measures, the chapter's group."""
    measure: Measure | None = row.indicator.measure
    return measure.responsible if measure and measure.responsible else str(chapter.group or "")


def tell_strangers(findings: Findings, strangers: Iterable[Stranger]) -> None:
    for each in strangers:
        findings.error(each.sheet, each.row, each.column, UNKNOWN, each.code, code=each.code)
