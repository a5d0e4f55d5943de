"""What a cell of a sheet holds, decoded from the format's own notation: texts, numbers, dates, faults.

A cell's value is one of: str, Decimal, Percentage (a number that is shown as percent), datetime, bool, Fault.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from plan_pages.spreadsheet.numbers import as_seen

_BUILT_IN_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_BUILT_IN_PERCENTS = frozenset({9, 10})
_NOT_A_SIGN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,6})?", re.ASCII)

NO_RESULT = _("the formula has no stored result; open the file in a spreadsheet program and save it there")
_FORMULA_ERROR = _("{found} is the error of a formula, not a value")
_NOT_FINITE = _("{found} is not a finite number")
_NO_DATE = _("{found} is not a day of the calendar")


@dataclass(frozen=True, slots=True)
class Percentage:
    number: Decimal


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell that holds no value that could be read."""

    found: str
    message: str | Promise


Raw = str | Decimal | Percentage | datetime | bool | Fault


@dataclass(frozen=True, slots=True)
class Decoder:
    """What the values of cells depend on in their file: shared texts, formats, the epoch of its dates."""

    texts: Sequence[str]
    formats: Sequence[str]
    epoch_1904: bool

    def value(self, kind: str, text: str, style: int) -> Raw | None:
        match kind:
            case "s":
                index = number_or(text.strip(), -1)
                return self.texts[index] if 0 <= index < len(self.texts) else Fault(text, _("the text is missing"))
            case "inlineStr" | "str":
                return unescaped(text)
            case "b":
                return text.strip() in ("1", "true")
            case "e":
                return Fault(text, _FORMULA_ERROR)
            case "d":
                return _iso_date(text)
        if not (text := text.strip()):
            return None
        if not _NUMBER.fullmatch(text) or (number := as_seen(text)) is None:
            return Fault(text, _NOT_FINITE)
        shown = self.formats[style] if 0 <= style < len(self.formats) else ""
        if shown == "date":
            return self._date(number)
        return Percentage(number) if shown == "percent" else number

    def _date(self, number: Decimal) -> datetime | Fault:
        """A date is a count of days; the old epoch has a 29 February 1900 that never was."""
        if not 1 <= number < 3_000_000:
            return Fault(str(number), _NO_DATE)
        start = datetime(1904, 1, 1) if self.epoch_1904 else datetime(1899, 12, 30 if number >= 60 else 31)  # noqa: DTZ001
        seconds = round(number % 1 * 86_400)
        try:
            return start + timedelta(days=int(number), seconds=seconds)
        except OverflowError:
            return Fault(str(number), _NO_DATE)


def number_or(text: str | None, otherwise: int) -> int:
    return int(text) if text and len(text) < 10 and text.isascii() and text.isdecimal() else otherwise


def built_in(number: int) -> str:
    """How a number is shown under one of the format's own numbers: "date", "percent" or ""."""
    return "date" if number in _BUILT_IN_DATES else "percent" if number in _BUILT_IN_PERCENTS else ""


def shown_as(code: str) -> str:
    """The same for a format that is written out."""
    first = _NOT_A_SIGN.sub("", code).partition(";")[0].lower()
    if "%" in first:
        return "percent"
    return "date" if first != "general" and re.search("[dmyhs]", first) else ""


def unescaped(text: str) -> str:
    """Characters that XML cannot hold stand as _x0007_ in the file."""
    return _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), text) if "_x" in text else text


def _iso_date(text: str) -> datetime | Fault:
    try:
        return datetime.fromisoformat(text.strip()).replace(tzinfo=None)
    except ValueError:
        return Fault(text, _NO_DATE)
