"""Workbooks for people to fill in, as another program (openpyxl) sees them. No database."""

import io
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from plan_pages.spreadsheet.forms import Cell, Highlight, Row, Rule, Sheet, fitting, form
from plan_pages.spreadsheet.looks import Look

OPEN, SHUT = Look(is_open=True, fill="FFF8DC"), Look()


def opened(*sheets: Sheet) -> Any:
    return openpyxl.load_workbook(io.BytesIO(form("Ataskaita", sheets)))


def sheet(*values: Any, **fields: Any) -> Sheet:
    rows = [Row([Cell(value, OPEN)]) for value in values]
    return Sheet("Priemonės", [20], rows, **fields)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "＝1"])
def test_a_text_like_a_formula_stays_a_text_and_says_so(text: str) -> None:
    cell = opened(sheet(text))["Priemonės"]["A1"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_values_keep_their_kinds() -> None:
    look = Look(shown="yyyy\\-mm\\-dd")
    table = Sheet("A", [9] * 3, [Row([Cell(Decimal("1.10"), SHUT), Cell(date(2026, 3, 31), look), None])])
    row = opened(table)["A"][1]
    assert (row[0].value, row[1].value.date(), row[1].is_date) == (1.1, date(2026, 3, 31), True)


def test_open_cells_are_open_and_all_others_are_protected() -> None:
    found = opened(Sheet("A", [9, 9], [Row([Cell("x", OPEN), Cell("y", SHUT)])]))["A"]
    assert found.protection.sheet
    assert found.protection.password is None
    assert (found["A1"].protection.locked, found["B1"].protection.locked) == (False, True)
    assert found["A1"].fill.fgColor.rgb == "FFFFF8DC"


def test_rules_and_highlights_stand_in_the_file() -> None:
    rule = Rule("A1:A9", "list", "'_'!$B$1:$B$2", "", "Būsena", "Pasirinkite iš „sąrašo“ & žr. <čia>.")
    found = opened(sheet("x", rules=[rule], highlights=[Highlight("A1:A9", 'A1="x"', "F8C9C0")]))["Priemonės"]
    [kept] = found.data_validations.dataValidation
    assert (kept.formula1, kept.error, kept.errorTitle) == (rule.first, rule.message, rule.title)
    [(_place, [highlight])] = [(each.sqref, each.rules) for each in found.conditional_formatting]
    assert (highlight.formula, highlight.dxf.fill.bgColor.rgb) == (['A1="x"'], "FFF8C9C0")


def test_headings_stay_on_the_screen_and_on_paper() -> None:
    found = opened(sheet("x", frozen=(3, 2), repeated=3, footer="A & B"))["Priemonės"]
    assert (found.freeze_panes, found.print_title_rows) == ("C4", "$3:$3")
    assert (found.page_setup.orientation, found.page_setup.fitToWidth, found.oddFooter.left.text) == (
        "landscape",
        1,
        "A && B",
    )


def test_a_hidden_sheet_is_hidden_from_the_menu_too() -> None:
    assert opened(sheet("x"), Sheet("_", [9], [], is_hidden=True))["_"].sheet_state == "veryHidden"


@pytest.mark.parametrize("name", ["", "x" * 32, "a/b", "a:b", "[a]", "a'b"])
def test_a_name_that_no_program_would_open_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="no name of a sheet"):
        form("Ataskaita", [Sheet(name, [9], [])])


def test_a_row_has_room_for_its_texts() -> None:
    short, long = Row([Cell("x", SHUT)]), Row([Cell("žodis " * 40, SHUT)])
    assert fitting(long, [20]) > 5 * fitting(short, [20])


def test_the_same_form_is_the_same_bytes() -> None:
    assert form("A", [sheet("x", 1)]) == form("A", [sheet("x", 1)])
