"""People's choices and the list of mails: what is kept, refused, seen and sent again."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail as posted
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.log_actions import registry

from plan_pages import letters, posting
from plan_pages.choices import MailState, NoticeKind
from plan_pages.editing import mails as resending
from plan_pages.editing import people
from plan_pages.letters import Event, Message
from plan_pages.outbox import Letter, OutboxMail
from plan_pages.people import Notice, PersonalChoices
from tests.plan_pages.mails.people import a_person
from tests.roles import City

pytestmark = pytest.mark.django_db
MINE = "/admin/monitoring/my-reminders/"


@pytest.fixture
def city() -> City:
    return City()


def post(city: City, client: Client, name: str, address: str = MINE, **fields: Any) -> str:
    client.force_login(city.user(name))
    data = {"language": "", "deputy": "", "deputy_from": "", "deputy_until": "", **fields}
    return " ".join(client.post(address, data, follow=True).content.decode().split())


def days(first: int, last: int) -> dict[str, str]:
    today = timezone.localdate()
    return {
        name: (today + timedelta(days=number)).isoformat()
        for name, number in (("deputy_from", first), ("deputy_until", last))
    }


def test_a_person_chooses_language_and_rhythm(city: City, client: Client) -> None:
    assert "Your choices are kept." in post(city, client, "editor of A", language="lt", digest="on")
    kept = PersonalChoices.objects.get()
    assert (kept.user, kept.language, kept.digest) == (city.user("editor of A"), "lt", True)


def test_a_deputy_is_set_logged_and_told(city: City, client: Client) -> None:
    deputy = city.user("editor of B")
    deputy.email = "b@example.org"
    deputy.save()
    post(city, client, "editor of A", deputy=deputy.pk, **days(0, 3))
    kept = PersonalChoices.objects.get()
    assert kept.deputy == deputy
    assert "editor of B" in registry.get_logs_for_instance(kept).get().message
    assert "you are the deputy of: editor of A." in OutboxMail.objects.get(recipient="b@example.org").text
    post(city, client, "editor of A")
    assert PersonalChoices.objects.get().deputy_from is None
    with translation.override("en"):
        assert registry.get_logs_for_instance(kept).first().message == "No deputy any more"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Say from which day until which the deputy stands in."),
        (days(3, 2), "The last day is before the first."),
        (days(-5, -1), "This day is over."),
        ({"deputy_from": "rytoj"}, "Enter a valid date."),
    ],
)
def test_what_cannot_be_a_deputys_days_is_said_at_the_field(
    city: City, client: Client, fields: dict[str, str], words: str
) -> None:
    assert words in post(city, client, "editor of A", deputy=city.user("editor of B").pk, **fields)
    assert not PersonalChoices.objects.exists()


@pytest.mark.parametrize("name", ["editor of A", "inactive", "nobody"])
def test_nobody_stands_in_for_themselves_or_without_the_admin(city: City, client: Client, name: str) -> None:
    shown = post(city, client, "editor of A", deputy=city.user(name).pk, **days(0, 1))
    assert "Select a valid choice." in shown


def test_a_coordinator_sets_a_deputy_for_somebody(city: City, client: Client) -> None:
    editor, deputy = city.user("editor of A"), city.user("editor of B")
    PersonalChoices.objects.create(user=editor, language="lt", digest=True)
    address = reverse("plan_pages_deputy", args=[editor.pk])
    post(city, client, "coordinator", address, deputy=deputy.pk, language="en", **days(0, 1))
    kept = PersonalChoices.objects.get()
    assert (kept.deputy, kept.language, kept.digest) == (deputy, "lt", True)
    assert "editor of B" in client.get(reverse("plan_pages_deputies")).content.decode()


def test_others_set_nobodys_deputy_but_their_own(city: City) -> None:
    editor = city.user("editor of A")
    form = people.DeputyForm({"deputy": "", **days(0, 1)}, instance=people.choices_of(editor))
    assert form.is_valid()
    for name in ("editor of B", "approver", "nobody"):
        with pytest.raises(PermissionDenied):
            people.keep(form, city.user(name))
    everything = people.ChoicesForm({"language": "en"}, instance=people.choices_of(editor))
    assert everything.is_valid()
    with pytest.raises(PermissionDenied):
        people.keep(everything, city.user("coordinator"))


def test_who_has_no_address_is_told_so(city: City, client: Client) -> None:
    client.force_login(city.user("editor of A"))
    assert "no mail can reach you" in client.get(MINE).content.decode()


def test_who_stands_in_sees_for_whom(city: City, client: Client) -> None:
    post(city, client, "editor of A", deputy=city.user("editor of B").pk, **days(0, 1))
    client.force_login(city.user("editor of B"))
    shown = client.get(MINE).content.decode()
    assert "You stand in for editor of A until" in shown
    assert city.chapter_a.heading_en in shown


# What was sent


def mails(city: City, client: Client, query: str = "") -> Any:
    client.force_login(city.user("coordinator"))
    return client.get(reverse("plan_pages_mails") + query)


def told(city: City, name: str = "ona", state: MailState = MailState.QUEUED, **fields: Any) -> OutboxMail:
    person = a_person(name)
    event = Event(NoticeKind.REMINDER, name, city.period)
    letters.tell([person], event, lambda: Message(f"Reminder for {name}"))
    found = OutboxMail.objects.filter(notices__person=person)
    found.update(state=state, sent_at=timezone.now() if state is MailState.SENT else None, **fields)
    return found.get()


def test_the_list_says_to_whom_of_what_and_what_became_of_it(city: City, client: Client) -> None:
    told(city, state=MailState.FAILED, error="550 no such mailbox")
    shown = mails(city, client).content.decode()
    for said in ("ona@example.org", "Reminder for ona", "Q1\xa02026", "Not sent", "550 no such mailbox"):
        assert said in shown
    assert "1 mail did not arrive" in shown


def test_what_waits_for_the_morning_is_seen_too(city: City, client: Client) -> None:
    person = a_person("ona", digest=True)
    letters.tell([person], Event(NoticeKind.REMINDER, "1"), lambda: Message("Reminder"))
    assert [notice.person for notice in mails(city, client, "?state=waiting").context["page"]] == [person]


def test_reports_mails_are_not_in_the_list(city: City, client: Client) -> None:
    OutboxMail.objects.put([Letter("report", "1", "mere@example.org", "lt", "Ataskaita", "…")], timezone.now())
    assert not mails(city, client).context["page"].object_list


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", {"ona", "petras"}),
        ("?state=sent", {"petras"}),
        ("?state=queued", {"ona"}),
        ("?state=waiting", set()),
        ("?period=999999", set()),
        ("?person=x&state=y&period=-1", {"ona", "petras"}),
    ],
)
def test_mails_are_found_by_state_and_period(city: City, client: Client, query: str, names: set[str]) -> None:
    told(city)
    told(city, "petras", MailState.SENT)
    assert {notice.person.username for notice in mails(city, client, query).context["page"]} == names


def test_mails_are_found_by_person(city: City, client: Client) -> None:
    person = Notice.objects.get(mail=told(city)).person
    told(city, "petras")
    assert {each.person for each in mails(city, client, f"?person={person.pk}").context["page"]} == {person}


@pytest.mark.parametrize("state", [MailState.FAILED, MailState.UNCERTAIN])
def test_what_did_not_arrive_is_sent_again_when_a_person_says_so(city: City, client: Client, state: MailState) -> None:
    mail = told(city, state=state)
    mails(city, client)
    client.post(reverse("plan_pages_resend_mail", args=[mail.pk]))
    posting.post_ready(timezone.now(), 10)
    assert posted.outbox[0].to == ["ona@example.org"]
    assert "ona@example.org" in registry.get_logs_for_instance(mail).get().message


@pytest.mark.parametrize(
    ("state", "words"), [(MailState.SENT, "This mail was sent."), (MailState.QUEUED, "on its way already")]
)
def test_what_was_sent_or_is_on_its_way_is_not_sent_again(
    city: City, client: Client, state: MailState, words: str
) -> None:
    mail = told(city, state=state)
    mails(city, client)
    shown = client.post(reverse("plan_pages_resend_mail", args=[mail.pk]), follow=True).content.decode()
    assert words in shown


def test_a_mail_of_a_report_is_not_sent_again_from_here(city: City, client: Client) -> None:
    (mail,) = OutboxMail.objects.put([Letter("report", "1", "m@example.org", "lt", "Ataskaita", "…")], timezone.now())
    mails(city, client)
    assert client.post(reverse("plan_pages_resend_mail", args=[mail.pk])).status_code == 404


def test_only_coordinators_send_again_and_only_notices(city: City) -> None:
    (report,) = OutboxMail.objects.put([Letter("report", "1", "m@example.org", "lt", "Ataskaita", "…")], timezone.now())
    notice = told(city, state=MailState.FAILED)
    OutboxMail.objects.update(state=MailState.FAILED)
    for mail, name in ((report, "coordinator"), (notice, "editor of A"), (notice, "reader")):
        with pytest.raises(PermissionDenied):
            resending.resend(mail, city.user(name))


@pytest.mark.parametrize("name", ["plan_pages_mails", "plan_pages_deputies"])
def test_the_lists_take_as_many_queries_for_twenty_people_as_for_two(city: City, client: Client, name: str) -> None:
    mails(city, client)
    counts = []
    for numbers in (range(2), range(2, 20)):
        for number in numbers:
            told(city, f"p{number}")
            Notice.objects.latest("pk").person.groups.add(city.role_a.editors)
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse(name))
        counts.append(len(captured))
    assert counts[0] == counts[1]
