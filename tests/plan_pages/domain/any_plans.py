"""Plans, measures and indicators of every shape, for searches by hypothesis."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from plan_pages.choices import Aggregate, Direction, IndicatorKind, Status
from plan_pages.domain.periods import Period
from plan_pages.domain.plan import BudgetLine, Chapter, Entry, Goal, Indicator, Measure, Plan, Task, Text, Value

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
