"""Chapters, goals and tasks of a plan: lists, and each with its texts, its figure and what lies in it."""

from collections.abc import Iterator
from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field
from typing_extensions import TypedDict

from plan_pages.api.answering import answer, batch, part
from plan_pages.api.asking import Dated, DatedBatch, PlanSlug, left_out
from plan_pages.api.shapes import Batch, Day, LocalText, Number, PlanReference, Uri, local_text, number_or_none
from plan_pages.api.subject import Subject, subject_of
from plan_pages.api.summaries import (
    ChapterSummary,
    GoalSummary,
    IndicatorSummary,
    MeasureSummary,
    TaskSummary,
    chapter_summary,
    goal_summary,
    indicator_summary,
    measure_summary,
    plan_reference,
    reference,
    task_summary,
)
from plan_pages.domain import indicators
from plan_pages.domain.plan import Goal, Task
from plan_pages.domain.progress import ChapterProgress, GoalProgress, TaskProgress
from plan_pages.pages.indicators import IndicatorPlace

router = Router(tags=["plan"])


class ChapterBatch(Batch):
    items: list[ChapterSummary]


class GoalBatch(Batch):
    items: list[GoalSummary]


class TaskBatch(Batch):
    items: list[TaskSummary]


class PartLinks(TypedDict):
    """`page`: on the site, of the chapter. `measures`: all that lie in it."""

    page: Uri | None
    plan: Uri
    up: Uri
    measures: Uri


class ChapterDetail(ChapterSummary):
    """`summary`: what the chapter is about."""

    summary: LocalText | None
    as_of: Day
    plan: PlanReference
    answered_for_by: PlanReference | None
    weight: Number | None
    goals: list[GoalSummary]
    links: PartLinks


class GoalDetail(GoalSummary):
    description: LocalText | None
    as_of: Day
    plan: PlanReference
    parents: list[PlanReference]
    weight: Number | None
    indicators: list[IndicatorSummary]
    tasks: list[TaskSummary]
    links: PartLinks


class TaskDetail(TaskSummary):
    description: LocalText | None
    as_of: Day
    plan: PlanReference
    parents: list[PlanReference]
    weight: Number | None
    indicators: list[IndicatorSummary]
    measures: list[MeasureSummary]
    links: PartLinks


class ChaptersAsked(DatedBatch):
    code: str | None = left_out("The chapter's own code.")
    group: str | None = left_out("The code of the group that answers for it.")


class GoalsAsked(DatedBatch):
    code: str | None = left_out("The goal's own code.")
    chapter: str | None = left_out("The code of a chapter.")


class TasksAsked(GoalsAsked):
    code: str | None = left_out("The task's own code.")
    goal: str | None = left_out("The code of a goal.")


PublicId = Annotated[UUID, Field(description="The public id.")]


@router.get(
    "/{slug}/chapters/",
    response=ChapterBatch,
    url_name="chapters_list",
    operation_id="chapters_list",
    summary="Chapters of a plan",
)
def chapters_list(request: HttpRequest, slug: PlanSlug, query: Query[ChaptersAsked]) -> HttpResponse:
    """In the order of the plan, each with its figure."""
    subject = subject_of(request, slug, query)
    found = [
        each
        for each in subject.progress().chapters
        if query.code in (None, each.chapter.code) and query.group in (None, each.chapter.group)
    ]
    items = [chapter_summary(subject, each) for each in part(found, query)]
    return answer(batch(request, query, len(found), items), subject.language)


@router.get(
    "/{slug}/chapters/{public_id}/",
    response=ChapterDetail,
    url_name="chapter_detail",
    operation_id="chapter_detail",
    summary="A chapter",
)
def chapter_detail(request: HttpRequest, slug: PlanSlug, public_id: PublicId, query: Query[Dated]) -> HttpResponse:
    """With its goals."""
    subject = subject_of(request, slug, query)
    found = next((each for each in subject.progress().chapters if each.chapter.id == str(public_id)), None)
    if found is None:
        raise Http404(_("The plan has no such chapter."))
    chapter = found.chapter
    group = subject.plan.group(chapter.group) if chapter.group else None
    shape: ChapterDetail = {
        **chapter_summary(subject, found),
        "summary": local_text(chapter.summary, subject.language),
        "as_of": subject.as_of.isoformat(),
        "plan": plan_reference(subject),
        "answered_for_by": reference(subject, group) if group else None,
        "weight": number_or_none(chapter.weight),
        "goals": [goal_summary(subject, chapter, each) for each in found.goals],
        "links": _links(subject, found, subject.address, chapter=chapter.code),
    }
    return answer(shape, subject.language)


@router.get(
    "/{slug}/goals/", response=GoalBatch, url_name="goals_list", operation_id="goals_list", summary="Goals of a plan"
)
def goals_list(request: HttpRequest, slug: PlanSlug, query: Query[GoalsAsked]) -> HttpResponse:
    """In the order of the plan, each with its figure."""
    subject = subject_of(request, slug, query)
    found = [
        (chapter, goal)
        for chapter, goal in _goals(subject)
        if query.code in (None, goal.goal.code) and query.chapter in (None, chapter.chapter.code)
    ]
    items = [goal_summary(subject, chapter.chapter, goal) for chapter, goal in part(found, query)]
    return answer(batch(request, query, len(found), items), subject.language)


@router.get(
    "/{slug}/goals/{public_id}/",
    response=GoalDetail,
    url_name="goal_detail",
    operation_id="goal_detail",
    summary="A goal",
)
def goal_detail(request: HttpRequest, slug: PlanSlug, public_id: PublicId, query: Query[Dated]) -> HttpResponse:
    """With its indicators and tasks."""
    subject = subject_of(request, slug, query)
    place = next((each for each in _goals(subject) if each[1].goal.id == str(public_id)), None)
    if place is None:
        raise Http404(_("The plan has no such goal."))
    chapter, found = place
    goal = found.goal
    shape: GoalDetail = {
        **goal_summary(subject, chapter.chapter, found),
        "description": local_text(goal.description, subject.language),
        "as_of": subject.as_of.isoformat(),
        "plan": plan_reference(subject),
        "parents": [reference(subject, chapter.chapter)],
        "weight": number_or_none(goal.weight),
        "indicators": _indicators(subject, chapter, goal, None),
        "tasks": [task_summary(subject, chapter.chapter, goal, each) for each in found.tasks],
        "links": _links(subject, chapter, f"{subject.address}chapters/{chapter.chapter.id}/", goal=goal.code),
    }
    return answer(shape, subject.language)


@router.get(
    "/{slug}/tasks/", response=TaskBatch, url_name="tasks_list", operation_id="tasks_list", summary="Tasks of a plan"
)
def tasks_list(request: HttpRequest, slug: PlanSlug, query: Query[TasksAsked]) -> HttpResponse:
    """In the order of the plan, each with its figure."""
    subject = subject_of(request, slug, query)
    found = [
        (chapter, goal, task)
        for chapter, goal, task in _tasks(subject)
        if query.code in (None, task.task.code)
        and query.chapter in (None, chapter.chapter.code)
        and query.goal in (None, goal.goal.code)
    ]
    items = [task_summary(subject, chapter.chapter, goal.goal, task) for chapter, goal, task in part(found, query)]
    return answer(batch(request, query, len(found), items), subject.language)


@router.get(
    "/{slug}/tasks/{public_id}/",
    response=TaskDetail,
    url_name="task_detail",
    operation_id="task_detail",
    summary="A task",
)
def task_detail(request: HttpRequest, slug: PlanSlug, public_id: PublicId, query: Query[Dated]) -> HttpResponse:
    """With its indicators and measures."""
    subject = subject_of(request, slug, query)
    place = next((each for each in _tasks(subject) if each[2].task.id == str(public_id)), None)
    if place is None:
        raise Http404(_("The plan has no such task."))
    chapter, goal, found = place
    task = found.task
    shape: TaskDetail = {
        **task_summary(subject, chapter.chapter, goal.goal, found),
        "description": local_text(task.description, subject.language),
        "as_of": subject.as_of.isoformat(),
        "plan": plan_reference(subject),
        "parents": [reference(subject, chapter.chapter), reference(subject, goal.goal)],
        "weight": number_or_none(task.weight),
        "indicators": _indicators(subject, chapter, goal.goal, task),
        "measures": [
            measure_summary(subject, chapter.chapter, goal.goal, task, each.measure, each.standing)
            for each in found.measures
        ],
        "links": _links(subject, chapter, f"{subject.address}goals/{goal.goal.id}/", task=task.code),
    }
    return answer(shape, subject.language)


def _goals(subject: Subject) -> Iterator[tuple[ChapterProgress, GoalProgress]]:
    return ((chapter, goal) for chapter in subject.progress().chapters for goal in chapter.goals)


def _tasks(subject: Subject) -> Iterator[tuple[ChapterProgress, GoalProgress, TaskProgress]]:
    return ((chapter, goal, task) for chapter, goal in _goals(subject) for task in goal.tasks)


def _indicators(subject: Subject, chapter: ChapterProgress, goal: Goal, task: Task | None) -> list[IndicatorSummary]:
    return [
        indicator_summary(
            subject,
            IndicatorPlace(chapter.chapter, goal, task, None, each),
            indicators.of_indicator(each, subject.plan, chapter.day, chapter.chapter.reported),
        )
        for each in (task or goal).indicators
    ]


def _links(subject: Subject, of: ChapterProgress, up: str, **measures: str) -> PartLinks:
    return {
        "page": of.chapter.address.best(subject.language) or None,
        "plan": subject.address,
        "up": up,
        "measures": f"{subject.address}measures/?{urlencode(measures)}",
    }
