"""The published table of remarks and answers as a PDF and as its twin, for everyone: what needs a login or a password is
left out, whoever asks. So it may be kept by whoever passes it on.
"""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from plan_pages.choices import Audience
from plan_pages.consultation.rounds import RemarkRound
from plan_pages.domain.remarks import RemarkTable
from plan_pages.languages import active_language, language_codes
from plan_pages.reading.remarks import read_table
from plan_pages.remark_workbook import file_name
from reports import html
from reports.choices import FileFormat
from reports.remark_tables import make_table
from reports.views import HTML_POLICY

ENDINGS = {"pdf": FileFormat.PDF, "html": FileFormat.HTML}
KEPT = 300
"""Seconds that an answer may be kept."""


@require_safe
def remark_table(request: HttpRequest, public_id: Any, language: str, ending: str) -> HttpResponse:
    found = RemarkRound.objects.published().select_related("plan__page")
    round_ = get_object_or_404(found, public_id=public_id)
    page = round_.plan.page
    if language not in language_codes() or ending not in ENDINGS:
        raise Http404
    if page is None or not page.live or page.get_view_restrictions().exists():
        raise Http404
    answer = table_file(read_table(round_, Audience.PUBLIC), language, ending)
    answer.headers["Cache-Control"] = f"public, max-age={KEPT}"
    return answer


def table_file(table: RemarkTable, language: str, ending: str) -> HttpResponse:
    kind = ENDINGS[ending]
    answer = HttpResponse(make_table(table, language, kind), content_type=kind.content_type)
    name = file_name(table, f"{language}.{ending}")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    if kind is FileFormat.HTML:
        answer.headers["Content-Security-Policy"] = HTML_POLICY.format(style=html.style_sum())
    return answer


def downloads(round_: RemarkRound) -> Iterator[tuple[str, str]]:
    """For the public page, which does not know of reports: in the language in which it is read."""
    language = active_language()
    named = {"language": str(dict(settings.LANGUAGES)[language]).lower()}
    for ending, label in (("pdf", _("Table (PDF), %(language)s")), ("html", _("Table (web page), %(language)s"))):
        yield label % named, reverse("reports_public_remark_table", args=[round_.public_id, language, ending])
