"""Two revisions of a chapter in Wagtail's view of revisions, as an approver reads them."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils.html import strip_tags
from pytest_django import DjangoAssertNumQueries

from plan_pages.pages.chapter import ChapterPage
from tests.factories import chapter_page, goal, indicator, measure, task
from tests.roles import City

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> City:
    return City()


@pytest.fixture
def page(city: City) -> ChapterPage:
    rows = [measure("5.1.1", indicators=[indicator("R5")]), measure("5.1.2"), measure("5.1.3")]
    return chapter_page(city.plan, [goal("5", [task("5.1", rows), task("5.2", [])])], group=city.a, code="5")


def edit(page: ChapterPage, change: Any) -> None:
    draft = page.get_latest_revision_as_object()
    raw = draft.goals.get_prep_value()
    change(raw[0]["value"]["tasks"])
    draft.goals = draft.goals.stream_block.to_python(raw)
    draft.save_revision()


def compared(city: City, page: ChapterPage, language: str = "en") -> str:
    user = city.user("approver")
    user.wagtail_userprofile.preferred_language = language
    user.wagtail_userprofile.save()
    client = Client()
    client.force_login(user)
    response = client.get(f"/admin/pages/{page.pk}/revisions/compare/live...latest/")
    assert response.status_code == 200
    return response.content.decode()


def words(html: str) -> str:
    return re.sub(r"\s+", " ", strip_tags(html[html.index("differences-sum") :]))


def test_a_changed_title_is_shown_with_its_words_in_its_language(city: City, page: ChapterPage) -> None:
    def change(tasks: Any) -> None:
        tasks[0]["value"]["measures"][1]["value"]["title"]["lt"] = "Naujas pavadinimas 5.1.2 čia"

    edit(page, change)
    html = compared(city, page)
    assert "Measure 5.1.2" in words(html)
    assert "Title (lithuanian)" in words(html)
    assert '<ins class="addition">Naujas pavadinimas</ins>' in html
    assert '<del class="deletion">Pavadinimas</del>' in html
    assert "5 Pavadinimas 5 → 5.1 Pavadinimas 5.1" in words(html)
    assert "5.1.3" not in words(html)


def test_it_says_what_was_added_removed_moved_and_changed(city: City, page: ChapterPage) -> None:
    def change(tasks: Any) -> None:
        first, second = (each["value"]["measures"] for each in tasks)
        second.append(first.pop(2))
        first.pop(0)
        first[0]["value"].update(end="2028-06-30", weight="2.50")
        first.append(measure("5.1.9"))

    edit(page, change)
    text = words(compared(city, page))
    for expected in ("Changed: 1", "Added: 1", "Removed: 2", "Moved: 1"):
        assert expected in text
    assert re.search(r"Measure 5\.1\.1 Pavadinimas 5\.1\.1 removed", text)
    assert re.search(r"Measure 5\.1\.3 Pavadinimas 5\.1\.3 moved It stood in: 5 .* → 5\.1 ", text)
    assert re.search(r"Measure 5\.1\.9 Pavadinimas 5\.1\.9 added", text)
    assert re.search(r"Weight 2\.5 ", text)
    assert "June 30, 2028" in text


def test_the_screen_is_in_the_approvers_language(city: City, page: ChapterPage) -> None:
    def change(tasks: Any) -> None:
        tasks[0]["value"]["measures"][0]["value"]["indicators"][0]["value"]["kind"] = "result"

    edit(page, change)
    text = words(compared(city, page, "lt"))
    assert "Rodiklis R5" in text
    assert "Rezultato rodiklis" in text


def test_what_an_editor_writes_is_never_read_as_markup(city: City, page: ChapterPage) -> None:
    def change(tasks: Any) -> None:
        tasks[0]["value"]["measures"][0]["value"]["title"]["lt"] = "<script>alert(1)</script>"

    edit(page, change)
    html = compared(city, page)
    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_revisions_alike_have_no_differences(city: City, page: ChapterPage) -> None:
    edit(page, lambda tasks: None)
    assert "differences-sum" not in compared(city, page)


def test_comparing_many_measures_takes_no_query_more(
    city: City, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    rows = [measure(f"6.1.{number}", indicators=[indicator(f"R6.{number}")]) for number in range(100)]
    page = chapter_page(city.plan, [goal("6", [task("6.1", rows)])], group=city.a, code="6")

    def change(tasks: Any) -> None:
        for each in tasks[0]["value"]["measures"]:
            each["value"]["description"]["lt"] = "Nauja"

    edit(page, change)
    with django_assert_max_num_queries(60):
        assert "Changed: 100" in words(compared(city, page))
