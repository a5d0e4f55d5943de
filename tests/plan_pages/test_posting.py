"""The outbox: every mail once, and on which side of the last dot a connection broke is known."""

import itertools
import smtplib
import socket
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult
from django.core import mail as locmem
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.utils import timezone, translation

from plan_pages import mail_faults, posting
from plan_pages.choices import MailFault, MailState
from plan_pages.leases import wait
from plan_pages.outbox import Attachment, Letter, OutboxMail
from plan_pages.posting import post, post_ready

pytestmark = pytest.mark.django_db


def put(*recipients: str, **fields: Any) -> list[OutboxMail]:
    letters = [
        Letter(
            "reminder", "2026-Q1", recipient, "lt", "Ataskaitos laukia", "Sveiki,\n.\nataskaitos dar nėra.", **fields
        )
        for recipient in recipients or ("ona@example.org",)
    ]
    return OutboxMail.objects.put(letters, timezone.now())


def state(mail: OutboxMail) -> MailState:
    mail.refresh_from_db()
    return mail.state_choice


class Server(Controller):
    """A real server on loopback that behaves as the test says."""

    def __init__(self) -> None:
        self.manner = "polite"
        self.accepted: list[bytes] = []
        super().__init__(self, hostname="127.0.0.1", port=0)

    def factory(self) -> SMTP:
        return _Connection(self, enable_SMTPUTF8=False, authenticator=_refuse, auth_require_tls=False)

    def _trigger_server(self) -> None:
        server: Any = self.server
        self.port = server.sockets[0].getsockname()[1]
        super()._trigger_server()

    async def handle_MAIL(self, server: SMTP, session: Any, envelope: Any, address: str, options: Any) -> str:
        if self.manner.startswith("sender: "):
            return self.manner.removeprefix("sender: ")
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server: SMTP, session: Any, envelope: Any, address: str, options: Any) -> str:
        if self.manner.startswith("recipient: ") and "jonas" not in address:
            return self.manner.removeprefix("recipient: ")
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:
        if self.manner.startswith("data: "):
            return self.manner.removeprefix("data: ")
        self.accepted.append(envelope.content)
        if self.manner == "drop after the dot":
            server._writer.transport.abort()
        return "250 OK"


def _refuse(*args: Any) -> AuthResult:
    return AuthResult(success=False, handled=False)


class _Connection(SMTP):
    async def push(self, status: Any) -> None:
        manner = self.event_handler.manner
        if manner.startswith("greeting: ") and status.startswith("220 "):
            status = manner.removeprefix("greeting: ")
        await super().push(status)

    async def smtp_DATA(self, arg: str) -> None:
        if self.event_handler.manner == "drop before the dot":
            await self.push("354 Go on")
            await self._reader.readuntil(b"\r\n")
            self._writer.transport.abort()
            return
        await super().smtp_DATA(arg)


@pytest.fixture
def server(settings: Any) -> Iterator[Server]:
    found = Server()
    found.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", found.port
    yield found
    found.stop()


def test_a_mail_is_sent_once_and_marked(server: Server) -> None:
    (mail,) = put()
    assert post(mail.pk) is MailState.SENT
    assert post(mail.pk) is None
    assert len(server.accepted) == 1
    assert state(mail) is MailState.SENT


def test_a_mail_has_its_words_whole_and_its_own_lasting_number(server: Server) -> None:
    (mail,) = put(html="<p>Sveiki</p>")
    post(mail.pk)
    content = server.accepted[0]
    assert mail.message_id.encode() in content
    assert b"Auto-Submitted: auto-generated" in content
    assert b"text/html" in content


def test_a_file_goes_with_the_mail(server: Server) -> None:
    path = storages["reports"].save("x/plan.pdf", ContentFile(b"%PDF-1.7"))
    (mail,) = put(attachments=[Attachment("reports", path, "planas.pdf", "application/pdf")])
    post(mail.pk)
    assert b'filename="planas.pdf"' in server.accepted[0]


@pytest.mark.parametrize(
    ("manner", "becomes"),
    [
        ("recipient: 550 No such mailbox", MailState.FAILED),
        ("recipient: 451 Try later", MailState.QUEUED),
        ("data: 554 Refused", MailState.FAILED),
        ("data: 452 Disk full", MailState.QUEUED),
        ("drop after the dot", MailState.UNCERTAIN),
    ],
)
def test_what_the_server_does_decides_what_becomes_of_the_mail(server: Server, manner: str, becomes: MailState) -> None:
    server.manner = manner
    (mail,) = put()
    assert post(mail.pk) is becomes
    assert state(mail) is becomes
    assert mail.error


@pytest.mark.parametrize(
    ("manner", "fault", "said"),
    [
        ("recipient: 550 5.1.1 No such user", MailFault.ADDRESS, "550 5.1.1 No such user"),
        ("recipient: 551 Moved away", MailFault.ADDRESS, "551 Moved away"),
        ("recipient: 552 5.2.2 Over quota", MailFault.FULL, "552 5.2.2 Over quota"),
        ("recipient: 452 4.2.2 Mailbox full", MailFault.FULL, "452 4.2.2 Mailbox full"),
        ("recipient: 450 4.2.0 Greylisted, see you in 5 minutes", MailFault.GREYLISTED, "450 4.2.0 Greylisted"),
        ("recipient: 451 Try later", MailFault.GREYLISTED, "451 Try later"),
        ("recipient: 452 4.3.1 Disk full", MailFault.LATER, "452 4.3.1 Disk full"),
        ("recipient: 554 5.7.1 Relay access denied", MailFault.NOT_FOR_US, "Relay access denied"),
        ("recipient: 554 5.7.1 Listed at zen.spamhaus.org", MailFault.UNWANTED, "spamhaus"),
        ("data: 552 5.3.4 Message too big", MailFault.TOO_LARGE, "552 5.3.4 Message too big"),
        ("data: 552 Too much", MailFault.TOO_LARGE, "552 Too much"),
        ("data: 554 Refused", MailFault.UNWANTED, "554 Refused"),
        ("data: 451 4.3.0 Local error", MailFault.LATER, "451 4.3.0 Local error"),
        ("sender: 553 5.1.8 Domain of sender does not exist", MailFault.SENDER, "553 5.1.8"),
        ("sender: 550 Not you", MailFault.SENDER, "550 Not you"),
        ("greeting: 554 No service for you", MailFault.NOT_FOR_US, "554 No service for you"),
        ("greeting: 421 Too busy", MailFault.LATER, "421 Too busy"),
        ("sender: 530 5.7.0 Authentication required", MailFault.LOGIN, "530 5.7.0 Authentication required"),
        ("drop after the dot", MailFault.BROKEN_OFF, "SMTPServerDisconnected"),
    ],
)
def test_what_went_wrong_is_kept_as_a_kind_with_the_servers_own_words(
    server: Server, manner: str, fault: MailFault, said: str
) -> None:
    server.manner = manner
    (mail,) = put()
    post(mail.pk)
    mail.refresh_from_db()
    assert mail.fault_choice is fault
    assert said in mail.error


def test_a_refused_password_is_not_the_mails_fault(server: Server, settings: Any) -> None:
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "planas", "ne tas"
    (mail,) = put()
    assert post(mail.pk) is MailState.QUEUED
    mail.refresh_from_db()
    assert mail.fault_choice is MailFault.LOGIN
    assert "ne tas" not in mail.error


def test_a_server_that_stalls_did_not_answer_in_time(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_TIMEOUT = 0.2
    (mail,) = put()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.EMAIL_HOST, settings.EMAIL_PORT = silent.getsockname()
        assert post(mail.pk) is MailState.QUEUED
    mail.refresh_from_db()
    assert mail.fault_choice is MailFault.SILENT


def test_a_server_without_a_secure_line_is_for_the_administrator(server: Server, settings: Any) -> None:
    settings.EMAIL_USE_TLS = True
    (mail,) = put()
    assert post(mail.pk) is MailState.QUEUED
    mail.refresh_from_db()
    assert mail.fault_choice is MailFault.SECURITY


def test_the_fault_is_gone_when_the_mail_is_sent(server: Server) -> None:
    server.manner = "recipient: 451 Try later"
    (mail,) = put()
    post(mail.pk)
    server.manner = "polite"
    OutboxMail.objects.update(next_attempt=timezone.now())
    assert post(mail.pk) is MailState.SENT
    mail.refresh_from_db()
    assert (mail.fault, mail.error) == ("", "")


@pytest.mark.parametrize("language", ["lt", "en"])
def test_every_fault_has_its_sentence_in_the_readers_language(language: str) -> None:
    with translation.override(language):
        words = [fault.label for fault in MailFault]
    assert len(set(words)) == len(words)
    assert all(each.endswith(".") for each in words)


def test_a_line_that_breaks_before_the_last_dot_is_a_plain_failure(server: Server) -> None:
    """The mail is longer than what lies in buffers between the two: of a short one the dot is gone before the news of
    the break comes back, and nobody can tell."""
    server.manner = "drop before the dot"
    (mail,) = put(html="ąčęėįšųūž " * 200_000)
    assert post(mail.pk) is MailState.QUEUED


def test_what_is_uncertain_is_not_sent_again_by_itself(server: Server) -> None:
    server.manner = "drop after the dot"
    (mail,) = put()
    post(mail.pk)
    server.manner = "polite"
    assert post_ready(timezone.now() + timedelta(days=9), 10) == 0
    assert len(server.accepted) == 1


def test_a_refused_address_does_not_stop_the_others(server: Server) -> None:
    server.manner = "recipient: 550 No such mailbox"
    refused, other = put("ona@example.org", "jonas@example.org")
    post_ready(timezone.now(), 10)
    assert (state(refused), state(other)) == (MailState.FAILED, MailState.SENT)


def test_a_server_that_is_away_is_asked_later_and_less_and_less_often(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    settings.WORK_WAITS, settings.WORK_ATTEMPTS = [60, 3600], 3
    (mail,) = put()
    waits = []
    for _attempt in range(2):
        OutboxMail.objects.update(next_attempt=timezone.now())
        assert post(mail.pk) is MailState.QUEUED
        mail.refresh_from_db()
        waits.append(round((mail.next_attempt - timezone.now()).total_seconds(), -1))
    OutboxMail.objects.update(next_attempt=timezone.now())
    assert waits == [60, 3600]
    assert post(mail.pk) is MailState.FAILED
    mail.refresh_from_db()
    assert mail.fault_choice is MailFault.UNREACHABLE


@pytest.mark.parametrize(("handed", "becomes"), [(False, MailState.QUEUED), (True, MailState.UNCERTAIN)])
def test_of_a_dead_sender_only_what_may_have_gone_out_is_uncertain(handed: bool, becomes: MailState) -> None:
    (mail,) = put()
    now = timezone.now()
    OutboxMail.objects.ready(now).claim(mail.pk, now, state=MailState.SENDING)
    past = now - timedelta(minutes=1)
    OutboxMail.objects.update(lease_until=past, handed_at=past if handed else None)
    OutboxMail.objects.take_up_abandoned(now)
    assert state(mail) is becomes
    assert (mail.fault_choice is MailFault.FELL_SILENT) is handed


def test_who_has_lost_the_lease_never_hands_over(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """It stood still before the last dot, and another sender has the mail now: the server must not get it twice."""
    (mail,) = put()
    note = posting._note_handing_over

    def late(key: int, token: Any) -> None:
        OutboxMail.objects.update(claim=None, lease_until=None, state=MailState.QUEUED)
        note(key, token)

    monkeypatch.setattr(posting, "_note_handing_over", late)
    assert post(mail.pk) is None
    assert server.accepted == []
    assert state(mail) is MailState.QUEUED


def test_a_slow_sender_still_says_that_its_mail_went_out() -> None:
    (mail,) = put()
    now = timezone.now()
    token = OutboxMail.objects.ready(now).claim(mail.pk, now, state=MailState.SENDING)
    assert token is not None
    OutboxMail.objects.update(lease_until=now - timedelta(minutes=1), handed_at=now)
    OutboxMail.objects.take_up_abandoned(now)
    mail.refresh_from_db()
    assert posting._mark(mail, token, MailState.SENT) is MailState.SENT


def test_a_server_that_stalls_does_not_hold_up_the_round(monkeypatch: pytest.MonkeyPatch) -> None:
    mails = put("ona@example.org", "jonas@example.org", "rasa@example.org")
    clock = itertools.count(0, 40)
    monkeypatch.setattr(posting.time, "monotonic", lambda: next(clock))
    assert post_ready(timezone.now(), 10) == 1
    assert [state(mail) for mail in mails] == [MailState.SENT, MailState.QUEUED, MailState.QUEUED]


def test_a_letter_is_put_once_for_its_purpose_reference_and_recipient() -> None:
    first, second = put(), put()
    assert [mail.pk for mail in first] == [mail.pk for mail in second]
    assert OutboxMail.objects.count() == 1


@pytest.mark.parametrize(
    ("before", "is_put_back"),
    [
        (MailState.SENT, True),
        (MailState.FAILED, True),
        (MailState.UNCERTAIN, True),
        (MailState.QUEUED, False),
        (MailState.SENDING, False),
    ],
)
def test_a_person_may_send_again_what_is_not_on_its_way(before: MailState, is_put_back: bool) -> None:
    (mail,) = put()
    now = timezone.now()
    token = OutboxMail.objects.ready(now).claim(mail.pk, now, state=MailState.SENDING)
    assert token is not None
    OutboxMail.objects.update(state=before, sent_at=now)
    assert mail.put_back() is is_put_back
    assert state(mail) is (MailState.QUEUED if is_put_back else before)


def test_a_mail_whose_file_is_gone_is_tried_again_and_says_why() -> None:
    (mail,) = put(attachments=[Attachment("reports", "gone.pdf", "planas.pdf", "application/pdf")])
    assert post(mail.pk) is MailState.QUEUED
    mail.refresh_from_db()
    assert mail.fault_choice is MailFault.FILE
    assert "gone.pdf" in mail.error


def test_a_mail_goes_through_any_other_backend_too() -> None:
    (mail,) = put()
    assert post(mail.pk) is MailState.SENT
    assert locmem.outbox[0].extra_headers["Message-ID"] == mail.message_id


def test_an_address_that_cannot_be_written_fails_at_once(server: Server) -> None:
    (mail,) = put("ona@example.org\nBcc: kitas@example.org")
    assert post(mail.pk) is MailState.FAILED
    assert server.accepted == []
    mail.refresh_from_db()
    assert mail.fault_choice is MailFault.UNWRITABLE


@pytest.mark.parametrize(
    ("code", "is_final"), [(550, True), (552, True), (535, False), (530, False), (451, False), (421, False)]
)
def test_answers_about_us_are_not_held_against_the_mail(code: int, is_final: bool) -> None:
    error = smtplib.SMTPResponseException(code, b"")
    assert mail_faults.is_final(error) is is_final


@pytest.mark.parametrize(("attempts", "seconds"), [(1, 60), (2, 300), (5, 21600), (9, 21600)])
def test_waits_grow_to_an_end(attempts: int, seconds: int) -> None:
    assert wait(attempts) == timedelta(seconds=seconds)


@pytest.mark.django_db(transaction=True)
def test_no_mail_is_sent_inside_a_transaction() -> None:
    (mail,) = put()
    with transaction.atomic():
        post(mail.pk)
    mail.refresh_from_db()
    assert mail.fault_choice is MailFault.OTHER
    assert "inside a transaction" in mail.error
