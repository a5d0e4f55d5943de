"""Sends the mails of the outbox: claim, hand over, mark. SMTP never runs inside a transaction.

A mail is handed over when the last dot of its data goes out. Before that the server has nothing that it could deliver:
whatever fails then is a plain failure. After it only an answer tells; without one the mail is uncertain.
"""

import logging
import smtplib
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.files.storage import storages
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import EmailAlternative
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from plan_pages import mail_faults, queue
from plan_pages.choices import MailFault, MailState
from plan_pages.leases import LeaseLost, most_attempts, wait
from plan_pages.outbox import OutboxMail

logger = logging.getLogger(__name__)
TIMEOUT = 30
"""Seconds that a server may take for one answer, where EMAIL_TIMEOUT does not say."""
AT_A_TIME = 60


@task()
def post_task(key: int) -> None:
    post(key)


def post(key: int) -> MailState | None:
    """Send this mail if it is ours to send. What became of it; None if somebody else has it."""
    now = timezone.now()
    token = OutboxMail.objects.ready(now).claim(key, now, state=MailState.SENDING, handed_at=None)
    if token is None:
        return None
    mail = OutboxMail.objects.get(pk=key)
    try:
        with _line(lambda: _note_handing_over(key, token)) as send:
            send(_message(mail))
            return _mark(mail, token, MailState.SENT)
    except LeaseLost:
        return None
    except Exception as error:
        return _give_up(mail, token, error)


def post_ready(now: datetime, most: int) -> int:
    """Send what is ready, at most so many. For a site without workers: a server that stalls must not hold up all else,
    so after a minute the rest is left to the next round."""
    keys = list(OutboxMail.objects.ready(now).order_by("next_attempt", "pk").values_list("pk", flat=True)[:most])
    began, done = time.monotonic(), 0
    for key in keys:
        if time.monotonic() - began > AT_A_TIME:
            break
        done += post(key) is not None
    return done


def hand_over_ready(now: datetime, most: int) -> int:
    """Tell the workers of what is ready and was not told to them lately."""
    keys = OutboxMail.objects.ready(now).unheard_of(now).order_by("next_attempt", "pk").values_list("pk", flat=True)
    return tell_workers(list(keys[:most]), now)


def tell_workers(keys: Iterable[int], now: datetime) -> int:
    """Of these mails, once; where there are no workers the rows themselves are enough."""
    if queue.is_in_process():
        return 0
    handed = [key for key in keys if OutboxMail.objects.ready(now).note_handed(key, now)]
    for key in handed:
        queue.hand_over(post_task, key)
    return len(handed)


def _note_handing_over(key: int, token: uuid.UUID) -> None:
    """The last moment at which the mail is certainly not sent. Raises LeaseLost if it is another's by now."""
    now = timezone.now()
    held = OutboxMail.objects.held(key, token).filter(state=MailState.SENDING)
    if held.update(handed_at=now) != 1:
        raise LeaseLost
    OutboxMail.objects.renew(key, token, now)


def _mark(mail: OutboxMail, token: uuid.UUID, state: MailState, **values: Any) -> MailState:
    """Also where it was taken for uncertain meanwhile: whoever sent it knows better."""
    held = OutboxMail.objects.held(mail.pk, token).filter(state__in=[MailState.SENDING, MailState.UNCERTAIN])
    sent_at = timezone.now() if state is MailState.SENT else None
    values = {"lease_until": None, "queued_until": None, "fault": "", "error": "", "sent_at": sent_at, **values}
    if held.update(state=state, **values) != 1:
        raise LeaseLost
    return state


def _give_up(mail: OutboxMail, token: uuid.UUID, error: Exception) -> MailState | None:
    """After an attempt that failed: never more, once more later, or nobody knows."""
    now = timezone.now()
    said = mail_faults.own_words(error)
    if mail.is_to_a_citizen:
        # The server's own words may repeat the address.
        logger.warning("Mail %s to a citizen: %s", mail.pk, mail_faults.fault(error))
    else:
        logger.warning("Mail %s to %s: %s", mail.pk, mail.recipient, said)
    handed = OutboxMail.objects.held(mail.pk, token).filter(handed_at__isnull=False).exists()
    with suppress(LeaseLost):
        if handed and mail_faults.code(error) is None:
            return _mark(mail, token, MailState.UNCERTAIN, fault=MailFault.BROKEN_OFF, error=said)
        told = {"fault": mail_faults.fault(error), "error": said}
        if mail_faults.is_final(error) or mail.attempts >= most_attempts():
            return _mark(mail, token, MailState.FAILED, **told)
        later = {"claim": None, "handed_at": None, "next_attempt": now + wait(mail.attempts)}
        return _mark(mail, token, MailState.QUEUED, **told, **later)
    return None


def _message(mail: OutboxMail) -> EmailMultiAlternatives:
    attached = []
    for each in mail.attachments:
        attached.append((each["name"], _read(each["storage"], each["path"]), each["content_type"]))
    return EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[mail.recipient],
        headers={
            "Message-ID": mail.message_id,
            "Auto-Submitted": "auto-generated",
            "Content-Language": mail.language,
        },
        attachments=attached,
        alternatives=[EmailAlternative(mail.html, "text/html")] if mail.html else [],
    )


def _read(storage: str, path: str) -> bytes:
    """Raises UnreadableFile: of an OSError alone nobody could tell the disk from the line to the server."""
    try:
        with storages[storage].open(path, "rb") as file:
            content: bytes = file.read()
    except OSError as error:
        raise mail_faults.UnreadableFile(f"{path}: {error.strerror or error}") from error
    return content


@contextmanager
def _line(before_handing_over: Callable[[], None]) -> Iterator[Callable[[EmailMultiAlternatives], Any]]:
    """A line to the mail server of the settings; broken off, not closed politely, when something went wrong on it."""
    if transaction.get_connection().in_atomic_block and not _is_a_test():
        raise RuntimeError("a mail is being sent inside a transaction")
    if get_connection().__class__ is not EmailBackend:

        def send(message: EmailMultiAlternatives) -> None:
            before_handing_over()
            get_connection(timeout=settings.EMAIL_TIMEOUT or TIMEOUT).send_messages([message])

        yield send
        return
    line = _Line(before_handing_over)
    try:
        line.open()
        yield lambda message: line.send_messages([message])
    except BaseException:
        line.break_off()
        raise
    with suppress(OSError, smtplib.SMTPException):
        line.close()


def _is_a_test() -> bool:
    """Django's test case wraps each test in a transaction; it marks that one, as `durable` knows."""
    blocks = transaction.get_connection().atomic_blocks
    return bool(blocks) and blocks[-1]._from_testcase


class _LastDot(smtplib.SMTP):
    """Sends the data of a mail and its last dot apart, so that it is known on which side of the dot a line broke."""

    before_handing_over: Callable[[], None]

    def data(self, msg: Any) -> tuple[int, bytes]:
        self.putcmd("data")
        code, answer = self.getreply()
        if code != 354:
            raise smtplib.SMTPDataError(code, answer)
        body = smtplib._quote_periods(msg)  # type: ignore[attr-defined]
        self.send(body if body.endswith(b"\r\n") else body + b"\r\n")
        self.before_handing_over()
        self.send(b".\r\n")
        code, answer = self.getreply()
        return code, answer


class _Secure(_LastDot, smtplib.SMTP_SSL):
    pass


class _Line(EmailBackend):
    def __init__(self, before_handing_over: Callable[[], None]) -> None:
        super().__init__(timeout=settings.EMAIL_TIMEOUT or TIMEOUT)
        self.before_handing_over = before_handing_over

    def break_off(self) -> None:
        for connection in filter(None, (self.connection, self._partial_connection)):
            connection.close()

    @property
    def connection_class(self) -> Callable[..., smtplib.SMTP]:
        kind = _Secure if self.use_ssl else _LastDot

        def connect(*args: Any, **kwargs: Any) -> smtplib.SMTP:
            made = kind(*args, **kwargs)
            made.before_handing_over = self.before_handing_over
            return made

        return connect
