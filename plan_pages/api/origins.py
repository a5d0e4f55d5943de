"""Web pages of others that ask the API from a reader's browser (CORS): those that the terms name, never with the reader's
cookies.
"""

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from plan_pages.api.terms import Terms

EXPOSED = "Allow, ETag, Link, Location, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After"
TAKEN = "Accept, Accept-Language, Authorization, Content-Type, If-Match, If-None-Match"
KEPT_SECONDS = 600


def is_preflight(request: HttpRequest) -> bool:
    return (
        request.method == "OPTIONS"
        and "Origin" in request.headers
        and "Access-Control-Request-Method" in request.headers
    )


def write_to(response: HttpResponse, request: HttpRequest, terms: Terms) -> None:
    """The headers that let a browser pass the answer on."""
    if not terms.origins:
        return
    if "*" not in terms.origins:
        patch_vary_headers(response, ["Origin"])
    origin = request.headers.get("Origin", "")
    if not origin or not terms.allows(origin):
        return
    response.headers["Access-Control-Allow-Origin"] = "*" if "*" in terms.origins else origin
    response.headers["Access-Control-Expose-Headers"] = EXPOSED
    if is_preflight(request):
        response.headers["Access-Control-Allow-Methods"] = response.headers.get("Allow", "GET, HEAD, OPTIONS")
        response.headers["Access-Control-Allow-Headers"] = TAKEN
        response.headers["Access-Control-Max-Age"] = str(KEPT_SECONDS)
