"""The admin's home page: what editors, coordinators and approvers see of what waits for them."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from plan_pages import permissions
from plan_pages.choices import ReturnState, Status
from plan_pages.domain.periods import Period
from plan_pages.dues import asked_for, carried
from plan_pages.editing.home import GroupPanel, GroupsPanel, in_order
from plan_pages.monitoring import ChapterReturn, Entry, ReportingPeriod
from plan_pages.people import Reminder
from plan_pages.register import Measure
from tests.factories import chapter_page, goal, group_page, measure, task
from tests.plan_pages.mails.people import a_person, away
from tests.roles import City

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> City:
    """The period of the plan closes in five days."""
    city = City(measures=4)
    closing(city, 5)
    return city


def closing(city: City, days: int) -> None:
    today = timezone.localdate()
    ReportingPeriod.objects.filter(pk=city.period.pk).update(
        opens=today - timedelta(days=30), due=today + timedelta(days=days)
    )


def home(city: City, client: Client, name: str) -> str:
    client.force_login(city.user(name))
    return " ".join(client.get(reverse("wagtailadmin_home")).content.decode().split())


def cards(city: City, name: str = "editor of A") -> list[dict[str, Any]]:
    return GroupPanel(city.user(name)).get_context_data()["cards"]


def table(city: City) -> list[tuple[str, str]]:
    """Codes of chapters with their states, in the order shown."""
    (shown,) = GroupsPanel(city.user("coordinator")).get_context_data()["tables"]
    return [(row["due"].chapter.code, str(row["due"].state or "none")) for row in shown["rows"]]


def entry(kept: ChapterReturn, code: str, status: str) -> None:
    Entry.objects.create(chapter_return=kept, measure=Measure.objects.get(code=code), status=status)


@pytest.mark.parametrize(
    ("name", "mine", "groups", "texts"),
    [
        ("editor of A", True, False, False),
        ("coordinator", False, True, False),
        ("superuser", False, True, True),
        ("approver", False, False, True),
        ("reader", False, False, False),
    ],
)
def test_everyone_sees_what_waits_for_them(
    city: City, client: Client, name: str, mine: bool, groups: bool, texts: bool
) -> None:
    city.chapter_a.save_revision()
    city.chapter_a.get_workflow().start(city.chapter_a, city.user("editor of A"))
    shown = home(city, client, name)
    assert ("My group" in shown, "Returns of the groups" in shown) == (mine, groups)
    assert ("Awaiting your review" in shown) is texts


def test_my_group_counts_what_is_reported_done_delayed_and_missing(city: City, client: Client) -> None:
    kept = city.chapter_return()
    entry(kept, "1.1.0", "completed")
    entry(kept, "1.1.1", "delayed")
    (card,) = cards(city)
    due = card["due"]
    assert (due.measures, due.reported, due.completed, due.delayed, len(due.missing)) == (4, 2, 1, 1, 2)
    shown = home(city, client, "editor of A")
    assert ": 5 days left." in shown
    assert "2 of 4" in shown


def test_what_was_completed_before_is_done_and_not_asked_for_again(city: City) -> None:
    before = ReportingPeriod.objects.create(plan=city.plan.plan, period="2025-Q4", locked_at=timezone.now())
    approved = ChapterReturn.objects.create(
        chapter=city.chapter_a.chapter, period=before, state="approved", approved_at=timezone.now()
    )
    entry(approved, "1.1.0", "completed")
    entry(approved, "1.1.1", "stopped")
    due = cards(city)[0]["due"]
    assert (due.reported, due.wanted, due.completed, due.measures) == (0, 2, 1, 4)


@pytest.mark.parametrize(
    ("state", "button"),
    [
        (None, "Report the period"),
        (ReturnState.DRAFT, "Continue the return"),
        (ReturnState.RETURNED, "Correct the return"),
        (ReturnState.SUBMITTED, "Look at the return"),
        (ReturnState.APPROVED, "Look at the return"),
    ],
)
def test_there_is_one_button_for_what_comes_next(
    city: City, client: Client, state: ReturnState | None, button: str
) -> None:
    if state:
        city.chapter_return(state)
    shown = home(city, client, "editor of A")
    assert shown.count(f"{button}<span") == 1
    assert ("Trūksta priežasčių." in shown) is (state is ReturnState.RETURNED)


def test_the_button_begins_the_return(city: City, client: Client) -> None:
    assert reverse("plan_pages_start_return", args=[city.chapter_a.chapter.pk, city.period.pk]) in home(
        city, client, "editor of A"
    )


def test_who_is_late_is_told_by_how_many_days(city: City, client: Client) -> None:
    closing(city, -3)
    assert "late by 3 days." in home(city, client, "editor of A")


def test_all_that_is_owed_is_shown_and_of_what_is_settled_the_latest(city: City) -> None:
    chapter = city.chapter_a.chapter
    for number, (period, state) in enumerate((("2025-Q3", "approved"), ("2025-Q4", "draft"), ("2025-12", "approved"))):
        row = ReportingPeriod.objects.create(plan=city.plan.plan, period=period, opens=date(2026, 1, 1 + number))
        ChapterReturn.objects.create(chapter=chapter, period=row, state=state, approved_at=timezone.now())
    assert [str(card["due"].period) for card in cards(city)] == ["2025-Q4", "2026-Q1"]
    ChapterReturn.objects.update(state="approved", approved_at=timezone.now())
    city.chapter_return(ReturnState.SUBMITTED)
    assert [str(card["due"].period) for card in cards(city)] == ["2026-Q1"]


def test_where_no_period_is_open_the_next_one_is_named(city: City, client: Client) -> None:
    ReportingPeriod.objects.update(opens=timezone.localdate() + timedelta(days=9), due=None)
    assert "No period is open for reporting now. The next one opens" in home(city, client, "editor of A")


def test_coordinators_see_late_ones_first_and_then_what_waits_for_them(city: City) -> None:
    for code in ("3", "4", "5"):
        chapter_page(city.plan, group=group_page(city.plan, code=f"G{code}"), code=code)
    states = {"1": "approved", "3": "draft", "4": "submitted"}
    for page in city.plan.plan.chapters.all():
        if page.code in states:
            ChapterReturn.objects.create(
                chapter=page, period=city.period, state=states[page.code], approved_at=timezone.now()
            )
    expected = [("4", "submitted"), ("3", "draft"), ("2", "none"), ("5", "none"), ("1", "approved")]
    assert table(city) == expected
    closing(city, -1)
    assert table(city) == [("2", "none"), ("3", "draft"), ("5", "none"), ("4", "submitted"), ("1", "approved")]


def test_coordinators_see_who_was_reminded_last(city: City, client: Client) -> None:
    ona, petras = a_person("ona"), a_person("petras")
    for person, day in ((ona, 1), (ona, 8), (petras, 8)):
        person.groups.add(city.role_a.editors)
        Reminder.objects.create(
            person=person,
            period=city.period,
            day=date(2026, 3, day),
            sent_on=date(2026, 3, day),
            run="00000000-0000-4000-8000-000000000000",
        )
    (shown,) = GroupsPanel(city.user("coordinator")).get_context_data()["tables"]
    found = {row["due"].chapter.code: row["reminded"] for row in shown["rows"]}
    assert (found["1"].day, found["1"].people) == (date(2026, 3, 8), "ona, petras")
    assert found["2"] is None
    assert "no editor with an e-mail address" in home(city, client, "coordinator")


def test_a_coordinator_approves_from_the_table(city: City, client: Client) -> None:
    kept = city.chapter_return(ReturnState.SUBMITTED)
    address = reverse("plan_pages_approve", args=[kept.pk])
    assert f'action="{address}"' in home(city, client, "coordinator")
    assert f'{reverse("plan_pages_return", args=[kept.pk])}#judge-heading"' in home(city, client, "coordinator")
    shown = client.post(address, follow=True).content.decode()
    assert ChapterReturn.objects.get().state == ReturnState.APPROVED
    assert "Approved: 1 " in shown


def test_approving_what_was_sent_back_meanwhile_is_refused_in_words(city: City, client: Client) -> None:
    kept = city.chapter_return(ReturnState.RETURNED)
    client.force_login(city.user("coordinator"))
    shown = client.post(reverse("plan_pages_approve", args=[kept.pk]), follow=True)
    assert "This is not possible now" in shown.content.decode()


def test_when_all_is_approved_the_period_may_be_locked(city: City, client: Client) -> None:
    for chapter in city.plan.plan.chapters.all():
        ChapterReturn.objects.create(chapter=chapter, period=city.period, state="approved", approved_at=timezone.now())
    assert reverse("plan_pages_lock_period", args=[city.period.pk]) in home(city, client, "coordinator")


def test_a_deputy_finds_the_group_on_their_home_page(city: City, client: Client) -> None:
    away(city.user("editor of A"), city.user("editor of B"), "2000-01-01", "2100-01-01")
    assert [card["due"].chapter.code for card in cards(city, "editor of B")] == ["1", "2"]


# Queries and arithmetic


def queries(deed: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as captured:
        deed()
    return len(captured)


@pytest.mark.parametrize("name", ["editor of A", "coordinator"])
def test_the_home_page_takes_as_many_queries_for_twenty_chapters_as_for_two(
    city: City, client: Client, name: str
) -> None:
    home(city, client, name)
    counts = []
    for numbers in (range(10, 11), range(11, 29)):
        for number in numbers:
            rows = [measure(f"{number}.{each}") for each in range(5)]
            goals = [goal(str(number), [task(str(number), rows)])]
            page = chapter_page(city.plan, goals, group=city.a, code=str(number))
            kept = ChapterReturn.objects.create(chapter=page.chapter, period=city.period)
            entry(kept, f"{number}.1", "delayed")
        counts.append(queries(lambda: home(city, client, name)))
    assert counts[0] == counts[1]


def test_a_period_is_asked_for_from_its_opening_until_it_is_locked() -> None:
    def period(written: str, **fields: Any) -> ReportingPeriod:
        return ReportingPeriod(period=written, last_day=Period.parse(written).last_day, **fields)

    periods = [
        period("2026-Q4"),
        period("2026-Q3"),
        period("2026-Q2", locked_at=timezone.now()),
        period("2026-Q1", opens=date(2026, 11, 1)),
        period("2025-Q4", opens=date(2026, 11, 23)),
    ]
    assert [str(each) for each in asked_for(periods, date(2026, 11, 22))] == ["2026-Q1", "2026-Q3"]


def test_only_what_was_completed_or_stopped_last_still_holds() -> None:
    first, second = (date(2026, 3, 31), Status.COMPLETED), (date(2026, 6, 30), Status.ON_TRACK)
    assert carried([first], date(2026, 9, 30)) == "completed"
    assert carried([first], date(2026, 3, 31)) is None
    assert carried([first, second], date(2026, 9, 30)) is None
    assert carried([], date(2026, 9, 30)) is None


def test_rows_of_one_rank_stay_in_the_order_of_the_plan(city: City) -> None:
    assert in_order([], date(2026, 1, 1)) == []
    assert table(city) == [("1", "none"), ("2", "none")]
    assert permissions.own_chapters_for(city.user("coordinator")).count() == 0
