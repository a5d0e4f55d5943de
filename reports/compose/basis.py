"""What a report is made from: a plan, a period, a language, the figures at the period's end and those to compare with.

Everything is computed by the domain, once; composers only choose and word. Knows no wording and no report.
"""

from dataclasses import dataclass, field

from plan_pages.domain import changes, indicators, progress
from plan_pages.domain.changes import Changes
from plan_pages.domain.indicators import Reading
from plan_pages.domain.periods import Period
from plan_pages.domain.plan import Indicator, Plan
from plan_pages.domain.progress import ChapterProgress, PlanProgress

HISTORY = 5
"""Periods in the small line of a headline figure: the report's own and up to four before it."""


@dataclass(frozen=True)
class Basis:
    """`before` and `changes` are None where there is nothing to compare with: nothing was reported by then.

    `room`: titles are cut to so many characters, and longer texts to twice as many; 0 leaves everything whole.
    `is_of_chapter`: the plan holds one chapter alone, which the report is about.
    """

    plan: Plan
    period: Period
    language: str
    now: PlanProgress
    before: PlanProgress | None
    before_period: Period
    changes: Changes | None
    room: int = 0
    is_of_chapter: bool = False
    _readings: dict[int, Reading] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(
        cls,
        plan: Plan,
        period: Period,
        language: str,
        previous: Plan | None,
        room: int = 0,
        is_of_chapter: bool = False,
    ) -> "Basis":
        """Compared with the end of the period before: of an older snapshot where one is given, else of this plan."""
        now = progress.of_plan(plan, period.last_day)
        before_period = period.previous()
        then = progress.of_plan(previous or plan, before_period.last_day)
        before = then if then.span else None
        compared = changes.between(before, now) if before else None
        return cls(plan, period, language, now, before, before_period, compared, room, is_of_chapter)

    def reading(self, indicator: Indicator, chapter: ChapterProgress) -> Reading:
        """The indicator at the period at which its chapter stands."""
        found = self._readings.get(id(indicator))
        if found is None:
            found = indicators.of_indicator(indicator, self.plan, chapter.day, chapter.chapter.reported)
            self._readings[id(indicator)] = found
        return found

    def history(self) -> tuple[tuple[Period, PlanProgress], ...]:
        """The figures of this and the periods before it, from the plan's first; the earliest first."""
        found = [(self.period, self.now)]
        period = self.before_period
        while len(found) < HISTORY and period.end > self.plan.start:
            is_before = period == self.before_period
            then = self.before if is_before else None
            found.append((period, then or progress.of_plan(self.plan, period.last_day)))
            period = period.previous()
        return tuple(reversed(found))

    @property
    def is_uneven(self) -> bool:
        """Whether the chapters stand at different periods, or some at none."""
        return len({chapter.period for chapter in self.now.chapters}) > 1

    def unreported(self) -> tuple[ChapterProgress, ...]:
        """The chapters that have not reported for this period."""
        return tuple(
            chapter
            for chapter in self.now.chapters
            if chapter.chapter.retired is None
            and (chapter.period is None or chapter.period.last_day != self.period.last_day)
        )
