"""The API's own address leads to everything that can be asked for without knowing an identity."""

import pytest
from django.test import Client

from tests.factories import plan_page

pytestmark = pytest.mark.django_db
HOME = "/api/v3/"
# Those that want a token, words to look for, or to be told what to find.
OTHERWISE = {
    **dict.fromkeys(("returns", "schema", "sites", "whoami"), 401),
    "search": 422,
    "pages/find": 404,
    "redirects/find": 404,
}


def test_whoever_begins_there_finds_the_plans_the_document_and_the_page_for_people() -> None:
    plan_page(slug="planas")
    links = Client().get(HOME).json()["links"]
    assert [each["code"] for each in Client().get(links["plans"]).json()["items"]] == ["planas"]
    assert Client().get(links["document"]).json()["openapi"].startswith("3.1")
    assert Client().get(links["docs"])["Content-Type"].startswith("text/html")


def test_all_that_it_names_is_there() -> None:
    named = {each["name"]: each["@id"] for each in Client().get(HOME).json()["resources"]}
    assert {"plans", "pages", "search", "reports", "returns", "schema/blocks"} <= named.keys()
    found = {name: Client().get(address).status_code for name, address in named.items()}
    assert {name: status for name, status in found.items() if status != 200} == OTHERWISE


def test_its_addresses_are_of_the_host_that_was_asked() -> None:
    told = Client().get(HOME, headers={"Host": "localhost"}).json()
    assert told["@id"] == "http://localhost/api/v3/"
    assert all(each["@id"].startswith("http://localhost/api/v3/") for each in told["resources"])
