"""The list of those who read reports: what was released and is for them, and nothing else."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from plan_pages.choices import Audience
from reports.models.editions import Edition
from reports.models.schedules import ReportRecipient
from tests.reports.city import a_schedule
from tests.reports.editing.records import a_record
from tests.roles import City

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> City:
    return City()


def shown(client: Client, city: City, name: str, query: str = "") -> str:
    client.force_login(city.user(name))
    answer = client.get(f"{reverse('reports_to_read')}{query}")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def file_of(edition: Edition) -> str:
    return reverse("reports_file", args=[edition.public_id, "data.json"])


def test_a_reader_finds_every_report_that_is_released(city: City, client: Client) -> None:
    internal, waiting = a_record(city.chapter_a.chapter), a_record(city.chapter_b.chapter, is_released=False)
    page = shown(client, city, "reader")
    assert file_of(internal) in page
    assert "JSON data, 2 bytes" in page
    assert file_of(waiting) not in page


def test_editors_find_their_own_chapters_and_what_is_public(city: City, client: Client) -> None:
    own, others = a_record(city.chapter_a.chapter), a_record(city.chapter_b.chapter)
    public = a_record(city.chapter_b.chapter, "2025-Q4", audience=Audience.PUBLIC)
    page = shown(client, city, "editor of A")
    assert [file_of(each) in page for each in (own, others, public)] == [True, False, True]


def test_a_recipient_finds_what_is_sent_to_them(city: City, client: Client) -> None:
    sent, other = a_record(city.chapter_a.chapter), a_record(city.chapter_b.chapter)
    ReportRecipient.objects.create(schedule=sent.job.schedule, user=city.user("approver"))
    page = shown(client, city, "approver")
    assert [file_of(each) in page for each in (sent, other)] == [True, False]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [True, True]),
        ("?year=2025", [True, False]),
        ("?kind=chapter", [True, True]),
        ("?kind=mayor", [False, False]),
        ("?year=2025&kind=chapter", [True, False]),
        ("?year=x", [False, False]),
    ],
)
def test_reports_are_found_by_year_and_kind(city: City, client: Client, query: str, found: list[bool]) -> None:
    editions = [a_record(city.chapter_a.chapter, period) for period in ("2025-Q4", "2026-Q1")]
    page = shown(client, city, "reader", query)
    assert [file_of(each) in page for each in editions] == found


@pytest.mark.parametrize(
    ("name", "has_item"), [("reader", True), ("editor of A", True), ("approver", False), ("coordinator", False)]
)
def test_the_menu_leads_there_who_has_no_archive_of_their_own(
    city: City, client: Client, name: str, has_item: bool
) -> None:
    client.force_login(city.user(name))
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert (reverse("reports_to_read") in page) is has_item


def test_who_has_nothing_to_read_is_told_so(city: City, client: Client) -> None:
    assert "No report for you has been released yet." in shown(client, city, "editor of A")


@pytest.mark.parametrize("name", ["reader", "editor of A"])
def test_the_list_asks_as_often_for_many_reports_as_for_few(city: City, client: Client, name: str) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            shown(client, city, name)
        return len(queries)

    schedule: Any = a_record(city.chapter_a.chapter, "2024-Q1").job.schedule
    asked()
    few = asked()
    for period in ("2024-Q2", "2024-Q3", "2024-Q4", "2025-Q1"):
        a_record(city.chapter_a.chapter, period, schedule)
        a_schedule(city.plan.plan)
    assert asked() == few
