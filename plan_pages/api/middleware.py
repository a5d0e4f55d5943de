"""The manners of HTTP for every address of the API, whoever answers there. Stands before everything else in `MIDDLEWARE`:
what any of it refuses leaves here as a problem, of other addresses too where JSON was asked for.
"""

import gzip
from collections.abc import Callable
from functools import partial
from hashlib import sha256

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.utils.translation import gettext as _

from plan_pages.api import origins, throttling
from plan_pages.api.keeping import PUBLIC
from plan_pages.api.language import language_of
from plan_pages.api.problems import as_problem, problem
from plan_pages.api.terms import terms
from plan_pages.api.wanted import is_json_offered, kind_of

Answer = Callable[[HttpRequest], HttpResponse]

VARY = ("Accept", "Accept-Encoding", "Authorization")
PACKED_FROM = 500
"""Bytes; below that, compressing gains nothing."""
OF_UNCHANGED = ("Cache-Control", "Vary", "ETag", "Link", "Permissions-Policy", "Content-Security-Policy")


def api_manners(get_response: Answer) -> Answer:
    def answer(request: HttpRequest) -> HttpResponse:
        if not is_of_api(request):
            return _in_kind(get_response(request), request)
        agreed = terms()
        allowance = None if origins.is_preflight(request) else throttling.take(request, agreed)
        if allowance and allowance.is_exceeded:
            response = _refused(request, partial(_too_many, allowance))
        else:
            response = _answered(get_response, request)
        if allowance:
            allowance.write_to(response)
        origins.write_to(response, request, agreed)
        return response

    return answer


def is_of_api(request: HttpRequest) -> bool:
    """Found once for a request: it is asked at every turn of an answer that is kept."""
    known: bool | None = getattr(request, "is_of_api", None)
    if known is None:
        try:
            known = request.path.startswith(reverse("wagtailapi_v3:api-root"))
        except NoReverseMatch:  # a site that does not include the API
            known = False
        request.is_of_api = known
    return known


def _in_kind(response: HttpResponse, request: HttpRequest) -> HttpResponse:
    """Where the site has JSON beside its pages, a program that asks for JSON is refused in it too."""
    is_page = response.headers.get("Content-Type", "").startswith("text/html")
    if response.status_code < 400 or not is_page or not is_json_offered():
        return response
    if kind_of(request) == "json":
        with translation.override(translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE):
            response = as_problem(response)
        response.headers["Content-Length"] = str(len(response.content))
    patch_vary_headers(response, ["Accept"])
    return response


def _answered(get_response: Answer, request: HttpRequest) -> HttpResponse:
    method = request.method
    if method == "HEAD":
        request.method = "GET"
    response = get_response(request)
    request.method = method
    if method == "OPTIONS" and response.status_code in (200, 204, 405):
        return _methods(response)
    if _is_of_no_token(request):
        response = _refused(request, lambda: problem(401, _("The token is not known, or no longer holds.")))
    throttling.learn(request, response.status_code)
    if response.status_code >= 400:
        response = _refused(request, partial(as_problem, response))
    if response.status_code == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    if response.status_code == 405:
        response.headers["Allow"] = _allowed(response)
    return _sent(_cached(response, request), request)


def _is_of_no_token(request: HttpRequest) -> bool:
    """Who sends a token that does not hold is told so even where everyone may read: what is missing in the answer would
    not be understood."""
    return _has_token(request) and isinstance(getattr(request, "auth", None), AnonymousUser)


def _has_token(request: HttpRequest) -> bool:
    return request.headers.get("Authorization", "").lower().startswith("bearer ")


def _refused(request: HttpRequest, refuse: Callable[[], HttpResponse]) -> HttpResponse:
    """In the language asked for."""
    language = language_of(request)
    with translation.override(language):
        response = refuse()
    response.headers["Content-Language"] = language
    patch_vary_headers(response, ["Accept-Language"])
    return response


def _too_many(allowance: throttling.Allowance) -> HttpResponse:
    words = _("More than %(requests)d requests in %(window)d seconds. Try again in %(wait)d seconds.")
    rate = allowance.rate
    response = problem(429, words % {"requests": rate.requests, "window": rate.seconds, "wait": allowance.ends_in})
    response.headers["Retry-After"] = str(allowance.ends_in)
    response.headers["Cache-Control"] = "no-store"
    return response


def _allowed(response: HttpResponse) -> str:
    found = {name.strip() for name in response.headers.get("Allow", "GET").split(",")} | {"OPTIONS"}
    return ", ".join(sorted(found | {"HEAD"} if "GET" in found else found))


def _methods(response: HttpResponse) -> HttpResponse:
    return HttpResponse(status=204, headers={"Allow": _allowed(response), "Cache-Control": "no-store"})


def _cached(response: HttpResponse, request: HttpRequest) -> HttpResponse:
    """With a tag and words for caches, and none of it where it is not asked for: unchanged is said without a body."""
    patch_vary_headers(response, VARY)
    if request.method not in ("GET", "HEAD") or response.status_code != 200:
        response.headers.setdefault("Cache-Control", "no-store")
        return response
    if "Authorization" in request.headers and response.headers.get("Cache-Control", PUBLIC) == PUBLIC:
        response.headers["Cache-Control"] = "private, no-cache"  # the same address may tell others less
    response.headers.setdefault("Cache-Control", "no-cache")
    if "ETag" not in response.headers and not response.streaming:
        response.headers["ETag"] = f'W/"{sha256(response.content).hexdigest()[:32]}"'
    asked = {tag.removeprefix("W/") for tag in parse_etags(request.headers.get("If-None-Match", ""))}
    if asked & {"*", response.headers.get("ETag", "").removeprefix("W/")}:
        unchanged = HttpResponseNotModified()
        for name in OF_UNCHANGED:
            if name in response.headers:
                unchanged.headers[name] = response.headers[name]
        return unchanged
    return response


def _sent(response: HttpResponse, request: HttpRequest) -> HttpResponse:
    """As it goes over the wire: compressed where that is understood, without a body where only headers are asked for.
    Answers to a token are compressed too: no page of others can make a browser send one."""
    if response.streaming:
        if request.method == "HEAD":
            response.streaming_content = ()
        return response
    is_plain = "Content-Encoding" not in response.headers
    if is_plain and len(response.content) >= PACKED_FROM and "gzip" in request.headers.get("Accept-Encoding", ""):
        response.content = gzip.compress(response.content, 6, mtime=0)
        response.headers["Content-Encoding"] = "gzip"
    if response.status_code not in (204, 304):
        response.headers["Content-Length"] = str(len(response.content))
    if request.method == "HEAD":
        response.content = b""
    return response
