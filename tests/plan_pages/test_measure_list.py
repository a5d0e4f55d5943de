"""The list of measures: filtered, sorted, on an address that says so, and taken away as it is shown."""

import csv
import io
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from plan_pages.monitoring import Entry
from plan_pages.pages.plan import PlanPage
from tests.factories import measure, plan_page
from tests.plan_pages.readers import a_chapter, get, report, text

pytestmark = pytest.mark.django_db
LIST = "/en/planas/measures/"


@pytest.fixture
def plan() -> PlanPage:
    """Chapter 1 with a delayed and a running measure, chapter 2 with a running one."""
    plan = plan_page(title="Miesto planas", heading_en="City plan", slug="planas")
    some = [
        measure(
            "1.1.1.1", title={"lt": "Parkas, „naujas“", "en": ""}, end="2099-12-31", responsible="Aplinkos skyrius"
        ),
        measure("1.1.1.2", title={"lt": "Mokykla", "en": ""}, end="2098-12-31", responsible="Švietimo skyrius"),
    ]
    report(a_chapter(plan, "1", some), "2026-Q1", 40)
    report(a_chapter(plan, "2"), "2026-Q1", 60)
    Entry.objects.filter(measure__code="1.1.1.1").update(status="delayed", reason={"lt": "Lėšos"})
    return plan


def codes(markup: str) -> list[str]:
    return re.findall(r'class="code">([^<]+)<', markup)


def rows(address: str) -> list[dict[str, str]]:
    answer = Client().get(address)
    assert answer["Content-Type"].startswith("text/csv; charset=utf-8")
    return list(csv.DictReader(io.StringIO(answer.content.decode(), newline="")))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["1.1.1.1", "1.1.1.2", "2.1.1.1"]),
        ("?status=delayed", ["1.1.1.1"]),
        ("?status=delayed&status=on_track", ["1.1.1.1", "1.1.1.2", "2.1.1.1"]),
        ("?chapter=1", ["1.1.1.1", "1.1.1.2"]),
        ("?responsible=%C5%A0vietimo+skyrius", ["1.1.1.2"]),
        ("?year=2098", ["1.1.1.2"]),
        ("?order=deadline", ["1.1.1.2", "1.1.1.1", "2.1.1.1"]),
        ("?order=-deadline", ["1.1.1.1", "2.1.1.1", "1.1.1.2"]),
        ("?late=1", []),
        ("?status=nonsense&year=x&order=%00&page=-5", ["1.1.1.1", "1.1.1.2", "2.1.1.1"]),
    ],
)
def test_the_address_says_which_measures_are_listed(plan: PlanPage, query: str, found: list[str]) -> None:
    assert codes(get(LIST + query)) == found


def test_the_list_says_how_many_of_how_many(plan: PlanPage) -> None:
    assert "1 measure of 3." in text(get(LIST + "?status=delayed"))


def test_the_form_shows_what_was_asked(plan: PlanPage) -> None:
    page = get(LIST + "?status=delayed&chapter=1")
    assert re.search(r'value="delayed" checked', page)
    assert '<option value="1" selected>' in page


def test_where_nothing_fits_the_page_says_what_to_do(plan: PlanPage) -> None:
    assert "No measure fits." in get(LIST + "?late=1")


def test_the_file_has_the_very_measures_that_are_listed(plan: PlanPage) -> None:
    query = "?chapter=1&order=deadline"
    assert [row["code"] for row in rows(LIST + query + "&format=csv")] == codes(get(LIST + query))


def test_the_file_keeps_commas_and_quotes_of_texts(plan: PlanPage) -> None:
    row = rows("/planas/measures/?status=delayed&format=csv")[0]
    assert (row["title"], row["percent"], row["status"], row["reason"]) == (
        "Parkas, „naujas“",
        "40",
        "delayed",
        "Lėšos",
    )
    assert row["address"].endswith("/planas/measures/1.1.1.1/")


def test_a_part_of_the_bar_leads_to_its_measures(plan: PlanPage) -> None:
    for address, chapter in (("/en/planas/", ""), ("/en/planas/skyrius-1/", "chapter=1&amp;")):
        found = re.search(r'href="([^"]*measures/\?[^"]*status=delayed)"', get(address))
        assert found
        assert chapter in found[1]
        assert codes(get(found[1].replace("&amp;", "&"))) == ["1.1.1.1"]


def test_a_long_list_is_paged_and_keeps_what_was_asked(plan: PlanPage) -> None:
    many = [measure(f"3.1.1.{number}", end="2099-12-31") for number in range(1, 61)]
    report(a_chapter(plan, "3", many), "2026-Q1", 10)
    first = get(LIST + "?chapter=3")
    assert len(codes(first)) == 50
    following = re.search(r'href="(\?chapter=3&amp;page=2)"', first)
    assert following
    assert codes(get(LIST + following[1].replace("&amp;", "&")))[-1] == "3.1.1.60"


def test_the_number_of_queries_does_not_grow_with_the_list(plan: PlanPage) -> None:
    def counted() -> int:

        with CaptureQueriesContext(connection) as queries:
            get(LIST)
        return len(queries)

    before = counted()
    report(a_chapter(plan, "3", [measure(f"3.1.1.{number}") for number in range(1, 61)]), "2026-Q1", 10)
    assert counted() <= before
