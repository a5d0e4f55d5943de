"""What every answer of the public site carries: the reader's preferences in, headers for safety out."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from wagtail.views import serve

from cms.preferences import COOKIE, Preferences
from cms.views import plain_answer
from plan_pages.pages.around import around

Answer = Callable[[HttpRequest], HttpResponse]

POLICY = "; ".join(
    [
        "default-src 'none'",
        "img-src 'self'",
        "style-src 'self'",
        "font-src 'self'",
        "script-src 'self'",
        "connect-src 'self'",
        "media-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
"""Of public pages, without exceptions: nothing inline, nothing from elsewhere."""

MAINTENANCE_SECONDS = 3600
"""After which programs may ask again."""

PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"


def reader_preferences(get_response: Answer) -> Answer:
    """`request.reader`: how the reader wants the pages to look."""

    def answer(request: HttpRequest) -> HttpResponse:
        request.reader = Preferences.of_cookie(request.COOKIES.get(COOKIE))
        response = get_response(request)
        if response.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ["Cookie"])
        return response

    return answer


def safety_headers(get_response: Answer) -> Answer:
    """The content security policy of public pages; the admin and the API's own documentation page keep Wagtail's ways."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        if request.path.startswith(_behind_the_scenes()):
            # A preview is made by asking for the page itself: it comes here with the policy, which forbids frames.
            response.headers.pop("Content-Security-Policy", None)
        else:
            response.headers.setdefault("Content-Security-Policy", POLICY)
        return response

    return answer


def maintenance(get_response: Answer) -> Answer:
    """While `MAINTENANCE` is set, readers are told to come back later; the admin and its log-in stay open. Stands before
    whatever asks the database."""
    if not settings.MAINTENANCE:
        raise MiddlewareNotUsed

    def answer(request: HttpRequest) -> HttpResponse:
        if request.path.startswith(reverse("wagtailadmin_home")):
            return get_response(request)
        response = plain_answer(request, "503.html", 503)
        response.headers["Retry-After"] = str(MAINTENANCE_SECONDS)
        response.headers["Cache-Control"] = "no-store"
        return response

    return answer


def _behind_the_scenes() -> tuple[str, ...]:
    return reverse("wagtailadmin_home"), reverse("wagtailapi_v3:openapi-view")


class PagesAround:
    """Reads the pages around an address at once, before Wagtail would look for each step of it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        if view is serve:
            around(request)
