"""The rows of a return as JSON, for the screen that saves them as they are written: what may not be kept says why, row by
row, and what colleagues have written since is told."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.http import quote_etag

from plan_pages.editing import returns
from plan_pages.editing.changes import rows_now, stored_keys, version
from plan_pages.editing.refusal import Refused
from plan_pages.editing.screens import MonitoringView
from plan_pages.editing.sheet import EXTRA
from plan_pages.monitoring import ChapterReturn
from plan_pages.permissions import is_coordinator, may_edit_return, may_view_return


class RowsView(MonitoringView):
    """GET: what is new (304 when nothing is). POST: rows as the form has them; each is kept or answered."""

    http_method_names = ["get", "post"]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        rows = ChapterReturn.objects.select_related("chapter__plan", "period")
        self.chapter_return = get_object_or_404(rows, pk=kwargs["pk"])

    def is_allowed(self, user: Any) -> bool:
        return may_view_return(user, self.chapter_return)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        tag = quote_etag(version(self.chapter_return))
        if request.headers.get("If-None-Match") == tag:
            return HttpResponseNotModified(headers={"ETag": tag})
        now, since = timezone.now(), _moment(request.GET.get("since", ""))
        stored, newer = stored_keys(self.chapter_return, since)
        return self._answer(
            {
                "now": now.isoformat(),
                "editable": may_edit_return(request.user, self.chapter_return),
                "state": self.chapter_return.state_choice.label,
                "stored": stored,
                "rows": self._told(newer),
                "csrf": get_token(request),
            },
            headers={"ETag": tag},
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            sheet = returns.record_rows(self.chapter_return, request.user, request.POST)
        except Refused as refusal:
            return self._answer({"refused": str(refusal)}, status=409)
        answered = {row.key: _answer(row) for row in sheet.bound}
        kept = {_key_of(row): row.key for row in sheet.bound if answered[row.key]["saved"]}
        for key, told in self._told(list(kept)).items():
            answered[kept[key]] |= told
        for key, asked in kept.items():
            answered[asked]["key"] = key
        unknown = [key for key in sheet.only or () if key not in answered]
        time = date_format(timezone.localtime(), "TIME_FORMAT")
        return self._answer({"rows": answered, "unknown": unknown, "time": time})

    def _told(self, keys: list[str]) -> dict[str, Any]:
        options = {"may_set_targets": is_coordinator(self.request.user)}
        return {key: _told(row) for key, row in rows_now(self.chapter_return, keys, **options).items()}

    def _answer(self, data: Mapping[str, Any], **options: Any) -> JsonResponse:
        response = JsonResponse(data, **options)
        response["Cache-Control"] = "private, no-cache"
        return response


def _key_of(row: Any) -> str:
    """A line that was added has become a line of its measure, year and fund."""
    if row.key.startswith(EXTRA) and (place := row.place):
        return "money-{}-{}-{}".format(*place)
    return str(row.key)


def _told(row: Any) -> dict[str, Any]:
    return {"base": row.base, "values": row.values, "by": row.author, "at": row.written_at}


def _answer(row: Any) -> dict[str, Any]:
    question = getattr(row, "question", "")
    found: dict[str, Any] = {
        "saved": not row.errors,
        "errors": {
            name: list(errors)
            for name, errors in row.errors.items()
            if name not in row.conflicts and not (question and name == "actual")
        },
    }
    if question:
        found["question"] = {"words": question, "value": row.asked_value}
    if row.conflicts:
        found |= _told(row) | {"followed": row.followed}
        found["conflicts"] = {
            name: {"label": str(row.fields[name].label), "shown": row.shown(name, stored)}
            for name, stored in row.conflicts.items()
        }
    return found


def _moment(written: str) -> datetime | None:
    try:
        found = parse_datetime(written)
    except ValueError:
        return None
    return found if found and timezone.is_aware(found) else None
