"""The round of the scheduler: begin what is due, take up what was abandoned, tell the workers. Idempotent: any number of
schedulers may go it at once, and again after each crash. The moment of now is an argument.
"""

import logging
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from plan_pages import posting, queue, reminding
from plan_pages.editing.preparation import reminders
from plan_pages.leases import most_attempts
from plan_pages.outbox import OutboxMail
from reports import files, letters
from reports.choices import JobFault, JobState
from reports.making import give_up_on, make, tell_workers
from reports.models.jobs import ReportJob
from reports.models.schedules import ReportSchedule

logger = logging.getLogger(__name__)
MOST_BEGUN = 24
"""Reports begun in one round: after a long downtime the site is not to be busy with nothing else."""
MOST_HANDED = 200
MANY = 3
"""So many late at once were missed, and the operators hear of it."""


@dataclass(frozen=True, slots=True)
class Round:
    """What one round found and did. `left`: due, and not begun yet because there were too many."""

    begun: int
    left: int
    settled: int
    taken_up: int
    given_up: int
    mails_taken_up: int
    mails_uncertain: int
    handed_over: int
    reminded: int


def tick(now: datetime) -> Round:
    """One round."""
    begun, left = _begin(now)
    settled = _end_waiting(now)
    taken_up, given_up = _take_up(now)
    reminded = _remind(now)
    _prepare(now)
    back, uncertain = OutboxMail.objects.take_up_abandoned(now)
    handed = _hand_over(now)
    queue.clear_dead(now)
    files.drop_old_trials(now)
    files.drop_left_behind(now)
    return Round(begun, left, settled, taken_up, given_up, back, uncertain, handed, reminded)


def _remind(now: datetime) -> int:
    """Reminders that cannot be made hold up no reports."""
    try:
        return reminding.tell_what_is_due(now)
    except Exception:
        logger.exception("Reminders could not be made")
        return 0


def _prepare(now: datetime) -> None:
    """What a plan's preparation does by the calendar. If it cannot, no report is held up."""
    try:
        reminders.tick(now)
    except Exception:
        logger.exception("The groups could not be told what is asked of them")


def work_off(most: int = MOST_HANDED) -> int:
    """For a site without workers: make what is ready and send what is ready, at most so many of each. How many."""
    done = 0
    while done < most and (key := _next_ready()) is not None:
        make(key)
        done += 1
    return done + posting.post_ready(timezone.now(), most)


def _next_ready() -> int | None:
    ready = ReportJob.objects.ready(timezone.now()).order_by("due_at", "pk")
    return ready.values_list("pk", flat=True).first()


def _begin(now: datetime) -> tuple[int, int]:
    due = ReportSchedule.objects.due(now)
    most = int(getattr(settings, "REPORTS_MOST_BEGUN", MOST_BEGUN))
    begun = ReportJob.objects.begin(due[:most], now) if due else 0
    left = max(len(due) - most, 0)
    if left or (len(due) >= MANY and any(each.due.moment.date() < now.date() for each in due)):
        logger.warning("%d missed reports are being made, %d follow", begun, left)
        _tell_operators(now, begun, left)
    return begun, left


def _tell_operators(now: datetime, begun: int, left: int) -> None:
    """Once a day."""
    with transaction.atomic():
        mails = OutboxMail.objects.put(letters.of_catching_up(f"{now:%Y-%m-%d}", begun, left), now)
        posting.tell_workers([mail.pk for mail in mails], now)


def _end_waiting(now: datetime) -> int:
    """Those whose period has been locked meanwhile."""
    waiting = ReportJob.objects.waiting().select_related("schedule")
    keys = [job.pk for job in waiting if not job.must_wait]
    return ReportJob.objects.waiting().filter(pk__in=keys).update(state=JobState.PENDING, next_attempt=now)


def _take_up(now: datetime) -> tuple[int, int]:
    """Work whose process died is done again; what has killed its process time after time is not."""
    abandoned = ReportJob.objects.abandoned(now)
    free = {"claim": None, "lease_until": None, "queued_until": None, "next_attempt": now}
    taken_up = abandoned.filter(attempts__lt=most_attempts()).update(state=JobState.PENDING, **free)
    given_up = 0
    for job in abandoned.select_related("schedule", "chapter"):
        job.fault, job.error = JobFault.DIED, ""
        with transaction.atomic():
            held = ReportJob.objects.abandoned(now).held(job.pk, job.claim)
            if held.update(state=JobState.FAILED, fault=job.fault, error=job.error, **free) == 1:
                give_up_on(job)
                given_up += 1
    return taken_up, given_up


def _hand_over(now: datetime) -> int:
    ready = ReportJob.objects.ready(now).unheard_of(now).order_by("due_at", "pk")
    told = tell_workers(list(ready.values_list("pk", flat=True)[:MOST_HANDED]), now)
    return told + posting.hand_over_ready(now, MOST_HANDED)
