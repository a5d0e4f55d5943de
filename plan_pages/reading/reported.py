"""What was reported, as rows of the database gives it: entries, values, money, moved ends, each in one query."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from plan_pages.choices import ReturnState, Status
from plan_pages.domain import plan as domain
from plan_pages.domain.periods import Period
from plan_pages.domain.plan import Text
from plan_pages.evidence import Evidence
from plan_pages.languages import ordered
from plan_pages.monitoring import BudgetLine, ChapterReturn, Entry, IndicatorValue
from plan_pages.register import DeadlineChange, FormerPlace


class Reported:
    """Monitoring data of some chapters, by the key of the row that it hangs on. Only approved returns count.

    `periods`: chapter to the periods of its approved returns, by the period's key. `approvals`: when they were approved.
    """

    def __init__(self, chapters: Sequence[int], languages: Sequence[str]) -> None:
        self.ids = chapters
        self.languages = languages
        self.approvals: list[Any] = []
        self.places = self._places()
        self.periods: dict[int, dict[int, Period]] = self._periods()

    def _text(self, texts: Mapping[str, str]) -> Text:
        return Text.of(ordered(texts, self.languages))

    def _places(self) -> dict[int, list[tuple[int, date]]]:
        """Measure to the chapters in which it stood before, each with the last day that it was reported there."""
        found: dict[int, list[tuple[int, date]]] = defaultdict(list)
        places = FormerPlace.objects.filter(measure__chapter__in=self.ids, reported_until__isnull=False).order_by("pk")
        for measure, chapter, until in places.values_list("measure_id", "chapter_id", "reported_until"):
            found[measure].append((chapter, until))
        return found

    def _reporting(self, measure: int | None, chapter: int, period: Period) -> int:
        """The chapter whose return for the period holds what was reported of the measure."""
        places = self.places.get(measure, ()) if measure is not None else ()
        return next((former for former, until in places if period.last_day <= until), chapter)

    def reported_before(self, measure: int | None) -> tuple[Period, ...]:
        """The periods that were reported with a chapter in which the measure stood before."""
        if measure not in self.places:
            return ()
        return tuple(
            sorted(
                period
                for chapter in {former for former, _until in self.places[measure]}
                for period in self.periods[chapter].values()
                if self._reporting(measure, 0, period) == chapter
            )
        )

    def _periods(self) -> dict[int, dict[int, Period]]:
        """Chapter to the periods of its approved returns, by the period's key."""
        reported: dict[int, dict[int, Period]] = defaultdict(dict)
        chapters = {*self.ids, *(chapter for places in self.places.values() for chapter, _until in places)}
        returns = ChapterReturn.objects.filter(chapter__in=chapters, state=ReturnState.APPROVED)
        for chapter, key, written, moment in returns.values_list(
            "chapter_id", "period_id", "period__period", "approved_at"
        ):
            reported[chapter][key] = Period.parse(written)
            self.approvals.append(moment)
        return reported

    def entries(self) -> dict[int, list[domain.Entry]]:
        found = defaultdict(list)
        rows = (
            Entry.objects.filter(measure__chapter__in=self.ids, chapter_return__state=ReturnState.APPROVED)
            .order_by("chapter_return__period__last_day", "chapter_return__period__period")
            .values_list("measure_id", "chapter_return__period__period", "status", "percent", "note", "next", "reason")
        )
        periods = _Periods()
        for measure, period, status, percent, note, following, reason in rows.iterator():
            found[measure].append(
                domain.Entry(
                    periods[period],
                    Status(status),
                    number(percent),
                    self._text(note),
                    self._text(following),
                    self._text(reason),
                )
            )
        return found

    def evidence(self) -> dict[int, list[domain.Evidence]]:
        """Of approved returns: until then it is private."""
        found = defaultdict(list)
        rows = Evidence.objects.public().filter(chapter_return__chapter__in=self.ids)
        rows = rows.select_related("document", "chapter_return__period").order_by("chapter_return__period", "pk")
        periods = _Periods()
        for row in rows:
            document = row.document
            found[row.measure_id].append(
                domain.Evidence(
                    periods[row.chapter_return.period.period],
                    row.title,
                    row.address,
                    document.file_extension.lower() if document else "",
                    document.file_size if document else None,
                )
            )
        return found

    def values(self) -> dict[int, list[domain.Value]]:
        """Targets are the plan's; actuals and their notes count once the chapter's return is approved."""
        found = defaultdict(list)
        rows = (
            IndicatorValue.objects.filter(indicator__chapter__in=self.ids)
            .order_by("period__last_day", "period__period")
            .values_list(
                "indicator_id",
                "indicator__measure_id",
                "indicator__chapter_id",
                "period_id",
                "period__period",
                "target",
                "actual",
                "unavailable",
                "note",
            )
        )
        periods = _Periods()
        for indicator, measure, chapter, key, period, target, actual, unavailable, note in rows.iterator():
            if key in self.periods[self._reporting(measure, chapter, periods[period])]:
                value = domain.Value(periods[period], number(target), number(actual), unavailable, self._text(note))
            elif target is not None:
                value = domain.Value(periods[period], number(target))
            else:
                continue
            found[indicator].append(value)
        return found

    def budget(self) -> dict[int, list[domain.BudgetLine]]:
        found = defaultdict(list)
        rows = BudgetLine.objects.filter(measure__chapter__in=self.ids).order_by("year", "fund")
        for measure, year, fund, planned, spent in rows.values_list(
            "measure_id", "year", "fund", "planned", "spent"
        ).iterator():
            found[measure].append(domain.BudgetLine(year, fund, planned, spent))
        return found

    def deadlines(self) -> dict[int, list[domain.DeadlineChange]]:
        found = defaultdict(list)
        rows = DeadlineChange.objects.filter(measure__chapter__in=self.ids).order_by("changed", "pk")
        for measure, changed, was, became in rows.values_list("measure_id", "changed", "was", "became"):
            found[measure].append(domain.DeadlineChange(changed, was, became))
        return found


class _Periods(dict[str, Period]):
    """Written periods to values, each parsed once."""

    def __missing__(self, written: str) -> Period:
        self[written] = period = Period.parse(written)
        return period


def number(value: Decimal | None) -> Decimal | None:
    """Without the zeros that the column's scale adds, and never in exponents: 5, not 5.000000000000, nor 1E+2."""
    if value is None:
        return None
    short = value.normalize()
    return short if short.as_tuple().exponent <= 0 else short.quantize(Decimal(1))  # type: ignore[operator]
