"""What the editor of a chapter refuses, at the field, and what it only remarks on."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from plan_pages.blocks.validation import warnings
from plan_pages.pages.chapter import ChapterPage
from plan_pages.pages.plan import PlanPage
from tests.factories import chapter_page, goal, indicator, measure, plan_page, publish, task

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> PlanPage:
    return plan_page()


def with_measures(plan: PlanPage, *measures: Any) -> ChapterPage:
    return chapter_page(plan, [goal("1", [task("1.1", list(measures))])], live=False)


def errors_of(page: ChapterPage) -> Any:
    """The errors of the measures of the first task, by the measure's number."""
    with pytest.raises(ValidationError) as caught:
        publish(page)
    tasks = caught.value.error_dict["goals"][0].block_errors[0].block_errors["tasks"]
    return tasks.block_errors[0].block_errors["measures"].block_errors


def message(error: Any, field: str) -> str:
    found = error.block_errors[field]
    return " ".join((found[0] if isinstance(found, list) else found).messages)


def test_an_end_before_the_start_is_refused_at_the_end(plan: PlanPage) -> None:
    errors = errors_of(with_measures(plan, measure("1.1.1", start="2026-02-01", end="2026-01-31")))
    assert message(errors[0], "end") == "The end is before the start."


def test_a_measure_may_last_one_day(plan: PlanPage) -> None:
    publish(with_measures(plan, measure("1.1.1", start="2026-02-01", end="2026-02-01")))


def test_a_code_that_stands_twice_in_the_chapter_is_refused_at_the_second(plan: PlanPage) -> None:
    errors = errors_of(with_measures(plan, measure("1.1.1"), measure("1.1.1")))
    assert list(errors) == [1]
    assert "1.1.1" in message(errors[1], "code")


def test_the_same_code_may_stand_at_two_levels(plan: PlanPage) -> None:
    publish(chapter_page(plan, [goal("1", [task("1", [measure("1")])])], live=False))


@pytest.mark.parametrize("code", ["1 1", "1/1", ".1", "1.", "a b", "<b>", "-"])
def test_a_code_that_is_not_well_formed_is_refused(plan: PlanPage, code: str) -> None:
    errors = errors_of(with_measures(plan, measure(code)))
    assert "is not a code" in message(errors[0], "code")


@pytest.mark.parametrize("code", ["1", "1.10", "1.2.3-a", "Ž-1", "P1.1.1"])
def test_a_well_formed_code_is_taken(plan: PlanPage, code: str) -> None:
    publish(with_measures(plan, measure(code)))


def test_a_negative_weight_is_refused(plan: PlanPage) -> None:
    errors = errors_of(with_measures(plan, measure("1.1.1", weight="-1")))
    assert "greater than or equal to 0" in message(errors[0], "weight")


def test_a_title_is_needed_in_the_default_language_only(plan: PlanPage) -> None:
    publish(with_measures(plan, measure("1.1.1", title={"lt": "Tik lietuviškai", "en": ""})))
    errors = errors_of(with_measures(plan_page(), measure("1.1.2", title={"lt": "", "en": "English only"})))
    assert "lt" in errors[0].block_errors["title"].block_errors


def test_more_than_300_measures_are_refused_in_kind_words(plan: PlanPage) -> None:
    page = with_measures(plan, *(measure(f"1.1.{number}") for number in range(301)))
    with pytest.raises(ValidationError) as caught:
        publish(page)
    error = caught.value.error_dict["goals"][0]
    assert "301 measures" in str(error.non_block_errors[0])


def test_300_measures_are_taken(plan: PlanPage) -> None:
    publish(with_measures(plan, *(measure(f"1.1.{number}") for number in range(300))))


@pytest.mark.parametrize(("count", "warned"), [(100, False), (101, True)])
def test_above_100_measures_the_editor_is_told_so(plan: PlanPage, count: int, warned: bool) -> None:
    page = with_measures(plan, *(measure(f"1.1.{number}") for number in range(count)))
    assert any(f"{count} measures" in each for each in warnings(page.goals)) is warned


@pytest.mark.parametrize(
    ("direction", "baseline", "target", "warned"),
    [
        ("increase", "10", "5", True),
        ("increase", "5", "10", False),
        ("decrease", "5", "10", True),
        ("decrease", "10", "5", False),
        ("maintain", "10", "5", False),
        ("", "10", "5", False),
        ("increase", None, "5", False),
    ],
)
def test_a_target_on_the_wrong_side_is_remarked_on(
    plan: PlanPage, direction: str, baseline: str | None, target: str, warned: bool
) -> None:
    aim = indicator("R1", direction=direction, baseline=baseline, target=target)
    page = with_measures(plan, measure("1.1.1", indicators=[aim]))
    publish(page)
    assert any("R1" in each for each in warnings(page.goals)) is warned
