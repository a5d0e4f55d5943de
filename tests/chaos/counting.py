"""What the storm left, counted in the database and at the mail server. Needs Django set up."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count

from plan_pages.choices import MailState
from plan_pages.outbox import OutboxMail
from reports.models.editions import Edition, Release
from reports.models.jobs import ReportJob
from reports.verifying import verify
from tests.chaos.city import READERS
from tests.chaos.server import REFUSED

RECIPIENTS = len(READERS) + len(REFUSED)


@dataclass
class Counted:
    what: str
    found: int
    allowed: int | None = None
    """None: whatever it is."""

    @property
    def is_wrong(self) -> bool:
        return self.allowed is not None and self.found != self.allowed


def is_settled(owed: int) -> bool:
    """Every report made and no mail on its way."""
    if Edition.objects.count() < owed or OutboxMail.objects.count() < owed * RECIPIENTS:
        return False
    return not OutboxMail.objects.filter(state__in=[MailState.QUEUED, MailState.SENDING]).exists()


def count(owed: int, accepted: Counter[str]) -> list[Counted]:
    editions = Edition.objects.count()
    distinct = Edition.objects.values("job__schedule", "job__chapter", "period").distinct().count()
    by_job = Edition.objects.values("job").annotate(n=Count("pk")).filter(n__gt=1).count()
    mails = list(OutboxMail.objects.select_related("delivery"))
    good = [mail for mail in mails if mail.recipient not in REFUSED]
    states = Counter(mail.state for mail in mails)
    times = {mail.pk: accepted[mail.message_id] for mail in mails}
    certain = [mail for mail in good if mail.state == MailState.SENT]
    uncertain = [mail for mail in good if mail.state == MailState.UNCERTAIN]
    faults = [finding for finding in verify() if finding.fault]
    return [
        Counted("reports owed", owed),
        Counted("editions", editions, owed),
        Counted("reports lost", owed - distinct, 0),
        Counted("reports doubled", editions - distinct + by_job, 0),
        Counted("jobs not done", ReportJob.objects.exclude(state="done").count(), 0),
        Counted("releases", Release.objects.count(), owed),
        Counted("mails owed", owed * RECIPIENTS),
        Counted("mails in the outbox", len(mails), owed * RECIPIENTS),
        Counted("mails sent", states[MailState.SENT]),
        Counted("mails refused for good by the server", sum(mail.recipient in REFUSED for mail in mails), 2 * owed),
        Counted(
            "… of these not marked failed",
            sum(
                mail.state not in (MailState.FAILED, MailState.UNCERTAIN) for mail in mails if mail.recipient in REFUSED
            ),
            0,
        ),
        Counted("mails uncertain", states[MailState.UNCERTAIN]),
        Counted("… of these accepted by the server", sum(times[mail.pk] > 0 for mail in uncertain)),
        Counted("mails marked sent that the server has not", sum(times[mail.pk] == 0 for mail in certain), 0),
        Counted("mails neither sent nor uncertain", len(good) - len(certain) - len(uncertain), 0),
        Counted("mails doubled", sum(number > 1 for number in accepted.values()), 0),
        Counted("mails at the server that nobody owed", len(set(accepted) - {mail.message_id for mail in mails}), 0),
        Counted("files that are not what they were, of the archive", len(faults), 0),
    ]
