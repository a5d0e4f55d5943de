"""What holds of the arithmetic whatever the plan: found by search, not by example."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from plan_pages.choices import Aggregate, Direction, IndicatorKind, State, Status, Verdict
from plan_pages.domain.indicators import achievement, held, of_indicator, worth
from plan_pages.domain.money import of_measures
from plan_pages.domain.periods import Period
from plan_pages.domain.plan import BudgetLine, Chapter, Entry, Goal, Indicator, Measure, Plan, Task, Text, Value
from plan_pages.domain.progress import Figure, PlanProgress, of_plan

QUARTERS = [Period.parse(written) for written in ("2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4", "2027-Q1", "2027-Q2")]
PERIODS = [*QUARTERS, *map(Period.parse, ("2026", "2026-H1", "2026-12", "2027-H1"))]
DAYS = st.dates(date(2025, 6, 1), date(2029, 6, 1))
PERCENTS = st.decimals(0, 100, places=2)
WEIGHTS = st.decimals(0, 5, places=12) | st.sampled_from([Decimal(0), Decimal("0.00068"), Decimal(1)])
AMOUNTS = st.decimals(-1000, 1000, places=3)
LIMITS = st.decimals(0, 100, places=3)


def perhaps(strategy: st.SearchStrategy) -> st.SearchStrategy:
    return st.none() | strategy


def some(strategy: st.SearchStrategy, most: int = 3, key: Callable | None = None) -> st.SearchStrategy:
    return st.lists(strategy, max_size=most, unique_by=key).map(tuple)


entries = some(
    st.builds(Entry, st.sampled_from(QUARTERS), st.sampled_from(Status), perhaps(PERCENTS)),
    key=lambda entry: entry.period,
)
values = some(
    st.builds(Value, st.sampled_from(PERIODS), target=perhaps(AMOUNTS), actual=perhaps(AMOUNTS)),
    most=5,
    key=lambda value: value.period,
)
indicators = st.builds(
    Indicator,
    code=st.just("R"),
    name=st.just(Text()),
    kind=st.sampled_from(IndicatorKind),
    direction=perhaps(st.sampled_from(Direction)),
    aggregate=st.sampled_from(Aggregate),
    baseline=perhaps(AMOUNTS),
    baseline_year=perhaps(st.integers(2020, 2026)),
    target=perhaps(AMOUNTS),
    target_year=perhaps(st.integers(2026, 2030)),
    tolerance=perhaps(LIMITS),
    threshold=perhaps(LIMITS),
    values=values,
)
budgets = some(
    st.builds(BudgetLine, st.integers(2025, 2028), st.sampled_from(["SB", "ES"]), perhaps(LIMITS), perhaps(LIMITS))
)
measures = st.builds(
    Measure,
    code=st.uuids().map(str),
    title=st.just(Text()),
    start=perhaps(DAYS),
    end=perhaps(DAYS),
    retired=perhaps(DAYS),
    weight=perhaps(WEIGHTS),
    indicators=some(indicators, 2),
    entries=entries,
    budget=budgets,
)
titled = {"code": st.uuids().map(str), "title": st.just(Text()), "weight": perhaps(WEIGHTS)}
tasks = st.builds(Task, **titled, measures=some(measures))
goals = st.builds(Goal, **titled, tasks=some(tasks, 2))
reported = st.lists(st.sampled_from(QUARTERS), unique=True).map(lambda periods: tuple(sorted(periods)))
chapters = st.builds(Chapter, **titled, goals=some(goals, 2), reported=reported)
plans = st.builds(
    Plan, title=st.just(Text()), start_year=st.just(2026), end_year=st.just(2028), chapters=some(chapters, 2)
)


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


# Indicators


@given(indicators, st.sampled_from(PERIODS))
def test_a_reading_can_always_be_made(indicator: Indicator, period: Period) -> None:
    plan = Plan(Text(), 2026, 2028)
    reading = of_indicator(indicator, plan, period, PERIODS)
    assert (reading.worth is None) == (reading.last is None)
    assert (reading.achievement is None) == (reading.held is None)
    assert reading.worth == worth(indicator, period)
    assert reading.held is None or 0 <= reading.held <= 100


@given(st.builds(replace, indicators, aggregate=st.just(Aggregate.MEAN)), st.sampled_from(PERIODS))
def test_a_mean_worth_lies_between_its_actuals(indicator: Indicator, period: Period) -> None:
    actuals = [value.actual for value in indicator.values if value.actual is not None]
    mean = worth(indicator, period)
    assert mean is None or min(actuals) <= mean <= max(actuals)


@given(indicators)
def test_the_baseline_achieves_nothing_and_the_target_all(indicator: Indicator) -> None:
    plain = indicator.aggregate is not Aggregate.SUM and indicator.direction is not Direction.MAINTAIN
    if plain and indicator.target is not None and indicator.baseline not in (None, indicator.target):
        assert achievement(indicator, indicator.baseline) == 0
        assert achievement(indicator, indicator.target) == 100


@given(indicators, AMOUNTS, st.decimals("0.001", 500, places=3))
def test_further_towards_the_target_is_never_a_lower_achievement(
    indicator: Indicator, start: Decimal, step: Decimal
) -> None:
    upwards = indicator.direction is not Direction.DECREASE
    if indicator.baseline is not None and indicator.target is not None and indicator.aggregate is not Aggregate.SUM:
        upwards = indicator.target > indicator.baseline
    if indicator.direction is Direction.MAINTAIN or indicator.baseline == indicator.target:
        return
    before, after = achievement(indicator, start), achievement(indicator, start + step if upwards else start - step)
    if before is not None and after is not None:
        assert held(before) <= held(after)


@given(indicators, AMOUNTS)
def test_maintaining_is_the_same_above_and_below(indicator: Indicator, distance: Decimal) -> None:
    kept = replace(indicator, direction=Direction.MAINTAIN, aggregate=Aggregate.LAST, target=Decimal(50))
    assert achievement(kept, 50 + distance) == achievement(kept, 50 - distance)


# Money


@given(st.lists(measures, max_size=4), DAYS)
@settings(max_examples=50)
def test_funds_and_years_add_up_to_the_whole(found: list[Measure], as_of: date) -> None:
    money = of_measures(found, as_of)
    for parts in (money.by_fund.values(), money.by_year.values()):
        assert sum((part.planned for part in parts), Decimal(0)) == money.planned
        assert sum((part.spent or 0 for part in parts), Decimal(0)) == (money.spent or 0)
        assert sum(part.missing for part in parts) == money.total.missing
    assert all(year <= as_of.year for year in money.by_year)
