"""Indicators and groups in the API: worth, achievement, values, expected path, trend."""

import pytest
from django.test import Client

from plan_pages.choices import ReturnState
from plan_pages.monitoring import IndicatorValue
from plan_pages.pages.plan import PlanPage
from plan_pages.register import Indicator
from tests.factories import chapter_page, goal, group_page, indicator, measure, plan_page, task
from tests.plan_pages.api.asked import ask, codes
from tests.plan_pages.readers import report

pytestmark = pytest.mark.django_db
LIST = "plans/planas/indicators/"


@pytest.fixture
def plan() -> PlanPage:
    """Chapter 1 of group G1: R1 of its goal, R2 of its task, R3 of its measure, each at 2 in 2025-Q1 and 4 in 2026-Q1."""
    plan = plan_page(title="Miesto planas", heading_en="City plan", slug="planas")
    group = group_page(plan, code="G1", title="Aplinkos grupė", heading_en="Environment", remit_lt="Želdynai")
    some = [measure("1.1.1.1", indicators=[indicator("R3", baseline_year="2021", target_year="2030")])]
    parts = [task("1.1.1", some, indicators=[indicator("R2", kind="result")])]
    goals = [goal("1.1", parts, indicators=[indicator("R1", kind="impact")])]
    chapter = chapter_page(plan, goals, code="1", group=group)
    report(chapter, "2025-Q1", 2)
    report(chapter, "2026-Q1", 4)
    report(chapter, "2026-Q2", 9, state=ReturnState.SUBMITTED)
    first = IndicatorValue.objects.filter(period__period="2026-Q1")
    first.update(target=5)
    return plan


def address(code: str) -> str:
    return f"{LIST}{Indicator.objects.get(code=code).public_id}/"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["R1", "R2", "R3"]),
        ("?of=goal", ["R1"]),
        ("?of=task", ["R2"]),
        ("?of=measure", ["R3"]),
        ("?kind=result", ["R2"]),
        ("?code=R3", ["R3"]),
        ("?chapter=1", ["R1", "R2", "R3"]),
        ("?chapter=2", []),
        ("?limit=1&offset=1", ["R2"]),
    ],
)
def test_indicators_are_listed_as_asked_for(plan: PlanPage, query: str, found: list[str]) -> None:
    assert codes(ask(LIST + query)) == found


@pytest.mark.parametrize("query", ["?of=chapter", "?kind=nonsense", "?order=code"])
def test_what_the_list_does_not_know_is_refused(plan: PlanPage, query: str) -> None:
    ask(LIST + query, 422)


def test_a_list_tells_the_worth_and_what_it_is_worth_of_the_target(plan: PlanPage) -> None:
    (found,) = ask(f"{LIST}?code=R3")["items"]
    assert (found["worth"], found["target"], found["period"]) == ("4", "10", "2026-Q1")
    assert (found["achievement"], found["achievement_shown"]) == ("40", 40)
    assert found["unit"] == {"text": "units", "language": "en"}
    assert found["of"]["code"] == "1.1.1.1"


def test_an_indicator_is_told_with_its_values_path_and_trend(plan: PlanPage) -> None:
    found = ask(address("R3"))
    assert [(each["period"], each["actual"], each["target"]) for each in found["series"]] == [
        ("2025-Q1", "2", None),
        ("2026-Q1", "4", "5"),
    ]
    assert found["course"]["expected"] == "5"
    assert found["course"]["path"][0] == {"date": "2021-12-31", "value": "0"}
    assert found["course"]["path"][-1] == {"date": "2030-12-31", "value": "10"}
    assert (found["trend"], found["trend_since"]["change"], found["trend_since"]["compared"]) == (
        "improving",
        "2",
        "2025-Q1",
    )
    assert [each["code"] for each in found["parents"]] == ["1", "1.1", "1.1.1", "1.1.1.1"]
    ask(found["links"]["up"].partition("/api/v3/")[2])


def test_an_indicator_is_told_as_it_was(plan: PlanPage) -> None:
    found = ask(f"{address('R3')}?period=2025-Q4")
    assert (found["worth"], found["as_of"]) == ("2", "2025-12-31")


def test_what_leads_to_the_site_is_found_there(plan: PlanPage) -> None:
    links = ask(address("R3"))["links"]
    answer = Client().get(links["values"].partition("http://localhost")[2])
    assert answer["Content-Type"].startswith("text/csv")
    assert Client().get(links["page"].partition("http://localhost")[2], follow=True).status_code == 200


def test_a_group_is_told_with_its_chapters(plan: PlanPage) -> None:
    group_page(plan, code="G0", kind="coordinating")
    assert codes(ask("plans/planas/groups/?kind=coordinating")) == ["G0"]
    found = ask("plans/planas/groups/G1/")
    assert (found["title"], found["chapters"]) == ("Environment", 1)
    assert found["remit"] == {"text": "Želdynai", "language": "lt"}
    assert [each["code"] for each in found["answers_for"]] == ["1"]
    ask("plans/planas/groups/G9/", 404)
