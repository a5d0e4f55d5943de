"""The archive of reports as plain values: the years, in each the kinds, in each the editions with their files. For a
page, a feed or an API; nothing here asks who is asking except `archive_for`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import QuerySet

from plan_pages.choices import Audience
from plan_pages.domain.periods import Period
from plan_pages.register import Plan
from reports.choices import FileFormat, ReportKind
from reports.models.editions import Edition, EditionFile
from reports.naming import url_of
from reports.permissions import readable


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
    files = files.select_related("edition__release", "edition__plan", "edition__chapter")
    rows: dict[int, tuple[Edition, list[EditionFile]]] = {}
    for file in files.defer("edition__packed_snapshot"):
        rows.setdefault(file.edition_id, (file.edition, []))[1].append(file)
    latest: dict[int, int] = {}
    for row, _files in rows.values():
        latest[row.job_id] = max(row.number, latest.get(row.job_id, 0))
    found = [_archived(row, its_files, row.number == latest[row.job_id]) for row, its_files in rows.values()]
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


def _archived(edition: Edition, files: Iterable[EditionFile], is_latest: bool) -> ArchivedEdition:
    return ArchivedEdition(
        str(edition.public_id),
        edition.kind_choice,
        edition.period_value,
        edition.plan.title,
        edition.chapter_code,
        edition.chapter.title if edition.chapter else {},
        edition.number,
        edition.reason,
        Audience(edition.audience),
        edition.release.at,
        is_latest,
        tuple(
            ArchivedFile(file.format_choice, file.language, file.size, file.sum, url_of(edition, file.name))
            for file in files
        ),
    )
