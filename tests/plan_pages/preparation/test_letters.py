"""Mails of the preparation: to the right people, in their language, once; what was missed is made up."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from plan_pages.choices import RemarkState
from plan_pages.consultation.remarks import Remark
from plan_pages.consultation.requests import RequestAnswer
from plan_pages.consultation.rounds import NoRemarks, RemarkRound
from plan_pages.editing.preparation.reminders import tick
from plan_pages.outbox import OutboxMail
from tests.plan_pages.preparation.test_answers import answer, rounds_form
from tests.plan_pages.preparation.test_requests import asked, send
from tests.plan_pages.preparation.town import CITIZEN, Town, day

pytestmark = pytest.mark.django_db
A, B, COORDINATOR = "editor-of-a@example.org", "editor-of-b@example.org", "coordinator@example.org"


@pytest.fixture
def town() -> Town:
    made = Town()
    made.give_addresses()
    return made


def at(days: int, hour: int = 8) -> datetime:
    return timezone.make_aware(datetime.combine(day(days), time(hour)))


def to() -> list[tuple[str, str]]:
    """Recipient and subject of every mail, in their order."""
    return list(OutboxMail.objects.order_by("pk").values_list("recipient", "subject"))


def recipients() -> list[str]:
    return sorted(recipient for recipient, _subject in to())


def test_a_new_round_is_told_to_all_groups(town: Town) -> None:
    town.post("coordinator", "plan_pages_add_round", **rounds_form(town))
    assert to() == [(A, "Remarks are asked for: Naujas derinimas"), (B, "Remarks are asked for: Naujas derinimas")]
    assert "/admin/preparation/" in OutboxMail.objects.first().text


def test_a_round_that_opens_later_is_told_when_it_opens_and_once(town: Town) -> None:
    RemarkRound.objects.all().delete()
    town.post("coordinator", "plan_pages_add_round", **rounds_form(town, opens=day(2)))
    tick(at(1))
    assert to() == []
    tick(at(2, hour=5))
    assert to() == []
    for _each in range(2):
        tick(at(4))
    assert recipients() == [A, B]


def test_groups_read_their_mails_in_lithuanian(town: Town) -> None:
    town.speak("lt")
    town.post("coordinator", "plan_pages_add_round", **rounds_form(town, title_en="New round"))
    mail = OutboxMail.objects.filter(recipient=A).get()
    assert mail.language == "lt"
    assert mail.subject.endswith(": Naujas derinimas")
    assert "Remarks are asked for" not in mail.subject + mail.text
    assert f"{day(20).year} m. " in mail.text.replace("\u00a0", " ")


def test_a_request_is_told_to_the_groups_that_are_asked(town: Town) -> None:
    town.post("coordinator", "plan_pages_add_request", **asked(town, groups=[town.b.pk]))
    assert to() == [(B, "Request for information: Duomenys")]
    mail = OutboxMail.objects.get()
    assert "> Kiek mokinių?" in mail.text
    assert f"/admin/preparation/answers/{RequestAnswer.objects.get().pk}/" in mail.text


def test_asking_again_is_told_with_the_reason(town: Town) -> None:
    town.a_request()
    send(town, "give")
    send(town, "again", "coordinator", reason="Trūksta metų", due=day(8))
    assert to() == [
        (COORDINATOR, "Answer to a request: Duomenys apie mokyklas"),
        (A, "Asked again: Duomenys apie mokyklas"),
    ]
    assert "> Trūksta metų" in OutboxMail.objects.get(recipient=A).text


def test_drafts_that_are_handed_in_together_are_one_mail_to_each_coordinator(town: Town) -> None:
    for _each in range(2):
        town.a_draft()
    keys = list(Remark.objects.values_list("pk", flat=True))
    town.post("editor of A", "plan_pages_submit_remarks", town.round.pk, remark=keys)
    assert to() == [(COORDINATOR, "New remarks: Round 1")]
    assert "K-0001" in OutboxMail.objects.get().text
    assert "K-0002" in OutboxMail.objects.get().text


def test_drafts_are_told_to_nobody(town: Town) -> None:
    town.post("editor of A", "plan_pages_add_remark", town.round.pk, **town.written())
    tick(at(0))
    assert to() == []


def test_answers_are_told_to_the_group_together_and_once(town: Town) -> None:
    for _each in range(2):
        answer(town, town.a_remark())
    now = timezone.now()
    tick(now + timedelta(minutes=29))
    assert to() == []
    for minutes in (31, 60):
        tick(now + timedelta(minutes=minutes))
    assert to() == [(A, "Remarks answered: Round 1")]
    assert "K-0001: Accepted" in OutboxMail.objects.get().text
    assert "K-0002: Accepted" in OutboxMail.objects.get().text


def test_a_changed_answer_is_told_again(town: Town) -> None:
    remark = town.a_remark()
    answer(town, remark)
    tick(timezone.now() + timedelta(hours=1))
    answer(town, remark, answer="not_accepted", reason="Nėra lėšų")
    tick(timezone.now() + timedelta(hours=2))
    assert [recipient for recipient, _subject in to()] == [A, A]


def test_a_published_table_is_told_to_all_groups_with_its_address(town: Town) -> None:
    town.a_remark(answer="accepted", told_at=timezone.now())
    town.post("coordinator", "plan_pages_round", town.round.pk, deed="close")
    town.post("coordinator", "plan_pages_round", town.round.pk, deed="publish")
    assert recipients() == [A, B]
    assert f"/en/{town.plan.slug}/remarks/1/" in OutboxMail.objects.first().text


def test_publishing_tells_of_answers_that_were_not_told_yet(town: Town) -> None:
    answer(town, town.a_remark())
    town.post("coordinator", "plan_pages_round", town.round.pk, deed="close")
    town.post("coordinator", "plan_pages_round", town.round.pk, deed="publish")
    assert (A, "Remarks answered: Round 1") in to()


# Reminders


def reminders(until: int, since: int = -40) -> dict[int, list[str]]:
    """Day to the recipients of that day's reminders, over many days."""
    found: dict[int, list[str]] = {}
    for number in range(since, until + 1):
        before = set(OutboxMail.objects.values_list("pk", flat=True))
        for hour in (8, 20):
            tick(at(number, hour))
        new = OutboxMail.objects.exclude(pk__in=before).filter(purpose="reminder")
        if new:
            found[number] = sorted(new.values_list("recipient", flat=True))
    return found


def of_old(**fields: Any) -> dict[str, Any]:
    return {"opens": day(-30), "announced_at": at(-30), **fields}


def test_groups_that_gave_nothing_are_reminded_seven_and_one_day_before_and_after_the_last_day(town: Town) -> None:
    RemarkRound.objects.update(**of_old(due=day(10)))
    assert reminders(30) == {3: [A, B], 9: [A, B], 11: [A, B]}


def test_who_gave_a_remark_or_said_that_there_are_none_is_not_reminded(town: Town) -> None:
    RemarkRound.objects.update(**of_old(due=day(10)))
    town.a_remark()
    NoRemarks.objects.create(round=town.round, group=town.b, said_at=timezone.now())
    assert reminders(30) == {}


def test_a_draft_is_no_remark_given(town: Town) -> None:
    RemarkRound.objects.update(**of_old(due=day(10)))
    town.a_draft()
    assert reminders(5) == {3: [A, B]}


def test_a_missed_run_is_made_up_with_the_latest_step(town: Town) -> None:
    RemarkRound.objects.update(**of_old(due=day(10)))
    assert reminders(30, since=6) == {6: [A, B], 9: [A, B], 11: [A, B]}
    RemarkRound.objects.update(reminded_on=None)
    OutboxMail.objects.all().delete()
    assert reminders(30, since=10) == {10: [A, B], 11: [A, B]}


def test_who_was_asked_within_the_week_is_not_reminded_of_the_week(town: Town) -> None:
    RemarkRound.objects.update(opens=day(0), announced_at=at(0), due=day(5))
    assert reminders(30) == {4: [A, B], 6: [A, B]}


def test_a_moved_last_day_has_reminders_of_its_own(town: Town) -> None:
    RemarkRound.objects.update(**of_old(due=day(10)))
    assert reminders(9) == {3: [A, B], 9: [A, B]}
    RemarkRound.objects.update(due=day(30))
    assert reminders(40, since=10) == {23: [A, B], 29: [A, B], 31: [A, B]}


def test_a_closed_round_reminds_nobody(town: Town) -> None:
    RemarkRound.objects.update(**of_old(due=day(10)), closed_at=timezone.now())
    assert reminders(30) == {}


def test_a_group_that_owes_an_answer_is_reminded(town: Town) -> None:
    RemarkRound.objects.all().delete()
    town.a_request(town.a, town.b, due=10)
    RequestAnswer.objects.update(asked_at=at(-30))
    RequestAnswer.objects.filter(group=town.b).update(state="nothing", answered_at=timezone.now())
    assert reminders(30) == {3: [A], 9: [A], 11: [A]}
    texts = list(OutboxMail.objects.order_by("pk").values_list("text", flat=True))
    assert "is due on" in texts[0]
    assert "was due on" in texts[2]


def test_the_scheduler_sends_reminders(town: Town) -> None:
    from reports.work import tick as round_of_the_scheduler

    RemarkRound.objects.update(**of_old(due=day(1)))
    round_of_the_scheduler(at(0))
    assert recipients() == [A, B]


def test_a_citizen_is_forgotten_when_the_day_has_come(town: Town) -> None:
    for number, days in ((1, 0), (2, 1)):
        town.a_remark(number=number, state=RemarkState.SUBMITTED, forget_on=day(days), **CITIZEN)
    tick(at(0, hour=3))
    assert list(Remark.objects.order_by("number").values_list("person_name", "person_email")) == [
        ("", ""),
        ("Slaptasis", "slaptas@example.org"),
    ]
