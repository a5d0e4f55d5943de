"""The worked cases that the rules themselves give, each as one test."""

from datetime import date
from decimal import Decimal

import pytest

from plan_pages.choices import Aggregate, Direction, State, Status
from plan_pages.domain.indicators import Reading, of_indicator
from plan_pages.domain.periods import Period
from plan_pages.domain.plan import Indicator, Measure
from plan_pages.domain.progress import Figure, Standing, of_plan
from plan_pages.domain.rounding import percent_shown
from tests.plan_pages.builders import (
    a_chapter,
    a_goal,
    a_measure,
    a_plan,
    a_plan_of,
    a_task,
    a_value,
    an_entry,
    an_indicator,
)

Q1 = "2026-Q1"
END_OF_Q1 = date(2026, 3, 31)


def figure_of(*measures: Measure) -> Figure:
    return of_plan(a_plan_of(*measures), END_OF_Q1).figure


def reading_of(indicator: Indicator) -> Reading:
    periods = [value.period for value in indicator.values if value.actual is not None]
    return of_indicator(indicator, a_plan(), max(periods), periods)


def standing_of(measure: Measure, reported: list[str], as_of: str) -> Standing:
    chapter = a_chapter(goals=[a_goal(tasks=[a_task(measures=[measure])])], reported=reported)
    return next(of_plan(a_plan(chapters=[chapter]), date.fromisoformat(as_of)).measures()).standing


def test_a_task_of_50_100_none_and_stopped_is_75_with_coverage_2_of_3() -> None:
    figure = figure_of(
        a_measure(code="a", entries=[an_entry(Q1, percent=50)]),
        a_measure(code="b", entries=[an_entry(Q1, Status.COMPLETED, percent=100)]),
        a_measure(code="c"),
        a_measure(code="d", entries=[an_entry(Q1, Status.STOPPED, percent=10)]),
    )
    assert (figure.percent, figure.counted, figure.countable, figure.measures) == (75, 2, 3, 4)


def test_weights_3_and_1_with_20_and_60_give_30() -> None:
    assert (
        figure_of(
            a_measure(code="a", weight=3, entries=[an_entry(Q1, percent=20)]),
            a_measure(code="b", weight=1, entries=[an_entry(Q1, percent=60)]),
        ).percent
        == 30
    )


def test_a_goal_of_a_task_at_100_and_a_task_of_nine_measures_at_0_is_50() -> None:
    full = a_task(code="A", measures=[a_measure(code="A1", entries=[an_entry(Q1, percent=100)])])
    empty = a_task(
        code="B", measures=[a_measure(code=f"B{number}", entries=[an_entry(Q1, percent=0)]) for number in range(9)]
    )
    plan = a_plan(chapters=[a_chapter(goals=[a_goal(tasks=[full, empty])], reported=[Q1])])
    assert next(of_plan(plan, END_OF_Q1).goals()).figure.percent == 50


def test_a_worth_far_on_the_wrong_side_is_shown_so_and_0_in_means_and_not_on_course() -> None:
    # Expected is 8 at the end of 2026, on the line from 10 (2025) to 5 (2028): given as an interim target.
    reading = reading_of(
        an_indicator(
            direction=Direction.DECREASE,
            baseline=10,
            baseline_year=2025,
            target=5,
            target_year=2028,
            values=[a_value("2026", target=8, actual=20)],
        )
    )
    assert (reading.achievement, reading.held, reading.expected) == (-200, 0, 8)
    assert reading.expected_achievement == 40
    assert reading.on_course is False


@pytest.mark.parametrize(
    ("indicator", "achievement"),
    [
        (an_indicator(baseline=12, target=0, values=[a_value(Q1, actual=6)]), 50),
        (an_indicator(direction=Direction.MAINTAIN, target=100, values=[a_value(Q1, actual=90)]), 95),
        (an_indicator(direction=Direction.DECREASE, target=4, values=[a_value(Q1, actual=8)]), 50),
    ],
    ids=["towards zero", "maintained", "decrease without a baseline"],
)
def test_achievements(indicator: Indicator, achievement: int) -> None:
    assert reading_of(indicator).achievement == achievement


def test_a_sum_of_1_1_2_of_8_against_interim_targets_1_1_1_is_on_course() -> None:
    reading = reading_of(
        an_indicator(
            aggregate=Aggregate.SUM,
            target=8,
            values=[
                a_value("2026-Q1", target=1, actual=1),
                a_value("2026-Q2", target=1, actual=1),
                a_value("2026-Q3", target=1, actual=2),
                a_value("2026-Q4", target=1),
            ],
        )
    )
    assert (reading.worth, reading.achievement) == (4, 50)
    assert (reading.expected, reading.expected_achievement) == (3, Decimal("37.5"))
    assert reading.on_course is True


def test_an_entry_of_two_quarters_ago_is_shown_beside_and_not_counted() -> None:
    entry = an_entry(Q1, percent=40)
    standing = standing_of(a_measure(entries=[entry]), ["2026-Q1", "2026-Q2", "2026-Q3"], "2026-09-30")
    assert (standing.state, standing.status, standing.percent, standing.entry) == (State.NO_DATA, None, None, None)
    assert standing.last_known == entry
    assert standing.last_known.period == Period.parse(Q1)


def test_completed_stays_completed() -> None:
    standing = standing_of(
        a_measure(entries=[an_entry(Q1, Status.COMPLETED)]), ["2026-Q1", "2026-Q2", "2026-Q3"], "2026-09-30"
    )
    assert (standing.state, standing.percent, standing.carried) == (State.COMPLETED, 100, True)


def test_half_of_the_year_2026_is_181_of_365_days() -> None:
    standing = standing_of(a_measure(start="2026-01-01", end="2026-12-31"), [], "2026-06-30")
    assert standing.time_gone == pytest.approx(Decimal(18100) / 365)
    assert percent_shown(standing.time_gone) == 50
    assert round(standing.time_gone, 1) == Decimal("49.6")
