"""Numbers keep every digit from the plan to the file and back, and texts are numbers only in the plan's languages."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_pages.spreadsheet.numbers import as_seen, readings, written


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20, places=12))
def test_what_is_written_is_read_back_equal(number: Decimal) -> None:
    text = written(number)
    assert as_seen(text) == number
    assert "E" not in text


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=3))
def test_a_float_of_few_digits_is_read_as_the_decimal_it_stands_for(number: Decimal) -> None:
    assert as_seen(f"{float(number):.17g}") == number
    assert as_seen(repr(float(number))) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.1000000000000001", "1.1"),
        ("0.30000000000000004", "0.3"),
        ("0.0006817918566157973", "0.0006817918566157973"),
        ("1E-3", "0.001"),
        ("123456789012345678.25", "123456789012345678.25"),
        ("1e-400", "0"),
    ],
)
def test_the_noise_of_binary_goes_and_true_digits_stay(text: str, number: str) -> None:
    assert as_seen(text) == Decimal(number)


def test_a_number_beyond_all_bounds_is_none() -> None:
    assert as_seen("1e400") is None


@pytest.mark.parametrize(
    ("text", "languages", "numbers"),
    [
        ("7,75", ("lt", "en"), {"7.75"}),
        ("7,75", ("en",), set()),
        ("1,240", ("lt", "en"), {"1.24", "1240"}),
        ("0,125", ("lt", "en"), {"0.125"}),
        ("1.240,5", ("de",), {"1240.5"}),
        ("1\u202f240,5", ("fr",), {"1240.5"}),
        ("1’240.5", ("de-CH",), {"1240.5"}),
        ("12 34", ("lt",), set()),
        ("5 %", ("lt",), {"5"}),
        ("%", ("lt",), set()),
        ("", ("lt",), set()),
        ("-", ("lt",), set()),
        ("5", ("xx-unknown", "lt"), {"5"}),
    ],
)
def test_a_text_is_read_as_the_languages_write_numbers(
    text: str, languages: tuple[str, ...], numbers: set[str]
) -> None:
    assert readings(text, languages) == {Decimal(number) for number in numbers}
