"""Tables: columns, rows, and rows that name those below them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from reports.document.marks import Bar, Mark, Signal, Spark
from reports.document.words import Words


class Align(StrEnum):
    LEFT = "left"
    RIGHT = "right"
    """For numbers: digits are tabular, so that right-aligned columns of equal decimals line up."""
    CENTRE = "centre"


@dataclass(frozen=True, slots=True)
class Column:
    """`width`: its share of the table's width, any unit (the shares of all columns are added up).
    Numbers: `Align.RIGHT`. `strong`: the column that the eye should find (the actual)."""

    title: str
    width: float
    align: Align = Align.LEFT
    strong: bool = False


Cell: TypeAlias = Words | Mark | Spark | Bar
"""Text (a number is text that is already formatted), a status, a small line or a bar. Missing: say so in words."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table, as many cells as columns. `detail`: a quieter line under it over the whole width (what was
    done, why it is late); it stays with its row. `keep`: it stays with the next row. `signal`: a coloured edge at the
    left, for rows that need the eye, always beside a `Mark` that says it in words. `anchor`: a name that links lead to.
    """

    cells: tuple[Cell, ...]
    detail: tuple[Words, ...] = ()
    signal: Signal | None = None
    anchor: str = ""
    keep: bool = False


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A line over the whole width that names the rows below it (a task among measures); stays with the next row.
    `aside`: quiet words at its right end. `anchor`: a name that links lead to."""

    words: Words
    aside: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a header that repeats on every page. Rows are not cut, unless one is higher than a page.
    `caption`: what the table shows, above it; needed where no heading says so. `row_header`: the column that names
    the row, for readers who hear the table. One table holds one task or goal, not the whole report."""

    columns: tuple[Column, ...]
    rows: tuple[Row | GroupRow, ...]
    caption: str = ""
    row_header: int = 0

    def __post_init__(self) -> None:
        if not self.columns or any(column.width <= 0 for column in self.columns):
            raise ValueError("a table needs columns, each with a width")
        if not 0 <= self.row_header < len(self.columns):
            raise ValueError(f"no column {self.row_header} to head the rows")
        for row in self.rows:
            if isinstance(row, Row) and len(row.cells) != len(self.columns):
                raise ValueError(f"{len(row.cells)} cells in a table of {len(self.columns)} columns")
