"""The language in which the API speaks: of messages, labels and titles of schemas. `lang` in the address, else what the
request accepts, else the site's first.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_supported_language_variant
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import parse_accept_lang_header

from plan_pages.languages import language_codes


def spoken(operation: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Around every operation of the API."""

    @wraps(operation)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        language = language_of(request)
        with translation.override(language):
            response = operation(request, *args, **kwargs)
        response.headers["Content-Language"] = language
        patch_vary_headers(response, ["Accept-Language"])
        return response

    return run


def language_of(request: HttpRequest) -> str:
    asked = request.GET.get("lang")
    return asked if asked in language_codes() else accepted_language(request)


def accepted_language(request: HttpRequest) -> str:
    """The language that the reader wants to be answered in."""
    for code, quality in parse_accept_lang_header(request.headers.get("Accept-Language", "").lower()):
        if code == "*":
            break
        try:
            language = get_supported_language_variant(code)
        except LookupError:
            continue
        if quality > 0:
            return language
    return settings.LANGUAGE_CODE


def unknown_language() -> str:
    """What is said to who asks for, or sends, a text in another language than the site has."""
    return _("Unknown language. Known: %(known)s.") % {"known": ", ".join(language_codes())}
