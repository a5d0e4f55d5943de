"""Measures in the API: the list as the list on the site asks for it, and one measure."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from plan_pages.monitoring import Entry
from plan_pages.pages.plan import PlanPage
from plan_pages.register import Measure
from tests.factories import group_page, indicator, measure, plan_page
from tests.plan_pages.api.asked import ask, codes
from tests.plan_pages.readers import a_chapter, report

pytestmark = pytest.mark.django_db
LIST = "plans/planas/measures/"


@pytest.fixture
def plan() -> PlanPage:
    """Chapter 1 with a delayed measure, in Lithuanian alone, and a running one; chapter 2 with a running one."""
    plan = plan_page(title="Miesto planas", heading_en="City plan", slug="planas")
    some = [
        measure(
            "1.1.1.1",
            title={"lt": "Parkas", "en": ""},
            end="2099-12-31",
            responsible="Aplinkos skyrius",
            indicators=[indicator("R1")],
        ),
        measure("1.1.1.2", title={"lt": "Mokykla", "en": "School"}, end="2098-12-31", responsible="Švietimo skyrius"),
    ]
    report(a_chapter(plan, "1", some, group=group_page(plan, code="G1")), "2026-Q1", 40)
    report(a_chapter(plan, "2"), "2026-Q1", 60)
    Entry.objects.filter(measure__code="1.1.1.1").update(status="delayed", reason={"lt": "Lėšos"})
    return plan


def address(code: str) -> str:
    return f"{LIST}{Measure.objects.get(code=code).public_id}/"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["1.1.1.1", "1.1.1.2", "2.1.1.1"]),
        ("?status=delayed", ["1.1.1.1"]),
        ("?status=delayed&status=on_track", ["1.1.1.1", "1.1.1.2", "2.1.1.1"]),
        ("?chapter=1", ["1.1.1.1", "1.1.1.2"]),
        ("?goal=2.1", ["2.1.1.1"]),
        ("?task=1.1.1", ["1.1.1.1", "1.1.1.2"]),
        ("?indicator=R1", ["1.1.1.1"]),
        ("?code=1.1.1.2", ["1.1.1.2"]),
        ("?responsible=%C5%A0vietimo+skyrius", ["1.1.1.2"]),
        ("?year=2098", ["1.1.1.2"]),
        ("?late=true", []),
        ("?moved=true", []),
        ("?order=deadline", ["1.1.1.2", "1.1.1.1", "2.1.1.1"]),
        ("?order=-deadline", ["1.1.1.1", "2.1.1.1", "1.1.1.2"]),
        ("?order=-code", ["2.1.1.1", "1.1.1.2", "1.1.1.1"]),
    ],
)
def test_the_list_has_what_its_address_asks_for(plan: PlanPage, query: str, found: list[str]) -> None:
    assert codes(ask(LIST + query)) == found


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("?colour=red", "colour"),
        ("?chapter=1&chapter=2", "chapter"),
        ("?lang=en&lang=lt", "lang"),
        ("?status=nonsense", "status"),
        ("?order=colour", "order"),
        ("?year=x", "year"),
        ("?late=perhaps", "late"),
        ("?limit=101", "limit"),
        ("?limit=0", "limit"),
        ("?offset=-1", "offset"),
        ("?period=2026-Q5", "period"),
        ("?period=2012-Q1", "period"),
        ("?period=2029-Q1", "period"),
        ("?chapter=9", "chapter"),
        ("?goal=9", "goal"),
        ("?task=9", "task"),
        ("?indicator=R9", "indicator"),
    ],
)
def test_what_the_list_does_not_know_is_refused_by_name(plan: PlanPage, query: str, parameter: str) -> None:
    (error,) = ask(LIST + query, 422)["errors"]
    assert parameter in error["loc"]


def test_an_unknown_parameter_is_told_the_known_ones(plan: PlanPage) -> None:
    (error,) = ask(f"{LIST}?colour=red", 422)["errors"]
    assert {"chapter", "limit", "offset", "order", "status"} <= set(error["known"])
    assert "order, period, responsible" in error["msg"]


def test_an_unknown_language_is_a_bad_request(plan: PlanPage) -> None:
    assert ask(f"{LIST}?lang=xx", 400)["detail"] == "Unknown language. Known: lt, en."


@pytest.mark.parametrize(
    ("query", "accepted", "title", "language"),
    [
        ("", "en", "School", "en"),
        ("", "en-GB,lt;q=0.5", "School", "en"),
        ("", "xx, lt;q=0.4", "Mokykla", "lt"),
        ("", "xx", "Mokykla", "lt"),
        ("&lang=lt", "en", "Mokykla", "lt"),
    ],
)
def test_texts_are_in_the_language_that_was_asked_for(
    plan: PlanPage, query: str, accepted: str, title: str, language: str
) -> None:
    (found,) = ask(f"{LIST}?code=1.1.1.2{query}", language=accepted)["items"]
    assert (found["title"], found["language"]) == (title, language)


def test_a_text_that_is_not_translated_says_so(plan: PlanPage) -> None:
    (found,) = ask(f"{LIST}?code=1.1.1.1&lang=en")["items"]
    assert (found["title"], found["language"]) == ("Parkas", "lt")


def test_an_answer_tells_caches_what_it_depends_on(plan: PlanPage) -> None:
    answer = Client(headers={"Accept-Language": "en"}).get(f"/api/v3/{LIST}")
    assert answer["Content-Language"] == "en"
    assert "Accept-Language" in answer["Vary"]


def test_batches_lead_to_each_other(plan: PlanPage) -> None:
    here = "http://testserver/api/v3/plans/planas/measures/"
    batch = ask(f"{LIST}?limit=1&offset=1&order=code")
    assert batch["count"] == 3
    assert codes(batch) == ["1.1.1.2"]
    assert batch["links"] == {
        "self": f"{here}?limit=1&offset=1&order=code",
        "first": f"{here}?limit=1&order=code",
        "prev": f"{here}?limit=1&order=code",
        "next": f"{here}?limit=1&order=code&offset=2",
        "last": f"{here}?limit=1&order=code&offset=2",
    }


def test_following_the_batches_meets_every_measure_once(plan: PlanPage) -> None:
    found: list[str] = []
    path: str | None = f"{LIST}?limit=2"
    while path:
        batch = ask(path)
        found += codes(batch)
        path = batch["links"]["next"] and batch["links"]["next"].partition("/api/v3/")[2]
    assert found == ["1.1.1.1", "1.1.1.2", "2.1.1.1"]


def test_past_the_end_a_batch_is_empty_and_leads_back(plan: PlanPage) -> None:
    batch = ask(f"{LIST}?limit=2&offset=50")
    assert batch["items"] == []
    assert batch["links"]["next"] is None
    assert batch["links"]["prev"].endswith("?limit=2&offset=2")


def test_a_list_has_the_figures_of_a_period(plan: PlanPage) -> None:
    (now,) = ask(f"{LIST}?code=2.1.1.1&period=2026-Q1")["items"]
    (before,) = ask(f"{LIST}?code=2.1.1.1&period=2025-Q4")["items"]
    assert (now["status"], now["percent"], now["percent_shown"]) == ("on_track", "60", 60)
    assert (before["status"], before["percent"], before["percent_shown"]) == ("no_data", None, None)


def test_a_measure_tells_all_that_is_known_of_it(plan: PlanPage) -> None:
    found = ask(address("1.1.1.1"))
    assert found["@id"] == f"http://testserver/api/v3/{address('1.1.1.1')}"
    assert found["@type"] == "Measure"
    assert [each["code"] for each in found["parents"]] == ["1", "1.1", "1.1.1"]
    assert found["group"]["code"] == "G1"
    assert found["standing"]["entry"]["reason"] == {"text": "Lėšos", "language": "lt"}
    assert found["standing"]["entry"]["note"] == {"text": "Done 40", "language": "en"}
    assert [each["code"] for each in found["indicators"]] == ["R1"]
    assert found["links"]["page"] == "http://localhost/en/planas/measures/1.1.1.1/"
    assert ask(found["links"]["up"].partition("/api/v3/")[2])["code"] == "1.1.1"


def test_a_measure_that_has_left_the_plan_keeps_its_address(plan: PlanPage) -> None:
    where = address("1.1.1.2")
    page = Measure.objects.get(code="1.1.1.2").chapter.page
    raw: Any = page.goals.raw_data
    del raw[0]["value"]["tasks"][0]["value"]["measures"][1]
    page.save_revision().publish()
    found = ask(where)
    assert found["retired"] is not None
    assert found["links"]["page"] is None


@pytest.mark.parametrize("public_id", [uuid4()])
def test_a_measure_that_nobody_knows_is_not_found(plan: PlanPage, public_id: Any) -> None:
    assert ask(f"{LIST}{public_id}/", 404)["detail"] == "The plan has no such measure."


def test_what_is_no_public_id_is_refused(plan: PlanPage) -> None:
    (error,) = ask(f"{LIST}1.1.1.1/", 422)["errors"]
    assert "public_id" in error["loc"]
