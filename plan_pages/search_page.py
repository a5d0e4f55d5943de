"""The page of the search, and the suggestions below its field. What is found `plan_pages.search` says."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from plan_pages.languages import active_language
from plan_pages.pages.around import around
from plan_pages.search.finding import IN_A_SECTION, Found, chapters, search, suggest
from plan_pages.search.kinds import Section
from plan_pages.search.words import LONGEST_QUERY, Fault

A_PAGE = 20
LAST_PAGE = 10_000


@dataclass(frozen=True, slots=True)
class Pages:
    """Which page of a section's results is shown. None before the first, or after the last."""

    number: int
    count: int

    @property
    def previous(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        return self.number + 1 if self.number < self.count else None


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """Everything that is found, by sections; or one section of it, page by page."""
    query, language = request.GET.get("q", ""), active_language()
    section = next((each for each in Section if each.value == request.GET.get("section")), None)
    number = _number(request.GET.get("page", ""))
    if section is None:
        found = search(query, language)
    else:
        found = search(query, language, section.kinds, most=A_PAGE, skip=(number - 1) * A_PAGE)
        last = max(1, -(-found.count // A_PAGE))
        if number > last:
            number = last
            found = search(query, language, section.kinds, most=A_PAGE, skip=(number - 1) * A_PAGE)
    shown: dict[str, Any] = {
        "found": found,
        "title": _title(found),
        "said": _said(found) if query.strip() else "",
        "in_section": IN_A_SECTION,
        "section": section,
        "pages": Pages(number, -(-found.count // A_PAGE)) if section else None,
        "chapters": () if found.count else chapters(language),
        # The notice of made-up data stands on this page too.
        "page": {"is_demonstration": _is_demonstration(request)},
    }
    return render(request, "plan_pages/search.html", shown)


@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    """What the query may be going to be: an array of {title, kind, url, language}."""
    found = [
        {
            "title": f"{each.code} {each.title}" if each.code else each.title,
            "kind": each.kind.label,
            "url": each.url,
            "language": each.title_language,
        }
        for each in suggest(request.GET.get("q", ""), active_language())
    ]
    return JsonResponse(found, safe=False, headers={"X-Robots-Tag": "noindex"})


def _is_demonstration(request: HttpRequest) -> bool:
    """Whether a plan of the site is made up, and with it what is found."""
    found = around(request)
    plans = found.children(found.root) if found.root is not None else []
    return any(getattr(each, "is_demonstration", False) for each in plans)


def _number(written: str) -> int:
    return min(max(int(written), 1), LAST_PAGE) if written.isascii() and written.isdigit() and len(written) < 9 else 1


def _title(found: Found) -> str:
    if not found.query or found.fault:
        return _("Search")
    return _("Search: %(query)s") % {"query": found.query}


def _said(found: Found) -> str:
    match found.fault:
        case Fault.TOO_LONG:
            return _("The query is longer than %(limit)d characters: shorten it.") % {"limit": LONGEST_QUERY}
        case Fault.TOO_SHORT:
            return _("Write a whole word, or a code such as 2.1.3.")
    if not found.count:
        return _("Nothing was found. Check the spelling, or browse the chapters.")
    if found.language == active_language():
        words = ngettext(
            "Found %(count)d result for “%(query)s”.", "Found %(count)d results for “%(query)s”.", found.count
        )
    else:
        words = ngettext(
            "Nothing was found in this language; in another one, %(count)d result for “%(query)s”.",
            "Nothing was found in this language; in another one, %(count)d results for “%(query)s”.",
            found.count,
        )
    return words % {"count": found.count, "query": found.query}
