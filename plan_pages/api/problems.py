"""Refusals of the API, each as a problem (RFC 9457) in the reader's language: what our routers say so already stays, pages
of HTML and other answers that something before them gave become one.
"""

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.api.v3.errors import DEFAULT_PROBLEM_TYPE, PROBLEM_JSON

TITLES = {
    400: _("Bad Request"),
    401: _("Unauthorized"),
    403: _("Forbidden"),
    404: _("Not Found"),
    405: _("Method Not Allowed"),
    406: _("Not Acceptable"),
    409: _("Conflict"),
    413: _("Content Too Large"),
    415: _("Unsupported Media Type"),
    422: _("Unprocessable Content"),
    429: _("Too Many Requests"),
    500: _("Internal Server Error"),
    503: _("Service Unavailable"),
}
"""The statuses in words."""
WORDS = {
    400: _("The request cannot be understood."),
    401: _("A valid token is needed: Authorization: Bearer …"),
    403: _("This is not allowed."),
    404: _("There is nothing at this address."),
    405: _("This method is not known here; the header Allow says which are."),
    413: _("The request is too large."),
    415: _("The body of a request is JSON: Content-Type: application/json."),
    422: _("Validation failed"),
    500: _("Something went wrong on the server. It has been logged."),
    503: _("The site is being worked on. Try again later."),
}
NOT_KEPT = {"content-type", "content-length", "content-encoding", "etag", "last-modified", "content-language"}

Fault = Mapping[str, Any]


def problem(status: int, detail: str = "", **more: Any) -> HttpResponse:
    """`detail`: what is wrong, in the active language; else the words for the status. `more`: members of our own."""
    title = TITLES.get(status) or HTTPStatus(status).phrase
    said: dict[str, Any] = {"type": DEFAULT_PROBLEM_TYPE, "title": str(title), "status": status}
    said["detail"] = detail or str(WORDS.get(status) or title)
    if "errors" in more:
        more["errors"] = [{**each, "loc": _place(each["loc"])} if "loc" in each else each for each in more["errors"]]
    written = json.dumps(said | more, ensure_ascii=False, separators=(",", ":"), default=str)
    return HttpResponse(written, status=status, content_type=PROBLEM_JSON)


def invalid(faults: Sequence[Fault]) -> HttpResponse:
    """What was sent does not hold: each fault with its type, its place and its words."""
    return problem(422, errors=list(faults))


def _place(place: Sequence[str | int]) -> list[str | int]:
    """Through what was sent: `data` is what our operations call a body, and no part of it."""
    match place:
        case ["body", "data", *rest]:
            return ["body", *rest]
    return list(place)


def as_problem(response: HttpResponse) -> HttpResponse:
    """The same refusal as a problem, with the headers that belong to it (Allow, Retry-After and the like)."""
    if response.headers.get("Content-Type", "").startswith(PROBLEM_JSON):
        return response
    made = problem(response.status_code, _detail(response))
    for name, value in response.headers.items():
        if name.lower() not in NOT_KEPT:
            made.headers[name] = value
    return made


def _detail(response: HttpResponse) -> str:
    """What a refusal in JSON says in words. Pages of HTML speak to people at a browser."""
    if response.streaming or not response.headers.get("Content-Type", "").startswith("application/json"):
        return ""
    said: Any = json.loads(response.content)
    detail = said.get("detail", "") if isinstance(said, dict) else ""
    # The phrase of the status alone says less than our words for it.
    return detail if isinstance(detail, str) and detail != HTTPStatus(response.status_code).phrase else ""
