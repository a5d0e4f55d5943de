"""Who may have the files of a report. Asked again at each download: an address that was guessed or passed on opens
nothing. Knows no requests.
"""

from typing import Any

from django.db.models import Q, QuerySet

from plan_pages.choices import Audience
from plan_pages.permissions import chapters_for, is_coordinator, may_read_internal
from reports.models.editions import Edition
from reports.models.schedules import ReportRecipient


def may_make_reports(user: Any) -> bool:
    """Keeps schedules, releases, sends again, corrects."""
    return is_coordinator(user)


def may_read_reports(user: Any) -> bool:
    """Has a list of reports to read: readers of what is internal, those to whom a schedule sends its reports, and the
    editors of chapters."""
    if may_read_internal(user):
        return True
    return _named(user).exists() or chapters_for(user).exists()


def readable(user: Any) -> QuerySet[Edition]:
    """What was released, for whom it is for: what is public everyone. Internal reports: coordinators, those who may read
    what is internal, those to whom the schedule sends them, and the editors of the chapter that the report is about."""
    released = Edition.objects.released()
    if may_read_internal(user):
        return released
    allowed = Q(audience=Audience.PUBLIC)
    if user.is_authenticated and user.is_active:
        allowed |= Q(job__schedule__in=_named(user).values("schedule")) | Q(chapter__in=chapters_for(user))
    return released.filter(allowed)


def may_download(user: Any, edition: Edition) -> bool:
    """Coordinators also what waits for its release."""
    return is_coordinator(user) or readable(user).filter(pk=edition.pk).exists()


def _named(user: Any) -> QuerySet[ReportRecipient]:
    """Where the schedules name the user as a recipient, or a role of the user's."""
    return ReportRecipient.objects.filter(Q(user=user.pk) | Q(role__in=user.groups.all()))
