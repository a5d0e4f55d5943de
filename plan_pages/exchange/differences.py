"""What differs between two states of a plan, code by code: what an import makes, changes and takes out. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from plan_pages.choices import Level
from plan_pages.domain.plan import Plan, natural_key


@dataclass(frozen=True, slots=True)
class Differences:
    """Codes by level, in natural order. `values`: how many entries, values and budget lines are new or changed."""

    new: Mapping[Level, tuple[str, ...]]
    changed: Mapping[Level, tuple[str, ...]]
    gone: Mapping[Level, tuple[str, ...]]
    values: int

    def __bool__(self) -> bool:
        return bool(self.values) or any(
            codes for found in (self.new, self.changed, self.gone) for codes in found.values()
        )


# What is compared on its own, or is no part of the plan's own text.
_APART = {
    "id", "address", "goals", "tasks", "measures", "indicators", "entries", "values", "budget", "reported", "retired",
    "original_end", "deadline_changes",
}  # fmt: skip
_MONITORING = ("entries", "values", "budget")


def between(before: Plan | None, after: Plan) -> Differences:
    """From one state to the next. `before` is None for a new plan."""
    old = _by_level(before) if before else {level: {} for level in Level}
    new = _by_level(after)
    values = 0
    for level, items in new.items():
        for code, item in items.items():
            for name in _MONITORING:
                known = set(getattr(old[level].get(code), name, ()))
                values += sum(each not in known for each in getattr(item, name, ()))
    return Differences(
        new={level: _codes(new[level].keys() - old[level].keys()) for level in Level},
        changed={
            level: _codes(
                code for code, item in new[level].items() if code in old[level] and _own(item) != _own(old[level][code])
            )
            for level in Level
        },
        gone={level: _codes(old[level].keys() - new[level].keys()) for level in Level},
        values=values,
    )


def _codes(codes: Any) -> tuple[str, ...]:
    return tuple(sorted(codes, key=natural_key))


def _own(item: Any) -> tuple[Any, ...]:
    return tuple(getattr(item, field.name) for field in fields(item) if field.name not in _APART)


def _by_level(plan: Plan) -> dict[Level, dict[str, Any]]:
    found: dict[Level, dict[str, Any]] = {level: {} for level in Level}
    for level, item in _items(plan):
        found[level][item.code] = item
    return found


def _items(plan: Plan) -> Iterator[tuple[Level, Any]]:
    for chapter in plan.chapters:
        yield Level.CHAPTER, chapter
        for goal in chapter.goals:
            yield Level.GOAL, goal
            for task in goal.tasks:
                yield Level.TASK, task
                yield from ((Level.MEASURE, measure) for measure in task.measures)
        yield from ((Level.INDICATOR, indicator) for indicator in chapter.indicators())
