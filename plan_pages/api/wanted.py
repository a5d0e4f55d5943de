"""Which kind of answer a request wants, at an address that has two: decided here for the pages and for what keeps them; and
the way from a page to where the API tells the same.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.cache import patch_vary_headers

from plan_pages.languages import active_language

View = Callable[[HttpRequest], HttpResponse]
OF_PAGES = ("page", "format")
"""What pages of lists ask for, and the API does not know."""


def kind_of(request: HttpRequest) -> Literal["html", "json"]:
    """ "json" where the reader would rather have that than a page; "html" for browsers and for whoever takes anything."""
    wanted = request.get_preferred_type(["text/html", "application/json"])
    return "json" if wanted == "application/json" else "html"


def wants_json(request: HttpRequest) -> bool:
    return request.method in ("GET", "HEAD") and kind_of(request) == "json" and is_json_offered()


def is_json_offered() -> bool:
    """Where a site includes the content API: pages as JSON lead there."""
    try:
        reverse("wagtailapi_v3:api-root")
    except NoReverseMatch:
        return False
    return True


def led(name: str, *where: Any, asked: QueryDict | None = None) -> HttpResponse:
    """To an address of the API with what was asked for, and in the language of the page, whatever the program accepts."""
    query = asked.copy() if asked is not None else QueryDict(mutable=True)
    for each in OF_PAGES:
        query.pop(each, None)
    query["lang"] = active_language()
    return redirect(f"{reverse(f'wagtailapi_v3:{name}', args=where)}?{query.urlencode()}")


def or_led_to(name: str, view: View) -> View:
    """A page that the API tells of too, at the address of that name."""

    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponse:
        response = led(name, asked=request.GET) if wants_json(request) else view(request)
        patch_vary_headers(response, ["Accept"])
        return response

    return answer
