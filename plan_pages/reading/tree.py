"""The register's rows as goals with tasks, measures and indicators, each table in one query, from the bottom up."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import F, Q
from django.utils import timezone

from plan_pages.choices import Aggregate, Direction, IndicatorKind
from plan_pages.domain import plan as domain
from plan_pages.domain.periods import Period
from plan_pages.domain.plan import Text
from plan_pages.languages import ordered
from plan_pages.reading.reported import Reported, number
from plan_pages.register import Goal, Indicator, Measure, Task

Key = tuple[str, int]


class Tree:
    """The goals of some chapters, by the chapter's key. What has left the plan is there too, and marked."""

    def __init__(self, chapters: Sequence[int], languages: Sequence[str], reported: Reported) -> None:
        self.ids = chapters
        self.languages = languages
        self.reported = reported

    def goals(self) -> dict[int, list[domain.Goal]]:
        indicators = self._indicators(self.reported.values())
        reported = self.reported
        measures = self._measures(
            indicators, reported.entries(), reported.evidence(), reported.budget(), reported.deadlines()
        )
        return self._goals(indicators, self._tasks(indicators, measures))

    def _text(self, texts: Mapping[str, str]) -> Text:
        return Text.of(ordered(texts, self.languages))

    def _indicators(self, values: Mapping[int, list[domain.Value]]) -> dict[Key, list[domain.Indicator]]:
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
            found[of].append(indicator_of(row, values.get(row.pk, ()), self.languages, elsewhere))
        return found

    def _measures(
        self,
        indicators: Mapping[Key, list[domain.Indicator]],
        entries: Mapping[int, list[domain.Entry]],
        evidence: Mapping[int, list[domain.Evidence]],
        budget: Mapping[int, list[domain.BudgetLine]],
        deadlines: Mapping[int, list[domain.DeadlineChange]],
    ) -> dict[int, list[domain.Measure]]:
        found = defaultdict(list)
        for row in self._rows(Measure):
            found[row.task_id].append(
                domain.Measure(
                    **self._common(row, indicators, "measure"),
                    responsible=row.responsible,
                    partners=tuple(row.partners),
                    start=row.start,
                    end=row.end,
                    original_end=row.original_end,
                    deadline_changes=tuple(deadlines.get(row.pk, ())),
                    milestones=tuple(
                        domain.Milestone(
                            self._text(each["title"]), date.fromisoformat(each["date"]) if each["date"] else None
                        )
                        for each in row.milestones
                    ),
                    links=tuple(domain.Link(each["title"], each["url"]) for each in row.links),
                    tags=tuple(row.tags),
                    entries=tuple(entries.get(row.pk, ())),
                    reported=self.reported.reported_before(row.pk),
                    evidence=tuple(evidence.get(row.pk, ())),
                    budget=tuple(budget.get(row.pk, ())),
                )
            )
        return found

    def _tasks(
        self, indicators: Mapping[Key, list[domain.Indicator]], measures: Mapping[int, list[domain.Measure]]
    ) -> dict[int, list[domain.Task]]:
        found = defaultdict(list)
        for row in self._rows(Task):
            task = domain.Task(**self._common(row, indicators, "task"), measures=tuple(measures.get(row.pk, ())))
            found[row.goal_id].append(task)
        return found

    def _goals(
        self, indicators: Mapping[Key, list[domain.Indicator]], tasks: Mapping[int, list[domain.Task]]
    ) -> dict[int, list[domain.Goal]]:
        found = defaultdict(list)
        for row in self._rows(Goal):
            goal = domain.Goal(**self._common(row, indicators, "goal"), tasks=tuple(tasks.get(row.pk, ())))
            found[row.chapter_id].append(goal)
        return found

    def _rows(self, model: Any) -> Iterable[Any]:
        return model.objects.filter(chapter__in=self.ids).order_by("position", "pk").iterator(chunk_size=2000)

    def _common(self, row: Any, indicators: Mapping[Key, list[domain.Indicator]], level: str) -> dict[str, Any]:
        return {
            "code": row.code,
            "title": self._text(row.title),
            "description": self._text(row.description),
            "weight": number(row.weight),
            "indicators": tuple(indicators.get((level, row.pk), ())),
            "retired": day(row.retired_at),
            "id": str(row.public_id),
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
