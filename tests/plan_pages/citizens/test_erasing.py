"""When its day has come, nothing in the whole database says who a citizen was. Neither does a log, ever."""

import logging
import smtplib
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from plan_pages import posting
from plan_pages.citizens.erasing import Erased, erase
from plan_pages.consultation.givings import SendingCount, UnconfirmedRemark
from plan_pages.consultation.remarks import Remark
from plan_pages.editing.preparation.reminders import tick
from plan_pages.outbox import OutboxMail
from reports.work import tick as run_due
from tests.plan_pages.citizens.hall import EMAIL, NAME, Hall
from tests.plan_pages.citizens.test_giving import moderate
from tests.plan_pages.preparation.test_answers import answer
from tests.plan_pages.preparation.town import day

pytestmark = pytest.mark.django_db
SECRETS = (EMAIL, NAME, "Slaptoji", "8 600 12345")


@pytest.fixture
def hall() -> Hall:
    made = Hall()
    made.town.give_addresses()
    return made


def at(days: int) -> datetime:
    return timezone.make_aware(datetime.combine(day(days), time(8)))


def places_of(secret: str) -> set[str]:
    """Every column of every table in which it stands, whatever the column's kind."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            for column in connection.introspection.get_table_description(cursor, table):
                cursor.execute(
                    f'SELECT COUNT(*) FROM "{table}" WHERE CAST("{column.name}" AS TEXT) LIKE %s', [f"%{secret}%"]
                )
                if cursor.fetchone()[0]:
                    found.add(f"{table}.{column.name}")
    return found


def everything_happens(hall: Hall) -> None:
    """Remarks that were shown, redacted, answered, hidden, waiting, not confirmed; with all their mails."""
    shown = hall.give(text=f"Rašo {NAME}, tel. 8 600 12345")
    moderate(hall, shown, text="Rašo […]")
    answer(hall.town, shown, answer="accepted", reason="Taip")
    hidden = hall.give(text=f"{NAME} yra kvaila, 8 600 12345", email=EMAIL)
    moderate(hall, hidden, "hide", reason="insult")
    hall.send(text="Nepatvirtinta")
    tick(timezone.now() + timedelta(hours=1))


def test_the_search_finds_what_is_there(hall: Hall) -> None:
    everything_happens(hall)
    assert "plan_pages_remark.person_email" in places_of(EMAIL)
    assert "plan_pages_remark.original_text" in places_of("8 600 12345")
    assert "plan_pages_outboxmail.recipient" in places_of(EMAIL)
    assert "plan_pages_unconfirmedremark.person_name" in places_of(NAME)


@pytest.mark.parametrize("way", [lambda now: erase(now), lambda now: tick(now), lambda now: run_due(now)])
def test_nothing_in_the_database_says_who_it_was(hall: Hall, way: Any) -> None:
    everything_happens(hall)
    way(at(190))
    assert {secret: places_of(secret) for secret in SECRETS} == {secret: set() for secret in SECRETS}
    assert not SendingCount.objects.exists()
    first, second = Remark.objects.order_by("number")
    assert (first.text, first.answer) == ("Rašo […]", "accepted")
    assert second.text == "…"
    assert erase(at(190)) == Erased()


def test_nothing_is_erased_before_its_day_but_what_nobody_confirmed(hall: Hall) -> None:
    everything_happens(hall)
    found = erase(at(189))
    assert (found.remarks, found.unconfirmed) == (0, 1)
    assert Remark.objects.filter(person_email=EMAIL).count() == 2
    assert not UnconfirmedRemark.objects.exists()


def test_a_dry_run_changes_nothing(hall: Hall) -> None:
    everything_happens(hall)
    before = OutboxMail.objects.count()
    found = erase(at(190), dry_run=True)
    assert (found.remarks, found.unconfirmed) == (2, 1)
    assert found.mails == OutboxMail.objects.filter(recipient=EMAIL).count()
    assert OutboxMail.objects.count() == before
    assert Remark.objects.filter(person_email=EMAIL).count() == 2


def test_mails_to_others_and_those_of_later_remarks_stay(hall: Hall) -> None:
    first = hall.give()
    later = hall.give(text="Kita pastaba")
    Remark.objects.filter(pk=later.pk).update(forget_on=day(400))
    erase(at(191))
    kept = OutboxMail.objects.filter(recipient=EMAIL)
    assert {mail.reference.split("/")[0] for mail in kept} == {later.public_id.hex}
    assert Remark.objects.get(pk=first.pk).person_email == ""


def test_a_site_without_reports_erases_too(hall: Hall) -> None:
    hall.send()
    UnconfirmedRemark.objects.update(expires_at=timezone.now())
    call_command("remind")
    assert places_of(EMAIL) == set()


def test_an_author_is_forgotten_before_the_day_where_they_ask_for_it(hall: Hall) -> None:
    remark = hall.give(text="Pastaba be vardo")
    moderate(hall, remark, "forget")
    assert places_of(EMAIL) == set()
    assert places_of(NAME) == set()
    assert Remark.objects.get().text == "Pastaba be vardo"


def test_a_mail_that_fails_puts_no_address_into_the_log(
    hall: Hall, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    hall.send()

    def refuse(*args: Any, **kwargs: Any) -> None:
        raise smtplib.SMTPRecipientsRefused({EMAIL: (550, f"<{EMAIL}>: no such user".encode())})

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    with caplog.at_level(logging.DEBUG):
        posting.post(OutboxMail.objects.get(recipient=EMAIL).pk)
    assert OutboxMail.objects.get(recipient=EMAIL).state == "failed"
    assert "Mail" in caplog.text
    assert EMAIL not in caplog.text


def test_the_address_of_the_network_is_stored_nowhere(hall: Hall) -> None:
    filled = hall.filled()
    hall.browser.post(hall.address("new/"), filled, REMOTE_ADDR="203.0.113.77")
    assert SendingCount.objects.count() == 3
    assert places_of("203.0.113.77") == set()
