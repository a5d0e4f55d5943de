"""Answers of the API out of the cache: what everybody may have, and nothing else."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import APIToken

from plan_pages.pages.plan import PlanPage
from tests.factories import chapter_page, plan_page

pytestmark = pytest.mark.django_db(transaction=True)

ONE_QUESTION = 1
"""What the content version is."""


@pytest.fixture
def page() -> PlanPage:
    cache.clear()
    page = plan_page()
    chapter_page(page)
    return page


@pytest.fixture(params=["plan", "measures", "tree", "page", "pages"])
def address(request: pytest.FixtureRequest, page: PlanPage) -> str:
    addresses: dict[str, str] = {
        "plan": f"/api/v3/plans/{page.slug}/",
        "measures": f"/api/v3/plans/{page.slug}/measures/?limit=5&lang=en",
        "tree": f"/api/v3/plans/{page.slug}/tree/",
        "page": f"/api/v3/pages/{page.pk}/",
        "pages": "/api/v3/pages/?limit=5",
    }
    return addresses[request.param]


def asked(client: Client, address: str, **headers: str) -> tuple[Any, int]:
    """The answer, and how many questions the database was asked for it."""
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address, headers=headers)
    return answer, len(queries)


def test_the_second_reader_costs_one_question(client: Client, address: str) -> None:
    first, many = asked(client, address)
    again, one = asked(client, address)
    assert (first.status_code, again.content) == (200, first.content)
    assert (many > ONE_QUESTION, one) == (True, ONE_QUESTION)
    assert again.headers["ETag"] == first.headers["ETag"]
    assert "Accept-Language" in again.headers["Vary"]


def test_unchanged_is_confirmed_at_the_same_price(client: Client, address: str) -> None:
    first, _many = asked(client, address)
    again, one = asked(client, address, **{"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content, one) == (304, b"", ONE_QUESTION)


def test_a_change_of_the_content_is_seen_at_once(client: Client, page: PlanPage) -> None:
    address = f"/api/v3/pages/{page.pk}/"
    before, _many = asked(client, address)
    page.title = "Pakeista"
    page.save()
    after, _many = asked(client, address, **{"If-None-Match": before.headers["ETag"]})
    assert (after.status_code, after.json()["title"]) == (200, "Pakeista")


def test_who_sends_a_token_gets_an_answer_of_their_own(client: Client, page: PlanPage) -> None:
    address = f"/api/v3/pages/{page.pk}/?version=draft"
    page.title = "Slaptas juodraštis"
    page.save_revision()
    user = get_user_model().objects.create_superuser("admin", "admin@example.com", "x")
    _token, key = APIToken.create_token(user=user, name="test")
    asked(client, address)
    of_token, _many = asked(client, address, Authorization=f"Bearer {key}")
    assert of_token.json()["title"] == "Slaptas juodraštis"
    assert "private" in of_token.headers["Cache-Control"]
    assert "Slaptas" not in asked(client, address)[0].content.decode()


def test_what_another_language_wants_is_kept_by_itself(client: Client, page: PlanPage) -> None:
    address = f"/api/v3/plans/{page.slug}/"
    languages = [
        asked(client, address, **{"Accept-Language": code})[0].headers["Content-Language"] for code in LANGUAGES
    ]
    assert languages == ["lt", "en", "lt"]


LANGUAGES = ("lt", "en-GB, lt;q=0.5", "lt")


def test_the_origin_that_asked_first_is_not_the_next_ones(client: Client, page: PlanPage, settings: Any) -> None:
    settings.PLAN_API = {"origins": ["https://one.example", "https://two.example"]}
    address = f"/api/v3/pages/{page.pk}/"
    allowed = [asked(client, address, Origin=f"https://{name}.example")[0] for name in ("one", "two", "three")]
    found = [answer.headers.get("Access-Control-Allow-Origin") for answer in allowed]
    assert found == ["https://one.example", "https://two.example", None]


@pytest.mark.parametrize("address", ["/api/v3/pages/?search=planas", "/api/v3/pages/?order=random", "/api/v3/pages/0/"])
def test_searches_chance_and_refusals_are_not_kept(client: Client, page: PlanPage, address: str) -> None:
    asked(client, address)
    _again, many = asked(client, address)
    assert many > ONE_QUESTION


def test_chance_is_never_confirmed_as_unchanged_by_the_content_alone(client: Client, page: PlanPage) -> None:
    address = "/api/v3/pages/?order=random"
    tag = asked(client, address)[0].headers["ETag"]
    _again, many = asked(client, address, **{"If-None-Match": tag})
    assert many > ONE_QUESTION
