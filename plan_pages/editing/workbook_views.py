"""Screens of workbooks: of a chapter's return, and of a period's indicators of the whole plan."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plan_pages.editing import period_views, periods, return_views, returns
from plan_pages.editing.workbook import of_plan, of_return
from plan_pages.editing.workbook.book import Book, Part
from plan_pages.editing.workbook.marks import Marks
from plan_pages.editing.workbook.plan_proposal import PlanProposal
from plan_pages.editing.workbook.proposal import Asked, Proposal
from plan_pages.editing.workbook.reading import Stranger
from plan_pages.editing.workbook.return_proposal import ReturnProposal, tell_strangers
from plan_pages.editing.workbook_screens import OTHER_PLAN, DownloadView, PreviewView, UploadView, WorkbookView
from plan_pages.monitoring import ChapterReturn, ReportingPeriod
from plan_pages.permissions import is_coordinator, may_edit_return, may_view_return
from plan_pages.register import Chapter
from plan_pages.spreadsheet.problems import Findings

OTHER_CHAPTER = gettext_lazy("the workbook is of another chapter: {chapter}")


class OfReturn(WorkbookView):
    """Who may see the return may take it away; what may be done with an upload the deed says."""

    name = "return"
    kind = of_return.KIND
    section = return_views.SECTION

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.pk = kwargs["pk"]
        rows = ChapterReturn.objects.select_related("chapter__plan__page", "period")
        self.chapter_return = get_object_or_404(rows, pk=self.pk)

    def is_allowed(self, user: Any) -> bool:
        return may_view_return(user, self.chapter_return)

    @property
    def of(self) -> dict[str, Any]:
        return {"chapter_return": self.chapter_return}

    @property
    def why_not(self) -> str:
        if may_edit_return(self.request.user, self.chapter_return):
            return ""
        if self.chapter_return.period.is_locked:
            return _("The period %(period)s is locked.") % {"period": self.chapter_return.period}
        state = self.chapter_return.state_choice.label
        return _("This is not possible now. State of the return: %(state)s.") % {"state": state}

    @property
    def above(self) -> tuple[str, str]:
        return str(self.chapter_return), reverse("plan_pages_return", args=[self.pk])

    def book(self) -> Book:
        user = self.request.user
        may_edit = may_edit_return(user, self.chapter_return)
        return of_return.book_of(self.chapter_return, may_edit=may_edit, may_set_targets=is_coordinator(user))

    def parts_of(self, marks: Marks) -> Sequence[Part]:
        chapter = self.chapter_return.chapter
        self.check_marks(marks, str(chapter.public_id), self.chapter_return.period.period, self._other)
        # Whether a target may be set is for the form to say: one that is not is told from one that was not touched.
        return of_return.parts_of(may_set_targets=True)

    def _other(self, marks: Marks) -> Any:
        plan = self.chapter_return.chapter.plan_id
        found = Chapter.objects.filter(plan=plan, public_id=marks.of).first()
        return format_lazy(OTHER_CHAPTER, chapter=str(found)) if found else OTHER_PLAN

    def tell_strangers(self, findings: Findings, strangers: Sequence[Stranger]) -> None:
        tell_strangers(findings, strangers, self.chapter_return)

    def proposal(self, asked: Asked) -> Proposal:
        return ReturnProposal(self.chapter_return, asked, may_set_targets=is_coordinator(self.request.user))

    def take_in(self, asked: Asked) -> Proposal:
        return returns.take_in(self.chapter_return, self.request.user, asked)


class OfPlan(WorkbookView):
    """Coordinators only."""

    name = "period"
    kind = of_plan.KIND
    section = period_views.SECTION

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.pk = kwargs["pk"]
        self.period = get_object_or_404(ReportingPeriod.objects.select_related("plan__page"), pk=self.pk)

    @property
    def of(self) -> dict[str, Any]:
        return {"period": self.period}

    @property
    def why_not(self) -> str:
        return _("The period %(period)s is locked.") % {"period": self.period} if self.period.is_locked else ""

    @property
    def above(self) -> tuple[str, str]:
        label = _("Reporting period %(period)s") % {"period": self.period}
        return label, reverse("plan_pages_period", args=[self.pk])

    def book(self) -> Book:
        return of_plan.book_of(self.period)

    def parts_of(self, marks: Marks) -> Sequence[Part]:
        self.check_marks(marks, str(self.period.plan.public_id), self.period.period, lambda marks: OTHER_PLAN)
        return [of_plan.part()]

    def tell_strangers(self, findings: Findings, strangers: Sequence[Stranger]) -> None:
        of_plan.tell_strangers(findings, strangers)

    def proposal(self, asked: Asked) -> Proposal:
        return PlanProposal(self.period, asked)

    def take_in(self, asked: Asked) -> Proposal:
        return periods.take_in(self.period, self.request.user, asked, timezone.localdate())


class ReturnDownloadView(OfReturn, DownloadView):
    pass


class ReturnUploadView(OfReturn, UploadView):
    pass


class ReturnPreviewView(OfReturn, PreviewView):
    pass


class PeriodDownloadView(OfPlan, DownloadView):
    pass


class PeriodUploadView(OfPlan, UploadView):
    pass


class PeriodPreviewView(OfPlan, PreviewView):
    pass
