"""Numbers as decimals: out of the file as a person sees them, and out of texts in the plan's languages.

A spreadsheet stores a number in binary with 15 digits of trust and writes it with up to 17: `1.1000000000000001` and
`0.30000000000000004` are 1.1 and 0.3. What has 18 digits or more no spreadsheet wrote: it is exact, and so our own
writer gives so many to a number that would not survive otherwise.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.numbers import get_decimal_symbol, get_group_symbol

_BINARY_DIGITS = 17
_TRUSTED_DIGITS = 15
# Below this many digits a number of 15 trusted digits was meant so: the rest was the noise of binary.
_MEANT_DIGITS = 13
_BLANKS = " \u00a0\u202f\u2009"
_MINUS = "-−–"


def _digits(number: Decimal) -> int:
    return len(number.as_tuple().digits)


def as_seen(text: str) -> Decimal | None:
    """The decimal that a number of the file stands for; None when it is beyond all bounds."""
    exact = Decimal(text)
    if _digits(exact) <= 12 and abs(exact.adjusted()) < 30:
        return exact
    if abs(exact.adjusted()) > 300:
        return Decimal(0) if exact.adjusted() < 0 else None
    if _digits(exact) > _BINARY_DIGITS:
        return exact
    stored = float(text)
    trusted = Decimal(f"{stored:.{_TRUSTED_DIGITS}g}")
    return trusted if _digits(trusted.normalize()) < _MEANT_DIGITS else Decimal(repr(stored))


def written(number: Decimal) -> str:
    """The decimal as text that `as_seen` reads back equal: never an exponent, no zeros at the end unless needed."""
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if text in ("-0", ""):
        text = "0"
    if as_seen(text) == number:
        return text
    missing = _BINARY_DIGITS + 1 - _digits(Decimal(text))
    return text + ("" if "." in text else ".") + "0" * missing


@lru_cache(maxsize=32)
def _pattern(language: str) -> tuple[re.Pattern[str], str] | None:
    """How a number is written in a language, and its decimal sign."""
    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return None
    point, group = get_decimal_symbol(locale), get_group_symbol(locale)
    groups = f"[{_BLANKS}]" if group.isspace() else "['’]" if group in "'’" else re.escape(group)
    whole = rf"(?:[1-9]\d{{0,2}}(?:{groups}\d{{3}})+|\d+)"
    return re.compile(rf"({whole})(?:{re.escape(point)}(\d+))?", re.ASCII), point


def readings(text: str, languages: Sequence[str]) -> set[Decimal]:
    """Every number that the text is in one of the languages; a percent sign at the end is left aside."""
    text = text.strip().removesuffix("%").strip()
    sign = "-" if text[:1] in _MINUS and text else ""
    text = text[1:].strip() if sign else text
    found = set()
    for language in languages:
        pattern = _pattern(language)
        match = pattern[0].fullmatch(text) if pattern else None
        if match:
            whole, fraction = match.groups()
            found.add(Decimal(f"{sign}{re.sub('[^0-9]', '', whole)}.{fraction or '0'}"))
    return found
