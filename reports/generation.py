"""From a plan in the register to the files of a report: read, snapshot, compose, render. Every arrow is one call.

The report is composed from the snapshot, never from the database: what the archive keeps is what was drawn. The data
goes with the document: every PDF carries the snapshot and the plan's workbook.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from plan_pages.choices import Audience
from plan_pages.domain import plan as domain
from plan_pages.domain.periods import Period
from plan_pages.exchange import workbook
from plan_pages.reading import read_plan
from plan_pages.register import Plan
from reports import html, pdf, snapshot
from reports.choices import FileFormat, ReportKind
from reports.compose import compose

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Report:
    """A report's files, and the snapshot from which they can be made again."""

    pdf: bytes
    html: bytes
    snapshot: bytes

    def files(self) -> Mapping[FileFormat, bytes]:
        """What is in one language; the data are in all."""
        return {FileFormat.PDF: self.pdf, FileFormat.HTML: self.html}


@contextmanager
def consistent_reading() -> Iterator[None]:
    """All that is read inside is of one moment, whatever is written beside it. Never inside another transaction: that
    one would have begun at a moment, and in a manner, of its own."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic(durable=True):
        if is_outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def take_snapshot(plan: Plan, audience: Audience) -> bytes:
    """The whole plan as it stands at one moment. Raises `plan_pages.reading.Unavailable`."""
    with consistent_reading():
        # The row may have been read long ago; its page is read anew with all the rest.
        return snapshot.dump(read_plan(Plan.objects.select_related("page").get(pk=plan.pk), audience))


def make_report(
    taken: bytes,
    kind: ReportKind,
    period: Period,
    language: str,
    *,
    previous: bytes | None = None,
    chapter: str = "",
) -> Report:
    """A report from a snapshot. `previous`: an older snapshot that it is compared with; `chapter`: the code of the one
    that a chapter's report is about. The same arguments always give the same bytes. Raises
    `reports.snapshot.SnapshotError` and `reports.compose.ChapterError`."""
    plan = snapshot.load(taken)
    before = snapshot.load(previous) if previous is not None else None
    document = compose(kind, plan, period, language, previous=before, chapter=chapter)
    attachments = attachments_of(plan, taken, period, language)
    return Report(pdf.render(document, attachments=attachments), html.render(document), taken)


def attachments_of(plan: domain.Plan, taken: bytes, period: Period, language: str) -> tuple[pdf.Attachment, ...]:
    """The files that every report carries: from what it was made, and the same as tables for people."""
    name = f"{plan.slug or 'plan'}-{period}"
    with translation.override(language):
        return (
            pdf.Attachment(
                f"{name}.json",
                FileFormat.DATA.content_type,
                taken,
                _("Snapshot of the plan: all data from which this report was made"),
                pdf.Relationship.SOURCE,
            ),
            pdf.Attachment(
                f"{name}.xlsx",
                XLSX,
                workbook.write(plan, languages=plan.languages),
                _("Plan workbook: the plan with its progress, indicators and money as tables"),
                pdf.Relationship.DATA,
            ),
        )
