"""Where Wagtail 8.0.1 fails on what strangers may send: refused in words, before it gets there."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from wagtail.api.v3.auth import BearerTokenAuth
from wagtail.models import Page

from plan_pages.api.problems import invalid, problem
from plan_pages.api.wording import AT_MOST

LAST_OFFSET = 1_000_000
INSIDE = ("first-child", "last-child")

Fault = tuple[list[str], str]


def guard(api: NinjaAPI) -> None:
    """Before the API's addresses are made."""
    api.add_decorator(_guarded, mode="view")


def _guarded(operation: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(operation)
    def run(request: HttpRequest, *args: Any, **given: Any) -> HttpResponse:
        if _is_of_another_type(request):
            return problem(415)
        try:
            fault = _fault(request, given)
        except RequestDataTooBig:
            return problem(413)
        if fault is None:
            return operation(request, *args, **given)
        place, message = fault
        return invalid([{"type": "value_error", "loc": place, "msg": message}])

    return run


def _is_of_another_type(request: HttpRequest) -> bool:
    """Whether something is sent that is neither JSON nor a form with a file. Without a type it is taken for JSON."""
    if request.method not in ("POST", "PUT", "PATCH") or request.META.get("CONTENT_LENGTH") in (None, "", "0"):
        return False
    return request.content_type not in ("", "application/json", "multipart/form-data")


def _fault(request: HttpRequest, given: dict[str, Any]) -> Fault | None:
    offset = request.GET.get("offset", "").strip()
    if offset.isdecimal() and int(offset) > LAST_OFFSET:  # a database does not count so far
        return ["query", "offset"], str(AT_MOST % {"le": LAST_OFFSET})
    match = request.resolver_match
    check = CHECKS.get((request.method, match.url_name)) if match else None
    # Who has no token is told that first, by the operation.
    return check(request, given) if check and BearerTokenAuth()(request) else None


def _body(request: HttpRequest) -> Any:
    try:
        return json.loads(request.body)
    except ValueError:
        return {}  # told by whoever reads it


def _not_a_page(request: HttpRequest, given: dict[str, Any]) -> Fault | None:
    """Wagtail asks these for the kind of page that they are."""
    body = _body(request)
    if not isinstance(body, dict):
        return ["body"], _("A page is an object.")
    if not isinstance(body.get("meta", {}), dict | None):
        return ["body", "meta"], _("The meta of a page is an object.")
    number = str(given.get("page_id", "0"))
    if not (number.isascii() and number.isdecimal()):
        return ["path", "page_id"], _("The id of a page is a number.")
    return None


def _no_object(request: HttpRequest, given: dict[str, Any]) -> Fault | None:
    """A list or a text has no field that Wagtail would change: it would say that all went well."""
    try:
        body = json.loads(request.body)
    except ValueError:
        return None
    return None if isinstance(body, dict) else (["body"], _("What is to be changed is an object."))


def _beside_the_root(request: HttpRequest, given: dict[str, Any]) -> Fault | None:
    body = _body(request)
    if not isinstance(body, dict) or body.get("position") in INSIDE:
        return None
    destination = body.get("destination_id")
    if isinstance(destination, int) and Page.objects.filter(pk=destination, depth=1).exists():
        return ["body", "destination_id"], _("Beside the root is no place for a page.")
    return None


def _nobody(request: HttpRequest, given: dict[str, Any]) -> Fault | None:
    """Whose revisions are asked for."""
    number = request.GET.get("user_id", "0")
    return (
        None if number.isascii() and number.isdecimal() else (["query", "user_id"], _("The id of a user is a number."))
    )


# An address has the name of its first operation.
CHECKS: dict[tuple[str | None, str | None], Callable[[HttpRequest, dict[str, Any]], Fault | None]] = {
    ("POST", "list_pages"): _not_a_page,
    ("PATCH", "detail_page"): _not_a_page,
    ("PATCH", "detail_document"): _no_object,
    ("PATCH", "detail_image"): _no_object,
    ("POST", "pages_actions_move"): _beside_the_root,
    ("GET", "list_page_revisions"): _nobody,
}
