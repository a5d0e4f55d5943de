"""Personal data of citizens are erased when their day comes: names, e-mail addresses, mails to them, texts out of which
personal data were taken, sums of network addresses, remarks that nobody confirmed. Idempotent; any number of processes.
"""

from dataclasses import astuple, dataclass
from datetime import datetime

from django.db import transaction

from plan_pages.citizens.letters import mails_of
from plan_pages.consultation.givings import SendingCount, UnconfirmedRemark
from plan_pages.consultation.remarks import Remark
from plan_pages.letters import site_day


@dataclass(frozen=True, slots=True)
class Erased:
    """How many of each. `remarks`: whose author is not known any more; they stay."""

    remarks: int = 0
    unconfirmed: int = 0
    mails: int = 0
    counts: int = 0

    def __bool__(self) -> bool:
        return any(astuple(self))


@transaction.atomic
def erase(now: datetime, *, dry_run: bool = False) -> Erased:
    """Everything whose day has come; `dry_run`: only say how much."""
    due = Remark.objects.to_forget(site_day(now))
    expired = UnconfirmedRemark.objects.expired(now)
    over = SendingCount.objects.over(now)
    keys = [*due.values_list("public_id", flat=True), *expired.values_list("public_id", flat=True)]
    mails = [mail for key in keys for mail in mails_of(key).values_list("pk", flat=True)]
    found = Erased(due.count(), expired.count(), len(mails), over.count())
    if not dry_run:
        for key in keys:
            mails_of(key).delete()
        due.forget_people()
        expired.delete()
        over.delete()
    return found


@transaction.atomic
def erase_one(remark: Remark) -> None:
    """Before its day, because its author asks for it."""
    mails_of(remark.public_id).delete()
    Remark.objects.filter(pk=remark.pk, forgotten_at__isnull=True).forget_people()
