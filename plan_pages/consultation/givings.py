"""What a citizen has sent and not yet confirmed by mail: it is no remark, nobody but its author sees it, and it is erased
after some days. And how often an address has sent: counted here, so that all processes of the site count together.
"""

import uuid
from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from plan_pages.choices import RemarkKind
from plan_pages.consultation.remarks import TEXT_LENGTH
from plan_pages.consultation.rounds import RemarkRound


class UnconfirmedQuerySet(models.QuerySet[Any]):
    def expired(self, now: datetime) -> Self:
        return self.filter(expires_at__lte=now)


class UnconfirmedRemark(models.Model):
    """`public_id`: becomes that of the remark. `part`: key of the part of the plan (`parts.key_of`)."""

    public_id = models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(
        RemarkRound, verbose_name=_("round of remarks"), on_delete=models.CASCADE, related_name="unconfirmed"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=RemarkKind.choices)
    part = models.CharField(_("part of the plan"), max_length=40)
    text = models.TextField(_("text"), max_length=TEXT_LENGTH)
    language = models.CharField(_("language"), max_length=10)
    person_name = models.CharField(pgettext_lazy("of a person", "name"), max_length=255, blank=True)
    person_email = models.EmailField(_("e-mail"))
    sent_at = models.DateTimeField(_("sent at"), default=timezone.now)
    expires_at = models.DateTimeField(_("erased at"))

    objects = UnconfirmedQuerySet.as_manager()

    class Meta:
        verbose_name = _("remark to be confirmed")
        verbose_name_plural = _("remarks to be confirmed")
        ordering = ["sent_at", "pk"]

    def __str__(self) -> str:
        return str(self.public_id)


class SendingCountQuerySet(models.QuerySet[Any]):
    def take(self, sender: str, ends_at: datetime, most: int) -> bool:
        """Count one sending more. False, and nothing counted, where there were that many: the row is held by the database
        until the end of the transaction, so that of two at once one is the last."""
        self.bulk_create([SendingCount(sender=sender, ends_at=ends_at)], ignore_conflicts=True)
        held = self.filter(sender=sender, ends_at=ends_at, count__lt=most)
        return held.update(count=F("count") + 1) == 1

    def over(self, now: datetime) -> Self:
        return self.filter(ends_at__lte=now)


class SendingCount(models.Model):
    """So many remarks came from a sender until `ends_at`. `sender`: a keyed sum of an address, never the address."""

    sender = models.CharField(max_length=64)
    ends_at = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    objects = SendingCountQuerySet.as_manager()

    class Meta:
        verbose_name = _("number of sendings")
        verbose_name_plural = _("numbers of sendings")
        constraints = [models.UniqueConstraint(fields=["sender", "ends_at"], name="sendings_counted_once_for_a_time")]

    def __str__(self) -> str:
        return str(self.ends_at)
