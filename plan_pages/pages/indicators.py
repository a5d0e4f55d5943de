"""An indicator on an address of its own: where in the plan it stands, what its page shows, its values as a file.

Knows no request.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from plan_pages import csv_files
from plan_pages.choices import Frequency
from plan_pages.csv_files import Row
from plan_pages.domain import indicators, progress
from plan_pages.domain.indicators import Reading
from plan_pages.domain.plan import Chapter, Goal, Group, Indicator, Measure, Plan, Task
from plan_pages.domain.progress import ChapterProgress
from plan_pages.domain.rounding import number_shown
from plan_pages.domain.standing import Standpoint
from plan_pages.pages.measures import indicator_shown

COLUMNS = (
    "code", "name", "unit", "period", "first_day", "last_day", "interim_target", "expected", "actual", "unavailable",
    "note", "address",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class IndicatorPlace:
    """An indicator and all that it belongs to: a goal, or a task of it, or a measure of that."""

    chapter: Chapter
    goal: Goal
    task: Task | None
    measure: Measure | None
    indicator: Indicator

    @property
    def retired(self) -> date | None:
        """The day on which what it belongs to left the plan."""
        above = [each for each in (self.measure, self.task, self.goal, self.chapter) if each is not None]
        return next((each.retired for each in above if each.retired), None)

    def standpoint(self, plan: Plan, today: date) -> Standpoint:
        at = Standpoint.of(self.chapter.reported, plan.frequency, today)
        return at.of_measure(self.measure) if self.measure else at


def places(plan: Plan) -> Iterator[IndicatorPlace]:
    for chapter in plan.chapters:
        for goal in chapter.goals:
            yield from (IndicatorPlace(chapter, goal, None, None, each) for each in goal.indicators)
            for task in goal.tasks:
                yield from (IndicatorPlace(chapter, goal, task, None, each) for each in task.indicators)
                for measure in task.measures:
                    yield from (IndicatorPlace(chapter, goal, task, measure, each) for each in measure.indicators)


def find(plan: Plan, wanted: Callable[[IndicatorPlace], bool]) -> IndicatorPlace | None:
    return next((place for place in places(plan) if wanted(place)), None)


def shown(plan: Plan, place: IndicatorPlace, today: date, language: str) -> dict[str, Any]:
    """What the page of an indicator shows on a day."""
    at, indicator = place.standpoint(plan, today), place.indicator
    return {
        "plan": plan,
        "place": place,
        "chapter": place.chapter,
        "at": at,
        "expected_today": indicators.on_path(indicator, plan, today),
        "frequency": frequency(plan, indicator),
        "group": group_of(plan, place.chapter),
        **indicator_shown(indicator, plan, place.chapter, at, language),
    }


def frequency(plan: Plan, indicator: Indicator) -> Frequency:
    """How often it is measured: as its last value, else as the plan is reported."""
    return max(indicator.values, key=lambda each: each.period).period.frequency if indicator.values else plan.frequency


def group_of(plan: Plan, chapter: Chapter) -> Group | None:
    return plan.group(chapter.group) if chapter.group else None


def listed(plan: Plan, today: date) -> list[tuple[ChapterProgress, list[tuple[Indicator, Reading]]]]:
    """The indicators of the plan by chapter, each with what is said of it; chapters without any are left out."""
    found = []
    for chapter in progress.of_plan(plan, today).chapters:
        readings = [
            (each, indicators.of_indicator(each, plan, chapter.day, chapter.chapter.reported))
            for each in chapter.chapter.indicators()
        ]
        found += [(chapter, readings)] if readings else []
    return found


def chosen(plan: Plan, codes: Iterable[str], today: date) -> list[dict[str, Any]]:
    """The indicators of these codes in this order, as cards show them; a code that the plan has not is left out."""
    by_code = {place.indicator.code: place for place in places(plan) if place.retired is None}
    found = [by_code[code] for code in codes if code in by_code]
    return [
        {
            "indicator": place.indicator,
            "chapter": place.chapter,
            "reading": indicators.of_indicator(
                place.indicator, plan, place.standpoint(plan, today).day, place.chapter.reported
            ),
        }
        for place in found
    ]


def table(plan: Plan, place: IndicatorPlace, today: date, language: str) -> Iterator[str]:
    """The values as CSV."""
    return csv_files.for_programs(COLUMNS, rows(plan, place, today, language))


def rows(plan: Plan, place: IndicatorPlace, today: date, language: str) -> Iterator[Row]:
    """A period a row, with the cells of `COLUMNS`: what was measured and what was to be expected."""
    indicator = place.indicator
    address = f"{plan.address.best(language)}id/{indicator.id}/"
    reading = indicators.of_indicator(indicator, plan, place.standpoint(plan, today).day, place.chapter.reported)
    for value in reading.series:
        expected = indicators.on_path(indicator, plan, value.period.last_day)
        yield (
            indicator.code,
            indicator.name.best(language),
            indicator.unit.best(language),
            value.period,
            value.period.start,
            value.period.last_day,
            value.target,
            None if expected is None else number_shown(expected),
            value.actual,
            value.unavailable,
            value.note.best(language),
            address,
        )
