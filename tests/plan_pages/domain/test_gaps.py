"""What is missing in a plan: what was not reported, and what its texts lack."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from plan_pages.choices import GapKind, IndicatorKind, Level, Status
from plan_pages.domain import gaps
from plan_pages.domain.gaps import Gap
from plan_pages.domain.plan import Goal, Indicator, Measure, Milestone, Plan
from tests.plan_pages.builders import (
    a_chapter,
    a_goal,
    a_measure,
    a_plan,
    a_task,
    a_value,
    an_entry,
    an_indicator,
    text,
)

AS_OF = date(2026, 11, 15)
"""The last two periods that are over are 2026-Q2 and 2026-Q3."""
QUARTERS = ["2026-Q1", "2026-Q2", "2026-Q3"]


def whole(**given: Any) -> Measure:
    """A measure at which nothing is missing, but what the test takes away."""
    values = {"responsible": "Aplinkos skyrius", "end": "2027-12-31", "entries": [an_entry(each) for each in QUARTERS]}
    return a_measure(**{**values, **given})


def goal_of(*measures: Measure, **given: Any) -> Goal:
    indicator = an_indicator(code="E1", kind=IndicatorKind.IMPACT, next_update="2029-01-01")
    return a_goal(**{"indicators": [indicator], "tasks": [a_task(measures=measures)], **given})


def plan_of(*measures: Measure, reported: list[str] | None = None, **given: Any) -> Plan:
    periods = QUARTERS if reported is None else reported
    return a_plan(chapters=[a_chapter(goals=[goal_of(*measures)], reported=periods, group="G1")], **given)


def found(plan: Plan, as_of: date = AS_OF) -> list[Gap]:
    return list(gaps.of_plan(plan, as_of))


def kinds(*measures: Measure, reported: list[str] | None = None, as_of: date = AS_OF) -> list[GapKind]:
    return [gap.kind for gap in found(plan_of(*measures, reported=reported), as_of)]


def test_a_plan_in_which_nothing_is_missing_has_no_gap() -> None:
    assert found(plan_of(whole())) == []


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ({"responsible": ""}, GapKind.NO_RESPONSIBLE),
        ({"responsible": "  "}, GapKind.NO_RESPONSIBLE),
        ({"end": None}, GapKind.NO_END),
        ({"title": text("Žalia" * 51, "Green")}, GapKind.LONG_TITLE),
        ({"title": text("Žalia")}, GapKind.NOT_TRANSLATED),
        ({"title": text("", "Green")}, GapKind.NOT_TRANSLATED),
        ({"description": text("Žalia")}, GapKind.NOT_TRANSLATED),
        ({"milestones": [Milestone(text("Žalia"))]}, GapKind.NOT_TRANSLATED),
        (
            {"indicators": [an_indicator(unit=text("vnt."), values=[a_value("2026-Q3", actual=1)])]},
            GapKind.NOT_TRANSLATED,
        ),
        ({"indicators": [an_indicator()]}, GapKind.NO_VALUE),
        ({"entries": []}, GapKind.NO_ENTRY),
        ({"entries": [an_entry("2026-Q3", Status.DELAYED)]}, GapKind.NO_REASON),
        ({"entries": [an_entry("2026-Q3", Status.STOPPED)]}, GapKind.NO_REASON),
        ({"end": "2026-10-31"}, GapKind.NO_REASON),
    ],
)
def test_what_a_measure_lacks_is_found(given: dict[str, Any], kind: GapKind) -> None:
    assert kinds(whole(**given)) == [kind]


@pytest.mark.parametrize(
    "given",
    [
        {"description": text()},
        {"title": text("Ž" * 250, "G" * 250)},
        {"entries": [an_entry("2026-Q3", Status.DELAYED, reason="Užtruko pirkimas")]},
        {"end": "2026-10-31", "entries": [an_entry("2026-Q3", reason="Užtruko pirkimas")]},
        {"end": "2026-10-31", "entries": [an_entry("2026-Q1", Status.COMPLETED)]},
        {"entries": [an_entry("2026-Q1", Status.STOPPED, reason="Atsisakyta")]},
        {"entries": [an_entry("2026-Q2")]},
        {"entries": [an_entry("2026-Q3")]},
        {"entries": [], "start": "2026-10-01"},
        {"retired": "2026-11-01", "responsible": "", "entries": []},
    ],
)
def test_what_is_no_gap(given: dict[str, Any]) -> None:
    assert kinds(whole(**given)) == []


@pytest.mark.parametrize(
    ("entries", "given", "since", "last"),
    [
        ([], {}, "2026-01-01", None),
        ([], {"start": "2026-05-04"}, "2026-05-04", None),
        ([an_entry("2026-Q1")], {}, "2026-04-01", "2026-Q1"),
        ([an_entry("2026-Q1", Status.NOT_STARTED)], {}, "2026-04-01", "2026-Q1"),
    ],
)
def test_a_measure_without_an_entry_says_since_when(
    entries: list[Any], given: dict[str, Any], since: str, last: str | None
) -> None:
    (gap,) = found(plan_of(whole(entries=entries, **given)))
    assert (gap.kind, str(gap.since), gap.last and str(gap.last)) == (GapKind.NO_ENTRY, since, last)


def test_a_measure_that_began_in_the_last_period_owes_one_entry_and_not_two() -> None:
    assert kinds(whole(entries=[], start="2026-07-01")) == []


def test_an_entry_that_was_not_approved_does_not_count() -> None:
    assert kinds(whole(), reported=["2026-Q1"]) == [GapKind.NO_ENTRY]


def test_only_periods_of_the_plan_count() -> None:
    assert kinds(whole(entries=[]), reported=[], as_of=date(2026, 5, 1)) == []
    assert GapKind.NO_ENTRY in kinds(whole(entries=[]), reported=[], as_of=date(2026, 7, 1))


def test_after_the_plans_end_its_last_periods_count() -> None:
    done = [*QUARTERS, "2028-Q4"]
    measure = whole(entries=[an_entry("2028-Q4", reason="Baigiama")], indicators=[])
    plan = a_plan(
        chapters=[
            a_chapter(
                goals=[goal_of(measure, indicators=[an_indicator(values=[a_value("2028-Q4", actual=1)])])],
                reported=done,
            )
        ]
    )
    assert found(plan, date(2031, 1, 1)) == []


@pytest.mark.parametrize(
    ("given", "since"),
    [({"end": "2026-10-31"}, "2026-11-01"), ({"entries": [an_entry("2026-Q3", Status.DELAYED)]}, "2026-07-01")],
)
def test_what_is_late_without_a_reason_is_so_since_its_end_or_its_entry(given: dict[str, Any], since: str) -> None:
    (gap,) = found(plan_of(whole(**given)))
    assert str(gap.since) == since


@pytest.mark.parametrize(
    ("indicator", "is_due"),
    [
        (an_indicator(), True),
        (an_indicator(next_update="2026-11-16"), False),
        (an_indicator(next_update="2026-11-15"), True),
        (an_indicator(values=[a_value("2026-Q2", actual=1)]), True),
        (an_indicator(values=[a_value("2026-Q3", actual=1)]), False),
        (an_indicator(values=[a_value("2025", actual=1)], next_update="2027-02-01"), False),
        (an_indicator(values=[a_value("2026-Q3", unavailable=True)]), False),
        (an_indicator(values=[a_value("2026-Q3", target=1)]), True),
    ],
)
def test_an_indicator_owes_a_value_when_the_next_one_is_due(indicator: Indicator, is_due: bool) -> None:
    assert (kinds(whole(indicators=[indicator]), reported=[*QUARTERS, "2025"]) == [GapKind.NO_VALUE]) is is_due


@pytest.mark.parametrize("status", [Status.STOPPED, Status.NOT_STARTED])
def test_indicators_of_what_is_stopped_or_begins_later_owe_no_value(status: Status) -> None:
    stopped = status is Status.STOPPED
    entries = [an_entry("2026-Q3", status, reason="Atsisakyta")] if stopped else []
    measure = whole(indicators=[an_indicator()], entries=entries, start=None if stopped else "2027-01-01")
    assert kinds(measure) == []


def test_texts_missing_are_counted_a_language_and_an_item() -> None:
    measure = whole(title=text("Žalia"), description=text("Labai žalia"), indicators=[])
    (gap,) = found(plan_of(measure))
    assert (gap.level, gap.code, gap.language, gap.count) == (Level.MEASURE, "1.1.1.1", "en", 2)


def test_chapters_goals_and_tasks_are_looked_at_too() -> None:
    goal = a_goal(title=text("Žalia"), tasks=[a_task(title=text("Žalia"), measures=[])])
    plan = a_plan(chapters=[a_chapter(title=text("Žalia"), goals=[goal])])
    assert [(gap.kind, gap.level) for gap in found(plan)] == [
        (GapKind.NOT_TRANSLATED, Level.CHAPTER),
        (GapKind.NO_INDICATOR, Level.GOAL),
        (GapKind.NOT_TRANSLATED, Level.GOAL),
        (GapKind.NOT_TRANSLATED, Level.TASK),
    ]


def test_a_gap_names_its_chapter_and_group() -> None:
    (gap,) = found(plan_of(whole(responsible="")))
    assert (gap.chapter, gap.group, gap.code) == ("1", "G1", "1.1.1.1")


def each_text(plan: Plan) -> Iterator[str]:
    yield from (gap.title.best("lt") for gap in found(plan))


def test_a_gap_carries_the_title_of_what_it_is_at() -> None:
    assert list(each_text(plan_of(whole(responsible=""), whole(code="2", indicators=[an_indicator()])))) == [
        "Pasodinti medžiai",
        "Pasodinti medžius",
    ]
