"""What search engines are told: every public address of a language, with the same page in the others."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse, translate_url
from django.utils import timezone, translation
from django.utils.translation import get_language
from wagtail.models import Page

from plan_pages.languages import language_codes
from plan_pages.pages import indicators
from plan_pages.pages.around import around, specific
from plan_pages.pages.base import TranslatedPage
from plan_pages.pages.measures import places
from plan_pages.pages.plan import PlanPage
from plan_pages.reading import plan_of_page

Entry = dict[str, Any]
LISTS = ("chapters/", "measures/", "indicators/", "groups/", "progress-rules/")
"""What every plan has below its page, in the language of the reader."""


def sitemap(request: HttpRequest) -> HttpResponse:
    """Of the language of the address."""
    return render(request, "cms/sitemap.xml", {"entries": list(entries(request))}, content_type="application/xml")


def robots(request: HttpRequest) -> HttpResponse:
    """Where the sitemaps lie, and what is not for search engines."""
    maps, hidden = [], [reverse("wagtailadmin_home")]
    for code in language_codes():
        with translation.override(code):
            maps.append(request.build_absolute_uri(reverse("sitemap")))
            hidden.append(reverse("reader_settings"))
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in hidden), "", *(f"Sitemap: {each}" for each in maps)]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def entries(request: HttpRequest) -> Iterator[Entry]:
    """What has a text of its own in the language: a page that is shown in another one is not offered."""
    root = around(request).root
    if root is None:
        return
    pages = Page.objects.descendant_of(root, inclusive=True).live().order_by("path")
    yield _entry(request.build_absolute_uri(reverse("open_data")), None, dict.fromkeys(language_codes(), "x"))
    for page in specific(around(request).public(pages)):
        if isinstance(page, TranslatedPage) and page.is_in():
            yield _entry(page.get_full_url(request), page.last_published_at, page.heading_texts)
        if isinstance(page, PlanPage):
            yield from _of_plan(page, request)


def _of_plan(page: PlanPage, request: HttpRequest) -> Iterator[Entry]:
    with suppress(Http404):
        plan = plan_of_page(page, request)
        base = page.get_full_url(request)
        both = dict.fromkeys(language_codes(), "x")
        for path in LISTS:
            yield _entry(base + path, None, both)
        for place in places(plan):
            texts = place.measure.title.as_dict()
            if place.measure.retired is None and texts.get(get_language() or ""):
                yield _entry(f"{base}measures/{place.measure.code}/", None, texts)
        for found in indicators.places(plan):
            texts = found.indicator.name.as_dict()
            if found.retired is None and texts.get(get_language() or ""):
                yield _entry(f"{base}indicators/{found.indicator.code}/", None, texts)


def _entry(address: str, changed: Any, texts: dict[str, str]) -> Entry:
    available = [code for code in language_codes() if texts.get(code)]
    others = (
        [{"code": code, "address": translate_url(address, code)} for code in available] if len(available) > 1 else []
    )
    return {"address": address, "changed": timezone.localdate(changed) if changed else None, "others": others}
