"""From a plan in the register to the bytes of a report: read, snapshot, compose, render. Every arrow is one call.

The report is composed from the snapshot, never from the database: what the archive keeps is what was drawn.
"""

from dataclasses import dataclass

from django.db import transaction

from plan_pages.choices import Audience
from plan_pages.domain.periods import Period
from plan_pages.reading import read_plan
from plan_pages.register import Plan
from reports import pdf, snapshot
from reports.choices import ReportKind
from reports.compose import compose


@dataclass(frozen=True, slots=True)
class Report:
    """A report's file, and the snapshot from which it can be made again."""

    pdf: bytes
    snapshot: bytes


def take_snapshot(plan: Plan, audience: Audience) -> bytes:
    """The whole plan as it stands, read in one transaction. Raises `plan_pages.reading.Unavailable`."""
    with transaction.atomic():
        return snapshot.dump(read_plan(plan, audience))


def make_report(taken: bytes, kind: ReportKind, period: Period, language: str) -> Report:
    """A report from a snapshot. The same snapshot, kind, period and language always give the same bytes."""
    document = compose(kind, snapshot.load(taken), period, language)
    return Report(pdf.render(document), taken)
