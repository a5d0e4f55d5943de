"""What changed is seen by the next reader, however it changed and whoever was reading meanwhile."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, connections
from django.utils import timezone
from wagtail.models import PageViewRestriction, Site

from cms import page_cache
from plan_pages import content_version
from plan_pages.choices import ReturnState
from plan_pages.monitoring import ChapterReturn
from plan_pages.pages.chapter import ChapterPage
from plan_pages.register import Measure
from tests.cms.readers import CHAPTER, ask, is_kept
from tests.factories import home_page, plan_page, publish
from tests.plan_pages.preparation.town import Town
from tests.plan_pages.readers import a_chapter, report
from tests.reports.city import an_edition

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty_cache")]


@pytest.fixture
def chapter() -> ChapterPage:
    page = a_chapter(plan_page(slug="planas", heading_en="City plan"), "1")
    report(page, "2026-Q1", 40)
    return page


def rename(page: ChapterPage) -> None:
    page.heading_en = "Fresh heading"
    publish(page)


def raw(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def approve_more(page: ChapterPage) -> None:
    report(page, "2026-Q2", 77, ReturnState.SUBMITTED)
    ChapterReturn.objects.filter(period__period="2026-Q2").update(state="approved", approved_at=timezone.now())


SEEN: dict[str, tuple[Callable[[ChapterPage], Any], str, str]] = {
    "publishing": (rename, CHAPTER, "Fresh heading"),
    "unpublishing": (lambda page: page.unpublish(), "/en/planas/", "There are no measures yet."),
    "approving": (approve_more, CHAPTER, "77%"),
    "sending back": (
        lambda page: ChapterReturn.objects.update(state="returned", reason="x"),
        CHAPTER,
        "The chapter has not reported yet.",
    ),
    "raw deletion": (lambda page: raw("DELETE FROM plan_pages_entry"), CHAPTER, "1 without data"),
    "name of the plan": (
        lambda page: type(page.get_parent().specific).objects.update(heading_en="Renamed"),
        CHAPTER,
        "Renamed",
    ),
    "restriction": (
        lambda page: PageViewRestriction.objects.create(page=page, restriction_type="password", password="x"),
        CHAPTER,
        'type="password"',
    ),
}


@pytest.mark.parametrize("name", SEEN)
def test_what_changed_is_seen_at_once(chapter: ChapterPage, name: str) -> None:
    change, path, words = SEEN[name]
    assert is_kept(path)
    assert words not in ask(path)[0].content.decode()
    change(chapter)
    assert words in ask(path)[0].content.decode().replace("\u00a0", " ")


def test_released_reports_are_seen_at_once() -> None:
    home_page()
    assert is_kept("/en/reports/")
    an_edition()
    assert "first quarter of 2026" in ask("/en/reports/")[0].content.decode()


def test_published_remarks_are_seen_at_once() -> None:
    town = Town()
    round_ = town.a_round(closed_at="2026-02-01T00:00Z")
    path = f"/en/{town.plan.slug}/"
    assert is_kept(path)
    assert "Remarks and answers" not in ask(path)[0].content.decode()
    type(round_).objects.filter(pk=round_.pk).update(published_at=timezone.now())
    assert "Remarks and answers" in ask(path)[0].content.decode()


def test_the_address_of_the_site_is_seen_at_once_in_every_process(chapter: ChapterPage) -> None:
    """Wagtail keeps it in the cache; another process, with a cache of its own, changed it."""
    path = "/en/planas/measures/1.1.1.1/"
    assert is_kept("/en/sitemap.xml")
    Site.objects.update(hostname="kaunas.example", port=80)
    assert "kaunas.example" in ask("/en/sitemap.xml")[0].content.decode()
    assert ask(path)[0].status_code == 200


def test_what_saved_rows_of_an_open_return_are_empties_no_cache(chapter: ChapterPage) -> None:
    assert is_kept(CHAPTER)
    report(chapter, "2026-Q2", 77, ReturnState.DRAFT)
    version = content_version.current()
    assert is_kept(CHAPTER)
    ChapterReturn.objects.filter(period__period="2026-Q2").get().entries.update(percent=78)
    assert content_version.current() == version


def test_a_page_that_was_made_while_the_content_changed_is_not_shown_later(
    chapter: ChapterPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The writer commits after the page was read, and before it is kept."""
    put = page_cache._put

    def late(*args: Any) -> None:
        def write() -> None:
            type(chapter).objects.update(heading_en="Late heading")
            connections["default"].close()

        monkeypatch.setattr(page_cache, "_put", put)
        if connection.vendor == "sqlite":
            type(chapter).objects.update(heading_en="Late heading")
        else:
            writer = threading.Thread(target=write)
            writer.start()
            writer.join()
        put(*args)

    monkeypatch.setattr(page_cache, "_put", late)
    assert "Late heading" not in ask(CHAPTER)[0].content.decode()
    assert "Late heading" in ask(CHAPTER)[0].content.decode()
    assert is_kept(CHAPTER)


def test_a_version_that_was_read_too_late_would_keep_a_stale_page(
    chapter: ChapterPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The test above can fail: a page of before, kept under the version of after, is shown to the next reader."""
    old = ask(CHAPTER)[0].content
    type(chapter).objects.update(heading_en="Late heading")
    version = content_version.current()
    monkeypatch.setattr(content_version, "current", lambda: version)
    cache.clear()
    ask(CHAPTER)
    type(chapter).objects.update(heading_en="Later heading")
    assert "Later heading" not in ask(CHAPTER)[0].content.decode()
    assert old


def test_a_plan_that_was_read_whole_serves_other_pages_until_something_changes(chapter: ChapterPage) -> None:
    path = "/en/planas/measures/"
    ask(path)
    assert ask(f"{path}?status=on_track")[1] <= 5
    Measure.objects.update(responsible="Somebody else")
    assert "Somebody else" in ask(f"{path}?status=on_track")[0].content.decode()
