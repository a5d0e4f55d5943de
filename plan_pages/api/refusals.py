"""How every operation of the API refuses, Wagtail's too: in the reader's language, each fault at its place in what was sent.

The place: `query` or `path` and the name of the parameter, or `body` and the way through the JSON. What is wrong with a page
is told by the way through the page, whether its form or its texts are at fault.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.core.exceptions import ValidationError as OfForm
from django.db.models import ProtectedError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError
from ninja.errors import ValidationError as OfRequest
from pydantic import ValidationError as OfValue
from wagtail.api.rich_text import RichTextFormatError

from plan_pages.api import faults
from plan_pages.api.problems import invalid, problem
from plan_pages.api.wording import in_words, told

Fault = Mapping[str, Any]
Place = Sequence[str | int]


def tell(api: NinjaAPI) -> None:
    """In the place of Wagtail's own handlers."""
    api.add_exception_handler(OfRequest, _of_request)
    api.add_exception_handler(OfValue, _of_value)
    api.add_exception_handler(OfForm, faults.problem)
    api.add_exception_handler(PermissionDenied, _forbidden)
    api.add_exception_handler(Http404, _missing)
    api.add_exception_handler(HttpError, _of_status)
    api.add_exception_handler(RichTextFormatError, _of_prose)
    api.add_exception_handler(RequestDataTooBig, _too_large)
    api.add_exception_handler(ProtectedError, faults.in_use)


def _of_request(request: HttpRequest, error: Any) -> HttpResponse:
    return _invalid(request, error.errors)


def _of_value(request: HttpRequest, error: Any) -> HttpResponse:
    found = error.errors(include_url=False, include_input=False)
    if any(each["loc"][:1] == ("response",) for each in found):
        # An answer that cannot be written is the server's fault.
        raise error
    return _invalid(request, found)


def _invalid(request: HttpRequest, found: Iterable[Fault]) -> HttpResponse:
    return invalid([told(each) | {"loc": list(_place(each, request))} for each in found])


def _place(fault: Fault, request: HttpRequest) -> Place:
    """Without the names that only the code of an operation knows: of its parameters, and of the shape that was tried."""
    place: Place = fault["loc"]
    match place:
        case []:
            # Wagtail asks for the order by itself, and does not say where it found the fault.
            return ("query", "order") if "order" in request.GET else ()
        case ["query", "query" | "filters" | "ordering" | "search", *rest] if rest:
            return ("query", *rest)
        case ["body", "data"] if str(fault.get("type", "")).startswith("union_tag"):
            return ("meta", "type")
        case ["body", "data", str(kind), *rest] if "." in kind:
            return rest
        case [str(name), *_] if name in request.GET:
            return ("query", *place)
    return place


def _forbidden(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    if not request.user.is_authenticated:
        return problem(401)
    return problem(403, in_words(str(error)))


def _missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(404, in_words(str(error)))


def _of_status(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(error.status_code, in_words(str(error)))


def _of_prose(request: HttpRequest, error: RichTextFormatError) -> HttpResponse:
    return problem(400, in_words(str(error)))


def _too_large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    return problem(413)
