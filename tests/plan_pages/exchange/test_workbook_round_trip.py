"""Whatever plan is written, reading gives it back, and writing that gives the same bytes."""

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plan_pages.choices import Aggregate, Direction, Frequency, IndicatorKind, Status
from plan_pages.domain.periods import MONTHS, Period
from plan_pages.domain.plan import (
    BudgetLine,
    Chapter,
    Entry,
    Goal,
    Group,
    Indicator,
    Link,
    Measure,
    Milestone,
    Plan,
    Task,
    Text,
    Value,
)
from plan_pages.exchange.workbook import write
from plan_pages.spreadsheet.cells import clean
from tests.plan_pages.exchange.workbooks import FUNDS, LANGUAGES, errors, read_bytes, warnings

_characters = st.characters(codec="utf-8") | st.sampled_from("=-;\\:\n'<_x")
_raw_lines = st.text(_characters, max_size=12) | st.sampled_from(["_x0041_", "2026-01-01 x", "-", "\\-", "=1+1"])
lines = _raw_lines.map(lambda text: clean(text, False)).filter(bool)
prose = _raw_lines.map(lambda text: clean(text, True))
days = st.dates(date(1900, 1, 1), date(2200, 12, 31))
years = st.integers(1900, 2200)
numbers = st.decimals(Decimal(-(10**12)) + 1, Decimal(10**12) - 1, places=12)
amounts = st.decimals(0, Decimal(10**12) - 1, places=12)
money = st.decimals(0, Decimal(10**18) - 1, places=2)
periods = st.builds(
    lambda year, frequency, number: Period(year, frequency, number % (12 // MONTHS[frequency]) + 1),
    years,
    st.sampled_from(Frequency),
    st.integers(0, 11),
)


def _maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | values


titles = st.builds(lambda lt, en: Text.of({"lt": lt, "en": en}), lines, _maybe(lines))
texts = st.builds(lambda lt, en: Text.of({"lt": lt, "en": en}), prose, prose)
units = st.builds(lambda lt, en: Text.of({"lt": lt, "en": en}), _maybe(lines), _maybe(lines))
addresses = st.from_regex(r"https://[a-z]{1,5}\.lt/[a-z0-9;=]{0,5}", fullmatch=True)


def _several(values: st.SearchStrategy[Any], key: str = "") -> st.SearchStrategy[Any]:
    """A few of them; with a key, no two alike in it and in its order."""
    if not key:
        return st.lists(values, max_size=3).map(tuple)
    found = st.lists(values, max_size=3, unique_by=lambda value: getattr(value, key))
    return found.map(lambda given: tuple(sorted(given, key=lambda value: getattr(value, key))))


entries = st.builds(Entry, periods, st.sampled_from(Status), _maybe(st.decimals(0, 100, places=2)), texts, texts, texts)
values = st.builds(Value, periods, _maybe(numbers), _maybe(numbers), st.just(False), texts) | st.builds(
    Value, periods, _maybe(numbers), st.none(), st.just(True), titles
)
budget = st.builds(BudgetLine, years, st.sampled_from(FUNDS), _maybe(money), _maybe(money))


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Codes are given in the order of drawing; those of goals, tasks and measures overlap, as they may."""
    count = {"goals": 0, "tasks": 0, "measures": 0, "indicators": 0}

    def code(sheet: str) -> str:
        count[sheet] += 1
        return str(count[sheet])

    def indicator() -> Indicator:
        years_of = sorted(draw(st.tuples(years, years)))
        return Indicator(
            code=code("indicators"), name=draw(titles), kind=draw(st.sampled_from(IndicatorKind)), unit=draw(units),
            direction=draw(_maybe(st.sampled_from(Direction))), aggregate=draw(st.sampled_from(Aggregate)),
            baseline=draw(_maybe(numbers)), baseline_year=years_of[0], target=draw(_maybe(numbers)),
            target_year=years_of[1], tolerance=draw(_maybe(amounts)), threshold=draw(_maybe(amounts)),
            method=draw(texts), source=draw(texts), next_update=draw(_maybe(days)),
            values=draw(_several(values, "period")),
        )  # fmt: skip

    def indicators() -> tuple[Indicator, ...]:
        return tuple(indicator() for _number in range(draw(st.integers(0, 1))))

    def measure() -> Measure:
        start, end = sorted(draw(st.tuples(days, days)))
        return Measure(
            code=code("measures"), title=draw(titles), description=draw(texts), responsible=draw(st.just("") | lines),
            partners=draw(_several(lines)), start=start, end=end, weight=draw(_maybe(amounts)),
            milestones=draw(_several(st.builds(Milestone, titles, _maybe(days)))),
            links=draw(_several(st.builds(Link, lines, addresses))), tags=draw(_several(lines)),
            indicators=indicators(), entries=draw(_several(entries, "period")), budget=draw(_several(budget, "year")),
        )  # fmt: skip

    def task() -> Task:
        measures = tuple(measure() for _number in range(draw(st.integers(0, 2))))
        return Task(code("tasks"), draw(titles), draw(texts), draw(_maybe(amounts)), indicators(), measures)

    def goal() -> Goal:
        tasks = tuple(task() for _number in range(draw(st.integers(0, 2))))
        return Goal(code("goals"), draw(titles), draw(texts), draw(_maybe(amounts)), indicators(), tasks)

    groups = tuple(Group(f"G-{number}", draw(titles), draw(texts)) for number in range(draw(st.integers(0, 2))))
    chapters = []
    for number in range(draw(st.integers(0, 2))):
        goals = tuple(goal() for _number in range(draw(st.integers(0, 2))))
        chapter = Chapter(f"{number}.š", draw(titles), draw(texts), groups[0].code if groups else "", goals=goals)
        found = {entry.period for one in chapter.measures() for entry in one.entries}
        for one in chapter.indicators():
            found |= {value.period for value in one.values if value.actual is not None or value.unavailable}
        chapters.append(
            Chapter(
                chapter.code, chapter.title, chapter.summary, chapter.group, goals=goals, reported=tuple(sorted(found))
            )
        )
    first, last = sorted(draw(st.tuples(years, years)))
    return Plan(
        title=draw(titles), start_year=first, end_year=last, vision=draw(texts),
        frequency=draw(st.sampled_from(Frequency)), currency="EUR", groups=groups, chapters=tuple(chapters),
    )  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(plans())
def test_a_plan_that_is_written_is_read_back_equal_and_written_again_the_same(plan: Plan) -> None:
    written = write(plan, languages=LANGUAGES)
    outcome = read_bytes(written)
    assert (errors(outcome), warnings(outcome)) == ([], [])
    assert outcome.plan == plan
    assert write(plan, languages=LANGUAGES) == write(outcome.plan, languages=LANGUAGES) == written
