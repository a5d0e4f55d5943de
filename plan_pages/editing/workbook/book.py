"""What stands in a workbook for people: parts (a sheet each) of lines, their columns, what may be filled in. No file, no
database.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum, auto
from typing import Any

from plan_pages.spreadsheet.cells import clean

Value = str | Decimal | int | date | bool | None


class Holds(Enum):
    """What the cells of a column are."""

    CODE = auto()
    LINE = auto()
    PROSE = auto()
    NUMBER = auto()
    MONEY = auto()
    PERCENT = auto()
    CHOICE = auto()
    YEAR = auto()
    DAY = auto()


NUMBERS = frozenset({Holds.NUMBER, Holds.MONEY, Holds.PERCENT, Holds.YEAR})


class Use(Enum):
    """Of the plan and not to be changed; what was reported before; what is filled in."""

    KNOWN = auto()
    BEFORE = auto()
    OPEN = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """`key` of what is filled in is the name of the field in the row's form. `words`: of a choice, value to word."""

    key: str
    header: str
    holds: Holds
    width: int
    use: Use = Use.KNOWN
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        return self.use is Use.OPEN


@dataclass(frozen=True, slots=True)
class Heading:
    """A goal (0), a task (1) above its lines."""

    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Line:
    """`key`: of the row's form. `fingerprint`: of what is stored. `is_shut`: nothing of it may be changed."""

    key: str
    cells: Mapping[str, Value]
    fingerprint: str = ""
    is_shut: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """`identity`: the columns by which a line is found again. `spare`: empty lines at the end, in which the identity is
    filled in too, from the `offered` values of its columns. `needs`: where the first column has one of the words, the
    second must not be empty."""

    key: str
    title: str
    columns: Sequence[Column]
    identity: tuple[str, ...]
    body: Sequence[Heading | Line] = ()
    spare: int = 0
    offered: Mapping[str, Sequence[Value]] = field(default_factory=dict)
    spare_heading: str = ""
    needs: tuple[str, tuple[str, ...], str] | None = None

    @property
    def lines(self) -> list[Line]:
        return [each for each in self.body if isinstance(each, Line)]

    def column(self, key: str) -> Column:
        return next(column for column in self.columns if column.key == key)


@dataclass(frozen=True, slots=True)
class Book:
    """`kind` and `of` say what the workbook is of; `facts` and `guidance` stand on its first sheet."""

    kind: str
    of: str
    period: str
    language: str
    title: str
    subtitle: str
    file_name: str
    facts: Sequence[tuple[str, str]]
    guidance: Sequence[tuple[str, str]]
    parts: Sequence[Part]


def plain(value: Any) -> str:
    """One writing of a value, the same for what a spreadsheet program may store and give back of it: numbers to the 15
    digits that it keeps, line ends in one way, "" for nothing."""
    match value:
        case None | False:
            return ""
        case True:
            return "yes"
        case Decimal() | int():
            return f"{float(value) + 0.0:.15g}"
        case date():
            return value.isoformat()
        case _:
            return "\n".join(line.rstrip() for line in clean(str(value), several_lines=True).split("\n"))
