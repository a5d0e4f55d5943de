"""The outbox: one ledger of every mail that the site owes somebody, sent or not. Reminders, answers and reports use it.

A mail is put here in the transaction of the deed that it tells of, once for a purpose, reference and recipient, and is
sent afterwards by `plan_pages.posting`. What may have gone out already is never sent again by itself: it is uncertain,
and a person decides. Knows no wording and no SMTP.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from plan_pages.choices import RESENDABLE_MAIL_STATES, MailFault, MailState
from plan_pages.leases import Claimable, ClaimableQuerySet

CITIZEN = "citizen"
"""Purpose of mails to people who have no account: their addresses stand in no log, and the mails are erased with them."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a mail: where it lies, by the name of a storage in STORAGES and the path in it."""

    storage: str
    path: str
    name: str
    content_type: str

    def as_json(self) -> dict[str, str]:
        return {"storage": self.storage, "path": self.path, "name": self.name, "content_type": self.content_type}


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail to put into the outbox. `purpose`: "report", "reminder"; `reference`: of what, so that it goes once."""

    purpose: str
    reference: str
    recipient: str
    language: str
    subject: str
    text: str
    html: str = ""
    attachments: Sequence[Attachment] = ()


class OutboxQuerySet(ClaimableQuerySet):
    def ready(self, now: datetime) -> Self:
        """May be sent now."""
        return self.filter(state=MailState.QUEUED, next_attempt__lte=now)

    def abandoned(self, now: datetime) -> Self:
        """Being sent by somebody who fell silent."""
        return self.filter(state=MailState.SENDING).run_out(now)

    def for_a_person(self) -> Self:
        """What somebody must look at: not sent, or nobody knows."""
        return self.filter(state__in=[MailState.FAILED, MailState.UNCERTAIN])

    def resendable(self) -> Self:
        return self.filter(state__in=RESENDABLE_MAIL_STATES)

    def put(self, letters: Iterable[Letter], now: datetime) -> list["OutboxMail"]:
        """The rows of these letters, in their order; those that were put here before are left as they are."""
        letters = list(letters)
        mails = [
            OutboxMail(
                purpose=letter.purpose,
                reference=letter.reference,
                recipient=letter.recipient,
                language=letter.language,
                subject=" ".join(letter.subject.split()),
                text=letter.text,
                html=letter.html,
                attachments=[each.as_json() for each in letter.attachments],
                created_at=now,
                next_attempt=now,
            )
            for letter in letters
        ]
        self.bulk_create(mails, ignore_conflicts=True)
        near = self.filter(
            purpose__in={letter.purpose for letter in letters},
            reference__in={letter.reference for letter in letters},
            recipient__in={letter.recipient for letter in letters},
        )
        found = {(row.purpose, row.reference, row.recipient): row for row in near}
        return [found[letter.purpose, letter.reference, letter.recipient] for letter in letters]

    def take_up_abandoned(self, now: datetime) -> tuple[int, int]:
        """Those that had not been handed over go back to the queue, those that may have been become uncertain. The
        numbers of both. Their tokens stay: a sender who was only slow may still say that its mail has gone out."""
        abandoned = self.abandoned(now)
        back = abandoned.filter(handed_at__isnull=True).update(
            state=MailState.QUEUED, claim=None, lease_until=None, queued_until=None, next_attempt=now
        )
        uncertain = self.abandoned(now).filter(handed_at__isnull=False)
        return back, uncertain.update(state=MailState.UNCERTAIN, fault=MailFault.FELL_SILENT, lease_until=None)


class OutboxMail(Claimable):
    """`handed_at`: the moment from which the recipient's server may have had the whole mail. `fault`: what went wrong at
    the last attempt; `error`: the same in the server's own words, for an administrator."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    purpose = models.CharField(_("purpose"), max_length=40)
    reference = models.CharField(_("reference"), max_length=120)
    recipient = models.EmailField(_("recipient"), max_length=254)
    language = models.CharField(_("language"), max_length=10)
    subject = models.CharField(_("subject"), max_length=500)
    text = models.TextField(_("text"))
    html = models.TextField(_("HTML"), blank=True)
    attachments = models.JSONField(_("attachments"), default=list, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=MailState.choices, default=MailState.QUEUED.value, editable=False
    )
    fault = models.CharField(_("what went wrong"), max_length=12, choices=MailFault.choices, blank=True, editable=False)
    created_at = models.DateTimeField(_("created at"), editable=False)
    handed_at = models.DateTimeField(pgettext_lazy("mail", "handed over at"), null=True, blank=True, editable=False)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True, editable=False)
    resends = models.PositiveSmallIntegerField(_("sent again by a person"), default=0, editable=False)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = pgettext_lazy("mails to send", "outbox")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["purpose", "reference", "recipient"], name="mail_once_for_purpose_reference_and_recipient"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in MailState]), name="mail_state_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=MailState.SENT.value) | Q(sent_at__isnull=False), name="sent_mail_has_its_time"
            ),
            models.CheckConstraint(
                condition=~Q(state=MailState.SENDING.value) | Q(claim__isnull=False, lease_until__isnull=False),
                name="mail_being_sent_is_claimed",
            ),
        ]
        indexes = [models.Index(fields=["state", "next_attempt"], name="mail_by_state")]

    def __str__(self) -> str:
        return f"{self.recipient} · {self.subject}"

    @property
    def state_choice(self) -> MailState:
        return MailState(self.state)

    @property
    def is_to_a_citizen(self) -> bool:
        return self.purpose == CITIZEN

    @property
    def fault_choice(self) -> MailFault | None:
        return MailFault(self.fault) if self.fault else None

    @property
    def message_id(self) -> str:
        """The same at every attempt: a server that got the mail twice can tell."""
        _name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
        return f"<{self.public_id}@{address.rpartition('@')[2] or 'localhost'}>"

    def put_back(self) -> bool:
        """Send it once more, because a person says so. False where it is queued or being sent already."""
        now = timezone.now()
        back: dict[str, Any] = {
            "state": MailState.QUEUED,
            "claim": None,
            "lease_until": None,
            "queued_until": None,
            "handed_at": None,
            "sent_at": None,
            "attempts": 0,
            "next_attempt": now,
            "fault": "",
            "error": "",
            "resends": models.F("resends") + 1,
        }
        return type(self).objects.resendable().filter(pk=self.pk).update(**back) == 1
