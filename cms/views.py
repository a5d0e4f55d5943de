"""The reader's settings, the site map, and what the site answers when it fails."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View
from wagtail.models import Page

from cms.models import NewsPage
from cms.preferences import COOKIE, COOKIE_SECONDS, Contrast, FontSize, Preferences
from plan_pages.languages import language_codes
from plan_pages.pages.around import around, specific
from plan_pages.pages.base import TranslatedPage
from plan_pages.pages.chapter import ChapterPage
from plan_pages.pages.plan import PlanPage


@method_decorator(csrf_exempt, name="dispatch")
class ReaderSettingsView(View):
    """Size of the font and contrast. Its form needs no token, so that it can stand in pages that a cache keeps: whoever
    forged it could only make letters larger."""

    def get(self, request: HttpRequest) -> HttpResponse:
        context = {
            "sizes": FontSize.choices(),
            "contrasts": Contrast.choices(),
            "back": _back(request, request.GET.get("back", "")),
        }
        response = render(request, "cms/reader_settings.html", context)
        patch_cache_control(response, no_store=True)
        return response

    def post(self, request: HttpRequest) -> HttpResponse:
        reader: Preferences = request.reader
        wanted = reader.changed(request.POST.dict())
        response = HttpResponseRedirect(_back(request, request.POST.get("back", "")))
        if wanted == Preferences():
            response.delete_cookie(COOKIE, samesite="Lax")
        else:
            response.set_cookie(
                COOKIE, str(wanted), max_age=COOKIE_SECONDS, samesite="Lax", httponly=True, secure=request.is_secure()
            )
        return response


def site_map(request: HttpRequest) -> HttpResponse:
    """Every public page under the one that it belongs to."""
    root = around(request).root
    below = Page.objects.descendant_of(root).live().order_by("path") if root else Page.objects.none()
    listed = [page for page in specific(around(request).public(below)) if _is_listed(page)]
    published = [page.last_published_at for page in listed if page.last_published_at]
    context = {
        "tree": _tree(listed),
        "available_languages": language_codes(),
        "updated": max(published) if published else None,
    }
    return render(request, "cms/site_map.html", context)


def _is_listed(page: Page) -> bool:
    """News are many, and have a list of their own."""
    return isinstance(page, TranslatedPage) and not isinstance(page, NewsPage)


def _tree(pages: list[Any]) -> list[dict[str, Any]]:
    """Pages in the order of their path, each with those below it."""
    roots: list[dict[str, Any]] = []
    above: list[dict[str, Any]] = []
    for page in pages:
        node = {
            "page": page,
            "is_numbered": isinstance(page, ChapterPage),  # a group's code is no number to readers
            "below": [],
            "lists": lists_of_plan() if isinstance(page, PlanPage) else (),
        }
        while above and not page.path.startswith(above[-1]["page"].path):
            above.pop()
        (above[-1]["below"] if above else roots).append(node)
        above.append(node)
    return roots


def lists_of_plan() -> list[tuple[str, str]]:
    """Addresses below a plan's page, each with its name."""
    return [
        ("chapters/", _("Chapters of the plan")),
        ("measures/", _("Measures")),
        ("indicators/", _("Indicators")),
        ("groups/", _("Working groups")),
        ("progress-rules/", _("How we calculate progress")),
    ]


def _back(request: HttpRequest, wanted: str) -> str:
    """Where the reader came from; only on this site."""
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        return wanted
    return "/" if translation.get_language() == settings.LANGUAGE_CODE else f"/{translation.get_language()}/"


def server_error(request: HttpRequest) -> HttpResponse:
    """In the language of the address, whatever state the error left the thread in. Asks nothing of the database, which
    may be what failed."""
    return plain_answer(request, "500.html", 500)


def plain_answer(request: HttpRequest, template: str, status: int) -> HttpResponse:
    """A page that needs neither the database nor anything that a middleware has found out."""
    language = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
    home = "/" if language == settings.LANGUAGE_CODE else f"/{language}/"
    with translation.override(language):
        # Without the request: no context processor runs.
        return render(None, template, {"home": home, "here": request.path}, status=status)
