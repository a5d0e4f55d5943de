"""Blocks that nobody opened in the editor come back as they went: one hidden input a block instead of its fields."""

import json
from typing import Any

import pytest
from django.core.exceptions import BadRequest, ValidationError

from plan_pages.blocks.goal import GoalBlock, GoalsBlock
from plan_pages.blocks.identity import with_ids
from plan_pages.blocks.level import sent
from tests.factories import goal, indicator, measure, task

STREAM = GoalsBlock()


def full_goal() -> Any:
    rows = [
        measure(
            "1.1.1",
            title={"lt": "Švietimas „ąčę“ & <b>", "en": ""},
            description={"lt": "Pirma\n\nAntra", "en": "One"},
            weight="0.00068",
            start=None,
            milestones=[{"type": "milestone", "value": {"title": {"lt": "Etapas", "en": ""}, "date": "2026-03-01"}}],
            decisions=[{"type": "decision", "value": {"title": "Nr. 1", "url": "https://example.org/1"}}],
            tags="a\nb",
            indicators=[indicator("R1", kind="result", target="12.5", baseline_year=2021)],
        )
    ]
    return goal("1", [task("1.1", rows)])


def stream() -> Any:
    return with_ids(STREAM.to_python([full_goal()]))


def posted(state: Any) -> dict[str, str]:
    """What the browser sends of a goal that stayed closed."""
    first = state[0]
    return {
        "goals-count": "1",
        "goals-0-deleted": "",
        "goals-0-order": "0",
        "goals-0-type": "goal",
        "goals-0-id": first["id"],
        "goals-0-value-folded": json.dumps(first["value"]),
    }


def test_a_closed_block_comes_back_as_it_went() -> None:
    value = stream()
    back = STREAM.value_from_datadict(posted(STREAM.get_form_state(value)), {}, "goals")
    assert STREAM.clean(back).get_prep_value() == STREAM.clean(value).get_prep_value()


def test_a_block_inside_an_opened_one_may_stay_closed() -> None:
    value = stream()
    state = STREAM.get_form_state(value)
    data = dict(sent(STREAM, state, "goals"))
    inner = "goals-0-value-tasks-0-value-measures-0-value"
    opened = {name: text for name, text in data.items() if not name.startswith(f"{inner}-")}
    closed = state[0]["value"]["tasks"][0]["value"]["measures"][0]["value"]
    back = STREAM.value_from_datadict({**opened, f"{inner}-folded": json.dumps(closed)}, {}, "goals")
    assert STREAM.clean(back).get_prep_value() == STREAM.clean(value).get_prep_value()


def test_the_fields_of_an_opened_block_win_when_it_says_nothing_of_its_state() -> None:
    data = dict(sent(STREAM, STREAM.get_form_state(stream()), "goals"))
    data["goals-0-value-code"] = "7"
    back = STREAM.value_from_datadict(data, {}, "goals")
    assert back[0].value["code"] == "7"


@pytest.mark.parametrize("state", ["", "{", "nul", "[" * 100_000])
def test_a_state_that_is_not_json_is_a_bad_request(state: str) -> None:
    with pytest.raises(BadRequest):
        GoalBlock().value_from_datadict({"goal-folded": state}, {}, "goal")


@pytest.mark.parametrize(
    "state",
    [
        "null",
        "[]",
        "3",
        '"x"',
        '{"code": {"a": 1}}',
        '{"tasks": 5}',
        '{"tasks": [1, {"type": "no"}, {"type": "task"}]}',
    ],
)
def test_a_state_of_another_shape_is_refused_by_the_blocks_own_checks(state: str) -> None:
    value = GoalBlock().value_from_datadict({"goal-folded": state}, {}, "goal")
    with pytest.raises(ValidationError):
        GoalBlock().clean(value)


def test_a_closed_block_is_checked_like_an_opened_one() -> None:
    state = STREAM.get_form_state(stream())
    state[0]["value"]["tasks"][0]["value"]["measures"][0]["value"]["end"] = "2020-01-01"
    state[0]["value"]["tasks"][0]["value"]["measures"][0]["value"]["start"] = "2021-01-01"
    back = STREAM.value_from_datadict(posted(state), {}, "goals")
    with pytest.raises(ValidationError):
        STREAM.clean(back)
