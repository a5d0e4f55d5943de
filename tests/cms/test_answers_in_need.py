"""What readers are told when a page is missing, when the site fails, and while it is being worked on."""

import json
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from cms.models import ContentPage, HomePage
from tests.factories import home_page, plan_page, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> HomePage:
    return home_page()


@pytest.mark.parametrize("path", ["/en/nera/", "/nera/"])
def test_a_missing_page_offers_ways_on(home: HomePage, path: str) -> None:
    plan = plan_page(slug="planas")
    page = Client().get(path).content.decode()
    prefix = "/en" if path.startswith("/en") else ""
    assert page.count("<h1") == 1
    assert f'href="{prefix}/site-map/"' in page
    assert f'href="{prefix}/{plan.slug}/"' in page
    assert 'name="robots" content="noindex"' in page


def maintained(settings: LazySettings) -> Client:
    settings.MAINTENANCE = True
    return Client()


@pytest.mark.parametrize(("path", "language"), [("/", "lt"), ("/en/planas/", "en"), ("/sitemap.xml", "lt")])
def test_while_it_is_maintained_the_site_asks_readers_to_come_back_without_the_database(
    settings: LazySettings, django_assert_num_queries: Any, path: str, language: str
) -> None:
    with django_assert_num_queries(0):
        answer = maintained(settings).get(path)
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "3600", "no-store")
    assert f'<html lang="{language}">' in answer.content.decode()
    assert "Content-Security-Policy" in answer.headers


def test_while_it_is_maintained_editors_may_log_in(settings: LazySettings) -> None:
    assert maintained(settings).get("/admin/login/").status_code == 200


def test_otherwise_the_site_answers(home: HomePage) -> None:
    assert Client().get("/").status_code == 200


def contact(home: HomePage) -> ContentPage:
    page = ContentPage(title="Kontaktai", heading_en="Contact", slug="kontaktai")
    home.add_child(instance=page)
    publish(page)
    home.refresh_from_db()
    home.contact_page = page
    publish(home)
    return page


def test_a_mistake_is_reported_on_the_contact_page_which_names_the_page(home: HomePage) -> None:
    contact(home)
    plan_page(slug="planas")
    assert 'href="/en/kontaktai/?about=%2Fen%2Fplanas%2F"' in Client().get("/en/planas/").content.decode()
    page = Client().get("/en/kontaktai/?about=%2Fen%2Fplanas%2F").content.decode()
    assert '<a href="http://testserver/en/planas/">' in page


@pytest.mark.parametrize(
    "wanted", ["https://kitur.example/", "//kitur.example/", "javascript:alert(1)", "/\\kitur.example"]
)
def test_the_contact_page_names_no_address_of_another_site(home: HomePage, wanted: str) -> None:
    contact(home)
    page = Client().get("/en/kontaktai/", {"about": wanted}).content.decode()
    assert "Give its address" not in page


def test_a_mistake_is_reported_by_mail_where_there_is_an_address(home: HomePage) -> None:
    home.contact_email = "svetaine@example.org"
    publish(home)
    page = Client().get("/en/").content.decode()
    assert (
        'href="mailto:svetaine@example.org?subject=About%20the%20site&amp;body=http%3A%2F%2Ftestserver%2Fen%2F"' in page
    )


def refused(client: Client, path: str, accept: str) -> tuple[int, str, str]:
    answer = client.get(path, headers={"Accept": accept})
    assert "Accept" in answer["Vary"]
    return answer.status_code, answer["Content-Type"].partition(";")[0], answer.content.decode()


@pytest.mark.parametrize("path", ["/nera/", "/en/planas/measures/9.9/", "/planas/9/", "/open-data/nera.json"])
def test_a_program_is_told_in_json_that_nothing_is_there_and_a_browser_in_a_page(home: HomePage, path: str) -> None:
    plan_page(slug="planas")
    status, kind, told = refused(Client(), path, "application/json")
    assert (status, kind, json.loads(told)["status"]) == (404, "application/problem+json", 404)
    status, kind, told = refused(Client(), path, "text/html,application/xhtml+xml,*/*;q=0.8")
    assert (status, kind, told.count("<h1")) == (404, "text/html", 1)


def test_while_it_is_maintained_a_program_is_told_in_json(settings: LazySettings) -> None:
    client = maintained(settings)
    answer = client.get("/planas/", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()["status"], answer["Retry-After"]) == (503, 503, "3600")
    assert answer["Content-Length"] == str(len(answer.content))
