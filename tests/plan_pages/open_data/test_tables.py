"""The tables of open data: what stands in them, for programs and for people, whole and in part."""

import io
import json
import re
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from plan_pages.choices import ReturnState
from plan_pages.csv_files import BOM
from plan_pages.open_data.columns import LABELS
from plan_pages.open_data.tables import BY_KEY, TABLES
from plan_pages.pages.plan import PlanPage
from tests.factories import chapter_page, goal, measure, task
from tests.plan_pages.open_data.town import FILES, FORMULA, TITLE, a_plan, body, codes, rows
from tests.plan_pages.readers import a_chapter, report

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> PlanPage:
    return a_plan()


@pytest.mark.parametrize("key", BY_KEY)
def test_every_table_has_its_columns_and_rows(plan: PlanPage, key: str) -> None:
    found = rows(f"{FILES}/{key}.csv")
    assert found
    assert tuple(found[0]) == BY_KEY[key].columns


def test_every_column_has_a_name_for_people() -> None:
    assert {column for table in TABLES for column in table.columns} == set(LABELS)


def test_csv_for_programs_keeps_the_standard(plan: PlanPage) -> None:
    written = body(f"{FILES}/progress.csv").decode("utf-8")
    assert not written.startswith(BOM)
    assert written.startswith("measure,period,first_day,")
    assert written.endswith("\r\n")
    # The only bare line feed is the one within the quotes of a reason.
    assert re.findall(r"[^\r]\n", written) == ["s\n"]
    assert '"Lėšos\nbaigėsi"' in written
    assert Client().get(f"{FILES}/progress.csv")["Content-Type"] == "text/csv; charset=utf-8; header=present"


def test_csv_for_programs_has_plain_values(plan: PlanPage) -> None:
    park = rows(f"{FILES}/measures.csv")[0]
    assert (park["title"], park["status"], park["end"], park["planned"], park["spent"]) == (
        TITLE,
        "delayed",
        "2099-12-31",
        "1240500.5",
        "0.05",
    )
    assert rows(f"{FILES}/values.csv")[0]["actual"] == "-1234.5"
    assert rows(f"{FILES}/measures.csv")[1]["title"] == FORMULA


def test_texts_are_in_the_language_asked_for(plan: PlanPage) -> None:
    for path in (
        f"/en{FILES}/measures.csv",
        f"{FILES}/measures.csv?lang=en",
        f"/en{FILES}/measures.csv?language=xx",
    ):
        assert rows(path)[0]["title"] == "A park"
    assert rows(f"/en{FILES}/measures.csv?language=lt")[0]["title"] == TITLE


def test_csv_for_spreadsheets_speaks_the_language_of_the_reader(plan: PlanPage) -> None:
    written = body(f"{FILES}/measures.csv?for=spreadsheet").decode()
    assert written.startswith(BOM)
    heads, park = written.removeprefix(BOM).split("\r\n")[:2]
    assert heads.count(";") == len(BY_KEY["measures"].columns) - 1
    assert heads.startswith("Kodas;")
    assert ";Vėluoja;" in park
    assert ";1240500,5;0,05;" in park
    english = body(f"/en{FILES}/measures.csv?for=spreadsheet").decode().removeprefix(BOM).split("\r\n")
    assert english[0].startswith("Code,")
    assert ",Delayed," in english[1]
    assert ",1240500.5,0.05," in english[1]


def test_no_text_of_a_spreadsheet_runs_or_becomes_a_number(plan: PlanPage) -> None:
    written = body(f"{FILES}/measures.csv?for=spreadsheet").decode()
    assert f";'{FORMULA};" in written
    # In English 1.1 is a number, in Lithuanian it is none.
    assert "\r\n'1.1," in body(f"/en{FILES}/goals.csv?for=spreadsheet").decode()
    assert "\r\n1.1;" in body(f"{FILES}/goals.csv?for=spreadsheet").decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["1.1.1.1", "1.1.1.2", "2.1.1.1"]),
        ("?status=delayed", ["1.1.1.1"]),
        ("?chapter=2", ["2.1.1.1"]),
        ("?responsible=%C5%A0vietimo+skyrius", ["1.1.1.2"]),
        ("?year=2098", ["1.1.1.2"]),
        ("?late=1", []),
        ("?order=deadline&chapter=1", ["1.1.1.2", "1.1.1.1"]),
        ("?order=-deadline&chapter=1", ["1.1.1.1", "1.1.1.2"]),
        ("?goal=1.1&late=0&moved=", ["1.1.1.1", "1.1.1.2"]),
        ("?status=stopped", []),
        ("?responsible=Niekas", []),
    ],
)
def test_a_file_is_filtered_as_the_list_is(plan: PlanPage, query: str, found: list[str]) -> None:
    assert codes(f"{FILES}/measures.csv{query}") == found


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("chapter=99", "There is no “99” for chapter. There is: 1, 2."),
        ("task=9", "There is no “9” for task. There is: 1.1.1, 2.1.1."),
        ("status=late", "There is no “late” for status."),
        ("order=colour", "There is no “colour” for order."),
        ("late=maybe", "There is no “maybe” for late."),
        ("year=27", "The year of the deadline is written with four digits."),
        ("colour=red", "Unknown parameter. Known: chapter, goal, task,"),
    ],
)
@pytest.mark.parametrize("file", ["/measures.csv", "/goals.xlsx", "/budget.json", ".ics", ".json"])
def test_a_whole_file_is_never_taken_for_a_filtered_one(plan: PlanPage, file: str, query: str, said: str) -> None:
    answer = Client().get(f"/en{FILES}{file}?{query}")
    assert (answer.status_code, answer["Content-Type"]) == (422, "text/plain; charset=utf-8")
    assert answer.content.decode().startswith(said)


@pytest.mark.parametrize(
    ("key", "column", "found"),
    [
        ("chapters", "code", {"1"}),
        ("goals", "code", {"1.1"}),
        ("tasks", "code", {"1.1.1"}),
        ("indicators", "code", {"R1"}),
        ("values", "code", {"R1"}),
        ("budget", "measure", {"1.1.1.1"}),
        ("progress", "measure", {"1.1.1.1"}),
    ],
)
def test_a_filter_of_measures_filters_what_is_theirs(plan: PlanPage, key: str, column: str, found: set[str]) -> None:
    assert {each[column] for each in rows(f"{FILES}/{key}.csv?status=delayed")} == found


def test_figures_of_a_filtered_file_are_those_of_the_whole(plan: PlanPage) -> None:
    whole = {each["code"]: each["percent"] for each in rows(f"{FILES}/goals.csv")}
    assert rows(f"{FILES}/goals.csv?responsible=%C5%A0vietimo+skyrius")[0]["percent"] == whole["1.1"]


@pytest.mark.parametrize("key", BY_KEY)
def test_a_table_is_the_same_in_json(plan: PlanPage, key: str) -> None:
    written = json.loads(body(f"{FILES}/{key}.json"))
    assert [{name: "" if cell in (None, False) else str(cell) for name, cell in each.items()} for each in written] == [
        {name: "True" if cell == "yes" else cell for name, cell in each.items()} for each in rows(f"{FILES}/{key}.csv")
    ]


def test_decimals_of_json_are_texts_and_missing_is_null(plan: PlanPage) -> None:
    (line,) = json.loads(body(f"{FILES}/budget.json"))
    assert (line["planned"], line["spent"], line["year"]) == ("1240500.5", "0.05", 2026)
    assert json.loads(body(f"{FILES}/measures.json"))[1]["planned"] == "0"
    assert json.loads(body(f"{FILES}/measures.json"))[1]["spent"] is None


def test_a_table_without_rows_is_an_empty_array(plan: PlanPage) -> None:
    assert json.loads(body(f"{FILES}/measures.json?late=1")) == []


def test_a_table_is_a_workbook_that_other_programs_read(plan: PlanPage) -> None:
    sheet: Any = openpyxl.load_workbook(io.BytesIO(body(f"{FILES}/measures.xlsx?chapter=1"))).active
    heads, park, school = sheet.iter_rows(values_only=True)
    cells = dict(zip(BY_KEY["measures"].columns, park, strict=True))
    assert heads[0] == "Kodas"
    assert (cells["title"], cells["status"], cells["planned"]) == (TITLE, "Vėluoja", 1240500.5)
    assert cells["end"].date() == date(2099, 12, 31)
    assert school[1] == FORMULA
    assert sheet["B3"].data_type == "s"


@pytest.mark.parametrize("path", ["/nera.csv", "/measures.pdf", "/measures.CSV"])
def test_a_table_or_format_that_is_not_there_is_not_found(plan: PlanPage, path: str) -> None:
    body(FILES + path, 404)


def test_a_file_streams_under_a_name_of_its_own(plan: PlanPage) -> None:
    for ending in ("csv", "json"):
        answer = Client().get(f"/en{FILES}/measures.{ending}")
        assert answer.streaming
        name = rf'attachment; filename="planas-measures-en-\d{{4}}-\d\d-\d\d\.{ending}"'
        assert re.fullmatch(name, answer["Content-Disposition"])
        assert len(list(answer.streaming_content)) > 3


def test_the_number_of_queries_does_not_grow_with_the_plan(plan: PlanPage) -> None:
    def counted() -> int:
        with CaptureQueriesContext(connection) as queries:
            body(f"{FILES}/progress.csv")
        return len(queries)

    before = counted()
    report(a_chapter(plan, "3", [measure(f"3.1.1.{number}") for number in range(1, 61)]), "2026-Q1", 10)
    assert counted() <= before


@pytest.mark.parametrize(
    "path", [f"{FILES}/measures.csv", f"{FILES}.json", f"{FILES}.xlsx", f"{FILES}.ics", f"{FILES}.atom"]
)
def test_a_plan_that_not_everyone_may_see_is_not_there_for_anyone(
    plan: PlanPage, path: str, admin_client: Client
) -> None:
    PageViewRestriction.objects.create(page=plan, restriction_type=PageViewRestriction.LOGIN)
    body(path, 404)
    assert admin_client.get(path).status_code == 404


def test_a_plan_that_is_not_published_is_not_there(plan: PlanPage) -> None:
    plan.unpublish()
    for path in (f"{FILES}/measures.csv", f"{FILES}.json"):
        body(path, 404)


def test_closed_and_draft_chapters_are_in_no_file(plan: PlanPage, admin_client: Client) -> None:
    closed = a_chapter(plan, "3", [measure("3.1.1.1", title={"lt": "Slapta", "en": ""})])
    report(closed, "2026-Q1", 10)
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    draft = [goal("4.1", [task("4.1.1", [measure("4.1.1.1", title={"lt": "Slapta", "en": ""})])])]
    chapter_page(plan, draft, live=False, code="4")
    names = [f"/{key}.{ending}" for key in BY_KEY for ending in ("csv", "json")] + [".json", ".ics", ".atom"]
    for name in names:
        for client in (Client(), admin_client):
            written = client.get(FILES + name).getvalue().decode()
            assert "Slapta" not in written
            assert not re.search(r"\b[34]\.1\.1\.1\b", written), name


def test_what_is_not_approved_is_in_no_file(plan: PlanPage) -> None:
    before = body(f"{FILES}/progress.csv")
    report(chapter_page(plan, [goal("5.1")], code="5"), "2026-Q2", 90, state=ReturnState.SUBMITTED, note="Dar ne")
    for name in ("/progress.csv", "/measures.csv", ".json", ".atom"):
        assert "Dar ne" not in body(FILES + name).decode()
    assert body(f"{FILES}/progress.csv") == before
