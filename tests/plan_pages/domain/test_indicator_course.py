"""Rules 7 and 8: what is expected of an indicator by now, and where it is heading."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from plan_pages.choices import Aggregate, Direction, Trend
from plan_pages.domain.indicators import expected, of_indicator, on_course, threshold, trend
from plan_pages.domain.periods import Period
from plan_pages.domain.plan import Indicator
from tests.plan_pages.builders import a_plan, a_value, an_indicator

SUM, MEAN = Aggregate.SUM, Aggregate.MEAN
INCREASE, DECREASE, MAINTAIN = Direction.INCREASE, Direction.DECREASE, Direction.MAINTAIN


def expected_at(period: str, targets: dict[str, int] | None = None, **given: Any) -> Decimal | None:
    """Of an indicator with an actual in that period; the plan runs from 2026 to 2028."""
    values = [a_value(other, target=target) for other, target in (targets or {}).items() if other != period]
    values.append(a_value(period, actual=1, target=(targets or {}).get(period)))
    return expected(an_indicator(values=values, **given), a_plan(), Period.parse(period))


LINE: dict[str, Any] = {"baseline": 0, "baseline_year": 2024, "target": 1461, "target_year": 2028}  # One a day.


@pytest.mark.parametrize(
    ("period", "days"),
    [("2024", 0), ("2023", 0), ("2025-01", 31), ("2025", 365), ("2026-Q1", 455), ("2028", 1461), ("2029", 1461)],
)
def test_a_straight_line_from_the_baseline_to_the_target(period: str, days: int) -> None:
    assert expected_at(period, **LINE) == pytest.approx(days)


def test_the_line_may_fall() -> None:
    assert expected_at("2026", baseline=10, baseline_year=2024, target=5, target_year=2028) == pytest.approx(
        10 - Decimal(5) * 730 / 1461
    )


@pytest.mark.parametrize(
    ("period", "days"), [("2025-06", 362), ("2025", 730), ("2026", 1095), ("2027-06", 1095), ("2027", 1095)]
)
def test_the_line_passes_through_the_interim_targets(period: str, days: int) -> None:
    given = expected_at(period, {"2025": 730, "2026": 1095, "2027": 1095}, **LINE)
    assert given == pytest.approx(days)


def test_a_line_without_years_runs_over_the_plan() -> None:
    assert expected_at("2025", baseline=0, target=1096) == 0
    assert expected_at("2026", baseline=0, target=1096) == pytest.approx(365)
    assert expected_at("2028", baseline=0, target=1096) == 1096


def test_without_a_baseline_nothing_is_expected_before_the_first_target() -> None:
    assert expected_at("2026", target=10, target_year=2028) is None
    assert expected_at("2026-H2", {"2026": 4}, target=10, target_year=2028) == 4
    assert expected_at("2027", {"2026": 4, "2028": 8}) == pytest.approx(4 + Decimal(4) * 365 / 731)


def test_what_is_to_be_maintained_is_expected_always() -> None:
    assert expected_at("2026", direction=MAINTAIN, target=10) == 10


def test_without_any_target_nothing_is_expected() -> None:
    assert expected_at("2026") is None
    assert expected_at("2026", aggregate=SUM) is None


def test_at_one_end_the_final_target_stands_before_an_interim_one() -> None:
    assert expected_at("2028-Q4", {"2028-Q4": 7, "2028": 8}, **LINE) == 1461


def test_nothing_is_expected_without_an_actual() -> None:
    indicator = an_indicator(values=[a_value("2026-Q1", target=3)], **LINE)
    assert expected(indicator, a_plan(), Period.parse("2026")) is None


def test_it_is_expected_at_the_last_period_with_an_actual() -> None:
    indicator = an_indicator(values=[a_value("2025", actual=3), a_value("2026", unavailable=True)], **LINE)
    assert expected(indicator, a_plan(), Period.parse("2027")) == pytest.approx(365)


def test_of_a_sum_the_targets_of_periods_with_an_actual_are_expected() -> None:
    indicator = an_indicator(
        aggregate=SUM,
        target=100,
        values=[
            a_value("2026-Q1", target=5, actual=1),
            a_value("2026-Q2", target=7, unavailable=True),
            a_value("2026-Q3", target=2, actual=1),
            a_value("2026-Q4", actual=1),
            a_value("2027-Q1", target=9),
        ],
    )
    assert expected(indicator, a_plan(), Period.parse("2027")) == 7


@pytest.mark.parametrize(
    ("period", "target_year", "gone"),
    [("2026", 2028, 365), ("2026", None, 365), ("2028", 2028, 1096), ("2025", 2028, 0), ("2030", 2028, 1096)],
)
def test_of_a_sum_without_interim_targets_the_share_of_time_is_expected(
    period: str, target_year: int | None, gone: int
) -> None:
    assert expected_at(period, aggregate=SUM, target=1096, target_year=target_year) == pytest.approx(gone)


@pytest.mark.parametrize(
    ("achieved", "needed", "answer"),
    [
        (45, 50, True),
        ("44.99", 50, False),
        (0, 0, True),
        ("-0.1", 0, False),
        (-10, -10, True),
        (-11, -10, False),
        ("-9.5", -10, True),
        (200, 100, True),
        ("49.09090909090909090909090909", "54.54545454545454545454545455", True),
        (None, 50, None),
        (50, None, None),
    ],
)
def test_on_course(achieved: str | None, needed: str | None, answer: bool | None) -> None:
    given = [None if amount is None else Decimal(amount) for amount in (achieved, needed)]
    assert on_course(*given) is answer


# Rule 8


def trend_of(actuals: dict[str, int | str], at: str = "2028", **given: Any) -> Trend:
    values = [a_value(period, actual=actual) for period, actual in actuals.items()]
    return trend(an_indicator(values=values, **given), Period.parse(at))[0]


@pytest.mark.parametrize(
    ("given", "then", "now", "word"),
    [
        # From 0 to 100: more than 1 counts.
        ({"baseline": 0, "target": 100}, 10, 12, Trend.IMPROVING),
        ({"baseline": 0, "target": 100}, 10, 11, Trend.MAINTAINING),
        ({"baseline": 0, "target": 100}, 10, 9, Trend.MAINTAINING),
        ({"baseline": 0, "target": 100}, 10, 8, Trend.WORSENING),
        # Falling towards the target, with and without being told.
        ({"baseline": 100, "target": 0}, 10, 8, Trend.IMPROVING),
        ({"baseline": 100, "target": 0, "direction": DECREASE}, 10, 12, Trend.WORSENING),
        ({"target": 100, "direction": DECREASE}, 110, 108, Trend.IMPROVING),
        ({"target": 100}, 10, 12, Trend.IMPROVING),
        # An own threshold.
        ({"baseline": 0, "target": 100, "threshold": 5}, 10, 15, Trend.MAINTAINING),
        ({"baseline": 0, "target": 100, "threshold": 0}, 10, "10.001", Trend.IMPROVING),
        # The target has been passed: further is still better.
        ({"baseline": 0, "target": 100, "direction": INCREASE}, 110, 120, Trend.IMPROVING),
        # To be maintained: nearer to the target is better.
        ({"target": 100, "direction": MAINTAIN}, 110, 103, Trend.IMPROVING),
        ({"target": 100, "direction": MAINTAIN}, 90, 85, Trend.WORSENING),
        ({"target": 100, "direction": MAINTAIN}, 98, 102, Trend.MAINTAINING),
        ({"baseline": 100, "target": 100}, 90, 97, Trend.IMPROVING),
        # Nothing says what is better, or what counts.
        ({}, 10, 20, Trend.NONE),
        ({"threshold": 1}, 10, 20, Trend.NONE),
        ({"direction": INCREASE}, 10, 20, Trend.NONE),
        ({"direction": INCREASE, "threshold": 1}, 10, 20, Trend.IMPROVING),
        ({"direction": MAINTAIN, "threshold": 1}, 10, 20, Trend.NONE),
        # A sum that should be small always grows: that says nothing.
        ({"aggregate": SUM, "direction": DECREASE, "target": 100}, 10, 20, Trend.NONE),
    ],
)
def test_the_trend_of_a_year(given: dict[str, Any], then: int, now: int | str, word: Trend) -> None:
    assert trend_of({"2026": then, "2027": now}, **given) is word


def test_it_is_compared_with_a_year_before() -> None:
    indicator = an_indicator(
        target=100,
        values=[a_value(period, actual=n) for n, period in enumerate(["2026-Q1", "2026-Q2", "2026-Q4", "2027-Q1"])],
    )
    assert trend(indicator, Period.parse("2027-Q1")) == (Trend.IMPROVING, 3, Period.parse("2026-Q1"))


def test_before_there_is_a_year_it_is_compared_with_the_entry_before() -> None:
    indicator = an_indicator(
        target=100, values=[a_value("2026-Q2", actual=9), a_value("2026-Q3", actual=5), a_value("2026-Q4", actual=9)]
    )
    assert trend(indicator, Period.parse("2027")) == (Trend.IMPROVING, 4, Period.parse("2026-Q3"))


def test_two_values_of_one_day_are_no_trend() -> None:
    assert trend_of({"2026-Q4": 10, "2026": 30}, target=100) is Trend.NONE


def test_one_value_is_no_trend() -> None:
    assert trend_of({"2026": 10}, target=100) is Trend.NONE
    assert trend_of({}, target=100) is Trend.NONE


@pytest.mark.parametrize(
    ("indicator", "limit"),
    [
        (an_indicator(), None),
        (an_indicator(threshold=0), 0),
        (an_indicator(threshold=3, target=100), 3),
        (an_indicator(target=-200), 2),
        (an_indicator(target=200, baseline=100), 1),
        (an_indicator(target=100, baseline=200), 1),
        (an_indicator(target=200, baseline=200), 2),
        (an_indicator(target=0), 0),
    ],
)
def test_the_threshold(indicator: Indicator, limit: int | None) -> None:
    assert threshold(indicator) == limit


def test_a_reading_says_since_when_and_by_what_it_was_judged() -> None:
    indicator = an_indicator(target=100, values=[a_value("2026", actual=10), a_value("2027", actual=20)])
    reading = of_indicator(indicator, a_plan(), date(2028, 5, 1), [Period.parse("2026"), Period.parse("2027")])
    assert (reading.trend, reading.change, reading.threshold) == (Trend.IMPROVING, 10, 1)
    assert reading.compared == Period.parse("2026")


def test_a_reading_knows_no_value_that_was_not_reported() -> None:
    indicator = an_indicator(
        baseline=0, target=100, values=[a_value("2026", actual=10, target=20), a_value("2027", actual=99)]
    )
    reading = of_indicator(indicator, a_plan(), Period.parse("2027"), [Period.parse("2026")])
    assert (reading.worth, reading.trend, reading.expected, reading.on_course) == (10, Trend.NONE, 20, False)
