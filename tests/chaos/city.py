"""What the storm has to do: three years of missed quarters and months of a small plan. Needs Django set up."""

from datetime import datetime, timedelta

from plan_pages.choices import Frequency
from plan_pages.register import Plan
from reports.choices import ReportKind
from reports.models.schedules import ReportRecipient, ReportSchedule
from tests.chaos.server import REFUSED
from tests.factories import chapter_page, goal, measure, plan_page, task

READERS = ("mayor@example.org", "council@example.org")
YEARS = 3


def make_plan(now: datetime) -> Plan:
    page = plan_page(title="Miesto planas", start_year=now.year - 5, end_year=now.year + 5)
    for code in ("1", "2"):
        measures = [measure(f"{code}.1.1"), measure(f"{code}.1.2")]
        chapter_page(page, [goal(code, [task(f"{code}.1", measures)])], code=code)
    return page.plan


def make_schedule(plan: Plan, kind: ReportKind, frequency: Frequency, now: datetime) -> int:
    """A schedule that should have run for three years; how many reports it owes."""
    schedule = ReportSchedule.objects.create(
        plan=plan,
        kind=kind,
        languages=["lt"],
        frequency=frequency,
        days=10,
        release_at_once=True,
        since=now - timedelta(days=365 * YEARS),
        active=False,
    )
    ReportRecipient.objects.bulk_create(
        ReportRecipient(schedule=schedule, address=address) for address in (*READERS, *sorted(REFUSED))
    )
    # Past `save`: a schedule that wakes does not catch up what it slept through; this one is to.
    ReportSchedule.objects.filter(pk=schedule.pk).update(active=True)
    schedule.refresh_from_db()
    return len(list(schedule.missing(now)))
