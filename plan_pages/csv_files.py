"""A table as CSV, row by row: for programs (RFC 4180), or so that a spreadsheet opens it right. Knows no plan.

For programs: commas, a point in decimals, ISO dates, values of vocabularies by their keys. For spreadsheets: a mark at
the beginning by which they know the letters, numbers, words and the sign between columns as the language has them; a text
that they would run, or take for a number or a day, has an apostrophe before it.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, TypeAlias

from babel.numbers import get_decimal_symbol
from django.utils import translation

from plan_pages import formats
from plan_pages.choices import Choice
from plan_pages.domain.periods import Period
from plan_pages.spreadsheet.numbers import readings
from plan_pages.spreadsheet.packing import LIKE_A_FORMULA

TYPE = "text/csv; charset=utf-8; header=present"
BOM = "\ufeff"
"""Without it Excel takes the letters of a CSV file for those of another alphabet."""

_LIKE_A_DAY = re.compile(r"\d+[-/]\d+(?:[-/]\d+)?", re.ASCII)

Row: TypeAlias = Sequence[Any]
"""Texts, decimals, whole numbers, days, periods, values of vocabularies; True, False; None is nothing."""


def for_programs(heads: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """One line a row, with the heads first."""
    yield from _lines(heads, rows, ",", plain)


def for_spreadsheets(heads: Sequence[str], rows: Iterable[Row], language: str) -> Iterator[str]:
    """The same in a language, as a person reads it."""
    point = get_decimal_symbol(formats.locale(language))
    words = _Words(language, point)
    yield BOM
    yield from _lines(heads, rows, ";" if point == "," else ",", words.of)


def inert(text: str) -> str:
    """A text that a spreadsheet does not run: what looks like a formula gets an apostrophe before it."""
    return f"'{text}" if text.startswith((*LIKE_A_FORMULA, "\n")) else text


def plain(cell: Any) -> str:
    """Amounts with the digits that they need, dates by ISO, vocabularies by their keys."""
    match cell:
        case None | False:
            return ""
        case True:
            return "yes"
        case Decimal():
            return f"{cell.normalize():f}"
    return str(cell)


class _Words:
    """Cells as a person reads them. Written long after whoever asked has left: the language is held here."""

    def __init__(self, language: str, point: str) -> None:
        self.language = language
        self.point = point
        self.labels: dict[tuple[type, Choice], str] = {}  # two vocabularies may share a key
        with translation.override(language):
            self.yes = translation.gettext("yes")

    def of(self, cell: Any) -> str:
        match cell:
            case True:
                return self.yes
            case Choice():
                return self._label(cell)
            case Decimal():
                return plain(cell).replace(".", self.point)
            case Period():
                return self._text(formats.period(cell, self.language, short=True))
            case str():
                return self._text(cell)
        return plain(cell)

    def _label(self, value: Choice) -> str:
        key = type(value), value
        if key not in self.labels:
            with translation.override(self.language):
                self.labels[key] = value.label
        return self.labels[key]

    def _text(self, text: str) -> str:
        is_taken = not text.isdecimal() and (_LIKE_A_DAY.fullmatch(text) or self._is_number(text))
        return f"'{text}" if is_taken else inert(text)

    def _is_number(self, text: str) -> bool:
        return text[-1:].isdecimal() and bool(readings(text, [self.language]))


def _lines(heads: Sequence[str], rows: Iterable[Row], between: str, written: Callable[[Any], str]) -> Iterator[str]:
    line = io.StringIO(newline="")
    writer = csv.writer(line, delimiter=between, lineterminator="\r\n")
    writer.writerow(heads)
    yield line.getvalue()
    for row in rows:
        line.seek(0)
        line.truncate()
        writer.writerow([written(cell) for cell in row])
        yield line.getvalue()
