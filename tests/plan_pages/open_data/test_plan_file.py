"""The whole plan as JSON: of the shape that is documented, with the figures that the pages show."""

import json
from typing import Any

import jsonschema
import pytest
from django.test import Client

from plan_pages.pages.plan import PlanPage
from tests.plan_pages.open_data.town import FILES, TITLE, a_plan, body, rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> PlanPage:
    return a_plan()


def read(query: str = "") -> Any:
    return json.loads(body(f"{FILES}.json{query}"))


def measures(read: Any) -> dict[str, Any]:
    return {
        measure["code"]: measure
        for chapter in read["chapters"]
        for goal in chapter["goals"]
        for task in goal["tasks"]
        for measure in task["measures"]
    }


def test_the_plan_has_the_shape_that_is_documented(plan: PlanPage) -> None:
    found = read()
    path = found["$schema"].removeprefix("http://testserver")
    assert Client().get(path)["Content-Type"] == "application/schema+json"
    shape = jsonschema.Draft202012Validator(json.loads(body(path)), format_checker=jsonschema.FormatChecker())
    assert [each.message for each in shape.iter_errors(found)] == []
    found["chapters"][0]["goals"][0]["figures"]["percent"] = "40 %"
    del found["currency"]
    assert len(list(shape.iter_errors(found))) == 2


def test_figures_are_values_and_texts_are_in_every_language(plan: PlanPage) -> None:
    found = read()
    park = measures(found)["1.1.1.1"]
    assert park["title"] == {"lt": TITLE, "en": "A park"}
    assert (park["status"], park["percent"], park["end"]) == ("delayed", 40, "2099-12-31")
    assert park["budget"] == [{"year": 2026, "fund": "SB", "planned": "1240500.5", "spent": "0.05"}]
    assert park["milestones"][0]["date"] == "2098-05-01"
    assert park["indicators"][0]["actual"] == "-1234.5"
    assert park["progress"][0]["reason"] == {"lt": "Lėšos\nbaigėsi"}


def test_the_figures_are_those_of_the_tables(plan: PlanPage) -> None:
    found = {each["code"]: str(each["figures"]["percent"]) for each in read()["chapters"]}
    assert found == {each["code"]: each["percent"] for each in rows(f"{FILES}/chapters.csv")}


def test_a_part_of_the_plan_has_its_measures_only(plan: PlanPage) -> None:
    assert list(measures(read("?chapter=2"))) == ["2.1.1.1"]
    assert list(measures(read("?late=1"))) == []


def test_the_plan_is_sent_piece_by_piece(plan: PlanPage) -> None:
    answer = Client().get(f"{FILES}.json")
    assert answer.streaming
    pieces = list(answer.streaming_content)
    assert len(pieces) > 10
    assert max(map(len, pieces)) < sum(map(len, pieces)) / 2
