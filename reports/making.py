"""Makes the edition of a job: claim, snapshot, compare, draw, store, insert. Whatever fails, wherever a process dies,
the edition is there once or not yet.

Files are stored before the edition that names them, and are named by their sums: what a dead process has left behind
harms nothing. The edition, the end of the job, and the mails come in one transaction, which only the holder of the claim
can finish.
"""

import logging
import uuid
import zlib
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime

from django.db import DatabaseError, transaction
from django.utils import timezone
from django_tasks import task

from plan_pages import posting, queue
from plan_pages.choices import Audience
from plan_pages.leases import LeaseLost, in_words, most_attempts, wait
from plan_pages.outbox import OutboxMail
from plan_pages.reading import Unavailable
from reports import delivery, files, letters
from reports.choices import FileFormat, JobFault, JobState
from reports.compose import ChapterError
from reports.generation import make_report, take_snapshot
from reports.models.editions import DamagedSnapshot, Edition, EditionFile
from reports.models.jobs import ReportJob
from reports.renderer import renderer_version
from reports.snapshot import SnapshotError

logger = logging.getLogger(__name__)


@task()
def make_task(key: int) -> None:
    make(key)


def make(key: int) -> Edition | None:
    """The edition, if the job is ours to do and succeeds. What fails stands in the job."""
    now = timezone.now()
    token = ReportJob.objects.ready(now).claim(key, now, state=JobState.RUNNING)
    if token is None:
        return None
    job = ReportJob.objects.select_related("schedule__plan", "chapter", "asked_by").get(pk=key)
    try:
        edition = _made(job, token)
        _tell_of_next(job)
        return edition
    except LeaseLost:
        logger.warning("Report %s: the lease ran out while it was made", job.pk)
    except Exception as error:
        logger.exception("Report %s could not be made", job.pk)
        with suppress(LeaseLost):
            _fail(job, token, error)
    return None


def give_up_on(job: ReportJob) -> None:
    """Inside the caller's transaction, the state and the fault being set: the operators hear of it."""
    now = timezone.now()
    reference = f"{job.pk}:{job.number}:{now:%Y-%m-%dT%H:%M}"
    mails = OutboxMail.objects.put(letters.of_failure(reference, job), now)
    posting.tell_workers([mail.pk for mail in mails], now)


def tell_workers(keys: Iterable[int], now: datetime) -> int:
    """Of these jobs, once; where there are no workers the rows themselves are enough."""
    if queue.is_in_process():
        return 0
    handed = [key for key in keys if ReportJob.objects.ready(now).note_handed(key, now)]
    for key in handed:
        queue.hand_over(make_task, key)
    return len(handed)


def _made(job: ReportJob, token: uuid.UUID) -> Edition:
    def still_ours() -> None:
        ReportJob.objects.renew(job.pk, token, timezone.now())

    edition, made = _drawn(job, still_ours)
    for file in made:
        file.edition = edition
    schedule = job.schedule
    written = delivery.letters_of(edition, made) if schedule.release_at_once else []
    with transaction.atomic():
        held = ReportJob.objects.held(job.pk, token).filter(state=JobState.RUNNING)
        if held.update(state=JobState.DONE, claim=None, lease_until=None, fault="", error="") != 1:
            raise LeaseLost
        edition.save(force_insert=True)
        EditionFile.objects.bulk_create(made)
        if schedule.release_at_once:
            delivery.put_out(edition, written, None, timezone.now())
    return edition


def _tell_of_next(job: ReportJob) -> None:
    """The report of the next period has waited for this one; it need not wait for the scheduler's next round too."""
    now = timezone.now()
    following = ReportJob.objects.ready(now).filter(schedule=job.schedule_id, chapter=job.chapter_id)
    tell_workers(list(following.values_list("pk", flat=True)), now)


def _drawn(job: ReportJob, still_ours: Callable[[], None]) -> tuple[Edition, list[EditionFile]]:
    """The edition and its files, the latter stored, neither of them in the database."""
    schedule, chapter = job.schedule, job.chapter
    taken = take_snapshot(schedule.plan, Audience(schedule.audience))
    before = Edition.objects.before(job)
    previous = before.snapshot if before else None
    code = chapter.code if chapter else ""
    found = [_stored(FileFormat.DATA, "", taken)]
    for language in schedule.languages:
        still_ours()
        report = make_report(taken, schedule.kind_choice, job.period_value, language, previous=previous, chapter=code)
        found += [_stored(kind, language, content) for kind, content in report.files().items()]
    still_ours()
    edition = Edition(
        job=job,
        number=job.number,
        plan=schedule.plan,
        chapter=chapter,
        chapter_code=code,
        kind=schedule.kind,
        period=job.period,
        last_day=job.last_day,
        audience=schedule.audience,
        languages=schedule.languages,
        packed_snapshot=zlib.compress(taken, 9),
        snapshot_sum=files.sum_of(taken),
        edition_before=before,
        renderer=renderer_version(),
        made_at=timezone.now(),
        reason=job.reason,
        asked_by=_name(job),
    )
    return edition, found


def _stored(kind: FileFormat, language: str, content: bytes) -> EditionFile:
    path = files.keep(content, kind.value)
    return EditionFile(language=language, format=kind, path=path, size=len(content), sum=files.sum_of(content))


def _name(job: ReportJob) -> str:
    """Of the person, in letters: people leave, editions stay."""
    return (job.asked_by.get_full_name() or job.asked_by.get_username()) if job.asked_by else ""


def _fail(job: ReportJob, token: uuid.UUID, error: Exception) -> None:
    """Once more later, or never: then somebody must hear of it."""
    job.fault, job.error = fault_of(error), in_words(error)
    with transaction.atomic():
        held = ReportJob.objects.held(job.pk, token).filter(state=JobState.RUNNING)
        is_final = job.attempts >= most_attempts()
        values = {
            "state": JobState.FAILED if is_final else JobState.PENDING,
            "next_attempt": timezone.now() + wait(job.attempts),
            "claim": None,
            "lease_until": None,
            "queued_until": None,
            "fault": job.fault,
            "error": job.error,
        }
        if held.update(**values) != 1:
            raise LeaseLost
        if is_final:
            give_up_on(job)


def fault_of(error: Exception) -> JobFault:
    """What went wrong with the making of a report."""
    match error:
        case Unavailable():
            return JobFault.UNAVAILABLE
        case ChapterError():
            return JobFault.CHAPTER
        case SnapshotError() | DamagedSnapshot():
            return JobFault.BEFORE
        case DatabaseError():
            return JobFault.DATABASE
        case OSError():
            return JobFault.STORAGE
        case _:
            return JobFault.OTHER
