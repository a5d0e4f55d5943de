"""What the group and the coordinators say to each other about rows of a return: read, written and settled by the deeds of
the admin. Never public.
"""

from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from ninja import Body, Query, Router
from pydantic import Field
from typing_extensions import TypedDict
from wagtail.api.v3.auth import BearerTokenAuth

from plan_pages.api.answering import answer, batch, part
from plan_pages.api.asking import Asking, Batched, left_out
from plan_pages.api.deeds import no_such_row, refused_deed
from plan_pages.api.return_posted import Sent
from plan_pages.api.return_shapes import Deed
from plan_pages.api.return_transitions import seen
from plan_pages.api.shapes import Batch, PlanReference, Uri
from plan_pages.api.teller import Teller, deed, deed_or_none, teller_of
from plan_pages.api.transitions import (
    NOTHING_SENT,
    NotNow,
    Problem,
    Transition,
    TransitionBody,
    Unfit,
    fault,
    not_now,
    told,
    unfit,
    unread_comment,
)
from plan_pages.choices import Choice
from plan_pages.comments import TEXT_LENGTH, RowComment
from plan_pages.editing import talk
from plan_pages.editing.refusal import Refused
from plan_pages.monitoring import ChapterReturn
from plan_pages.permissions import may_comment
from plan_pages.register import Indicator, Measure

router = Router(tags=["returns"], auth=BearerTokenAuth())


class CommentTransition(Choice):
    """`settle`: nothing is left to do about it."""

    SETTLE = "settle"
    REOPEN = "reopen"


_Comment = TypedDict("_Comment", {"@id": Uri, "@type": Literal["Comment"]})


class CommentDetail(_Comment):
    """`of`: the return. `row`: the measure or the indicator that it is about. `settled`: null as long as something is left
    to do about it."""

    id: int
    of: Uri
    row: PlanReference
    text: str
    written: Deed
    settled: Deed | None
    transitions: list[Transition]


class CommentBatch(Batch):
    items: list[CommentDetail]


class CommentsAsked(Batched):
    measure: UUID | None = left_out("The identity of a measure.")
    indicator: UUID | None = left_out("The identity of an indicator.")
    settled: bool | None = left_out("Whether they are settled.")


class CommentSent(Sent):
    """About a measure or an indicator, one of them."""

    measure: UUID | None = None
    indicator: UUID | None = None
    # Checked by the deed: then what is wrong is said in the writer's language.
    text: str = Field(json_schema_extra={"minLength": 1, "maxLength": TEXT_LENGTH})


@router.get(
    "/{int:return_id}/comments/",
    response=CommentBatch,
    url_name="comments_list",
    operation_id="comments_list",
    summary="Comments on the rows of a return",
)
def comments_list(request: HttpRequest, return_id: int, query: Query[CommentsAsked]) -> HttpResponse:
    """In the order in which they were written."""
    found, teller = seen(request, return_id), teller_of(request)
    wanted = {"measure__public_id": query.measure, "indicator__public_id": query.indicator}
    rows = _rows(found).filter(**{name: value for name, value in wanted.items() if value is not None})
    if query.settled is not None:
        rows = rows.filter(settled_at__isnull=not query.settled)
    is_open = may_comment(request.user, found)
    items = [_comment(teller, found, each, is_open) for each in part(rows, query)]
    return answer(batch(request, query, rows.count(), items), teller.language)


@router.post(
    "/{int:return_id}/comments/",
    response={201: CommentDetail, 409: Problem, 422: Unfit},
    url_name="comments_list",
    operation_id="comment_add",
    summary="Comment on a row of a return",
)
def comment_add(request: HttpRequest, return_id: int, query: Query[Asking], data: Body[CommentSent]) -> HttpResponse:
    """In every state until the period is locked. The other side is told by mail."""
    found, place = seen(request, return_id), ("body", "data")
    if (data.measure is None) == (data.indicator is None):
        words = _("Name a measure or an indicator, one of them.")
        return unfit(words, [fault(place, words)])
    row = _row(found, data)
    if row is None:
        return no_such_row((*place, "measure" if data.measure else "indicator"))
    try:
        made = talk.comment(found, row, request.user, data.text)
    except Refused as refusal:
        return refused_deed(refusal, {"text": (*place, "text")})
    return _told(request, found, made.pk, status=201)


@router.get(
    "/{int:return_id}/comments/{int:comment_id}/",
    response=CommentDetail,
    url_name="comment_detail",
    operation_id="comment_detail",
    summary="A comment on a row of a return",
)
def comment_detail(request: HttpRequest, return_id: int, comment_id: int, query: Query[Asking]) -> HttpResponse:
    return _told(request, seen(request, return_id), comment_id)


@router.post(
    "/{int:return_id}/comments/{int:comment_id}/transitions/{name}/",
    response={200: CommentDetail, 409: NotNow, 422: Unfit},
    url_name="comment_transition",
    operation_id="comment_transition_make",
    summary="Settle a comment, or say that it is not settled yet",
)
def make_comment_transition(
    request: HttpRequest,
    return_id: int,
    comment_id: int,
    name: CommentTransition,
    query: Query[Asking],
    data: TransitionBody = NOTHING_SENT,
) -> HttpResponse:
    found = seen(request, return_id)
    each = _one(found, comment_id)
    if data.comment.strip():
        return unread_comment()
    settles = name is CommentTransition.SETTLE
    available = _transitions(teller_of(request), found, each, may_comment(request.user, found))
    if each.is_settled == settles and available:
        return not_now(_("It is settled already.") if settles else _("It is not settled."), available)
    try:
        talk.settle(each, request.user, settled=settles)
    except Refused as refusal:
        return not_now(str(refusal), [])
    return _told(request, found, comment_id)


def _rows(found: ChapterReturn) -> Any:
    return found.comments.select_related("measure", "indicator", "author", "settled_by", "chapter_return")


def _one(found: ChapterReturn, key: int) -> RowComment:
    return get_object_or_404(_rows(found), pk=key)


def _row(found: ChapterReturn, data: CommentSent) -> Measure | Indicator | None:
    if data.measure is not None:
        return Measure.objects.filter(chapter=found.chapter_id, public_id=data.measure).first()
    return Indicator.objects.filter(chapter=found.chapter_id, public_id=data.indicator).first()


def _told(request: HttpRequest, found: ChapterReturn, key: int, status: int = 200) -> HttpResponse:
    teller = teller_of(request)
    content = _comment(teller, found, _one(found, key), may_comment(request.user, found))
    response = answer(content, teller.language)
    response.status_code = status
    return response


def _comment(teller: Teller, found: ChapterReturn, each: RowComment, is_open: bool) -> CommentDetail:
    """`is_open`: the user of the token may say something about the return now."""
    plan = found.chapter.plan
    return {
        "@id": teller.address("comment_detail", found.pk, each.pk),
        "@type": "Comment",
        "id": each.pk,
        "of": teller.address("return_detail", found.pk),
        "row": teller.reference("Measure", each.measure, plan)
        if each.measure
        else teller.reference("Indicator", each.indicator, plan),
        "text": each.text,
        "written": deed(each.created_at, each.author),
        "settled": deed_or_none(each.settled_at, each.settled_by),
        "transitions": _transitions(teller, found, each, is_open),
    }


def _transitions(teller: Teller, found: ChapterReturn, each: RowComment, is_open: bool) -> list[Transition]:
    """The button that the admin's screen shows beside it."""
    if not is_open:
        return []
    name, label = CommentTransition.SETTLE, pgettext("button", "Settled")
    if each.is_settled:
        name, label = CommentTransition.REOPEN, _("Not settled yet")
    address = teller.address("comment_transition", found.pk, each.pk, name.value)
    return [told(address, name.value, label, "none")]
