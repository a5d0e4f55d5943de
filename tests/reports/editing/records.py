"""A report on record without its making, for tests that ask who sees it and not what is in it."""

import zlib

from django.utils import timezone

from plan_pages.choices import Audience, MailFault, MailState
from plan_pages.outbox import Letter, OutboxMail
from plan_pages.register import Chapter
from reports import files
from reports.choices import FileFormat, JobState, ReportKind
from reports.models.editions import Delivery, Edition, EditionFile, Release
from reports.models.jobs import ReportJob
from reports.models.schedules import ReportSchedule

DATA = b"{}"


def a_record(
    chapter: Chapter,
    period: str = "2026-Q1",
    schedule: ReportSchedule | None = None,
    audience: Audience = Audience.INTERNAL,
    is_released: bool = True,
) -> Edition:
    """A report about a chapter, with one file; released, unless told otherwise, with one mail that could not be sent."""
    now = timezone.now()
    kind = ReportKind.CHAPTER
    schedule = schedule or ReportSchedule.objects.create(
        plan=chapter.plan, kind=kind, languages=["lt"], audience=audience
    )
    job = ReportJob(schedule=schedule, chapter=chapter, period=period, due_at=now, state=JobState.DONE)
    job.last_day, job.next_attempt = job.period_value.last_day, now
    job.save()
    edition = Edition.objects.create(
        job=job,
        number=1,
        plan=chapter.plan,
        chapter=chapter,
        chapter_code=chapter.code,
        kind=kind,
        period=period,
        last_day=job.last_day,
        audience=schedule.audience,
        languages=["lt"],
        packed_snapshot=zlib.compress(DATA),
        snapshot_sum=files.sum_of(DATA),
        renderer="1",
        made_at=now,
    )
    path = files.keep(DATA, FileFormat.DATA.value)
    EditionFile.objects.create(
        edition=edition, format=FileFormat.DATA, path=path, size=len(DATA), sum=files.sum_of(DATA)
    )
    if not is_released:
        return edition
    Release.objects.create(edition=edition, at=now)
    letter = Letter("report", str(edition.public_id), "nera@example.org", "lt", "Ataskaita", "Ataskaita")
    (mail,) = OutboxMail.objects.put([letter], now)
    OutboxMail.objects.filter(pk=mail.pk).update(
        state=MailState.FAILED, fault=MailFault.ADDRESS, error="550 No such user"
    )
    Delivery.objects.create(edition=edition, mail=mail)
    return edition
