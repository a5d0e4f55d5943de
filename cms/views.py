"""What the site answers when it fails. Knows no database: it may be what failed."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation


def server_error(request: HttpRequest) -> HttpResponse:
    """In the language of the address, whatever state the error left the thread in."""
    language = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
    home = "/" if language == settings.LANGUAGE_CODE else f"/{language}/"
    with translation.override(language):
        # Without the request: no context processor runs.
        return render(None, "500.html", {"home": home}, status=500)
