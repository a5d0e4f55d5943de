"""A plan is written so that every program reads the same of it, and no spreadsheet runs any of it."""

import io
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from plan_pages.choices import IndicatorKind
from plan_pages.domain.plan import Link, Milestone, Plan
from plan_pages.exchange.workbook import write
from tests.plan_pages.builders import (
    a_budget_line,
    a_chapter,
    a_goal,
    a_measure,
    a_plan,
    a_plan_of,
    a_task,
    a_value,
    an_entry,
    an_indicator,
    text,
)
from tests.plan_pages.exchange.workbooks import LANGUAGES, errors, read_bytes, warnings


def _written(plan: Plan) -> bytes:
    return write(plan, languages=LANGUAGES)


def _opened(plan: Plan) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(_written(plan)))


def _column(plan: Plan, sheet: str, key: str) -> list[Any]:
    rows = list(_opened(plan)[sheet].iter_rows())
    index = [cell.value for cell in rows[0]].index(key)
    return [row[index] for row in rows[1:]]


def _again(plan: Plan) -> Plan:
    outcome = read_bytes(_written(plan))
    assert (errors(outcome), warnings(outcome)) == ([], [])
    assert outcome.plan
    return outcome.plan


def test_the_same_plan_is_written_in_the_same_bytes() -> None:
    assert _written(a_plan()) == _written(a_plan())


def test_the_file_does_not_tell_when_it_was_made() -> None:
    with zipfile.ZipFile(io.BytesIO(_written(a_plan()))) as file:
        assert {member.date_time for member in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_every_sheet_has_its_header_bold_and_frozen() -> None:
    workbook = _opened(a_plan())
    assert workbook.sheetnames == [
        "plan", "groups", "chapters", "goals", "tasks", "measures", "indicators", "values", "budget", "progress",
    ]  # fmt: skip
    for sheet in workbook.worksheets:
        assert sheet.freeze_panes == "A2"
        assert all(cell.font.b for cell in sheet[1])


@pytest.mark.parametrize(
    "title", ["=1+1", "+370 600", "-5", "@x", '=HYPERLINK("http://127.0.0.1")', "=cmd|' /C calc'!A0"]
)
def test_text_that_begins_like_a_formula_is_marked_as_text_and_read_back_equal(title: str) -> None:
    plan = a_plan_of(a_measure(title=title, responsible=title))
    for key in ("title_lt", "responsible"):
        cell = _column(plan, "measures", key)[0]
        assert cell.quotePrefix
    assert _again(plan) == plan
    with zipfile.ZipFile(io.BytesIO(_written(plan))) as file:
        assert b"<f>" not in b"".join(file.read(member) for member in file.namelist())


def test_codes_are_text_and_dates_are_dates() -> None:
    plan = a_plan_of(a_measure(code="1.10", end="2026-12-31"))
    code, end = _column(plan, "measures", "code")[0], _column(plan, "measures", "end")[0]
    assert (code.value, code.data_type, code.number_format) == ("1.10", "s", "@")
    assert (end.value.date(), end.is_date) == (date(2026, 12, 31), True)


@pytest.mark.parametrize("day", ["1900-01-01", "1900-02-28", "1900-03-01", "2200-12-31"])
def test_days_at_the_edges_of_the_calendar_are_kept(day: str) -> None:
    assert next(_again(a_plan_of(a_measure(end=day))).measures()).end == date.fromisoformat(day)


@pytest.mark.parametrize(
    "amount",
    ["0.000000000001", "0.1", "99999999999.99", "123456789012345678.91", "9007199254740993", "5.00", "0", "1E+3"],
)
def test_decimals_are_exact(amount: str) -> None:
    plan = a_plan_of(a_measure(budget=[a_budget_line(planned=amount, spent=Decimal("0.55"))]))
    if Decimal(amount).as_tuple().exponent == -12:
        plan = a_plan_of(a_measure(weight=amount))
    assert _again(plan) == plan


def test_optional_columns_are_written_only_when_they_are_used() -> None:
    header = [cell.value for cell in _opened(a_plan())["measures"][1]]
    assert header == [
        "code", "task", "title_lt", "title_en", "description_lt", "description_en", "responsible", "partners", "start",
        "end", "weight",
    ]  # fmt: skip


def test_a_zero_is_a_use_of_an_optional_column() -> None:
    plan = a_plan_of(a_measure(indicators=[an_indicator(tolerance=0)]))
    assert _again(plan) == plan


def test_optional_columns_are_read_back_equal() -> None:
    measure = a_measure(
        partners=["UAB „Viena; kita“", "C:\\", "Trečia"],
        tags=["SDG 11", "Šilainiai"],
        links=[Link("Sprendimas T-1", "https://example.org/T-1"), Link("https://example.org", "https://example.org")],
        milestones=[
            Milestone(text("Projektas; parengtas", "Design")),
            Milestone(text("2026-01-01 pradžia"), date(2026, 5, 1)),
            Milestone(text("-", "\\")),
            Milestone(text("Pabaiga", "2026 end"), date(2026, 9, 1)),
        ],
        entries=[an_entry(next="Toliau", reason="Nes")],
        indicators=[
            an_indicator(
                tolerance="0.5", threshold=1, method="Skaičiuojama", next_update="2026-10-01",
                values=[a_value(unavailable=True, note="Tyrimas nebaigtas")],
            ),
        ],
    )  # fmt: skip
    plan = a_plan_of(measure)
    assert _again(plan) == plan


def test_an_indicator_whose_owners_code_stands_in_two_sheets_names_the_sheet() -> None:
    task = a_task(code="1", measures=(), indicators=[an_indicator(code="R2", kind=IndicatorKind.RESULT)])
    goal = a_goal(code="1", tasks=(task,), indicators=[an_indicator()])
    plan = a_plan(chapters=[a_chapter(goals=(goal,))])
    assert [cell.value for cell in _column(plan, "indicators", "of")] == ["goals:1", "tasks:1"]
    assert _again(plan) == plan


def test_what_has_left_the_plan_is_not_written() -> None:
    kept, left = a_measure(), a_measure(code="1.1.1.2", retired="2026-05-05", entries=[an_entry()])
    task = a_task(measures=(kept, left))
    assert list(_again(a_plan(chapters=[a_chapter(goals=(a_goal(tasks=(task,)),))])).measures()) == [kept]


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("a\x00b\x07c\ufeff", "abc"),
        ("a\ud800b\uffffc", "abc"),
        ("  a\tb\nc  ", "a b c"),
        ("\r\n a", "a"),
        ("_x0041_ _x005F_", "_x0041_ _x005F_"),
        ("<&>]]>\"'", "<&>]]>\"'"),
    ],
)
def test_what_xml_cannot_hold_is_left_out_and_the_rest_kept(title: str, kept: str) -> None:
    assert next(_again(a_plan_of(a_measure(title=title))).measures()).title.get("lt") == kept


def test_a_workbook_of_one_language_drops_the_others() -> None:
    data = write(a_plan(), languages=["lt"])
    header = [cell.value for cell in openpyxl.load_workbook(io.BytesIO(data))["goals"][1]]
    assert header == ["code", "chapter", "title_lt", "description_lt", "weight"]


def test_identities_and_addresses_stay_in_the_house() -> None:
    measure = replace(next(a_plan().measures()), id="m-1", original_end=date(2026, 1, 1))
    assert next(_again(a_plan_of(measure)).measures()) == a_measure()
