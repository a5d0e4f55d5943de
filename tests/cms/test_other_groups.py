"""What the matrix cannot see: that a request which was answered has changed nothing, and that an answer shows nothing, of
another working group."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import APIToken, Page, Revision

from plan_pages.pages.chapter import ChapterPage
from tests.factories import chapter_page
from tests.roles import City

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor_of_b(city: City, client: Client) -> Client:
    client.force_login(city.user("editor of B"))
    return client


def token_of(city: City, name: str) -> dict[str, str]:
    _token, key = APIToken.create_token(user=city.user(name), name="test")
    return {"Authorization": f"Bearer {key}"}


def stored(city: City) -> list[Any]:
    """Everything of group A's pages that a request could have changed."""
    pages = [city.chapter_a.pk, city.a.pk]
    chapter = ChapterPage.objects.get(pk=city.chapter_a.pk)
    return [
        list(Page.objects.filter(pk__in=pages).order_by("pk").values()),
        (chapter.group_id, chapter.code, chapter.summary, chapter.goals.get_prep_value()),
        list(Revision.objects.filter(object_id__in=pages).order_by("pk").values_list("pk")),
        ChapterPage.objects.count(),
    ]


@pytest.mark.parametrize("action", ["delete", "publish", "unpublish", "move"])
def test_many_pages_at_once_leave_out_those_of_another_group(city: City, editor_of_b: Client, action: str) -> None:
    before = stored(city)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    data = {"chooser": city.plan.pk, "move_applies_to_children": "", "include_descendants": "on"}
    editor_of_b.post(f"{address}?id={city.chapter_a.pk}&id={city.a.pk}", data)
    assert stored(city) == before


@pytest.mark.parametrize("action", ["delete", "unpublish"])
def test_many_pages_at_once_leave_out_ones_own_too_where_one_may_not(city: City, client: Client, action: str) -> None:
    draft = chapter_page(city.plan, live=False, group=city.a, code="3")
    before = stored(city)
    client.force_login(city.user("editor of A"))
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    client.post(f"{address}?id={draft.pk}&id={city.chapter_a.pk}")
    assert stored(city) == before
    assert ChapterPage.objects.filter(pk=draft.pk).exists()


@pytest.mark.parametrize(
    "name", ["edit", "delete", "unpublish", "copy", "move", "history", "usage", "view_draft", "set_privacy", "lock"]
)
@pytest.mark.parametrize("whose", ["chapter", "group"])
def test_a_page_of_another_group_is_neither_shown_nor_changed(
    city: City, editor_of_b: Client, name: str, whose: str
) -> None:
    page = city.chapter_a if whose == "chapter" else city.a
    before = stored(city)
    address = reverse(f"wagtailadmin_pages:{name}", args=[page.pk])
    for response in (editor_of_b.get(address), editor_of_b.post(address, {"title": "Pakeista", "goals-count": 0})):
        assert page.title not in response.content.decode()
        assert response.status_code in (302, 403, 405)
    assert stored(city) == before


def test_the_return_of_another_group_is_neither_shown_nor_changed(city: City, editor_of_b: Client) -> None:
    chapter_return = city.chapter_return()
    address = reverse("plan_pages_return", args=[chapter_return.pk])
    for response in (editor_of_b.get(address), *(editor_of_b.post(address, {"deed": deed}) for deed in DEEDS)):
        assert response.status_code == 302
        assert response.headers["Location"] == reverse("wagtailadmin_home")
    chapter_return.refresh_from_db()
    assert (chapter_return.state, chapter_return.entries.count()) == ("draft", 0)


DEEDS = ("record", "submit", "send_back", "approve")


def test_a_token_changes_nothing_of_another_group(city: City, client: Client) -> None:
    before = stored(city)
    headers = token_of(city, "editor of B")
    body = {"meta": {"type": "plan_pages.ChapterPage"}, "title": "Pakeista"}
    address = f"/api/v3/pages/{city.chapter_a.pk}/"
    response = client.patch(address, json.dumps(body), content_type="application/json", headers=headers)
    assert response.status_code == 403
    assert client.delete(address, headers=headers).status_code == 403
    assert stored(city) == before


def test_a_token_changes_a_text_of_ones_own_group_as_a_draft(city: City, client: Client) -> None:
    body = {"meta": {"type": "plan_pages.ChapterPage"}, "title": "Pakeista"}
    response = client.patch(
        f"/api/v3/pages/{city.chapter_a.pk}/",
        json.dumps(body),
        content_type="application/json",
        headers=token_of(city, "editor of A"),
    )
    assert response.status_code == 200
    page = ChapterPage.objects.get(pk=city.chapter_a.pk)
    assert (page.title, page.get_latest_revision_as_object().title) == (city.chapter_a.title, "Pakeista")


@pytest.mark.parametrize("action", [{}, {"action": "publish"}])
def test_a_token_does_not_give_a_chapter_to_another_group(city: City, client: Client, action: dict[str, str]) -> None:
    body = {"meta": {"type": "plan_pages.ChapterPage", **action}, "group": city.b.pk}
    client.patch(
        f"/api/v3/pages/{city.chapter_a.pk}/",
        json.dumps(body),
        content_type="application/json",
        headers=token_of(city, "editor of A"),
    )
    page = ChapterPage.objects.get(pk=city.chapter_a.pk)
    assert (page.group_id, page.get_latest_revision_as_object().group_id) == (city.a.pk, city.a.pk)


@pytest.mark.parametrize("query", ["", "?version=draft"])
def test_the_api_shows_an_anonymous_reader_no_draft(city: City, client: Client, query: str) -> None:
    city.chapter_a.title = "Slaptas juodraštis"
    city.chapter_a.save_revision()
    draft = chapter_page(city.plan, live=False, code="3", title="Slaptas skyrius")
    assert "Slapt" not in client.get(f"/api/v3/pages/{city.chapter_a.pk}/{query}").content.decode()
    assert client.get(f"/api/v3/pages/{draft.pk}/{query}").status_code == 404
    assert "Slapt" not in client.get("/api/v3/pages/").content.decode()


@pytest.mark.parametrize("kind", ["login", "password", "groups"])
def test_the_api_shows_an_anonymous_reader_no_restricted_page(city: City, client: Client, kind: str) -> None:
    city.chapter_a.view_restrictions.create(restriction_type=kind, password="slapta")
    assert client.get(f"/api/v3/pages/{city.chapter_a.pk}/").status_code == 404
    assert city.chapter_a.title not in client.get("/api/v3/pages/").content.decode()


def test_a_session_alone_gives_no_rights_in_the_api(city: City, client: Client) -> None:
    client.force_login(city.user("superuser"))
    assert client.delete(f"/api/v3/pages/{city.chapter_a.pk}/").status_code == 401
