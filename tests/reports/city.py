"""A small city with schedules for tests of jobs, editions and mails: a report of it takes well under a second."""

from datetime import UTC, datetime
from typing import Any

from django.utils import timezone

from plan_pages.choices import ReturnState, Status
from plan_pages.monitoring import ChapterReturn, Entry, ReportingPeriod
from plan_pages.register import Chapter, Measure, Plan
from reports.models.editions import Edition
from reports.models.jobs import ReportJob
from reports.models.schedules import ReportRecipient, ReportSchedule
from reports.work import tick, work_off
from tests.factories import chapter_page, goal, measure, plan_page, task


def moment(text: str) -> datetime:
    """A moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


SINCE = moment("2026-01-01T00:00")
NOW = moment("2026-05-01T12:00")
"""The reports of two quarters are due: those of 2025-Q4 and 2026-Q1."""


def small_plan() -> Plan:
    """A published plan of one chapter with two measures, one of which was reported for 2026-Q1."""
    page = plan_page(title="Miesto planas", heading_en="City plan")
    chapter = chapter_page(page, [goal("1", [task("1.1", [measure("1.1.1"), measure("1.1.2")])])], code="1")
    report_progress(chapter.chapter, 30)
    return page.plan


def report_progress(chapter: Chapter, percent: int) -> None:
    """An approved return for 2026-Q1; a later call changes its percent."""
    period, _made = ReportingPeriod.objects.get_or_create(plan=chapter.plan, period="2026-Q1")
    found, _made = ChapterReturn.objects.get_or_create(
        chapter=chapter, period=period, defaults={"state": ReturnState.APPROVED, "approved_at": timezone.now()}
    )
    row = Measure.objects.get(chapter=chapter, code="1.1.1")
    values = {"status": Status.ON_TRACK, "percent": percent, "note": {"lt": "Vyksta darbai"}}
    Entry.objects.update_or_create(chapter_return=found, measure=row, defaults=values)


def a_schedule(plan: Plan | None = None, to: tuple[str, ...] = ("mere@example.org",), **fields: Any) -> ReportSchedule:
    values = {
        "plan": plan or small_plan(),
        "kind": "mayor",
        "languages": ["lt"],
        "release_at_once": True,
        "audience": "public",
        "since": SINCE,
        **fields,
    }
    schedule = ReportSchedule.objects.create(**values)
    for address in to:
        ReportRecipient.objects.create(schedule=schedule, address=address)
    return schedule


def run(now: datetime = NOW) -> None:
    """One round, and everything that it finds to do."""
    tick(now)
    work_off()


def an_edition(**fields: Any) -> Edition:
    """The report of 2026-Q1, made as it is made in earnest."""
    schedule = a_schedule(**{"since": moment("2026-04-01T00:00"), **fields})
    run()
    return Edition.objects.get(job__schedule=schedule)


def states(schedule: ReportSchedule) -> list[tuple[str, str]]:
    jobs = ReportJob.objects.filter(schedule=schedule).order_by("last_day", "pk")
    return [(job.period, job.state) for job in jobs]
