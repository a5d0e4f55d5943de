"""What hangs on a row of a return: its evidence and its comments, on a screen of its own. The grid shows the same in a
window without leaving the row: asked with `?part`, the screen answers its parts as JSON."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from plan_pages.comments import TEXT_LENGTH
from plan_pages.editing import talk
from plan_pages.editing.refusal import Refused
from plan_pages.editing.screens import MonitoringView
from plan_pages.monitoring import ChapterReturn
from plan_pages.permissions import may_comment, may_edit_return, may_view_return
from plan_pages.register import Indicator, Measure

KINDS: dict[str, type[Measure] | type[Indicator]] = {"measure": Measure, "indicator": Indicator}


class TalkView(MonitoringView):
    """`row`: the key of a row of the grid, a measure's or an indicator's."""

    template_name = "plan_pages/admin/talk.html"
    http_method_names = ["get", "post"]
    header_icon = "comment"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        rows = ChapterReturn.objects.select_related("chapter__plan", "period")
        self.chapter_return = get_object_or_404(rows, pk=kwargs["pk"])
        kind, _dash, number = kwargs["row"].partition("-")
        if kind not in KINDS or not number.isdecimal() or len(number) > 18:
            raise Http404
        self.row = get_object_or_404(KINDS[kind], pk=int(number), chapter=self.chapter_return.chapter_id)

    def is_allowed(self, user: Any) -> bool:
        return may_view_return(user, self.chapter_return)

    @property
    def measure(self) -> Measure | None:
        return self.row if isinstance(self.row, Measure) else None

    def get_page_title(self) -> str:
        return str(self.row)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        here = {"url": reverse("plan_pages_return", args=[self.chapter_return.pk]), "label": str(self.chapter_return)}
        home, *_rest = super().get_breadcrumbs_items()
        return [home, here, {"url": "", "label": self.get_page_title()}]

    def get(self, request: HttpRequest, pk: int, row: str) -> HttpResponse:
        if "part" in request.GET:
            return self._parts()
        return self.show(**self._panel({}))

    def post(self, request: HttpRequest, pk: int, row: str) -> HttpResponse:
        refused = ""
        try:
            self._deed(request)()
        except Refused as refusal:
            refused = str(refusal)
        if "part" in request.GET:
            return self._parts(refused, status=422 if refused else 200)
        if not refused:
            return redirect("plan_pages_return_talk", pk, row)
        messages.error(request, refused)
        return self.show(**self._panel(request.POST))

    def _deed(self, request: HttpRequest) -> Callable[[], Any]:
        given, chapter_return, user, measure = request.POST, self.chapter_return, request.user, self.measure
        match given.get("deed"):
            case "document" if measure:
                file = request.FILES.get("file")
                return lambda: talk.add_document(chapter_return, measure, user, file, given.get("title", ""))
            case "link" if measure:
                url = given.get("url", "")
                return lambda: talk.add_link(chapter_return, measure, user, url, given.get("title", ""))
            case "remove" if measure:
                found = get_object_or_404(chapter_return.evidence.filter(measure=measure), pk=_key(given, "evidence"))
                return lambda: talk.remove_evidence(found, user)
            case "comment":
                return lambda: talk.comment(chapter_return, self.row, user, given.get("text", ""))
            case "settle" | "reopen" as deed:
                comment = get_object_or_404(self._comments(), pk=_key(given, "comment"))
                return lambda: talk.settle(comment, user, settled=deed == "settle")
        raise PermissionDenied

    def _comments(self) -> Any:
        of = {"measure": self.row} if self.measure else {"indicator": self.row}
        return self.chapter_return.comments.filter(**of).select_related("author", "settled_by", "chapter_return")

    def _panel(self, typed: Any) -> dict[str, Any]:
        user, found = self.request.user, self.chapter_return
        may_edit = may_edit_return(user, found)
        evidence = []
        if self.measure:
            evidence = list(found.evidence.filter(measure=self.measure).select_related("document", "added_by"))
        for each in evidence:
            each.may_remove = may_edit and talk.may_remove(each, user)
        extensions = getattr(settings, "WAGTAILDOCS_EXTENSIONS", None) or []
        return {
            "chapter_return": found,
            "key": self.kwargs["row"],
            "code": self.row.code,
            "measure": self.measure,
            "evidence": evidence if self.measure else None,
            "comments": list(self._comments()),
            "may_edit": may_edit,
            "may_comment": may_comment(user, found),
            "comment_length": TEXT_LENGTH,
            "accepted": ",".join(f".{each}" for each in extensions),
            "address": reverse("plan_pages_return_talk", args=[found.pk, self.kwargs["row"]]),
            "typed": typed,
        }

    def _parts(self, refused: str = "", status: int = 200) -> JsonResponse:
        context = self._panel({})
        parts = {
            "title": self.get_page_title(),
            "panel": render_to_string("plan_pages/admin/_talk_panel.html", context, self.request),
            "row": render_to_string("plan_pages/admin/_talk.html", context, self.request),
            "open": sum(not each.is_settled for each in context["comments"]),
            "refused": refused,
            "done": "" if refused or self.request.method == "GET" else _("Saved."),
        }
        return JsonResponse(parts, status=status, headers={"Cache-Control": "private, no-cache"})


def _key(given: Any, name: str) -> int:
    written = given.get(name, "")
    if not written.isdecimal() or len(written) > 18:
        raise Http404
    return int(written)
