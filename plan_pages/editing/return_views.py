"""Screens of chapters' returns: the list of what the user may see and may begin, and one return as a sheet."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from plan_pages.choices import ReturnState
from plan_pages.editing import returns
from plan_pages.editing.screens import MonitoringView
from plan_pages.editing.sheet import ReturnSheet
from plan_pages.monitoring import ChapterReturn, ReportingPeriod
from plan_pages.permissions import (
    chapters_for,
    is_coordinator,
    may_approve,
    may_edit_return,
    may_send_back,
    may_view_return,
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


class ReturnView(MonitoringView):
    """One return: its sheet, and what may be done with it now."""

    template_name = "plan_pages/admin/return.html"
    section = SECTION
    header_icon = "tasks"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        rows = ChapterReturn.objects.select_related("chapter__plan__page", "period", "submitted_by", "approved_by")
        self.chapter_return = get_object_or_404(rows, pk=kwargs["pk"])

    def is_allowed(self, user: Any) -> bool:
        return may_view_return(user, self.chapter_return)

    def get_page_title(self) -> str:
        return str(self.chapter_return)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._show(self._sheet())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        match request.POST.get("deed"):
            case "record":
                return self._record(_("Saved. The return is not handed in yet."))
            case "submit":
                return self._record(_("The return has been submitted for approval."), and_submit=True)
            case "send_back":
                reason = request.POST.get("reason", "")
                deed = lambda: returns.send_back(self.chapter_return, request.user, reason)  # noqa: E731
                return self._do(deed, _("The return has been sent back to its editors."), reason)
            case "approve":
                deed = lambda: returns.approve(self.chapter_return, request.user)  # noqa: E731
                return self._do(deed, _("The return is approved: it is in the public plan now."))
        raise PermissionDenied

    def _record(self, message: str, *, and_submit: bool = False) -> HttpResponse:
        user = self.request.user
        kept: list[ReturnSheet] = []
        if not self.attempt(lambda: kept.append(returns.record(self.chapter_return, user, self.request.POST))):
            return redirect("plan_pages_return", self.chapter_return.pk)
        sheet = kept[0]
        if sheet.error_count:
            messages.error(self.request, _("Nothing is saved yet: please correct what is marked below."))
            return self._show(sheet)
        if and_submit and not self.attempt(lambda: returns.submit(self.chapter_return, user)):
            return redirect("plan_pages_return", self.chapter_return.pk)
        return self.done(message, *(("plan_pages_returns",) if and_submit else self._here))

    def _do(self, deed: Any, message: str, reason: str = "") -> HttpResponse:
        if self.attempt(deed):
            return self.done(message, *self._here)
        return self._show(self._sheet(), reason=reason)

    def _currency(self) -> str:
        page = self.chapter_return.chapter.plan.page
        return page.currency if page else ""

    @property
    def _here(self) -> tuple[str, int]:
        return "plan_pages_return", self.chapter_return.pk

    def _sheet(self) -> ReturnSheet:
        user = self.request.user
        may_edit = may_edit_return(user, self.chapter_return)
        return ReturnSheet(self.chapter_return, may_edit=may_edit, may_set_targets=is_coordinator(user))

    def _show(self, sheet: ReturnSheet, **context: Any) -> HttpResponse:
        user = self.request.user
        return self.show(
            sheet=sheet,
            chapter_return=self.chapter_return,
            may_edit=may_edit_return(user, self.chapter_return),
            may_approve=may_approve(user, self.chapter_return),
            may_send_back=may_send_back(user, self.chapter_return),
            reason_length=returns.REASON_LENGTH,
            currency=self._currency(),
            **context,
        )
