"""Refusals of the API, each as a problem (RFC 9457): what Wagtail and our routers say so already stays, pages of HTML and
other answers that something before them gave become one.
"""

import json
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from wagtail.api.v3.errors import PROBLEM_JSON, problem_response

WORDS = {
    400: "The request cannot be understood.",
    401: "A valid token is needed: Authorization: Bearer …",
    403: "This is not allowed.",
    404: "There is nothing at this address.",
    405: "This method is not known here; the header Allow says which are.",
    413: "The request is too large.",
    500: "Something went wrong on the server. It has been logged.",
    503: "The site is being worked on. Try again later.",
}
NOT_KEPT = {"content-type", "content-length", "content-encoding", "etag", "last-modified", "content-language"}


def problem(status: int, detail: str = "") -> HttpResponse:
    return problem_response(status=status, detail=detail or WORDS.get(status) or HTTPStatus(status).phrase)


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
