"""The rounds that remind: `run_due`, `remind`, Lithuanian plurals, and how many queries they take."""

import io
from datetime import date
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from plan_pages import permissions, reminding
from plan_pages.monitoring import ReportingPeriod
from plan_pages.outbox import OutboxMail
from plan_pages.reminding import tell_what_is_due
from reports import work
from tests.factories import chapter_page, goal, group_page, measure, plan_page, task
from tests.plan_pages.mails.people import a_person, local

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> Any:
    """Of a chapter whose period has been open since January."""
    big_city(1, 2)
    ReportingPeriod.objects.update(opens=date(2026, 1, 1), due=None)
    return "a1-1@example.org"


def at(day: str) -> int:
    return tell_what_is_due(local(f"2026-{day}T09:00"))


def big_city(groups: int, measures: int) -> None:
    plan = plan_page()
    for number in range(1, groups + 1):
        group = group_page(plan, code=str(number))
        rows = [measure(f"{number}.{each}") for each in range(measures)]
        chapter_page(plan, [goal(str(number), [task(str(number), rows)])], group=group, code=str(number))
        for name in "ab":
            a_person(f"{name}{groups}-{number}").groups.add(permissions.make_role(group).editors)
    ReportingPeriod.objects.create(plan=plan.plan, period="2026-Q3", opens=date(2026, 10, 1), due=date(2026, 10, 22))


@pytest.mark.parametrize(
    ("due", "subject", "missing"),
    [
        ("2026-10-16", "2026 m. III ketvirtis: ataskaitai pateikti liko 1 diena", 1),
        ("2026-10-17", "2026 m. III ketvirtis: ataskaitai pateikti liko 2 dienos", 2),
        ("2026-10-29", "2026 m. III ketvirtis: ataskaitai pateikti liko 14 dienų", 11),
        ("2026-10-14", "2026 m. III ketvirtis: ataskaita vėluoja 1 dieną", 21),
        ("2026-10-12", "2026 m. III ketvirtis: ataskaita vėluoja 3 dienas", 22),
        ("2026-10-04", "2026 m. III ketvirtis: ataskaita vėluoja 11 dienų", 40),
    ],
)
def test_lithuanian_counts_as_lithuanians_do(due: str, subject: str, missing: int) -> None:
    said = {1: "1 priemonė", 2: "2 priemonės", 11: "11 priemonių", 21: "21 priemonė", 22: "22 priemonės"}
    plan, code = plan_page(), "7"
    group = group_page(plan, code=code)
    rows = [measure(f"7.{number}") for number in range(missing)]
    chapter_page(plan, [goal("7", [task("7", rows)])], group=group, code=code)
    a_person("a").groups.add(permissions.make_role(group).editors)
    ReportingPeriod.objects.create(
        plan=plan.plan, period="2026-Q3", opens=date(2026, 9, 20), due=date.fromisoformat(due)
    )
    at("10-15")
    letter = OutboxMail.objects.get()
    assert letter.subject.replace("\xa0", " ") == subject
    assert f"{said.get(missing, '40 priemonių')} be duomenų." in letter.text


def test_run_due_reminds_and_sends(editor: str) -> None:
    work.tick(local("2026-10-15T08:00"))
    assert work.work_off() == 2
    assert mail.outbox[0].to == [editor]
    assert work.tick(local("2026-10-15T08:01")).reminded == 0


def test_reminders_that_fail_hold_up_no_reports(monkeypatch: pytest.MonkeyPatch, caplog: Any) -> None:
    def broken(now: Any) -> int:
        raise RuntimeError("no reminders today")

    monkeypatch.setattr(reminding, "tell_what_is_due", broken)
    assert work.tick(timezone.now()).reminded == 0
    assert "no reminders today" in caplog.text


def test_a_site_without_reports_has_a_command_of_its_own(editor: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: local("2026-10-15T08:00"))
    said = io.StringIO()
    call_command("remind", stdout=said)
    assert said.getvalue().strip() == "reminded: 2; mails: 2"
    assert mail.outbox[0].to == [editor]


def test_reminding_takes_as_many_queries_for_eight_groups_as_for_one() -> None:
    counts = []
    for groups, measures, people in ((1, 2, 2), (8, 40, 16)):
        ReportingPeriod.objects.update(locked_at=timezone.now())
        big_city(groups, measures)
        with CaptureQueriesContext(connection) as captured:
            assert at("10-15") == people
        counts.append(len(captured))
        with CaptureQueriesContext(connection) as captured:
            assert at("10-15") == 0
        counts.append(len(captured))
    assert counts[0] == counts[2] <= 32
    assert counts[1] == counts[3] <= 12
