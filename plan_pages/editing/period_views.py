"""Screens of reporting periods: list, add, edit, lock, reopen. Coordinators only."""

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import registry

from plan_pages.choices import ReturnState
from plan_pages.editing import periods
from plan_pages.editing.returns import is_open
from plan_pages.editing.screens import MonitoringView
from plan_pages.monitoring import ReportingPeriod
from plan_pages.register import Plan

SECTION = (gettext_lazy("Reporting periods"), "plan_pages_periods")


class PeriodsView(MonitoringView):
    template_name = "plan_pages/admin/periods.html"
    page_title = SECTION[0]
    header_icon = "calendar-alt"

    def get(self, request: HttpRequest) -> HttpResponse:
        found = ReportingPeriod.objects.select_related("plan").annotate(
            return_count=Count("returns"),
            approved_count=Count("returns", filter=Q(returns__state=ReturnState.APPROVED)),
        )
        today = timezone.localdate()
        rows = [
            {"period": period, "is_open": is_open(period, today), "is_overdue": _is_overdue(period, today)}
            for period in found.order_by("plan", "-last_day", "-pk")
        ]
        return self.show(rows=rows, several_plans=Plan.objects.count() > 1)


class PeriodFormView(MonitoringView):
    """Add a period (no key) or change one."""

    template_name = "plan_pages/admin/period_form.html"
    section = SECTION
    header_icon = "calendar-alt"
    period: ReportingPeriod | None = None

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if "pk" in kwargs:
            self.period = get_object_or_404(ReportingPeriod.objects.select_related("plan"), pk=kwargs["pk"])

    def get_page_title(self) -> str:
        return _("Reporting period %(period)s") % {"period": self.period} if self.period else _("New reporting period")

    def get(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        plan = Plan.objects.order_by("pk").last()
        initial = periods.suggested(plan) if plan and not self.period else None
        return self._form(periods.PeriodForm(instance=self.period, initial=initial))

    def post(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        form = periods.PeriodForm(request.POST, instance=self.period)
        if form.is_valid() and self.attempt(lambda: periods.keep(form, request.user)):
            return self.done(_("The reporting period %(period)s is kept.") % {"period": form.instance}, SECTION[1])
        return self._form(form)

    def _form(self, form: periods.PeriodForm) -> HttpResponse:
        history = registry.get_logs_for_instance(self.period).select_related("user") if self.period else []
        return self.show(form=form, period=self.period, media=form.media, history=history)


class LockPeriodView(MonitoringView):
    template_name = "plan_pages/admin/period_lock.html"
    section = SECTION
    header_icon = "lock"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.period = get_object_or_404(ReportingPeriod.objects.select_related("plan"), pk=kwargs["pk"])

    def get_page_title(self) -> str:
        return _("Lock the period %(period)s") % {"period": self.period}

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        pending = self.period.returns.exclude(state=ReturnState.APPROVED).select_related("chapter")
        return self.show(period=self.period, pending=pending.order_by("chapter__page__path"))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if self.attempt(lambda: periods.lock(self.period, request.user)):
            return self.done(_("The period %(period)s is locked.") % {"period": self.period}, SECTION[1])
        return self.get(request, pk)


class ReopenPeriodView(LockPeriodView):
    template_name = "plan_pages/admin/period_reopen.html"
    header_icon = "lock-open"

    def get_page_title(self) -> str:
        return _("Reopen the period %(period)s") % {"period": self.period}

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if self.attempt(lambda: periods.reopen(self.period, request.user, request.POST.get("reason", ""))):
            return self.done(_("The period %(period)s is open again.") % {"period": self.period}, SECTION[1])
        return self.get(request, pk)


def _is_overdue(period: ReportingPeriod, today: Any) -> bool:
    return not period.is_locked and period.due is not None and period.due < today
