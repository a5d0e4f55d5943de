"""What is asked of a plan's data: the plan on a day, and in it the measures that the address asks for."""

from dataclasses import dataclass, replace
from datetime import date

from django.http import QueryDict

from plan_pages.domain import progress
from plan_pages.domain.plan import Plan
from plan_pages.domain.progress import ChapterProgress, GoalProgress, PlanProgress, TaskProgress
from plan_pages.domain.selection import Listed, Selection, select
from plan_pages.open_data.asked import selection


@dataclass(frozen=True, slots=True)
class Contents:
    """`now`: the plan's figures; of its tree only what has a measure that was asked for. `found`: those measures in the
    order asked for. `language`: of the texts."""

    now: PlanProgress
    found: tuple[Listed, ...]
    wanted: Selection
    language: str

    @classmethod
    def of(cls, plan: Plan, query: QueryDict, today: date, language: str) -> "Contents":
        now = progress.of_plan(plan, today)
        wanted = selection(query, plan)
        found = select(now, wanted)
        return cls(now if wanted.is_everything else _with_only(now, found), found, wanted, language)

    @property
    def plan(self) -> Plan:
        return self.now.plan


def _with_only(now: PlanProgress, found: tuple[Listed, ...]) -> PlanProgress:
    """The figures stay those of the whole chapters, goals and tasks."""
    wanted = {id(each.measure) for each in found}

    def of_task(task: TaskProgress) -> TaskProgress:
        return replace(task, measures=tuple(each for each in task.measures if id(each.measure) in wanted))

    def of_goal(goal: GoalProgress) -> GoalProgress:
        return replace(goal, tasks=tuple(each for each in map(of_task, goal.tasks) if each.measures))

    def of_chapter(chapter: ChapterProgress) -> ChapterProgress:
        return replace(chapter, goals=tuple(each for each in map(of_goal, chapter.goals) if each.tasks))

    return replace(now, chapters=tuple(each for each in map(of_chapter, now.chapters) if each.goals))
