"""Numbers, money, dates and periods as each language writes them, never parted from their units."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from plan_pages.domain.periods import Period
from reports.compose import formats

AMOUNTS = st.decimals(min_value=-(10**13), max_value=10**13, places=2)


def test_lithuanian_numbers_have_a_comma_and_a_no_break_space() -> None:
    assert formats.number(Decimal("1240.50"), "lt") == "1\u00a0240,50"


def test_english_numbers_have_a_point_and_a_comma() -> None:
    assert formats.number(Decimal("1240.50"), "en") == "1,240.50"


def test_equal_numbers_keep_their_own_digits() -> None:
    assert [formats.number(Decimal(digits), "lt") for digits in ("1.0", "1.00", "1")] == ["1,0", "1,00", "1"]


def test_the_minus_is_a_true_minus() -> None:
    assert formats.number(Decimal("-5.5"), "lt") == "−5,5"


def test_a_percent_is_whole_and_tied_to_its_sign() -> None:
    assert formats.percent(Decimal("40.5"), "lt") == "41\u00a0%"


def test_nearly_all_is_not_shown_as_all() -> None:
    assert formats.percent(Decimal("99.99"), "lt") == "99\u00a0%"


def test_money_is_whole_rounded_half_up() -> None:
    assert formats.money(Decimal("1240500.50"), "EUR", "lt") == "1\u00a0240\u00a0501\u00a0€"


def test_less_than_one_euro_keeps_its_cents() -> None:
    assert formats.money(Decimal("0.25"), "EUR", "lt") == "0,25\u00a0€"


def test_millions_are_short_rounded_half_up() -> None:
    assert formats.money_short(Decimal("148250000"), "EUR", "lt") == "148,3\u00a0mln.\u00a0€"


def test_a_long_lithuanian_date_ties_numbers_to_their_words() -> None:
    assert formats.day_long(date(2026, 9, 30), "lt") == "2026\u00a0m. rugsėjo 30\u00a0d."


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("2026", "2026"),
        ("2026-H2", "second half of 2026"),
        ("2026-Q3", "third quarter of 2026"),
        ("2026-09", "September 2026"),
    ],
)
def test_a_period_in_full(written: str, shown: str) -> None:
    assert formats.period(Period.parse(written), "en") == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("2026", "2026 m."),
        ("2026-H2", "2026 m. II pusmetis"),
        ("2026-Q3", "2026 m. III ketvirtis"),
        ("2026-09", "2026 m. rugsėjis"),
    ],
)
def test_a_period_in_lithuanian(written: str, shown: str) -> None:
    with translation.override("lt"):
        assert formats.period(Period.parse(written), "lt").replace("\u00a0", " ") == shown


@given(AMOUNTS, st.sampled_from(["lt", "en", "de"]))
def test_no_amount_can_be_broken_at_a_line_end(amount: Decimal, language: str) -> None:
    shown = (
        formats.number(amount, language),
        formats.money(amount, "EUR", language),
        formats.money_short(amount, "EUR", language),
    )
    assert not any(" " in each for each in shown)


@given(AMOUNTS)
def test_a_lithuanian_number_reads_back_as_itself(amount: Decimal) -> None:
    shown = formats.number(amount, "lt").replace("\u00a0", "").replace("−", "-").replace(",", ".")
    assert Decimal(shown).as_tuple() == amount.as_tuple() or not amount


@given(st.text(max_size=60), st.integers(8, 30))
def test_a_shortened_text_keeps_to_its_limit(words: str, limit: int) -> None:
    assert len(formats.shortened(words, limit)) <= limit


def test_a_text_is_cut_between_words() -> None:
    assert formats.shortened("Dviračių takų plėtra", 16) == "Dviračių takų…"
