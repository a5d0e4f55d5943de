"""How files of open data are answered: as they stream, under a name, confirmed as long as nothing in them has changed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, wraps
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header, parse_etags

from plan_pages import content_version
from plan_pages.languages import active_language, language_codes

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class File:
    """`parts`: in their order, made as they are sent. `is_download`: kept under its name, not shown."""

    name: str
    type: str
    parts: Iterable[str | bytes]
    is_download: bool = True


def streamed(file: File) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(file.parts, content_type=file.type, headers=_named(file))
    answer.headers["Cache-Control"] = "no-cache"  # keep it, and ask each time whether it still holds
    return answer


def whole(file: File) -> HttpResponse:
    """Of small files, and of what programs subscribe to: the page cache keeps it, and it is made once for all of them."""
    return HttpResponse(b"".join(_bytes(part) for part in file.parts), content_type=file.type, headers=_named(file))


def confirmed(view: View) -> View:
    """The view is given the content version as `version`, and not called where the reader has the answer already.

    All that an answer depends on is in its tag: the content, the day (what is late changes at midnight), the address,
    the settings and the code. Readers are not: everyone gets the same.
    """

    @wraps(view)
    def answer(request: HttpRequest, **named: Any) -> HttpResponseBase:
        version = content_version.read_by(request)
        tag = f'W/"{_digest(request, version)}"' if version else ""
        if tag and tag in parse_etags(request.headers.get("If-None-Match", "")):
            return HttpResponseNotModified(headers={"ETag": tag, "Cache-Control": "no-cache"})
        found = view(request, version=version, **named)
        if tag and found.status_code == 200:
            found.headers["ETag"] = tag
        return found

    return answer


def language_of(request: HttpRequest) -> str:
    """The one asked for (by the name that the API has for it, or by its old one), else that of the address."""
    wanted = request.GET.get("lang") or request.GET.get("language", "")
    return wanted if wanted in language_codes() else active_language()


def _named(file: File) -> dict[str, str]:
    return {"Content-Disposition": content_disposition_header(file.is_download, file.name) or ""}


def _bytes(part: str | bytes) -> bytes:
    return part.encode() if isinstance(part, str) else part


def _digest(request: HttpRequest, version: str) -> str:
    parts = (
        version,
        timezone.localdate().isoformat(),
        request.build_absolute_uri(),
        active_language(),
        repr(getattr(settings, "PLAN_OPEN_DATA", None)),
        _code(),
    )
    return sha256(repr(parts).encode()).hexdigest()[:32]


@cache
def _code() -> str:
    """Of the files that say what an answer looks like: after an update of the site it may be another one."""
    told = sha256()
    folder = Path(__file__).parents[1]
    for file in sorted(folder.rglob("*.py")):
        told.update(f"{file.relative_to(folder)} ".encode() + file.read_bytes())
    return told.hexdigest()[:16]
