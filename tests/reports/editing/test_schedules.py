"""Schedules in the admin: what their form refuses, the preview, and reports made before their time."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import registry

from plan_pages.domain.periods import Period
from plan_pages.editing.refusal import Refused
from reports.choices import JobState
from reports.editing import schedules
from reports.models.editions import Edition
from reports.models.jobs import ReportJob
from reports.models.schedules import ReportRecipient, ReportSchedule
from reports.work import work_off
from tests.reports.city import NOW, a_schedule, moment, run
from tests.roles import City

pytestmark = pytest.mark.django_db
LAST_QUARTER, FIRST_QUARTER = Period.parse("2025-Q4"), Period.parse("2026-Q1")


@pytest.fixture
def city() -> City:
    return City()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Sets the moment that is now, in UTC."""
    return lambda text: monkeypatch.setattr(timezone, "now", lambda: moment(text))


def filled(city: City, **fields: Any) -> dict[str, Any]:
    return {
        "plan": city.plan.plan.pk,
        "kind": "council",
        "languages": ["lt", "en"],
        "frequency": "quarter",
        "days": 20,
        "hour": 8,
        "audience": "public",
        "active": "on",
        "recipients-TOTAL_FORMS": 2,
        "recipients-INITIAL_FORMS": 0,
        "recipients-0-role": city.role_a.editors.pk,
        "recipients-1-address": "taryba@example.org",
        "recipients-1-language": "en",
        **fields,
    }


def login(city: City, client: Client, name: str = "coordinator") -> Client:
    client.force_login(city.user(name))
    return client


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_a_coordinator_makes_a_schedule_with_its_recipients(city: City, client: Client) -> None:
    answer = login(city, client).post(reverse("reports_add_schedule"), filled(city))
    assert answer.status_code == 302
    schedule = ReportSchedule.objects.get()
    assert [(str(each), each.language) for each in schedule.recipients.all()] == [
        (city.role_a.editors.name, ""),
        ("taryba@example.org", "en"),
    ]
    assert (schedule.languages, schedule.hour, schedule.release_at_once) == (["lt", "en"], 8, False)
    assert registry.get_logs_for_instance(schedule).get().action == "wagtail.create"


def test_the_preview_shows_five_due_times_and_keeps_nothing(
    city: City, client: Client, clock: Callable[[str], None]
) -> None:
    schedule = a_schedule(city.plan.plan, kind="council", to=(), days=10)
    clock("2026-05-01T12:00")
    address = reverse("reports_schedule", args=[schedule.pk])
    answer = login(city, client).post(address, filled(city, deed="preview"))
    assert [f"{due.moment:%Y-%m-%d %H:%M}" for due in answer.context["due_times"]] == [
        "2026-07-20 05:00",
        "2026-10-20 05:00",
        "2027-01-20 06:00",
        "2027-04-20 05:00",
        "2027-07-20 05:00",
    ]
    assert "2026-07-20 08:00: second quarter of 2026" in words(answer).replace("\N{NO-BREAK SPACE}", " ")
    schedule.refresh_from_db()
    assert (schedule.days, schedule.recipients.count()) == (10, 0)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"languages": []}, "This field is required."),
        ({"days": 0}, "greater than or equal to 1"),
        ({"hour": 24}, "not one of the available choices"),
        ({"recipients-0-address": "a@example.org"}, "one of them"),
        ({"recipients-1-language": "xx"}, "no such language"),
    ],
)
def test_what_the_form_of_a_schedule_refuses(city: City, client: Client, fields: dict[str, Any], said: str) -> None:
    answer = login(city, client).post(reverse("reports_add_schedule"), filled(city, **fields))
    assert said in words(answer)
    assert not ReportSchedule.objects.exists()


def test_people_who_have_left_are_not_offered(city: City, client: Client) -> None:
    city.user("inactive"), city.user("reader")
    page = words(login(city, client).get(reverse("reports_add_schedule")))
    assert ">reader<" in page
    assert ">inactive<" not in page


def test_the_form_asks_as_often_for_many_recipients_as_for_few(city: City, client: Client) -> None:
    schedule = a_schedule(city.plan.plan, to=("mere@example.org",))
    address = reverse("reports_schedule", args=[schedule.pk])
    login(city, client)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    asked()
    few = asked()
    for number in range(10):
        user = get_user_model().objects.create_user(f"user{number}")
        ReportRecipient.objects.create(schedule=schedule, user=user)
        ReportRecipient.objects.create(schedule=schedule, role=Group.objects.create(name=f"Rolė {number}"))
    assert asked() == few


def test_only_reports_about_chapters_choose_chapters(city: City, client: Client) -> None:
    chosen = filled(city, chapters=[city.chapter_a.chapter.pk])
    answer = login(city, client).post(reverse("reports_add_schedule"), chosen)
    assert "about the whole plan" in words(answer)
    login(city, client).post(reverse("reports_add_schedule"), {**chosen, "kind": "chapter"})
    assert list(ReportSchedule.objects.get().chapters.all()) == [city.chapter_a.chapter]


def test_nobody_else_keeps_a_schedule(city: City) -> None:
    form = schedules.PANELS.get_form_class()(filled(city), instance=ReportSchedule(), for_user=city.user("editor of A"))
    assert form.is_valid()
    with pytest.raises(PermissionDenied):
        schedules.keep(form, city.user("editor of A"))


def test_a_report_made_now_is_the_report_of_its_period(city: City, clock: Callable[[str], None]) -> None:
    schedule = a_schedule(since=moment("2026-04-01T00:00"))
    clock("2026-04-02T12:00")
    schedules.make_now(schedule, FIRST_QUARTER, city.user("coordinator"))
    work_off()
    edition = Edition.objects.get()
    assert (edition.number, edition.period, edition.asked_by) == (1, "2026-Q1", "coordinator")
    run(NOW)
    assert list(Edition.objects.all()) == [edition]


def test_making_now_is_logged_and_begins_what_the_schedule_would(city: City, clock: Callable[[str], None]) -> None:
    schedule = a_schedule(since=moment("2026-04-01T00:00"), waits_for_lock=True)
    clock("2026-04-02T12:00")
    (job,) = schedules.make_now(schedule, FIRST_QUARTER, city.user("coordinator"))
    assert (job.state, job.due_at) == (JobState.WAITING, moment("2026-04-20T05:00"))
    assert registry.get_logs_for_instance(schedule).get().message == "Report of 2026-Q1 asked for before its time"


def test_a_report_of_each_chapter_is_made_now(city: City, clock: Callable[[str], None]) -> None:
    clock("2026-04-02T12:00")
    schedule = a_schedule(city.plan.plan, kind="chapter")
    jobs = schedules.make_now(schedule, FIRST_QUARTER, city.user("coordinator"))
    assert {job.chapter for job in jobs} == {city.chapter_a.chapter, city.chapter_b.chapter}


@pytest.mark.parametrize("written", ["2026-Q2", "2026", "2021-Q4"])
def test_no_report_is_made_now_of_a_period_that_is_not_over_or_not_the_schedules(
    city: City, written: str, clock: Callable[[str], None]
) -> None:
    clock("2026-04-02T12:00")
    schedule = a_schedule(city.plan.plan)
    with pytest.raises(Refused, match="that is over"):
        schedules.make_now(schedule, Period.parse(written), city.user("coordinator"))
    assert not ReportJob.objects.exists()


def test_a_period_has_its_report_once(city: City, clock: Callable[[str], None]) -> None:
    clock("2026-04-02T12:00")
    schedule = a_schedule(city.plan.plan)
    schedules.make_now(schedule, FIRST_QUARTER, city.user("coordinator"))
    with pytest.raises(Refused, match="already"):
        schedules.make_now(schedule, FIRST_QUARTER, city.user("coordinator"))
    assert schedules.periods_to_make(schedule, moment("2026-04-02T12:00"))[0] == LAST_QUARTER


def test_only_coordinators_make_now(city: City) -> None:
    schedule = a_schedule(city.plan.plan)
    with pytest.raises(PermissionDenied):
        schedules.make_now(schedule, LAST_QUARTER, city.user("reader"))


def test_a_trial_goes_to_who_asks_and_leaves_no_record(city: City, client: Client, mailoutbox: list[Any]) -> None:
    schedule = a_schedule()
    user = city.user("coordinator")
    user.email = "koordinatore@example.org"
    user.save()
    answer = login(city, client).post(reverse("reports_trial", args=[schedule.pk]), {"period": "2026-Q1"})
    assert answer.status_code == 302
    work_off()
    assert [message.to for message in mailoutbox] == [["koordinatore@example.org"]]
    assert not ReportJob.objects.exists()
    assert not Edition.objects.exists()


def test_a_trial_of_no_period_is_refused(city: City, client: Client, mailoutbox: list[Any]) -> None:
    address = reverse("reports_trial", args=[a_schedule(city.plan.plan).pk])
    answer = login(city, client).post(address, {"period": "kada nors"}, follow=True)
    assert "Choose a period." in words(answer)
