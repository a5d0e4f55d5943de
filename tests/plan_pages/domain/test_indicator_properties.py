"""What holds of the arithmetic of indicators and money whatever they are: found by search, not by example."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from plan_pages.choices import Aggregate, Direction
from plan_pages.domain.indicators import achievement, held, of_indicator, worth
from plan_pages.domain.money import of_measures
from plan_pages.domain.periods import Period
from plan_pages.domain.plan import Indicator, Measure, Plan, Text
from tests.plan_pages.domain.any_plans import AMOUNTS, DAYS, PERIODS, indicators, measures


@given(indicators, st.sampled_from(PERIODS))
def test_a_reading_can_always_be_made(indicator: Indicator, period: Period) -> None:
    plan = Plan(Text(), 2026, 2028)
    reading = of_indicator(indicator, plan, period, PERIODS)
    assert (reading.worth is None) == (reading.last is None)
    assert (reading.achievement is None) == (reading.held is None)
    assert reading.worth == worth(indicator, period)
    assert reading.held is None or 0 <= reading.held <= 100


@given(st.builds(replace, indicators, aggregate=st.just(Aggregate.MEAN)), st.sampled_from(PERIODS))
def test_a_mean_worth_lies_between_its_actuals(indicator: Indicator, period: Period) -> None:
    actuals = [value.actual for value in indicator.values if value.actual is not None]
    mean = worth(indicator, period)
    assert mean is None or min(actuals) <= mean <= max(actuals)


@given(indicators)
def test_the_baseline_achieves_nothing_and_the_target_all(indicator: Indicator) -> None:
    plain = indicator.aggregate is not Aggregate.SUM and indicator.direction is not Direction.MAINTAIN
    if plain and indicator.target is not None and indicator.baseline not in (None, indicator.target):
        assert achievement(indicator, indicator.baseline) == 0
        assert achievement(indicator, indicator.target) == 100


@given(indicators, AMOUNTS, st.decimals("0.001", 500, places=3))
def test_further_towards_the_target_is_never_a_lower_achievement(
    indicator: Indicator, start: Decimal, step: Decimal
) -> None:
    upwards = indicator.direction is not Direction.DECREASE
    if indicator.baseline is not None and indicator.target is not None and indicator.aggregate is not Aggregate.SUM:
        upwards = indicator.target > indicator.baseline
    if indicator.direction is Direction.MAINTAIN or indicator.baseline == indicator.target:
        return
    before, after = achievement(indicator, start), achievement(indicator, start + step if upwards else start - step)
    if before is not None and after is not None:
        assert held(before) <= held(after)


@given(indicators, AMOUNTS)
def test_maintaining_is_the_same_above_and_below(indicator: Indicator, distance: Decimal) -> None:
    kept = replace(indicator, direction=Direction.MAINTAIN, aggregate=Aggregate.LAST, target=Decimal(50))
    assert achievement(kept, 50 + distance) == achievement(kept, 50 - distance)


# Money


@given(st.lists(measures, max_size=4), DAYS)
def test_funds_and_years_add_up_to_the_whole(found: list[Measure], as_of: date) -> None:
    money = of_measures(found, as_of)
    for parts in (money.by_fund.values(), money.by_year.values()):
        assert sum((part.planned for part in parts), Decimal(0)) == money.planned
        assert sum((part.spent or 0 for part in parts), Decimal(0)) == (money.spent or 0)
        assert sum(part.missing for part in parts) == money.total.missing
    assert all(year <= as_of.year for year in money.by_year)
