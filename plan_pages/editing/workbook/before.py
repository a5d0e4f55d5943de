"""What was reported before a period, the reading aid beside what is filled in: approved returns only. A constant number
of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, F, OuterRef, Window
from django.db.models.functions import RowNumber

from plan_pages.choices import Aggregate, Direction, IndicatorKind, ReturnState
from plan_pages.domain import indicators as rules
from plan_pages.domain import plan as domain
from plan_pages.domain.periods import Period
from plan_pages.domain.plan import Text
from plan_pages.domain.rounding import number_shown
from plan_pages.monitoring import ChapterReturn, Entry, IndicatorValue, ReportingPeriod
from plan_pages.register import Indicator, Plan


@dataclass(frozen=True, slots=True)
class Before:
    """`last`: the value with the last actual. `expected`: what the indicator should be worth at the period's end.
    `indicator`: as the rules know it, without the period's own actual."""

    indicator: domain.Indicator
    last: domain.Value | None
    expected: Decimal | None


def last_entries(chapter_return: ChapterReturn) -> dict[int, Entry]:
    """The last entry of each measure in an approved return of an earlier period, by the measure's key."""
    rows = (
        Entry.objects.filter(
            chapter_return__chapter=chapter_return.chapter_id,
            chapter_return__state=ReturnState.APPROVED,
            chapter_return__period__last_day__lt=chapter_return.period.last_day,
        )
        .annotate(
            place=Window(
                RowNumber(),
                partition_by=F("measure_id"),
                order_by=[F("chapter_return__period__last_day").desc(), F("pk").desc()],
            )
        )
        .filter(place=1)
    )
    return {entry.measure_id: entry for entry in rows.select_related("chapter_return__period")}


def indicators_before(period: ReportingPeriod, plan: Plan, rows: Iterable[Indicator]) -> dict[int, Before]:
    """Of each indicator, by its key."""
    rows = list(rows)
    chapters = {row.chapter_id for row in rows}
    approved = ChapterReturn.objects.filter(
        chapter=OuterRef("indicator__chapter"), period=OuterRef("period"), state=ReturnState.APPROVED
    )
    values: dict[int, list[domain.Value]] = defaultdict(list)
    found = IndicatorValue.objects.filter(indicator__chapter__in=chapters).annotate(counts=Exists(approved))
    for key, written, target, actual, counts in found.order_by("period__last_day", "period__period").values_list(
        "indicator_id", "period__period", "target", "actual", "counts"
    ):
        of = Period.parse(written)
        values[key].append(domain.Value(of, target, actual if counts and of < period.value else None))
    return {row.pk: _before(row, values[row.pk], period.value, plan) for row in rows}


def _before(row: Indicator, values: list[domain.Value], period: Period, plan: Plan) -> Before:
    reported = [value for value in values if value.actual is not None]
    now = next((value for value in values if value.period == period), domain.Value(period))
    others = [value for value in values if value.period != period]
    # As if it were reported now: what is expected is said of periods with an actual.
    asked = domain.Value(period, now.target, Decimal(0))
    whole = domain.Plan(Text(), plan.start_year, plan.end_year)
    expected = rules.expected(_indicator(row, [*others, asked]), whole, period)
    return Before(
        _indicator(row, values),
        reported[-1] if reported else None,
        None if expected is None else number_shown(expected),
    )


def _indicator(row: Indicator, values: list[domain.Value]) -> domain.Indicator:
    return domain.Indicator(
        row.code,
        Text(),
        IndicatorKind(row.kind),
        direction=Direction(row.direction) if row.direction else None,
        aggregate=Aggregate(row.aggregate),
        baseline=row.baseline,
        baseline_year=row.baseline_year,
        target=row.target,
        target_year=row.target_year,
        values=tuple(values),
    )
