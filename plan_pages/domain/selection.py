"""Which measures of a plan a reader asks for: by state, chapter, responsible body, year of the deadline, what was moved,
and in which order. Pure: figures of a plan go in, measures with their place in it come out.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from plan_pages.choices import MeasureOrder, State
from plan_pages.domain.plan import Chapter, Goal, Measure, Task, natural_key
from plan_pages.domain.progress import PlanProgress
from plan_pages.domain.standing import Standing


@dataclass(frozen=True, slots=True)
class Listed:
    """A measure with its standing, and all that it belongs to."""

    chapter: Chapter
    goal: Goal
    task: Task
    measure: Measure
    standing: Standing


@dataclass(frozen=True, slots=True)
class Selection:
    """What is asked for; what is empty is not asked. `late`: those that should be over and are not. `moved`: those whose
    deadline is not the one that was published first. `chapter`, `goal`, `task`, `indicator`, `code`: by their codes.
    `descending`: the order the other way round."""

    states: frozenset[State] = frozenset()
    chapter: str = ""
    goal: str = ""
    task: str = ""
    indicator: str = ""
    code: str = ""
    responsible: str = ""
    year: int | None = None
    late: bool = False
    moved: bool = False
    order: MeasureOrder = MeasureOrder.CODE
    descending: bool = False

    @property
    def is_everything(self) -> bool:
        return self == Selection(order=self.order, descending=self.descending)


@dataclass(frozen=True, slots=True)
class Facets:
    """What may be asked for in a plan, each with the number of its measures; in the order in which it is offered."""

    states: tuple[tuple[State, int], ...]
    chapters: tuple[tuple[Chapter, int], ...]
    responsible: tuple[tuple[str, int], ...]
    years: tuple[tuple[int, int], ...]


def listed(progress: PlanProgress) -> Iterator[Listed]:
    """All measures that belong to the figures, in the order of the plan."""
    for chapter in progress.chapters:
        for goal in chapter.goals:
            for task in goal.tasks:
                for each in task.measures:
                    yield Listed(chapter.chapter, goal.goal, task.task, each.measure, each.standing)


def facets(progress: PlanProgress) -> Facets:
    found = list(listed(progress))
    states = Counter(each.standing.state for each in found)
    chapters = Counter(each.chapter.code for each in found)
    responsible = Counter(each.measure.responsible for each in found if each.measure.responsible)
    years = Counter(each.measure.end.year for each in found if each.measure.end)
    return Facets(
        tuple((state, states[state]) for state in State if states[state]),
        tuple((each.chapter, chapters[each.chapter.code]) for each in progress.chapters),
        tuple(sorted(responsible.items(), key=lambda pair: pair[0].casefold())),
        tuple(sorted(years.items())),
    )


def select(progress: PlanProgress, wanted: Selection) -> tuple[Listed, ...]:
    return narrowed(sorted(listed(progress), key=_code), wanted)


def narrowed(measures: Sequence[Listed], wanted: Selection) -> tuple[Listed, ...]:
    """Those of the measures, sorted by their codes, that are wanted, in the order that is wanted."""
    found = list(measures) if wanted.is_everything else [each for each in measures if _fits(each, wanted)]
    if wanted.order is MeasureOrder.CODE and not wanted.descending:
        return tuple(found)
    key = ORDERS[wanted.order]
    known = [each for each in found if key(each) is not None]
    # Without a deadline, a figure, a body responsible: last, either way.
    return (*sorted(known, key=key, reverse=wanted.descending), *(each for each in found if key(each) is None))


def _code(each: Listed) -> tuple[tuple[int, int, str], ...]:
    return natural_key(each.measure.code)


ORDERS: Mapping[MeasureOrder, Callable[[Listed], Any]] = {
    MeasureOrder.CODE: _code,
    MeasureOrder.DEADLINE: lambda each: each.measure.end,
    MeasureOrder.PROGRESS: lambda each: each.standing.percent,
    MeasureOrder.RESPONSIBLE: lambda each: each.measure.responsible.casefold() or None,
}
"""What each order goes by; None where it is not known."""

ORDER_NAMES = tuple(f"{sign}{order.value}" for sign in ("", "-") for order in MeasureOrder)
"""As addresses name the orders: with a minus the other way round."""


def order_named(name: str) -> tuple[MeasureOrder, bool]:
    """The order, and whether it is descending. Raises ValueError for what is none of `ORDER_NAMES`."""
    return MeasureOrder(name.removeprefix("-")), name.startswith("-")


def name_of_order(wanted: Selection) -> str:
    return f"{'-' if wanted.descending else ''}{wanted.order.value}"


def is_moved(measure: Measure) -> bool:
    """Whether the deadline is another than the one that was published first."""
    return measure.original_end is not None and measure.end != measure.original_end


def _fits(each: Listed, wanted: Selection) -> bool:
    measure = each.measure
    return (
        (not wanted.states or each.standing.state in wanted.states)
        and (not wanted.chapter or each.chapter.code == wanted.chapter)
        and (not wanted.goal or each.goal.code == wanted.goal)
        and (not wanted.task or each.task.code == wanted.task)
        and (not wanted.indicator or any(of.code == wanted.indicator for of in measure.indicators))
        and (not wanted.code or measure.code == wanted.code)
        and (not wanted.responsible or measure.responsible == wanted.responsible)
        and (wanted.year is None or (measure.end is not None and measure.end.year == wanted.year))
        and (not wanted.late or each.standing.late)
        and (not wanted.moved or is_moved(measure))
    )
