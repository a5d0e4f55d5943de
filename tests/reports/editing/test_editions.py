"""Editions in the admin: what is shown of them, and that each deed goes by its own rules."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from plan_pages.choices import MailFault, MailState
from plan_pages.outbox import OutboxMail
from reports.choices import JobFault, JobState
from reports.models.editions import Edition
from reports.models.jobs import ReportJob
from reports.models.schedules import ReportSchedule
from reports.work import work_off
from tests.reports.city import a_schedule, an_edition, moment
from tests.reports.editing.records import a_record
from tests.roles import City

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> City:
    return City()


@pytest.fixture
def coordinator(city: City, client: Client) -> Client:
    client.force_login(city.user("coordinator"))
    return client


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_an_edition_is_released_by_hand(coordinator: Client, mailoutbox: list[Any]) -> None:
    edition = an_edition(release_at_once=False)
    address = reverse("reports_edition", args=[edition.pk])
    assert "waits for release" in words(coordinator.get(address))
    answer = words(coordinator.post(address, follow=True))
    work_off()
    assert "The report is released." in answer
    assert "coordinator" in answer
    assert [message.to for message in mailoutbox] == [["mere@example.org"]]


def test_a_mail_that_failed_is_sent_again_by_a_person(city: City, coordinator: Client) -> None:
    edition = a_record(city.chapter_a.chapter)
    shown = words(coordinator.get(reverse("reports_edition", args=[edition.pk])))
    assert "refused the address" in shown
    assert "550 No such user" in shown
    address = reverse("reports_resend", args=[edition.pk, edition.deliveries.get().pk])
    assert address in shown
    coordinator.post(address)
    assert OutboxMail.objects.get().state == MailState.QUEUED


def test_a_mail_that_was_sent_is_not_sent_again(city: City, coordinator: Client) -> None:
    edition = a_record(city.chapter_a.chapter)
    OutboxMail.objects.update(state=MailState.SENT, sent_at=edition.made_at)
    address = reverse("reports_resend", args=[edition.pk, edition.deliveries.get().pk])
    assert address not in words(coordinator.get(reverse("reports_edition", args=[edition.pk])))
    assert "This mail was sent." in words(coordinator.post(address, follow=True))
    assert OutboxMail.objects.get().state == MailState.SENT


def test_an_uncertain_mail_says_so(city: City, coordinator: Client) -> None:
    edition = a_record(city.chapter_a.chapter)
    OutboxMail.objects.update(state=MailState.UNCERTAIN, fault=MailFault.FELL_SILENT, error="")
    assert "It may have arrived" in words(coordinator.get(reverse("reports_edition", args=[edition.pk])))


def test_the_mail_of_another_edition_is_not_found(city: City, coordinator: Client) -> None:
    edition = a_record(city.chapter_a.chapter)
    other = a_record(city.chapter_b.chapter)
    address = reverse("reports_resend", args=[other.pk, edition.deliveries.get().pk])
    assert coordinator.post(address).status_code == 404


def test_a_correction_is_a_new_edition_with_its_reason(coordinator: Client) -> None:
    edition = an_edition()
    coordinator.post(reverse("reports_correct", args=[edition.pk]), {"reason": "Klaida lentelėje"})
    work_off()
    new = Edition.objects.get(number=2)
    assert (new.reason, new.asked_by) == ("Klaida lentelėje", "coordinator")
    shown = words(coordinator.get(reverse("reports_edition", args=[edition.pk])))
    assert reverse("reports_edition", args=[new.pk]) in shown
    assert reverse("reports_correct", args=[edition.pk]) not in shown


def test_a_correction_without_a_reason_is_refused(coordinator: Client) -> None:
    edition = an_edition()
    answer = coordinator.post(reverse("reports_correct", args=[edition.pk]), {"reason": " "})
    assert "Say why the report is corrected" in words(answer)
    assert ReportJob.objects.get().state == JobState.DONE


def test_a_report_that_failed_is_shown_with_its_error_and_tried_again(city: City, coordinator: Client) -> None:
    edition = a_record(city.chapter_a.chapter)
    ReportJob.objects.update(state=JobState.FAILED, fault=JobFault.UNAVAILABLE)
    assert "The plan is not published" in words(coordinator.get(reverse("reports_editions")))
    coordinator.post(reverse("reports_try_again", args=[edition.job.pk]))
    assert ReportJob.objects.get().state == JobState.PENDING


@pytest.mark.parametrize(
    ("query", "count"),
    [("", 2), ("kind=chapter", 2), ("kind=mayor", 0), ("state=waiting", 0), ("state=undelivered", 1), ("kind=x", 2)],
)
def test_editions_are_found_by_kind_and_state(city: City, coordinator: Client, query: str, count: int) -> None:
    a_record(city.chapter_a.chapter)
    a_record(city.chapter_b.chapter)
    mail = OutboxMail.objects.order_by("pk").first()
    OutboxMail.objects.filter(pk=mail.pk).update(state=MailState.SENT, sent_at=moment("2026-05-01T00:00"))
    assert len(coordinator.get(f"{reverse('reports_editions')}?{query}").context["rows"]) == count


@pytest.mark.parametrize("name", ["reports_editions", "reports_schedules", "wagtailadmin_home"])
def test_lists_ask_as_often_for_many_rows_as_for_few(city: City, coordinator: Client, name: str) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert coordinator.get(reverse(name)).status_code == 200
        return len(queries)

    chapter = city.chapter_a.chapter
    schedule = a_record(chapter, "2024-Q1").job.schedule
    failed = a_record(chapter, "2024-Q2", schedule).job
    ReportJob.objects.filter(pk=failed.pk).update(state=JobState.FAILED)
    asked()
    few = asked()
    for period in ("2024-Q3", "2024-Q4", "2025-Q1"):
        job = a_record(chapter, period, schedule).job
        ReportJob.objects.filter(pk=job.pk, period="2025-Q1").update(state=JobState.FAILED)
        a_schedule(chapter.plan)
    assert ReportSchedule.objects.count() == 4
    assert asked() == few


def test_the_home_page_tells_coordinators_what_failed_waits_and_is_due(city: City, coordinator: Client) -> None:
    waiting = an_edition(release_at_once=False)
    undelivered = a_record(city.chapter_a.chapter)
    shown = words(coordinator.get(reverse("wagtailadmin_home")))
    for edition in (waiting, undelivered):
        assert reverse("reports_edition", args=[edition.pk]) in shown
    assert reverse("reports_schedule", args=[waiting.job.schedule_id]) in shown


def test_the_home_page_tells_editors_nothing_of_reports(city: City, client: Client) -> None:
    a_record(city.chapter_a.chapter)
    client.force_login(city.user("editor of A"))
    assert "Due next" not in words(client.get(reverse("wagtailadmin_home")))
