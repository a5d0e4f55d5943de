"""The public page of the archive: released public editions of each plan by year and kind, each file with its format and
size in the link's text. Knows how a report is called; what is in the archive `reports.archive` says.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.views.decorators.http import require_safe

from plan_pages import formats
from plan_pages.languages import language_codes
from plan_pages.linked_data.script import Thing
from plan_pages.linked_data.things import report
from plan_pages.register import Plan
from reports.archive import ArchivedEdition, ArchivedFile, ArchivedYear, public_archive
from reports.choices import FileFormat
from reports.models.editions import Edition
from reports.naming import title_of


@dataclass(frozen=True, slots=True)
class Link:
    """`language`, and its name: of the file, where the reader is told it: it is not the page's."""

    url: str
    format: str
    size: str
    language: str
    language_name: str


@dataclass(frozen=True, slots=True)
class Shown:
    edition: ArchivedEdition
    title: str
    links: tuple[Link, ...]


@require_safe
def archive_page(request: HttpRequest) -> HttpResponse:
    plans = Plan.objects.filter(pk__in=Edition.objects.public().values("plan")).select_related("page").order_by("pk")
    found = [{"plan": plan, "years": years_shown(public_archive(plan))} for plan in plans]
    released = [
        shown.edition.released_at
        for each in found
        for year in each["years"]
        for kind in year["kinds"]
        for shown in kind["editions"]
    ]
    shown = {
        "archives": found,
        "updated": max(released, default=None),
        "several_plans": len(found) > 1,
        "reports": _linked(found, request),
        "available_languages": language_codes(),
        # The notice of made-up data stands on this page too.
        "page": {"is_demonstration": any(plan.page and plan.page.is_demonstration for plan in plans)},
    }
    return render(request, "reports/archive.html", shown)


def _linked(archives: Iterable[dict[str, Any]], request: HttpRequest) -> list[Thing]:
    """Each edition for programs."""
    return [
        report(
            f"{group['kind'].label}: {shown.title}",
            shown.edition.number,
            timezone.localdate(shown.edition.released_at),
            [(request.build_absolute_uri(file.url), file.language) for file in shown.edition.files],
        )
        for archive in archives
        for year in archive["years"]
        for group in year["kinds"]
        for shown in group["editions"]
    ]


def years_shown(years: Iterable[ArchivedYear]) -> list[dict[str, Any]]:
    """The years with their kinds and editions, each edition with its title and links in the active language."""
    language = get_language() or settings.LANGUAGE_CODE
    return [
        {
            "year": each.year,
            "kinds": [
                {
                    "kind": group.kind,
                    "editions": [
                        Shown(edition, title_of(edition.period, language), tuple(_links(edition.files, language)))
                        for edition in group.editions
                    ],
                }
                for group in each.kinds
            ],
        }
        for each in years
    ]


def _links(files: tuple[ArchivedFile, ...], language: str) -> Iterator[Link]:
    """The page's language first, the data last; of each language the PDF before its twin."""
    order = list(FileFormat)
    ranked = sorted(
        files,
        key=lambda file: (file.language == "", file.language != language, file.language, order.index(file.format)),
    )
    for file in ranked:
        other = file.language if file.language != language else ""
        name = formats.locale(language).languages.get(other, other)
        yield Link(file.url, _format(file.format), filesizeformat(file.size), other, name)


def _format(format: FileFormat) -> str:
    match format:
        case FileFormat.DATA:
            return pgettext("format of a file", "JSON data")
        case _:
            return format.value.upper()
