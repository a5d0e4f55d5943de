"""Whole pages of the public site, and answers of the API that are everybody's, kept for everyone who reads without a
session or a token.

The key says all that a page depends on: the content version, the day (what is late changes at midnight), the address, the
language, the reader's settings, the kind of answer, and the release of the site's own code. Nothing is ever taken out of
the cache because something changed: a change makes another key. The tag that browsers send back is made of the key alone,
so an unchanged page is confirmed by one question to the database, before anything is rendered.
"""

import gzip
import logging
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control
from django.utils.http import parse_etags
from wagtail.models import Site

from cms.preferences import COOKIE, Preferences
from cms.release import release
from plan_pages import content_version
from plan_pages.api import keeping
from plan_pages.api.language import language_of
from plan_pages.api.middleware import is_of_api
from plan_pages.api.wanted import kind_of

log = logging.getLogger(__name__)

Answer = Callable[[HttpRequest], HttpResponse]

ASKED = frozenset(
    {
        *("chapter", "expand", "for", "format", "language", "late", "moved", "order", "page", "responsible"),
        *("status", "year"),
    }
)
"""What addresses of pages ask for. With anything else, or more than a person would ask, a page is made but not kept: no
stranger fills the cache."""
MOST_ASKED = 20
LONGEST_QUERY = 500
KEPT_TYPES = frozenset(
    {
        *("text/html", "text/plain", "text/csv", "text/calendar", "text/turtle", "application/json"),
        *(
            "application/xml",
            "application/rss+xml",
            "application/atom+xml",
            "application/rdf+xml",
            "application/ld+json",
        ),
    }
)
VARY = "Accept, Accept-Encoding, Cookie"
VARY_OF_API = "Accept, Accept-Encoding, Accept-Language, Authorization, Cookie"


@dataclass(frozen=True, slots=True)
class Kept:
    """A page as it lies in the cache: the body compressed, which is how nearly all browsers want it."""

    headers: tuple[tuple[str, str], ...]
    body: bytes


def page_cache(get_response: Answer) -> Answer:
    """Stands before sessions and languages: a page that is kept asks nothing of them. Headers for safety are set further
    out, on kept pages too."""

    def answer(request: HttpRequest) -> HttpResponse:
        if not _is_for_everyone(request):
            response = get_response(request)
            if request.method in ("GET", "HEAD") and "Cache-Control" not in response.headers:
                patch_cache_control(response, private=True, no_cache=True)
            return response
        # Before anything else is read: see there.
        version = content_version.current()
        if version is None:
            return get_response(request)
        _forget_roots(version)
        request.content_version = version
        key = _key(request, version)
        tag = f'W/"{key}"'  # weak: one tag for the compressed body and for the plain one
        if tag in parse_etags(request.headers.get("If-None-Match", "")):
            return _with_headers(HttpResponseNotModified(), request, tag)
        keeps = _may_be_kept(request)
        if keeps and (kept := _taken(key)) is not None:
            return _restored(kept, request, tag)
        response = get_response(request)
        if not _is_public(request, response):
            return response
        page = _packed(response)
        # If the content changed while this was made, the page may be of before, of after, or of both. It lies under the
        # version of before, which nobody asks for any more.
        if keeps and request.method == "GET":
            _put(key, page)
        return _restored(page, request, tag)

    return answer


def _is_for_everyone(request: HttpRequest) -> bool:
    """Whether the answer cannot depend on who asks. Within a transaction it may show what is never committed."""
    return (
        request.method in ("GET", "HEAD")
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "Authorization" not in request.headers
        and not request.path.startswith(reverse("wagtailadmin_home"))
        and not connection.in_atomic_block
    )


def _may_be_kept(request: HttpRequest) -> bool:
    asked = request.GET
    return (
        len(request.META.get("QUERY_STRING", "")) <= LONGEST_QUERY
        and (keeping.may_be_kept(request) if is_of_api(request) else asked.keys() <= ASKED)
        and sum(len(values) for _name, values in asked.lists()) <= MOST_ASKED
    )


def _key(request: HttpRequest, version: str) -> str:
    """Each part in one spelling. The order of values of one name says which of them counts; that of names says nothing."""
    reader = Preferences.of_cookie(request.COOKIES.get(COOKIE))
    asked = sorted(((name, values) for name, values in request.GET.lists()), key=lambda pair: pair[0])
    parts = (
        version,
        release(),
        timezone.localdate().isoformat(),
        request.scheme,
        request.get_host().lower(),
        _language(request),
        str(reader),
        kind_of(request),
        request.path,
        asked,
    )
    return sha256(repr(parts).encode()).hexdigest()[:32]


def _language(request: HttpRequest) -> str:
    if is_of_api(request):
        return language_of(request)
    return translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE


def _is_public(request: HttpRequest, response: HttpResponse) -> bool:
    """A page that everyone may have. Whoever has said how long an answer may be kept, or sets a cookie, or put a token
    for one visitor into it, means something else."""
    of_api = is_of_api(request)
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and (keeping.is_public(request, response) if of_api else "Cache-Control" not in response.headers)
        and "CSRF_COOKIE" not in request.META
        and response.headers.get("Content-Type", "").partition(";")[0] in KEPT_TYPES
        and "Content-Encoding" not in response.headers
    )


def _packed(response: HttpResponse) -> Kept:
    left_out = {"content-length", "vary", "etag", "cache-control"}
    headers = tuple((name, value) for name, value in response.headers.items() if name.lower() not in left_out)
    return Kept(headers, gzip.compress(response.content, 6, mtime=0))


def _restored(page: Kept, request: HttpRequest, tag: str) -> HttpResponse:
    # Nothing in it is secret, or anybody's own: compressed it gives nothing away.
    is_packed = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(page.body if is_packed else gzip.decompress(page.body), headers=dict(page.headers))
    if is_packed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Content-Length"] = str(len(response.content))
    return _with_headers(response, request, tag)


def _with_headers(response: HttpResponse, request: HttpRequest, tag: str) -> HttpResponse:
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "no-cache"  # keep it, and ask each time whether it still holds
    response.headers["Vary"] = VARY_OF_API if is_of_api(request) else VARY
    return response


def _taken(key: str) -> Kept | None:
    try:
        found: Kept | None = cache.get(_name(key))
    except Exception:
        # Whatever the store may raise: without it the site is slower, not broken.
        log.exception("The cache of pages cannot be read.")
        return None
    return found


def _put(key: str, page: Kept) -> None:
    try:
        cache.set(_name(key), page, timeout=settings.PAGE_CACHE_SECONDS)
    except Exception:
        log.exception("The cache of pages cannot be written.")


def _name(key: str) -> str:
    return f"page.{key}"


_seen: dict[str, Any] = {"version": None}


def _forget_roots(version: str) -> None:
    """Wagtail keeps the addresses of sites in the cache for an hour, and takes them out where they are changed: another
    process with a cache of its own would not hear of it."""
    if _seen["version"] != version:
        Site.clear_site_root_paths_cache()
        _seen["version"] = version
