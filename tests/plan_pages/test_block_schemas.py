"""JSON Schema of structured blocks: what the API answers is valid by it, and what it does not admit is not stored."""

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from wagtail.models import APIToken

from plan_pages.exchange.store import store
from plan_pages.pages.chapter import ChapterPage
from tests.factories import chapter_page, goal, home_page, indicator, measure, plan_page, task
from tests.plans import large_plan

pytestmark = pytest.mark.django_db
SCHEMA = "/api/v3/schema/blocks/plan_pages.ChapterPage.goals/"


@pytest.fixture(scope="module")
def page(django_db_setup: None, django_db_blocker: Any) -> Iterator[ChapterPage]:
    milestone = {"type": "milestone", "value": {"title": {"lt": "Etapas"}, "date": "2026-05-01"}}
    decision = {"type": "decision", "value": {"title": "T-1", "url": "https://example.org/t-1"}}
    with django_db_blocker.unblock(), transaction.atomic():
        rows = [measure("1.1.1", indicators=[indicator("R1")], milestones=[milestone], decisions=[decision])]
        yield chapter_page(plan_page(), [goal("1", [task("1.1", rows)])])
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def headers(page: ChapterPage, django_db_blocker: Any) -> dict[str, str]:
    with django_db_blocker.unblock():
        user = get_user_model().objects.create_superuser("programa", "programa@example.org", "x")
        _token, key = APIToken.create_token(user=user, name="test")
    return {"Authorization": f"Bearer {key}"}


def validator(query: str = "") -> Draft202012Validator:
    schema = Client().get(SCHEMA + query).json()
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def goals_of(page: ChapterPage) -> list[Any]:
    found: list[Any] = Client().get(f"/api/v3/pages/{page.pk}/").json()["goals"]
    return found


def send(page: ChapterPage, headers: dict[str, str], goals: Any, **meta: Any) -> Any:
    body = {"meta": meta, "goals": goals}
    address = f"/api/v3/pages/{page.pk}/"
    return Client().patch(address, json.dumps(body), content_type="application/json", headers=headers)


def the_measure(goals: Any) -> dict[str, Any]:
    found: dict[str, Any] = goals[0]["value"]["tasks"][0]["value"]["measures"][0]["value"]
    return found


def the_indicator(goals: Any) -> dict[str, Any]:
    found: dict[str, Any] = the_measure(goals)["indicators"][0]["value"]
    return found


def test_the_list_leads_to_the_schema_of_every_field_of_blocks() -> None:
    listed = Client().get("/api/v3/schema/blocks/").json()["fields"]
    assert [each["name"] for each in listed] == ["plan_pages.ChapterPage.goals"]
    schema = Client().get(listed[0]["schema_url"]).json()
    assert schema["$id"] == listed[0]["schema_url"]
    assert set(schema["$defs"]) == {"goal", "task", "measure", "milestone", "decision", "indicator"}


def test_a_field_that_is_not_there_has_no_schema() -> None:
    assert Client().get("/api/v3/schema/blocks/plan_pages.ChapterPage.title/").status_code == 404


@pytest.mark.parametrize(("query", "accepted", "title"), [
    ("", "", "Priemonė"), ("", "en-GB,en;q=0.9", "Measure"), ("", "de, en;q=0", "Priemonė"),
    ("?lang=en", "lt", "Measure"), ("?lang=xx", "en", "Measure"),
])  # fmt: skip
def test_titles_are_in_the_language_asked_for(query: str, accepted: str, title: str) -> None:
    answer = Client().get(SCHEMA + query, headers={"Accept-Language": accepted})
    assert answer.json()["$defs"]["measure"]["title"] == title
    assert answer.headers["Content-Language"] == ("lt" if title == "Priemonė" else "en")
    assert "Accept-Language" in answer.headers["Vary"]


def test_what_the_api_answers_is_valid(page: ChapterPage) -> None:
    assert goals_of(page)
    assert list(validator().iter_errors(goals_of(page))) == []


def test_a_large_plan_is_valid() -> None:
    plan = store(large_plan(100), "planas", home_page()).page
    goals = goals_of(ChapterPage.objects.child_of(plan).get())
    assert len(json.dumps(goals)) > 50_000
    assert list(validator().iter_errors(goals)) == []


def change(name: str, value: Any, of: Callable[[Any], Any] = the_measure) -> Callable[[Any], None]:
    return lambda goals: of(goals).__setitem__(name, value)


REFUSED: dict[str, Callable[[Any], Any]] = {
    "a code that is not there": lambda goals: the_measure(goals).pop("code"),
    "an empty code": change("code", ""),
    "a code that is too long": change("code", "1" * 41),
    "a title without the site's first language": change("title", {"en": "Title"}),
    "a title that is a text": change("title", "Pavadinimas"),
    "a title in an unknown language": change("title", {"lt": "Pavadinimas", "xx": "?"}),
    "a title that is too long": change("title", {"lt": "a" * 1501}),
    "a day that is none": change("end", "2026-13-45"),
    "a day in words": change("end", "rugsėjis"),
    "a weight that is a number": change("weight", 0.1),
    "a weight in words": change("weight", "daug"),
    "a negative weight": change("weight", "-1"),
    "a weight that is not a number": change("weight", "NaN"),
    "an unknown field": change("colour", "red"),
    "a list that is none": change("indicators", {}),
    "a list without a value": change("milestones", None),
    "a decision without an address": change("decisions", [{"type": "decision", "value": {"title": "T-1"}}]),
    "a milestone among the decisions": change("decisions", [{"type": "milestone", "value": {}}]),
    "an unknown kind of block": change("indicators", [{"type": "rodiklis", "value": {}}]),
    "a block without a type": change("indicators", [{"value": {}}]),
    "a block that is a text": change("indicators", ["R1"]),
    "a block without a value": change("indicators", [{"type": "indicator"}]),
    "a block with an unknown part": lambda goals: goals[0].__setitem__("order", 1),
    "a block's id that is none": lambda goals: goals[0].__setitem__("id", "1"),
    "an unknown choice": change("kind", "wish", the_indicator),
    "a choice that has to be made": change("kind", None, the_indicator),
    "a year as a text": change("target_year", "2030", the_indicator),
    "a year that is too far": change("target_year", 3000, the_indicator),
    "a tolerance below nothing": change("tolerance", "-0.5", the_indicator),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_the_schema_does_not_admit_is_not_published(page: ChapterPage, headers: dict[str, str], case: str) -> None:
    goals = goals_of(page)
    REFUSED[case](goals)
    assert not validator().is_valid(goals)
    answer = send(page, headers, goals, action="publish")
    assert answer.status_code == 422, answer.content
    assert all(each["loc"] and each["msg"] for each in answer.json()["errors"])


@pytest.mark.parametrize("case", ["an empty code", "a title without the site's first language"])
def test_a_draft_may_lack_what_has_to_be_filled_in(page: ChapterPage, headers: dict[str, str], case: str) -> None:
    goals = goals_of(page)
    REFUSED[case](goals)
    assert validator("?draft=true").is_valid(goals)
    assert send(page, headers, goals).status_code == 200


ADMITTED: dict[str, Callable[[Any], Any]] = {
    "a small weight": change("weight", "0.00068"),
    "a weight with an exponent": change("weight", "1E-12"),
    "no weight": change("weight", None),
    "a new indicator without an id": lambda goals: the_measure(goals)["indicators"].append(indicator("R2")),
    "no indicators": change("indicators", []),
    "no direction": change("direction", "", the_indicator),
    "a direction that is null": change("direction", None, the_indicator),
    "a text with a line's end": change("partners", "A\nB"),
    "no text": change("partners", None),
    "a left out field": lambda goals: the_measure(goals).pop("partners"),
}


@pytest.mark.parametrize("case", ADMITTED)
def test_what_the_schema_admits_is_published(page: ChapterPage, headers: dict[str, str], case: str) -> None:
    goals = goals_of(page)
    ADMITTED[case](goals)
    assert validator().is_valid(goals), list(validator().iter_errors(goals))
    answer = send(page, headers, goals, action="publish")
    assert answer.status_code == 200, answer.content
    assert validator().is_valid(answer.json()["goals"])


TEXTS = st.text(alphabet=st.characters(codec="utf-8"), max_size=60)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXTS | st.just("\ud800"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["type", "value", "id", "lt"]), inner),
    max_leaves=5,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(["code", "title", "weight", "end", "partners", "decisions", "indicators", "tags"]),
       value=ANYTHING, publish=st.booleans())  # fmt: skip
def test_whatever_is_sent_is_stored_or_refused_and_never_fails(
    page: ChapterPage, headers: dict[str, str], name: str, value: Any, publish: bool
) -> None:
    goals = deepcopy(goals_of(page))
    the_measure(goals)[name] = value
    with transaction.atomic():
        answer = send(page, headers, goals, **({"action": "publish"} if publish else {}))
        transaction.set_rollback(True)
    assert answer.status_code in (200, 422), answer.content
    if publish and answer.status_code == 200:
        assert validator().is_valid(goals)
