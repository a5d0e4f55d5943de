"""Texts, numbers, dates and periods as they stand in a file, for reading and for writing alike."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from plan_pages.choices import Frequency
from plan_pages.domain.periods import Period
from plan_pages.spreadsheet.cells import clean
from plan_pages.spreadsheet.numbers import readings

YEARS = range(1900, 2201)
PLACES, MONEY_PLACES = 12, 2
LARGEST, LARGEST_MONEY = Decimal(10) ** 12, Decimal(10) ** 18
BREAK = "^^"
_NUMBER = re.compile(r"[+-]?(?:\d{1,40}(?:\.\d{0,40})?|\.\d{1,40})", re.ASCII)
# A text that was folded and indented by whoever laid out the file: the line goes on.
_FOLDED = re.compile(r"(?<=[^\s])[ \t]*\n[ \t]{2,}(?=[^\s])")
_NOTHING = re.compile(r"\W*|\W*to be determined\W*", re.IGNORECASE)


def line(text: str) -> str:
    """The text in one line, with single blanks."""
    return re.sub("[ \t\n]+", " ", clean(broken(text), several_lines=True)).strip()


def prose(text: str) -> str:
    """The text in lines without indentation; `^^` and folded lines undone. Doing it again changes nothing."""
    text = _FOLDED.sub(" ", clean(broken(text), several_lines=True))
    text = "\n".join(each.strip() for each in text.split("\n"))
    return re.sub("\n{3,}", "\n\n", text).strip()


def broken(text: str) -> str:
    """`^^` is a line break."""
    return re.sub(r"[ \t]*\^{2,}[ \t]*", "\n", text)


def as_meant(text: str) -> str:
    """Who writes `^^` for an empty line writes a lone `^` between blanks for the next line."""
    return re.sub(r"[ \t]+\^[ \t]+", "\n", text) if BREAK in text else text


def in_one_line(text: str) -> str:
    """Prose for a place that has one line; `prose` brings it back."""
    return prose(text).replace("\n", f" {BREAK} ")


def says_nothing(text: str) -> bool:
    """Dots, or the words that StratML's forms put where nothing is known."""
    return _NOTHING.fullmatch(text) is not None


def written(number: Decimal) -> str:
    text = f"{number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def plain(text: str) -> Decimal | None:
    """A decimal as XML writes it."""
    return Decimal(text) if _NUMBER.fullmatch(text) else None


def number_in(text: str, languages: Sequence[str]) -> Decimal | None:
    """The one number that the text is in these languages: `1,200`, `45 %`."""
    found = readings(text, languages) if len(text) <= 40 else set()
    return found.pop() if len(found) == 1 else None


def fitted(number: Decimal, money: bool) -> Decimal | None:
    """With as many places as are kept; None beyond all bounds."""
    if abs(number) >= (LARGEST_MONEY if money else LARGEST) or (money and number < 0):
        return None
    places = MONEY_PLACES if money else PLACES
    rounded = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) if _places(number) > places else number
    return rounded + 0


def _places(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def day(text: str) -> date | None:
    """A date as XML writes it; a time zone behind it is left aside."""
    found = re.fullmatch(r"(\d{4}-\d{2}-\d{2})(?:Z|[+-]\d{2}:\d{2})?", text, re.ASCII)
    try:
        read = date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None
    return read if read and read.year in YEARS else None


def period_in(text: str) -> Period | None:
    """`2026`, `2026-Q3` and the like, where a date should stand."""
    try:
        read = Period.parse(text)
    except ValueError:
        return None
    return read if read.year in YEARS else None


def exact_period(start: date, end: date) -> Period | None:
    """The period that has just these days."""
    for frequency in Frequency:
        period = Period.containing(start, frequency)
        if (period.start, period.last_day) == (start, end):
            return period
    return None


def nearest_period(start: date | None, end: date) -> Period:
    """For days that are no period of the calendar: one of about that length, in which they end."""
    days = (end - start) / timedelta(days=1) if start else 365
    frequency = (
        Frequency.YEAR
        if days > 270
        else Frequency.HALF
        if days > 135
        else Frequency.QUARTER
        if days > 45
        else Frequency.MONTH
    )
    return Period.containing(end, frequency)
