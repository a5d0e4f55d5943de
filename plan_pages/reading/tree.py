"""The register's rows as goals with tasks, measures and indicators: levels in one query, indicators in another."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Cast
from django.utils import timezone

from plan_pages.choices import Aggregate, Direction, IndicatorKind, Level
from plan_pages.domain import plan as domain
from plan_pages.domain.periods import Period
from plan_pages.domain.plan import Text
from plan_pages.languages import ordered
from plan_pages.reading.reported import Reported, number
from plan_pages.register import Goal, Indicator, Measure, Task

Key = tuple[str, int]

SHARED = ("pk", "position", "public_id", "code", "title", "description", "weight", "retired_at")
MEASURES = ("responsible", "partners", "start", "end", "original_end", "milestones", "links", "tags")
_NO_DAY = Cast(Value(None, output_field=models.DateField()), models.DateField())


class Tree:
    """The goals of some chapters, by the chapter's key. What has left the plan is there too, and marked."""

    def __init__(self, chapters: Collection[int], languages: Sequence[str], reported: Reported) -> None:
        self.ids = chapters
        self.languages = languages
        self.reported = reported

    def goals(self) -> dict[int, list[domain.Goal]]:
        rows = self._levels()
        indicators = self._indicators()
        measures: dict[int, list[domain.Measure]] = defaultdict(list)
        for above, row, own in rows[Level.MEASURE.value]:
            measures[above].append(self._measure(row, own, indicators))
        tasks: dict[int, list[domain.Task]] = defaultdict(list)
        for above, row, _own in rows[Level.TASK.value]:
            common = self._common(row, indicators, "task")
            tasks[above].append(domain.Task(**common, measures=tuple(measures.get(row[0], ()))))
        goals: dict[int, list[domain.Goal]] = defaultdict(list)
        for above, row, _own in rows[Level.GOAL.value]:
            goals[above].append(
                domain.Goal(**self._common(row, indicators, "goal"), tasks=tuple(tasks.get(row[0], ())))
            )
        return goals

    def _levels(self) -> dict[str, list[Any]]:
        """Rows of each level in their order: what each belongs to, what all levels have, what only measures have."""
        found: dict[str, list[Any]] = defaultdict(list)
        if not self.ids:
            return found
        # What a level lacks is filled with something of the same type, which nobody reads.
        same = {"responsible": "code", "partners": "title", "milestones": "title", "links": "title", "tags": "title"}
        filled = {f"no_{name}": F(same[name]) if name in same else _NO_DAY for name in MEASURES}
        queries = [
            self._rows(Measure, Level.MEASURE, "task", {}, MEASURES),
            self._rows(Task, Level.TASK, "goal", filled, tuple(filled)),
            self._rows(Goal, Level.GOAL, "chapter", filled, tuple(filled)),
        ]
        shared = len(SHARED)
        for level, above, *columns in queries[0].union(*queries[1:], all=True):
            found[level].append((above, columns[:shared], columns[shared:]))
        for rows in found.values():
            rows.sort(key=lambda each: (each[1][1], each[1][0]))
        return found

    def _rows(self, model: Any, level: Level, above: str, filled: Mapping[str, Any], own: tuple[str, ...]) -> Any:
        rows = model.objects.filter(chapter__in=self.ids).order_by()
        rows = rows.annotate(of_level=Value(level.value), above=F(above), **filled)
        return rows.values_list("of_level", "above", *SHARED, *own)

    def _text(self, texts: Mapping[str, str]) -> Text:
        return Text.of(ordered(texts, self.languages))

    def _indicators(self) -> dict[Key, list[domain.Indicator]]:
        found = defaultdict(list)
        # Those in the plan, and those that left it together with what they belong to.
        left_with = Q()
        for owner in ("goal", "task", "measure"):
            left_with |= Q(retired_at=F(f"{owner}__retired_at"))
        rows = Indicator.objects.filter(Q(retired_at__isnull=True) | left_with, chapter__in=self.ids)
        rows = rows.order_by("position", "pk")
        for row in rows.iterator(chunk_size=2000):
            of = next(
                (name, key)
                for name, key in (("goal", row.goal_id), ("task", row.task_id), ("measure", row.measure_id))
                if key
            )
            elsewhere = self.reported.reported_before(row.measure_id)
            values = self.reported.values(row.pk, row.measure_id, row.chapter_id)
            found[of].append(indicator_of(row, values, self.languages, elsewhere))
        return found

    def _measure(
        self, row: Sequence[Any], own: Sequence[Any], indicators: Mapping[Key, list[domain.Indicator]]
    ) -> domain.Measure:
        responsible, partners, start, end, original_end, milestones, links, tags = own
        key, reported = row[0], self.reported
        return domain.Measure(
            **self._common(row, indicators, "measure"),
            responsible=responsible,
            partners=tuple(partners),
            start=start,
            end=end,
            original_end=original_end,
            deadline_changes=reported.deadlines(key),
            milestones=tuple(
                domain.Milestone(self._text(each["title"]), date.fromisoformat(each["date"]) if each["date"] else None)
                for each in milestones
            ),
            links=tuple(domain.Link(each["title"], each["url"]) for each in links),
            tags=tuple(tags),
            entries=reported.entries(key),
            reported=reported.reported_before(key),
            evidence=reported.evidence(key),
            budget=reported.budget(key),
        )

    def _common(
        self, row: Sequence[Any], indicators: Mapping[Key, list[domain.Indicator]], level: str
    ) -> dict[str, Any]:
        key, _position, public_id, code, title, description, weight, retired_at = row
        return {
            "code": code,
            "title": self._text(title),
            "description": self._text(description),
            "weight": number(weight),
            "indicators": tuple(indicators.get((level, key), ())),
            "retired": day(retired_at),
            "id": str(public_id),
        }


def indicator_of(
    row: Indicator, values: Iterable[domain.Value], languages: Sequence[str], reported: tuple[Period, ...] = ()
) -> domain.Indicator:
    """An indicator with these values of it. `reported`: what another chapter has reported of it."""

    def text(texts: Mapping[str, str]) -> Text:
        return Text.of(ordered(texts, languages))

    return domain.Indicator(
        code=row.code,
        name=text(row.title),
        kind=IndicatorKind(row.kind),
        unit=text(row.unit),
        direction=Direction(row.direction) if row.direction else None,
        aggregate=Aggregate(row.aggregate),
        baseline=number(row.baseline),
        baseline_year=row.baseline_year,
        target=number(row.target),
        target_year=row.target_year,
        tolerance=number(row.tolerance),
        threshold=number(row.threshold),
        method=text(row.method),
        source=text(row.source),
        next_update=row.next_update,
        values=tuple(values),
        id=str(row.public_id),
        reported=reported,
    )


def day(moment: Any) -> date | None:
    return timezone.localdate(moment) if moment else None
