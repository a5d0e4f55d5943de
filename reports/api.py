"""The archive of reports in the API: the public ones, as on the page of the archive, each file with its size and sum.

What everyone may have is said by `reports.archive`: a token shows no more here than nobody's question.
"""

from collections.abc import Iterator
from typing import Annotated, Literal
from urllib.parse import urljoin
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field
from typing_extensions import TypedDict

from plan_pages.api.answering import answer, batch, part
from plan_pages.api.asking import PERIOD, Asking, Batched, PeriodAsked, PlanSlug, language_of, left_out, refuse, words
from plan_pages.api.shapes import (
    Batch,
    Count,
    Day,
    Identity,
    Language,
    LocalText,
    Moment,
    PeriodCode,
    Uri,
    local_text,
    moment,
)
from plan_pages.api.subject import site_address
from plan_pages.domain.plan import Text
from plan_pages.languages import language_codes, ordered
from plan_pages.reading import plan_by_slug
from plan_pages.register import Plan
from reports.archive import ArchivedEdition, ArchivedFile, public_archive
from reports.choices import FileFormat, ReportKind
from reports.naming import title_of

router = Router(tags=["reports"])

_Report = TypedDict("_Report", {"@id": Uri, "@type": Literal["Report"]})


class ReportFile(TypedDict):
    """`size` in bytes; `sha256` of its bytes. `language`: null of data, which are in all languages."""

    url: Uri
    format: FileFormat
    media_type: str
    language: Language | None
    size: Count
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class ReportSummary(_Report):
    """`code`: kind, chapter and period. `edition`: a correction has a later number. `is_latest`: none corrects it."""

    id: Identity
    code: str
    title: str
    language: Language
    kind: ReportKind
    period: PeriodCode
    edition: Annotated[int, Field(ge=1)]
    is_latest: bool
    released: Moment
    files: list[ReportFile]


class ReportBatch(Batch):
    items: list[ReportSummary]


class ReportedChapter(TypedDict):
    """The chapter that a report is about."""

    code: str
    title: LocalText | None


class ReportLinks(TypedDict):
    up: Uri


class ReportDetail(ReportSummary):
    """`plan`: its title. `reason`: of the correction, "" of a first edition. `last_day`: of the period."""

    plan: LocalText | None
    chapter: ReportedChapter | None
    reason: str
    first_day: Day
    last_day: Day
    links: ReportLinks


class ReportsAsked(Batched):
    plan: PlanSlug | None = left_out("The name of a plan in addresses.")
    kind: ReportKind | None = left_out("The kind of report.", **words(ReportKind))
    period: PeriodAsked = left_out("A period: 2026, 2026-H1, 2026-Q3 or 2026-09.", pattern=PERIOD)
    year: Annotated[int, Field(ge=1990, le=2200)] | None = left_out("The year of the period.")
    chapter: str | None = left_out("The code of the chapter that it is about.")
    latest: Annotated[bool, Field(description="Only those that no later edition corrects.")] = False


@router.get(
    "/", response=ReportBatch, url_name="reports_list", operation_id="reports_list", summary="Reports that are public"
)
def reports_list(request: HttpRequest, query: Query[ReportsAsked]) -> HttpResponse:
    """The latest year first; in it the kinds in their order, in each the latest period first."""
    language = language_of(request, query)
    plan = None
    if query.plan is not None and (plan := plan_by_slug(query.plan)) is None:
        refuse("plan", _("There is no such plan."))
    found = [each for each in _editions(plan) if _fits(each, query)]
    items = [_summary(request, each, language) for each in part(found, query)]
    return answer(batch(request, query, len(found), items), language)


@router.get(
    "/{public_id}/",
    response=ReportDetail,
    url_name="report_detail",
    operation_id="report_detail",
    summary="A report",
)
def report_detail(request: HttpRequest, public_id: UUID, query: Query[Asking]) -> HttpResponse:
    """One edition, with its files."""
    language = language_of(request, query)
    found = next((each for each in _editions() if each.public_id == str(public_id)), None)
    if found is None:
        raise Http404(_("There is no such report."))
    chapter = _text(found.chapter)
    shape: ReportDetail = {
        **_summary(request, found, language),
        "plan": local_text(_text(found.plan), language),
        "chapter": {"code": found.chapter_code, "title": local_text(chapter, language)} if found.chapter_code else None,
        "reason": found.reason,
        "first_day": found.period.start.isoformat(),
        "last_day": found.period.last_day.isoformat(),
        "links": {"up": _address(request)},
    }
    return answer(shape, language)


def _editions(plan: Plan | None = None) -> Iterator[ArchivedEdition]:
    for year in public_archive(plan):
        for kind in year.kinds:
            yield from kind.editions


def _fits(each: ArchivedEdition, query: ReportsAsked) -> bool:
    return (
        query.kind in (None, each.kind)
        and query.period in (None, str(each.period))
        and query.year in (None, each.period.year)
        and query.chapter in (None, each.chapter_code)
        and (each.is_latest or not query.latest)
    )


def _summary(request: HttpRequest, found: ArchivedEdition, language: str) -> ReportSummary:
    with translation.override(language):
        title = title_of(found.period, language)
    site = site_address(request)
    return {
        "@id": f"{_address(request)}{found.public_id}/",
        "@type": "Report",
        "id": found.public_id,
        "code": "-".join(filter(None, (found.kind.value, found.chapter_code, str(found.period)))),
        "title": title,
        "language": language,
        "kind": found.kind,
        "period": str(found.period),
        "edition": found.number,
        "is_latest": found.is_latest,
        "released": moment(found.released_at),
        "files": [_file(each, site) for each in found.files],
    }


def _file(file: ArchivedFile, site: str) -> ReportFile:
    return {
        "url": urljoin(f"{site}/", file.url),
        "format": file.format,
        "media_type": file.format.content_type,
        "language": file.language or None,
        "size": file.size,
        "sha256": file.sum,
    }


def _address(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("wagtailapi_v3:reports_list"))


def _text(texts: dict[str, str]) -> Text:
    return Text.of(ordered(texts, language_codes()))
