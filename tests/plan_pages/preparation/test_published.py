"""The published table: a page of the plan in both languages and a workbook, without anybody's personal data."""

import io
from copy import copy
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.models import PageViewRestriction

from plan_pages.consultation.remarks import Remark
from plan_pages.consultation.rounds import RemarkRound
from plan_pages.register import Measure
from tests.plan_pages.preparation.town import CITIZEN, Town, words
from tests.plan_pages.readers import get, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    made = Town()
    made.a_remark(answer="partly", reason="Pratęsta metais", wording="Iki 2027 m.")
    made.publish()
    return made


def address(town: Town, path: str = "remarks/1/", language: str = "/en") -> str:
    return f"{language}/{town.plan.slug}/{path}"


def test_everyone_reads_remarks_and_answers(town: Town) -> None:
    page = text(get(address(town)))
    assert "K-0001 Remark" in page
    assert "Measure 1.1.0 Title 1.1.0" in page
    assert town.a.heading_en in page
    for said in ("Terminas per trumpas", "Iki 2027 m.", "Partly accepted", "Pratęsta metais", "1 remark was given."):
        assert said in page


def test_the_page_is_read_in_lithuanian(town: Town) -> None:
    page = text(get(address(town, language="")))
    assert "Pavadinimas 1.1.0" in page
    assert '<html lang="lt"' in get(address(town, language=""))


def test_a_text_in_another_language_is_marked_so(town: Town) -> None:
    assert '<div class="prose" lang="lt"><p>Terminas per trumpas</p></div>' in get(address(town))
    assert '<div class="prose"><p>Terminas per trumpas</p></div>' in get(address(town, language=""))


def test_the_plan_and_the_measure_lead_to_it(town: Town) -> None:
    assert f'href="/en/{town.plan.slug}/remarks/"' in get(address(town, ""))
    assert "remarks/1/" in get(address(town, "remarks/"))
    measure = get(address(town, "measures/1.1.0/"))
    assert f'href="/en/{town.plan.slug}/remarks/1/#K-0001"' in measure
    assert "Remarks on this measure" not in get(address(town, "measures/1.1.1/"))


def test_a_remark_leads_to_its_measure_whatever_its_code_becomes(town: Town) -> None:
    Measure.objects.filter(pk=town.measure.pk).update(code="7.7")
    path = f"/en/{town.plan.slug}/id/{town.measure.public_id}/"
    assert f'href="{path}"' in get(address(town))
    assert Client().get(path)["Location"].endswith("/measures/7.7/")


def test_nothing_is_shown_before_it_is_published(town: Town) -> None:
    RemarkRound.objects.update(published_at=None)
    for path in ("remarks/1/", "remarks/1/table/"):
        get(address(town, path), 404)
    assert "Remarks and answers" not in get(address(town, ""))
    assert "Remarks on this measure" not in get(address(town, "measures/1.1.0/"))
    assert "No remarks have been published yet." in get(address(town, "remarks/"))


def test_no_person_is_named_anywhere(town: Town) -> None:
    user = town.user("editor of A")
    user.first_name, user.last_name, user.email = "Slaptė", "Slaptaitė", "slapte@example.org"
    user.save()
    Remark.objects.update(written_by=user, answered_by=user)
    town.a_remark(answer="accepted", forget_on="2030-01-01", **CITIZEN)
    page = get(address(town))
    workbook = Client().get(address(town, "remarks/1/table/")).content
    cells = str(rows(workbook))
    for shown in (page, cells):
        assert "lapt" not in shown
        assert "editor of A" not in shown
    assert "a citizen" in text(page)


def test_what_was_taken_back_or_is_a_draft_is_not_shown(town: Town) -> None:
    town.a_remark(text="Atsiimta pastaba", state="withdrawn", withdrawn_at="2026-01-01T00:00Z")
    town.a_draft(text="Juodraštinė pastaba")
    page = get(address(town))
    assert "Atsiimta" not in page
    assert "Juodraštinė" not in page


def test_remarks_on_a_restricted_chapter_are_withheld_and_counted(town: Town) -> None:
    PageViewRestriction.objects.create(page=town.chapter_a, restriction_type="login")
    page = text(get(address(town)))
    assert "Terminas per trumpas" not in page
    assert "Title 1.1.0" not in page
    assert "1 remark is on a part of the plan that is not public" in page
    seen = town.client("reader").get(address(town)).content.decode()
    assert "Terminas per trumpas" in seen


def test_remarks_on_an_unpublished_chapter_are_withheld(town: Town) -> None:
    town.chapter_a.unpublish()
    assert "Terminas per trumpas" not in get(address(town))


def test_a_restricted_plan_shows_nothing_to_strangers(town: Town) -> None:
    PageViewRestriction.objects.create(page=town.plan, restriction_type="login")
    for path in ("remarks/", "remarks/1/", "remarks/1/table/"):
        assert Client().get(address(town, path)).status_code == 302


def test_markup_in_a_remark_is_only_text(town: Town) -> None:
    evil = "<script>alert(1)</script>"
    Remark.objects.update(text=evil, wording=evil, reason=evil, part_title={"lt": evil}, group_name={"lt": evil})
    assert "<script>" not in get(address(town))
    assert "<script>alert" not in words(town.get("coordinator", "plan_pages_remark", Remark.objects.get().pk))


# The workbook


def rows(content: bytes) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in load_workbook(io.BytesIO(content)).worksheets[0].iter_rows()]


def test_the_workbook_holds_a_row_a_remark(town: Town) -> None:
    answer = town.get("coordinator", "plan_pages_remarks_workbook", town.round.pk)
    header, row = rows(answer.content)
    assert header[:5] == ["No.", "Kind", "Code", "Part of the plan", "Remark"]
    assert row[:7] == [
        "K-0001",
        "Remark",
        "1.1.0",
        "Title 1.1.0",
        "Terminas per trumpas",
        "Iki 2027 m.",
        town.a.heading_en,
    ]
    assert row[8:10] == ["Partly accepted", "Pratęsta metais"]
    assert f"{town.plan.slug}-remarks-1.xlsx" in answer["Content-Disposition"]


def test_the_workbook_speaks_lithuanian(town: Town) -> None:
    header, row = rows(Client().get(address(town, "remarks/1/table/", language="")).content)
    assert row[3] == "Pavadinimas 1.1.0"
    assert header != rows(Client().get(address(town, "remarks/1/table/")).content)[0]


def test_what_looks_like_a_formula_is_text(town: Town) -> None:
    Remark.objects.update(text="=HYPERLINK(1)", reason="x" * 40_000)
    sheet = load_workbook(io.BytesIO(Client().get(address(town, "remarks/1/table/")).content)).worksheets[0]
    assert sheet["E2"].data_type == "s"
    assert sheet["E2"].value == "=HYPERLINK(1)"
    assert len(sheet["J2"].value) == 32_000


def test_the_workbook_is_for_coordinators_until_it_is_published(town: Town) -> None:
    RemarkRound.objects.update(published_at=None)
    statuses = {
        name: town.get(name, "plan_pages_remarks_workbook", town.round.pk).status_code
        for name in ("coordinator", "editor of A", "reader")
    }
    assert statuses == {"coordinator": 200, "editor of A": 302, "reader": 302}


# Queries


def more(town: Town, count: int) -> None:
    """As many remarks more, answered, on the measure."""
    one = Remark.objects.filter(number=1).get()
    rows_ = []
    for number in range(2, 2 + count):
        row = copy(one)
        row.pk, row.number, row._state = None, number, type(one._state)()
        row.public_id = Remark._meta.get_field("public_id").get_default()
        rows_.append(row)
    Remark.objects.filter(number__gt=1).delete()
    Remark.objects.bulk_create(rows_)


@pytest.mark.parametrize(
    ("name", "screen", "most"),
    [
        ("coordinator", "plan_pages_remarks", 30),
        ("coordinator", "plan_pages_preparation_groups", 30),
        ("coordinator", "plan_pages_rounds", 30),
        ("editor of A", "plan_pages_preparation", 30),
        ("editor of A", "plan_pages_remarks", 30),
        (None, "page", 20),
        (None, "workbook", 20),
        (None, "measure", 32),
    ],
)
def test_screens_take_as_many_queries_at_10_remarks_as_at_300(
    town: Town, name: str | None, screen: str, most: int
) -> None:
    client = town.client(name) if name else Client()
    pages = {"page": "remarks/1/", "workbook": "remarks/1/table/", "measure": "measures/1.1.0/"}
    path = address(town, pages[screen]) if screen in pages else reverse(screen)
    client.get(path)
    counts = []
    for count in (10, 300):
        more(town, count)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(path).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= most
