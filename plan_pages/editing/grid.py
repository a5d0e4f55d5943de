"""The grid of a return: its sheet in the order of the plan, and beside every row what helps to fill it: last quarter's words
and figures, what is expected by now, what is missing. Shows, stores nothing.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q

from plan_pages.comments import RowComment
from plan_pages.domain import indicators as rules
from plan_pages.domain import plan as domain
from plan_pages.domain.plan import Text
from plan_pages.editing.known import KnownIndicator, KnownMeasure, known_measures
from plan_pages.editing.rows import MeasureRow, MoneyRow, ValueRow
from plan_pages.editing.sheet import ReturnSheet
from plan_pages.evidence import Evidence
from plan_pages.monitoring import ChapterReturn
from plan_pages.register import Goal, Indicator, Measure, Task


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """`expected`: on the path of the progress rules at the period's end. `is_missing`: a value is due and not there."""

    row: ValueRow
    known: KnownIndicator
    expected: Decimal | None
    is_missing: bool
    is_new: bool
    comments: list[RowComment]

    @property
    def indicator(self) -> Indicator:
        return self.row.indicator


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """`before`: what was reported of it last. `is_missing`: it is to be reported and is not. `is_new`: something of it was
    changed since the return was sent back."""

    row: MeasureRow
    before: KnownMeasure | None
    indicators: list[IndicatorLine]
    money: list[MoneyRow]
    comments: list[RowComment]
    evidence: list[Evidence]
    is_missing: bool
    is_new: bool
    year: int

    @property
    def measure(self) -> Measure:
        return self.row.measure

    @property
    def open_comments(self) -> int:
        return sum(not each.is_settled for each in self.comments)

    @property
    def money_now(self) -> list[MoneyRow]:
        """Of the period's year; that of earlier ones is folded away."""
        return [row for row in self.money if row.stored and row.stored.year >= self.year]

    @property
    def money_before(self) -> list[MoneyRow]:
        return [row for row in self.money if row.stored and row.stored.year < self.year]

    @property
    def money_before_opens(self) -> bool:
        return any(row.is_bound and row.errors for row in self.money_before)


@dataclass(frozen=True, slots=True)
class TaskPart:
    task: Task
    indicators: list[IndicatorLine]
    measures: list[MeasureLine]


@dataclass(frozen=True, slots=True)
class GoalPart:
    goal: Goal
    indicators: list[IndicatorLine]
    tasks: list[TaskPart] = field(default_factory=list)


class Grid:
    """`returned_at`: when the return was last sent back, if it was."""

    def __init__(self, chapter_return: ChapterReturn, sheet: ReturnSheet, returned_at: datetime | None = None) -> None:
        self.chapter_return = chapter_return
        self.sheet = sheet
        self.returned_at = returned_at
        self.period = chapter_return.period.value
        plan = chapter_return.chapter.plan
        self._plan = domain.Plan(Text(), plan.start_year, plan.end_year)
        self._before = known_measures(chapter_return)
        self._comments: dict[tuple[str, int], list[RowComment]] = defaultdict(list)
        self._evidence: dict[int, list[Evidence]] = defaultdict(list)
        self._read_talk()
        self.goals = self._goals()

    @property
    def measures(self) -> Iterator[MeasureLine]:
        for goal in self.goals:
            for task in goal.tasks:
                yield from task.measures

    @property
    def indicators(self) -> Iterator[IndicatorLine]:
        for goal in self.goals:
            yield from goal.indicators
            for task in goal.tasks:
                yield from task.indicators
                for line in task.measures:
                    yield from line.indicators

    @property
    def wanted(self) -> int:
        """How many measures are to be reported: those that have begun, and did not end in an earlier period."""
        return sum(line.row.entry is not None or line.is_missing for line in self.measures)

    @property
    def reported(self) -> int:
        return sum(line.row.entry is not None for line in self.measures)

    @property
    def missing(self) -> list[MeasureLine]:
        return [line for line in self.measures if line.is_missing]

    @property
    def asked_about(self) -> list[MeasureLine]:
        """What is missing is asked about once before the return is handed in; not where there is nothing to hand in."""
        return self.missing if self.reported else []

    @property
    def missing_values(self) -> list[IndicatorLine]:
        return [line for line in self.indicators if line.is_missing]

    @property
    def open_comments(self) -> int:
        return sum(not each.is_settled for some in self._comments.values() for each in some)

    @property
    def new_lines(self) -> list[MoneyRow]:
        return [row for row in self.sheet.money_shown if row.is_extra]

    def _read_talk(self) -> None:
        comments = self.chapter_return.comments.select_related("author", "settled_by")
        for each in comments:
            place = ("measure", each.measure_id) if each.measure_id else ("indicator", each.indicator_id)
            self._comments[place].append(each)
        for proof in self.chapter_return.evidence.select_related("document", "added_by"):
            self._evidence[proof.measure_id].append(proof)

    def _goals(self) -> list[GoalPart]:
        chapter = self.chapter_return.chapter_id
        by_owner: dict[tuple[str, int], list[IndicatorLine]] = defaultdict(list)
        for row in self.sheet.indicators:
            each = row.indicator
            owner = next(
                (name, key)
                for name, key in (("goal", each.goal_id), ("task", each.task_id), ("measure", each.measure_id))
                if key
            )
            by_owner[owner].append(self._indicator(row))
        money: dict[int, list[MoneyRow]] = defaultdict(list)
        for line in self.sheet.money:
            if not line.is_extra:
                money[line.measure.pk].append(line)  # type: ignore[union-attr]
        by_task: dict[int, list[MeasureLine]] = defaultdict(list)
        for row in self.sheet.measures:
            key = row.measure.pk
            by_task[row.measure.task_id].append(self._measure(row, by_owner["measure", key], money[key]))
        tasks: dict[int, list[TaskPart]] = defaultdict(list)
        # What has moved to another chapter since, is reported here still: under its task of now.
        named = {key for kind, key in by_owner if kind == "task"} | set(by_task)
        found = Task.objects.filter(Q(chapter=chapter) | Q(pk__in=named)).order_by("position", "pk")
        for task in found:
            part = TaskPart(task, by_owner["task", task.pk], by_task[task.pk])
            if part.indicators or part.measures:
                tasks[task.goal_id].append(part)
        goals = [
            GoalPart(goal, by_owner["goal", goal.pk], tasks[goal.pk])
            for goal in Goal.objects.filter(Q(chapter=chapter) | Q(pk__in=_goals_of(by_owner, tasks))).order_by(
                "position", "pk"
            )
        ]
        return [goal for goal in goals if goal.indicators or goal.tasks]

    def _indicator(self, row: ValueRow) -> IndicatorLine:
        known = self.sheet.known[row.indicator.pk]
        return IndicatorLine(
            row,
            known,
            rules.on_path(known.indicator, self._plan, self.period.last_day),
            row.is_empty and self._is_due(row.indicator),
            self._is_new(row),
            self._comments["indicator", row.indicator.pk],
        )

    def _is_due(self, indicator: Indicator) -> bool:
        """Its figure is published by the day on which the return is due."""
        day: date = self.chapter_return.period.due or self.period.end
        return indicator.next_update is None or indicator.next_update <= day

    def _measure(self, row: MeasureRow, indicators: list[IndicatorLine], money: list[MoneyRow]) -> MeasureLine:
        measure = row.measure
        before = self._before.get(measure.pk)
        begun = measure.start is None or measure.start <= self.period.last_day
        return MeasureLine(
            row,
            before,
            indicators,
            money,
            self._comments["measure", measure.pk],
            self._evidence[measure.pk],
            row.entry is None and begun and not (before and before.is_carried),
            any(self._is_new(each) for each in (row, *(line.row for line in indicators), *money)),
            self.period.year,
        )

    def _is_new(self, row: Any) -> bool:
        written = row.stored_row.changed_at if row.stored_row else None
        return self.returned_at is not None and written is not None and written > self.returned_at


def _goals_of(by_owner: dict[tuple[str, int], list[IndicatorLine]], tasks: dict[int, list[TaskPart]]) -> set[int]:
    return {key for kind, key in by_owner if kind == "goal"} | set(tasks)
