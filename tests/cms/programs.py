"""Programs that work with the token of a user of the city of `tests/roles.py`."""

import json
from typing import Any

from django.test import Client
from wagtail.models import APIToken, Page

from tests.roles import City


class Program:
    """Works with the token of a user."""

    def __init__(self, city: City, name: str) -> None:
        _token, key = APIToken.create_token(user=city.user(name), name="test")
        self.headers = {"Authorization": f"Bearer {key}", "Accept-Language": "en"}

    def draft(self, page: Page) -> dict[str, Any]:
        answer = Client().get(f"/api/v3/pages/{page.pk}/?version=draft", headers=self.headers)
        assert answer.status_code == 200, answer.content
        found: dict[str, Any] = answer.json()
        return found

    def write(self, page: Page, body: dict[str, Any], language: str = "en", **meta: Any) -> Any:
        return self._send("patch", f"/api/v3/pages/{page.pk}/", {**body, "meta": meta}, language)

    def create(self, parent: Page, body: dict[str, Any], **meta: Any) -> Any:
        kind = {"type": "plan_pages.ChapterPage", "parent_id": parent.pk}
        return self._send("post", "/api/v3/pages/", {**body, "meta": kind | meta})

    def act(self, page: Page, action: str, **body: Any) -> Any:
        return self._send("post", f"/api/v3/pages/{page.pk}/actions/{action}/", body)

    def revisions(self, page: Page) -> Any:
        return Client().get(f"/api/v3/pages/{page.pk}/revisions/", headers=self.headers)

    def _send(self, method: str, address: str, body: Any, language: str = "en") -> Any:
        headers = self.headers | {"Accept-Language": language}
        return getattr(Client(), method)(address, json.dumps(body), content_type="application/json", headers=headers)


def the_measure(goals: Any) -> dict[str, Any]:
    """The first of a chapter, as the API tells it."""
    found: dict[str, Any] = goals[0]["value"]["tasks"][0]["value"]["measures"][0]["value"]
    return found


def live(page: Page) -> Any:
    return type(page).objects.get(pk=page.pk)


def drafted(page: Page) -> Any:
    return live(page).get_latest_revision_as_object()
