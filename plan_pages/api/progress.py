"""How far a plan has come, on any day: the plan, its chapters, their goals and tasks, each figure with its coverage."""

from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field
from typing_extensions import TypedDict

from plan_pages.api.answering import answer, own_address
from plan_pages.api.asking import Dated, PlanSlug
from plan_pages.api.plans import Span
from plan_pages.api.shapes import Day, FigureShape, PeriodCode, PlanReference, Uri, figure_shape
from plan_pages.api.subject import Subject, subject_of
from plan_pages.api.summaries import plan_reference, reference
from plan_pages.choices import Level
from plan_pages.domain.progress import ChapterProgress, GoalProgress, MixedWeights

router = Router(tags=["plan"])
DEEPEST = 3

_Progress = TypedDict("_Progress", {"@id": Uri, "@type": Literal["Progress"]})


class TaskFigure(TypedDict):
    task: PlanReference
    figure: FigureShape


class GoalFigure(TypedDict):
    """`tasks`: none, where they were not asked for."""

    goal: PlanReference
    figure: FigureShape
    tasks: list[TaskFigure]


class ChapterFigure(TypedDict):
    """`period`: at which the chapter stands, null where nothing was reported by then. `goals`: none, where they were not
    asked for."""

    chapter: PlanReference
    period: PeriodCode | None
    figure: FigureShape
    goals: list[GoalFigure]


class MixedWeightsShape(TypedDict):
    """Of the children of a part some have a weight and those in `without` have none: they count as 1. `of`: its code, ""
    for the plan."""

    of: str
    children: Level
    without: list[str]


class Progress(_Progress):
    """`as_of`: the day on which it is judged what is late and how much time is gone. `period`: that was asked for. `span`:
    the periods at which chapters stand."""

    plan: PlanReference
    as_of: Day
    period: PeriodCode | None
    span: Span | None
    figure: FigureShape
    chapters: list[ChapterFigure]
    warnings: list[MixedWeightsShape]


class ProgressAsked(Dated):
    depth: Annotated[int, Field(ge=1, le=DEEPEST, description="1: chapters alone, 2: with goals, 3: with tasks.")] = (
        DEEPEST
    )


@router.get(
    "/{slug}/progress/",
    response=Progress,
    url_name="plan_progress",
    operation_id="plan_progress",
    summary="How far a plan has come",
)
def plan_progress(request: HttpRequest, slug: PlanSlug, query: Query[ProgressAsked]) -> HttpResponse:
    """Today, or on the last day of any period that is over: the same figures as on the pages and in the reports."""
    subject = subject_of(request, slug, query)
    found = subject.progress()
    progress: Progress = {
        "@id": own_address(request),
        "@type": "Progress",
        "plan": plan_reference(subject),
        "as_of": subject.as_of.isoformat(),
        "period": str(subject.period) if subject.period else None,
        "span": {"first": str(found.span[0]), "last": str(found.span[1])} if found.span else None,
        "figure": figure_shape(found.figure),
        "chapters": [_chapter(subject, each, query.depth) for each in found.chapters],
        "warnings": [_warning(each) for each in found.warnings()],
    }
    return answer(progress, subject.language)


def _chapter(subject: Subject, found: ChapterProgress, depth: int) -> ChapterFigure:
    return {
        "chapter": reference(subject, found.chapter),
        "period": str(found.period) if found.period else None,
        "figure": figure_shape(found.figure),
        "goals": [_goal(subject, each, depth) for each in found.goals] if depth > 1 else [],
    }


def _goal(subject: Subject, found: GoalProgress, depth: int) -> GoalFigure:
    tasks = found.tasks if depth > 2 else ()
    return {
        "goal": reference(subject, found.goal),
        "figure": figure_shape(found.figure),
        "tasks": [{"task": reference(subject, each.task), "figure": figure_shape(each.figure)} for each in tasks],
    }


def _warning(found: MixedWeights) -> MixedWeightsShape:
    return {"of": found.parent, "children": found.children, "without": list(found.without)}
