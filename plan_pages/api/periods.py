"""The reporting periods of a plan: when each opens and is due, and which chapters have reported for it."""

from typing import Literal

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router
from typing_extensions import TypedDict

from plan_pages import formats
from plan_pages.api.answering import answer, batch, part
from plan_pages.api.asking import Asking, Batched, PlanSlug
from plan_pages.api.shapes import (
    Batch,
    Count,
    Day,
    Language,
    Moment,
    PeriodCode,
    PlanReference,
    Uri,
    day_or_none,
    moment_or_none,
)
from plan_pages.api.subject import Subject, is_over, subject_of
from plan_pages.api.summaries import plan_reference, reference
from plan_pages.choices import Frequency
from plan_pages.domain.plan import Chapter
from plan_pages.monitoring import ReportingPeriod

router = Router(tags=["plan"])

_Period = TypedDict("_Period", {"@id": Uri, "@type": Literal["Period"]})


class PeriodSummary(_Period):
    """`id`: the code, for periods have no other identity. `reported`: of so many chapters the return was approved."""

    id: PeriodCode
    code: PeriodCode
    title: str
    language: Language
    frequency: Frequency
    first_day: Day
    last_day: Day
    opens: Day | None
    due: Day | None
    locked: Moment | None
    reported: Count


class PeriodBatch(Batch):
    items: list[PeriodSummary]


class PeriodLinks(TypedDict):
    """`progress`: the figures on the last day of the period, null until it is over. `transitions`: for those who keep it."""

    progress: Uri | None
    transitions: Uri
    plan: Uri
    up: Uri


class PeriodDetail(PeriodSummary):
    """`chapters`: that have reported."""

    plan: PlanReference
    chapters: list[PlanReference]
    links: PeriodLinks


@router.get(
    "/{slug}/periods/",
    response=PeriodBatch,
    url_name="periods_list",
    operation_id="periods_list",
    summary="Reporting periods",
)
def periods_list(request: HttpRequest, slug: PlanSlug, query: Query[Batched]) -> HttpResponse:
    """The earliest first."""
    subject = subject_of(request, slug, query)
    rows = list(ReportingPeriod.objects.filter(plan=subject.row).order_by("last_day", "pk"))
    items = [_summary(subject, each) for each in part(rows, query)]
    return answer(batch(request, query, len(rows), items), subject.language)


@router.get(
    "/{slug}/periods/{period}/",
    response=PeriodDetail,
    url_name="period_detail",
    operation_id="period_detail",
    summary="A reporting period",
)
def period_detail(request: HttpRequest, slug: PlanSlug, period: PeriodCode, query: Query[Asking]) -> HttpResponse:
    """With the chapters that have reported for it."""
    subject = subject_of(request, slug, query)
    row = ReportingPeriod.objects.filter(plan=subject.row, period=period).first()
    if row is None:
        raise Http404(_("The plan has no such reporting period."))
    shape: PeriodDetail = {
        **_summary(subject, row),
        "plan": plan_reference(subject),
        "chapters": [reference(subject, each) for each in _reported(subject, row)],
        "links": {
            "progress": f"{subject.address}progress/?period={row.period}" if is_over(row.value, subject.plan) else None,
            "transitions": f"{subject.address}periods/{row.period}/transitions/",
            "plan": subject.address,
            "up": f"{subject.address}periods/",
        },
    }
    return answer(shape, subject.language)


def _reported(subject: Subject, row: ReportingPeriod) -> list[Chapter]:
    return [each for each in subject.plan.chapters if row.value in each.reported]


def _summary(subject: Subject, row: ReportingPeriod) -> PeriodSummary:
    period = row.value
    return {
        "@id": f"{subject.address}periods/{period}/",
        "@type": "Period",
        "id": str(period),
        "code": str(period),
        "title": formats.period(period, subject.language),
        "language": subject.language,
        "frequency": period.frequency,
        "first_day": period.start.isoformat(),
        "last_day": period.last_day.isoformat(),
        "opens": day_or_none(row.opens),
        "due": day_or_none(row.due),
        "locked": moment_or_none(row.locked_at),
        "reported": len(_reported(subject, row)),
    }
