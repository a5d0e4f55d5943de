"""Rule 12: digits are lost only when a figure is shown."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_pages.domain.rounding import number_shown, percent_shown, points_shown

PERCENTS = st.decimals(-1000, 1000, allow_nan=False, places=6)


@pytest.mark.parametrize(
    ("percent", "shown"),
    [
        ("0", 0),
        ("0.0000000001", 1),
        ("0.5", 1),
        ("1.4", 1),
        ("1.5", 2),
        ("2.5", 3),
        ("49.5", 50),
        ("49.49999", 49),
        ("99.4", 99),
        ("99.5", 99),
        ("99.9999999999", 99),
        ("100", 100),
        ("100.00", 100),
        ("100.3", 101),
        ("100.6", 101),
        ("101.4", 101),
        ("-0.2", -1),
        ("-1.5", -2),
        ("-200", -200),
    ],
)
def test_whole_percents(percent: str, shown: int) -> None:
    assert percent_shown(Decimal(percent)) == shown


@given(PERCENTS)
def test_100_and_0_are_shown_only_where_it_is_so(percent: Decimal) -> None:
    assert (percent_shown(percent) == 100) == (percent == 100)
    assert (percent_shown(percent) == 0) == (percent == 0)


@given(PERCENTS, PERCENTS)
def test_more_is_never_shown_as_less(one: Decimal, other: Decimal) -> None:
    low, high = sorted([one, other])
    assert percent_shown(low) <= percent_shown(high)


@given(PERCENTS)
def test_what_is_shown_is_less_than_a_percent_away(percent: Decimal) -> None:
    assert abs(percent_shown(percent) - percent) < 1


@pytest.mark.parametrize(("before", "after", "points"), [("49.4", "49.6", 1), ("99.6", "100", 1), ("10", "10.4", 0)])
def test_points_are_of_the_percents_as_shown(before: str, after: str, points: int) -> None:
    assert points_shown(Decimal(before), Decimal(after)) == points


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("0", "0"),
        ("-0.00", "0"),
        ("5.500", "5.5"),
        ("3.3333333333", "3.33"),
        ("2.345", "2.35"),
        ("1E+3", "1000"),
        ("1240.50", "1240.5"),
        ("0.1", "0.1"),
        ("0.0333333", "0.033"),
        ("0.00068", "0.00068"),
        ("-0.000123", "-0.00012"),
        ("0.999", "1"),
        ("12345678901234567890123456789.125", "12345678901234567890123456789.13"),
    ],
)
def test_numbers_lose_what_nobody_needs(number: str, shown: str) -> None:
    assert str(number_shown(Decimal(number))) == shown
