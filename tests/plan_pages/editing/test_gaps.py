"""The report of what is missing: who sees what, the way to where it is mended, filters, and files to take away."""

import csv
import io
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.users.models import UserProfile

from plan_pages.choices import GapKind, ReturnState, Status
from plan_pages.csv_files import BOM, inert
from plan_pages.exchange.store import store
from plan_pages.monitoring import Entry
from plan_pages.register import Indicator, Measure
from tests.factories import chapter_page, goal, home_page, measure, plan_page, publish, task
from tests.plans import large_plan
from tests.roles import City

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/reports/plan-gaps/"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """15 May 2026: the last two quarters that are over are 2025-Q4 and 2026-Q1."""
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 5, 15, 12, tzinfo=UTC))


@pytest.fixture
def city() -> City:
    return City()


def opened(client: Client, city: City, name: str, query: str = "") -> Any:
    client.force_login(city.user(name))
    answer = client.get(f"{ADDRESS}{query}")
    assert answer.status_code == 200
    return answer


def findings(client: Client, city: City, name: str = "coordinator", query: str = "") -> list[tuple[str, str]]:
    return [(each.kind.value, each.code) for each in opened(client, city, name, query).context["object_list"]]


def test_what_is_missing_is_listed(city: City, client: Client) -> None:
    found = findings(client, city, "editor of A")
    assert ("no_entry", "1.1.0") in found
    assert ("no_responsible", "1.1.1") in found
    assert ("no_value", "R1") in found
    assert ("no_indicator", "1") in found


def test_editors_see_their_own_chapters_and_coordinators_all(city: City, client: Client) -> None:
    own = {each.chapter_code for each in opened(client, city, "editor of A").context["object_list"]}
    everything = {each.chapter_code for each in opened(client, city, "coordinator").context["object_list"]}
    assert (own, everything) == ({"1"}, {"1", "2"})


@pytest.mark.parametrize(
    ("name", "has_item"), [("editor of A", True), ("coordinator", True), ("reader", False), ("approver", False)]
)
def test_the_menu_of_reports_leads_there(city: City, client: Client, name: str, has_item: bool) -> None:
    client.force_login(city.user(name))
    assert (ADDRESS in client.get(reverse("wagtailadmin_home")).content.decode()) is has_item


@pytest.mark.parametrize(("state", "is_missing"), [(ReturnState.DRAFT, True), (ReturnState.APPROVED, False)])
def test_only_what_is_approved_counts(city: City, client: Client, state: ReturnState, is_missing: bool) -> None:
    row = Measure.objects.get(code="1.1.0")
    Entry.objects.create(chapter_return=city.chapter_return(state), measure=row, status=Status.ON_TRACK, percent=10)
    assert (("no_entry", "1.1.0") in findings(client, city)) is is_missing


def test_a_draft_of_the_text_does_not_count(city: City, client: Client) -> None:
    page = city.chapter_a
    page.goals = [("goal", {**each.value, "indicators": []}) for each in page.goals]
    page.title = "Juodraštis"
    page.save_revision()
    assert "Juodraštis" not in opened(client, city, "editor of A").content.decode()


def addresses(client: Client, city: City, name: str) -> dict[tuple[str, str], str]:
    found = opened(client, city, name).context["object_list"]
    return {(each.kind.value, each.code): each.address for each in found}


def test_what_was_not_reported_leads_to_the_row_of_the_open_return(city: City, client: Client) -> None:
    chapter_return = city.chapter_return()
    found = addresses(client, city, "editor of A")
    sheet = reverse("plan_pages_return", args=[chapter_return.pk])
    assert found["no_entry", "1.1.0"] == f"{sheet}#measure-{Measure.objects.get(code='1.1.0').pk}"
    assert found["no_value", "R1"] == f"{sheet}#indicator-{Indicator.objects.get(code='R1').pk}"


def test_without_a_return_it_leads_to_where_one_is_begun(city: City, client: Client) -> None:
    assert addresses(client, city, "editor of A")["no_entry", "1.1.0"] == reverse("plan_pages_returns")


def test_what_a_text_lacks_leads_to_its_block_or_where_one_may_not_edit_to_the_site(city: City, client: Client) -> None:
    editor = reverse("wagtailadmin_pages:edit", args=[city.chapter_a.pk])
    found = addresses(client, city, "editor of A")
    assert found["no_responsible", "1.1.0"] == f"{editor}#measure-1.1.0"
    assert found["no_indicator", "1"] == f"{editor}#goal-1"
    found = addresses(client, city, "coordinator")
    assert found["no_responsible", "1.1.0"].endswith("/measures/1.1.0/")
    assert found["no_indicator", "1"].endswith(f"/{city.chapter_a.slug}/")


def test_findings_are_filtered_by_kind_chapter_and_group(city: City, client: Client) -> None:
    every = findings(client, city)
    only = findings(client, city, query="?kind=no_end&kind=no_responsible")
    assert {kind for kind, _code in only} == {"no_responsible"}
    of_a = opened(client, city, "coordinator", f"?chapter={city.chapter_a.chapter.pk}").context["object_list"]
    assert {each.chapter_code for each in of_a} == {"1"}
    of_b = opened(client, city, "coordinator", f"?group={city.b.pk}").context["object_list"]
    assert {each.group for each in of_b} == {"Group 2"} or {each.chapter_code for each in of_b} == {"2"}
    assert len(of_a) + len(of_b) == len(every)


def test_a_filter_that_fits_nothing_says_so_and_a_wrong_one_changes_nothing(city: City, client: Client) -> None:
    assert "Nothing of that kind is missing." in opened(client, city, "coordinator", "?kind=no_end").content.decode()
    assert findings(client, city, query="?kind=x") == findings(client, city)


@pytest.mark.parametrize("name", ["kind", "chapter", "code", "group", "since"])
def test_findings_are_sorted_both_ways(city: City, client: Client, name: str) -> None:
    chapter_page(city.plan, [goal("10", []), goal("9", [])], group=city.b, code="10")
    up = opened(client, city, "coordinator", f"?ordering={name}").context["object_list"]
    down = opened(client, city, "coordinator", f"?ordering=-{name}").context["object_list"]
    assert len(up) == len(down)
    if name == "chapter":
        assert [each.chapter_code for each in (up[0], up[-1])] == ["1", "10"]
        assert [each.chapter_code for each in (down[0], down[-1])] == ["10", "1"]


def test_the_results_come_alone_for_the_filters(city: City, client: Client) -> None:
    client.force_login(city.user("coordinator"))
    answer = client.get(f"{ADDRESS}results/?kind=no_entry")
    assert "<html" not in answer.content.decode()
    assert "1.1.0" in answer.content.decode()


HOSTILE = ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\t=1"]


@pytest.fixture
def hostile(city: City) -> list[str]:
    """Titles that a spreadsheet might run."""
    rows = [measure(f"3.1.{number}", title={"lt": text, "en": text}) for number, text in enumerate(HOSTILE)]
    chapter_page(city.plan, [goal("3", [task("3.1", rows)])], group=city.a, code="3")
    return [text.strip() for text in HOSTILE]


def exported(client: Client, city: City, format: str, query: str = "") -> bytes:
    answer = opened(client, city, "coordinator", f"?export={format}{query}")
    content = answer.getvalue()
    assert isinstance(content, bytes)
    return content


def test_the_workbook_has_texts_that_are_texts_and_days_that_are_days(
    city: City, client: Client, hostile: list[str]
) -> None:
    UserProfile.objects.filter(user=city.user("coordinator")).update(preferred_language="lt")
    sheet = load_workbook(io.BytesIO(exported(client, city, "xlsx"))).active
    assert sheet is not None
    heading, *rows = sheet.iter_rows()
    names = [cell.value for cell in heading]
    title, since = 5, 8
    assert len(names) == 10
    assert {cell.data_type for row in rows for cell in row[:8] if cell.value is not None} == {"s"}
    assert set(hostile) <= {row[title].value for row in rows}
    days = [row[since].value for row in rows if row[since].value is not None]
    assert days
    assert all(isinstance(each, date) for each in days)


def test_the_csv_file_has_nothing_that_a_spreadsheet_runs(city: City, client: Client, hostile: list[str]) -> None:
    written = exported(client, city, "csv").decode()
    assert written.startswith(BOM)
    _heading, *rows = csv.reader(io.StringIO(written.removeprefix(BOM)))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t"))]
    assert {f"'{text}" for text in hostile} <= {row[5] for row in rows}


def test_a_file_has_what_is_filtered_and_all_of_it(city: City, client: Client) -> None:
    rows = [measure(f"3.1.{number}") for number in range(60)]
    chapter_page(city.plan, [goal("3", [task("3.1", rows)])], group=city.a, code="3")
    written = exported(client, city, "csv", "&kind=no_entry").decode().removeprefix(BOM)
    _heading, *found = csv.reader(io.StringIO(written))
    assert len([row for row in found if row[1] == "3"]) == 60
    assert {row[0] for row in found} == {"No entry for two periods"}


@pytest.mark.parametrize(("text", "becomes"), [("=1", "'=1"), ("-", "'-"), ("\r=1", "'\r=1"), ("1-2", "1-2"), ("", "")])
def test_only_what_looks_like_a_formula_is_marked(text: str, becomes: str) -> None:
    assert inert(text) == becomes


def test_the_report_asks_as_often_for_400_measures_as_for_20(client: Client) -> None:
    city = City()
    client.force_login(city.user("coordinator"))

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(ADDRESS).status_code == 200
        return len(queries)

    counts = []
    for number, measures in enumerate((20, 400)):
        stored = store(large_plan(measures, chapters=2), f"plan-{number}", home_page())
        asked()
        counts.append(asked())
        for page in (*stored.page.get_children(), stored.page):
            page.specific.unpublish()
    assert counts[0] == counts[1] <= 45


def test_a_plan_that_is_not_published_is_left_out(city: City, client: Client) -> None:
    other = plan_page()
    publish(other)
    city.plan.unpublish()
    assert findings(client, city) == []
    assert "Nothing is missing." in opened(client, city, "coordinator").content.decode()


def test_every_kind_has_its_words() -> None:
    assert len({kind.label for kind in GapKind}) == len(GapKind)
