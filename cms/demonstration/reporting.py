"""The demonstration's schedules of public reports. The scheduler makes what fell due for the last reported period, so that
the archive is not empty."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from plan_pages.choices import Audience
from plan_pages.domain.periods import Period
from plan_pages.register import Plan
from reports.choices import ReportKind
from reports.models import ReportSchedule

KINDS = (ReportKind.MAYOR, ReportKind.COUNCIL)


def schedule_reports(plan: Plan, reported: Period) -> None:
    """Nothing where the plan has a schedule already. `reported`: the first period that a report is made of."""
    if plan.schedules.exists():
        return
    midnight = datetime.combine(reported.last_day + timedelta(days=1), time(), ZoneInfo(settings.TIME_ZONE))
    for kind in KINDS:
        ReportSchedule.objects.create(
            plan=plan, kind=kind, audience=Audience.PUBLIC, release_at_once=True, since=midnight
        )
