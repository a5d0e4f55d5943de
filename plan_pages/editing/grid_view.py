"""One return as a grid: what is entered, what stands beside it, and what may be done with the return now."""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from wagtail.admin import messages

from plan_pages import formats
from plan_pages.choices import NEEDS_REASON
from plan_pages.editing import returns
from plan_pages.editing.grid import Grid
from plan_pages.editing.grid_words import words
from plan_pages.editing.return_views import SECTION
from plan_pages.editing.screens import MonitoringView
from plan_pages.editing.sheet import ReturnSheet
from plan_pages.funds import funds
from plan_pages.monitoring import ChapterReturn
from plan_pages.permissions import is_coordinator, is_editable, may_approve, may_send_back, may_view_return


class ReturnView(MonitoringView):
    """The whole sheet can be posted as one form; a browser with scripts saves its rows as they are written (`row_views`)."""

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
        return f"{self.chapter_return.chapter} · {self._period_name}"

    @property
    def _period_name(self) -> str:
        return formats.period(self.chapter_return.period.value, get_language() or settings.LANGUAGE_CODE)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._show(self._sheet(), ask_submit=request.GET.get("ask") == "submit")

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        match request.POST.get("deed"):
            case "record":
                return self._record(_("Saved. The return is not handed in yet."))
            case "submit":
                return self._record("", and_submit=True)
            case "hand_in":
                return self._hand_in()
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
            return redirect(*self._here)
        sheet = kept[0]
        if sheet.error_count:
            messages.error(self.request, self._told_errors(sheet))
            return self._show(sheet)
        if and_submit:
            return self._hand_in()
        return self.done(message, *self._here)

    def _told_errors(self, sheet: ReturnSheet) -> str:
        count = sum(bool(row.errors) for row in sheet.bound)
        told = ngettext(
            "Nothing is saved yet: please correct the %(count)d row that is marked below.",
            "Nothing is saved yet: please correct the %(count)d rows that are marked below.",
            count,
        )
        return told % {"count": count}

    def _hand_in(self) -> HttpResponse:
        """What is missing is asked about once; what is entered is stored already."""
        user = self.request.user
        asks = not self.request.POST.get("anyway") and is_editable(self.chapter_return)
        if asks and Grid(self.chapter_return, self._sheet()).asked_about:
            return redirect(f"{reverse(self._here[0], args=self._here[1:])}?ask=submit")
        if not self.attempt(lambda: returns.submit(self.chapter_return, user)):
            return redirect(*self._here)
        return self.done(_("The return has been submitted for approval."), SECTION[1])

    def _do(self, deed: Any, message: str, reason: str = "") -> HttpResponse:
        if self.attempt(deed):
            return self.done(message, *self._here)
        return self._show(self._sheet(), reason=reason)

    @property
    def _here(self) -> tuple[str, int]:
        return "plan_pages_return", self.chapter_return.pk

    def _sheet(self) -> ReturnSheet:
        user = self.request.user
        # Who sees it was asked already.
        may_edit = is_editable(self.chapter_return)
        return ReturnSheet(self.chapter_return, may_edit=may_edit, may_set_targets=is_coordinator(user))

    def _show(self, sheet: ReturnSheet, *, ask_submit: bool = False, **context: Any) -> HttpResponse:
        user, found = self.request.user, self.chapter_return
        history = returns.history(found)
        grid = Grid(found, sheet, returns.sent_back_at(history))
        may_edit = is_editable(found)
        page = found.chapter.plan.page
        year = found.period.value.year
        return self.show(
            sheet=sheet,
            grid=grid,
            chapter_return=found,
            period_name=self._period_name,
            history=history,
            may_edit=may_edit,
            may_approve=may_approve(user, found),
            may_send_back=may_send_back(user, found),
            ask_submit=ask_submit and may_edit and bool(grid.missing),
            missing_count=len(grid.missing) + len(grid.missing_values),
            reason_length=returns.REASON_LENGTH,
            currency=page.currency if page else "",
            years=range(year, found.chapter.plan.start_year - 1, -1),
            fund_names=funds().items(),
            grid_settings=self._settings(may_edit),
            **context,
        )

    def _settings(self, may_edit: bool) -> dict[str, Any]:
        """What the script of the screen is told."""
        return {
            "rows": reverse("plan_pages_return_rows", args=[self.chapter_return.pk]),
            "login": reverse("wagtailadmin_login"),
            "home": reverse("wagtailadmin_home"),
            "store": f"plan-return-{self.chapter_return.pk}-{self.request.user.pk}",
            "now": timezone.now().isoformat(),
            "editable": may_edit,
            "needsReason": sorted(NEEDS_REASON),
            "words": words(),
        }
