"""The whole tree of a plan in one answer: chapters, goals, tasks, measures, each with the figure that stands beside it."""

from collections.abc import Callable
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field
from typing_extensions import TypedDict

from plan_pages.api.answering import answer, own_address
from plan_pages.api.asking import Dated, PlanSlug
from plan_pages.api.shapes import (
    Count,
    Day,
    FigureShape,
    Identity,
    Language,
    Number,
    PlanReference,
    Shown,
    Uri,
    figure_shape,
    number_or_none,
    shown_or_none,
)
from plan_pages.api.subject import Subject, subject_of
from plan_pages.api.summaries import plan_reference
from plan_pages.choices import State, Verdict
from plan_pages.domain.progress import ChapterProgress, Figure, GoalProgress, MeasureProgress, TaskProgress

router = Router(tags=["plan"])
DEEPEST = 4

_Leaf = TypedDict("_Leaf", {"@id": Uri, "@type": Literal["Measure"]})
_Branch = TypedDict("_Branch", {"@id": Uri, "@type": Literal["Chapter", "Goal", "Task"]})
_Tree = TypedDict("_Tree", {"@id": Uri, "@type": Literal["Tree"]})


class MeasureNode(_Leaf):
    """A measure, where a branch ends."""

    id: Identity
    code: str
    title: str
    language: Language
    status: State
    late: bool
    percent: Number | None
    percent_shown: Shown | None


class Branch(_Branch):
    """A chapter, goal or task. `counted` of `countable` measures have a figure. `children`: none below the depth that was
    asked for."""

    id: Identity
    code: str
    title: str
    language: Language
    percent: Number | None
    percent_shown: Shown | None
    counted: Count
    countable: Count
    measures: Count
    verdict: Verdict
    children: "list[Branch | MeasureNode]"


class Tree(_Tree):
    """`children`: the chapters."""

    plan: PlanReference
    as_of: Day
    depth: Annotated[int, Field(ge=1, le=DEEPEST)]
    figure: FigureShape
    children: list[Branch]


class TreeAsked(Dated):
    depth: Annotated[
        int, Field(ge=1, le=DEEPEST, description="1: chapters alone, 2: with goals, 3: with tasks, 4: with measures.")
    ] = DEEPEST


@router.get(
    "/{slug}/tree/", response=Tree, url_name="plan_tree", operation_id="plan_tree", summary="The tree of a plan"
)
def plan_tree(request: HttpRequest, slug: PlanSlug, query: Query[TreeAsked]) -> HttpResponse:
    """Chapters with goals, tasks and measures as deep as you like, each with its progress."""
    subject = subject_of(request, slug, query)
    progress = subject.progress()
    tree: Tree = {
        "@id": own_address(request),
        "@type": "Tree",
        "plan": plan_reference(subject),
        "as_of": subject.as_of.isoformat(),
        "depth": query.depth,
        "figure": figure_shape(progress.figure),
        "children": [_chapter(subject, each, query.depth - 1) for each in progress.chapters],
    }
    return answer(tree, subject.language)


def _chapter(subject: Subject, found: ChapterProgress, depth: int) -> Branch:
    return _branch(subject, "Chapter", found.chapter, found.figure, _below(_goal, subject, found.goals, depth))


def _goal(subject: Subject, found: GoalProgress, depth: int) -> Branch:
    return _branch(subject, "Goal", found.goal, found.figure, _below(_task, subject, found.tasks, depth))


def _task(subject: Subject, found: TaskProgress, depth: int) -> Branch:
    return _branch(subject, "Task", found.task, found.figure, _below(_measure, subject, found.measures, depth))


def _below(node: Callable[..., Any], subject: Subject, found: Any, depth: int) -> list[Any]:
    return [node(subject, each, depth - 1) for each in found] if depth else []


def _branch(
    subject: Subject, kind: Literal["Chapter", "Goal", "Task"], item: Any, figure: Figure, children: list[Any]
) -> Branch:
    return {
        "@id": f"{subject.address}{kind.lower()}s/{item.id}/",
        "@type": kind,
        "id": item.id,
        "code": item.code,
        "title": item.title.best(subject.language),
        "language": item.title.language(subject.language),
        "percent": number_or_none(figure.percent),
        "percent_shown": shown_or_none(figure.percent),
        "counted": figure.counted,
        "countable": figure.countable,
        "measures": figure.measures,
        "verdict": figure.verdict,
        "children": children,
    }


def _measure(subject: Subject, found: MeasureProgress, depth: int) -> MeasureNode:
    measure, standing = found.measure, found.standing
    return {
        "@id": f"{subject.address}measures/{measure.id}/",
        "@type": "Measure",
        "id": measure.id,
        "code": measure.code,
        "title": measure.title.best(subject.language),
        "language": measure.title.language(subject.language),
        "status": standing.state,
        "late": standing.late,
        "percent": number_or_none(standing.percent),
        "percent_shown": shown_or_none(standing.percent),
    }
