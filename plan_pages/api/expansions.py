"""What can be asked for beside a page as JSON, and the summary in which pages name each other."""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from wagtail.models import Page, Site

from plan_pages.languages import active_language
from plan_pages.pages.around import around, specific

Summary = dict[str, Any]
Expansion = Callable[[Page, HttpRequest], list[Summary]]
MOST_CHILDREN = 100


def summary(page: Page, request: HttpRequest) -> Summary:
    """In the language of the request, or in the one in which the page is shown instead."""
    texts = getattr(page, "heading_texts", None) or {settings.LANGUAGE_CODE: page.title}
    active = active_language()
    language = active if texts.get(active) else settings.LANGUAGE_CODE
    return {
        "@id": page.get_full_url(request),
        "@type": page._meta.label,
        "id": page.pk,
        "title": texts.get(language, page.title),
        "language": language,
    }


def breadcrumbs(page: Page, request: HttpRequest) -> list[Summary]:
    """The way from the site's first page to above this one."""
    above = around(request).way_to(page)
    if above is None:
        site = Site.find_for_request(request)
        above = list(page.get_ancestors().filter(depth__gte=site.root_page.depth).live().order_by("depth").specific())
    return [summary(each, request) for each in above]


def navigation(page: Page, request: HttpRequest) -> list[Summary]:
    """The site's first page and those right below it."""
    known = around(request)
    return [] if known.root is None else [summary(each, request) for each in (known.root, *known.children(known.root))]


def children(page: Page, request: HttpRequest) -> list[Summary]:
    """At most the first hundred: the content API lists all of them, batch by batch."""
    found = around(request).public(page.get_children().live()).order_by("path")[:MOST_CHILDREN]
    return [summary(each, request) for each in specific(found)]


def translations(page: Page, request: HttpRequest) -> list[Summary]:
    """The page in each of its languages, this one too."""
    texts = getattr(page, "heading_texts", None) or {settings.LANGUAGE_CODE: page.title}
    found = []
    for code, title in texts.items():
        with translation.override(code):
            found.append(summary(page, request) | {"title": title, "language": code})
    return found


EXPANSIONS: Mapping[str, Expansion] = {
    "breadcrumbs": breadcrumbs,
    "navigation": navigation,
    "children": children,
    "translations": translations,
}
