"""The release of the site's own code, as a short digest: a page made by other templates is another page."""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import django
import wagtail
from django.conf import settings
from django.utils.autoreload import file_changed

import cms
import plan_pages
import reports

_KINDS = frozenset({".py", ".html", ".xml", ".txt", ".mo", ".css", ".js"})
_SETTINGS = (
    "DEBUG",
    "LANGUAGES",
    "LANGUAGE_CODE",
    "TIME_ZONE",
    "STATIC_URL",
    "MEDIA_URL",
    "SITE_URL",
    "PLAN_FUNDS",
    "PLAN_OPEN_DATA",
)


@lru_cache(maxsize=1)
def release() -> str:
    """Of every file that pages are made of, and of the settings that they show."""
    told = sha256(f"{django.__version__} {wagtail.__version__}".encode())
    for name in _SETTINGS:
        told.update(repr([name, _written(getattr(settings, name, None))]).encode())
    folders = [Path(str(package.__file__)).parent for package in (plan_pages, reports, cms)]
    for folder in (*folders, *map(Path, settings.LOCALE_PATHS)):
        for file in sorted(folder.rglob("*")):
            if file.suffix in _KINDS and file.is_file():
                told.update(f"{file.relative_to(folder)} ".encode() + sha256(file.read_bytes()).digest())
    return told.hexdigest()[:16]


def _written(value: Any) -> Any:
    """Names that wait to be translated are not written in the language of whoever asks first."""
    return (
        sorted(value) if isinstance(value, dict) else [code for code, _ in value] if isinstance(value, list) else value
    )


def _look_again(**kwargs: Any) -> None:
    """While the site is being worked on, templates change under a running process."""
    release.cache_clear()


file_changed.connect(_look_again, dispatch_uid="cms.release")
