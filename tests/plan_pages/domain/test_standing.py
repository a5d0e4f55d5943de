"""Rules 1, 2, 3 and 9: what a measure is at a period."""

from datetime import date
from decimal import Decimal

import pytest

from plan_pages.choices import IndicatorKind, PercentSource, State, Status
from plan_pages.domain.plan import Entry, Indicator, Measure
from plan_pages.domain.progress import Standing, of_plan
from tests.plan_pages.builders import (
    a_chapter,
    a_goal,
    a_measure,
    a_plan,
    a_task,
    a_value,
    an_entry,
    an_indicator,
)

QUARTERS = ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]
ENTERED, FOLLOWS, INDICATORS = PercentSource.ENTERED, PercentSource.STATUS, PercentSource.INDICATORS


def standing_of(measure: Measure, reported: list[str] | None = None, as_of: str = "2026-09-30") -> Standing:
    """At 2026-Q3 unless told otherwise; the plan runs from 2026 to 2028."""
    chapter = a_chapter(
        goals=[a_goal(tasks=[a_task(measures=[measure])])], reported=QUARTERS[:3] if reported is None else reported
    )
    return next(of_plan(a_plan(chapters=[chapter]), date.fromisoformat(as_of)).measures()).standing


def measured(actual: int | None, period: str = "2026-Q3", kind: IndicatorKind = IndicatorKind.OUTPUT) -> Indicator:
    return an_indicator(kind=kind, target=10, values=[a_value(period, actual=actual, unavailable=actual is None)])


# Rule 1


def test_the_entry_of_the_period_counts() -> None:
    now = an_entry("2026-Q3", percent=30)
    standing = standing_of(a_measure(entries=[an_entry("2026-Q2", Status.COMPLETED), now]))
    assert (standing.entry, standing.carried, standing.last_known) == (now, False, None)


@pytest.mark.parametrize("status", [Status.COMPLETED, Status.STOPPED])
def test_completed_and_stopped_are_carried_forward(status: Status) -> None:
    entry = an_entry("2026-Q1", status, percent=80)
    standing = standing_of(a_measure(entries=[entry]))
    assert (standing.status, standing.entry, standing.carried) == (status, entry, True)


@pytest.mark.parametrize("status", [Status.NOT_STARTED, Status.ON_TRACK, Status.DELAYED])
def test_no_other_status_is_carried_forward(status: Status) -> None:
    entry = an_entry("2026-Q2", status, percent=80)
    standing = standing_of(a_measure(entries=[entry]))
    assert (standing.state, standing.status, standing.percent) == (State.NO_DATA, None, None)
    assert standing.last_known == entry


def test_only_the_last_entry_is_carried_forward() -> None:
    entries = [an_entry("2026-Q1", Status.COMPLETED), an_entry("2026-Q2", Status.ON_TRACK)]
    assert standing_of(a_measure(entries=entries)).state is State.NO_DATA


def test_the_order_in_which_entries_are_kept_does_not_matter() -> None:
    entries = [an_entry("2026-Q2", Status.STOPPED), an_entry("2026-Q1", Status.ON_TRACK)]
    assert standing_of(a_measure(entries=entries)).status is Status.STOPPED


def test_a_measure_that_starts_after_the_period_is_not_started_at_0() -> None:
    standing = standing_of(a_measure(start="2026-10-01"))
    assert (standing.state, standing.status, standing.percent) == (State.NOT_STARTED, Status.NOT_STARTED, 0)
    assert standing.entry is None


def test_a_measure_that_starts_on_the_last_day_of_the_period_has_started() -> None:
    assert standing_of(a_measure(start="2026-09-30")).state is State.NO_DATA


def test_a_measure_without_a_start_starts_with_the_plan() -> None:
    assert standing_of(a_measure(), [], "2025-12-31").state is State.NOT_STARTED
    assert standing_of(a_measure(), [], "2026-01-01").state is State.NO_DATA


def test_what_was_entered_stands_before_the_start_that_was_planned() -> None:
    entry = an_entry("2026-Q3", percent=10)
    assert standing_of(a_measure(start="2027-01-01", entries=[entry])).state is State.ON_TRACK


def test_entries_of_periods_that_were_not_approved_do_not_exist() -> None:
    measure = a_measure(entries=[an_entry("2026-Q2", Status.COMPLETED), an_entry("2026-Q3", percent=5)])
    standing = standing_of(measure, ["2026-Q1"])
    assert (standing.state, standing.entry, standing.last_known) == (State.NO_DATA, None, None)


def test_entries_after_the_date_do_not_exist() -> None:
    measure = a_measure(entries=[an_entry("2026-Q1", percent=5), an_entry("2026-Q3", Status.COMPLETED)])
    standing = standing_of(measure, as_of="2026-05-01")
    assert (standing.state, standing.percent) == (State.ON_TRACK, 5)


def test_a_period_counts_from_its_last_day_on() -> None:
    measure = a_measure(entries=[an_entry("2026-Q1", percent=5)])
    assert standing_of(measure, ["2026-Q1"], "2026-03-30").percent is None
    assert standing_of(measure, ["2026-Q1"], "2026-03-31").percent == 5


def test_an_entry_of_another_period_that_ends_the_same_day_counts() -> None:
    entry = an_entry("2026", percent=90)
    standing = standing_of(a_measure(entries=[entry]), ["2026-Q4", "2026"], "2026-12-31")
    assert (standing.entry, standing.carried) == (entry, False)


def test_of_two_entries_that_end_the_same_day_the_one_of_the_plans_own_frequency_counts() -> None:
    entries = [an_entry("2026", percent=90), an_entry("2026-Q4", percent=80), an_entry("2026-12", percent=70)]
    assert standing_of(a_measure(entries=entries), ["2026", "2026-12", "2026-Q4"], "2026-12-31").percent == 80


# Rule 2


@pytest.mark.parametrize(
    ("entry", "indicators", "percent", "source"),
    [
        (an_entry("2026-Q3", percent="33.3"), [], Decimal("33.3"), ENTERED),
        (an_entry("2026-Q3", percent=0), [measured(5)], 0, ENTERED),
        (an_entry("2026-Q3"), [], None, None),
        (an_entry("2026-Q3"), [measured(5)], 50, INDICATORS),
        (an_entry("2026-Q3"), [measured(5), measured(10)], 75, INDICATORS),
        (an_entry("2026-Q3"), [measured(5), measured(30)], 75, INDICATORS),
        (an_entry("2026-Q3"), [measured(-4), measured(10)], 50, INDICATORS),
        (an_entry("2026-Q3"), [measured(5), measured(None)], 50, INDICATORS),
        (an_entry("2026-Q3"), [measured(5, kind=IndicatorKind.RESULT)], None, None),
        (an_entry("2026-Q3"), [measured(5, "2026-Q1")], 50, INDICATORS),
        (an_entry("2026-Q3"), [measured(5, "2026-Q4")], None, None),
        (an_entry("2026-Q3", Status.DELAYED), [measured(5)], 50, INDICATORS),
        (an_entry("2026-Q3", Status.COMPLETED), [measured(5)], 100, FOLLOWS),
        (an_entry("2026-Q3", Status.COMPLETED, percent=80), [], 100, FOLLOWS),
        (an_entry("2026-Q3", Status.COMPLETED, percent=100), [], 100, ENTERED),
        (an_entry("2026-Q3", Status.NOT_STARTED), [measured(5)], 0, FOLLOWS),
        (an_entry("2026-Q3", Status.NOT_STARTED, percent=10), [], 10, ENTERED),
        (an_entry("2026-Q3", Status.STOPPED, percent=40), [], 40, ENTERED),
    ],
)
def test_the_percent_and_where_it_comes_from(
    entry: Entry, indicators: list[Indicator], percent: Decimal | None, source: PercentSource | None
) -> None:
    standing = standing_of(a_measure(entries=[entry], indicators=indicators))
    assert (standing.percent, standing.source) == (percent, source)


def test_indicators_give_a_percent_where_nothing_was_entered_but_no_state() -> None:
    standing = standing_of(a_measure(indicators=[measured(5)]))
    assert (standing.state, standing.percent, standing.source) == (State.NO_DATA, 50, INDICATORS)


# Rule 3

PAST, TO_COME = "2026-09-29", "2026-09-30"


@pytest.mark.parametrize(
    ("status", "end", "state", "late"),
    [
        (Status.ON_TRACK, PAST, State.DELAYED, True),
        (Status.ON_TRACK, TO_COME, State.ON_TRACK, False),
        (Status.ON_TRACK, None, State.ON_TRACK, False),
        (Status.DELAYED, PAST, State.DELAYED, True),
        (Status.DELAYED, TO_COME, State.DELAYED, False),
        (Status.NOT_STARTED, PAST, State.DELAYED, True),
        (Status.NOT_STARTED, TO_COME, State.NOT_STARTED, False),
        (Status.COMPLETED, PAST, State.COMPLETED, False),
        (Status.STOPPED, PAST, State.STOPPED, False),
        (None, PAST, State.DELAYED, True),
        (None, TO_COME, State.NO_DATA, False),
    ],
)
def test_each_measure_stands_in_the_first_part_that_fits(
    status: Status | None, end: str | None, state: State, late: bool
) -> None:
    entries = [an_entry("2026-Q3", status)] if status else []
    standing = standing_of(a_measure(end=end, entries=entries))
    assert (standing.state, standing.late) == (state, late)


def test_late_is_judged_on_the_day_and_not_at_the_period() -> None:
    measure = a_measure(end="2026-10-15", entries=[an_entry("2026-Q3", percent=50)])
    assert not standing_of(measure, as_of="2026-10-15").late
    assert standing_of(measure, as_of="2026-10-16").late


def test_late_leaves_what_was_entered_to_be_seen() -> None:
    standing = standing_of(a_measure(end=PAST, entries=[an_entry("2026-Q3", percent=50)]))
    assert (standing.status, standing.percent) == (Status.ON_TRACK, 50)


def test_a_measure_that_left_the_plan_before_its_end_does_not_become_late() -> None:
    measure = a_measure(end="2026-11-30", retired="2026-10-20", entries=[an_entry("2026-Q3", percent=50)])
    assert not standing_of(measure, as_of="2026-12-15").late


# Rule 9


@pytest.mark.parametrize(
    ("start", "end", "as_of", "gone"),
    [
        ("2026-01-01", "2026-01-04", "2025-12-31", 0),
        ("2026-01-01", "2026-01-04", "2026-01-01", 25),
        ("2026-01-01", "2026-01-04", "2026-01-02", 50),
        ("2026-01-01", "2026-01-04", "2026-01-04", 100),
        ("2026-01-01", "2026-01-04", "2027-01-01", 100),
        ("2026-01-02", "2026-01-02", "2026-01-01", 0),
        ("2026-01-02", "2026-01-02", "2026-01-02", 100),
        (None, "2026-01-04", "2026-01-03", 75),
        ("2028-12-30", None, "2028-12-30", 50),
        (None, "2025-06-30", "2025-06-29", 0),
        (None, "2025-06-30", "2025-06-30", 100),
        ("2030-01-01", None, "2029-12-31", 0),
        ("2030-01-01", None, "2030-01-01", 100),
    ],
)
def test_the_share_of_time_gone(start: str | None, end: str | None, as_of: str, gone: int) -> None:
    assert standing_of(a_measure(start=start, end=end), [], as_of).time_gone == gone


def test_a_measure_without_dates_has_the_time_of_the_plan() -> None:
    assert standing_of(a_measure(), [], "2026-12-31").time_gone == Decimal(36500) / 1096
