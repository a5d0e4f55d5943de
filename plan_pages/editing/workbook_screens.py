"""What the screens of workbooks share: the download, the upload, the preview with its confirmation."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from plan_pages.editing.screens import MonitoringView
from plan_pages.editing.workbook import of_plan, of_return
from plan_pages.editing.workbook.book import Book, Part
from plan_pages.editing.workbook.layout import laid_out
from plan_pages.editing.workbook.marks import Marks
from plan_pages.editing.workbook.proposal import Asked, Proposal, order_of
from plan_pages.editing.workbook.reading import Stranger, uploaded
from plan_pages.spreadsheet.problems import Findings, Problem, Refused
from plan_pages.uploads import PendingUpload

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UPLOAD_LIMIT = 10 * 1024 * 1024
PROBLEMS_SHOWN = 200
TOO_LARGE = gettext_lazy("the file is larger than {limit} MB")
OTHER_KIND = {
    of_return.KIND: gettext_lazy("this is the workbook of a chapter’s return; upload it at that return"),
    of_plan.KIND: gettext_lazy("this is the workbook of the plan’s indicators; upload it at its period"),
}
OTHER_PERIOD = gettext_lazy("the workbook is of the period {theirs}, and not of {ours}")
OTHER_PLAN = gettext_lazy("the workbook is of another plan")


class WorkbookView(MonitoringView):
    """What a workbook is of: `name` is the part of addresses' names, `pk` its key."""

    name = ""
    pk: int
    header_icon = "table"
    kind = ""

    @property
    @abstractmethod
    def of(self) -> dict[str, Any]:
        """By what the upload that waits is found."""

    @property
    @abstractmethod
    def why_not(self) -> str:
        """Why nothing can be uploaded now; "" where it can."""

    @abstractmethod
    def book(self) -> Book: ...

    @abstractmethod
    def parts_of(self, marks: Marks) -> Sequence[Part]:
        """Raises the spreadsheet's Refused for a workbook of something else."""

    @abstractmethod
    def proposal(self, asked: Asked) -> Proposal: ...

    @abstractmethod
    def take_in(self, asked: Asked) -> Proposal: ...

    def tell_strangers(self, findings: Findings, strangers: Sequence[Stranger]) -> None: ...

    @property
    @abstractmethod
    def above(self) -> tuple[str, str]:
        """Name and address of the screen that the workbook belongs to."""

    def address(self, screen: str) -> str:
        return reverse(f"plan_pages_{self.name}_{screen}", args=[self.pk])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        *items, own = super().get_breadcrumbs_items()
        label, url = self.above
        return [*items, {"url": url, "label": label}, own]

    def show(self, **context: Any) -> HttpResponse:
        label, url = self.above
        addresses = {screen: self.address(screen) for screen in ("workbook", "upload", "preview")}
        return super().show(above=label, above_url=url, addresses=addresses, why_not=self.why_not, **context)

    def check_marks(self, marks: Marks, of: str, period: str, other: Any) -> None:
        if marks.kind != self.kind:
            raise Refused(OTHER_KIND.get(marks.kind, OTHER_PLAN))
        if marks.of != of:
            raise Refused(other(marks))
        if marks.period != period:
            raise Refused(format_lazy(OTHER_PERIOD, theirs=marks.period, ours=period))


class DownloadView(WorkbookView):
    http_method_names = ["get"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        book = self.book()
        disposition = content_disposition_header(True, book.file_name) or "attachment"
        # What is downloaded is what is stored at this moment.
        headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
        return HttpResponse(laid_out(book), content_type=XLSX, headers=headers)


class UploadView(WorkbookView):
    template_name = "plan_pages/admin/workbook_upload.html"

    def get_page_title(self) -> str:
        return _("Workbook")

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        waiting = PendingUpload.objects.waiting(request.user, timezone.now()).filter(**self.of).first()
        return self.show(waiting=waiting)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if self.why_not:
            messages.error(request, self.why_not)
            return redirect(self.address("upload"))
        file = request.FILES.get("workbook")
        if file is None:
            return self.show(missing=_("Choose the file."))
        asked, problems = self._read(file)
        if problems:
            shown, more = problems[:PROBLEMS_SHOWN], len(problems) - PROBLEMS_SHOWN
            return self.show(problems=shown, count=len(problems), more=max(more, 0), file_name=file.name)
        if asked is None:
            return self.show(unchanged=True, file_name=file.name)
        name = str(file.name or "")[:255]
        PendingUpload.objects.keep(request.user, asked.as_json(), name, timezone.now(), **self.of)
        return redirect(self.address("preview"))

    def _read(self, file: Any) -> tuple[Asked | None, list[Problem]]:
        """What the file asks for, None where it changes nothing; and everything that is wrong with it."""
        findings = Findings()
        try:
            if file.size > UPLOAD_LIMIT:
                raise Refused(format_lazy(TOO_LARGE, limit=UPLOAD_LIMIT // 1024**2))
            found = uploaded(file.read(), self.parts_of, findings)
        except Refused as refusal:
            findings.error(refusal.sheet, None, "", refusal.message)
            return None, list(findings.errors({}))
        self.tell_strangers(findings, found.strangers)
        asked = Asked.of(found)
        proposal = self.proposal(asked)
        findings.take(proposal.findings)
        return (asked if proposal.rows else None), list(findings.errors(order_of(found.places, found.sheets)))


class PreviewView(WorkbookView):
    template_name = "plan_pages/admin/workbook_preview.html"

    def get_page_title(self) -> str:
        return _("What would change")

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        pending = self._pending()
        return self._show(pending, self.proposal(Asked.from_json(pending.asked))) if pending else self._none_waits()

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        pending = self._pending()
        if pending is None:
            return self._none_waits()
        match request.POST.get("deed"):
            case "discard":
                pending.delete()
                messages.success(request, _("The upload is discarded: nothing has been changed."))
                return redirect(self.address("upload"))
            case "confirm":
                return self._confirm(pending)
        raise PermissionDenied

    def _confirm(self, pending: PendingUpload) -> HttpResponse:
        taken: list[Proposal] = []
        if not self.attempt(lambda: taken.append(self.take_in(Asked.from_json(pending.asked)))):
            return redirect(self.address("upload"))
        proposal = taken[0]
        if not proposal.is_good:
            return self._show(pending, proposal)
        pending.delete()
        count = proposal.cell_count
        message = ngettext("%(count)d cell is changed.", "%(count)d cells are changed.", count)
        messages.success(self.request, message % {"count": count})
        return redirect(self.above[1])

    def _pending(self) -> PendingUpload | None:
        return PendingUpload.objects.waiting(self.request.user, timezone.now()).filter(**self.of).first()

    def _none_waits(self) -> HttpResponse:
        messages.warning(self.request, _("No upload waits to be confirmed. Upload the workbook again."))
        return redirect(self.address("upload"))

    def _show(self, pending: PendingUpload, proposal: Proposal) -> HttpResponse:
        parts: dict[str, list[Any]] = {}
        for row in proposal.rows:
            parts.setdefault(row.edit.sheet, []).append(row)
        problems = proposal.problems
        return self.show(
            pending=pending,
            proposal=proposal,
            parts=parts.items(),
            problems=problems[:PROBLEMS_SHOWN],
            count=len(problems),
            more=max(len(problems) - PROBLEMS_SHOWN, 0),
        )
