"""Previews of a page, one in each language of the site."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.functional import Promise

from plan_pages.domain.plan import Plan
from plan_pages.languages import language_codes
from plan_pages.reading import plan_of_page


def language_modes() -> list[tuple[str, str | Promise]]:
    """Preview modes: the site's languages, the default one first."""
    names = dict(settings.LANGUAGES)
    return [(code, names[code]) for code in language_codes()]


def preview_in(language: str, request: HttpRequest, serve: Callable[[HttpRequest, str], Any]) -> HttpResponse:
    """The preview rendered in that language. The mode comes from the address: an unknown one is the default language."""
    code = language if language in language_codes() else settings.LANGUAGE_CODE
    with translation.override(code):
        request.LANGUAGE_CODE = code
        response = serve(request, code)
        # Wagtail would render it later, in the language of the editor.
        return response.render() if hasattr(response, "render") else response


def is_preview(request: HttpRequest) -> bool:
    return bool(getattr(request, "is_preview", False))


def plan_in_preview(page: Any, request: HttpRequest) -> Plan | None:
    """The plan beside a draft; none where it is itself not published yet."""
    try:
        return plan_of_page(page, request)
    except Http404:
        return None
