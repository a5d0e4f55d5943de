"""Where the links of mails lead: to a chapter and a period, whatever has become of the return."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from plan_pages.monitoring import ReportingPeriod
from tests.roles import City

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> City:
    return City()


def link(city: City) -> str:
    return reverse("plan_pages_report", args=[city.chapter_a.chapter.pk, city.period.pk])


def test_a_link_leads_to_the_return_once_it_is_begun(city: City, client: Client) -> None:
    client.force_login(city.user("editor of A"))
    shown = client.get(link(city)).content.decode()
    assert reverse("plan_pages_start_return", args=[city.chapter_a.chapter.pk, city.period.pk]) in shown
    kept = city.chapter_return()
    assert client.get(link(city)).url == reverse("plan_pages_return", args=[kept.pk])


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"locked_at": timezone.now()}, "nothing is reported for it any more"),
        ({"opens": date(2100, 1, 1), "due": None}, "It opens 1\xa0January 2100."),
    ],
)
def test_a_link_to_a_period_that_is_not_open_says_so(
    city: City, client: Client, fields: dict[str, Any], words: str
) -> None:
    ReportingPeriod.objects.update(**fields)
    client.force_login(city.user("editor of A"))
    shown = client.get(link(city)).content.decode()
    assert words in shown
    assert "<button" not in shown.partition('class="nice-padding')[2]


def test_a_period_of_another_plan_is_not_there(city: City, client: Client) -> None:
    other = City()
    client.force_login(city.user("superuser"))
    address = reverse("plan_pages_report", args=[city.chapter_a.chapter.pk, other.period.pk])
    assert client.get(address).status_code == 404
