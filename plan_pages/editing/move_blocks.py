"""Taking a measure out of a chapter's raw blocks and putting it into another task. Pure: raw values in, raw values out."""

import copy
import re
from collections.abc import Collection, Iterator
from typing import Any
from uuid import uuid4

from plan_pages.domain.plan import natural_key

Raw = dict[str, Any]


def tasks(goals: list[Raw]) -> Iterator[Raw]:
    for goal in goals:
        yield from goal["value"]["tasks"]


def find_task(goals: list[Raw], task_id: str) -> Raw | None:
    return next((task for task in tasks(goals) if task["id"] == task_id), None)


def find_measure(goals: list[Raw], measure_id: str) -> Raw | None:
    return next((each for task in tasks(goals) for each in task["value"]["measures"] if each["id"] == measure_id), None)


def task_of(goals: list[Raw], measure_id: str) -> Raw | None:
    return next(
        (task for task in tasks(goals) if any(each["id"] == measure_id for each in task["value"]["measures"])), None
    )


def taken_out(goals: list[Raw], measure_id: str) -> tuple[list[Raw], Raw]:
    """The goals without the measure, and the measure. Raises LookupError."""
    goals = copy.deepcopy(goals)
    task, measure = task_of(goals, measure_id), find_measure(goals, measure_id)
    if task is None or measure is None:
        raise LookupError(measure_id)
    task["value"]["measures"].remove(measure)
    return goals, measure


def put_in(goals: list[Raw], task_id: str, measure: Raw, code: str) -> list[Raw]:
    """The goals with the measure at the end of the task, under that code. Raises LookupError."""
    goals = copy.deepcopy(goals)
    task = find_task(goals, task_id)
    if task is None:
        raise LookupError(task_id)
    task["value"]["measures"].append({**measure, "value": {**measure["value"], "code": code}})
    return goals


def renewed(measure: Raw, taken: Collection[str]) -> tuple[Raw, dict[str, str]]:
    """The measure with another id in place of each that is taken (a copied chapter has the ids of the first one), its own
    and its indicators'; and which id became which."""
    became: dict[str, str] = {}

    def fresh(block: Raw) -> Raw:
        if block["id"] not in taken:
            return block
        became[block["id"]] = str(uuid4())
        return {**block, "id": became[block["id"]]}

    value = {**measure["value"], "indicators": [fresh(each) for each in measure["value"]["indicators"]]}
    return fresh({**measure, "value": value}), became


def next_code(task: Raw, taken: Collection[str]) -> str:
    """The code after the last one of the task, in its manner of numbering."""
    codes = sorted((each["value"]["code"] for each in task["value"]["measures"]), key=natural_key)
    last = codes[-1] if codes else f"{task['value']['code']}.0"
    head, number = re.fullmatch(r"(.*?)(\d*)", last, re.DOTALL).groups()  # type: ignore[union-attr]
    following = int(number or 0) + 1 if number else 1
    head = head if number else f"{head}."
    while f"{head}{following}" in taken or f"{head}{following}" in codes:
        following += 1
    return f"{head}{following}"
