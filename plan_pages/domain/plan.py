"""The plan as frozen values: what every page, report, export and API answer reads. Knows neither database nor clock.

Texts carry every language; whoever shows one names the language. Amounts are decimals; money is in the plan's currency.
Children stand in the order of the plan. Identity (`id`) is the public id of the register row, stable over edits, moves
and renumbering; a plan read from a workbook has none yet ("").
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from urllib.parse import quote

from plan_pages.choices import (
    Aggregate,
    Direction,
    Frequency,
    GroupKind,
    IndicatorKind,
    PlanStage,
    Status,
)
from plan_pages.domain.periods import Period

# In a class with a field named `date` that name is the field's default when the annotation is evaluated.
Day = date


@dataclass(frozen=True, slots=True)
class Text:
    """One text in every language in which it was given: pairs of (language code, text), default language first."""

    pairs: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, texts: Mapping[str, str]) -> "Text":
        """From a mapping of language to text; empty texts are left out, the mapping's order is kept."""
        return cls(tuple((language, text) for language, text in texts.items() if text))

    def __bool__(self) -> bool:
        return bool(self.pairs)

    def has(self, language: str) -> bool:
        return any(code == language for code, _ in self.pairs)

    def get(self, language: str) -> str:
        """The text in that language, "" where it was not given in it."""
        return next((text for code, text in self.pairs if code == language), "")

    def best(self, language: str) -> str:
        """The text in that language, else in the first language given, else ""."""
        return self.get(language) or (self.pairs[0][1] if self.pairs else "")

    def language(self, language: str) -> str:
        """The language of what `best` returns: a text in another language must be marked so for screen readers."""
        return language if self.has(language) or not self.pairs else self.pairs[0][0]

    def as_dict(self) -> dict[str, str]:
        return dict(self.pairs)


@dataclass(frozen=True, slots=True)
class Milestone:
    title: Text
    date: Day | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a decision of the council or another document of record."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What proves a report: a link, or a file with its kind ("pdf") and size in bytes. `url` of a file is of this site."""

    period: Period
    title: str
    url: str
    kind: str = ""
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """What a group reported of a measure for a period. `percent`: 0-100; `note`: done; `next`: what follows."""

    period: Period
    status: Status
    percent: Decimal | None = None
    note: Text = Text()
    next: Text = Text()
    reason: Text = Text()


@dataclass(frozen=True, slots=True)
class Value:
    """An indicator's interim target and actual for a period. `unavailable`: there is no actual and `note` says why."""

    period: Period
    target: Decimal | None = None
    actual: Decimal | None = None
    unavailable: bool = False
    note: Text = Text()


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """Money of a measure for a year from a fund (SB, VB, ES, KT), in the plan's currency."""

    year: int
    fund: str
    planned: Decimal | None = None
    spent: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """In the indicator's own unit: `tolerance`, and `threshold`, the smallest change that counts as a trend. `reported`:
    as of its measure."""

    code: str
    name: Text
    kind: IndicatorKind
    unit: Text = Text()
    direction: Direction | None = None
    aggregate: Aggregate = Aggregate.LAST
    baseline: Decimal | None = None
    baseline_year: int | None = None
    target: Decimal | None = None
    target_year: int | None = None
    tolerance: Decimal | None = None
    threshold: Decimal | None = None
    method: Text = Text()
    source: Text = Text()
    next_update: date | None = None
    values: tuple[Value, ...] = ()
    id: str = ""
    reported: tuple[Period, ...] = ()


@dataclass(frozen=True, slots=True)
class DeadlineChange:
    """The end of a measure was moved: the day on which that was published, the end before and the end after."""

    changed: date
    was: date | None
    became: date | None


@dataclass(frozen=True, slots=True)
class Measure:
    """`end`: the last day, included. `original_end`: the first published end. `retired`: the day it left the plan.
    `reported`: periods that were reported and approved with another chapter, in which it stood before."""

    code: str
    title: Text
    description: Text = Text()
    responsible: str = ""
    partners: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None
    original_end: date | None = None
    deadline_changes: tuple[DeadlineChange, ...] = ()
    weight: Decimal | None = None
    milestones: tuple[Milestone, ...] = ()
    links: tuple[Link, ...] = ()
    tags: tuple[str, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    entries: tuple[Entry, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    budget: tuple[BudgetLine, ...] = ()
    retired: date | None = None
    id: str = ""
    reported: tuple[Period, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    code: str
    title: Text
    description: Text = Text()
    weight: Decimal | None = None
    indicators: tuple[Indicator, ...] = ()
    measures: tuple[Measure, ...] = ()
    retired: date | None = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class Goal:
    code: str
    title: Text
    description: Text = Text()
    weight: Decimal | None = None
    indicators: tuple[Indicator, ...] = ()
    tasks: tuple[Task, ...] = ()
    retired: date | None = None
    id: str = ""

    def measures(self) -> Iterator[Measure]:
        for task in self.tasks:
            yield from task.measures


@dataclass(frozen=True, slots=True)
class Group:
    """A working group of the plan, as the workbook carries it."""

    code: str
    name: Text
    remit: Text = Text()
    kind: GroupKind = GroupKind.WORKING
    address: Text = Text()


@dataclass(frozen=True, slots=True)
class Chapter:
    """`reported`: periods whose return was approved, in order. `address`: of its page, absolute, one a language."""

    code: str
    title: Text
    summary: Text = Text()
    group: str = ""
    weight: Decimal | None = None
    goals: tuple[Goal, ...] = ()
    reported: tuple[Period, ...] = ()
    retired: date | None = None
    address: Text = Text()
    id: str = ""

    def measures(self) -> Iterator[Measure]:
        for goal in self.goals:
            yield from goal.measures()

    def indicators(self) -> Iterator[Indicator]:
        """All indicators, each after the goal, task or measure that it belongs to."""
        for goal in self.goals:
            yield from goal.indicators
            for task in goal.tasks:
                yield from task.indicators
                for measure in task.measures:
                    yield from measure.indicators


@dataclass(frozen=True, slots=True)
class Approval:
    """By whom, when and under which number the plan was approved."""

    body: Text = Text()
    date: Day | None = None
    number: str = ""


@dataclass(frozen=True, slots=True)
class Amendment:
    date: Day | None
    number: str
    title: Text


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole plan for one audience. `languages`: default first. `data_date`: the day of the last change in its data.

    `demonstration`: the data is made up for show, and every page and report must say so. `fund_names`: by the code of a
    fund; a plan read from a workbook has none.
    """

    title: Text
    start_year: int
    end_year: int
    vision: Text = Text()
    frequency: Frequency = Frequency.QUARTER
    currency: str = "EUR"
    stage: PlanStage = PlanStage.APPROVED
    approval: Approval = Approval()
    amendments: tuple[Amendment, ...] = ()
    owner: Text = Text()
    demonstration: bool = False
    languages: tuple[str, ...] = ("lt", "en")
    level_names: Mapping[str, Text] = field(default_factory=dict)
    fund_names: Mapping[str, Text] = field(default_factory=dict)
    groups: tuple[Group, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    data_date: date | None = None
    slug: str = ""
    address: Text = Text()
    id: str = ""

    @property
    def start(self) -> date:
        return date(self.start_year, 1, 1)

    @property
    def last_day(self) -> date:
        return date(self.end_year, 12, 31)

    def measures(self) -> Iterator[Measure]:
        for chapter in self.chapters:
            yield from chapter.measures()

    def indicators(self) -> Iterator[Indicator]:
        for chapter in self.chapters:
            yield from chapter.indicators()

    def current(self) -> "Plan":
        """The plan as it stands: without the chapters, goals, tasks and measures that have left it."""
        return replace(self, chapters=tuple(_current(each) for each in self.chapters if each.retired is None))

    def measure_address(self, measure: Measure, language: str) -> str:
        """The absolute address of a measure's page on the site, "" where the plan has no site."""
        address = self.address.best(language)
        return f"{address}measures/{quote(measure.code)}/" if address else ""

    def group(self, code: str) -> Group | None:
        return next((group for group in self.groups if group.code == code), None)


def _current(chapter: Chapter) -> Chapter:
    def of_task(task: Task) -> Task:
        return replace(task, measures=tuple(each for each in task.measures if each.retired is None))

    def of_goal(goal: Goal) -> Goal:
        return replace(goal, tasks=tuple(of_task(each) for each in goal.tasks if each.retired is None))

    return replace(chapter, goals=tuple(of_goal(each) for each in chapter.goals if each.retired is None))


_RUNS = re.compile(r"[0-9]+|[^0-9.\-/ ]+")


@lru_cache(maxsize=16_384)
def natural_key(code: str) -> tuple[tuple[int, int, str], ...]:
    """Sort key for codes: runs of digits by their value, so that 1.2 stands before 1.10; letters after numbers."""
    return tuple((0, int(run), "") if run.isdecimal() else (1, 0, run) for run in _RUNS.findall(code))
