"""Screens of chapters' returns: the list of what the user may see and may begin, and one return as a sheet."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy

from plan_pages.choices import ReturnState
from plan_pages.editing import returns
from plan_pages.editing.screens import MonitoringView
from plan_pages.monitoring import ChapterReturn, ReportingPeriod
from plan_pages.permissions import (
    chapters_for,
    is_coordinator,
    returns_for,
)
from plan_pages.register import Chapter

SECTION = (gettext_lazy("Returns of chapters"), "plan_pages_returns")
RETURNS_A_PAGE = 50


def enters_progress(user: Any) -> bool:
    """Whether the monitoring screens are for this user at all."""
    return is_coordinator(user) or chapters_for(user).exists() or returns_for(user).exists()


class ReturnsView(MonitoringView):
    template_name = "plan_pages/admin/returns.html"
    page_title = SECTION[0]
    header_icon = "tasks"

    def is_allowed(self, user: Any) -> bool:
        return enters_progress(user)

    def get(self, request: HttpRequest) -> HttpResponse:
        state = request.GET.get("state", "")
        period = request.GET.get("period", "")
        found = returns_for(request.user).select_related("chapter", "period__plan")
        chapters = chapters_for(request.user)
        periods = ReportingPeriod.objects.filter(plan__chapters__in=chapters).distinct()
        if state in set(ReturnState):
            found = found.filter(state=state)
        if period:
            found = found.filter(period__period=period)
        found = found.annotate(entry_count=Count("entries")).order_by("-period__last_day", "chapter__page__path", "pk")
        page = Paginator(found, RETURNS_A_PAGE).get_page(request.GET.get("p"))
        return self.show(
            page=page,
            missing=[] if state else self._missing(chapters, periods, period),
            states=[{"value": each.value, "label": each.label} for each in ReturnState],
            periods=periods.order_by("-last_day", "-pk").values_list("period", flat=True),
            chosen={"state": state, "period": period},
            query=urlencode({"state": state, "period": period}),
        )

    def _missing(self, chapters: Any, periods: Any, period: str) -> list[dict[str, Any]]:
        """Chapters of the user that have no return for a period that is open."""
        today = timezone.localdate()
        begun = set(ChapterReturn.objects.filter(chapter__in=chapters).values_list("chapter_id", "period_id"))
        return [
            {"chapter": chapter, "period": each, "is_overdue": each.due is not None and each.due < today}
            for each in periods.order_by("last_day", "pk")
            if returns.is_open(each, today) and period in ("", each.period)
            for chapter in chapters.filter(plan=each.plan_id)
            if (chapter.pk, each.pk) not in begun
        ]


class StartReturnView(MonitoringView):
    http_method_names = ["post"]

    def is_allowed(self, user: Any) -> bool:
        return enters_progress(user)

    def post(self, request: HttpRequest, chapter: int, period: int) -> HttpResponse:
        row = get_object_or_404(Chapter, pk=chapter)
        of = get_object_or_404(ReportingPeriod, pk=period)
        made: list[ChapterReturn] = []
        if self.attempt(lambda: made.append(returns.start(row, of, request.user, timezone.localdate()))):
            return redirect("plan_pages_return", made[0].pk)
        return redirect(SECTION[1])
