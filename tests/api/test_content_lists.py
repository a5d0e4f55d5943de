"""Wagtail's own lists keep to what the lists of the plan keep to."""

import pytest
from django.test import Client

from tests.factories import plan_page
from tests.roles import City

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", ["pages", "images", "documents", "redirects"])
def test_an_unknown_parameter_is_refused_with_the_known_ones(client: Client, kind: str) -> None:
    answer = client.get(f"/api/v3/{kind}/?colour=red&limit=5&offset=0&lang=en")
    assert answer.status_code == 422
    (fault,) = answer.json()["errors"]
    assert (fault["type"], fault["loc"]) == ("unknown_parameter", ["query", "colour"])
    assert {"limit", "offset", "order", "lang", "id"} <= set(fault["known"])


def test_pages_are_found_by_a_field_of_their_kind(client: Client) -> None:
    city = City()
    answer = client.get("/api/v3/pages/?type=plan_pages.ChapterPage&code=2")
    assert [each["id"] for each in answer.json()["items"]] == [city.chapter_b.pk]
    assert client.get("/api/v3/pages/?code=2").status_code == 422  # not of every page


def test_a_batch_of_pages_may_be_as_long_as_one_of_measures(client: Client) -> None:
    plan_page()
    assert client.get("/api/v3/pages/?limit=100").status_code == 200
    assert client.get("/api/v3/pages/?limit=101").status_code == 400
