"""Reminders: who gets one, when, of what, in which words; once, and made up when missed."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from plan_pages import permissions, reminding
from plan_pages.choices import ReturnState
from plan_pages.monitoring import ChapterReturn, Entry, ReportingPeriod
from plan_pages.outbox import OutboxMail
from plan_pages.people import Notice, PersonalChoices, Reminder
from plan_pages.register import Measure
from plan_pages.reminding import tell_what_is_due
from tests.factories import chapter_page, group_page
from tests.plan_pages.mails.people import a_person, away, local
from tests.roles import City

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> City:
    """The period 2026-Q3 of the plan opens on 1 October and closes on 22 October 2026."""
    city = City(measures=8)
    city.period.period, city.period.opens, city.period.due = "2026-Q3", date(2026, 10, 1), date(2026, 10, 22)
    city.period.save()
    return city


@pytest.fixture
def editor(city: City) -> Any:
    return an_editor(city, "ona")


def an_editor(city: City, name: str, **fields: Any) -> Any:
    person = a_person(name, **fields)
    person.groups.add(city.role_a.editors)
    return person


def at(day: str, time: str = "09:00") -> int:
    return tell_what_is_due(local(f"2026-{day}T{time}"))


def subjects() -> list[str]:
    found = OutboxMail.objects.order_by("pk").values_list("subject", flat=True)
    return [subject.replace("\xa0", " ") for subject in found]


def the_mail() -> OutboxMail:
    return OutboxMail.objects.get()


def words(mail: OutboxMail) -> str:
    return " ".join(mail.text.split())


def test_a_period_from_its_opening_to_three_weeks_late(city: City, editor: Any) -> None:
    PersonalChoices.objects.create(user=editor, language="en")
    day = date(2026, 9, 20)
    while day < date(2026, 11, 10):
        at(f"{day:%m-%d}")
        day += timedelta(days=1)
    assert subjects() == [
        "Reporting is open: third quarter of 2026",
        "third quarter of 2026: 14 days left to report",
        "third quarter of 2026: 7 days left to report",
        "third quarter of 2026: 1 day left to report",
        "third quarter of 2026: the return is late by 1 day",
        "third quarter of 2026: the return is late by 8 days",
        "third quarter of 2026: the return is late by 15 days",
    ]


def test_nothing_is_sent_before_seven_in_the_morning(city: City, editor: Any) -> None:
    assert at("10-01", "06:59") == 0
    assert at("10-01", "07:00") == 1


@pytest.mark.parametrize("day", ["03-29", "10-25"])
def test_a_day_on_which_the_clock_changes_is_a_day_like_any(city: City, editor: Any, day: str) -> None:
    opens = date.fromisoformat(f"2026-{day}")
    ReportingPeriod.objects.update(opens=opens, due=opens + timedelta(days=60))
    assert [at(day, time) for time in ("03:30", "06:59", "07:00", "07:01", "23:59")] == [0, 0, 1, 0, 0]


def test_a_mail_has_only_what_is_its_readers(city: City, editor: Any) -> None:
    at("10-15")
    said = words(the_mail())
    assert str(city.chapter_a.code) in said
    assert f"measure-{Measure.objects.get(code='1.1.0').pk}" in said
    assert f"/admin/monitoring/report/{city.chapter_a.chapter.pk}/{city.period.pk}/" in said
    assert str(Measure.objects.get(chapter=city.chapter_b.chapter)) not in said


def test_the_first_missing_measures_are_named_and_the_rest_counted(city: City, editor: Any) -> None:
    PersonalChoices.objects.create(user=editor, language="en")
    kept = city.chapter_return()
    Entry.objects.create(chapter_return=kept, measure=Measure.objects.get(code="1.1.0"), status="on_track")
    at("10-15")
    said = words(the_mail())
    assert "The return is begun and not handed in. 7 measures without data." in said
    assert "1.1.0 " not in said
    assert "1.1.5 Title" in said
    assert "1.1.6 Title" not in said
    assert "And 2 more." in said


def test_what_is_done_or_begins_later_is_not_missing(city: City, editor: Any) -> None:
    PersonalChoices.objects.create(user=editor, language="en")
    before = ReportingPeriod.objects.create(plan=city.plan.plan, period="2026-Q2", locked_at=timezone.now())
    approved = ChapterReturn.objects.create(
        chapter=city.chapter_a.chapter, period=before, state="approved", approved_at=timezone.now()
    )
    for code, status in (("1.1.1", "completed"), ("1.1.2", "stopped"), ("1.1.3", "on_track")):
        Entry.objects.create(chapter_return=approved, measure=Measure.objects.get(code=code), status=status)
    Measure.objects.filter(code="1.1.4").update(start=date(2026, 10, 1))
    at("10-15")
    assert "5 measures without data" in words(the_mail())


def test_who_has_handed_in_is_left_alone(city: City, editor: Any) -> None:
    kept = city.chapter_return(ReturnState.SUBMITTED)
    assert at("10-15") == 0
    ChapterReturn.objects.filter(pk=kept.pk).update(state="returned", reason="Trūksta sumų.")
    assert at("10-15") == 1
    assert "> Trūksta sumų." in the_mail().text


def test_a_locked_period_reminds_nobody(city: City, editor: Any) -> None:
    ReportingPeriod.objects.update(locked_at=timezone.now())
    assert at("10-15") == 0


def test_a_chapter_without_measures_is_owed_by_nobody(city: City) -> None:
    group = group_page(city.plan, code="9")
    chapter_page(city.plan, [], group=group, code="9")
    a_person("a").groups.add(permissions.make_role(group).editors)
    assert at("10-15") == 0


def test_who_cannot_be_reached_is_not_counted_as_reminded(city: City) -> None:
    an_editor(city, "a", is_active=False)
    silent = an_editor(city, "b", email="")
    assert at("10-15") == 0
    silent.email = "b@example.org"
    silent.save()
    assert at("10-16") == 1


def test_all_chapters_and_periods_of_a_person_come_in_one_mail(city: City, editor: Any) -> None:
    editor.groups.add(city.role_b.editors)
    ReportingPeriod.objects.create(
        plan=city.plan.plan, period="2026-09", opens=date(2026, 10, 1), due=date(2026, 10, 22)
    )
    at("10-01")
    mail = the_mail()
    assert mail.html.count("<h2") == mail.text.count("---\n") == 4


def test_a_missed_step_is_made_up_once_with_the_words_of_the_day(city: City, editor: Any) -> None:
    PersonalChoices.objects.create(user=editor, language="en")
    at("10-01")
    for day in ("10-18", "10-19", "10-20"):
        at(day)
    assert subjects()[1:] == ["third quarter of 2026: 4 days left to report"]
    assert "It closes 22 October 2026: 4 days left." in OutboxMail.objects.latest("pk").text.replace("\xa0", " ")


def test_a_period_that_closes_today_says_so(city: City, editor: Any) -> None:
    PersonalChoices.objects.create(user=editor, language="en")
    at("10-22")
    assert subjects() == ["third quarter of 2026: today is the last day to report"]


def test_a_due_day_that_moves_reminds_of_the_new_one(city: City, editor: Any) -> None:
    PersonalChoices.objects.create(user=editor, language="en")
    at("10-21")
    ReportingPeriod.objects.update(due=date(2026, 11, 5))
    assert [at(day) for day in ("10-21", "10-22", "10-28", "10-29")] == [0, 1, 0, 1]
    assert subjects()[1:] == [f"third quarter of 2026: {days} days left to report" for days in (14, 7)]


def test_two_rounds_at_once_remind_once(city: City, editor: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second has seen the same ledger as the first, before either wrote."""
    today = date(2026, 10, 15)
    seen = [reminding._owed(today), reminding._owed(today)]
    monkeypatch.setattr(reminding, "_owed", lambda day: seen.pop())
    assert [at("10-15"), at("10-15")] == [1, 0]
    assert OutboxMail.objects.count() == Reminder.objects.count() == 1


def test_a_round_that_breaks_off_leaves_nothing_behind(
    city: City, editor: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(told: Any, now: Any) -> Any:
        raise RuntimeError("the database is away")

    with monkeypatch.context() as patch:
        patch.setattr(reminding.letters, "put", broken)
        with pytest.raises(RuntimeError):
            at("10-15")
    assert not Reminder.objects.exists()
    assert at("10-15") == 1


def test_a_deputy_gets_what_they_stand_in_for_beside_their_own(city: City, editor: Any) -> None:
    deputy = a_person("b", mails="en")
    deputy.groups.add(city.role_b.editors)
    away(editor, deputy, "2026-10-01", "2026-10-10")
    at("10-01")
    mail = OutboxMail.objects.get(recipient="b@example.org")
    assert mail.text.count("---\n") == 2
    assert "You get this as the deputy of: ona." in mail.text
    assert OutboxMail.objects.count() == 2


def test_who_begins_to_stand_in_between_two_steps_is_told_at_once(city: City, editor: Any) -> None:
    at("10-08")
    away(editor, a_person("b"), "2026-10-10", "2026-10-12")
    assert [at("10-09"), at("10-10"), at("10-11")] == [0, 1, 0]


def test_reminders_come_with_the_other_messages_of_the_morning(city: City, editor: Any) -> None:
    PersonalChoices.objects.create(user=editor, digest=True, language="en")
    at("10-01")
    assert (the_mail().purpose, subjects()) == ("digest", ["Reporting is open: third quarter of 2026"])
    ReportingPeriod.objects.create(plan=city.plan.plan, period="2026-09", opens=date(2026, 10, 1))
    assert at("10-01", "11:00") == 0
    assert at("10-02") == 2
    assert not Notice.objects.unsent().exists()
