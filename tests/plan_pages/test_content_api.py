"""A chapter through Wagtail's content API: read and written back unchanged, it stays what it was."""

import json
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from wagtail.models import APIToken

from plan_pages.pages.chapter import ChapterPage
from plan_pages.register import Goal, Indicator, Measure, Task
from tests.factories import chapter_page, goal, indicator, measure, plan_page, task

pytestmark = pytest.mark.django_db


@pytest.fixture
def page() -> ChapterPage:
    milestone = {"type": "milestone", "value": {"title": {"lt": "Etapas", "en": "Stage"}, "date": "2026-05-01"}}
    measures = [measure("1.1.1", indicators=[indicator("R1")], milestones=[milestone]), measure("1.1.2")]
    return chapter_page(plan_page(), [goal("1", [task("1.1", measures)], indicators=[indicator("R0")])])


@pytest.fixture
def headers() -> dict[str, str]:
    user = get_user_model().objects.create_superuser("admin", "admin@example.com", "x")
    _token, key = APIToken.create_token(user=user, name="test")
    return {"Authorization": f"Bearer {key}"}


def rows() -> list[list[dict[str, Any]]]:
    return [list(model.objects.order_by("pk").values()) for model in (Goal, Task, Measure, Indicator)]


def ids(raw: Any) -> list[str]:
    """The ids of all blocks, at any depth, in order."""
    if isinstance(raw, dict):
        own = [raw["id"]] if "id" in raw else []
        return own + [found for part in raw.values() for found in ids(part)]
    return [found for part in raw for found in ids(part)] if isinstance(raw, list) else []


def test_reading_and_writing_back_unchanged_changes_no_block_id_and_no_row(
    client: Client, page: ChapterPage, headers: dict[str, str]
) -> None:
    before, blocks = rows(), ids(page.goals.get_prep_value())
    read = client.get(f"/api/v3/pages/{page.pk}/", headers=headers).json()
    body = {"meta": {"type": "plan_pages.ChapterPage", "action": "publish"}, "title": read["title"]}
    body |= {name: read[name] for name in ("code", "goals", "summary_lt", "summary_en", "heading_en")}
    answer = client.patch(
        f"/api/v3/pages/{page.pk}/", json.dumps(body), content_type="application/json", headers=headers
    )
    assert answer.status_code == 200, answer.content
    assert ids(ChapterPage.objects.get(pk=page.pk).goals.get_prep_value()) == blocks
    assert rows() == before


def test_a_wrong_block_is_refused_and_nothing_is_stored(
    client: Client, page: ChapterPage, headers: dict[str, str]
) -> None:
    before = rows()
    goals = client.get(f"/api/v3/pages/{page.pk}/", headers=headers).json()["goals"]
    goals[0]["value"]["tasks"][0]["value"]["measures"][0]["value"]["end"] = "2020-01-01"
    body = {"meta": {"type": "plan_pages.ChapterPage", "action": "publish"}, "goals": goals}
    answer = client.patch(
        f"/api/v3/pages/{page.pk}/", json.dumps(body), content_type="application/json", headers=headers
    )
    assert answer.status_code == 422
    assert rows() == before


def test_a_draft_chapter_is_not_there_for_everyone(client: Client) -> None:
    draft = chapter_page(plan_page(), live=False)
    assert client.get(f"/api/v3/pages/{draft.pk}/").status_code == 404
