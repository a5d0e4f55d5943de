"""The days on which people are reminded of a period."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_pages.domain import deadlines

OPENS, DUE = date(2027, 1, 1), date(2027, 1, 22)


def day(text: str) -> date:
    return date.fromisoformat(text)


def days(opens: date | None, due: date | None, today: str) -> list[str]:
    return [each.isoformat() for each in deadlines.steps(opens, due, day(today))]


@pytest.mark.parametrize(
    ("opens", "due", "today", "expected"),
    [
        (OPENS, DUE, "2026-12-31", []),
        (OPENS, DUE, "2027-01-01", ["2027-01-01"]),
        (OPENS, DUE, "2027-01-22", ["2027-01-01", "2027-01-08", "2027-01-15", "2027-01-21"]),
        (OPENS, DUE, "2027-01-29", ["2027-01-01", "2027-01-08", "2027-01-15", "2027-01-21", "2027-01-23"]),
        (None, DUE, "2027-02-07", ["2027-01-08", "2027-01-15", "2027-01-21", "2027-01-23", "2027-01-30", "2027-02-06"]),
        # No closing day: it opens, and that is all.
        (OPENS, None, "2027-06-01", ["2027-01-01"]),
        (None, None, "2027-06-01", []),
        # It opens so late that the first steps would lie before that.
        (day("2027-01-18"), DUE, "2027-01-22", ["2027-01-18", "2027-01-21"]),
        (DUE, DUE, "2027-01-22", ["2027-01-22"]),
        # Two steps on one day are one.
        (day("2027-01-15"), DUE, "2027-01-15", ["2027-01-15"]),
    ],
)
def test_the_days_of_reminders(opens: date | None, due: date | None, today: str, expected: list[str]) -> None:
    assert days(opens, due, today) == expected


@pytest.mark.parametrize(
    ("due", "today", "reminded", "expected"),
    [
        (DUE, "2027-01-08", None, "2027-01-08"),
        (DUE, "2027-01-08", "2027-01-08", None),
        (DUE, "2027-01-14", "2027-01-08", None),
        # Nothing ran for days: the latest step, however many were missed.
        (DUE, "2027-01-20", "2027-01-01", "2027-01-15"),
        (DUE, "2027-03-01", "2027-01-01", "2027-02-27"),
        (DUE, "2027-01-20", None, "2027-01-15"),
        # Made up on the 17th, so the 15th is done, and the 21st is next.
        (DUE, "2027-01-20", "2027-01-17", None),
        (DUE, "2027-01-21", "2027-01-17", "2027-01-21"),
        # Moved later by three days, after the step of a week before was sent: the next one is that of the new day.
        (DUE + timedelta(days=3), "2027-01-15", "2027-01-15", None),
        (DUE + timedelta(days=3), "2027-01-18", "2027-01-15", "2027-01-18"),
        # Moved later by a month: the fortnight before the new day.
        (DUE + timedelta(days=31), "2027-02-07", "2027-01-23", None),
        (DUE + timedelta(days=31), "2027-02-08", "2027-01-23", "2027-02-08"),
        # Moved to a week earlier: the steps that are passed by that are told at once, as one.
        (DUE - timedelta(days=7), "2027-01-09", "2027-01-08", None),
        (DUE - timedelta(days=7), "2027-01-14", "2027-01-08", "2027-01-14"),
        (DUE - timedelta(days=14), "2027-01-05", "2027-01-01", None),
        (day("2027-01-12"), "2027-01-06", "2027-01-02", "2027-01-05"),
    ],
)
def test_what_is_owed(due: date, today: str, reminded: str | None, expected: str | None) -> None:
    found = deadlines.owed(OPENS, due, day(today), day(reminded) if reminded else None)
    assert (found.isoformat() if found else None) == expected


SOME_DAYS = st.dates(date(2026, 1, 1), date(2028, 1, 1))


@given(st.none() | SOME_DAYS, st.none() | SOME_DAYS, SOME_DAYS, st.sets(st.integers(0, 120)))
def test_whoever_runs_whenever_nothing_is_told_twice_or_left_out(
    opens: date | None, due: date | None, begin: date, runs: set[int]
) -> None:
    """Rounds on any days: after each of them the latest step is told, and none was told two times."""
    reminded, told = None, []
    for run in sorted(runs):
        today = begin + timedelta(days=run)
        if step := deadlines.owed(opens, due, today, reminded):
            told.append(step)
            reminded = today
        passed = deadlines.steps(opens, due, today)
        assert not passed or (reminded is not None and reminded >= passed[-1])
        assert deadlines.owed(opens, due, today, reminded) is None
    assert told == sorted(set(told))


@pytest.mark.parametrize(
    ("opens", "due", "expected"),
    [
        ("2027-01-05", "2027-01-15", "2027-01-05"),
        (None, None, "2027-01-01"),
        (None, "2027-01-25", "2027-01-01"),
        (None, "2027-01-10", "2026-12-27"),
    ],
)
def test_from_when_a_period_is_asked_for(opens: str | None, due: str | None, expected: str) -> None:
    opened, closed = (day(each) if each else None for each in (opens, due))
    assert deadlines.begins(opened, closed, day("2026-12-31")) == day(expected)


def test_days_left_are_counted_to_the_last_day() -> None:
    assert [deadlines.days_left(DUE, DUE + timedelta(days=number)) for number in (-1, 0, 3)] == [1, 0, -3]
