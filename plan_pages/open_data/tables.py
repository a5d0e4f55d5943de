"""The tables of open data: which columns each has, and its rows. Percents and rounded numbers as the pages show them.

The keys of columns are stable: programs read them. What a filter asks of measures it asks of every table: chapters,
goals and tasks are those that have such measures; indicators, money and progress are theirs.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from plan_pages.csv_files import Row
from plan_pages.domain import indicators, rounding
from plan_pages.domain.progress import Figure
from plan_pages.domain.standing import Standpoint
from plan_pages.open_data.columns import LABELS
from plan_pages.open_data.contents import Contents
from plan_pages.pages import indicators as indicator_pages
from plan_pages.pages import measure_list, measures
from plan_pages.pages.indicators import IndicatorPlace

FIGURES = ("weight", "measures", "percent", "coverage", "time_gone", "verdict")


@dataclass(frozen=True, slots=True)
class Table:
    key: str
    title: Promise
    columns: tuple[str, ...]
    rows: Callable[[Contents], Iterator[Row]]

    def name(self, language: str) -> str:
        with translation.override(language):
            return str(self.title)

    def heads(self, language: str) -> list[str]:
        """The names of the columns for people."""
        with translation.override(language):
            return [str(LABELS[key]) for key in self.columns]


def _chapters(data: Contents) -> Iterator[Row]:
    for each in data.now.chapters:
        chapter = each.chapter
        group = data.plan.group(chapter.group)
        yield (
            chapter.code,
            chapter.title.best(data.language),
            chapter.summary.best(data.language),
            group.name.best(data.language) if group else "",
            *_figures(chapter.weight, each.figure),
            each.period,
            chapter.address.best(data.language),
            chapter.id,
        )


def _goals(data: Contents) -> Iterator[Row]:
    for chapter in data.now.chapters:
        for each in chapter.goals:
            goal = each.goal
            texts = goal.title.best(data.language), goal.description.best(data.language)
            yield goal.code, *texts, chapter.chapter.code, *_figures(goal.weight, each.figure), goal.id


def _tasks(data: Contents) -> Iterator[Row]:
    for chapter in data.now.chapters:
        for goal in chapter.goals:
            for each in goal.tasks:
                task = each.task
                texts = task.title.best(data.language), task.description.best(data.language)
                places = chapter.chapter.code, goal.goal.code
                yield task.code, *texts, *places, *_figures(task.weight, each.figure), task.id


def _measures(data: Contents) -> Iterator[Row]:
    rows = measure_list.rows(data.plan, data.found, data.language)
    for each, row in zip(data.found, rows, strict=True):
        measure = each.measure
        yield *row, measure.description.best(data.language), "; ".join(measure.tags), measure.weight, measure.id


def _indicators(data: Contents) -> Iterator[Row]:
    for place in _indicator_places(data):
        each = place.indicator
        at = place.standpoint(data.plan, data.now.as_of)
        reading = indicators.of_indicator(each, data.plan, at.day, place.chapter.reported)
        yield (
            each.code,
            each.name.best(data.language),
            each.unit.best(data.language),
            each.kind,
            each.direction,
            each.aggregate,
            each.baseline,
            each.baseline_year,
            each.target,
            each.target_year,
            reading.last.period if reading.last else None,
            _rounded(reading.worth),
            _percent(reading.achievement),
            _rounded(reading.expected),
            reading.trend if reading.last else None,
            place.chapter.code,
            place.goal.code,
            place.task.code if place.task else "",
            place.measure.code if place.measure else "",
            each.source.best(data.language),
            each.method.best(data.language),
            each.next_update,
            f"{data.plan.address.best(data.language)}id/{each.id}/",
            each.id,
        )


def _values(data: Contents) -> Iterator[Row]:
    for place in _indicator_places(data):
        yield from indicator_pages.rows(data.plan, place, data.now.as_of, data.language)


def _budget(data: Contents) -> Iterator[Row]:
    names = data.plan.fund_names
    for each in data.now.measures():
        for line in each.measure.budget:
            name = names[line.fund].best(data.language) if line.fund in names else ""
            amounts = line.planned, line.spent
            yield each.measure.code, line.year, line.fund, name, *amounts, data.plan.currency, each.measure.id


def _progress(data: Contents) -> Iterator[Row]:
    for chapter in data.now.chapters:
        at = Standpoint.of(chapter.chapter.reported, data.plan.frequency, data.now.as_of)
        for each in chapter.measures():
            measure = each.measure
            for entry, _before in reversed(measures.history(measure, at.of_measure(measure))):
                days = entry.period.start, entry.period.last_day
                texts = (text.best(data.language) for text in (entry.note, entry.next, entry.reason))
                yield measure.code, entry.period, *days, entry.status, entry.percent, *texts, measure.id


def _indicator_places(data: Contents) -> Iterator[IndicatorPlace]:
    """In the order of the plan, each after what it belongs to."""
    for chapter in data.now.chapters:
        for goal in chapter.goals:
            above = chapter.chapter, goal.goal
            yield from (IndicatorPlace(*above, None, None, each) for each in goal.goal.indicators)
            for task in goal.tasks:
                yield from (IndicatorPlace(*above, task.task, None, each) for each in task.task.indicators)
                for measure in task.measures:
                    of_measure = measure.measure
                    yield from (IndicatorPlace(*above, task.task, of_measure, each) for each in of_measure.indicators)


def _figures(weight: Decimal | None, figure: Figure) -> tuple[Any, ...]:
    """The cells of `FIGURES`."""
    shown = _percent(figure.percent), _percent(figure.coverage), _percent(figure.time_gone)
    return weight, figure.measures, *shown, figure.verdict


def _percent(value: Decimal | None) -> int | None:
    return None if value is None else rounding.percent_shown(value)


def _rounded(value: Decimal | None) -> Decimal | None:
    return None if value is None else rounding.number_shown(value)


TABLES = (
    Table(
        "chapters",
        _("Chapters of the plan"),
        ("code", "title", "summary", "group", *FIGURES, "period", "address", "id"),
        _chapters,
    ),
    Table("goals", _("Goals"), ("code", "title", "description", "chapter", *FIGURES, "id"), _goals),
    Table(
        "tasks",
        pgettext_lazy("of the plan", "Tasks"),
        ("code", "title", "description", "chapter", "goal", *FIGURES, "id"),
        _tasks,
    ),
    Table("measures", _("Measures"), (*measure_list.COLUMNS, "description", "tags", "weight", "id"), _measures),
    Table(
        "indicators",
        _("Indicators"),
        (
            "code", "name", "unit", "kind", "direction", "aggregate", "baseline", "baseline_year", "target",
            "target_year", "period", "actual", "achievement", "expected", "trend", "chapter", "goal", "task", "measure",
            "source", "method", "next_update", "address", "id",
        ),
        _indicators,
    ),
    Table("values", _("Values of indicators"), indicator_pages.COLUMNS, _values),
    Table(
        "budget",
        _("Money by year and fund"),
        ("measure", "year", "fund", "fund_name", "planned", "spent", "currency", "measure_id"),
        _budget,
    ),
    Table(
        "progress",
        _("Progress by period"),
        ("measure", "period", "first_day", "last_day", "status", "percent", "note", "next", "reason", "measure_id"),
        _progress,
    ),
)  # fmt: skip
BY_KEY = {each.key: each for each in TABLES}
