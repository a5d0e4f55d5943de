"""Reporting periods: their form, and the deeds of locking and reopening one. Coordinators only; every change is logged."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.widgets import AdminDateInput
from wagtail.log_actions import log

from plan_pages.choices import Frequency
from plan_pages.domain.periods import Period
from plan_pages.editing import notices, returns
from plan_pages.editing.refusal import NO_NULS, NUL, Refused, UnfitReason
from plan_pages.editing.workbook.plan_proposal import PlanProposal
from plan_pages.editing.workbook.proposal import Asked
from plan_pages.monitoring import ReportingPeriod, check_period
from plan_pages.permissions import is_coordinator
from plan_pages.register import Plan

REASON_LENGTH = 2000


class PeriodForm(forms.ModelForm):
    """A period that has returns or values keeps its plan and its name: only its days may be moved."""

    class Meta:
        model = ReportingPeriod
        fields = ["plan", "period", "opens", "due"]
        widgets = {"opens": AdminDateInput, "due": AdminDateInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        period = self.instance
        used = period.pk and (period.returns.exists() or period.values.exists())
        for name in ("plan", "period"):
            self.fields[name].disabled = bool(used)
        if self.fields["plan"].disabled or Plan.objects.count() == 1:
            self.fields["plan"].empty_label = None

    def clean_period(self) -> str:
        check_period(self.cleaned_data["period"])
        return self.cleaned_data["period"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        plan, written = cleaned.get("plan"), cleaned.get("period")
        if plan and written:
            self._check(plan, Period.parse(written))
        return cleaned

    def _check(self, plan: Plan, period: Period) -> None:
        frequency = Frequency(plan.frequency)
        if period.frequency is not frequency:
            example = Period.containing(period.start, frequency)
            message = _("Progress of this plan is reported %(frequency)s: write it like %(example)s.")
            self.add_error("period", message % {"frequency": str(frequency.label).lower(), "example": str(example)})
        elif not plan.start_year <= period.year <= plan.end_year:
            message = _("The plan runs from %(start)d to %(end)d.")
            self.add_error("period", ValidationError(message % {"start": plan.start_year, "end": plan.end_year}))


def suggested(plan: Plan) -> dict[str, Any]:
    """The period after the last one that the plan has, open from the day after its end."""
    frequency = Frequency(plan.frequency)
    names = ReportingPeriod.objects.filter(plan=plan).order_by("-last_day").values_list("period", flat=True)
    same = [period for period in map(Period.parse, names) if period.frequency is frequency]
    period = same[0].next() if same else Period.last_complete(timezone.localdate(), frequency)
    return {"plan": plan, "period": str(period), "opens": period.end}


@transaction.atomic
def keep(form: PeriodForm, user: Any) -> ReportingPeriod:
    """Store a new period, or the changed days of one that is not locked."""
    if not is_coordinator(user):
        raise PermissionDenied
    made = form.instance.pk is None
    if not made and _held(form.instance).is_locked:
        raise Refused(_("The period %(period)s is locked.") % {"period": form.instance})
    period = form.save()
    log(period, "wagtail.create" if made else "wagtail.edit", user=user)
    return period


@transaction.atomic
def lock(period: ReportingPeriod, user: Any) -> None:
    """What was approved for it is not changed any more."""
    if not is_coordinator(user):
        raise PermissionDenied
    found = _held(period)
    if found.is_locked:
        raise Refused(_("The period %(period)s is locked.") % {"period": found})
    found.locked_at = timezone.now()
    found.save()
    log(found, "plan_pages.period.lock", user=user)
    notices.locked(found, user)


@transaction.atomic
def reopen(period: ReportingPeriod, user: Any, reason: str) -> None:
    """Open a locked period again. The reason stays in the log."""
    if not is_coordinator(user):
        raise PermissionDenied
    found = _held(period)
    if not found.is_locked:
        raise Refused(_("The period %(period)s is not locked.") % {"period": found})
    reason = reason.strip()
    if not reason:
        raise UnfitReason(_("Say why the period is opened again: the reason stays in its history."))
    if len(reason) > REASON_LENGTH:
        raise UnfitReason(_("The reason is longer than %(limit)d characters.") % {"limit": REASON_LENGTH})
    if NUL in reason:
        raise UnfitReason(str(NO_NULS))
    found.locked_at = None
    found.save()
    log(found, "plan_pages.period.reopen", user=user, data={"reason": reason})
    notices.reopened(found, user, reason)


@transaction.atomic
def take_in(period: ReportingPeriod, user: Any, asked: Asked, today: date) -> PlanProposal:
    """Keep what an uploaded workbook of the plan's indicators asks for. Where a chapter has no return for the period, one
    is begun, unless only interim targets are set. A proposal with problems comes back with them, and nothing is kept."""
    if not is_coordinator(user):
        raise PermissionDenied
    found = _held(period)
    if found.is_locked:
        raise Refused(_("The period %(period)s is locked.") % {"period": found})
    # Held, so that none of them is submitted meanwhile.
    list(found.returns.select_for_update(of=("self",)))
    proposal = PlanProposal(found, asked)
    if proposal.is_good and proposal.rows:
        for chapter in proposal.to_begin:
            returns.start(chapter, found, user, today)
        proposal.save(user)
        log(found, "plan_pages.period.upload", user=user)
        for each in proposal.returns:
            log(each, "plan_pages.return.upload", user=user)
    return proposal


def _held(period: ReportingPeriod) -> ReportingPeriod:
    return ReportingPeriod.objects.select_for_update(of=("self",)).select_related("plan").get(pk=period.pk)
