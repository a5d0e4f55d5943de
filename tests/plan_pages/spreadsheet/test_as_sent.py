"""A workbook is made while it goes out, and holds what the one made at once holds."""

import io
from collections.abc import Iterator, Sequence
from typing import Any

import openpyxl

from plan_pages.exchange.workbook import write, write_as_sent
from plan_pages.spreadsheet.writing import Cell, SheetCells, SheetColumn, Style, xlsx, xlsx_as_sent
from tests.plan_pages.builders import a_plan
from tests.plan_pages.exchange.workbooks import LANGUAGES, read_bytes

COLUMNS = (SheetColumn("code", Style.CODE, 10), SheetColumn("note", Style.PROSE, 40))


def cells_of(file: bytes) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in openpyxl.load_workbook(io.BytesIO(file)).worksheets[0].iter_rows()]


def test_the_first_bytes_are_sent_before_the_last_row_is_made() -> None:
    made = 0

    def rows() -> Iterator[Sequence[Cell]]:
        nonlocal made
        for made in range(1, 20_001):
            yield f"1.{made}", f"={made * 7919 % 10_007}"

    parts = xlsx_as_sent("Planas", [SheetCells("Priemonės", COLUMNS, rows())])
    first = next(parts)
    assert first.startswith(b"PK")
    assert 0 < made < 20_000
    found = cells_of(first + b"".join(parts))
    assert (len(found), found[0], found[-1]) == (20_001, ["code", "note"], ["1.20000", f"={20_000 * 7919 % 10_007}"])


def test_both_ways_give_the_same_cells() -> None:
    sheets = [SheetCells("Lapas", COLUMNS, [("1.1", "Takas\nir tiltas"), ("1.10", None)])]
    assert cells_of(b"".join(xlsx_as_sent("Planas", sheets))) == cells_of(xlsx("Planas", sheets))


def test_a_plan_sent_so_is_read_back_the_same() -> None:
    plan = a_plan()
    sent, whole = b"".join(write_as_sent(plan, languages=LANGUAGES)), write(plan, languages=LANGUAGES)
    assert read_bytes(sent) == read_bytes(whole)
    assert read_bytes(sent).plan is not None
