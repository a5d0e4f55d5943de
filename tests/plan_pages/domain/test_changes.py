"""What changed between two progresses of a plan."""

from datetime import date

import pytest

from plan_pages.choices import Status, Verdict
from plan_pages.domain.changes import Changes, DeadlineMove, MeasureChange, between
from plan_pages.domain.plan import DeadlineChange, Measure, Plan
from plan_pages.domain.progress import of_plan
from tests.plan_pages.builders import a_chapter, a_goal, a_measure, a_plan, a_task, an_entry

Q1, Q2 = date(2026, 3, 31), date(2026, 6, 30)


def holding(*measures: Measure) -> Plan:
    goals = [a_goal(tasks=[a_task(measures=measures)])]
    return a_plan(chapters=[a_chapter(goals=goals, reported=["2026-Q1", "2026-Q2"])])


def changes_of(*measures: Measure) -> Changes:
    """Of one reading of the plan, from the first quarter to the second."""
    plan = holding(*measures)
    return between(of_plan(plan, Q1), of_plan(plan, Q2))


def from_to(before: Measure, after: Measure) -> Changes:
    """Of two readings of the plan."""
    return between(of_plan(holding(before), Q1), of_plan(holding(after), Q2))


def reported(
    first: Status | None, second: Status | None, percents: tuple[int | None, int | None] = (50, 50), **given: object
) -> Measure:
    entries = [
        an_entry(period, status, percent=percent)
        for period, status, percent in zip(("2026-Q1", "2026-Q2"), (first, second), percents, strict=True)
        if status
    ]
    return a_measure(entries=entries, **given)


def only(changes: Changes) -> MeasureChange:
    (change,) = changes.measures
    return change


def test_nothing_changed_is_nothing_to_tell() -> None:
    changes = changes_of(reported(Status.ON_TRACK, Status.ON_TRACK))
    assert not changes
    assert changes.measures == ()


def test_time_that_passed_is_no_change_of_a_measure() -> None:
    changes = changes_of(reported(Status.ON_TRACK, Status.ON_TRACK, end="2026-12-31"))
    assert changes.plan.before != changes.plan.after
    assert not changes


def test_a_status_that_changed() -> None:
    change = only(changes_of(reported(Status.ON_TRACK, Status.DELAYED)))
    assert (change.state_changed, change.status_changed, change.percent_changed) == (True, True, False)
    assert (change.before.standing.status, change.after.standing.status) == (Status.ON_TRACK, Status.DELAYED)


def test_a_status_that_changed_within_its_state() -> None:
    change = only(changes_of(reported(Status.NOT_STARTED, Status.ON_TRACK, end="2026-03-01")))
    assert (change.state_changed, change.status_changed) == (False, True)


def test_a_percent_that_changed() -> None:
    change = only(changes_of(reported(Status.ON_TRACK, Status.ON_TRACK, (50, 70))))
    assert (change.percent_changed, change.percent) == (True, 20)


def test_a_percent_that_went_missing_changed_by_no_number() -> None:
    change = only(changes_of(reported(Status.ON_TRACK, None)))
    assert (change.percent_changed, change.percent) == (True, None)


def test_a_measure_becomes_late_once() -> None:
    assert only(changes_of(reported(Status.ON_TRACK, Status.ON_TRACK, end="2026-05-01"))).newly_late
    assert not only(changes_of(reported(Status.ON_TRACK, Status.ON_TRACK, (50, 60), end="2026-02-01"))).newly_late


# Deadlines


def test_two_readings_show_a_deadline_that_moved_with_the_original_end() -> None:
    before = a_measure(end="2026-12-31", original_end="2026-09-30")
    change = only(from_to(before, a_measure(end="2027-01-31", original_end="2026-09-30")))
    assert change.deadline == DeadlineMove(date(2026, 12, 31), date(2027, 1, 31), date(2026, 9, 30))
    assert change.deadline.days == 31


@pytest.mark.parametrize(("was", "became"), [(None, "2027-01-31"), ("2026-12-31", None)])
def test_an_end_that_was_given_or_lost_moved_by_no_number_of_days(was: str | None, became: str | None) -> None:
    deadline = only(from_to(a_measure(end=was), a_measure(end=became))).deadline
    assert deadline is not None
    assert deadline.days is None


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ([("2026-03-31", "2026-09-30", "2026-12-31")], None),
        ([("2026-04-01", "2026-09-30", "2026-12-31")], ("2026-09-30", "2026-12-31")),
        ([("2026-06-30", "2026-09-30", "2026-12-31")], ("2026-09-30", "2026-12-31")),
        ([("2026-07-01", "2026-09-30", "2026-12-31")], None),
        (
            [("2026-05-02", "2026-10-31", "2026-12-31"), ("2026-05-01", "2026-09-30", "2026-10-31")],
            ("2026-09-30", "2026-12-31"),
        ),
        ([("2026-05-01", "2026-12-31", "2027-10-31"), ("2026-05-02", "2027-10-31", "2026-12-31")], None),
    ],
)
def test_one_reading_tells_the_moves_between_the_two_dates(
    days: list[tuple[str, str, str]], told: tuple[str, str] | None
) -> None:
    moves = [DeadlineChange(*(date.fromisoformat(day) for day in move)) for move in days]
    changes = changes_of(a_measure(end="2026-12-31", deadline_changes=moves))
    moves_told = [(change.deadline.was, change.deadline.became) for change in changes.measures if change.deadline]
    assert moves_told == ([tuple(map(date.fromisoformat, told))] if told else [])


# Matching


def test_a_measure_is_followed_by_its_id_through_a_new_code() -> None:
    changes = from_to(a_measure(id="x", code="1"), a_measure(id="x", code="2"))
    assert not changes


def test_another_measure_under_the_same_code_is_another_measure() -> None:
    changes = from_to(a_measure(id="x", code="1"), a_measure(id="y", code="1"))
    assert [each.measure.id for each in changes.new] == ["y"]
    assert [each.measure.id for each in changes.retired] == ["x"]


@pytest.mark.parametrize(("before", "after"), [("", ""), ("x", ""), ("", "y")])
def test_without_an_id_a_measure_is_followed_by_its_code(before: str, after: str) -> None:
    assert not from_to(a_measure(id=before, code="1"), a_measure(id=after, code="1"))


def test_a_measure_retired_between_the_dates_is_told() -> None:
    changes = changes_of(a_measure(code="1", retired="2026-05-01"), a_measure(code="2"))
    assert [each.measure.code for each in changes.retired] == ["1"]
    assert changes


# Order


def test_the_most_notable_stands_first() -> None:
    on_track = Status.ON_TRACK
    measures = [
        reported(on_track, on_track, (50, 60), code="risen"),
        reported(on_track, on_track, (50, 90), code="risen much"),
        reported(Status.NOT_STARTED, on_track, (0, 10), code="started"),
        reported(on_track, on_track, (50, 40), code="fallen"),
        reported(on_track, None, code="silent"),
        reported(on_track, Status.COMPLETED, code="completed"),
        reported(
            on_track,
            on_track,
            code="moved",
            end="2027-01-01",
            deadline_changes=[DeadlineChange(date(2026, 5, 1), date(2026, 12, 1), date(2027, 1, 1))],
        ),
        reported(on_track, Status.DELAYED, code="delayed"),
        reported(on_track, on_track, code="late", end="2026-05-01"),
        reported(on_track, Status.STOPPED, code="stopped"),
    ]
    assert [change.after.measure.code for change in changes_of(*measures).measures] == [
        "stopped",
        "late",
        "delayed",
        "moved",
        "completed",
        "silent",
        "fallen",
        "started",
        "risen much",
        "risen",
    ]


def test_what_is_alike_stands_in_the_order_of_codes() -> None:
    measures = [reported(Status.ON_TRACK, Status.DELAYED, code=code) for code in ("1.10", "1.9", "1.2")]
    assert [change.after.measure.code for change in changes_of(*measures).measures] == ["1.2", "1.9", "1.10"]


# Chapters and the plan


def test_the_plan_and_each_chapter_tell_their_figures() -> None:
    changes = changes_of(reported(Status.ON_TRACK, Status.ON_TRACK, (30, 50), start="2026-01-01", end="2027-12-31"))
    assert changes.plan.percent == 20
    assert [(chapter.code, chapter.percent) for chapter in changes.chapters] == [("1", 20)]
    assert not changes.plan.verdict_changed


def test_a_verdict_that_changed() -> None:
    changes = changes_of(reported(Status.ON_TRACK, Status.ON_TRACK, (25, 25), start="2026-01-01", end="2026-12-31"))
    assert changes.plan.verdict_changed
    assert changes.plan.after is not None
    assert changes.plan.after.verdict is Verdict.WELL_BEHIND


def test_a_chapter_that_came_or_went_has_one_side_only() -> None:
    old, new = a_plan(chapters=[a_chapter(code="1")]), a_plan(chapters=[a_chapter(code="2")])
    chapters = between(of_plan(old, Q1), of_plan(new, Q2)).chapters
    assert [(each.code, each.before is None, each.after is None) for each in chapters] == [
        ("2", True, False),
        ("1", False, True),
    ]
    assert [each.percent for each in chapters] == [None, None]
