"""Files of open data are confirmed as long as nothing in them has changed, and are the same for everyone."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from plan_pages.choices import ReturnState
from plan_pages.pages.plan import PlanPage
from tests.cms.readers import ask, is_kept
from tests.factories import chapter_page, goal
from tests.plan_pages.open_data.town import FILES, a_plan
from tests.plan_pages.readers import report

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty_cache")]
STREAMED = (f"{FILES}/measures.csv", f"{FILES}.json", f"{FILES}.xlsx")
KEPT = (f"{FILES}.ics", f"{FILES}.atom", "/open-data/catalogue.ttl", "/open-data/")


@pytest.fixture
def plan() -> PlanPage:
    return a_plan()


def tag_of(path: str) -> str:
    answer = Client().get(path)
    answer.getvalue()
    return str(answer["ETag"])


def status(path: str, tag: str) -> int:
    answer = Client().get(path, headers={"If-None-Match": tag})
    answer.getvalue()
    return int(answer.status_code)


def test_an_unchanged_file_is_confirmed_by_one_question(plan: PlanPage) -> None:
    for path in (*STREAMED, *KEPT):
        answer, questions = ask(path, if_none_match=tag_of(path))
        assert (answer.status_code, answer.content, questions) == (304, b"", 1), path


def test_a_file_of_other_content_is_not_confirmed(plan: PlanPage) -> None:
    tag = tag_of(STREAMED[0])
    others = [f"{STREAMED[0]}{query}" for query in ("?chapter=1", "?language=en", "?for=spreadsheet")]
    assert [status(path, tag) for path in (*others, f"/en{STREAMED[0]}", *STREAMED[1:])] == [200] * 6


def test_what_changes_the_plan_changes_the_tag(plan: PlanPage) -> None:
    tags = {path: tag_of(path) for path in (*STREAMED, *KEPT)}
    plan.title = "Kitas"
    plan.save()
    assert {status(path, tag) for path, tag in tags.items()} == {200}


def test_what_is_not_public_changes_no_tag(plan: PlanPage) -> None:
    page = chapter_page(plan, [goal("7.1")], code="7")
    report(page, "2026-Q2", 10, state=ReturnState.DRAFT)
    tag = tag_of(STREAMED[0])
    page.chapter.returns.get().entries.update(percent=20)
    assert status(STREAMED[0], tag) == 304


def test_a_day_later_a_file_is_another_one(plan: PlanPage, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    for hour in (20, 22):
        monkeypatch.setattr(timezone, "now", lambda hour=hour: datetime(2026, 6, 1, hour, tzinfo=UTC))
        seen.append(tag_of(STREAMED[0]))
    assert seen[0] != seen[1]


def test_what_the_site_says_in_its_settings_is_in_the_tag(plan: PlanPage, settings: Any) -> None:
    tag = tag_of(STREAMED[1])
    settings.PLAN_OPEN_DATA = {"licence": "https://example.org/licence"}
    assert status(STREAMED[1], tag) == 200


def test_small_files_are_kept_and_large_ones_stream(plan: PlanPage) -> None:
    assert all(is_kept(path) for path in KEPT)
    assert not any(is_kept(path) for path in STREAMED)


def test_whoever_is_logged_in_gets_the_same_file(plan: PlanPage) -> None:
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("s"))
    assert client.get(STREAMED[0]).getvalue() == Client().get(STREAMED[0]).getvalue()
