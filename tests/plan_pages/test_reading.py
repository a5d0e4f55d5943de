"""The plan as an audience gets it: nothing restricted, no draft, nothing unapproved; always the same few queries."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from plan_pages.choices import Audience, ReturnState, Status
from plan_pages.domain.plan import Plan
from plan_pages.exchange.store import store
from plan_pages.monitoring import BudgetLine, ChapterReturn, Entry, IndicatorValue, ReportingPeriod
from plan_pages.pages.chapter import ChapterPage
from plan_pages.pages.plan import PlanPage
from plan_pages.reading import Unavailable, read_plan
from plan_pages.register import Chapter, Indicator, Measure
from tests.factories import chapter_page, goal, home_page, indicator, measure, plan_page, publish, task
from tests.plans import large_plan

pytestmark = pytest.mark.django_db

MOST_QUERIES = 8


@pytest.fixture
def plan() -> PlanPage:
    return plan_page()


def chapter(plan: PlanPage, code: str, **fields: Any) -> ChapterPage:
    measures = [measure(f"{code}.1.1.1", indicators=[indicator(f"R{code}")])]
    return chapter_page(plan, [goal(f"{code}.1", [task(f"{code}.1.1", measures)])], code=code, **fields)


def report(page: ChapterPage, state: ReturnState, percent: int = 40) -> None:
    """An entry and a value of the chapter's measure and indicator, in a return of that state."""
    row = Chapter.objects.get(page=page)
    period, _made = ReportingPeriod.objects.get_or_create(plan=row.plan, period="2026-Q1")
    approved = timezone.now() if state is ReturnState.APPROVED else None
    chapter_return = ChapterReturn.objects.create(chapter=row, period=period, state=state.value, approved_at=approved)
    Entry.objects.create(
        chapter_return=chapter_return,
        measure=Measure.objects.get(chapter=row),
        status=Status.ON_TRACK.value,
        percent=percent,
        note={"en": "secret", "lt": "paslaptis"},
    )
    IndicatorValue.objects.create(
        indicator=Indicator.objects.get(chapter=row), period=period, target=5, actual=7, note={"lt": "pastaba"}
    )


def read(plan: PlanPage, audience: Audience = Audience.PUBLIC) -> Plan:
    return read_plan(PlanPage.objects.get(pk=plan.pk).plan, audience)


def codes(plan: Plan) -> list[str]:
    return [each.code for each in plan.measures()]


def test_an_approved_entry_is_read(plan: PlanPage) -> None:
    report(chapter(plan, "1"), ReturnState.APPROVED)
    (found,) = read(plan).measures()
    assert [entry.percent for entry in found.entries] == [40]
    assert [(value.target, value.actual) for value in found.indicators[0].values] == [(5, 7)]


@pytest.mark.parametrize("state", [ReturnState.DRAFT, ReturnState.SUBMITTED])
@pytest.mark.parametrize("audience", list(Audience))
def test_what_is_not_approved_is_read_by_nobody(plan: PlanPage, state: ReturnState, audience: Audience) -> None:
    report(chapter(plan, "1"), state)
    value = read(plan, audience)
    (found,) = value.measures()
    assert found.entries == ()
    assert [(each.target, each.actual, bool(each.note)) for each in found.indicators[0].values] == [(5, None, False)]
    assert "paslaptis" not in repr(value)


def test_a_draft_chapter_is_not_read(plan: PlanPage) -> None:
    chapter(plan, "1", live=False)
    assert codes(read(plan, Audience.INTERNAL)) == []


def test_an_unpublished_chapter_is_not_read(plan: PlanPage) -> None:
    chapter(plan, "1").unpublish()
    assert codes(read(plan, Audience.INTERNAL)) == []


def test_a_draft_of_a_published_chapter_is_not_read(plan: PlanPage) -> None:
    page = chapter(plan, "1")
    page.title = "Juodraštis"
    page.save_revision()
    assert "Juodraštis" not in repr(read(plan, Audience.INTERNAL))


def test_a_restricted_chapter_is_internal(plan: PlanPage) -> None:
    chapter(plan, "1").view_restrictions.create(restriction_type="login")
    chapter(plan, "2")
    assert codes(read(plan)) == ["2.1.1.1"]
    assert codes(read(plan, Audience.INTERNAL)) == ["1.1.1.1", "2.1.1.1"]


def test_a_chapter_below_a_restricted_home_page_is_internal(plan: PlanPage) -> None:
    chapter(plan, "1")
    home_page().view_restrictions.create(restriction_type="login")
    with pytest.raises(Unavailable):
        read(plan)
    assert codes(read(plan, Audience.INTERNAL)) == ["1.1.1.1"]


def test_an_unpublished_plan_is_read_by_nobody(plan: PlanPage) -> None:
    plan.unpublish()
    for audience in Audience:
        with pytest.raises(Unavailable):
            read(plan, audience)


def test_a_reader_who_passed_a_restriction_reads_that_chapter_and_no_other(plan: PlanPage) -> None:
    first, second = chapter(plan, "1"), chapter(plan, "2")
    passed = first.view_restrictions.create(restriction_type="password", password="x")
    second.view_restrictions.create(restriction_type="password", password="y")
    value = read_plan(plan.plan, accept=lambda restriction: restriction == passed)
    assert codes(value) == ["1.1.1.1"]


def test_a_deleted_chapter_that_was_restricted_stays_internal(plan: PlanPage) -> None:
    page = chapter(plan, "1")
    page.view_restrictions.create(restriction_type="login")
    page.delete()
    assert codes(read(plan)) == []
    assert codes(read(plan, Audience.INTERNAL)) == ["1.1.1.1"]


def test_a_retired_measure_is_read_with_its_indicators_and_marked(plan: PlanPage) -> None:
    page = chapter(plan, "1")
    report(page, ReturnState.APPROVED)
    page.goals = "[]"
    publish(page)
    (found,) = read(plan).measures()
    assert found.retired == timezone.localdate()
    assert [each.code for each in found.indicators] == ["R1"]
    assert list(read(plan).current().measures()) == []


def test_chapters_stand_in_the_order_of_their_pages(plan: PlanPage) -> None:
    first, second = chapter(plan, "1"), chapter(plan, "2")
    first.move(second, pos="right")
    assert [each.code for each in read(plan).chapters] == ["2", "1"]


def test_numbers_come_as_they_were_given(plan: PlanPage) -> None:
    page = chapter(plan, "1", weight="0.00068")
    row = Measure.objects.get(chapter__page=page)
    BudgetLine.objects.create(measure=row, year=2026, fund="SB", planned="12345678901.50")
    found = read(plan).chapters[0]
    assert str(found.weight) == "0.00068"
    (line,) = next(found.measures()).budget
    assert str(line.planned) == "12345678901.50"


@pytest.mark.parametrize("audience", list(Audience))
def test_a_plan_of_any_size_is_read_in_the_same_few_queries(audience: Audience) -> None:
    counts = []
    for number, measures in enumerate((20, 200)):
        stored = store(large_plan(measures, chapters=1 + number), f"plan-{number}", home_page())
        row = PlanPage.objects.get(pk=stored.page.pk).plan
        with CaptureQueriesContext(connection) as queries:
            value = read_plan(row, audience)
        assert sum(1 for _ in value.measures()) == measures
        counts.append(len(queries))
    assert counts[0] == counts[1] <= MOST_QUERIES


def test_funds_are_named_in_every_language(plan: PlanPage) -> None:
    named = read(plan).fund_names
    assert named["SB"].as_dict() == {"lt": "Savivaldybės biudžetas", "en": "Municipal budget"}


def test_a_host_site_names_its_own_funds(plan: PlanPage, settings: Any) -> None:
    settings.PLAN_FUNDS = {"X": "Krašto fondas"}
    assert {code: name.best("en") for code, name in read(plan).fund_names.items()} == {"X": "Krašto fondas"}
