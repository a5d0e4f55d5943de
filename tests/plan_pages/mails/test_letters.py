"""Telling people by mail: who is reached, in which language, once, at once or in the morning."""

from datetime import date, datetime
from typing import Any

import pytest
from django.utils import timezone
from django.utils.translation import gettext as _

from plan_pages import letters
from plan_pages.choices import NoticeKind
from plan_pages.letters import Event, Link, Message
from plan_pages.outbox import OutboxMail
from plan_pages.people import Notice, PersonalChoices
from tests.plan_pages.mails.people import a_person, away, local

pytestmark = pytest.mark.django_db

NOON = local("2026-11-20T12:00")


def saying(**fields: Any) -> Message:
    return Message(_("Chapter"), ("Yra ką pasakyti.",), **fields)


def tell(*people: Any, reference: str = "1", now: datetime = NOON, **options: Any) -> list[Notice]:
    return letters.tell(people, Event(NoticeKind.APPROVED, reference), saying, now=now, **options)


def recipients() -> list[str]:
    return sorted(OutboxMail.objects.values_list("recipient", flat=True))


def test_each_gets_it_in_their_own_language() -> None:
    chosen, admin, nothing = a_person("a", mails="en", admin="lt"), a_person("b", admin="en"), a_person("c")
    tell(chosen, admin, nothing)
    languages = dict(OutboxMail.objects.values_list("recipient", "language"))
    assert languages == {"a@example.org": "en", "b@example.org": "en", "c@example.org": "lt"}
    assert OutboxMail.objects.get(language="lt").subject == "Skyrius"


def test_who_cannot_be_reached_and_who_did_it_are_left_out() -> None:
    doer = a_person("doer")
    tell(doer, a_person("gone", is_active=False), a_person("no-address", email=""), a_person("b"), but_not=doer)
    assert recipients() == ["b@example.org"]


def test_two_accounts_with_one_address_get_one_mail() -> None:
    tell(a_person("a", email="grupe@example.org"), a_person("b", email="grupe@example.org"))
    assert recipients() == ["grupe@example.org"]
    assert not Notice.objects.unsent().exists()


def test_the_same_is_told_once() -> None:
    person = a_person("a")
    tell(person)
    tell(person)
    tell(person, reference="2")
    assert OutboxMail.objects.count() == Notice.objects.count() == 2


def test_a_letter_is_text_and_html_with_the_same_words() -> None:
    person = a_person("a", mails="en")
    message = saying(quote="Trūksta <b>sumų</b>.", items=(Link("1.1.1 Tiltas", "https://x.lt/#m"),), more="and 3 more")
    letters.tell([person], Event(NoticeKind.APPROVED, "1"), lambda: message, now=NOON)
    mail = OutboxMail.objects.get()
    for said in ("Yra ką pasakyti.", "1.1.1 Tiltas", "https://x.lt/#m", "and 3 more"):
        assert said in mail.text
        assert said in mail.html
    assert "> Trūksta <b>sumų</b>." in mail.text
    assert "Trūksta &lt;b&gt;sumų&lt;/b&gt;." in mail.html
    assert "/admin/monitoring/my-reminders/" in mail.text


def test_a_deputy_is_told_too_and_why() -> None:
    person, deputy = a_person("a"), a_person("b", mails="en")
    away(person, deputy, "2026-11-20", "2026-11-20")
    tell(person)
    assert recipients() == ["a@example.org", "b@example.org"]
    assert "as the deputy of: a." in OutboxMail.objects.get(recipient="b@example.org").text
    assert "deputy of" not in OutboxMail.objects.get(recipient="a@example.org").text


@pytest.mark.parametrize("days", [("2026-11-10", "2026-11-19"), ("2026-11-21", "2026-11-30")])
def test_a_deputy_is_told_in_their_days_only(days: tuple[str, str]) -> None:
    person = a_person("a")
    away(person, a_person("b"), *days)
    tell(person)
    assert recipients() == ["a@example.org"]


def test_a_deputy_of_a_deputy_is_told_nothing() -> None:
    a, b, c = (a_person(name) for name in "abc")
    away(a, b)
    away(b, c)
    tell(a)
    assert recipients() == ["a@example.org", "b@example.org"]


def test_the_deputy_of_whoever_did_it_is_not_told() -> None:
    a, b = a_person("a"), a_person("b")
    away(a, b)
    tell(a, but_not=a)
    assert recipients() == []


def test_a_person_without_an_address_is_heard_of_by_their_deputy() -> None:
    person, deputy = a_person("a", email=""), a_person("b")
    away(person, deputy)
    tell(person)
    assert recipients() == ["b@example.org"]


def test_everything_of_a_day_comes_in_one_mail_in_the_morning() -> None:
    person = a_person("a", mails="en", digest=True)
    tell(person, now=local("2026-11-20T09:00"))
    tell(person, reference="2", now=local("2026-11-20T16:00"))
    assert letters.send_digests(local("2026-11-20T16:30")) == 0
    assert letters.send_digests(local("2026-11-21T06:59")) == 0
    assert letters.send_digests(local("2026-11-21T07:00")) == 1
    mail = OutboxMail.objects.get()
    assert mail.subject.replace("\xa0", " ") == "21 November 2026: 2 messages"
    assert mail.text.count("Yra ką pasakyti.") == mail.html.count("Yra ką pasakyti.") == 2
    assert letters.send_digests(local("2026-11-21T07:01")) == 0


def test_a_digest_of_one_message_is_that_message() -> None:
    tell(a_person("a", digest=True))
    letters.send_digests(local("2026-11-21T08:00"))
    mail = OutboxMail.objects.get()
    assert (mail.purpose, mail.subject) == ("digest", "Skyrius")


def test_a_morning_on_which_nothing_ran_is_made_up_in_one_mail() -> None:
    person = a_person("a", digest=True)
    for day in (20, 21, 22):
        tell(person, reference=str(day), now=local(f"2026-11-{day}T12:00"))
    assert letters.send_digests(local("2026-11-25T15:00")) == 1
    assert Notice.objects.unsent().count() == 0


def test_what_came_since_the_morning_waits_for_the_next_one() -> None:
    person = a_person("a", digest=True)
    tell(person, now=local("2026-11-20T12:00"))
    tell(person, reference="2", now=local("2026-11-21T09:00"))
    letters.send_digests(local("2026-11-21T10:00"))
    assert [notice.event for notice in Notice.objects.unsent()] == ["2"]


def test_there_is_one_such_mail_a_day() -> None:
    person = a_person("a", digest=True)
    tell(person, now=local("2026-11-20T12:00"))
    letters.send_digests(local("2026-11-21T07:00"))
    # Of before the morning, and seen only after it.
    tell(person, reference="2", now=local("2026-11-21T06:59"))
    assert letters.send_digests(local("2026-11-21T07:05")) == 0
    assert Notice.objects.unsent().count() == 1
    assert letters.send_digests(local("2026-11-22T07:00")) == 1


def test_who_no_longer_wants_one_mail_a_day_gets_what_has_waited() -> None:
    person = a_person("a", digest=True)
    tell(person)
    PersonalChoices.objects.update(digest=False)
    assert letters.send_digests(local("2026-11-21T07:00")) == 1


def test_telling_many_takes_no_more_queries_than_telling_two(django_assert_num_queries: Any) -> None:
    people = [a_person(f"p{number}", digest=number % 2 == 0) for number in range(40)]
    for count, reference in ((2, "1"), (40, "2")):
        with django_assert_num_queries(9):
            tell(*people[:count], reference=reference)


def test_the_day_is_that_of_the_site() -> None:
    late = datetime(2026, 11, 20, 22, 30, tzinfo=timezone.get_fixed_timezone(0))
    assert letters.site_day(late) == date(2026, 11, 21)
    assert not letters.is_morning(late)
