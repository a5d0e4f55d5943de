"""The addresses of open data: the page that lists every file, and the files. Everyone gets the same, whoever asks."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from plan_pages import csv_files
from plan_pages.csv_files import Row
from plan_pages.domain.plan import Plan
from plan_pages.languages import language_codes
from plan_pages.linked_data.terms import terms
from plan_pages.open_data import answers, calendar, feed, files, json_files, plans, workbooks
from plan_pages.open_data.answers import File, confirmed, language_of
from plan_pages.open_data.asked import explained
from plan_pages.open_data.catalogue import FORMATS, Entry, catalogue, written
from plan_pages.open_data.contents import Contents
from plan_pages.open_data.tables import BY_KEY, TABLES, Table
from plan_pages.reading.approvals import approvals

Writer = Callable[..., Iterator[bytes]]
API = {"docs": "openapi-view", "document": "openapi-json"}


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Every file of every plan, with what stands in it and on which terms; to a program the catalogue says so."""
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        led = HttpResponseRedirect(reverse("open_data_catalogue_file", args=["jsonld"]))
        led.status_code = 303
        patch_vary_headers(led, ["Accept"])
        return led
    found = list(plans.described(request))
    shown: dict[str, Any] = {
        "plans": [
            {"plan": plan, "tables": [(table, files.for_page(plan, table)) for table in TABLES]} for plan in found
        ],
        "tables": [(table, zip(table.columns, table.heads(language_of(request)), strict=True)) for table in TABLES],
        "catalogues": [(ending, reverse("open_data_catalogue_file", args=[ending])) for ending in FORMATS],
        "terms": terms(),
        "api": _api(),
        # For what stands around a page: whose it is, when its data changed last.
        "plan": found[0] if found else None,
        "available_languages": language_codes(),
        # The notice of made-up data stands on this page too.
        "page": {"is_demonstration": any(plan.demonstration for plan in found)},
    }
    answer = render(request, "plan_pages/open_data.html", shown)
    patch_vary_headers(answer, ["Accept"])
    return answer


def _api() -> dict[str, str]:
    """Where a site has it."""
    try:
        return {name: reverse(f"wagtailapi_v3:{view}") for name, view in API.items()}
    except NoReverseMatch:
        return {}


@require_safe
@confirmed
@explained
def table_file(request: HttpRequest, slug: str, key: str, ending: str, version: str | None) -> HttpResponseBase:
    """A table of a plan, whole or of the measures that the address asks for."""
    table = BY_KEY.get(key)
    if table is None or ending not in ("csv", "json", "xlsx"):
        raise Http404
    data = _asked(request, slug, version)
    name = f"{slug}-{key}-{data.language}-{data.now.as_of.isoformat()}.{ending}"
    match ending:
        case "csv":
            is_for_people = request.GET.get("for") == "spreadsheet"
            return answers.streamed(File(name, csv_files.TYPE, _csv(table, data, is_for_people)))
        case "json":
            rows = json_files.table(table.columns, table.rows(data))
            return answers.streamed(File(name, json_files.TYPE, rows))
    book = workbooks.workbook(
        table.name(data.language), table.columns, table.heads(data.language), table.rows(data), data.language
    )
    return answers.streamed(File(name, workbooks.TYPE, book))


@require_safe
@confirmed
@explained
def plan_file(request: HttpRequest, slug: str, version: str | None) -> HttpResponseBase:
    """The plan with its figures as JSON."""
    data = _asked(request, slug, version)
    schema = request.build_absolute_uri(reverse("open_data_schema"))
    parts = json_files.plan(data, schema, terms().licence)
    return answers.streamed(File(f"{slug}-{data.now.as_of.isoformat()}.json", json_files.TYPE, parts))


@require_safe
@confirmed
def plan_workbook(request: HttpRequest, slug: str, version: str | None, write: Writer) -> HttpResponseBase:
    """The plan as the workbook that can be imported again. `write` makes it: `plan_pages.urls` says what does."""
    plan = plans.whole(request, slug, version).current()
    book = write(plan, languages=language_codes())
    return answers.streamed(File(f"{slug}.xlsx", workbooks.TYPE, book))


@require_safe
@confirmed
@explained
def calendar_file(request: HttpRequest, slug: str, version: str | None) -> HttpResponseBase:
    """The deadlines of the measures that the address asks for, for calendars that subscribe."""
    data = _asked(request, slug, version)
    return answers.whole(File(f"{slug}.ics", calendar.TYPE, [calendar.calendar(data)], is_download=False))


@require_safe
@confirmed
def feed_file(request: HttpRequest, slug: str, version: str | None) -> HttpResponseBase:
    """What changed in the plan, the latest first."""
    plan = plans.whole(request, slug, version)
    told = feed.feed(plan, approvals(plan, feed.MOST), language_of(request), request.build_absolute_uri())
    return answers.whole(File(f"{slug}.atom", feed.TYPE, [told], is_download=False))


@require_safe
def schema_file(request: HttpRequest) -> HttpResponse:
    """The shape of the plan as JSON (JSON Schema)."""
    return HttpResponse(json_files.SCHEMA.read_bytes(), content_type="application/schema+json")


@require_safe
def any_catalogue(request: HttpRequest) -> HttpResponse:
    """To the catalogue in the format that the program prefers; for a browser, the page."""
    types = {type: ending for ending, (type, _name) in FORMATS.items()}
    wanted = request.get_preferred_type(["text/html", *types])
    if wanted in types:
        answer = HttpResponseRedirect(reverse("open_data_catalogue_file", args=[types[wanted]]))
    else:
        answer = HttpResponseRedirect(reverse("open_data"))
    answer.status_code = 303
    patch_vary_headers(answer, ["Accept"])
    return answer


@require_safe
@confirmed
def catalogue_file(request: HttpRequest, ending: str, version: str | None) -> HttpResponseBase:
    """DCAT-AP of all plans, as Turtle, JSON-LD or RDF/XML."""
    if ending not in FORMATS:
        raise Http404
    entries = [Entry(plan, list(files.of_plan(plan, request))) for plan in plans.described(request)]
    graph = catalogue(entries, terms(), files.base(request), language_codes())
    type, _name = FORMATS[ending]
    parts = [written(graph, ending)]
    return answers.whole(File(f"catalogue.{ending}", f"{type}; charset=utf-8", parts, is_download=False))


def _asked(request: HttpRequest, slug: str, version: str | None) -> Contents:
    plan: Plan = plans.whole(request, slug, version)
    return Contents.of(plan, request.GET, timezone.localdate(), language_of(request))


def _csv(table: Table, data: Contents, is_for_people: bool) -> Iterator[str]:
    rows: Iterator[Row] = table.rows(data)
    heads: Sequence[str] = table.heads(data.language) if is_for_people else table.columns
    if is_for_people:
        return csv_files.for_spreadsheets(heads, rows, data.language)
    return csv_files.for_programs(heads, rows)
