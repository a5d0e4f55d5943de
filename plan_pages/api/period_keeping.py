"""Reporting periods kept by programs: one more, and the days of one that is not locked. By the form of the admin."""

from datetime import date
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Body, Query
from wagtail.api.v3.auth import BearerTokenAuth

from plan_pages.api.asking import Asking, PlanSlug
from plan_pages.api.period_transitions import PeriodTransitions, answered, kept_period, kept_plan
from plan_pages.api.periods import router
from plan_pages.api.problems import problem
from plan_pages.api.return_posted import Sent, changed
from plan_pages.api.shapes import PeriodCode
from plan_pages.api.transitions import Fault, Problem, Unfit, fault, unfit
from plan_pages.editing import periods
from plan_pages.editing.periods import PeriodForm
from plan_pages.editing.refusal import Refused
from plan_pages.monitoring import ReportingPeriod

KEPT: Any = {200: PeriodTransitions, 409: Problem, 422: Unfit}
FIELDS = ("period", "opens", "due")
DAY = "Without it, it stays as it is; null clears it."


class PeriodSent(Sent):
    """`opens`, `due`: the days from which and until which it is reported."""

    period: PeriodCode
    opens: date | None = None
    due: date | None = None


class PeriodChanges(Sent):
    """`period`: the name, as long as nothing hangs on it."""

    period: PeriodCode = changed("Without it, it stays as it is.")
    opens: date | None = changed(DAY)
    due: date | None = changed(DAY)


@router.post(
    "/{slug}/periods/",
    response={201: PeriodTransitions, 422: Unfit},
    url_name="periods_list",
    operation_id="period_add",
    summary="Add a reporting period",
    auth=BearerTokenAuth(),
)
def period_add(request: HttpRequest, slug: PlanSlug, query: Query[Asking], data: Body[PeriodSent]) -> HttpResponse:
    plan = kept_plan(request, slug)
    return _keep(request, slug, PeriodForm({"plan": plan.pk, **data.model_dump()}), status=201)


@router.patch(
    "/{slug}/periods/{period}/",
    response=KEPT,
    url_name="period_detail",
    operation_id="period_update",
    summary="Change the days of a reporting period",
    auth=BearerTokenAuth(),
)
def period_update(
    request: HttpRequest, slug: PlanSlug, period: PeriodCode, query: Query[Asking], data: Body[PeriodChanges]
) -> HttpResponse:
    """A period that has returns or values keeps its name."""
    found, sent = kept_period(request, slug, period), data.model_dump(exclude_unset=True)
    stored = {name: getattr(found, name) for name in FIELDS}
    form = PeriodForm({"plan": found.plan_id, **stored, **sent}, instance=found)
    if form.fields["period"].disabled and sent.get("period", period) != period:
        words = _("A period that has returns or values keeps its name.")
        return unfit(words, [fault(("body", "data", "period"), words, "denied")])
    return _keep(request, slug, form)


def _keep(request: HttpRequest, slug: str, form: PeriodForm, status: int = 200) -> HttpResponse:
    if not form.is_valid():
        faults = list(_faults(form))
        return unfit(" ".join(each["msg"] for each in faults), faults)
    try:
        kept: ReportingPeriod = periods.keep(form, request.user)
    except Refused as refusal:
        return problem(409, str(refusal))
    return answered(request, kept_period(request, slug, kept.period), status)


def _faults(form: PeriodForm) -> list[Fault]:
    return [
        fault(("body", "data") if name == NON_FIELD_ERRORS else ("body", "data", name), str(message))
        for name, messages in form.errors.items()
        for message in messages
    ]
