"""What happens to an edition after it was made: release, delivery, sending again, correction. Each deed checks the right
and the state, changes all or nothing, and writes the log. Mails go into the outbox, never out of here.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from plan_pages import posting
from plan_pages.editing.refusal import Refused
from plan_pages.outbox import Letter, OutboxMail
from reports import letters
from reports.choices import JobState
from reports.models.editions import Delivery, Edition, Release
from reports.models.jobs import ReportJob
from reports.permissions import may_make_reports
from reports.recipients import readers_of
from reports.searching import write_report

REASON_LENGTH = 2000


def release(edition: Edition, user: Any) -> Release:
    """Out with it: readers of the archive may have it, and its recipients get their mails. Once; again is no harm."""
    _check(user)
    if edition.is_released:
        return edition.release
    if not edition.is_latest:
        raise Refused(_("A later edition corrects this one: release that."))
    # Written before the transaction: a large plan takes its time, and on SQLite everyone would wait.
    written = letters_of(edition, list(edition.files.all()))
    with transaction.atomic():
        return put_out(edition, written, user, timezone.now())


def letters_of(edition: Edition, files: Sequence[Any]) -> list[Letter]:
    """The mails that the edition's release sends."""
    return letters.of_edition(letters.Sources(edition, files, readers_of(edition.job.schedule)))


def put_out(edition: Edition, written: Sequence[Letter], user: Any | None, now: datetime) -> Release:
    """The release and its mails, inside the caller's transaction. Who was quicker has released it."""
    found, made = Release.objects.get_or_create(edition=edition, defaults={"at": now, "by": user})
    if made:
        mails = OutboxMail.objects.put(written, now)
        Delivery.objects.bulk_create(Delivery(edition=edition, mail=mail) for mail in mails)
        posting.tell_workers([mail.pk for mail in mails], now)
        write_report(edition.job_id)
        log(edition, "reports.edition.release", user=user)
    return found


@transaction.atomic
def resend(mail: OutboxMail, user: Any) -> None:
    """Send a mail once more, because a person has decided so: it failed, or nobody knows, or it was lost later."""
    _check(user)
    if not mail.put_back():
        raise Refused(_("This mail is on its way already."))
    posting.tell_workers([mail.pk], timezone.now())
    delivery = Delivery.objects.select_related("edition").filter(mail=mail).first()
    if delivery:
        log(delivery.edition, "reports.edition.resend", user=user, data={"recipient": mail.recipient})


@transaction.atomic
def correct(edition: Edition, reason: str, user: Any) -> ReportJob:
    """Have a new edition made from the plan as it is now. The old one stays as it is. It is released as its schedule
    says."""
    _check(user)
    reason = reason.strip()
    if not reason:
        raise Refused(_("Say why the report is corrected: its readers see the reason."))
    if len(reason) > REASON_LENGTH:
        raise Refused(_("The reason is longer than %(limit)d characters.") % {"limit": REASON_LENGTH})
    now = timezone.now()
    latest = ReportJob.objects.filter(pk=edition.job_id, state=JobState.DONE, number=edition.number)
    asked = {"number": edition.number + 1, "reason": reason, "asked_by": user}
    if latest.update(**_anew(now), **asked) != 1:
        raise Refused(_("This edition has been corrected, or is being corrected now."))
    log(edition, "reports.edition.correct", user=user, data={"reason": reason})
    return ReportJob.objects.get(pk=edition.job_id)


@transaction.atomic
def try_again(job: ReportJob, user: Any) -> None:
    """A report that failed: its cause was mended."""
    _check(user)
    if ReportJob.objects.failed().filter(pk=job.pk).update(**_anew(timezone.now())) != 1:
        raise Refused(_("This report is not among those that failed."))
    log(job, "reports.job.try_again", user=user)


def _anew(now: datetime) -> dict[str, Any]:
    return {
        "state": JobState.PENDING,
        "claim": None,
        "lease_until": None,
        "queued_until": None,
        "attempts": 0,
        "next_attempt": now,
        "fault": "",
        "error": "",
    }


def _check(user: Any) -> None:
    if not may_make_reports(user):
        raise PermissionDenied
