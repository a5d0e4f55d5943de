"""What must never be stored of monitoring data is refused by the database itself."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from plan_pages.choices import ReturnState, Status
from plan_pages.monitoring import BudgetLine, ChapterReturn, Entry, IndicatorValue, ReportingPeriod
from plan_pages.register import Chapter, Indicator, Measure, Plan
from tests.factories import chapter_page, goal, indicator, measure, plan_page, task

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows() -> dict[str, Any]:
    chapter_page(plan_page(), [goal("1", [task("1.1", [measure("1.1.1", indicators=[indicator("R1")])])])])
    plan = Plan.objects.get()
    period = ReportingPeriod.objects.create(plan=plan, period="2026-Q1")
    chapter_return = ChapterReturn.objects.create(chapter=Chapter.objects.get(), period=period)
    return {
        "plan": plan,
        "period": period,
        "chapter": chapter_return.chapter,
        "chapter_return": chapter_return,
        "measure": Measure.objects.get(),
        "indicator": Indicator.objects.get(),
    }


def refused(make: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


def entry(rows: dict[str, Any], **fields: Any) -> Entry:
    values = {"chapter_return": rows["chapter_return"], "measure": rows["measure"], "status": Status.ON_TRACK.value}
    return Entry.objects.create(**{**values, **fields})


def value(rows: dict[str, Any], **fields: Any) -> IndicatorValue:
    return IndicatorValue.objects.create(indicator=rows["indicator"], period=rows["period"], **fields)


@pytest.mark.parametrize("percent", ["-0.01", "100.01"])
def test_a_percent_is_0_to_100(rows: dict[str, Any], percent: str) -> None:
    refused(lambda: entry(rows, percent=percent))


@pytest.mark.parametrize("percent", [None, "0", "33.333333333333", "100"])
def test_a_percent_may_be_missing_and_has_its_decimals(rows: dict[str, Any], percent: str | None) -> None:
    made = entry(rows, percent=percent)
    made.refresh_from_db()
    assert made.percent == (None if percent is None else type(made.percent)(percent))


def test_a_status_is_one_of_the_vocabulary(rows: dict[str, Any]) -> None:
    refused(lambda: entry(rows, status="perhaps"))


def test_a_measure_has_one_entry_in_a_return(rows: dict[str, Any]) -> None:
    entry(rows)
    refused(lambda: entry(rows))


def test_a_chapter_has_one_return_for_a_period(rows: dict[str, Any]) -> None:
    refused(lambda: ChapterReturn.objects.create(chapter=rows["chapter"], period=rows["period"]))


def test_an_approved_return_says_when(rows: dict[str, Any]) -> None:
    refused(lambda: ChapterReturn.objects.update(state=ReturnState.APPROVED.value))
    ChapterReturn.objects.update(state=ReturnState.APPROVED.value, approved_at=timezone.now())


def test_a_returned_return_says_why(rows: dict[str, Any]) -> None:
    refused(lambda: ChapterReturn.objects.update(state=ReturnState.RETURNED.value))
    ChapterReturn.objects.update(state=ReturnState.RETURNED.value, reason="Patikslinkite.")


def test_a_period_stands_once_in_a_plan(rows: dict[str, Any]) -> None:
    refused(lambda: ReportingPeriod.objects.create(plan=rows["plan"], period="2026-Q1"))


def test_a_period_is_not_due_before_it_opens(rows: dict[str, Any]) -> None:
    refused(lambda: ReportingPeriod.objects.update(opens="2026-04-02", due="2026-04-01"))


def test_text_that_is_no_period_is_refused_in_words(rows: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="is not a period"):
        ReportingPeriod(plan=rows["plan"], period="2026-Q5").full_clean()


def test_a_value_that_is_not_available_has_a_reason_and_no_number(rows: dict[str, Any]) -> None:
    refused(lambda: value(rows, unavailable=True))
    refused(lambda: value(rows, unavailable=True, actual=1, note={"lt": "Priežastis"}))
    value(rows, unavailable=True, note={"lt": "Priežastis"})


def test_an_indicator_has_one_value_for_a_period(rows: dict[str, Any]) -> None:
    value(rows, actual=1)
    refused(lambda: value(rows, actual=2))


@pytest.mark.parametrize("field", ["planned", "spent"])
def test_money_is_not_negative(rows: dict[str, Any], field: str) -> None:
    refused(lambda: BudgetLine.objects.create(measure=rows["measure"], year=2026, fund="SB", **{field: "-0.01"}))


def test_a_measure_has_one_budget_line_for_a_year_and_fund(rows: dict[str, Any]) -> None:
    BudgetLine.objects.create(measure=rows["measure"], year=2026, fund="SB")
    refused(lambda: BudgetLine.objects.create(measure=rows["measure"], year=2026, fund="SB"))


def test_nothing_that_has_data_can_be_deleted(rows: dict[str, Any]) -> None:
    entry(rows)
    for row in (rows["measure"], rows["chapter_return"], rows["period"], rows["chapter"], rows["plan"]):
        with pytest.raises(ProtectedError):
            row.delete()


def test_an_indicator_belongs_to_exactly_one(rows: dict[str, Any]) -> None:
    refused(lambda: Indicator.objects.update(measure=None))
    refused(lambda: Indicator.objects.update(task=rows["measure"].task))
