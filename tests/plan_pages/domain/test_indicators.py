"""Rules 5 and 6: what an indicator is worth, and how much of its target that is."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest

from plan_pages.choices import Aggregate, Direction
from plan_pages.domain.indicators import achievement, held, of_indicator, worth
from plan_pages.domain.periods import Period
from plan_pages.domain.plan import Indicator, Value
from tests.plan_pages.builders import a_plan, a_value, an_indicator

LAST, SUM, MEAN = Aggregate.LAST, Aggregate.SUM, Aggregate.MEAN
INCREASE, DECREASE, MAINTAIN = Direction.INCREASE, Direction.DECREASE, Direction.MAINTAIN


def with_actuals(aggregate: Aggregate, actuals: Mapping[str, int | None]) -> Indicator:
    """None: not available."""
    return an_indicator(
        aggregate=aggregate,
        values=[a_value(period, actual=actual, unavailable=actual is None) for period, actual in actuals.items()],
    )


# Rule 5

QUARTERS = {"2026-Q1": 3, "2026-Q2": 8, "2026-Q3": None, "2026-Q4": 1}


@pytest.mark.parametrize(
    ("aggregate", "actuals", "at", "expected"),
    [
        (LAST, {}, "2026", None),
        (SUM, {}, "2026", None),
        (MEAN, {}, "2026", None),
        (LAST, {"2026-Q1": None}, "2026", None),
        (SUM, {"2026-Q1": None}, "2026", None),
        (SUM, {"2026-Q1": 0}, "2026", 0),
        (LAST, QUARTERS, "2026-Q2", 8),
        (SUM, QUARTERS, "2026-Q2", 11),
        (MEAN, QUARTERS, "2026-Q2", Decimal("5.5")),
        (LAST, QUARTERS, "2026-Q3", 8),
        (SUM, QUARTERS, "2026-Q4", 12),
        (MEAN, QUARTERS, "2026-Q4", 4),
        (LAST, QUARTERS, "2025", None),
    ],
)
def test_the_worth(aggregate: Aggregate, actuals: dict[str, int | None], at: str, expected: int | None) -> None:
    assert worth(with_actuals(aggregate, actuals), Period.parse(at)) == expected


@pytest.mark.parametrize(("aggregate", "expected"), [(LAST, 11), (SUM, 18), (MEAN, 9)])
def test_a_longer_period_stands_for_its_parts(aggregate: Aggregate, expected: int) -> None:
    indicator = with_actuals(aggregate, {"2025": 7, "2026-Q1": 1, "2026-Q4": 3, "2026-12": 5, "2026": 11})
    assert worth(indicator, Period.parse("2026")) == expected


def test_parts_count_until_the_longer_period_is_over() -> None:
    indicator = with_actuals(SUM, {"2026-Q1": 1, "2026-Q2": 2, "2026": 11})
    assert worth(indicator, date(2026, 12, 30)) == 3
    assert worth(indicator, date(2026, 12, 31)) == 11


def test_a_longer_period_that_is_not_available_stands_for_nothing() -> None:
    assert worth(with_actuals(SUM, {"2026-Q1": 1, "2026-Q4": 2, "2026": None}), Period.parse("2026")) == 3


def test_parts_after_a_longer_period_count_beside_it() -> None:
    assert worth(with_actuals(SUM, {"2026-H1": 5, "2026-Q2": 4, "2026-Q3": 2}), Period.parse("2026")) == 7


def test_actuals_of_periods_not_reported_do_not_exist() -> None:
    indicator = with_actuals(SUM, QUARTERS)
    assert worth(indicator, Period.parse("2026"), {Period.parse("2026-Q1"), Period.parse("2026-Q4")}) == 4
    assert worth(indicator, Period.parse("2026"), set()) is None


def test_interim_targets_are_no_actuals() -> None:
    indicator = an_indicator(values=[a_value("2026-Q1", target=5)])
    assert worth(indicator, Period.parse("2026")) is None


# Rule 6


@pytest.mark.parametrize(
    ("aggregate", "direction", "baseline", "target", "worth", "expected"),
    [
        # No target, no worth: none.
        (LAST, INCREASE, 1, None, 5, None),
        (LAST, INCREASE, 1, 9, None, None),
        # Sums: the baseline plays no part.
        (SUM, None, None, 8, 4, 50),
        (SUM, INCREASE, 100, 8, 12, 150),
        (SUM, MAINTAIN, None, 8, 4, 50),
        (SUM, DECREASE, None, 8, 4, None),
        (SUM, INCREASE, None, 0, 4, None),
        (SUM, INCREASE, None, -8, -4, None),
        # From a baseline to the target, whatever the direction says.
        (LAST, INCREASE, 10, 20, 15, 50),
        (LAST, None, 10, 20, 15, 50),
        (LAST, DECREASE, 20, 10, 15, 50),
        (LAST, None, 20, 10, 15, 50),
        (MEAN, DECREASE, 10, 5, 20, -200),
        (LAST, INCREASE, 10, 20, 30, 200),
        (LAST, None, 12, 0, 6, 50),
        (LAST, None, -10, 10, 0, 50),
        (LAST, None, 0, -4, -1, 25),
        (LAST, INCREASE, 20, 10, 15, 50),
        # Without a baseline.
        (LAST, INCREASE, None, 4, 1, 25),
        (LAST, None, None, 4, 6, 150),
        (LAST, INCREASE, None, 0, 6, None),
        (LAST, INCREASE, None, -4, -8, None),
        (LAST, INCREASE, None, 4, -1, -25),
        (LAST, DECREASE, None, 4, 8, 50),
        (LAST, DECREASE, None, 4, 2, 200),
        (LAST, DECREASE, None, 4, 0, 100),
        (LAST, DECREASE, None, 4, -1, 100),
        (LAST, DECREASE, None, 0, 0, 100),
        (LAST, DECREASE, None, 0, 3, 0),
        (LAST, DECREASE, None, -4, -8, None),
        # To be maintained.
        (LAST, MAINTAIN, None, 100, 100, 100),
        (LAST, MAINTAIN, None, 100, 105, 100),
        (LAST, MAINTAIN, None, 100, 110, 95),
        (LAST, MAINTAIN, None, 100, 90, 95),
        (LAST, MAINTAIN, 50, 100, 90, 95),
        (LAST, MAINTAIN, None, 100, -100, 0),
        (LAST, MAINTAIN, None, -100, -90, 95),
        (LAST, MAINTAIN, None, 0, 0, 100),
        (LAST, MAINTAIN, None, 0, "0.01", 0),
        (LAST, INCREASE, 100, 100, 90, 95),
        (LAST, None, 100, 100, 100, 100),
        (LAST, None, 0, 0, 1, 0),
    ],
)
def test_the_achievement(
    aggregate: Aggregate,
    direction: Direction | None,
    baseline: int | None,
    target: int | None,
    worth: int | str | None,
    expected: int | None,
) -> None:
    indicator = an_indicator(aggregate=aggregate, direction=direction, baseline=baseline, target=target)
    assert achievement(indicator, None if worth is None else Decimal(worth)) == expected


@pytest.mark.parametrize(
    ("target", "tolerance", "worth", "expected"),
    [(100, 0, 90, 90), (100, 20, 90, 100), (0, 2, -2, 100), (0, 2, 3, 0), (10, "0.5", "9.4", 99)],
)
def test_a_tolerance_that_is_given_takes_the_place_of_5_percent(
    target: int, tolerance: int | str, worth: int | str, expected: int
) -> None:
    indicator = an_indicator(direction=MAINTAIN, target=target, tolerance=tolerance)
    assert achievement(indicator, Decimal(worth)) == expected


@pytest.mark.parametrize(("raw", "kept"), [(-200, 0), (0, 0), (50, 50), (100, 100), (150, 100)])
def test_in_means_an_achievement_is_held_to_0_and_100(raw: int, kept: int) -> None:
    assert held(Decimal(raw)) == kept


# What is shown


def series_of(*values: Value, at: str = "2026-Q2", reported: tuple[str, ...] = ("2026-Q1", "2026-Q2")) -> object:
    periods = [Period.parse(period) for period in reported]
    return of_indicator(an_indicator(values=values), a_plan(), Period.parse(at), periods).series


def test_the_series_shows_targets_to_come_and_no_actual_that_is_not_approved() -> None:
    q1, q2 = a_value("2026-Q1", target=1, actual=2), a_value("2026-Q2", unavailable=True, note="Nėra")
    unapproved = a_value("2026-Q3", target=3, actual=4, note="Rengiama")
    bare = a_value("2026-Q4", actual=5)
    assert series_of(bare, unapproved, q2, q1) == (q1, q2, a_value("2026-Q3", target=3))


def reading_of(*values: Value) -> tuple[Value | None, Value | None]:
    periods = [value.period for value in values]
    reading = of_indicator(an_indicator(values=values), a_plan(), Period.parse("2026"), periods)
    return reading.last, reading.unavailable


def test_not_available_is_skipped_and_shown() -> None:
    known, missing = a_value("2026-Q1", actual=2), a_value("2026-Q2", unavailable=True, note="Nėra")
    assert reading_of(known, missing) == (known, missing)


def test_not_available_is_of_no_interest_once_there_is_a_later_actual() -> None:
    missing, known = a_value("2026-Q1", unavailable=True), a_value("2026-Q2", actual=2)
    assert reading_of(missing, known) == (known, None)


def test_an_indicator_without_values_has_an_empty_reading() -> None:
    reading = of_indicator(an_indicator(baseline=1, target=5), a_plan(), Period.parse("2026"), ())
    assert (reading.worth, reading.achievement, reading.expected, reading.on_course) == (None, None, None, None)
    assert (reading.last, reading.unavailable, reading.series) == (None, None, ())
