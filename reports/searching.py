"""What can be found of reports: of each the latest edition that everyone may have. Written when one is released."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils import translation

from plan_pages.domain.plan import Text
from plan_pages.languages import language_codes
from plan_pages.search.kinds import EntryKind
from plan_pages.search.writing import Draft, Owned, write
from reports.choices import FileFormat
from reports.models.editions import Edition
from reports.naming import title_of, url_of


def write_report(job: int) -> None:
    """In the transaction of the release."""
    editions = _editions().filter(job=job).order_by("number")
    latest = editions.last()
    write(_owner(job), _drafts(latest) if latest else ())


def every_report() -> Iterator[Owned]:
    """A source of the search."""
    latest = {edition.job_id: edition for edition in _editions().order_by("number")}
    for job, edition in sorted(latest.items()):
        yield _owner(job), _drafts(edition)


def _editions() -> QuerySet[Edition]:
    return Edition.objects.public().select_related("plan", "chapter").prefetch_related("files")


def _owner(job: int) -> str:
    return f"report-{job}"


def _drafts(edition: Edition) -> Iterator[Draft]:
    titles, addresses = {}, {}
    for file in edition.files.all():
        if file.format_choice is FileFormat.PDF:
            titles[file.language] = _title(edition, file.language)
            addresses[file.language] = url_of(edition.public_id, file.name)
    if not titles:
        return
    order = [code for code in language_codes() if code in titles] or list(titles)
    yield Draft(
        EntryKind.DOCUMENT,
        Text.of({code: titles[code] for code in order}),
        (Text.of(edition.plan.title),),
        reference=str(edition.public_id),
        address=Text.of({code: addresses[code] for code in order}),
        day=edition.last_day,
    )


def _title(edition: Edition, language: str) -> str:
    """“Report of the third quarter of 2026 · Mayor's brief (PDF)”; of a chapter with its name instead of the kind."""
    with translation.override(language):
        period, about = title_of(edition.period_value, language), str(edition.kind_choice.label)
        if edition.chapter:
            about = f"{edition.chapter_code}. {Text.of(edition.chapter.title).best(language)}"
        return f"{period} · {about} (PDF)"
