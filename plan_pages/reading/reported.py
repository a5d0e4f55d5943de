"""What was reported, as rows of the database gives it: entries, values, money, moved ends, each in one query."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from plan_pages.choices import ReturnState, Status
from plan_pages.domain import plan as domain
from plan_pages.domain.periods import Period
from plan_pages.domain.plan import Text
from plan_pages.languages import ordered
from plan_pages.monitoring import BudgetLine, ChapterReturn, Entry, IndicatorValue
from plan_pages.register import DeadlineChange


class Reported:
    """Monitoring data of some chapters, by the key of the row that it hangs on. Only approved returns count.

    `periods`: chapter to the periods of its approved returns, by the period's key. `approvals`: when they were approved.
    """

    def __init__(self, chapters: Sequence[int], languages: Sequence[str]) -> None:
        self.ids = chapters
        self.languages = languages
        self.approvals: list[Any] = []
        self.periods: dict[int, dict[int, Period]] = self._periods()

    def _text(self, texts: Mapping[str, str]) -> Text:
        return Text.of(ordered(texts, self.languages))

    def _periods(self) -> dict[int, dict[int, Period]]:
        """Chapter to the periods of its approved returns, by the period's key."""
        reported: dict[int, dict[int, Period]] = defaultdict(dict)
        returns = ChapterReturn.objects.filter(chapter__in=self.ids, state=ReturnState.APPROVED)
        for chapter, key, written, moment in returns.values_list(
            "chapter_id", "period_id", "period__period", "approved_at"
        ):
            reported[chapter][key] = Period.parse(written)
            self.approvals.append(moment)
        return reported

    def entries(self) -> dict[int, list[domain.Entry]]:
        found = defaultdict(list)
        rows = (
            Entry.objects.filter(chapter_return__chapter__in=self.ids, chapter_return__state=ReturnState.APPROVED)
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

    def values(self) -> dict[int, list[domain.Value]]:
        """Targets are the plan's; actuals and their notes count once the chapter's return is approved."""
        found = defaultdict(list)
        rows = (
            IndicatorValue.objects.filter(indicator__chapter__in=self.ids)
            .order_by("period__last_day", "period__period")
            .values_list(
                "indicator_id",
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
        for indicator, chapter, key, period, target, actual, unavailable, note in rows.iterator():
            if key in self.periods[chapter]:
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
