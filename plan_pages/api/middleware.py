"""The manners of HTTP for every address of the API, whoever answers there. Stands before everything else in `MIDDLEWARE`:
what any of it refuses leaves here as a problem.
"""

import gzip
from collections.abc import Callable
from hashlib import sha256

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.urls import NoReverseMatch, reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from plan_pages.api import origins, throttling
from plan_pages.api.keeping import PUBLIC
from plan_pages.api.problems import as_problem, problem
from plan_pages.api.terms import terms

Answer = Callable[[HttpRequest], HttpResponse]

VARY = ("Accept", "Accept-Encoding", "Authorization")
PACKED_FROM = 500
"""Bytes; below that, compressing gains nothing."""
OF_UNCHANGED = ("Cache-Control", "Vary", "ETag", "Link", "Permissions-Policy", "Content-Security-Policy")


def api_manners(get_response: Answer) -> Answer:
    def answer(request: HttpRequest) -> HttpResponse:
        if not is_of_api(request):
            return get_response(request)
        agreed = terms()
        allowance = None if origins.is_preflight(request) else throttling.take(request, agreed)
        response = _too_many(allowance) if allowance and allowance.is_exceeded else _answered(get_response, request)
        if allowance:
            allowance.write_to(response)
        origins.write_to(response, request, agreed)
        return response

    return answer


def is_of_api(request: HttpRequest) -> bool:
    try:
        return request.path.startswith(reverse("wagtailapi_v3:api-root"))
    except NoReverseMatch:  # a site that does not include the API
        return False


def _answered(get_response: Answer, request: HttpRequest) -> HttpResponse:
    method = request.method
    if method == "HEAD":
        request.method = "GET"
    response = get_response(request)
    request.method = method
    if method == "OPTIONS" and response.status_code in (200, 204, 405):
        return _methods(response)
    if _is_of_no_token(request):
        response = problem(401, "The token is not known, or no longer holds.")
    throttling.learn(request, response.status_code)
    if response.status_code >= 400:
        response = as_problem(response)
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


def _too_many(allowance: throttling.Allowance) -> HttpResponse:
    words = f"{allowance.rate.requests} requests in {allowance.rate.seconds} seconds are allowed."
    response = problem(429, f"{words} Try again in {allowance.ends_in} seconds.")
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
