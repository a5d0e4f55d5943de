"""Periods: written, read, ordered, and their days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_pages.choices import Frequency
from plan_pages.domain.periods import MONTHS, Period


@st.composite
def periods(draw: st.DrawFn) -> Period:
    frequency = draw(st.sampled_from(Frequency))
    return Period(draw(st.integers(2, 9997)), frequency, draw(st.integers(1, 12 // MONTHS[frequency])))


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2026", "2026-01-01", "2026-12-31"),
        ("2026-H1", "2026-01-01", "2026-06-30"),
        ("2026-H2", "2026-07-01", "2026-12-31"),
        ("2026-Q1", "2026-01-01", "2026-03-31"),
        ("2026-Q4", "2026-10-01", "2026-12-31"),
        ("2028-02", "2028-02-01", "2028-02-29"),
        ("2026-12", "2026-12-01", "2026-12-31"),
    ],
)
def test_a_period_has_its_days(written: str, first: str, last: str) -> None:
    period = Period.parse(written)
    assert (period.start.isoformat(), period.last_day.isoformat()) == (first, last)


NO_PERIODS = (
    "|26|2026-|2026-Q0|2026-Q5|2026-H3|2026-00|2026-13|2026-1|2026-q1| 2026|2026\n|0000|9999|2026-Q１|٢٠٢٦|2026-03-31"
)


@pytest.mark.parametrize("written", NO_PERIODS.split("|"))
def test_anything_else_is_no_period(written: str) -> None:
    with pytest.raises(ValueError, match="period"):
        Period.parse(written)


def test_of_periods_that_end_together_the_shorter_stands_first() -> None:
    written = ["2026-Q3", "2026-12", "2026-Q4", "2026-H2", "2026", "2027-01"]
    assert [str(period) for period in sorted(map(Period.parse, reversed(written)))] == written


@given(periods())
def test_a_period_is_read_as_it_is_written(period: Period) -> None:
    assert Period.parse(str(period)) == period


@given(periods())
def test_a_period_ends_where_the_next_begins(period: Period) -> None:
    assert period.next().start == period.end == period.last_day + timedelta(days=1)
    assert period.next().previous() == period


@given(periods(), st.data())
def test_each_day_lies_in_the_period_that_contains_it(period: Period, data: st.DataObject) -> None:
    day = data.draw(st.dates(period.start, period.last_day))
    assert Period.containing(day, period.frequency) == period


@given(st.dates(date(2, 1, 1), date(9998, 1, 1)), st.sampled_from(Frequency))
def test_the_last_complete_period_is_over_and_the_next_is_not(today: date, frequency: Frequency) -> None:
    last = Period.last_complete(today, frequency)
    assert last.end <= today < last.next().end


@given(periods())
def test_the_year_before_has_the_same_place_in_its_year(period: Period) -> None:
    before = period.year_before()
    assert (before.year, before.frequency, before.number) == (period.year - 1, period.frequency, period.number)
