"""The archive of reports as plain values: the years, in each the kinds, in each the editions with their files. For a
page, a feed or an API; nothing here asks who is asking except `archive_for`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import QuerySet

from plan_pages.choices import Audience
from plan_pages.domain.periods import Period
from plan_pages.register import Plan
from reports.choices import FileFormat, ReportKind
from reports.models.editions import Edition, EditionFile, file_name
from reports.naming import url_of
from reports.permissions import readable

FILES = (
    "edition_id", "format", "language", "size", "sum", "edition__public_id", "edition__job_id", "edition__kind",
    "edition__period", "edition__number", "edition__reason", "edition__audience", "edition__release__at",
    "edition__plan__title", "edition__chapter_code", "edition__chapter__title",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ArchivedFile:
    """`language`: "" of data, which are in all. `size` in bytes, for the link's text."""

    format: FileFormat
    language: str
    size: int
    sum: str
    url: str


@dataclass(frozen=True, slots=True)
class ArchivedEdition:
    """`plan`, `chapter`: titles by language, the chapter's empty where the report is about the plan. `reason`: of a
    correction. `is_latest`: no later edition corrects it."""

    public_id: str
    kind: ReportKind
    period: Period
    plan: dict[str, str]
    chapter_code: str
    chapter: dict[str, str]
    number: int
    reason: str
    audience: Audience
    released_at: datetime
    is_latest: bool
    files: tuple[ArchivedFile, ...]


@dataclass(frozen=True, slots=True)
class ArchivedKind:
    kind: ReportKind
    editions: tuple[ArchivedEdition, ...]


@dataclass(frozen=True, slots=True)
class ArchivedYear:
    year: int
    kinds: tuple[ArchivedKind, ...]


def public_archive(plan: Plan | None = None) -> tuple[ArchivedYear, ...]:
    """What everyone may have: the latest year first, kinds in their order, in each the latest period first."""
    return by_year(_of_plan(Edition.objects.public(), plan))


def archive_for(user: Any, plan: Plan | None = None) -> tuple[ArchivedYear, ...]:
    """What this user may have, internal reports among it, in the same order."""
    return by_year(_of_plan(readable(user), plan))


def by_year(editions: QuerySet[Edition]) -> tuple[ArchivedYear, ...]:
    """In one query, however many there are: an edition is never without files."""
    files = EditionFile.objects.filter(edition__in=editions).order_by("edition_id", "pk")
    rows: dict[int, list[Any]] = {}
    for file in files.values_list(*FILES, named=True):
        rows.setdefault(file.edition_id, []).append(file)
    latest: dict[int, int] = {}
    for row, *_others in rows.values():
        latest[row.edition__job_id] = max(row.edition__number, latest.get(row.edition__job_id, 0))
    found = [_archived(its_files, latest) for its_files in rows.values()]
    # Years fall, kinds stand in their own order, periods fall, a correction stands before what it corrects.
    kinds = list(ReportKind)
    found.sort(key=lambda each: each.chapter_code)
    found.sort(key=lambda each: (each.period, each.number), reverse=True)
    found.sort(key=lambda each: (-each.period.year, kinds.index(each.kind)))
    return tuple(
        ArchivedYear(year, _by_kind(tuple(editions_of_year)))
        for year, editions_of_year in groupby(found, key=lambda each: each.period.year)
    )


def _of_plan(editions: QuerySet[Edition], plan: Plan | None) -> QuerySet[Edition]:
    return editions.filter(plan=plan) if plan else editions


def _by_kind(editions: Sequence[ArchivedEdition]) -> tuple[ArchivedKind, ...]:
    by_kind: Iterable[tuple[ReportKind, Iterable[ArchivedEdition]]] = groupby(editions, key=lambda each: each.kind)
    return tuple(ArchivedKind(kind, tuple(found)) for kind, found in by_kind)


def _archived(files: Sequence[Any], latest: Mapping[int, int]) -> ArchivedEdition:
    """The edition of these rows, each of which says all of it; `latest`: number by job."""
    row = files[0]
    return ArchivedEdition(
        str(row.edition__public_id),
        ReportKind(row.edition__kind),
        Period.parse(row.edition__period),
        row.edition__plan__title,
        row.edition__chapter_code,
        row.edition__chapter__title or {},
        row.edition__number,
        row.edition__reason,
        Audience(row.edition__audience),
        row.edition__release__at,
        row.edition__number == latest[row.edition__job_id],
        tuple(_file(file) for file in files),
    )


def _file(row: Any) -> ArchivedFile:
    address = url_of(row.edition__public_id, file_name(row.language, row.format))
    return ArchivedFile(FileFormat(row.format), row.language, row.size, row.sum, address)
