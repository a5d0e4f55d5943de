"""Every file in which a plan is given: its address, its format by its names, the language of its texts."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plan_pages.domain.plan import Plan
from plan_pages.languages import language_codes
from plan_pages.open_data import json_files, workbooks
from plan_pages.open_data.tables import TABLES, Table

CALENDAR = "text/calendar"
FEED = "application/atom+xml"


@dataclass(frozen=True, slots=True)
class Kind:
    """`type`: the media type; `known_as`: the same in the vocabulary of file types of the European Union."""

    ending: str
    type: str
    known_as: str


CSV = Kind("csv", "text/csv", "CSV")
XLSX = Kind("xlsx", workbooks.TYPE, "XLSX")
JSON = Kind("json", json_files.TYPE, "JSON")
ICS = Kind("ics", CALENDAR, "ICS")
ATOM = Kind("atom", FEED, "ATOM")
PLAN = gettext_lazy("The whole plan")
DEADLINES = gettext_lazy("Calendar of deadlines")
CHANGES = gettext_lazy("Feed of changes")


@dataclass(frozen=True, slots=True)
class Given:
    """`key`: stable among the files of a plan. `languages`: of its texts."""

    key: str
    title: Promise
    kind: Kind
    languages: tuple[str, ...]
    address: str


def of_plan(plan: Plan, request: HttpRequest) -> Iterator[Given]:
    """The whole plan first, then its tables for programs, its calendar and its feed in every language."""
    every = plan.languages
    yield Given("plan-xlsx", PLAN, XLSX, every, _absolute("open_data_workbook", request, plan.slug))
    yield Given("plan-json", PLAN, JSON, every, _absolute("open_data_plan", request, plan.slug))
    for language in every:
        for table in TABLES:
            address = _absolute("open_data_table", request, plan.slug, table.key, CSV.ending, language=language)
            yield Given(f"{table.key}-csv-{language}", table.title, CSV, (language,), address)
        calendar = _absolute("open_data_calendar", request, plan.slug, language=language)
        yield Given(f"calendar-{language}", DEADLINES, ICS, (language,), calendar)
        feed = _absolute("open_data_feed", request, plan.slug, language=language)
        yield Given(f"changes-{language}", CHANGES, ATOM, (language,), feed)


def for_page(plan: Plan, table: Table) -> list[tuple[str, str]]:
    """The files of a table in the active language: what each is called, and its address."""
    address = reverse("open_data_table", args=[plan.slug, table.key, CSV.ending])
    return [
        (_("CSV for spreadsheets"), f"{address}?for=spreadsheet"),
        (_("CSV for programs"), address),
        ("XLSX", reverse("open_data_table", args=[plan.slug, table.key, XLSX.ending])),
        ("JSON", reverse("open_data_table", args=[plan.slug, table.key, JSON.ending])),
    ]


def base(request: HttpRequest) -> str:
    """The address of the catalogue, the same in every language."""
    return _absolute("open_data_catalogue", request)


def _absolute(name: str, request: HttpRequest, *args: str, language: str = "") -> str:
    """In the site's first language, where it does not say which one is meant."""
    with translation.override(settings.LANGUAGE_CODE):
        path = reverse(name, args=args)
    known = f"?language={language}" if language and language != language_codes()[0] else ""
    return request.build_absolute_uri(path + known)
