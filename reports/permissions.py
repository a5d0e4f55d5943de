"""Who may have the files of a report. Asked again at each download: an address that was guessed or passed on opens
nothing. Knows no requests.
"""

from typing import Any

from django.db.models import Q

from plan_pages.choices import Audience
from plan_pages.permissions import chapters_for, is_coordinator, may_read_internal
from reports.models.editions import Edition
from reports.models.schedules import ReportRecipient


def may_make_reports(user: Any) -> bool:
    """Keeps schedules, releases, sends again, corrects."""
    return is_coordinator(user)


def may_download(user: Any, edition: Edition) -> bool:
    """What is public and released everyone; what is not released coordinators only. Of internal reports: coordinators,
    those who may read what is internal, those to whom the schedule sends them, and the editors of the chapter that the
    report is about."""
    if is_coordinator(user):
        return True
    if not edition.is_released:
        return False
    if edition.audience == Audience.PUBLIC:
        return True
    if not user.is_authenticated or not user.is_active:
        return False
    return may_read_internal(user) or _is_recipient(user, edition) or _is_about_own_chapter(user, edition)


def _is_recipient(user: Any, edition: Edition) -> bool:
    recipients = ReportRecipient.objects.filter(schedule__jobs=edition.job_id)
    return recipients.filter(Q(user=user.pk) | Q(role__in=user.groups.all())).exists()


def _is_about_own_chapter(user: Any, edition: Edition) -> bool:
    return edition.chapter_id is not None and chapters_for(user).filter(pk=edition.chapter_id).exists()
