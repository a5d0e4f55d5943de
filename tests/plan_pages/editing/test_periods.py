"""Reporting periods: who keeps them, what their form refuses, and that locking and reopening leave a trace."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.log_actions import registry

from plan_pages.editing import periods
from plan_pages.editing.refusal import Refused
from plan_pages.monitoring import ReportingPeriod
from tests.roles import City

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> City:
    return City()


def form(city: City, instance: ReportingPeriod | None = None, **fields: Any) -> periods.PeriodForm:
    data = {"plan": city.plan.plan.pk, "period": "2026-Q2", "opens": "2026-07-01", "due": "2026-07-20", **fields}
    return periods.PeriodForm(data, instance=instance)


def test_a_coordinator_adds_a_period(city: City) -> None:
    kept = form(city)
    assert kept.is_valid()
    assert periods.keep(kept, city.user("coordinator")).last_day.isoformat() == "2026-06-30"


@pytest.mark.parametrize(
    ("fields", "at", "words"),
    [
        ({"period": "2026-H1"}, "period", "write it like 2026-Q1"),
        ({"period": "2031-Q1"}, "period", "from 2022 to 2030"),
        ({"period": "2026 II"}, "period", "is not a period"),
        ({"period": "2026-Q1"}, "__all__", "has this period already"),
        ({"due": "2026-06-30"}, "__all__", "before the opening day"),
    ],
)
def test_what_the_form_of_a_period_refuses(city: City, fields: dict[str, Any], at: str, words: str) -> None:
    refused = form(city, **fields)
    assert not refused.is_valid()
    assert words in str(refused.errors[at])


def test_a_period_that_has_returns_keeps_its_name(city: City) -> None:
    city.chapter_return()
    kept = form(city, city.period, period="2026-Q3")
    assert kept.is_valid()
    assert periods.keep(kept, city.user("coordinator")).period == "2026-Q1"


def test_a_locked_period_is_not_changed(city: City) -> None:
    kept = form(city, city.period)
    assert kept.is_valid()
    ReportingPeriod.objects.update(locked_at=timezone.now())
    with pytest.raises(Refused, match="locked"):
        periods.keep(kept, city.user("coordinator"))


def test_the_next_period_is_suggested(city: City) -> None:
    suggested = periods.suggested(city.plan.plan)
    assert (suggested["period"], suggested["opens"].isoformat()) == ("2026-Q2", "2026-07-01")


def test_locking_and_reopening_are_logged_with_the_reason(city: City) -> None:
    coordinator = city.user("coordinator")
    periods.lock(city.period, coordinator)
    periods.reopen(city.period, coordinator, "Klaida ataskaitoje")
    city.period.refresh_from_db()
    assert not city.period.is_locked
    newest, oldest = registry.get_logs_for_instance(city.period)
    assert (oldest.action, oldest.user) == ("plan_pages.period.lock", coordinator)
    assert newest.message == "Period reopened: Klaida ataskaitoje"


def test_reopening_takes_a_reason(city: City) -> None:
    periods.lock(city.period, city.user("coordinator"))
    with pytest.raises(Refused, match="Say why"):
        periods.reopen(city.period, city.user("coordinator"), " ")


@pytest.mark.parametrize("name", ["editor of A", "reader", "approver", "nobody"])
def test_only_coordinators_keep_periods(city: City, name: str) -> None:
    user, kept = city.user(name), form(city)
    assert kept.is_valid()
    for deed in (
        lambda: periods.keep(kept, user),
        lambda: periods.lock(city.period, user),
        lambda: periods.reopen(city.period, user, "Taip"),
    ):
        with pytest.raises(PermissionDenied):
            deed()
