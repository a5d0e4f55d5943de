"""Money in a return: it waits with the return, and is the plan's once that is approved."""

from decimal import Decimal
from typing import Any

import pytest

from plan_pages.editing import returns
from plan_pages.editing.sheet import ReturnSheet
from plan_pages.monitoring import BudgetEntry, BudgetLine, ChapterReturn
from plan_pages.register import Measure
from tests.plan_pages.editing.posting import errors, line, measure_key, posted, record
from tests.roles import City

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> City:
    return City()


def test_reported_money_is_the_plans_only_after_approval(city: City) -> None:
    measure = Measure.objects.get(code="1.1.0")
    fields = posted(measure_key(), status="on_track") | line(measure=measure.pk, year=2026, fund="SB", spent="10.50")
    record(city, fields)
    chapter_return = ChapterReturn.objects.get()
    returns.submit(chapter_return, city.user("editor of A"))
    assert not BudgetLine.objects.exists()
    returns.approve(chapter_return, city.user("coordinator"))
    assert [(row.year, row.fund, row.planned, row.spent) for row in BudgetLine.objects.all()] == [
        (2026, "SB", None, Decimal("10.50"))
    ]


def test_a_line_that_is_unchanged_is_not_reported(city: City) -> None:
    stored = BudgetLine.objects.create(measure=Measure.objects.get(code="1.1.0"), year=2025, fund="SB", planned=100)
    record(city, posted(f"money-{stored.measure_id}-2025-SB", planned="100"))
    assert not BudgetEntry.objects.exists()


def test_a_line_that_is_emptied_goes_on_approval(city: City) -> None:
    stored = BudgetLine.objects.create(measure=Measure.objects.get(code="1.1.0"), year=2025, fund="SB", planned=100)
    record(city, posted(measure_key(), status="on_track") | posted(f"money-{stored.measure_id}-2025-SB", planned=""))
    chapter_return = ChapterReturn.objects.get()
    returns.submit(chapter_return, city.user("editor of A"))
    returns.approve(chapter_return, city.user("coordinator"))
    assert not BudgetLine.objects.exists()


def test_money_of_years_to_come_is_not_in_the_sheet(city: City) -> None:
    BudgetLine.objects.create(measure=Measure.objects.get(code="1.1.0"), year=2027, fund="SB", planned=100)
    assert all(row.is_extra for row in ReturnSheet(city.chapter_return()).money)


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"spent": "5"}, {"measure", "year", "fund"}),
        ({"year": 2026, "fund": "SB", "spent": "5"}, {"measure"}),
        ({"spent": "-5"}, {"spent"}),
        ({"spent": "5.001"}, {"spent"}),
    ],
)
def test_what_is_refused_of_a_line_of_money(city: City, fields: dict[str, Any], at: set[str]) -> None:
    assert set(errors(record(city, line(**fields)))) == at


def test_the_same_line_twice_is_refused(city: City) -> None:
    place = {"measure": Measure.objects.get(code="1.1.0").pk, "year": 2026, "fund": "SB", "spent": 5}
    sheet = record(city, line(0, **place) | line(1, **place))
    assert errors(sheet) == {"fund": ["This measure has a line of this year and fund already."]}
