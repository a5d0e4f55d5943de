"""The figures of a plan on a day: rules 4 and 10 of "How we calculate progress", over the standings of its measures.

`of_plan` gives a tree parallel to the plan's own. It holds what belongs to the figures at that time: what was retired
after the period's end is still in it, what was retired before is not. Knows no clock, no wording and no indicator.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from plan_pages.choices import Level, State, Verdict
from plan_pages.domain import standing
from plan_pages.domain.mean import ratio, reaches, weighted_mean
from plan_pages.domain.periods import Period
from plan_pages.domain.plan import Chapter, Goal, Measure, Plan, Task
from plan_pages.domain.standing import Standing, Standpoint

__all__ = [
    "ChapterProgress",
    "Figure",
    "GoalProgress",
    "MeasureProgress",
    "MixedWeights",
    "PlanProgress",
    "Standing",
    "TaskProgress",
    "of_chapter",
    "of_plan",
]

ON_COURSE = Decimal("0.9")
BEHIND = Decimal("0.7")
ENOUGH_COVERAGE = Decimal(50)


@dataclass(frozen=True, slots=True)
class MixedWeights:
    """A warning: of the children of `parent` (its code, "" for the plan) some have a weight and `without` have none."""

    parent: str
    children: Level
    without: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure and all that must stand beside it. `percent`, `coverage` and `time_gone`: 0-100.

    `counted`: measures with a percent; `countable`: measures not stopped; `measures`: all. `states` has every state.
    `warnings` are of this level alone; a progress has those of all levels.
    """

    percent: Decimal | None
    counted: int
    countable: int
    states: Mapping[State, int]
    measures: int
    time_gone: Decimal | None
    verdict: Verdict
    warnings: tuple[MixedWeights, ...] = ()

    @property
    def coverage(self) -> Decimal | None:
        """The share of the measures not stopped that have a percent. None where all are stopped, or there are none."""
        return ratio(self.counted, self.countable) if self.countable else None


@dataclass(frozen=True, slots=True)
class MeasureProgress:
    measure: Measure
    standing: Standing


@dataclass(frozen=True, slots=True)
class TaskProgress:
    task: Task
    figure: Figure
    measures: tuple[MeasureProgress, ...]


@dataclass(frozen=True, slots=True)
class GoalProgress:
    goal: Goal
    figure: Figure
    tasks: tuple[TaskProgress, ...]

    def measures(self) -> Iterator[MeasureProgress]:
        for task in self.tasks:
            yield from task.measures


@dataclass(frozen=True, slots=True)
class ChapterProgress:
    """`period`: where the chapter stands, None if nothing was reported by then. `day`: its last day, else the date."""

    chapter: Chapter
    figure: Figure
    period: Period | None
    goals: tuple[GoalProgress, ...]
    day: date

    def tasks(self) -> Iterator[TaskProgress]:
        for goal in self.goals:
            yield from goal.tasks

    def measures(self) -> Iterator[MeasureProgress]:
        for goal in self.goals:
            yield from goal.measures()

    def warnings(self) -> Iterator[MixedWeights]:
        """Of the chapter, its goals and tasks."""
        yield from self.figure.warnings
        for goal in self.goals:
            yield from goal.figure.warnings
            for task in goal.tasks:
                yield from task.figure.warnings


@dataclass(frozen=True, slots=True)
class PlanProgress:
    """`span`: the earliest and the latest period at which a chapter stands, None if none stands at one."""

    plan: Plan
    as_of: date
    figure: Figure
    chapters: tuple[ChapterProgress, ...]
    span: tuple[Period, Period] | None

    def goals(self) -> Iterator[GoalProgress]:
        for chapter in self.chapters:
            yield from chapter.goals

    def tasks(self) -> Iterator[TaskProgress]:
        for chapter in self.chapters:
            yield from chapter.tasks()

    def measures(self) -> Iterator[MeasureProgress]:
        for chapter in self.chapters:
            yield from chapter.measures()

    def warnings(self) -> Iterator[MixedWeights]:
        """Of all levels, from the top down."""
        yield from self.figure.warnings
        for chapter in self.chapters:
            yield from chapter.warnings()


def of_plan(plan: Plan, as_of: date) -> PlanProgress:
    """Every figure of the plan on that day."""
    chapters = _in_the_plan(tuple(of_chapter(chapter, plan, as_of) for chapter in plan.chapters), as_of)
    periods = [chapter.period for chapter in chapters if chapter.period]
    figure = roll_up(
        "",
        Level.CHAPTER,
        [(chapter.chapter.code, chapter.chapter.weight, chapter.figure) for chapter in chapters],
    )
    return PlanProgress(plan, as_of, figure, chapters, (min(periods), max(periods)) if periods else None)


def _in_the_plan(chapters: tuple[ChapterProgress, ...], as_of: date) -> tuple[ChapterProgress, ...]:
    """A chapter that has left reports no more: it stays until any chapter of the plan stands past the day it left."""
    day = max((each.day for each in chapters if each.period), default=as_of)
    return tuple(each for each in chapters if each.chapter.retired is None or each.chapter.retired > day)


def of_chapter(chapter: Chapter, plan: Plan, as_of: date) -> ChapterProgress:
    """The figures of one chapter of the plan, at its latest reported period that is over on that day."""
    at = Standpoint.of(chapter.reported, plan.frequency, as_of)
    goals = tuple(_of_goal(goal, plan, at) for goal in chapter.goals if _belongs(goal, at))
    figure = roll_up(chapter.code, Level.GOAL, [(goal.goal.code, goal.goal.weight, goal.figure) for goal in goals])
    return ChapterProgress(chapter, figure, at.period, goals, at.day)


def _of_goal(goal: Goal, plan: Plan, at: Standpoint) -> GoalProgress:
    tasks = tuple(_of_task(task, plan, at) for task in goal.tasks if _belongs(task, at))
    figure = roll_up(goal.code, Level.TASK, [(task.task.code, task.task.weight, task.figure) for task in tasks])
    return GoalProgress(goal, figure, tasks)


def _of_task(task: Task, plan: Plan, at: Standpoint) -> TaskProgress:
    measures = tuple(
        MeasureProgress(measure, standing.of_measure(measure, plan, at))
        for measure in task.measures
        if _belongs(measure, at)
    )
    figure = roll_up(
        task.code,
        Level.MEASURE,
        [(each.measure.code, each.measure.weight, _own_figure(each.standing)) for each in measures],
    )
    return TaskProgress(task, figure, measures)


def _belongs(item: Goal | Task | Measure, at: Standpoint) -> bool:
    return item.retired is None or item.retired > at.day


def roll_up(parent: str, level: Level, children: Sequence[tuple[str, Decimal | None, Figure]]) -> Figure:
    """Rule 4, of children (code, weight, figure): what has no figure is left out, the other weights share the whole."""
    without = tuple(code for code, weight, _ in children if weight is None)
    mixed = 0 < len(without) < len(children)
    weighted = [(Decimal(1) if weight is None else weight, figure) for _, weight, figure in children]
    percent = weighted_mean((weight, figure.percent) for weight, figure in weighted if figure.percent is not None)
    time_gone = weighted_mean((weight, figure.time_gone) for weight, figure in weighted if figure.time_gone is not None)
    counted = sum(figure.counted for _, figure in weighted)
    countable = sum(figure.countable for _, figure in weighted)
    states = dict.fromkeys(State, 0)
    for _, figure in weighted:
        for state, count in figure.states.items():
            states[state] += count
    return Figure(
        percent=percent,
        counted=counted,
        countable=countable,
        states=states,
        measures=sum(figure.measures for _, figure in weighted),
        time_gone=time_gone,
        verdict=verdict(percent, time_gone, counted, countable),
        warnings=(MixedWeights(parent, level, without),) if mixed else (),
    )


def verdict(percent: Decimal | None, time_gone: Decimal | None, counted: int, countable: int) -> Verdict:
    """Rule 10. Where no time is gone yet, nothing can be behind."""
    if percent is None or time_gone is None or ratio(counted, countable) < ENOUGH_COVERAGE:
        return Verdict.NONE
    if reaches(percent, ON_COURSE * time_gone):
        return Verdict.ON_COURSE
    return Verdict.BEHIND if reaches(percent, BEHIND * time_gone) else Verdict.WELL_BEHIND


def _own_figure(own: Standing) -> Figure:
    """A measure as a child of its task: a stopped one is in the status bar and in nothing else."""
    percent = None if own.stopped else own.percent
    return Figure(
        percent=percent,
        counted=int(percent is not None),
        countable=int(not own.stopped),
        states={own.state: 1},
        measures=1,
        time_gone=None if own.stopped else own.time_gone,
        verdict=Verdict.NONE,
    )
