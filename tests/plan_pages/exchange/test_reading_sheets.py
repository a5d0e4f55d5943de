"""Sheets, columns, references and rows that belong together; all errors of a file are listed at once, in its order."""

from typing import Any

import pytest
from django.utils import translation

from plan_pages.domain.plan import Goal, Measure, Task
from plan_pages.exchange.workbook import read
from tests.plan_pages.exchange.workbooks import FUNDS, Sheets, errors, read_tables, read_with, saved, sheets, warnings


def _with_row(sheet: str, row: list[Any]) -> Sheets:
    tables = sheets()
    tables[sheet].append(row)
    return tables


def test_the_end_before_the_start_is_told_in_one_line() -> None:
    assert errors(read_with(measures__end="2026-03-31")) == [
        "measures, row 2, column end: 2026-03-31 is before the start, 2026-04-01"
    ]


@pytest.mark.parametrize("sheet", ["plan", "chapters"])
def test_a_sheet_that_must_be_there_is_missed(sheet: str) -> None:
    tables = sheets()
    del tables[sheet]
    assert errors(read_tables(tables)) == [f"{sheet}: the sheet is missing"]


def test_a_sheet_that_may_be_missing_makes_errors_only_of_what_refers_to_it() -> None:
    tables = sheets()
    del tables["groups"]
    assert errors(read_tables(tables)) == ["chapters, row 2, column group: there is no group with the code “G1”"]


def test_an_unknown_sheet_is_a_warning() -> None:
    outcome = read_tables({**sheets(), "Pastabos": [["x"]]})
    assert outcome.plan
    assert warnings(outcome) == ["Pastabos: the sheet is unknown; it is not read"]


def test_a_column_of_a_language_that_is_not_configured_is_unknown() -> None:
    assert warnings(read_with(goals__title_ru="Цель")) == [
        "goals, row 1, column title_ru: the column “title_ru” is unknown; it is not read"
    ]


def test_data_without_a_key_above_it_is_a_warning() -> None:
    outcome = read_tables(_with_row("goals", ["1.2", "1", "Tikslas", "pastaba"]))
    assert warnings(outcome) == ["goals, row 1, column D: column D holds data but has no key in row 1; it is not read"]


def test_a_column_that_is_there_twice_is_an_error() -> None:
    tables = sheets()
    tables["goals"][0].append("code")
    assert errors(read_tables(tables)) == ["goals, row 1, column code: the column “code” is there twice"]


def test_empty_rows_are_skipped() -> None:
    tables = sheets()
    tables["goals"] += [[], [" ", None], ["1.2", "1", "Antras tikslas"]]
    outcome = read_tables(tables)
    assert outcome.plan
    assert [goal.code for goal in outcome.plan.chapters[0].goals] == ["1.1", "1.2"]


def test_rows_keep_their_order_and_codes_that_look_alike_their_difference() -> None:
    tables = sheets()
    tables["goals"] += [["1.10", "1", "Dešimtas"], ["1.2", "1", "Antras"]]
    outcome = read_tables(tables)
    assert outcome.plan
    assert [goal.code for goal in outcome.plan.chapters[0].goals] == ["1.1", "1.10", "1.2"]


def test_a_hidden_column_is_read_with_a_warning() -> None:
    def hide(workbook: Any) -> None:
        workbook["goals"].column_dimensions["C"].hidden = True

    outcome = read_tables(sheets(), hide)
    assert outcome.plan
    assert warnings(outcome) == ["goals, column title_lt: the column is hidden; it is read like any other"]


def test_a_code_stands_once_in_its_sheet() -> None:
    assert errors(read_tables(_with_row("goals", ["1.1", "1", "Kitas"]))) == [
        "goals, row 3, column code: the code “1.1” stands already in row 2; codes are unique in their sheet"
    ]


@pytest.mark.parametrize(
    ("sheet", "row", "said"),
    [
        (
            "progress",
            ["1.1.1.1", "2026-Q1", "delayed"],
            "column period: measure 1.1.1.1 already has a row for 2026-Q1, in row 2",
        ),
        ("values", ["R1", "2026-Q1", 1], "column period: indicator R1 already has a row for 2026-Q1, in row 2"),
        ("budget", ["1.1.1.1", 2026, "SB"], "column fund: measure 1.1.1.1 already has a row for 2026 SB, in row 2"),
    ],
)
def test_a_row_stands_once(sheet: str, row: list[Any], said: str) -> None:
    assert errors(read_tables(_with_row(sheet, row))) == [f"{sheet}, row 3, {said}"]


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("chapters__group", "there is no group with the code “9”"),
        ("goals__chapter", "there is no chapter with the code “9”"),
        ("tasks__goal", "there is no goal with the code “9”"),
        ("measures__task", "there is no task with the code “9”"),
        ("indicators__of", "there is no goal, task or measure with the code “9”"),
        ("values__indicator", "there is no indicator with the code “9”"),
        ("budget__measure", "there is no measure with the code “9”"),
        ("progress__measure", "there is no measure with the code “9”"),
    ],
)
def test_a_code_that_is_nowhere_is_an_error_where_it_is_named(cell: str, said: str) -> None:
    sheet, column = cell.split("__")
    assert errors(read_with(**{cell: "9"})) == [f"{sheet}, row 2, column {column}: {said}"]


@pytest.mark.parametrize(
    ("of", "owner"), [("1", "goals"), ("goals:1", "goals"), ("tasks:1", "tasks"), ("measures:1", "measures")]
)
def test_an_indicator_is_of_the_first_sheet_that_has_the_code_or_of_the_one_that_is_named(of: str, owner: str) -> None:
    outcome = read_with(
        goals__code="1", tasks__goal="1", tasks__code="1", measures__task="1", measures__code="1",
        budget__measure="1", progress__measure="1", indicators__of=of,
    )  # fmt: skip
    assert outcome.plan
    goal = outcome.plan.chapters[0].goals[0]
    owners: dict[str, Goal | Task | Measure] = {
        "goals": goal,
        "tasks": goal.tasks[0],
        "measures": goal.tasks[0].measures[0],
    }
    assert [name for name, value in owners.items() if value.indicators] == [owner]
    assert bool(outcome.warnings) is (of == "1")


def test_all_errors_are_listed_in_the_order_of_the_workbook() -> None:
    outcome = read_with(
        progress__percent=140,
        plan__value="",
        budget__fund="XX",
        budget__planned=-1,
        tasks__goal="9",
        chapters__weight=-1,
    )
    places = [(problem.sheet, problem.row, problem.column) for problem in outcome.errors]
    assert places == [
        ("plan", 2, "value"),
        ("chapters", 2, "weight"),
        ("tasks", 2, "goal"),
        ("budget", 2, "fund"),
        ("budget", 2, "planned"),
        ("progress", 2, "percent"),
    ]
    assert outcome.plan is None


def test_the_keys_of_the_plan_are_checked() -> None:
    tables = sheets()
    tables["plan"] = [
        ["key", "value"],
        ["title_lt", "Planas"],
        ["start_year", 2026],
        ["start_year", 2027],
        ["spalva", "žalia"],
    ]
    outcome = read_tables(tables)
    assert errors(outcome) == [
        "plan, column key: the row “end_year” is missing",
        "plan, row 4, column key: “start_year” stands already in row 3",
    ]
    assert warnings(outcome) == ["plan, row 5, column key: the key “spalva” is unknown; it is not read"]


def test_a_plan_does_not_end_before_it_starts() -> None:
    tables = sheets()
    tables["plan"][3][1] = 2025
    assert errors(read_tables(tables)) == ["plan, row 4, column value: 2025 is before the start, 2026"]


def test_the_default_language_is_the_one_that_must_be_given() -> None:
    outcome = read(saved(sheets()), languages=("en", "lt"), funds=FUNDS)
    assert "goals, row 1, column title_en: the column “title_en” is missing" in errors(outcome)
    assert not any("title_lt" in told for told in errors(outcome))


def test_a_problem_is_worded_in_the_language_of_whoever_reads_it() -> None:
    problem = read_with(measures__end="2026-03-31").errors[0]
    english = str(problem)
    with translation.override("lt"):
        assert str(problem) != english
        assert "2026-03-31" in str(problem)
        assert "measures" in str(problem)
        assert "anksčiau" in str(problem)
