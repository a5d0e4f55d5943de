"""What was reported of a measure, what proves it, and what was planned along the way: parts of a measure's answer."""

from urllib.parse import urljoin

from typing_extensions import TypedDict

from plan_pages.api.shapes import (
    Count,
    Day,
    Language,
    LocalText,
    Number,
    PeriodCode,
    Uri,
    local_text,
    number_or_none,
)
from plan_pages.choices import Status
from plan_pages.domain.plan import Entry, Evidence


class EntryShape(TypedDict):
    """What the group reported for a period, as it was approved. `note`: done; `next`: what follows; `reason`: of a delay or
    a stop."""

    period: PeriodCode
    status: Status
    percent: Number | None
    note: LocalText | None
    next: LocalText | None
    reason: LocalText | None


class EvidenceShape(TypedDict):
    """A link, or a file with its kind and its size in bytes."""

    period: PeriodCode
    title: str
    url: Uri
    kind: str | None
    size: Count | None


class MilestoneShape(TypedDict):
    """A stage on the way."""

    title: str
    language: Language
    date: Day | None


class DecisionShape(TypedDict):
    """A decision of the council, or another document of record."""

    title: str
    url: Uri


class DeadlineChangeShape(TypedDict):
    """The end was moved: the day on which that was published, the end before and the end after."""

    changed: Day
    was: Day | None
    became: Day | None


def entry_shape(entry: Entry, language: str) -> EntryShape:
    return {
        "period": str(entry.period),
        "status": entry.status,
        "percent": number_or_none(entry.percent),
        "note": local_text(entry.note, language),
        "next": local_text(entry.next, language),
        "reason": local_text(entry.reason, language),
    }


def evidence_shape(evidence: Evidence, site: str) -> EvidenceShape:
    return {
        "period": str(evidence.period),
        "title": evidence.title,
        "url": urljoin(f"{site}/", evidence.url),
        "kind": evidence.kind or None,
        "size": evidence.size,
    }
