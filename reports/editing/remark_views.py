"""The table of remarks and answers of a round as a PDF and as a web page, beside the workbook of the preparation's screens.

For coordinators at any time, for working groups once the round is published.
"""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from plan_pages.editing.preparation.rights import rounds_for
from plan_pages.editing.preparation.screens import PreparationView
from plan_pages.languages import language_codes
from plan_pages.permissions import is_coordinator
from plan_pages.reading.remarks import read_table
from reports.remark_views import ENDINGS, table_file


class RemarkTableView(PreparationView):
    def get(self, request: HttpRequest, pk: int, language: str, ending: str) -> HttpResponse:
        round_ = get_object_or_404(rounds_for(request.user).select_related("plan__page"), pk=pk)
        if not is_coordinator(request.user) and round_.published_at is None:
            raise PermissionDenied
        if language not in language_codes() or ending not in ENDINGS:
            raise Http404
        answer = table_file(read_table(round_), language, ending)
        answer.headers["Cache-Control"] = "private, no-store"
        return answer


def downloads(round_: Any) -> Iterator[tuple[str, str]]:
    """For the screens of the preparation, which do not know of reports."""
    names = dict(settings.LANGUAGES)
    for ending, label in (("pdf", _("Table (PDF), %(language)s")), ("html", _("Table (web page), %(language)s"))):
        for code in language_codes():
            address = reverse("reports_remark_table", args=[round_.pk, code, ending])
            yield label % {"language": str(names[code]).lower()}, address
