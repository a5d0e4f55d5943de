"""Which pages a program reads with a token: those that its person may edit, and those that everyone may read."""

import json
from typing import Any

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from tests.cms.programs import Program
from tests.factories import chapter_page
from tests.roles import City

pytestmark = pytest.mark.django_db

PAGES = "/api/v3/pages/"


def read(city: City, who: str, address: str, status: int = 200) -> Any:
    answer = Client().get(PAGES + address, headers=Program(city, who).headers)
    assert answer.status_code == status, answer.content
    return answer.json()


@pytest.mark.parametrize("who", ["nobody", "reader", "editor of A", "coordinator", "superuser"])
def test_with_a_token_nobody_sees_less_than_without(city: City, who: str) -> None:
    for page in (city.plan, city.a, city.chapter_a, city.chapter_b):
        assert read(city, who, f"{page.pk}/")["id"] == page.pk
    public = {each["id"] for each in Client().get(PAGES).json()["items"]}
    assert public
    assert public <= {each["id"] for each in read(city, who, "")["items"]}


def test_a_page_is_found_with_a_token_as_without(city: City) -> None:
    headers = Program(city, "reader").headers
    answer = Client().get(f"{PAGES}find/?id={city.chapter_a.pk}", headers=headers)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{PAGES}{city.chapter_a.pk}/?")


def test_the_draft_of_another_group_is_not_read(city: City) -> None:
    answer = Program(city, "editor of B").write(city.chapter_b, {"summary_lt": "Juodraštis"})
    assert answer.status_code == 200
    for address in (f"{city.chapter_b.pk}/", f"{city.chapter_b.pk}/?version=draft"):
        found = read(city, "editor of A", address)
        assert "Juodraštis" not in json.dumps(found, ensure_ascii=False)
        assert found["latest_revision"] is None
        assert found == Client(headers={"Accept-Language": "en"}).get(PAGES + address).json()


def test_a_draft_and_a_closed_page_of_another_group_are_not_there(city: City) -> None:
    draft = chapter_page(city.plan, live=False, group=city.b, code="7")
    PageViewRestriction.objects.create(page=city.b, restriction_type=PageViewRestriction.LOGIN)
    for page in (draft, city.b):
        read(city, "editor of A", f"{page.pk}/", 404)
        assert page.pk not in {each["id"] for each in read(city, "editor of A", "")["items"]}


def test_who_may_edit_a_page_reads_it_whole(city: City) -> None:
    draft = chapter_page(city.plan, live=False, group=city.a, code="7")
    assert Program(city, "editor of A").write(draft, {"summary_lt": "Juodraštis"}).status_code == 200
    found = read(city, "editor of A", f"{draft.pk}/?version=draft")
    assert found["summary_lt"] == "Juodraštis"
    assert found["latest_revision"] is not None
    assert draft.pk in {each["id"] for each in read(city, "editor of A", "?limit=20")["items"]}
