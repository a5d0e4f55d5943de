"""The page that lists every file of open data, and the links that lead to it."""

import re

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from plan_pages.open_data.tables import TABLES
from tests.factories import home_page, plan_page
from tests.plan_pages.open_data.town import a_plan
from tests.plan_pages.readers import get, text

pytestmark = pytest.mark.django_db


def links(path: str) -> list[str]:
    page = BeautifulSoup(get(path), "html.parser")
    return [str(each["href"]) for each in page.select("#content a") if str(each["href"]).startswith("/")]


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_file_that_the_page_names_is_there(prefix: str) -> None:
    a_plan()
    files = [each for each in links(f"{prefix}/open-data/") if "/open-data/" in each]
    assert len(files) == 4 + 1 + 4 * len(TABLES) + 3
    for address in files:
        answer = Client().get(address)
        answer.getvalue()
        assert answer.status_code == 200, address
        assert address.startswith(f"{prefix}/open-data/")


def test_the_page_tells_the_licence_and_every_column() -> None:
    a_plan()
    page = get("/en/open-data/")
    assert "CC BY 4.0" in page
    for table in TABLES:
        for column in table.columns:
            assert f"<code>{column}</code>" in page
    assert "Every quarter: that is how often progress is reported." in text(page)


def test_a_site_without_a_plan_says_so() -> None:
    home_page()
    assert "No plan has been published yet." in get("/en/open-data/")


def test_several_plans_stand_one_after_the_other() -> None:
    a_plan()
    plan_page(title="Antras planas", heading_en="Second plan", slug="antras")
    assert re.findall(r'id="plan-(\w+)"', get("/en/open-data/")) == ["planas", "antras"]


@pytest.mark.parametrize("path", ["/en/planas/", "/en/planas/measures/", "/en/site-map/"])
def test_the_page_is_linked_where_people_look_for_it(path: str) -> None:
    a_plan()
    assert 'href="/en/open-data/"' in get(path)


def test_the_list_leads_to_files_of_what_it_shows() -> None:
    a_plan()
    found = links("/en/planas/measures/?chapter=1&order=deadline")
    files = [each for each in found if each.startswith("/en/open-data/planas")]
    assert len(files) == 3
    assert all("chapter=1&order=deadline" in each for each in files)


def test_search_engines_are_told_of_the_page() -> None:
    a_plan()
    assert "/en/open-data/</loc>" in get("/en/sitemap.xml")
