"""Rules 4 and 10, and where chapters stand: from measures to the whole plan."""

from datetime import date
from decimal import Decimal

import pytest

from plan_pages.choices import Frequency, Level, State, Status, Verdict
from plan_pages.domain.periods import Period
from plan_pages.domain.plan import Measure
from plan_pages.domain.progress import Figure, MixedWeights, PlanProgress, of_chapter, of_plan, verdict
from tests.plan_pages.builders import a_chapter, a_goal, a_measure, a_plan, a_plan_of, a_task, an_entry

Q1 = "2026-Q1"
END_OF_Q1 = date(2026, 3, 31)


def at(percent: int | str | None, code: str = "m", weight: int | str | None = None) -> Measure:
    entries = [] if percent is None else [an_entry(Q1, percent=percent)]
    return a_measure(code=code, weight=weight, entries=entries)


def stopped(percent: int | None = None, weight: int | None = None) -> Measure:
    return a_measure(code="s", weight=weight, entries=[an_entry(Q1, Status.STOPPED, percent=percent)])


def progress_of(*measures: Measure) -> PlanProgress:
    plan = a_plan(
        chapters=[a_chapter(goals=[a_goal(tasks=[a_task(measures=measures)])], reported=[Q1])],
    )
    return of_plan(plan, END_OF_Q1)


def figure_of(*measures: Measure) -> Figure:
    return next(progress_of(*measures).tasks()).figure


@pytest.mark.parametrize(
    ("measures", "percent"),
    [
        ([], None),
        ([at(None)], None),
        ([stopped(50)], None),
        ([at(40), at(None)], 40),
        ([at(40), stopped(100)], 40),
        ([at(0), at(None)], 0),
        ([at(20, weight=0), at(60, weight=5)], 60),
        ([at(20, weight=0), at(60, weight=0)], None),
        ([at(20, weight=0), at(None, weight=5)], None),
        ([at(20, weight=3), at(60)], 30),
        ([at(10, weight="0.00068"), at(20, weight="0.00068")], 15),
        ([at(0, weight="0.000000000001"), at(100, weight="999999999999.999999999999")], Decimal("99.99999999999999")),
    ],
)
def test_the_weighted_mean_of_what_has_a_percent(measures: list[Measure], percent: Decimal | None) -> None:
    figure = figure_of(*measures)
    assert figure.percent == (percent if percent is None else pytest.approx(percent, abs=Decimal("1e-13")))


def test_a_third_keeps_all_its_digits() -> None:
    assert figure_of(at(0), at(0), at(100)).percent == Decimal("33.33333333333333333333333333")


def test_tasks_goals_and_chapters_weigh_as_they_say() -> None:
    def chapter(code: str, weight: int | None, percents: dict[str, tuple[int, int]]) -> object:
        goals = [
            a_goal(code=code + name, weight=goal_weight, tasks=[a_task(code=code + name, measures=[at(percent)])])
            for name, (goal_weight, percent) in percents.items()
        ]
        return a_chapter(code=code, weight=weight, goals=goals, reported=[Q1])

    plan = a_plan(
        chapters=[chapter("1", 1, {"a": (1, 0), "b": (3, 100)}), chapter("2", 4, {"a": (1, 10), "b": (1, 30)})],
    )
    progress = of_plan(plan, END_OF_Q1)
    assert [each.figure.percent for each in progress.chapters] == [75, 20]
    assert progress.figure.percent == 31


def test_a_task_without_a_figure_leaves_its_share_to_the_others() -> None:
    tasks = [
        a_task(code="1", weight=90, measures=[at(None)]),
        a_task(code="2", weight=5, measures=[at(20)]),
        a_task(code="3", weight=5, measures=[at(40)]),
    ]
    plan = a_plan(chapters=[a_chapter(goals=[a_goal(tasks=tasks)], reported=[Q1])])
    assert of_plan(plan, END_OF_Q1).figure.percent == 30


def test_coverage_is_of_the_measures_not_stopped() -> None:
    figure = figure_of(at(10), at(None), at(None), stopped(100))
    assert (figure.counted, figure.countable, figure.coverage) == (1, 3, Decimal("33.33333333333333333333333333"))


def test_there_is_no_coverage_where_all_are_stopped() -> None:
    assert figure_of(stopped()).coverage is None


def test_every_state_is_counted_up_to_the_plan() -> None:
    states = progress_of(at(10), at(None), at(None), stopped()).figure.states
    assert states == {
        State.COMPLETED: 0,
        State.ON_TRACK: 1,
        State.DELAYED: 0,
        State.STOPPED: 1,
        State.NOT_STARTED: 0,
        State.NO_DATA: 2,
    }


def test_time_gone_rolls_up_over_all_measures_not_stopped() -> None:
    ended = a_measure(code="a", weight=1, start="2026-01-01", end="2026-01-31")
    to_come = a_measure(code="b", weight=3, start="2027-01-01", end="2027-12-31")
    gone = a_measure(code="c", weight=9, start="2026-01-01", end="2026-01-31", entries=[an_entry(Q1, Status.STOPPED)])
    assert figure_of(ended, to_come, gone).time_gone == 25


# Warnings


def test_weights_given_to_some_only_are_warned_of() -> None:
    progress = progress_of(at(10, "1.1.1.1", weight=2), at(20, "1.1.1.2"))
    assert list(progress.warnings()) == [MixedWeights("1.1.1", Level.MEASURE, ("1.1.1.2",))]


@pytest.mark.parametrize("weights", [(None, None), (1, 2), (0, 0), (None,), (3,)])
def test_weights_given_to_all_or_none_are_not_warned_of(weights: tuple[int | None, ...]) -> None:
    assert not list(progress_of(*(at(10, str(weight), weight=weight) for weight in weights)).warnings())


def test_warnings_name_the_level_and_the_parent() -> None:
    goals = [
        a_goal(code="1.1", weight=1, tasks=[a_task(code="1.1.1", weight=1), a_task(code="1.1.2")]),
        a_goal(code="1.2"),
    ]
    plan = a_plan(chapters=[a_chapter(code="1", goals=goals), a_chapter(code="2", weight=1)])
    assert list(of_plan(plan, END_OF_Q1).warnings()) == [
        MixedWeights("", Level.CHAPTER, ("1",)),
        MixedWeights("1", Level.GOAL, ("1.2",)),
        MixedWeights("1.1", Level.TASK, ("1.1.2",)),
    ]


# Verdict


@pytest.mark.parametrize(
    ("percent", "time_gone", "counted", "countable", "expected"),
    [
        (45, 50, 1, 1, Verdict.ON_COURSE),
        ("44.9", 50, 1, 1, Verdict.BEHIND),
        (35, 50, 1, 1, Verdict.BEHIND),
        ("34.9", 50, 1, 1, Verdict.WELL_BEHIND),
        (0, 0, 1, 1, Verdict.ON_COURSE),
        (0, 1, 1, 1, Verdict.WELL_BEHIND),
        (100, 100, 1, 2, Verdict.ON_COURSE),
        (100, 100, 49, 99, Verdict.NONE),
        (100, 100, 1, 3, Verdict.NONE),
        (None, 50, 0, 1, Verdict.NONE),
        (None, 50, 1, 1, Verdict.NONE),
        (None, None, 0, 0, Verdict.NONE),
        # Nine tenths of 6/11, of which the last digit was rounded up.
        ("49.09090909090909090909090909", "54.54545454545454545454545455", 1, 1, Verdict.ON_COURSE),
    ],
)
def test_the_verdict(
    percent: str | int | None, time_gone: str | int | None, counted: int, countable: int, expected: Verdict
) -> None:
    given = [None if amount is None else Decimal(amount) for amount in (percent, time_gone)]
    assert verdict(given[0], given[1], counted, countable) is expected


def test_a_plan_without_chapters_has_no_figure_and_no_span() -> None:
    progress = of_plan(a_plan(chapters=[]), END_OF_Q1)
    assert (progress.figure.percent, progress.figure.measures, progress.span) == (None, 0, None)
    assert progress.figure.verdict is Verdict.NONE


# Where chapters stand


@pytest.mark.parametrize(
    ("reported", "as_of", "period"),
    [
        ([], "2026-06-30", None),
        (["2026-Q1"], "2026-03-30", None),
        (["2026-Q1"], "2026-03-31", "2026-Q1"),
        (["2026-Q1", "2026-Q2"], "2027-01-01", "2026-Q2"),
        (["2026-Q2", "2026-Q1"], "2026-06-29", "2026-Q1"),
        (["2026-Q4", "2026", "2026-12", "2026-H2"], "2026-12-31", "2026-Q4"),
        (["2026", "2026-12"], "2026-12-31", "2026"),
        (["2026-Q2", "2026-07"], "2026-12-31", "2026-07"),
    ],
)
def test_a_chapter_stands_at_its_latest_reported_period(reported: list[str], as_of: str, period: str | None) -> None:
    chapter = a_chapter(reported=reported)
    found = of_chapter(chapter, a_plan(frequency=Frequency.QUARTER, chapters=[chapter]), date.fromisoformat(as_of))
    assert found.period == (period and Period.parse(period))
    assert found.day == (found.period.last_day if found.period else date.fromisoformat(as_of))


def test_the_plan_names_the_span_of_its_chapters() -> None:
    chapters = [
        a_chapter(code="1", reported=["2026-Q1", "2026-Q2"]),
        a_chapter(code="2", reported=["2026-Q1"]),
        a_chapter(code="3"),
    ]
    span = of_plan(a_plan(chapters=chapters), date(2026, 6, 30)).span
    assert span == (Period.parse("2026-Q1"), Period.parse("2026-Q2"))


# What has left the plan


@pytest.mark.parametrize(("retired", "stays"), [("2026-03-30", False), ("2026-03-31", False), ("2026-04-01", True)])
def test_what_was_retired_after_the_periods_end_is_still_in_its_figures(retired: str, stays: bool) -> None:
    measure = a_measure(code="a", retired=retired, entries=[an_entry(Q1, percent=80)])
    assert len(list(progress_of(measure).measures())) == int(stays)
    task = a_task(retired=retired, measures=[at(80)])
    goal = a_goal(retired=retired, tasks=[a_task(measures=[at(80)])])
    for goals in ([a_goal(tasks=[task])], [goal]):
        progress = of_plan(a_plan(chapters=[a_chapter(goals=goals, reported=[Q1])]), END_OF_Q1)
        assert progress.figure.measures == int(stays)


def test_what_left_after_the_period_is_still_shown_on_a_later_day() -> None:
    plan = a_plan_of(a_measure(retired="2026-05-01", entries=[an_entry(Q1, percent=80)]))
    assert of_plan(plan, date(2026, 6, 15)).figure.percent == 80


def chapters_on(day: str, *, retired: str, others: list[str]) -> list[str]:
    """Chapter 1 left the plan on a day, having reported 2026-Q1; chapter 2 goes on reporting."""
    chapters = [a_chapter(code="1", reported=[Q1], retired=retired), a_chapter(code="2", reported=others)]
    return [each.chapter.code for each in of_plan(a_plan(chapters=chapters), date.fromisoformat(day)).chapters]


def test_a_chapter_that_left_stays_until_the_plan_has_gone_past_that_day() -> None:
    assert chapters_on("2026-06-15", retired="2026-05-01", others=[Q1, "2026-Q2"]) == ["1", "2"]
    assert chapters_on("2026-06-30", retired="2026-05-01", others=[Q1, "2026-Q2"]) == ["2"]
    assert chapters_on("2026-06-30", retired="2026-05-01", others=[Q1]) == ["1", "2"]
    assert chapters_on("2026-06-30", retired="2026-05-01", others=[]) == ["1", "2"]


def test_a_chapter_that_left_before_anything_was_reported_is_judged_on_the_day() -> None:
    plan = a_plan(chapters=[a_chapter(code="1", retired="2026-02-01"), a_chapter(code="2")])
    assert [each.chapter.code for each in of_plan(plan, date(2026, 1, 31)).chapters] == ["1", "2"]
    assert [each.chapter.code for each in of_plan(plan, date(2026, 2, 1)).chapters] == ["2"]


def test_the_tree_stands_in_the_order_of_the_plan() -> None:
    codes = ["1.10", "1.2", "b", "a"]
    assert [each.measure.code for each in progress_of(*(at(1, code) for code in codes)).measures()] == codes
