"""What strangers do not see, what editors see before, and how many queries it takes."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from plan_pages.choices import ReturnState
from plan_pages.pages.chapter import ChapterPage
from plan_pages.pages.plan import PlanPage
from plan_pages.register import Measure
from tests.factories import group_page, indicator, measure, plan_page
from tests.plan_pages.readers import NBSP, a_chapter, get, report, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> PlanPage:
    return plan_page(title="Miesto planas", heading_en="City plan", slug="planas", vision_lt="Žalias miestas")


@pytest.fixture
def chapter(plan: PlanPage) -> ChapterPage:
    """Chapter 1 with measure 1.1.1.1, 40 % done in 2025-Q4 and 60 % in 2026-Q1."""
    page = a_chapter(plan, "1")
    report(page, "2025-Q4", 40)
    report(page, "2026-Q1", 60)
    return page


# What is not public


def public_pages() -> str:
    """Everything that a stranger can open of the plan, as one text."""
    paths = ["/planas/", "/planas/skyrius-1/", "/planas/measures/1.1.1.1/", "/planas/progress-rules/", "/"]
    return "".join(get(path) for path in paths)


@pytest.mark.parametrize("state", [ReturnState.DRAFT, ReturnState.SUBMITTED])
def test_a_report_that_is_not_approved_is_nowhere(chapter: ChapterPage, state: ReturnState) -> None:
    report(chapter, "2026-Q2", 97, state, note="Slaptai")
    pages = public_pages()
    assert "Slaptai" not in pages
    assert f"97{NBSP}%" not in pages


def test_an_unpublished_change_is_nowhere(chapter: ChapterPage) -> None:
    page = ChapterPage.objects.get(pk=chapter.pk)
    page.title = "Juodraštis"
    page.goals.raw_data[0]["value"]["title"]["lt"] = "Juodraštis"
    page.save_revision()
    assert "Juodraštis" not in public_pages()


def test_a_draft_chapter_is_nowhere(plan: PlanPage, chapter: ChapterPage) -> None:
    a_chapter(plan, "2", title="Juodraštis", live=False)
    assert "Juodraštis" not in public_pages()
    get("/planas/skyrius-2/", 404)


def test_a_restricted_chapter_is_nowhere_but_behind_its_door(plan: PlanPage, chapter: ChapterPage) -> None:
    hidden = a_chapter(plan, "2", title="Uždaras skyrius")
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    assert "Uždaras" not in public_pages()
    assert Client().get("/planas/skyrius-2/").status_code == 302
    get("/planas/measures/2.1.1.1/", 404)
    get(f"/planas/id/{Measure.objects.get(code='2.1.1.1').public_id}/", 404)


def test_a_restricted_group_is_named_nowhere(plan: PlanPage, chapter: ChapterPage) -> None:
    group = group_page(plan, title="Uždara grupė")
    restriction = PageViewRestriction.objects.create(page=group, restriction_type=PageViewRestriction.GROUPS)
    restriction.groups.add(Group.objects.create(name="Nariai"))
    assert "Uždara grupė" not in public_pages()


# Previews


def preview(page: Any, language: str = "en") -> str:
    answer = page.make_preview_request(preview_mode=language)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_preview_shows_the_draft_of_a_chapter_by_its_blocks(plan: PlanPage) -> None:
    some = measure("1.1.1.1", title={"lt": "Takas", "en": "Path"}, indicators=[indicator("R1")])
    draft = a_chapter(plan, "1", [some], live=False)
    page = text(preview(ChapterPage.objects.get(pk=draft.pk)))
    for words in ("Goal 1.1 Title 1.1", "Task 1.1.1", "1.1.1.1 Path", "R1 Indicator R1"):
        assert words in page


def test_a_preview_is_in_the_language_that_was_chosen(plan: PlanPage) -> None:
    draft = a_chapter(plan, "1", [measure("1.1.1.1", title={"lt": "Takas", "en": "Path"})], live=False)
    assert "1.1.1.1 Takas" in text(preview(ChapterPage.objects.get(pk=draft.pk), "lt"))


def test_pages_of_a_plan_that_is_not_published_can_be_previewed(plan: PlanPage, chapter: ChapterPage) -> None:
    group = group_page(plan, heading_en="Parks group")
    plan = PlanPage.objects.get(pk=plan.pk)
    plan.unpublish()
    assert "City plan" in preview(plan)
    assert "Parks group" in preview(group)
    assert "Title 1.1.1.1" in preview(ChapterPage.objects.get(pk=chapter.pk))


# Queries


@pytest.mark.parametrize("path", ["/planas/", "/planas/skyrius-1/", "/planas/measures/1.1.1.1/"])
def test_the_number_of_queries_does_not_grow_with_the_plan(plan: PlanPage, path: str) -> None:
    def queries() -> int:
        get(path)  # What is kept between requests is there by now.
        with CaptureQueriesContext(
            connection,
        ) as seen:
            get(path)
        return len(seen)

    report(a_chapter(plan, "1", many(2)), "2026-Q1", 10)
    few = queries()
    ChapterPage.objects.get().delete()
    report(a_chapter(plan, "2", many(30, "2"), slug="skyrius-1"), "2026-Q1", 10)
    if "measures" in path:
        path = "/planas/measures/2.1.1.1/"
    assert queries() == few


def many(count: int, code: str = "1") -> list[dict[str, Any]]:
    return [measure(f"{code}.1.1.{n}", indicators=[indicator(f"R{code}.{n}")]) for n in range(1, count + 1)]
