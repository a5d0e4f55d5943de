"""Which kind of answer a request wants, at an address that has two: decided here for the pages and for what keeps them."""

from typing import Literal

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse


def kind_of(request: HttpRequest) -> Literal["html", "json"]:
    """ "json" where the reader would rather have that than a page; "html" for browsers and for whoever takes anything."""
    wanted = request.get_preferred_type(["text/html", "application/json"])
    return "json" if wanted == "application/json" else "html"


def is_json_offered() -> bool:
    """Where a site includes the content API: pages as JSON lead there."""
    try:
        reverse("wagtailapi_v3:api-root")
    except NoReverseMatch:
        return False
    return True
