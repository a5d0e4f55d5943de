"""What Wagtail's own operations would fail on is refused in words."""

import json
from typing import Any

import pytest
from django.test import Client

from tests.api.city import token_for
from tests.roles import City

pytestmark = pytest.mark.django_db


def sent(client: Client, method: str, address: str, body: Any) -> Any:
    headers = {"Authorization": f"Bearer {token_for(City(), 'coordinator')}", "Accept-Language": "en"}
    return client.generic(method, address, json.dumps(body), content_type="application/json", headers=headers)


@pytest.mark.parametrize("body", [[], "page", None, {"meta": []}, {"meta": "plan_pages.ChapterPage"}])
@pytest.mark.parametrize(("method", "address"), [("POST", "/api/v3/pages/"), ("PATCH", "/api/v3/pages/2/")])
def test_what_is_no_page_is_not_taken_for_one(client: Client, method: str, address: str, body: Any) -> None:
    answer = sent(client, method, address, body)
    assert (answer.status_code, answer.json()["detail"]) == (422, "Validation failed")
    assert answer.json()["errors"][0]["loc"][0] == "body"


@pytest.mark.parametrize("body", [[], [{"title": "Kitas"}], "Kitas", None])
@pytest.mark.parametrize("files", ["documents", "images"])
def test_what_is_no_object_changes_no_file(client: Client, files: str, body: Any) -> None:
    answer = sent(client, "PATCH", f"/api/v3/{files}/1/", body)
    assert (answer.status_code, answer.json()["errors"][0]["loc"]) == (422, ["body"])


def test_the_id_of_a_page_is_a_number(client: Client) -> None:
    answer = sent(client, "PATCH", "/api/v3/pages/first/", {"title": "Pakeista"})
    assert (answer.status_code, answer.json()["errors"][0]["loc"]) == (422, ["path", "page_id"])


def test_whose_revisions_are_asked_for_is_a_number(client: Client) -> None:
    answer = sent(client, "GET", "/api/v3/pages/2/revisions/?user_id=somebody", None)
    assert (answer.status_code, answer.json()["errors"][0]["loc"]) == (422, ["query", "user_id"])


def test_beside_the_root_no_page_is_moved(client: Client) -> None:
    answer = sent(client, "POST", "/api/v3/pages/2/actions/move/", {"destination_id": 1})
    assert (answer.status_code, answer.json()["errors"][0]["loc"]) == (422, ["body", "destination_id"])


def test_a_list_is_not_asked_for_beyond_what_a_database_counts(client: Client) -> None:
    answer = client.get(f"/api/v3/documents/?offset={10**30}")
    assert (answer.status_code, answer.json()["errors"][0]["loc"]) == (422, ["query", "offset"])


def test_who_has_no_token_is_told_that_first(client: Client) -> None:
    address = "/api/v3/pages/2/actions/move/"
    body = json.dumps({"destination_id": 1})
    for headers in ({}, {"Authorization": "Bearer guessed"}):
        assert client.post(address, body, content_type="application/json", headers=headers).status_code == 401
