"""Measures: the list, asked for by the same rule as the list on the site, and one measure with all that is known of it."""

from typing import Annotated, Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Query, Router
from pydantic import AfterValidator, Field, WithJsonSchema
from typing_extensions import TypedDict

from plan_pages.api.answering import answer, batch, part
from plan_pages.api.asking import Asking, DatedBatch, PlanSlug, left_out, refuse
from plan_pages.api.budget import Amounts, BudgetLineShape, amounts, budget_lines
from plan_pages.api.entries import (
    DeadlineChangeShape,
    DecisionShape,
    EntryShape,
    EvidenceShape,
    MilestoneShape,
    entry_shape,
    evidence_shape,
)
from plan_pages.api.shapes import (
    Batch,
    Day,
    LocalText,
    Number,
    PeriodCode,
    PlanReference,
    Uri,
    day_or_none,
    local_text,
    number_or_none,
)
from plan_pages.api.subject import Subject, subject_of
from plan_pages.api.summaries import (
    IndicatorSummary,
    MeasureSummary,
    indicator_summary,
    measure_summary,
    plan_reference,
    reference,
)
from plan_pages.api.wording import ONE_OF
from plan_pages.choices import MeasureOrder, State, Status
from plan_pages.domain import indicators, money, standing
from plan_pages.domain.selection import ORDER_NAMES, Selection, is_moved, narrowed, order_named
from plan_pages.domain.standing import Standing, Standpoint
from plan_pages.pages.indicators import IndicatorPlace
from plan_pages.pages.measures import Place, find, history

router = Router(tags=["plan"])


class MeasureBatch(Batch):
    items: list[MeasureSummary]


class StandingShape(TypedDict):
    """`status`: what was reported, null without an entry that counts; `carried`: of an earlier period, completed or stopped
    then. `last_known`: where no entry counts, the last one before; it is in no figure."""

    status: Status | None
    period: PeriodCode | None
    carried: bool
    entry: EntryShape | None
    last_known: EntryShape | None


class MeasureLinks(TypedDict):
    """`page`: on the site, null where it has left the plan."""

    page: Uri | None
    plan: Uri
    up: Uri


class MeasureDetail(MeasureSummary):
    """`original_end`: the end that was published first; `moved`: it is another now. `retired`: the day on which it left
    the plan. `weight`: null, all of a task weigh the same. `history`: the latest first."""

    description: LocalText | None
    plan: PlanReference
    parents: list[PlanReference]
    group: PlanReference | None
    partners: list[str]
    original_end: Day | None
    moved: bool
    deadline_changes: list[DeadlineChangeShape]
    weight: Number | None
    milestones: list[MilestoneShape]
    decisions: list[DecisionShape]
    tags: list[str]
    retired: Day | None
    standing: StandingShape
    history: list[EntryShape]
    evidence: list[EvidenceShape]
    indicators: list[IndicatorSummary]
    budget: list[BudgetLineShape]
    money: Amounts
    money_so_far: Amounts
    links: MeasureLinks


def _an_order(value: str) -> str:
    if value not in ORDER_NAMES:
        raise ValueError(ONE_OF % {"expected": ", ".join(ORDER_NAMES)})
    return value


class MeasuresAsked(DatedBatch):
    """The filters of the list on the site, with the same meaning, and some by code."""

    status: Annotated[list[State], Field(description="May be given several times: any of them.")] = Field(
        default_factory=list
    )
    chapter: str | None = left_out("The code of a chapter.")
    goal: str | None = left_out("The code of a goal.")
    task: str | None = left_out("The code of a task.")
    indicator: str | None = left_out("The code of an indicator of the measure itself.")
    code: str | None = left_out("The measure's own code.")
    responsible: str | None = left_out("The body responsible, as it is written.")
    year: Annotated[int, Field(ge=1990, le=2200)] | None = left_out("The year of the deadline.")
    late: Annotated[bool, Field(description="Only those that should be over and are not.")] = False
    moved: Annotated[bool, Field(description="Only those whose deadline is not the one published first.")] = False
    order: Annotated[
        str,
        AfterValidator(_an_order),
        WithJsonSchema({"type": "string", "enum": list(ORDER_NAMES)}),
        Field(
            description="The nearest deadline first, the lowest progress first; with a minus before it the other way "
            "round. Unknown ones come last either way."
        ),
    ] = MeasureOrder.CODE.value

    def selection(self) -> Selection:
        order, descending = order_named(self.order)
        return Selection(
            states=frozenset(self.status),
            chapter=self.chapter or "",
            goal=self.goal or "",
            task=self.task or "",
            indicator=self.indicator or "",
            code=self.code or "",
            responsible=self.responsible or "",
            year=self.year,
            late=self.late,
            moved=self.moved,
            order=order,
            descending=descending,
        )


NO_SUCH_CODE = {
    "chapter": gettext_lazy("The plan has no chapter with that code."),
    "goal": gettext_lazy("The plan has no goal with that code."),
    "task": gettext_lazy("The plan has no task with that code."),
    "indicator": gettext_lazy("The plan has no indicator with that code."),
}


@router.get(
    "/{slug}/measures/",
    response=MeasureBatch,
    url_name="measures_list",
    operation_id="measures_list",
    summary="Measures of a plan",
)
def measures_list(request: HttpRequest, slug: PlanSlug, query: Query[MeasuresAsked]) -> HttpResponse:
    """Filtered and sorted, batch by batch; the figures are today's, or those of a period."""
    subject = subject_of(request, slug, query)
    _check_codes(subject, query)
    found = narrowed(subject.measures(), query.selection())
    items = [
        measure_summary(subject, each.chapter, each.goal, each.task, each.measure, each.standing)
        for each in part(found, query)
    ]
    return answer(batch(request, query, len(found), items), subject.language)


def _check_codes(subject: Subject, query: MeasuresAsked) -> None:
    """What the plan has not is a mistake, and no empty list."""
    plan = subject.plan
    goals = [goal for chapter in plan.chapters for goal in chapter.goals] if query.goal or query.task else []
    known: dict[str, Any] = {
        "chapter": lambda: plan.chapters,
        "goal": lambda: goals,
        "task": lambda: [task for goal in goals for task in goal.tasks],
        "indicator": plan.indicators,
    }
    for name, items in known.items():
        code = getattr(query, name)
        if code is not None and not any(each.code == code for each in items()):
            refuse(name, str(NO_SUCH_CODE[name]))


@router.get(
    "/{slug}/measures/{public_id}/",
    response=MeasureDetail,
    url_name="measure_detail",
    operation_id="measure_detail",
    summary="A measure",
)
def measure_detail(request: HttpRequest, slug: PlanSlug, public_id: UUID, query: Query[Asking]) -> HttpResponse:
    """All that is known of a measure, of one that has left the plan too."""
    subject = subject_of(request, slug, query)
    place = find(subject.plan, lambda measure: measure.id == str(public_id))
    if place is None:
        raise Http404(_("The plan has no such measure."))
    return answer(measure_shape(subject, place), subject.language)


def measure_shape(subject: Subject, place: Place) -> MeasureDetail:
    plan, measure, language = subject.plan, place.measure, subject.language
    at = Standpoint.of(place.chapter.reported, plan.frequency, subject.as_of).of_measure(measure)
    now = standing.of_measure(measure, plan, at)
    group = plan.group(place.chapter.group) if place.chapter.group else None
    evidence = [each for each in reversed(measure.evidence) if each.period in at.reported]
    return {
        **measure_summary(subject, place.chapter, place.goal, place.task, measure, now),
        "description": local_text(measure.description, language),
        "plan": plan_reference(subject),
        "parents": [reference(subject, each) for each in (place.chapter, place.goal, place.task)],
        "group": reference(subject, group) if group else None,
        "partners": list(measure.partners),
        "original_end": day_or_none(measure.original_end),
        "moved": is_moved(measure),
        "deadline_changes": [
            {"changed": each.changed.isoformat(), "was": day_or_none(each.was), "became": day_or_none(each.became)}
            for each in measure.deadline_changes
        ],
        "weight": number_or_none(measure.weight),
        "milestones": [
            {
                "title": each.title.best(language),
                "language": each.title.language(language),
                "date": day_or_none(each.date),
            }
            for each in measure.milestones
        ],
        "decisions": [{"title": each.title, "url": each.url} for each in measure.links],
        "tags": list(measure.tags),
        "retired": day_or_none(measure.retired),
        "standing": _standing_shape(now, language),
        "history": [entry_shape(entry, language) for entry, _before in history(measure, at)],
        "evidence": [evidence_shape(each, subject.site) for each in evidence],
        "indicators": _indicators(subject, place, at),
        "budget": budget_lines(measure.budget),
        "money": amounts(money.of_measures((measure,)).total),
        "money_so_far": amounts(money.of_measures((measure,), subject.as_of).total),
        "links": {
            "page": (plan.measure_address(measure, language) or None) if measure.retired is None else None,
            "plan": subject.address,
            "up": f"{subject.address}tasks/{place.task.id}/",
        },
    }


def _standing_shape(now: Standing, language: str) -> StandingShape:
    return {
        "status": now.status,
        "period": str(now.entry.period) if now.entry else None,
        "carried": now.carried,
        "entry": entry_shape(now.entry, language) if now.entry else None,
        "last_known": entry_shape(now.last_known, language) if now.last_known else None,
    }


def _indicators(subject: Subject, place: Place, at: Standpoint) -> list[IndicatorSummary]:
    chapter = place.chapter
    return [
        indicator_summary(
            subject,
            IndicatorPlace(chapter, place.goal, place.task, place.measure, each),
            indicators.of_indicator(each, subject.plan, at.day, chapter.reported),
        )
        for each in place.measure.indicators
    ]
