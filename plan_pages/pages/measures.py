"""A measure on an address of its own: where in the plan it stands, and what its page shows. Knows no request."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from plan_pages import charts
from plan_pages.domain import indicators, money, standing
from plan_pages.domain.plan import Chapter, Entry, Goal, Indicator, Measure, Plan, Task
from plan_pages.domain.standing import Standpoint


@dataclass(frozen=True, slots=True)
class Place:
    """A measure and all that it belongs to."""

    chapter: Chapter
    goal: Goal
    task: Task
    measure: Measure


def places(plan: Plan) -> Iterator[Place]:
    for chapter in plan.chapters:
        for goal in chapter.goals:
            for task in goal.tasks:
                for measure in task.measures:
                    yield Place(chapter, goal, task, measure)


def find(plan: Plan, wanted: Callable[[Measure], bool]) -> Place | None:
    return next((place for place in places(plan) if wanted(place.measure)), None)


def shown(plan: Plan, place: Place, today: date, language: str) -> dict[str, Any]:
    """What the page of a measure shows on a day."""
    measure, chapter = place.measure, place.chapter
    at = Standpoint.of(chapter.reported, plan.frequency, today).of_measure(measure)
    return {
        "plan": plan,
        "chapter": chapter,
        "goal": place.goal,
        "task": place.task,
        "measure": measure,
        "at": at,
        "standing": standing.of_measure(measure, plan, at),
        "indicators": [indicator_shown(indicator, plan, chapter, at, language) for indicator in measure.indicators],
        "history": history(measure, at),
        "ahead": [each for each in measure.milestones if each.date is None or each.date > at.day],
        "neighbours": neighbours(plan, measure),
        "group": plan.group(chapter.group) if chapter.group else None,
        "evidence": [each for each in reversed(measure.evidence) if each.period in at.reported],
        "money": money.of_measures((measure,)),
        "money_so_far": money.of_measures((measure,), today),
    }


def history(measure: Measure, at: Standpoint) -> list[tuple[Entry, Entry | None]]:
    """What was reported of the measure, the latest first, each with what was reported before it."""
    entries = sorted(
        (entry for entry in measure.entries if entry.period in at.reported), key=lambda entry: at.reported[entry.period]
    )
    return [(entry, entries[rank - 1] if rank else None) for rank, entry in enumerate(entries)][::-1]


def neighbours(plan: Plan, measure: Measure) -> tuple[Measure | None, Measure | None]:
    """The measures before and after it in the plan as it stands; neither of one that has left the plan."""
    current = list(plan.current().measures())
    here = next((number for number, each in enumerate(current) if each.id == measure.id), None)
    if here is None:
        return None, None
    return (current[here - 1] if here else None), (current[here + 1] if here + 1 < len(current) else None)


def indicator_shown(
    indicator: Indicator, plan: Plan, chapter: Chapter, at: Standpoint, language: str
) -> dict[str, Any]:
    """An indicator with what is said of it and its chart."""
    reading = indicators.of_indicator(indicator, plan, at.day, chapter.reported)
    return {
        "indicator": indicator,
        "reading": reading,
        "chart": charts.line_chart(indicator, reading, plan, at.reported, language),
    }
