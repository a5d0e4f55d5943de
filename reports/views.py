"""The files of reports at their addresses. Each request asks anew whether this reader may have this file."""

import uuid
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from plan_pages.choices import Audience
from reports import files, html
from reports.choices import FileFormat
from reports.letters import file_name
from reports.models.editions import Edition, EditionFile
from reports.permissions import may_download

HTML_POLICY = "default-src 'none'; style-src '{style}'; img-src data:; base-uri 'none'; form-action 'none'"


@require_safe
def report_file(request: HttpRequest, edition_id: uuid.UUID, name: str) -> Any:
    """`name`: "lt.pdf", "en.html", "data.json". Who is not allowed is not told whether there is such a report, but who
    has not said who they are may do so."""
    editions = Edition.objects.select_related("release", "job", "chapter")
    edition = editions.filter(public_id=edition_id).first()
    if edition is None or not may_download(request.user, edition):
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        raise Http404
    file = get_object_or_404(EditionFile.objects.filter(edition=edition), **_parts(name))
    tag = f'"{file.sum}"'
    if request.headers.get("If-None-Match") == tag:
        return _with_headers(HttpResponseNotModified(), edition, file, tag)
    try:
        content = files.storage().open(file.path, "rb")
    except FileNotFoundError as error:
        raise Http404 from error
    answer = FileResponse(
        content,
        as_attachment=file.format_choice is FileFormat.DATA,
        filename=file_name(edition, file),
        content_type=file.format_choice.content_type,
    )
    return _with_headers(answer, edition, file, tag)


def _parts(name: str) -> dict[str, str]:
    language, _dot, ending = name.rpartition(".")
    return {"language": "" if language == "data" else language, "format": ending}


def _with_headers(answer: HttpResponse | FileResponse, edition: Edition, file: EditionFile, tag: str) -> Any:
    is_public = edition.audience == Audience.PUBLIC and edition.is_released
    answer.headers["ETag"] = tag
    answer.headers["Cache-Control"] = "public, max-age=3600" if is_public else "private, no-cache"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    if file.format_choice is FileFormat.HTML:
        answer.headers["Content-Security-Policy"] = HTML_POLICY.format(style=html.style_sum())
    if not is_public:
        answer.headers["X-Robots-Tag"] = "noindex"
    patch_vary_headers(answer, ["Cookie"])
    return answer
