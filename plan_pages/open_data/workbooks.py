"""A table as an XLSX workbook of one sheet, as a person reads it, made as it is sent."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import translation

from plan_pages import formats
from plan_pages.choices import Choice
from plan_pages.csv_files import Row
from plan_pages.domain.periods import Period
from plan_pages.spreadsheet.cells import clean
from plan_pages.spreadsheet.writing import Cell, SheetCells, SheetColumn, Style, xlsx_as_sent

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NAME_LENGTH = 31
WIDE, NARROW = 48, 16
PROSE = frozenset({"title", "name", "summary", "description", "note", "next", "reason", "source", "method", "address"})


def workbook(
    title: str, columns: Sequence[str], heads: Sequence[str], rows: Iterable[Row], language: str
) -> Iterator[bytes]:
    """`columns`: keys of the columns, which say how wide they are; `heads`: what stands above them."""
    widths = [
        SheetColumn(head, Style.PROSE if key in PROSE else Style.LINE, WIDE if key in PROSE else NARROW)
        for key, head in zip(columns, heads, strict=True)
    ]
    return xlsx_as_sent(title, [SheetCells(title[:NAME_LENGTH], widths, _cells(rows, language))])


def _cells(rows: Iterable[Row], language: str) -> Iterator[list[Cell]]:
    for row in rows:
        with translation.override(language):  # row by row: between two of them the thread may serve another reader
            cells = [_cell(cell, language) for cell in row]
        yield cells


def _cell(cell: Any, language: str) -> Cell:
    match cell:
        case None | False:
            return None
        case True:
            return translation.gettext("yes")
        case Choice():
            return cell.label
        case Period():
            return formats.period(cell, language, short=True)
        case str():
            return clean(cell, several_lines=True)
        case Decimal() | int() | date():
            return cell
    raise TypeError(f"a table holds no {type(cell).__name__}")
