"""Screens of schedules: list, form with a preview of due times, make now, trial. Coordinators only."""

from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.log_actions import registry

from plan_pages.register import Plan
from reports import trials
from reports.editing import schedules
from reports.editing.screens import ReportsView
from reports.models.schedules import ReportSchedule

SECTION = (gettext_lazy("Schedules of reports"), "reports_schedules")


class SchedulesView(ReportsView):
    template_name = "reports/admin/schedules.html"
    page_title = SECTION[0]
    header_icon = "calendar-check"

    def get(self, request: HttpRequest) -> HttpResponse:
        now = timezone.now()
        found = ReportSchedule.objects.select_related("plan").annotate(recipient_count=Count("recipients"))
        rows = [
            {
                "schedule": schedule,
                "words": schedule.in_words(now),
                "next": next(iter(schedule.next_five(now)), None) if schedule.active else None,
            }
            for schedule in found.order_by("-active", "plan", "kind", "pk")
        ]
        return self.show(rows=rows, several_plans=Plan.objects.count() > 1)


class ScheduleFormView(ReportsView):
    """Add a schedule (no key) or change one. "Preview" keeps nothing."""

    template_name = "reports/admin/schedule_form.html"
    section = SECTION
    header_icon = "calendar-check"
    schedule: ReportSchedule | None = None

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if "pk" in kwargs:
            self.schedule = get_object_or_404(ReportSchedule.objects.select_related("plan"), pk=kwargs["pk"])

    def get_page_title(self) -> str:
        return str(self.schedule) if self.schedule else _("New schedule of reports")

    def get(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        return self._form(self._bound(None), self.schedule)

    def post(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        form = self._bound(request.POST)
        is_right = form.is_valid()
        if is_right and request.POST.get("deed") != "preview":
            schedules.keep(form, request.user)
            return self.done(_("The schedule is kept."), SECTION[1])
        return self._form(form, form.instance if is_right else None)

    def _bound(self, data: Any) -> schedules.ScheduleForm:
        form_class = schedules.PANELS.get_form_class()
        return form_class(data, instance=self.schedule or ReportSchedule(), for_user=self.request.user)

    def _form(self, form: schedules.ScheduleForm, shown: ReportSchedule | None) -> HttpResponse:
        panel = schedules.PANELS.get_bound_panel(request=self.request, instance=form.instance, form=form)
        now = timezone.now()
        return self.show(
            form=form,
            panel=panel,
            media=form.media + panel.media,
            schedule=self.schedule,
            words=shown.in_words(now) if shown else "",
            due_times=shown.next_five(now) if shown else (),
            history=registry.get_logs_for_instance(self.schedule).select_related("user") if self.schedule else [],
        )


class OfPeriodView(ReportsView):
    """A deed on a schedule for a period that a person chooses."""

    section = SECTION
    header_icon = "calendar-check"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.schedule = get_object_or_404(ReportSchedule.objects.select_related("plan"), pk=kwargs["pk"])


class MakeNowView(OfPeriodView):
    template_name = "reports/admin/make_now.html"

    def get_page_title(self) -> str:
        return _("Make now: %(schedule)s") % {"schedule": self.schedule}

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.show(schedule=self.schedule, periods=schedules.periods_to_make(self.schedule, timezone.now()))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if self.attempt(self._make):
            message = ngettext(
                "%(count)d report is being made. It appears here when it is ready.",
                "%(count)d reports are being made. They appear here when they are ready.",
                self.made,
            )
            return self.done(message % {"count": self.made}, "reports_editions")
        return self.get(request, pk)

    def _make(self) -> None:
        period = schedules.parse_period(self.request.POST.get("period", ""))
        self.made = len(schedules.make_now(self.schedule, period, self.request.user))


class TrialView(OfPeriodView):
    template_name = "reports/admin/trial.html"

    def get_page_title(self) -> str:
        return _("Trial: %(title)s") % {"title": self.schedule}

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        latest = trials.latest_period(self.schedule, timezone.now())
        periods = schedules.periods_over(self.schedule, timezone.now()) or [latest]
        return self.show(schedule=self.schedule, periods=periods, address=request.user.email)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if self.attempt(self._send):
            return self.done(_("The trial is on its way to %(address)s.") % {"address": request.user.email}, SECTION[1])
        return redirect("reports_trial", pk)

    def _send(self) -> None:
        period = schedules.parse_period(self.request.POST.get("period", ""))
        trials.send_trial(self.schedule, self.request.user, period=period)
