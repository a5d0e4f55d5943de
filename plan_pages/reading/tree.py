"""The register's rows as goals with tasks, measures and indicators: levels in one query, indicators in another."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from plan_pages.choices import Aggregate, Direction, IndicatorKind, Level
from plan_pages.domain import plan as domain
from plan_pages.domain.periods import Period
from plan_pages.domain.plan import Text
from plan_pages.languages import ordered
from plan_pages.reading import rows
from plan_pages.reading.facts import Lists, stored_day, stored_id, stored_moment
from plan_pages.reading.reported import Reported, number

Key = tuple[str, int]

TEXTS = ("title", "unit", "method", "source")
_KINDS = {each.value: each for each in IndicatorKind}
_DIRECTIONS = {each.value: each for each in Direction}
_AGGREGATES = {each.value: each for each in Aggregate}


class Tree:
    """The goals of some chapters, by the chapter's key. What has left the plan is there too, and marked."""

    def __init__(self, chapters: Collection[int], languages: Sequence[str], reported: Reported) -> None:
        self.ids = chapters
        self.languages = languages
        self.reported = reported
        self.lists = Lists()

    def goals(self) -> dict[int, list[domain.Goal]]:
        levels = self._levels()
        indicators = self._indicators()
        measures: dict[int, list[domain.Measure]] = defaultdict(list)
        for above, row, own in levels[Level.MEASURE.value]:
            measures[above].append(self._measure(row, own, indicators))
        tasks: dict[int, list[domain.Task]] = defaultdict(list)
        for above, row, _own in levels[Level.TASK.value]:
            common = self._common(row, indicators, "task")
            tasks[above].append(domain.Task(**common, measures=tuple(measures.get(row[0], ()))))
        goals: dict[int, list[domain.Goal]] = defaultdict(list)
        for above, row, _own in levels[Level.GOAL.value]:
            goals[above].append(
                domain.Goal(**self._common(row, indicators, "goal"), tasks=tuple(tasks.get(row[0], ())))
            )
        return goals

    def _levels(self) -> dict[str, list[Any]]:
        """Rows of each level in their order: what each belongs to, what all levels have, what only measures have."""
        found: dict[str, list[Any]] = defaultdict(list)
        shared = len(rows.SHARED)
        for level, above, *columns in rows.levels(self.ids):
            found[level].append((above, columns[:shared], columns[shared:]))
        for each in found.values():
            each.sort(key=lambda row: (row[1][1], row[1][0]))
        return found

    def _text(self, texts: Mapping[str, str]) -> Text:
        return Text.of(ordered(texts, self.languages))

    def _indicators(self) -> dict[Key, list[domain.Indicator]]:
        found = defaultdict(list)
        words = self.reported.words
        for row in rows.indicators(self.ids, self.reported.numbers):
            if row.measure_id is not None:
                of = "measure", row.measure_id
            else:
                of = ("task", row.task_id) if row.task_id is not None else ("goal", row.goal_id)
            elsewhere = self.reported.reported_before(row.measure_id)
            values = self.reported.values(row.id, row.measure_id, row.chapter_id)
            texts = {name: words[getattr(row, name)] for name in TEXTS}
            found[of].append(indicator_of(row, texts, values, elsewhere))
        return found

    def _measure(
        self, row: Sequence[Any], own: Sequence[Any], indicators: Mapping[Key, list[domain.Indicator]]
    ) -> domain.Measure:
        responsible, start, end, original_end, partners, milestones, links, tags = own
        key, reported, lists = row[0], self.reported, self.lists
        return domain.Measure(
            **self._common(row, indicators, "measure"),
            responsible=responsible,
            partners=tuple(lists[partners]),
            start=stored_day(start),
            end=stored_day(end),
            original_end=stored_day(original_end),
            deadline_changes=reported.deadlines(key),
            milestones=tuple(
                domain.Milestone(self._text(each["title"]), stored_day(each["date"])) for each in lists[milestones]
            ),
            links=tuple(domain.Link(each["title"], each["url"]) for each in lists[links]),
            tags=tuple(lists[tags]),
            entries=reported.entries(key),
            reported=reported.reported_before(key),
            evidence=reported.evidence(key),
            budget=reported.budget(key),
        )

    def _common(
        self, row: Sequence[Any], indicators: Mapping[Key, list[domain.Indicator]], level: str
    ) -> dict[str, Any]:
        key, _position, public_id, code, title, description, weight, retired_at = row
        words = self.reported.words
        return {
            "code": code,
            "title": words[title],
            "description": words[description],
            "weight": self.reported.numbers[weight],
            "indicators": tuple(indicators.get((level, key), ())),
            "retired": day(stored_moment(retired_at)) if retired_at else None,
            "id": stored_id(public_id),
        }


def indicator_of(
    row: Any, texts: Mapping[str, Text], values: Iterable[domain.Value], reported: tuple[Period, ...] = ()
) -> domain.Indicator:
    """An indicator of that row with these `texts` (TEXTS) and values. `reported`: what another chapter has reported of
    it."""
    return domain.Indicator(
        code=row.code,
        name=texts["title"],
        kind=_KINDS[row.kind],
        unit=texts["unit"],
        direction=_DIRECTIONS[row.direction] if row.direction else None,
        aggregate=_AGGREGATES[row.aggregate],
        baseline=number(row.baseline),
        baseline_year=row.baseline_year,
        target=number(row.target),
        target_year=row.target_year,
        tolerance=number(row.tolerance),
        threshold=number(row.threshold),
        method=texts["method"],
        source=texts["source"],
        next_update=row.next_update,
        values=tuple(values),
        id=str(row.public_id),
        reported=reported,
    )


def day(moment: Any) -> date | None:
    return timezone.localdate(moment) if moment else None
