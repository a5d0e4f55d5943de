"""Previews: one in each language, in that language whatever the editor's own is."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import publish
from tests.roles import City

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("mode", "shown", "other"), [("lt", "Bendruomenė", "Community"), ("en", "Community", "Bendruomenė")]
)
@pytest.mark.parametrize("kind", ["plan", "chapter_a", "a"])
def test_a_draft_is_previewed_in_the_language_asked_for(
    client: Client, kind: str, mode: str, shown: str, other: str
) -> None:
    city = City()
    page = getattr(city, kind)
    page.title, page.heading_en = "Bendruomenė", "Community"
    page.save_revision()
    client.force_login(city.user("superuser"))
    response = client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]) + f"?mode={mode}")
    heading = response.content.decode().split("<h1")[1].split("</h1>")[0]
    assert shown in heading
    assert other not in heading


def test_an_unknown_mode_is_the_default_language(client: Client) -> None:
    city = City()
    publish(city.a)
    client.force_login(city.user("superuser"))
    response = client.get(reverse("wagtailadmin_pages:view_draft", args=[city.a.pk]) + "?mode=xx")
    assert response.status_code == 200
    assert '<html lang="lt"' in response.content.decode()


def test_every_language_has_a_preview() -> None:
    modes = [code for code, _name in City().chapter_a.preview_modes]
    assert modes == ["lt", "en"]


def test_the_policy_of_public_pages_which_forbids_frames_is_not_a_previews(client: Client) -> None:
    city = City()
    city.a.save_revision()
    client.force_login(city.user("superuser"))
    response = client.get(reverse("wagtailadmin_pages:view_draft", args=[city.a.pk]))
    assert "Content-Security-Policy" not in response.headers
