"""Consultations on a plan: what was asked, until when, and the remarks that may be shown, with the answers to them.

Rounds of the working groups are among them once they are published. Nothing says who a person is.
"""

from typing import Annotated, Literal

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field
from typing_extensions import TypedDict

from plan_pages.api.answering import answer, batch, part
from plan_pages.api.asking import Asking, Batched, PlanSlug, left_out, words
from plan_pages.api.shapes import (
    Batch,
    Count,
    Day,
    Identity,
    Language,
    LocalText,
    Moment,
    PlanReference,
    Uri,
    day_or_none,
    local_text,
    moment_or_none,
)
from plan_pages.api.subject import Subject, subject_of
from plan_pages.api.summaries import plan_reference
from plan_pages.choices import Audience, Level, RemarkAnswer, RemarkKind, RoundAudience, RoundState
from plan_pages.consultation.rounds import RemarkRound
from plan_pages.domain.plan import Text
from plan_pages.domain.remarks import Remark, RemarkTable
from plan_pages.languages import language_codes, ordered
from plan_pages.reading.remarks import read_table

router = Router(tags=["plan"])
NOTHING = Q(pk__in=[])

_Consultation = TypedDict("_Consultation", {"@id": Uri, "@type": Literal["Consultation"]})
_Remark = TypedDict("_Remark", {"@id": Uri, "@type": Literal["Remark"]})
RoundNumber = Annotated[int, Field(ge=1, description="The number of the consultation in its plan.")]


class TitledPart(TypedDict):
    """A chapter, by its code."""

    code: str
    title: str
    language: Language


class ConsultationSummary(_Consultation):
    """`code`: its number. `chapter`: on which remarks are asked for, null for the whole plan. `opens`, `due`: the first and
    the last day."""

    id: Identity
    code: str
    title: str
    language: Language
    state: RoundState
    audience: RoundAudience
    chapter: TitledPart | None
    opens: Day
    due: Day
    answer_by: Day | None
    published: Moment | None


class ConsultationBatch(Batch):
    items: list[ConsultationSummary]


class RemarkCounts(TypedDict):
    """`received`: all; `shown`: those that are in the list of remarks; of these so many have each answer, or none yet."""

    received: Count
    shown: Count
    accepted: Count
    partly: Count
    not_accepted: Count
    unanswered: Count


class ConsultationLinks(TypedDict):
    """`form`: to give a remark, while that is possible."""

    page: Uri | None
    form: Uri | None
    summary: Uri | None
    remarks: Uri
    plan: Uri
    up: Uri


class ConsultationDetail(ConsultationSummary):
    """`asked`: what is asked."""

    asked: LocalText | None
    plan: PlanReference
    counts: RemarkCounts
    links: ConsultationLinks


class RemarkedPart(TypedDict):
    """What a remark is about, as it read when the remark was given. `level`: null for the whole plan. `id`: of a measure."""

    level: Level | None
    id: Identity | None
    code: str
    title: LocalText | None


class RemarkShape(_Remark):
    """`text`, `wording`, `reason` are in `language`, as they were written. `author`: a working group; null of a citizen.
    `wording`: proposed instead of what stands in the plan."""

    id: str
    code: str
    language: Language | None
    kind: RemarkKind
    about: RemarkedPart
    chapter: TitledPart | None
    text: str
    wording: str
    author: LocalText | None
    submitted: Day | None
    answer: RemarkAnswer | None
    reason: str
    answered: Day | None


class RemarkBatch(Batch):
    items: list[RemarkShape]


class ConsultationsAsked(Batched):
    state: RoundState | None = left_out("Where it stands.", **words(RoundState))
    audience: RoundAudience | None = left_out("Who may give remarks.", **words(RoundAudience))


class RemarksAsked(Batched):
    answer: RemarkAnswer | None = left_out("What was decided.", **words(RemarkAnswer))
    kind: RemarkKind | None = left_out("The kind of remark.", **words(RemarkKind))
    chapter: str | None = left_out("The code of the chapter that it is about.")


@router.get(
    "/{slug}/consultations/",
    response=ConsultationBatch,
    url_name="consultations_list",
    operation_id="consultations_list",
    summary="Consultations on a plan",
)
def consultations_list(request: HttpRequest, slug: PlanSlug, query: Query[ConsultationsAsked]) -> HttpResponse:
    """The latest first."""
    subject = subject_of(request, slug, query, only=NOTHING)
    rows = subject.row.page.remark_rounds_shown().select_related("chapter")
    today = timezone.localdate()
    found = [
        each for each in rows if query.state in (None, each.state_on(today)) and query.audience in (None, each.audience)
    ]
    items = [_summary(subject, each) for each in part(found, query)]
    return answer(batch(request, query, len(found), items), subject.language)


@router.get(
    "/{slug}/consultations/{number}/",
    response=ConsultationDetail,
    url_name="consultation_detail",
    operation_id="consultation_detail",
    summary="A consultation",
)
def consultation_detail(
    request: HttpRequest, slug: PlanSlug, number: RoundNumber, query: Query[Asking]
) -> HttpResponse:
    """What is asked, and how many remarks have come."""
    subject = subject_of(request, slug, query, only=NOTHING)
    row = _round(subject, number)
    shape: ConsultationDetail = {
        **_summary(subject, row),
        "asked": local_text(Text.of(ordered(row.asked, language_codes())), subject.language),
        "plan": plan_reference(subject),
        "counts": _counts(read_table(row, Audience.PUBLIC)),
        "links": _links(subject, row),
    }
    return answer(shape, subject.language)


@router.get(
    "/{slug}/consultations/{number}/remarks/",
    response=RemarkBatch,
    url_name="remarks_list",
    operation_id="remarks_list",
    summary="Remarks and answers",
)
def remarks_list(request: HttpRequest, slug: PlanSlug, number: RoundNumber, query: Query[RemarksAsked]) -> HttpResponse:
    """The remarks that everyone may read, in the order of their numbers, with the answers to them."""
    subject = subject_of(request, slug, query, only=NOTHING)
    row = _round(subject, number)
    found = [
        each
        for each in read_table(row, Audience.PUBLIC).remarks
        if query.answer in (None, each.answer)
        and query.kind in (None, each.kind)
        and query.chapter in (None, each.chapter.code if each.chapter else "")
    ]
    items = [_remark(subject, row, each) for each in part(found, query)]
    return answer(batch(request, query, len(found), items), subject.language)


def _round(subject: Subject, number: int) -> RemarkRound:
    rounds = subject.row.page.remark_rounds_shown()
    found: RemarkRound | None = rounds.select_related("plan__page", "chapter").filter(number=number).first()
    if found is None:
        raise Http404(_("The plan has no such consultation."))
    return found


def _summary(subject: Subject, row: RemarkRound) -> ConsultationSummary:
    title = Text.of(ordered(row.title, language_codes()))
    chapter = row.chapter
    return {
        "@id": f"{subject.address}consultations/{row.number}/",
        "@type": "Consultation",
        "id": str(row.public_id),
        "code": str(row.number),
        "title": title.best(subject.language),
        "language": title.language(subject.language),
        "state": row.state_on(timezone.localdate()),
        "audience": RoundAudience(row.audience),
        "chapter": _titled(subject, chapter.code, Text.of(ordered(chapter.title, language_codes())))
        if chapter
        else None,
        "opens": row.opens.isoformat(),
        "due": row.due.isoformat(),
        "answer_by": day_or_none(row.answer_by),
        "published": moment_or_none(row.published_at),
    }


def _titled(subject: Subject, code: str, title: Text) -> TitledPart:
    return {"code": code, "title": title.best(subject.language), "language": title.language(subject.language)}


def _counts(table: RemarkTable) -> RemarkCounts:
    return {
        "received": table.received,
        "shown": len(table.remarks),
        "accepted": table.count(RemarkAnswer.ACCEPTED),
        "partly": table.count(RemarkAnswer.PARTLY),
        "not_accepted": table.count(RemarkAnswer.NOT_ACCEPTED),
        "unanswered": table.count(None),
    }


def _links(subject: Subject, row: RemarkRound) -> ConsultationLinks:
    page = subject.plan.address.best(subject.language)
    is_open = row.is_public and row.state_on(timezone.localdate()) is RoundState.OPEN
    return {
        "page": f"{page}remarks/{row.number}/" if page else None,
        "form": f"{page}remarks/{row.number}/new/" if page and is_open else None,
        "summary": row.summary_url or None,
        "remarks": f"{subject.address}consultations/{row.number}/remarks/",
        "plan": subject.address,
        "up": f"{subject.address}consultations/",
    }


def _remark(subject: Subject, row: RemarkRound, remark: Remark) -> RemarkShape:
    language, about = subject.language, remark.part
    return {
        "@id": f"{subject.address}consultations/{row.number}/remarks/#{remark.label}",
        "@type": "Remark",
        "id": remark.label,
        "code": remark.label,
        "language": remark.language or None,
        "kind": remark.kind,
        "about": {
            "level": about.level,
            "id": about.id or None,
            "code": about.code,
            "title": local_text(about.title, language),
        },
        "chapter": _titled(subject, remark.chapter.code, remark.chapter.title) if remark.chapter else None,
        "text": remark.text,
        "wording": remark.wording,
        "author": local_text(remark.author, language),
        "submitted": day_or_none(remark.submitted),
        "answer": remark.answer,
        "reason": remark.reason,
        "answered": day_or_none(remark.answered),
    }
