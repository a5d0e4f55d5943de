"""Every page of the demonstration, read through the content API and written back as it was: nothing changes."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction
from django.test import Client
from django.utils import translation
from wagtail.models import APIToken, Page

from cms.demonstration.site import load
from cms.demonstration.values import read
from plan_pages.register import Chapter, DeadlineChange, FormerPlace, Goal, Indicator, Measure, Plan, Task
from plan_pages.search.entries import SearchEntry

pytestmark = pytest.mark.django_db
ROWS = (Plan, Chapter, Goal, Task, Measure, Indicator, DeadlineChange, FormerPlace)
# What a revision notes of itself and of the page's past.
OF_ITSELF = {
    "first_published_at",
    "last_published_at",
    "latest_revision",
    "latest_revision_created_at",
    "live_revision",
}


@pytest.fixture(scope="module")
def pages(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[Page]]:
    """Published once more each, so that the last revision says where the page lies now and which rows hang on it."""
    with django_db_blocker.unblock(), transaction.atomic(), translation.override("lt"):
        load(read())
        found = list(Page.objects.filter(depth__gt=1).order_by("path"))
        for page in found:
            page.specific.save_revision().publish()
        yield found
        transaction.set_rollback(True)


@pytest.fixture
def headers(pages: list[Page]) -> dict[str, str]:
    user = get_user_model().objects.create_superuser("programa", "programa@example.org", "x")
    _token, key = APIToken.create_token(user=user, name="test")
    return {"Authorization": f"Bearer {key}"}


def content(page: Page) -> dict[str, Any]:
    """Of the last revision; lists of what is only named, in one order."""
    found: Any = Page.objects.get(pk=page.pk).get_latest_revision()
    kept = {name: value for name, value in found.content.items() if name not in OF_ITSELF}
    return {name: sorted(value) if name == "chapters" else value for name, value in kept.items()}


def state(page: Page) -> tuple[bool, bool]:
    stored = Page.objects.get(pk=page.pk)
    return stored.live, stored.has_unpublished_changes


def rows() -> list[Any]:
    kept = [list(model.objects.order_by("pk").values()) for model in ROWS]
    found = SearchEntry.objects.values_list("owner", "kind", "language", "code", "title", "text", "address", "day")
    return [*kept, sorted(found, key=str)]


def write_back(page: Page, headers: dict[str, str], **meta: Any) -> None:
    address = f"/api/v3/pages/{page.pk}/"
    answer = Client().get(f"{address}?version=draft", headers=headers)
    assert answer.status_code == 200, answer.content
    body = answer.json()
    body["meta"] |= meta
    answer = Client().patch(address, json.dumps(body), content_type="application/json", headers=headers)
    assert answer.status_code == 200, f"{page}: {answer.content.decode()}"


@pytest.mark.parametrize("meta", [{}, {"action": "publish"}], ids=["as a draft", "and published"])
def test_written_back_no_page_changes(pages: list[Page], headers: dict[str, str], meta: dict[str, str]) -> None:
    contents, states, stored = [content(page) for page in pages], [state(page) for page in pages], rows()
    for page in pages:
        write_back(page, headers, **meta)
    assert [differences(page, before) for page, before in zip(pages, contents, strict=True)] == [{}] * len(pages)
    assert [state(page) for page in pages] == states
    assert rows() == stored


def differences(page: Page, before: dict[str, Any]) -> dict[str, Any]:
    after = content(page)
    return {name: (before.get(name), value) for name, value in after.items() if before.get(name) != value}


def test_every_kind_of_page_is_among_them(pages: list[Page]) -> None:
    kinds = {"HomePage", "PlanPage", "ChapterPage", "GroupPage", "NewsIndexPage", "NewsPage", "ContentPage"}
    assert {page.specific_class.__name__ for page in pages if page.specific_class} == kinds
