"""Pages are kept and confirmed, and a reader is never shown what is not so any more."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from cms import page_cache
from cms.models import ContentPage
from plan_pages import content_version
from plan_pages.pages.chapter import ChapterPage
from tests.cms.readers import CHAPTER, ask, is_kept
from tests.factories import home_page, plan_page
from tests.plan_pages.readers import a_chapter, report

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty_cache")]


@pytest.fixture
def chapter() -> ChapterPage:
    page = a_chapter(plan_page(slug="planas", heading_en="City plan"), "1")
    report(page, "2026-Q1", 40)
    return page


def test_a_second_reader_gets_the_same_page_by_one_question(chapter: ChapterPage) -> None:
    first, many = ask(CHAPTER)
    second, one = ask(CHAPTER)
    assert (second.content, many > 1, one) == (first.content, True, 1)
    assert dict(second.headers) == dict(first.headers)


@pytest.mark.parametrize(
    "header", ["Content-Security-Policy", "X-Frame-Options", "Permissions-Policy", "Referrer-Policy"]
)
def test_a_kept_page_and_its_confirmation_carry_the_headers_for_safety(chapter: ChapterPage, header: str) -> None:
    tag = ask(CHAPTER)[0]["ETag"]
    assert header in ask(CHAPTER)[0].headers
    confirmed = ask(CHAPTER, if_none_match=tag)[0]
    assert confirmed.status_code == 304
    assert header in confirmed.headers or header == "X-Frame-Options"


def test_an_unchanged_page_is_confirmed_by_one_question(chapter: ChapterPage) -> None:
    tag = ask(CHAPTER)[0]["ETag"]
    cache.clear()  # not even the kept page is needed
    answer, questions = ask(CHAPTER, if_none_match=tag)
    assert (answer.status_code, answer.content, questions, answer["ETag"]) == (304, b"", 1, tag)


def test_a_changed_page_is_not_confirmed(chapter: ChapterPage) -> None:
    tag = ask(CHAPTER)[0]["ETag"]
    Page.objects.filter(pk=chapter.pk).update(title="Kitas")
    assert ask(CHAPTER, if_none_match=tag)[0].status_code == 200


def test_browsers_are_told_to_ask_again_each_time(chapter: ChapterPage) -> None:
    answer = ask(CHAPTER)[0]
    assert answer["Cache-Control"] == "no-cache"
    assert answer["Vary"] == "Accept, Accept-Encoding, Cookie"


def test_a_page_without_a_known_version_is_made_each_time(chapter: ChapterPage) -> None:
    content_version.ContentVersion.objects.all().delete()
    assert not is_kept(CHAPTER)
    assert "ETag" not in ask(CHAPTER)[0].headers


def test_within_a_transaction_nothing_is_kept(chapter: ChapterPage) -> None:
    with transaction.atomic():
        assert not is_kept(CHAPTER)


def test_a_day_later_a_page_is_another_one(chapter: ChapterPage, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the clock of the site: at 22 hours of UTC it is tomorrow there."""
    seen = []
    for hour in (20, 22):
        monkeypatch.setattr(timezone, "now", lambda hour=hour: datetime(2026, 6, 1, hour, tzinfo=UTC))
        seen.append(ask(CHAPTER)[0]["ETag"])
    assert seen[0] != seen[1]


def test_looks_and_languages_do_not_mix(chapter: ChapterPage) -> None:
    for _time in range(2):
        assert 'data-size="1"' in ask(CHAPTER)[0].content.decode()
        assert 'data-size="2"' in ask(CHAPTER, cookie="reader=2-high")[0].content.decode()
        assert 'lang="lt"' in ask("/planas/skyrius-1/")[0].content.decode()[:60]


def test_a_cookie_that_is_not_ours_is_the_ordinary_look(chapter: ChapterPage) -> None:
    ask(CHAPTER)
    assert ask(CHAPTER, cookie="reader=9-pink; other=1")[1] == 1


def test_the_order_of_questions_in_an_address_does_not_matter(chapter: ChapterPage) -> None:
    ask("/en/planas/measures/?status=on_track&chapter=1")
    assert ask("/en/planas/measures/?chapter=1&status=on_track")[1] == 1


def test_addresses_that_ask_different_things_do_not_mix(chapter: ChapterPage) -> None:
    assert is_kept("/en/planas/measures/?status=on_track")
    assert "No measure fits." not in ask("/en/planas/measures/?status=on_track")[0].content.decode()
    assert "1 measure of 1" in ask("/en/planas/measures/?status=delayed")[0].content.decode()


@pytest.mark.parametrize("query", ["x=1", "page=1&utm=2", "chapter=" + "1" * 600, "&".join(["status=late"] * 30)])
def test_what_no_page_asks_for_is_not_kept(chapter: ChapterPage, query: str) -> None:
    assert not is_kept(f"{CHAPTER}?{query}")
    assert ask(f"{CHAPTER}?{query}")[0].status_code == 200


def test_hosts_do_not_mix(chapter: ChapterPage) -> None:
    assert is_kept(CHAPTER)
    assert ask(CHAPTER, host="another.example")[1] > 1


def test_json_and_pages_do_not_mix(chapter: ChapterPage) -> None:
    tag = ask(CHAPTER, accept="text/html,*/*;q=0.8")[0]["ETag"]
    assert ask(CHAPTER)[0]["ETag"] == tag
    assert ask(CHAPTER, accept="application/json")[0]["ETag"] != tag


def test_a_compressed_page_is_the_same_page_under_the_same_tag(chapter: ChapterPage) -> None:
    import gzip

    plain = ask(CHAPTER)[0]
    packed, questions = ask(CHAPTER, accept_encoding="gzip, br")
    assert (gzip.decompress(packed.content), packed["ETag"], questions) == (plain.content, plain["ETag"], 1)
    assert (packed["Content-Encoding"], packed["Content-Length"]) == ("gzip", str(len(packed.content)))
    assert packed["ETag"].startswith("W/")


def test_whoever_has_a_session_is_served_anew(chapter: ChapterPage) -> None:
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("s"))
    ask(CHAPTER)
    answer = client.get(CHAPTER)
    assert "ETag" not in answer.headers
    assert answer["Cache-Control"] == "no-cache, private" or "private" in answer["Cache-Control"]


def test_a_restricted_page_is_not_kept(chapter: ChapterPage) -> None:
    PageViewRestriction.objects.create(page=chapter, restriction_type="password", password="x")
    answer = ask(CHAPTER)[0]
    assert "ETag" not in answer.headers
    assert "no-store" in answer["Cache-Control"]
    assert not is_kept(CHAPTER)


@pytest.mark.parametrize("path", ["/en/nothing/", "/en/reader-settings/", "/admin/login/"])
def test_what_is_not_a_page_for_everyone_is_not_kept(chapter: ChapterPage, path: str) -> None:
    assert "ETag" not in ask(path)[0].headers


def test_what_is_sent_is_never_answered_from_the_cache(chapter: ChapterPage) -> None:
    ask(CHAPTER)
    assert Client().post("/en/reader-settings/", {"size": "2", "back": "/en/"}).status_code == 302


@pytest.mark.parametrize(
    "path",
    ["", "planas/", "planas/skyrius-1/", "planas/measures/", "planas/measures/1.1.1.1/", "site-map/", "reports/"],
)
def test_no_page_has_a_token_for_one_visitor(chapter: ChapterPage, path: str) -> None:
    answer = Client().get(f"/en/{path}")
    assert "csrf" not in answer.content.decode().lower()
    assert not answer.cookies
    assert "ETag" in answer.headers


def test_the_head_of_a_page_has_its_tag(chapter: ChapterPage) -> None:
    answer = Client().head(CHAPTER)
    assert answer["ETag"] == ask(CHAPTER)[0]["ETag"]
    assert answer.content == b""


def test_a_cache_that_fails_makes_the_site_slower_not_broken(
    chapter: ChapterPage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken:
        def get(self, *args: Any, **kwargs: Any) -> None:
            raise OSError

        set = get

    monkeypatch.setattr(page_cache, "cache", Broken())
    assert not is_kept(CHAPTER)
    assert "The cache of pages cannot be read." in caplog.text
    assert "The cache of pages cannot be written." in caplog.text


def test_a_content_page_is_kept() -> None:
    home = home_page()
    home.add_child(instance=ContentPage(title="Apie", slug="apie", live=True))
    assert is_kept("/apie/")
