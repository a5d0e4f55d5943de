"""A chapter's return on its way into the plan: what the user of the token may do with it now, by the deeds of the admin."""

from typing import Any, Literal

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import Body, Query, Router
from pydantic import Field
from typing_extensions import TypedDict
from wagtail.api.v3.auth import BearerTokenAuth

from plan_pages.api.answering import answer
from plan_pages.api.asking import Asking
from plan_pages.api.problems import problem
from plan_pages.api.return_shapes import SubmitAsked
from plan_pages.api.return_told import grid_of
from plan_pages.api.shapes import PlanReference, Uri
from plan_pages.api.teller import Teller
from plan_pages.api.transitions import (
    CommentRule,
    Transition,
    TransitionBody,
    Unfit,
    fault,
    told,
    unfit,
    unread_comment,
)
from plan_pages.choices import Choice, ReturnState
from plan_pages.editing import returns
from plan_pages.editing.refusal import Refused, UnfitReason
from plan_pages.monitoring import ChapterReturn
from plan_pages.permissions import is_coordinator, may_approve, may_send_back, may_submit, may_view_return

router = Router(tags=["returns"], auth=BearerTokenAuth())


class ReturnTransition(Choice):
    """`reopen` sends back what is approved."""

    SUBMIT = "submit"
    SEND_BACK = "send_back"
    APPROVE = "approve"
    REOPEN = "reopen"


PARTS = ("chapter__plan__page", "period", "submitted_by", "approved_by")
"""What a return is told with."""
NEEDS_REASON = frozenset({ReturnTransition.SEND_BACK, ReturnTransition.REOPEN})


class ReturnTransitionBody(TransitionBody):
    anyway: bool = Field(default=False, description="Submit though measures are missing.")


NOTHING_SENT = Body(ReturnTransitionBody())

_ReturnTransitions = TypedDict("_ReturnTransitions", {"@id": Uri, "@type": Literal["ReturnTransitions"]})


class ReturnTransitions(_ReturnTransitions):
    """`label`: the state in words. `reason`: why it was sent back."""

    of: Uri
    state: ReturnState
    label: str
    reason: str | None
    transitions: list[Transition]


@router.get(
    "/{int:return_id}/transitions/",
    response=ReturnTransitions,
    url_name="return_transitions",
    operation_id="return_transitions_list",
    summary="State of a return, and what may be done with it",
)
def return_transitions(request: HttpRequest, return_id: int, query: Query[Asking]) -> HttpResponse:
    return _told(request, return_id)


@router.post(
    "/{int:return_id}/transitions/{name}/",
    response={200: ReturnTransitions, 409: SubmitAsked, 422: Unfit},
    url_name="return_transition",
    operation_id="return_transition_make",
    summary="Submit, send back, approve or reopen a return",
)
def make_return_transition(
    request: HttpRequest,
    return_id: int,
    name: ReturnTransition,
    query: Query[Asking],
    data: ReturnTransitionBody = NOTHING_SENT,
) -> HttpResponse:
    found, comment = seen(request, return_id), data.comment.strip()
    if comment and name not in NEEDS_REASON:
        return unread_comment()
    if data.anyway and name is not ReturnTransition.SUBMIT:
        return unfit(_("Nothing is asked about."), [_at("anyway", _("Nothing is asked about."))])
    return _make(request, found, name, comment, anyway=data.anyway)


def _make(
    request: HttpRequest, found: ChapterReturn, name: ReturnTransition, comment: str, *, anyway: bool
) -> HttpResponse:
    user, teller = request.user, Teller(request, get_language() or "")
    if name is not ReturnTransition.SUBMIT and not is_coordinator(user):
        raise PermissionDenied
    available = offered(teller, found, user)
    if name not in {each["name"] for each in available}:
        return _not_now(str(returns.not_now(found)), available)
    if name is ReturnTransition.SUBMIT and not anyway and (missing := grid_of(found, user, []).asked_about):
        rows = [teller.reference("Measure", line.measure, found.chapter.plan) for line in missing]
        return _not_now(_("Measures are missing. Send “anyway” to submit the return nevertheless."), available, rows)
    try:
        _deed(name, found, user, comment)
    except UnfitReason as refusal:
        return unfit(str(refusal), [_at("comment", str(refusal))])
    except Refused as refusal:
        return _not_now(str(refusal), offered(teller, seen(request, found.pk), user))
    return _told(request, found.pk)


def _deed(name: ReturnTransition, found: ChapterReturn, user: Any, comment: str) -> None:
    match name:
        case ReturnTransition.SUBMIT:
            returns.submit(found, user)
        case ReturnTransition.APPROVE:
            returns.approve(found, user)
        case ReturnTransition.SEND_BACK | ReturnTransition.REOPEN:
            returns.send_back(found, user, comment)


def offered(teller: Teller, found: ChapterReturn, user: Any) -> list[Transition]:
    """What the buttons of the admin's screen would offer this user. Who sees the return was asked before."""
    approved = found.state_choice is ReturnState.APPROVED
    may = {
        ReturnTransition.SUBMIT: (_("Submit for approval"), may_submit(user, found)),
        ReturnTransition.APPROVE: (_("Approve the return"), may_approve(user, found)),
        ReturnTransition.SEND_BACK: (_("Send it back"), may_send_back(user, found) and not approved),
        ReturnTransition.REOPEN: (_("Send it back"), may_send_back(user, found) and approved),
    }
    return [_transition(teller, found, name, label) for name, (label, is_offered) in may.items() if is_offered]


def _transition(teller: Teller, found: ChapterReturn, name: ReturnTransition, label: str) -> Transition:
    rule: CommentRule = "required" if name in NEEDS_REASON else "none"
    return told(teller.address("return_transition", found.pk, name.value), name.value, label, rule)


def seen(request: HttpRequest, key: int) -> ChapterReturn:
    """Raises PermissionDenied for whom the admin would not show it."""
    found = get_object_or_404(ChapterReturn.objects.select_related(*PARTS), pk=key)
    if not may_view_return(request.user, found):
        raise PermissionDenied
    return found


def _told(request: HttpRequest, key: int) -> HttpResponse:
    found, teller = seen(request, key), Teller(request, get_language() or "")
    content: ReturnTransitions = {
        "@id": teller.address("return_transitions", found.pk),
        "@type": "ReturnTransitions",
        "of": teller.address("return_detail", found.pk),
        "state": found.state_choice,
        "label": found.state_choice.label,
        "reason": found.reason or None,
        "transitions": offered(teller, found, request.user),
    }
    return answer(content, teller.language)


def _not_now(detail: str, available: list[Transition], missing: list[PlanReference] = []) -> HttpResponse:  # noqa: B006
    return problem(409, detail, available=available, missing=missing)


def _at(name: str, message: str) -> Any:
    return fault(("body", "data", name), message)
