"""The plans of the site: the list, and one plan with its texts, its figure and the ways to all of its parts."""

from typing import Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from typing_extensions import TypedDict

from plan_pages.api.answering import answer, batch, part
from plan_pages.api.asking import Batched, Dated, PlanSlug, language_of
from plan_pages.api.shapes import (
    Batch,
    Day,
    FigureShape,
    Identity,
    Language,
    LocalText,
    PeriodCode,
    Uri,
    day_or_none,
    figure_shape,
    local_text,
)
from plan_pages.api.subject import Subject, plan_address, subject_of
from plan_pages.choices import Frequency, PlanStage
from plan_pages.domain.plan import Text
from plan_pages.languages import language_codes, ordered
from plan_pages.reading import plans_for_everyone

router = Router(tags=["plan"])

_Plan = TypedDict("_Plan", {"@id": Uri, "@type": Literal["Plan"]})


class PlanSummary(_Plan):
    """`code`: the name of the plan in addresses. `demonstration`: its data is made up for show."""

    id: Identity
    code: str
    title: str
    language: Language
    start_year: int
    end_year: int
    stage: PlanStage
    demonstration: bool


class PlanBatch(Batch):
    items: list[PlanSummary]


class LevelNames(TypedDict):
    """What this plan calls its levels; null, as they are called here."""

    chapter: LocalText | None
    goal: LocalText | None
    task: LocalText | None
    measure: LocalText | None


class ApprovalShape(TypedDict):
    body: LocalText | None
    date: Day | None
    number: str


class AmendmentShape(TypedDict):
    title: str
    language: Language
    date: Day | None
    number: str


class Span(TypedDict):
    """The earliest and the latest period at which a chapter stands."""

    first: PeriodCode
    last: PeriodCode


class PlanLinks(TypedDict):
    """`page`: on the site; null where no site shows it."""

    page: Uri | None
    tree: Uri
    progress: Uri
    budget: Uri
    chapters: Uri
    goals: Uri
    tasks: Uri
    measures: Uri
    indicators: Uri
    groups: Uri
    periods: Uri
    consultations: Uri


class PlanDetail(PlanSummary):
    """`frequency`: how often progress is reported. `data_date`: the day of the last change in what is published.
    `languages`: the first is the one that texts fall back to."""

    owner: LocalText | None
    vision: LocalText | None
    languages: list[Language]
    frequency: Frequency
    currency: str
    approval: ApprovalShape
    amendments: list[AmendmentShape]
    level_names: LevelNames
    data_date: Day | None
    as_of: Day
    span: Span | None
    figure: FigureShape
    links: PlanLinks


@router.get(
    "/", response=PlanBatch, url_name="plans_list", operation_id="plans_list", summary="The plans that are published"
)
def plans_list(request: HttpRequest, query: Query[Batched]) -> HttpResponse:
    """The oldest first."""
    language = language_of(request, query)
    rows = plans_for_everyone()
    items: list[PlanSummary] = []
    for row in part(rows, query):
        title = Text.of(ordered(row.page.heading_texts, language_codes()))
        items.append(
            {
                "@id": plan_address(request, row.page.slug),
                "@type": "Plan",
                "id": str(row.public_id),
                "code": row.page.slug,
                "title": title.best(language),
                "language": title.language(language),
                "start_year": row.page.start_year,
                "end_year": row.page.end_year,
                "stage": PlanStage(row.page.stage),
                "demonstration": row.page.is_demonstration,
            }
        )
    return answer(batch(request, query, len(rows), items), language)


@router.get("/{slug}/", response=PlanDetail, url_name="plan_detail", operation_id="plan_detail", summary="A plan")
def plan_detail(request: HttpRequest, slug: PlanSlug, query: Query[Dated]) -> HttpResponse:
    """Its texts, its approval, how far it has come, and the ways to its parts."""
    subject = subject_of(request, slug, query)
    return answer(plan_shape(subject), subject.language)


def plan_shape(subject: Subject) -> PlanDetail:
    plan, language = subject.plan, subject.language
    progress = subject.progress()
    return {
        "@id": subject.address,
        "@type": "Plan",
        "id": plan.id,
        "code": plan.slug,
        "title": plan.title.best(language),
        "language": plan.title.language(language),
        "start_year": plan.start_year,
        "end_year": plan.end_year,
        "stage": plan.stage,
        "demonstration": plan.demonstration,
        "owner": local_text(plan.owner, language),
        "vision": local_text(plan.vision, language),
        "languages": list(plan.languages),
        "frequency": plan.frequency,
        "currency": plan.currency,
        "approval": {
            "body": local_text(plan.approval.body, language),
            "date": day_or_none(plan.approval.date),
            "number": plan.approval.number,
        },
        "amendments": [
            {
                "title": each.title.best(language),
                "language": each.title.language(language),
                "date": day_or_none(each.date),
                "number": each.number,
            }
            for each in plan.amendments
        ],
        "level_names": {
            "chapter": _level_name(subject, "chapter"),
            "goal": _level_name(subject, "goal"),
            "task": _level_name(subject, "task"),
            "measure": _level_name(subject, "measure"),
        },
        "data_date": day_or_none(plan.data_date),
        "as_of": subject.as_of.isoformat(),
        "span": {"first": str(progress.span[0]), "last": str(progress.span[1])} if progress.span else None,
        "figure": figure_shape(progress.figure),
        "links": _links(subject),
    }


def _level_name(subject: Subject, level: str) -> LocalText | None:
    return local_text(subject.plan.level_names.get(level, Text()), subject.language)


def _links(subject: Subject) -> PlanLinks:
    base = subject.address
    return {
        "page": subject.plan.address.best(subject.language) or None,
        "tree": f"{base}tree/",
        "progress": f"{base}progress/",
        "budget": f"{base}budget/",
        "chapters": f"{base}chapters/",
        "goals": f"{base}goals/",
        "tasks": f"{base}tasks/",
        "measures": f"{base}measures/",
        "indicators": f"{base}indicators/",
        "groups": f"{base}groups/",
        "periods": f"{base}periods/",
        "consultations": f"{base}consultations/",
    }
