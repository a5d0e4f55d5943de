"""What is wrong in a workbook: where it stands, what was found, what may stand there; worded in the reader's language.

Knows no rule of the workbook. A hostile file may be wrong in a million places: only so many are kept.
"""

import unicodedata
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MOST_PROBLEMS = 5_000
_LONGEST_SHOWN = 60
_LONGEST_NAMED = 400


def shown(found: object, longest: int = _LONGEST_SHOWN) -> str:
    """What stands in a cell, safe to print: one line, not too long, what cannot be seen written as U+FEFF."""
    text = str(found)
    cut = text if len(text) <= longest else text[:longest]
    seen = "".join(
        " "
        if character in "\n\t"
        else f"U+{ord(character):04X}"
        if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp")
        else character
        for character in cut
    )
    return seen if cut is text else f"{seen}…"


@dataclass(frozen=True, slots=True)
class Problem:
    """One error or warning. `sheet` is "" for the file as a whole; `row` counts from 1 as spreadsheets show it."""

    sheet: str
    row: int | None
    column: str
    found: str
    message: str | Promise

    def __str__(self) -> str:
        place = {"sheet": self.sheet, "row": self.row, "column": self.column, "message": str(self.message)}
        if self.row is not None and self.column:
            return _("{sheet}, row {row}, column {column}: {message}").format(**place)
        if self.row is not None:
            return _("{sheet}, row {row}: {message}").format(**place)
        if self.column:
            return _("{sheet}, column {column}: {message}").format(**place)
        if self.sheet:
            return _("{sheet}: {message}").format(**place)
        return str(self.message)


class BadCell(Exception):
    """What stands in a cell cannot be what its column holds. Whoever knows the place makes a Problem of it."""

    def __init__(self, message: str | Promise, found: object = "", **named: Any) -> None:
        super().__init__(message)
        self.message = message
        self.found = found
        self.named = named


class Refused(Exception):
    """The file, or one sheet of it, is not read any further."""

    def __init__(self, message: str | Promise, sheet: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.sheet = sheet


class Findings:
    """Collects the problems of one file."""

    def __init__(self) -> None:
        self._errors: list[Problem] = []
        self._warnings: list[Problem] = []

    def error(
        self, sheet: str, row: int | None, column: str, message: str | Promise, found: object = "", **named: Any
    ) -> None:
        self._add(self._errors, sheet, row, column, message, found, named)

    def warning(
        self, sheet: str, row: int | None, column: str, message: str | Promise, found: object = "", **named: Any
    ) -> None:
        self._add(self._warnings, sheet, row, column, message, found, named)

    @property
    def any_error(self) -> bool:
        return bool(self._errors)

    def take(self, other: "Findings") -> None:
        """Add what the other one has found."""
        self._errors += other._errors
        self._warnings += other._warnings

    def errors(self, order: dict[tuple[str, str], int]) -> tuple[Problem, ...]:
        return _sorted(self._errors, order)

    def warnings(self, order: dict[tuple[str, str], int]) -> tuple[Problem, ...]:
        return _sorted(self._warnings, order)

    @staticmethod
    def _add(
        problems: list[Problem],
        sheet: str,
        row: int | None,
        column: str,
        message: str | Promise,
        found: object,
        named: dict[str, Any],
    ) -> None:
        if len(problems) > MOST_PROBLEMS:
            return
        if len(problems) == MOST_PROBLEMS:
            more = format_lazy(
                gettext_lazy("more than {count} such lines; the rest is not listed"), count=MOST_PROBLEMS
            )
            problems.append(Problem("", None, "", "", more))
            return
        named = {
            name: shown(value, _LONGEST_NAMED) if isinstance(value, str) else value for name, value in named.items()
        }
        found = shown(found)
        problems.append(Problem(shown(sheet), row, shown(column), found, format_lazy(message, found=found, **named)))


def _sorted(problems: list[Problem], order: dict[tuple[str, str], int]) -> tuple[Problem, ...]:
    """By the order of sheets, rows and columns in the workbook; the file as a whole first, what is unknown last."""
    last = len(order)

    def place(problem: Problem) -> tuple[int, str, int, int]:
        sheet = -1 if not problem.sheet else order.get((problem.sheet, ""), last)
        return sheet, problem.sheet, problem.row or 0, order.get((problem.sheet, problem.column), last)

    return tuple(sorted(problems, key=place))
