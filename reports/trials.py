"""A report as it would be made now, for the eyes of whoever asks. Nothing of it comes into the record."""

import uuid
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from plan_pages import posting
from plan_pages.choices import Audience, Frequency
from plan_pages.domain.periods import Period
from plan_pages.editing.refusal import Refused
from plan_pages.outbox import Attachment, OutboxMail
from plan_pages.people import language_of
from plan_pages.reading import Unavailable
from plan_pages.register import Chapter
from reports import files, letters
from reports.choices import FileFormat
from reports.generation import Report, make_report, take_snapshot
from reports.models.schedules import ReportSchedule
from reports.permissions import may_make_reports
from reports.recipients import Reader


def latest_period(schedule: ReportSchedule, now: datetime) -> Period:
    """The last period that is over, or, before the first one is, the first of the plan."""
    period = Period.last_complete(timezone.localtime(now).date(), Frequency(schedule.frequency))
    return min(max(period, schedule.value.first_period), schedule.value.last_period)


def make_trial(
    schedule: ReportSchedule,
    user: Any,
    *,
    language: str = "",
    period: Period | None = None,
    chapter: Chapter | None = None,
) -> Report:
    """Of the latest period, in the schedule's first language, of its first chapter, unless others are named."""
    if not may_make_reports(user):
        raise PermissionDenied
    chapter = chapter or next(iter(schedule.subjects()), None)
    if schedule.is_by_chapter and chapter is None:
        raise Refused(_("The plan has no chapter for a report yet."))
    try:
        taken = take_snapshot(schedule.plan, Audience(schedule.audience))
    except Unavailable as error:
        raise Refused(_("The plan is not published, or not for the audience of the report.")) from error
    return make_report(
        taken,
        schedule.kind_choice,
        period or latest_period(schedule, timezone.now()),
        language or schedule.languages[0],
        chapter=chapter.code if chapter else "",
    )


def send_trial(schedule: ReportSchedule, user: Any, *, period: Period | None = None) -> OutboxMail:
    """The same by mail, to the person who asks and to nobody else."""
    if not user.email:
        raise Refused(_("There is no address in your account to send a trial to."))
    language = language_of(user)
    spoken = language if language in schedule.languages else schedule.languages[0]
    now = timezone.now()
    period = period or latest_period(schedule, now)
    report = make_trial(schedule, user, language=spoken, period=period)
    path = files.keep(report.pdf, FileFormat.PDF.value, files.TRIALS)
    name = f"{schedule.kind}-{period}-{spoken}.pdf"
    attachment = Attachment(files.STORAGE, path, name, FileFormat.PDF.content_type)
    with translation.override(language):
        title = f"{schedule.kind_choice.label}, {period}"
    letter = letters.of_trial(Reader(user.email, language), uuid.uuid4().hex, title, attachment)
    with transaction.atomic():
        (mail,) = OutboxMail.objects.put([letter], now)
        posting.tell_workers([mail.pk], now)
    return mail
