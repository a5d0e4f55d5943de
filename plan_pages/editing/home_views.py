"""Where links of mails and buttons of the home page lead: to the return of a chapter for a period, begun or to be begun;
approving from the home page.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from plan_pages.dues import closing, dues
from plan_pages.editing import returns
from plan_pages.editing.return_views import SECTION
from plan_pages.editing.screens import MonitoringView
from plan_pages.monitoring import ChapterReturn, ReportingPeriod
from plan_pages.permissions import chapters_for, is_coordinator
from plan_pages.register import Chapter


class ReportView(MonitoringView):
    """An address that holds from the day on which the period opens: the return itself, once it is begun."""

    template_name = "plan_pages/admin/begin.html"
    section = SECTION
    header_icon = "tasks"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.chapter = get_object_or_404(Chapter, pk=kwargs["chapter"])
        self.period = get_object_or_404(ReportingPeriod, pk=kwargs["period"], plan=self.chapter.plan_id)

    def is_allowed(self, user: Any) -> bool:
        return chapters_for(user).filter(pk=self.chapter.pk).exists()

    def get_page_title(self) -> str:
        return f"{self.chapter} · {self.period}"

    def get(self, request: HttpRequest, chapter: int, period: int) -> HttpResponse:
        (due,) = dues([self.chapter], [self.period])
        if due.chapter_return:
            # A browser takes the measure that the address points at along.
            return redirect("plan_pages_return", due.chapter_return.pk)
        today = timezone.localdate()
        return self.show(
            due=due,
            closing=closing(self.period, today),
            is_open=returns.is_open(self.period, today),
        )


class ApproveView(MonitoringView):
    """A return that was looked at, approved from the table of the home page."""

    http_method_names = ["post"]

    def is_allowed(self, user: Any) -> bool:
        return is_coordinator(user)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        found = get_object_or_404(ChapterReturn.objects.select_related("chapter", "period"), pk=pk)
        if self.attempt(lambda: returns.approve(found, request.user)):
            return self.done(_("Approved: %(chapter_return)s") % {"chapter_return": found}, "wagtailadmin_home")
        return redirect("wagtailadmin_home")
