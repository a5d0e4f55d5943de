"""A walk over a chapter's stream: every goal, task, measure and indicator with its place, typed, in the plan's order."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from wagtail.blocks import StreamValue, StructValue

from plan_pages.choices import Level


@dataclass(frozen=True, slots=True)
class Node:
    """A block of a level. `place`: the way to it from the top, child names and numbers in turn, for errors at the field.
    `parent`: the node above, None for a goal. `position`: its number among all nodes of its level, from 0."""

    level: Level
    block_id: UUID
    value: StructValue
    place: tuple[str | int, ...]
    position: int
    parent: "Node | None" = None


def walk(goals: StreamValue) -> Iterator[Node]:
    """Each node after its parent, so that a parent's row exists before those of its children."""
    numbers = dict.fromkeys(Level, 0)

    def node(level: Level, child: Any, place: tuple[str | int, ...], parent: Node | None) -> Node:
        numbers[level] += 1
        return Node(level, UUID(child.id), child.value, place, numbers[level] - 1, parent)

    def indicators(of: Node) -> Iterator[Node]:
        for number, child in enumerate(of.value["indicators"]):
            yield node(Level.INDICATOR, child, (*of.place, "indicators", number), of)

    for goal_number, goal_child in enumerate(goals):
        goal = node(Level.GOAL, goal_child, (goal_number,), None)
        yield goal
        yield from indicators(goal)
        for task_number, task_child in enumerate(goal.value["tasks"]):
            task = node(Level.TASK, task_child, (*goal.place, "tasks", task_number), goal)
            yield task
            yield from indicators(task)
            for measure_number, measure_child in enumerate(task.value["measures"]):
                measure = node(Level.MEASURE, measure_child, (*task.place, "measures", measure_number), task)
                yield measure
                yield from indicators(measure)
