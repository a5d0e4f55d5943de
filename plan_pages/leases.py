"""Work that one process at a time may do: claimed with a token by one conditional UPDATE, for as long as a lease lasts.

A process that dies says nothing: its lease runs out, and the work is seen to be abandoned. One that was only slow finds
that its token no longer counts, and gives up. Knows no mail and no report; the moment of now is an argument.
"""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

WAITS = (60, 5 * 60, 30 * 60, 2 * 3600, 6 * 3600)
"""Seconds before the second, third … attempt; the last one repeats."""
ATTEMPTS = 6
LEASE = 10 * 60
ERROR_LENGTH = 2000


class LeaseLost(Exception):
    """Somebody else has this work now, or it is settled: whoever meets this leaves everything as it is."""


def lease() -> timedelta:
    """How long a claim holds unless it is renewed. Longer than the slowest single step of the work."""
    return timedelta(seconds=getattr(settings, "WORK_LEASE", LEASE))


def most_attempts() -> int:
    return int(getattr(settings, "WORK_ATTEMPTS", ATTEMPTS))


def wait(attempts: int) -> timedelta:
    """How long to wait after so many attempts that failed."""
    waits: Sequence[float] = getattr(settings, "WORK_WAITS", WAITS)
    return timedelta(seconds=waits[min(max(attempts, 1), len(waits)) - 1])


def in_words(error: BaseException) -> str:
    """An error as the program says it, for an administrator. What a coordinator reads is its kind, in their language."""
    said = str(error).strip()
    return f"{type(error).__name__}: {said}"[:ERROR_LENGTH] if said else type(error).__name__


class ClaimableQuerySet(models.QuerySet[Any]):
    """Whoever narrows these rows by columns of their own only gets an UPDATE that PostgreSQL checks anew on the row as
    it has become meanwhile: of two that claim at once, one changes a row. A join would lose that."""

    def claim(self, key: int, now: datetime, **values: Any) -> uuid.UUID | None:
        """A token if the row is ours now; None if it is not among these rows (any more)."""
        token = uuid.uuid4()
        changed = self.filter(pk=key).update(
            claim=token, lease_until=now + lease(), attempts=F("attempts") + 1, **values
        )
        return token if changed == 1 else None

    def held(self, key: int, token: uuid.UUID) -> Self:
        """The row, as long as that claim on it counts."""
        return self.filter(pk=key, claim=token)

    def renew(self, key: int, token: uuid.UUID, now: datetime) -> None:
        """Hold it longer. Raises LeaseLost."""
        if self.held(key, token).update(lease_until=now + lease()) != 1:
            raise LeaseLost

    def run_out(self, now: datetime) -> Self:
        """Claimed, and the lease is over without a word."""
        return self.filter(lease_until__lt=now)

    def unheard_of(self, now: datetime) -> Self:
        """Nobody has handed them to the queue lately, or the queue has lost them."""
        return self.filter(Q(queued_until__isnull=True) | Q(queued_until__lt=now))

    def note_handed(self, key: int, now: datetime) -> bool:
        """Whether it is ours to hand to the queue: of several schedulers one does, and none again for a lease."""
        return self.unheard_of(now).filter(pk=key).update(queued_until=now + lease()) == 1


class Claimable(models.Model):
    claim = models.UUIDField(null=True, blank=True, editable=False)
    lease_until = models.DateTimeField(null=True, blank=True, editable=False)
    queued_until = models.DateTimeField(null=True, blank=True, editable=False)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0, editable=False)
    next_attempt = models.DateTimeField(_("next attempt"), editable=False)
    error = models.TextField(_("last error"), blank=True, editable=False)

    class Meta:
        abstract = True
