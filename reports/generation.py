"""From a plan in the register to the files of a report: read, snapshot, compose, render. Every arrow is one call.

The report is composed from the snapshot, never from the database: what the archive keeps is what was drawn. The data
goes with the document: every PDF carries the snapshot and the plan's workbook.
"""

from dataclasses import dataclass

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from plan_pages.choices import Audience
from plan_pages.domain import plan as domain
from plan_pages.domain.periods import Period
from plan_pages.exchange import workbook
from plan_pages.reading import read_plan
from plan_pages.register import Plan
from reports import html, pdf, snapshot
from reports.choices import ReportKind
from reports.compose import compose

JSON = "application/json"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Report:
    """A report's files, and the snapshot from which they can be made again."""

    pdf: bytes
    html: bytes
    snapshot: bytes


def take_snapshot(plan: Plan, audience: Audience) -> bytes:
    """The whole plan as it stands, read in one transaction. Raises `plan_pages.reading.Unavailable`."""
    with transaction.atomic():
        return snapshot.dump(read_plan(plan, audience))


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
                JSON,
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
