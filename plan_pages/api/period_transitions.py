"""A reporting period as those see it who keep it: where it stands, what locking it would leave out, and what may be done
with it now. By the deeds of the admin, for coordinators.
"""

from typing import Any, Literal

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from ninja import Query, Router
from typing_extensions import TypedDict
from wagtail.api.v3.auth import BearerTokenAuth
from wagtail.log_actions import registry

from plan_pages.api.answering import answer
from plan_pages.api.asking import Asking, PlanSlug
from plan_pages.api.return_shapes import Step
from plan_pages.api.shapes import Day, Moment, PeriodCode, PlanReference, Uri, day_or_none, moment_or_none
from plan_pages.api.teller import Teller, step, teller_of
from plan_pages.api.transitions import (
    NOTHING_SENT,
    NotNow,
    Transition,
    TransitionBody,
    Unfit,
    not_now,
    told,
    unfit_comment,
    unread_comment,
)
from plan_pages.choices import Choice, ReturnState
from plan_pages.editing import periods, returns
from plan_pages.editing.refusal import Refused, UnfitReason
from plan_pages.monitoring import ReportingPeriod
from plan_pages.permissions import is_coordinator
from plan_pages.reading import plan_by_slug
from plan_pages.register import Plan

router = Router(tags=["plan"], auth=BearerTokenAuth())

PeriodState = Literal["locked", "open", "not_open_yet"]


class PeriodTransition(Choice):
    LOCK = "lock"
    REOPEN = "reopen"


_Pending = TypedDict("_Pending", {"@id": Uri, "@type": Literal["Return"]})
_PeriodTransitions = TypedDict("_PeriodTransitions", {"@id": Uri, "@type": Literal["PeriodTransitions"]})


class PendingReturn(_Pending):
    """A return that is not approved: when the period is locked it stays out of the plan and the reports."""

    id: int
    chapter: PlanReference
    state: ReturnState
    state_label: str


class PeriodTransitions(_PeriodTransitions):
    """`of`: the period. `label`: the state in words."""

    of: Uri
    period: PeriodCode
    opens: Day | None
    due: Day | None
    locked: Moment | None
    state: PeriodState
    label: str
    pending: list[PendingReturn]
    history: list[Step]
    transitions: list[Transition]


@router.get(
    "/{slug}/periods/{period}/transitions/",
    response=PeriodTransitions,
    url_name="period_transitions",
    operation_id="period_transitions_list",
    summary="State of a reporting period, and what may be done with it",
)
def period_transitions(request: HttpRequest, slug: PlanSlug, period: PeriodCode, query: Query[Asking]) -> HttpResponse:
    return answered(request, kept_period(request, slug, period))


@router.post(
    "/{slug}/periods/{period}/transitions/{name}/",
    response={200: PeriodTransitions, 409: NotNow, 422: Unfit},
    url_name="period_transition",
    operation_id="period_transition_make",
    summary="Lock or reopen a reporting period",
)
def make_period_transition(
    request: HttpRequest,
    slug: PlanSlug,
    period: PeriodCode,
    name: PeriodTransition,
    query: Query[Asking],
    data: TransitionBody = NOTHING_SENT,
) -> HttpResponse:
    """What was approved for a locked period is not changed any more. The reason for opening it again stays in its
    history, and editors are told of both."""
    found, comment = kept_period(request, slug, period), data.comment.strip()
    if comment and name is PeriodTransition.LOCK:
        return unread_comment()
    try:
        if name is PeriodTransition.LOCK:
            periods.lock(found, request.user)
        else:
            periods.reopen(found, request.user, comment)
    except UnfitReason as refusal:
        return unfit_comment(str(refusal))
    except Refused as refusal:
        now = kept_period(request, slug, period)
        return not_now(str(refusal), _transitions(teller_of(request), now))
    return answered(request, kept_period(request, slug, period))


def kept_plan(request: HttpRequest, slug: str) -> Plan:
    """Raises PermissionDenied for who does not keep periods, Http404."""
    if not is_coordinator(request.user):
        raise PermissionDenied
    if (plan := plan_by_slug(slug)) is None:
        raise Http404(_("There is no such plan."))
    return plan


def kept_period(request: HttpRequest, slug: str, period: str) -> ReportingPeriod:
    """As it is stored now. Raises PermissionDenied for who does not keep periods, Http404."""
    plan = kept_plan(request, slug)
    found = ReportingPeriod.objects.select_related("plan__page").filter(plan=plan, period=period).first()
    if found is None:
        raise Http404(_("The plan has no such reporting period."))
    return found


def answered(request: HttpRequest, found: ReportingPeriod, status: int = 200) -> HttpResponse:
    teller, state = teller_of(request), _state(found)
    history = registry.get_logs_for_instance(found).select_related("user").order_by("timestamp", "pk")
    content: PeriodTransitions = {
        "@id": _address(teller, "period_transitions", found),
        "@type": "PeriodTransitions",
        "of": _address(teller, "period_detail", found),
        "period": found.period,
        "opens": day_or_none(found.opens),
        "due": day_or_none(found.due),
        "locked": moment_or_none(found.locked_at),
        "state": state,
        "label": _label(state),
        "pending": _pending(teller, found),
        "history": [step(each) for each in history],
        "transitions": _transitions(teller, found),
    }
    response = answer(content, teller.language)
    response.status_code = status
    return response


def _transitions(teller: Teller, found: ReportingPeriod) -> list[Transition]:
    """The button that the admin's list shows."""
    name, label = (PeriodTransition.REOPEN, _("Reopen")) if found.is_locked else (PeriodTransition.LOCK, _("Lock"))
    address = _address(teller, "period_transition", found, name.value)
    return [told(address, name.value, label, "required" if name is PeriodTransition.REOPEN else "none")]


def _pending(teller: Teller, found: ReportingPeriod) -> list[PendingReturn]:
    rows = found.returns.exclude(state=ReturnState.APPROVED).select_related("chapter")
    return [
        {
            "@id": teller.address("return_detail", each.pk),
            "@type": "Return",
            "id": each.pk,
            "chapter": teller.reference("Chapter", each.chapter, found.plan),
            "state": each.state_choice,
            "state_label": each.state_choice.label,
        }
        for each in rows.order_by("chapter__page__path", "pk")
    ]


def _state(found: ReportingPeriod) -> PeriodState:
    if found.is_locked:
        return "locked"
    return "open" if returns.is_open(found, timezone.localdate()) else "not_open_yet"


def _label(state: PeriodState) -> str:
    match state:
        case "locked":
            return pgettext("reporting period", "locked")
        case "open":
            return pgettext("reporting period", "open")
        case "not_open_yet":
            return pgettext("reporting period", "not open yet")


def _address(teller: Teller, name: str, found: ReportingPeriod, *more: Any) -> str:
    slug = found.plan.page.slug if found.plan.page else ""
    return teller.address(name, slug, found.period, *more)
