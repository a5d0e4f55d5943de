"""Measures, indicators and lists of the plan, asked for as JSON at their addresses on the site: the API tells of them."""

from typing import Any

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from plan_pages.pages.chapter import ChapterPage
from plan_pages.pages.plan import PlanPage
from plan_pages.register import Indicator, Measure
from tests.factories import chapter_page, goal, indicator, measure, plan_page, task

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}


@pytest.fixture
def plan() -> PlanPage:
    return plan_page(slug="planas", title="Planas", heading_en="The plan")


def read(path: str) -> Any:
    return Client().get(path, headers=JSON)


def test_what_has_no_json_says_so(plan: PlanPage) -> None:
    answer = read("/planas/progress-rules/")
    assert answer.status_code == 406
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.fixture
def parts(plan: PlanPage) -> dict[str, str]:
    """Addresses on the site, and what the API has of the same there."""
    rows = [measure("1.1.1", indicators=[indicator("R1")])]
    chapter_page(plan, [goal("1", [task("1.1", rows)])], slug="skyrius")
    of_measure, of_indicator = Measure.objects.get(), Indicator.objects.get()
    in_api = "/api/v3/plans/planas"
    return {
        "/planas/measures/1.1.1/": f"{in_api}/measures/{of_measure.public_id}/",
        "/planas/indicators/R1/": f"{in_api}/indicators/{of_indicator.public_id}/",
        "/planas/measures/": f"{in_api}/measures/",
        "/planas/measures/?status=on_track&page=2": f"{in_api}/measures/?status=on_track",
        "/planas/indicators/": f"{in_api}/indicators/",
        "/planas/chapters/": f"{in_api}/chapters/",
        "/planas/groups/": f"{in_api}/groups/",
    }


def test_parts_of_the_plan_are_led_to_where_the_api_tells_of_them(parts: dict[str, str]) -> None:
    for path, address in parts.items():
        answer = read(path)
        location = f"{address}{'&' if '?' in address else '?'}lang=lt"
        assert (answer.status_code, answer.headers["Location"]) == (302, location)
        assert Client().get(location).status_code == 200


def test_a_program_that_accepts_english_is_told_a_lithuanian_page_in_lithuanian(parts: dict[str, str]) -> None:
    for path in parts:
        answer = Client().get(path, headers=JSON | {"Accept-Language": "en"}, follow=True)
        assert answer.headers["Content-Language"] == "lt"


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/search/?q=mokykla&page=2", "/api/v3/search/?q=mokykla&lang=lt"),
        ("/en/search/?q=school", "/api/v3/search/?q=school&lang=en"),
        ("/reports/", "/api/v3/reports/?lang=lt"),
        ("/planas/remarks/", "/api/v3/plans/planas/consultations/?lang=lt"),
    ],
)
def test_pages_beside_the_tree_are_told_by_the_api_too(plan: PlanPage, path: str, address: str) -> None:
    answer = read(path)
    assert (answer.status_code, answer.headers["Location"]) == (302, address)
    assert "Accept" in answer.headers["Vary"]
    assert Client().get(address).status_code == 200
    assert Client().get(path).headers["Content-Type"].startswith("text/html")


def test_the_page_of_open_data_is_the_catalogue_to_a_program(plan: PlanPage) -> None:
    answer = read("/open-data/")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/open-data/catalogue.jsonld")
    page = Client().get("/open-data/")
    assert page.status_code == 200
    assert 'href="/api/v3/docs/"' in page.content.decode()
    assert "Accept" in page.headers["Vary"]


def test_they_are_led_there_in_the_language_of_the_page(parts: dict[str, str]) -> None:
    for path, address in parts.items():
        location = read(f"/en{path}").headers["Location"]
        assert location == f"{address}{'&' if '?' in address else '?'}lang=en"
        assert Client().get(location).headers["Content-Language"] == "en"


def test_a_measure_by_its_identity_is_found_over_its_address(parts: dict[str, str]) -> None:
    answer = Client().get(f"/planas/id/{Measure.objects.get().public_id}/", headers=JSON, follow=True)
    assert answer.json()["code"] == "1.1.1"


@pytest.mark.parametrize("path", ["/planas/measures/9.9.9/", "/planas/indicators/X/", "/planas/measures/1.1.1/"])
def test_a_part_that_is_not_there_or_not_for_everyone_is_not_there_as_json(parts: dict[str, str], path: str) -> None:
    PageViewRestriction.objects.create(page=ChapterPage.objects.get(), restriction_type="login")
    assert Client().get(path).status_code == 404
    assert read(path).status_code == 404
