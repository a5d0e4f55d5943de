"""What holds of the figures whatever the plan: found by search, not by example."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from plan_pages.choices import State, Status, Verdict
from plan_pages.domain.plan import Chapter, Entry, Measure, Plan, Task, Text
from plan_pages.domain.progress import Figure, PlanProgress, of_plan
from tests.plan_pages.domain.any_plans import DAYS, PERCENTS, QUARTERS, WEIGHTS, perhaps, plans


def numbers(figure: Figure) -> tuple:
    """All of a figure but its warnings, which name children in the order of the plan."""
    return figure.percent, figure.counted, figure.countable, figure.states, figure.time_gone, figure.verdict


def levels(progress: PlanProgress) -> list[tuple[Figure, list[Figure]]]:
    """Each figure with those of its children, down to the tasks."""
    found = [(progress.figure, [chapter.figure for chapter in progress.chapters])]
    found += [(chapter.figure, [goal.figure for goal in chapter.goals]) for chapter in progress.chapters]
    return found + [(goal.figure, [task.figure for task in goal.tasks]) for goal in progress.goals()]


def with_every_task(plan: Plan, change: Callable[[Task], Task]) -> Plan:
    return replace(
        plan,
        chapters=tuple(
            replace(
                chapter,
                goals=tuple(replace(goal, tasks=tuple(change(task) for task in goal.tasks)) for goal in chapter.goals),
            )
            for chapter in plan.chapters
        ),
    )


@given(plans, DAYS)
def test_a_figure_lies_between_those_of_its_children(plan: Plan, as_of: date) -> None:
    progress = of_plan(plan, as_of)
    families = levels(progress)
    for task in progress.tasks():
        counted = [each.standing for each in task.measures if not each.standing.stopped]
        percents = [standing.percent for standing in counted if standing.percent is not None]
        assert task.figure.percent is None or min(percents) <= task.figure.percent <= max(percents)
    for figure, children in families:
        for part in ("percent", "time_gone"):
            parts = [getattr(child, part) for child in children if getattr(child, part) is not None]
            whole = getattr(figure, part)
            assert whole is None or min(parts) <= whole <= max(parts)


@given(plans, DAYS)
def test_counts_add_up(plan: Plan, as_of: date) -> None:
    progress = of_plan(plan, as_of)
    for figure, children in levels(progress):
        assert set(figure.states) == set(State)
        assert sum(figure.states.values()) == figure.measures == sum(child.measures for child in children)
        assert figure.countable == sum(child.countable for child in children)
        assert figure.countable == figure.measures - figure.states[State.STOPPED]
        assert 0 <= figure.counted <= figure.countable
    assert progress.figure.measures == len(list(progress.measures()))


@given(plans, DAYS, st.randoms(use_true_random=False))
def test_order_never_matters(plan: Plan, as_of: date, chance: random.Random) -> None:
    def mixed(items: tuple) -> tuple:
        return tuple(chance.sample(items, len(items)))

    def mixed_measure(measure: Measure) -> Measure:
        shuffled = tuple(replace(each, values=mixed(each.values)) for each in mixed(measure.indicators))
        return replace(measure, indicators=shuffled, entries=mixed(measure.entries))

    other = with_every_task(plan, lambda task: replace(task, measures=mixed(tuple(map(mixed_measure, task.measures)))))
    other = replace(
        other,
        chapters=mixed(
            tuple(
                replace(
                    chapter,
                    reported=mixed(chapter.reported),
                    goals=mixed(tuple(replace(goal, tasks=mixed(goal.tasks)) for goal in chapter.goals)),
                )
                for chapter in other.chapters
            )
        ),
    )
    assert numbers(of_plan(other, as_of).figure) == numbers(of_plan(plan, as_of).figure)


@given(plans, DAYS, perhaps(WEIGHTS))
def test_a_child_without_data_changes_no_percent(plan: Plan, as_of: date, weight: Decimal | None) -> None:
    # It began before the plan and has no end: there is no data of it, and it cannot be late.
    silent = Measure("new", Text(), start=date(2020, 1, 1), weight=weight)
    empty = Task("new", Text(), weight=weight, measures=(silent,))
    more = with_every_task(plan, lambda task: replace(task, measures=(*task.measures, silent)))
    more = replace(
        more,
        chapters=tuple(
            replace(chapter, goals=tuple(replace(goal, tasks=(*goal.tasks, empty)) for goal in chapter.goals))
            for chapter in more.chapters
        ),
    )
    before, after = of_plan(plan, as_of), of_plan(more, as_of)
    assert after.figure.percent == before.figure.percent
    assert after.figure.counted == before.figure.counted
    assert [goal.figure.percent for goal in after.goals()] == [goal.figure.percent for goal in before.goals()]
    added = after.figure.measures - before.figure.measures
    assert after.figure.states[State.NO_DATA] == before.figure.states[State.NO_DATA] + added


@given(plans, DAYS, PERCENTS, WEIGHTS)
def test_a_stopped_measure_changes_nothing_but_the_number_of_stopped(
    plan: Plan, as_of: date, percent: Decimal, weight: Decimal
) -> None:
    entry = tuple(Entry(period, Status.STOPPED, percent) for period in QUARTERS)
    stopped = Measure("new", Text(), weight=weight, entries=entry)
    # Where no period was reported by then, the entries of the measure do not exist.
    plan = replace(plan, chapters=tuple(replace(chapter, reported=(QUARTERS[0],)) for chapter in plan.chapters))
    as_of = max(as_of, QUARTERS[0].last_day)
    more = with_every_task(plan, lambda task: replace(task, measures=(*task.measures, stopped)))
    before, after = of_plan(plan, as_of).figure, of_plan(more, as_of).figure
    assert (after.percent, after.time_gone, after.coverage) == (before.percent, before.time_gone, before.coverage)
    assert after.verdict is before.verdict
    assert after.states[State.STOPPED] - before.states[State.STOPPED] == after.measures - before.measures


@given(plans, DAYS, st.sampled_from([Decimal("0.00068"), Decimal(3), Decimal("1234.5678")]))
def test_scaling_all_weights_changes_no_figure(plan: Plan, as_of: date, factor: Decimal) -> None:
    def weighing(factor: Decimal) -> Plan:
        def weigh(item):  # noqa: ANN001, ANN202 (any level of the plan)
            return replace(item, weight=factor * (Decimal(1) if item.weight is None else item.weight))

        def weigh_task(task: Task) -> Task:
            return weigh(replace(task, measures=tuple(map(weigh, task.measures))))

        weighed = with_every_task(plan, weigh_task)
        return replace(
            weighed,
            chapters=tuple(
                weigh(replace(chapter, goals=tuple(map(weigh, chapter.goals)))) for chapter in weighed.chapters
            ),
        )

    figure = numbers(of_plan(plan, as_of).figure)
    assert numbers(of_plan(weighing(Decimal(1)), as_of).figure) == figure
    assert numbers(of_plan(weighing(factor), as_of).figure) == figure


@given(plans, DAYS)
def test_a_standing_holds_together(plan: Plan, as_of: date) -> None:
    for each in of_plan(plan, as_of).measures():
        standing = each.standing
        assert (standing.percent is None) == (standing.source is None)
        assert standing.percent is None or 0 <= standing.percent <= 100
        assert 0 <= standing.time_gone <= 100
        assert standing.entry is None or standing.last_known is None
        assert not (standing.carried and standing.status not in {Status.COMPLETED, Status.STOPPED})
        assert not (standing.late and standing.state is not State.DELAYED)
        assert (standing.state is State.COMPLETED) == (standing.status is Status.COMPLETED)


@given(plans, DAYS)
def test_a_verdict_is_given_from_half_coverage_on(plan: Plan, as_of: date) -> None:
    for figure, _ in levels(of_plan(plan, as_of)):
        assert (figure.verdict is Verdict.NONE) == (
            figure.percent is None or 2 * figure.counted < figure.countable or figure.countable == 0
        )


@given(plans, DAYS)
def test_what_is_not_approved_changes_nothing(plan: Plan, as_of: date) -> None:
    def approved_only(chapter: Chapter) -> Chapter:
        def strip(measure: Measure) -> Measure:
            return replace(
                measure,
                entries=tuple(entry for entry in measure.entries if entry.period in chapter.reported),
                indicators=tuple(
                    replace(
                        each,
                        values=tuple(
                            value if value.period in chapter.reported else replace(value, actual=None)
                            for value in each.values
                        ),
                    )
                    for each in measure.indicators
                ),
            )

        def strip_task(task: Task) -> Task:
            return replace(task, measures=tuple(map(strip, task.measures)))

        return with_every_task(replace(plan, chapters=(chapter,)), strip_task).chapters[0]

    stripped = replace(plan, chapters=tuple(map(approved_only, plan.chapters)))
    assert of_plan(stripped, as_of).figure == of_plan(plan, as_of).figure
