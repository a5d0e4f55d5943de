"""Due times: a table of what the calendar and the clock on the wall do to them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from plan_pages.choices import Frequency
from plan_pages.domain.periods import Period
from reports.choices import ReportKind
from reports.schedule import Schedule, counts_from, due_time, due_times, next_due, next_five
from reports.sentence import sentence

VILNIUS = "Europe/Vilnius"
QUARTERLY = Schedule(Frequency.QUARTER, 20, 8, VILNIUS, 2022, 2030)


def moment(text: str) -> datetime:
    """A moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("period", "days", "hour", "due"),
    [
        ("2026-Q4", 20, 8, "2027-01-20T06:00"),  # over the end of a year, in winter time
        ("2026-Q2", 20, 8, "2026-07-20T05:00"),  # in summer time
        ("2026-01", 28, 9, "2026-02-28T07:00"),  # the last day of February
        ("2028-01", 29, 9, "2028-02-29T07:00"),  # the leap day
        ("2027-01", 29, 9, "2027-03-01T07:00"),  # no leap day: the first of March
        ("2028-02", 1, 0, "2028-02-29T22:00"),  # the day after the leap day, at midnight
        ("2026-02", 1, 0, "2026-02-28T22:00"),
        ("2026-04", 31, 8, "2026-05-31T05:00"),
        ("2026-H1", 1, 8, "2026-07-01T05:00"),
        ("2026", 366, 23, "2028-01-01T21:00"),
        ("2026-02", 29, 3, "2026-03-29T01:00"),  # 3:00 is skipped on that day: it rings at 4:00
        ("2026-02", 29, 2, "2026-03-29T00:00"),
        ("2026-02", 29, 4, "2026-03-29T01:00"),
        ("2026-09", 25, 3, "2026-10-25T00:00"),  # 3:00 comes twice on that day: the first
        ("2026-09", 25, 2, "2026-10-24T23:00"),
        ("2026-09", 25, 4, "2026-10-25T02:00"),
    ],
)
def test_a_report_is_due_so_many_days_after_its_period_at_the_hour_on_the_wall(
    period: str, days: int, hour: int, due: str
) -> None:
    value = Period.parse(period)
    schedule = replace(QUARTERLY, frequency=value.frequency, days=days, hour=hour)
    assert due_time(schedule, value) == moment(due)


def test_an_hour_that_is_skipped_in_march_rings_once() -> None:
    monthly = replace(QUARTERLY, frequency=Frequency.MONTH, days=29, hour=3)
    found = due_times(monthly, moment("2026-03-28T00:00"), moment("2026-03-31T00:00"))
    assert [str(due.period) for due in found] == ["2026-02"]


def test_an_hour_that_comes_twice_in_october_rings_once() -> None:
    monthly = replace(QUARTERLY, frequency=Frequency.MONTH, days=25, hour=3)
    found = due_times(monthly, moment("2026-10-24T00:00"), moment("2026-10-27T00:00"))
    assert [(str(due.period), due.moment) for due in found] == [("2026-09", moment("2026-10-25T00:00"))]


@pytest.mark.parametrize(
    ("frequency", "days", "periods"),
    [
        (Frequency.MONTH, 10, ["2026-09", "2026-10", "2026-11", "2026-12", "2027-01"]),
        (Frequency.QUARTER, 10, ["2026-Q3", "2026-Q4", "2027-Q1", "2027-Q2", "2027-Q3"]),
        (Frequency.HALF, 10, ["2026-H2", "2027-H1", "2027-H2", "2028-H1", "2028-H2"]),
        (Frequency.YEAR, 10, ["2026", "2027", "2028", "2029", "2030"]),
        (Frequency.MONTH, 45, ["2026-08", "2026-09", "2026-10", "2026-11", "2026-12"]),
    ],
)
def test_the_next_five_follow_each_other(frequency: Frequency, days: int, periods: list[str]) -> None:
    found = next_five(replace(QUARTERLY, frequency=frequency, days=days), moment("2026-10-01T12:00"))
    assert [str(due.period) for due in found] == periods


def test_a_range_includes_its_start_and_excludes_its_end() -> None:
    due = due_time(QUARTERLY, Period.parse("2026-Q3"))
    assert [str(each.period) for each in due_times(QUARTERLY, due, due + timedelta(seconds=1))] == ["2026-Q3"]
    assert due_times(QUARTERLY, due - timedelta(days=1), due) == ()


def test_nothing_is_due_before_the_plan_begins() -> None:
    assert str(next_due(QUARTERLY, moment("1999-01-01T00:00"), 1)[0].period) == "2022-Q1"


def test_the_last_report_of_a_plan_is_due_after_its_end_and_then_no_more() -> None:
    assert [str(due.period) for due in next_five(QUARTERLY, moment("2030-12-01T00:00"))] == ["2030-Q4"]
    assert next_five(QUARTERLY, moment("2031-01-20T06:01")) == ()


@given(
    st.sampled_from(list(Frequency)),
    st.integers(1, 366),
    st.integers(0, 23),
    st.integers(0, 4000),
    st.integers(0, 900),
)
def test_no_period_is_lost_or_due_twice_however_the_time_is_cut(
    frequency: Frequency, days: int, hour: int, cut: int, length: int
) -> None:
    schedule = Schedule(frequency, days, hour, VILNIUS, 2022, 2030)
    start = moment("2021-01-01T00:00")
    middle = start + timedelta(days=cut)
    end = middle + timedelta(days=length)
    whole = due_times(schedule, start, end)
    assert due_times(schedule, start, middle) + due_times(schedule, middle, end) == whole
    assert all(before < after for before, after in pairwise(due.moment for due in whole))
    assert all(due.moment.astimezone(ZoneInfo(VILNIUS)).hour in (hour, hour + 1) for due in whole)


NOW = moment("2026-11-05T12:00")
SINCE = moment("2026-01-01T00:00")


@pytest.mark.parametrize(
    ("change", "due"),
    [
        ({}, "2026-Q3"),  # due on the 20th of October: gone by, and made
        ({"days": 40}, ""),  # moved to the 9th of November: still to come
        ({"days": 10}, "2026-Q3"),  # moved back: one that is not made yet is due at once, by its first due time
        ({"hour": 23}, "2026-Q3"),
        ({"frequency": Frequency.MONTH}, ""),  # other periods: those that are over are not caught up
    ],
)
def test_a_schedule_edited_in_mid_period_loses_nothing_and_catches_nothing_up(
    change: dict[str, object], due: str
) -> None:
    edited = replace(QUARTERLY, **change)  # type: ignore[arg-type]
    since = counts_from(QUARTERLY, edited, SINCE, NOW)
    found = due_times(edited, max(since, moment("2026-10-01T00:00")), NOW)
    assert [str(each.period) for each in found] == ([due] if due else [])


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Council's report of each quarter, 20 days after its end at 08:00; next: 2027-01-20"),
        (
            "lt",
            "Įgyvendinimo ataskaita už kiekvieną ketvirtį, praėjus 20 dienų nuo laikotarpio pabaigos, 08:00 val.; "
            "kita: 2027-01-20",
        ),
    ],
)
def test_a_schedule_is_said_in_plain_words(language: str, words: str) -> None:
    with translation.override(language):
        assert sentence(ReportKind.COUNCIL, QUARTERLY, moment("2026-11-22T00:00")) == words


def test_the_sentence_says_when_nothing_follows() -> None:
    assert sentence(ReportKind.MAYOR, QUARTERLY, moment("2031-02-01T00:00")).endswith("the plan ends")
    assert sentence(ReportKind.MAYOR, QUARTERLY, NOW, active=False).endswith("resting")
