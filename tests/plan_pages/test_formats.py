"""Numbers, money, dates and periods as the two languages write them."""

from datetime import date
from decimal import Decimal

import pytest

from plan_pages import formats
from plan_pages.domain.periods import Period

NBSP = "\u00a0"


def test_lithuanian_numbers_have_a_comma_and_no_break_spaces() -> None:
    assert formats.number(Decimal("1240.50"), "lt") == f"1{NBSP}240,50"


def test_numbers_keep_the_digits_that_were_entered() -> None:
    assert [formats.number(Decimal(given), "en") for given in ("1.0", "1.00", "1")] == ["1.0", "1.00", "1"]


def test_percents_follow_the_rule_of_rounding() -> None:
    assert [formats.percent(Decimal(given), "en") for given in ("99.9", "0.1", "49.5")] == ["99%", "1%", "50%"]


def test_money_is_written_in_whole_units_and_small_money_with_cents() -> None:
    assert formats.money(Decimal("1240500.50"), "EUR", "lt") == f"1{NBSP}240{NBSP}501{NBSP}€"
    assert formats.money(Decimal("0.45"), "EUR", "en") == "€0.45"


def test_dates_are_written_out_in_sentences() -> None:
    assert formats.day(date(2026, 9, 30), "lt") == f"2026{NBSP}m. rugsėjo 30{NBSP}d."
    assert formats.day(date(2026, 9, 30), "lt", short=True) == "2026-09-30"


@pytest.mark.parametrize(
    ("period", "long", "short"),
    [
        ("2026-Q3", "third quarter of 2026", f"Q3{NBSP}2026"),
        ("2026-H1", "first half of 2026", f"H1{NBSP}2026"),
        ("2026", "2026", "2026"),
        ("2026-09", "September 2026", f"Sept{NBSP}2026"),
    ],
)
def test_periods_are_named(period: str, long: str, short: str) -> None:
    value = Period.parse(period)
    assert formats.period(value, "en") == long
    assert formats.period(value, "en", short=True) == short


def test_an_unknown_language_is_written_as_english() -> None:
    assert formats.number(Decimal("1240.5"), "xx") == "1,240.5"
