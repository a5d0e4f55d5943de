"""A chapter's report for its group: the chapter alone, what is missing in it, and what comes next."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from plan_pages.choices import IndicatorKind, Status
from plan_pages.domain.periods import Period
from plan_pages.domain.plan import DeadlineChange, Indicator, Measure, Milestone, Plan
from reports.choices import ReportKind
from reports.compose import ChapterError, compose
from reports.compose.courses import ticks
from reports.document import (
    Document,
    GroupRow,
    Layout,
    LineChart,
    Mark,
    Masthead,
    ProgressBars,
    Row,
    StatusBars,
    Table,
    Tiles,
    plain,
    walk,
)
from tests.plan_pages.builders import (
    a_budget_line,
    a_chapter,
    a_goal,
    a_measure,
    a_plan,
    a_plan_of,
    a_task,
    a_value,
    an_entry,
    an_indicator,
    text,
)
from tests.reports.compose import sample
from tests.reports.compose.reading import text as read
from tests.reports.compose.reading import under

Q3 = Period.parse("2026-Q3")
TO_DO = "What to do before the next return"


def report(plan: Plan, chapter: str = "1", previous: Plan | None = None, language: str = "en") -> Document:
    return compose(ReportKind.CHAPTER, plan, Q3, language, previous=previous, chapter=chapter)


def of_indicators(*found: Indicator) -> Plan:
    measure = a_measure(entries=[an_entry("2026-Q3", percent=50)], indicators=found)
    return a_plan_of(measure)


def row_of(plan: Plan, label: str) -> Row:
    """The row with that label in the first measure of the report."""
    table = next(block for block in under(report(plan), "Goals, tasks and measures") if isinstance(block, Table))
    return next(row for row in table.rows if isinstance(row, Row) and row.cells[0] == label)


def test_it_needs_the_code_of_a_chapter() -> None:
    with pytest.raises(ChapterError, match="needs the code of its chapter"):
        report(sample.plan(), chapter="")


@pytest.mark.parametrize("kind", [ReportKind.MAYOR, ReportKind.COUNCIL])
def test_reports_of_the_whole_plan_take_no_chapter(kind: ReportKind) -> None:
    with pytest.raises(ChapterError, match="about the whole plan"):
        compose(kind, sample.plan(), Q3, "en", chapter="1")


def test_a_chapter_that_is_not_in_the_plan_is_named_with_those_that_are() -> None:
    with translation.override("en"), pytest.raises(ChapterError, match=r"no chapter “9”. Its chapters: 1, 2, 3\."):
        report(sample.plan(), chapter="9")


def test_the_error_is_in_the_language_of_the_caller() -> None:
    with translation.override("en"), pytest.raises(ChapterError, match="Its chapters"):
        report(sample.plan(), chapter="9", language="lt")


def test_a_chapter_that_left_the_plan_before_has_no_report() -> None:
    gone = replace(a_chapter(code="4"), retired=date(2026, 2, 1))
    with pytest.raises(ChapterError):
        report(replace(sample.plan(), chapters=(*sample.plan().chapters, gone)), chapter="4")


def test_of_two_chapters_with_a_code_it_is_about_the_one_that_is_in_the_plan() -> None:
    gone = replace(a_chapter(code="1", title="Seniau"), retired=date(2027, 1, 1))
    plan = replace(sample.plan(), chapters=(gone, *sample.plan().chapters))
    assert "First EN" in read(report(plan).blocks[0])


def test_it_opens_with_the_chapter_and_names_the_plan() -> None:
    head = report(sample.plan()).blocks[0]
    assert isinstance(head, Masthead)
    assert (plain(head.title), plain(head.kicker)) == ("1 First EN", "Plan EN")


def test_nothing_of_another_chapter_is_in_it() -> None:
    assert "Unweighted EN" not in read(report(sample.plan()))


def test_its_figures_are_the_chapters_whatever_its_weight() -> None:
    measure = a_measure(entries=[an_entry("2026-Q3", percent=30)])
    chapter = a_chapter(weight=0, reported=["2026-Q3"], goals=[a_goal(tasks=[a_task(measures=[measure])])])
    document = report(a_plan(chapters=[chapter, a_chapter(code="2", weight=1)]))
    tile = next(block for block in walk(document.blocks) if isinstance(block, Tiles)).tiles[0]
    assert (tile.label, tile.value) == ("Progress of the chapter", "30%")


def test_goals_stand_with_their_status() -> None:
    bars = next(block for block in walk(report(sample.plan()).blocks) if isinstance(block, StatusBars)).bars
    assert [(plain(bar.label), bar.total, bar.href) for bar in bars] == [("1.1 Goal EN", "8", "#goal-1-1")]


def test_a_chapter_that_has_not_reported_says_so_first() -> None:
    assert "The chapter has not reported for Q3 2026\nThe figures below are those of Q2 2026." in read(
        report(sample.plan(), "2")
    )


def test_it_compares_with_the_chapter_of_an_older_snapshot_by_its_id() -> None:
    now = a_plan_of(a_measure(entries=[an_entry("2026-Q2", percent=20), an_entry("2026-Q3", percent=50)]))
    then = a_plan_of(a_measure(entries=[an_entry("2026-Q2", percent=40)]))
    renamed = replace(then, chapters=(replace(then.chapters[0], id="a", code="7"), a_chapter(code="1", id="b")))
    now = replace(now, chapters=(replace(now.chapters[0], id="a"),))
    assert "Progress of the chapter: 40% → 50% (+10 pp)." in read(report(now, previous=renamed))


def test_a_chapter_that_an_older_snapshot_has_not_is_compared_with_nothing() -> None:
    now = a_plan_of(a_measure(entries=[an_entry("2026-Q2", percent=20), an_entry("2026-Q3", percent=50)]))
    found = read(under(report(now, previous=a_plan(chapters=[])), "What changed since Q2 2026"))
    assert "there is nothing to compare with" in found


# What is missing


def test_a_measure_without_an_entry_is_to_be_reported() -> None:
    found = read(under(report(sample.plan()), "Measures without an entry"))
    assert "Silent EN" in found
    assert "Waiting EN" not in found


def test_what_was_completed_before_needs_no_entry() -> None:
    done = a_measure(code="1", entries=[an_entry("2026-Q2", Status.COMPLETED)])
    other = a_measure(code="2", entries=[an_entry("2026-Q3", percent=1)])
    assert "without an entry" not in read(report(a_plan_of(done, other)))


def test_a_measure_without_a_percent_is_named_and_a_stopped_one_is_not() -> None:
    stopped = a_measure(code="1", title=text("A", "Stopped one"), entries=[an_entry("2026-Q3", Status.STOPPED)])
    silent = a_measure(code="2", title=text("B", "Silent one"), entries=[an_entry("2026-Q3")])
    found = read(under(report(a_plan_of(stopped, silent)), "Measures without a percent"))
    assert ("Silent one" in found, "Stopped one" in found) == (True, False)


def test_a_delay_without_a_reason_is_named_and_one_with_a_reason_is_not() -> None:
    bare = a_measure(code="1", title=text("A", "Bare"), entries=[an_entry("2026-Q3", Status.DELAYED, percent=1)])
    told = a_measure(
        code="2", title=text("B", "Told"), entries=[an_entry("2026-Q3", Status.DELAYED, percent=1, reason="Nes")]
    )
    found = read(under(report(a_plan_of(bare, told)), "Delayed or stopped measures without a reason"))
    assert ("Bare" in found, "Told" in found) == (True, False)


@pytest.mark.parametrize(
    ("indicator", "is_due"),
    [
        (an_indicator(), True),
        (an_indicator(next_update="2026-12-01"), False),
        (an_indicator(values=[a_value("2026-Q3", actual=1)]), False),
        (an_indicator(values=[a_value("2026-Q3", unavailable=True, note="Nes")]), False),
        (an_indicator(values=[a_value("2026-Q2", actual=1)]), True),
        (an_indicator(values=[a_value("2025", actual=1)]), False),
        (an_indicator(values=[a_value("2025", actual=1)], next_update="2026-09-30"), True),
        (an_indicator(values=[a_value("2026-Q2", actual=1)], next_update="2026-10-01"), False),
        (an_indicator(values=[a_value("2026-Q3", actual=1)], next_update="2026-07-31"), False),
    ],
)
def test_an_indicator_is_due_by_its_next_update_or_its_own_pace(indicator: Indicator, is_due: bool) -> None:
    plan = of_indicators(indicator)
    chapter = replace(plan.chapters[0], reported=(Period.parse("2025"), Period.parse("2026-Q2"), Q3))
    assert ("Indicators without a new value" in read(report(replace(plan, chapters=(chapter,))))) is is_due


def test_texts_missing_in_a_language_are_counted_with_where_they_belong() -> None:
    measure = a_measure(title="Tik lietuviškai", entries=[an_entry("2026-Q3", percent=5, note="Padaryta")])
    found = read(under(report(a_plan_of(measure)), "Texts missing in a language"))
    assert "English: 2 texts are missing (measure 1.1.1.1)." in found


def test_many_gaps_of_a_kind_are_listed_by_code() -> None:
    many = [a_measure(code=f"1.1.1.{number}", entries=[an_entry("2026-Q3")]) for number in range(1, 14)]
    found = read(under(report(a_plan_of(*many)), "Measures without a percent"))
    assert "1.1.1.1, 1.1.1.2, 1.1.1.3," in found


def test_where_nothing_is_missing_it_says_so() -> None:
    measure = a_measure(entries=[an_entry("2026-Q3", percent=5)])
    assert "Nothing is missing in this return." in read(under(report(a_plan_of(measure)), TO_DO))


# Entries side by side


def side_by_side() -> Plan:
    return a_plan_of(
        a_measure(
            entries=[
                an_entry("2026-Q2", percent=20, note=text("A", "Then"), next=text("B", "Tender")),
                an_entry("2026-Q3", Status.DELAYED, percent=30, note=text("C", "Now"), reason=text("D", "Because")),
            ]
        )
    )


def test_status_and_percent_stand_side_by_side() -> None:
    marks = row_of(side_by_side(), "Status").cells[1:]
    assert [mark.word for mark in marks if isinstance(mark, Mark)] == ["On track · 20%", "Delayed · 30%"]


def test_what_was_done_stands_side_by_side() -> None:
    assert [plain(cell) for cell in row_of(side_by_side(), "Done").cells[1:]] == ["Then", "Now"]  # type: ignore[arg-type]


def test_what_one_entry_lacks_is_a_dash() -> None:
    assert [plain(cell) for cell in row_of(side_by_side(), "Reason").cells[1:]] == ["–", "Because"]  # type: ignore[arg-type]


def test_the_columns_are_the_last_two_reported_periods() -> None:
    table = next(
        block for block in under(report(sample.plan(), "2"), "Goals, tasks and measures") if isinstance(block, Table)
    )
    assert [column.title for column in table.columns] == ["Measure", "Q1\u00a02026", "Q2\u00a02026"]


def test_a_first_return_has_one_column() -> None:
    plan = a_plan_of(a_measure(entries=[an_entry("2026-Q3", percent=5)]))
    table = next(block for block in under(report(plan), "Goals, tasks and measures") if isinstance(block, Table))
    assert [column.title for column in table.columns] == ["Measure", "Q3\u00a02026"]


def test_goals_and_tasks_show_their_percent_then_and_now() -> None:
    assert "Goal · 20% → 30% · 1 of 1 measure" in read(report(side_by_side()))


def test_an_older_entry_is_not_put_in_the_place_of_a_missing_one() -> None:
    assert "No data now; last known: 40%, “On track” in Q1 2026 (not counted)." in read(
        under(report(sample.plan()), "Goals, tasks and measures")
    )


def test_the_rows_of_a_measure_stay_together() -> None:
    table = next(
        block for block in under(report(side_by_side()), "Goals, tasks and measures") if isinstance(block, Table)
    )
    assert [row.keep for row in table.rows if isinstance(row, Row)] == [True, True, True, False]


def test_every_measure_of_the_chapter_is_there() -> None:
    tables = [block for block in walk(report(sample.plan()).blocks) if isinstance(block, Table)]
    named = {plain(row.words).split()[0] for table in tables for row in table.rows if isinstance(row, GroupRow)}
    assert {each.code for each in sample.plan().chapters[0].measures()} <= named


# Dates


def test_moved_ends_stand_with_the_original_one() -> None:
    found = read(under(report(sample.plan()), "Moved ends"))
    assert "31 Mar 2026\n31 Aug 2026\n153 days later" in found
    assert "Changed on 1 Aug 2026. End moved: 31 Dec 2026 → 30 Jun 2027." in found


def test_an_end_without_its_original_has_that_of_its_first_move() -> None:
    changes = [DeadlineChange(date(2026, 5, 1), date(2026, 12, 31), date(2026, 12, 30))]
    measure = a_measure(end="2026-12-30", deadline_changes=changes, entries=[an_entry("2026-Q3", percent=1)])
    assert "31 Dec 2026\n30 Dec 2026\n1 day earlier" in read(under(report(a_plan_of(measure)), "Moved ends"))


def coming(measure: Measure) -> str:
    return read(under(report(a_plan_of(measure)), "Next milestones, starts and ends"))


def test_what_comes_in_the_next_two_periods_is_listed_by_date() -> None:
    measure = a_measure(
        start="2026-10-01",
        end="2027-03-31",
        milestones=[Milestone(text("Konkursas", "Tender"), date(2026, 12, 1))],
        entries=[an_entry("2026-Q3", Status.NOT_STARTED)],
    )
    found = coming(measure)
    places = [found.index(words) for words in ("Start of the measure", "Milestone: Tender", "End of the measure")]
    assert places == sorted(places)


@pytest.mark.parametrize("day", [date(2026, 9, 30), date(2027, 4, 1)])
def test_what_lies_outside_the_next_two_periods_is_not_listed(day: date) -> None:
    measure = a_measure(
        milestones=[Milestone(text("Konkursas", "Tender"), day)], entries=[an_entry("2026-Q3", percent=1)]
    )
    assert "Tender" not in coming(measure)


@pytest.mark.parametrize("status", [Status.COMPLETED, Status.STOPPED])
def test_what_is_over_has_no_end_to_come(status: Status) -> None:
    assert "End of the measure" not in coming(a_measure(end="2026-12-31", entries=[an_entry("2026-Q3", status)]))


# Indicators and money


def charts(**given: object) -> list[LineChart]:
    values = [a_value(period, actual=actual) for period, actual in (("2026-Q1", 4), ("2026-Q2", 5), ("2026-Q3", 7))]
    indicator = an_indicator(**{"kind": IndicatorKind.IMPACT, "values": values, "target": 10, "baseline": 2} | given)
    plan = of_indicators(indicator)
    chapter = replace(plan.chapters[0], reported=tuple(map(Period.parse, sample.REPORTED)))
    document = report(replace(plan, chapters=(chapter,)))
    return [block for block in walk(document.blocks) if isinstance(block, LineChart)]


def test_an_impact_indicator_of_three_values_has_its_course() -> None:
    (chart,) = charts()
    assert (chart.actual, chart.target) == ((Decimal(4), Decimal(5), Decimal(7)), Decimal(10))
    assert chart.alternative == "From 4 in Q1\u00a02026 to 7 in Q3\u00a02026; target 10."


def test_two_values_make_no_course() -> None:
    assert charts(values=[a_value("2026-Q1", actual=4), a_value("2026-Q3", actual=4)]) == []


def test_output_indicators_have_no_chart() -> None:
    assert charts(kind=IndicatorKind.OUTPUT) == []


def test_a_value_that_was_not_available_is_a_gap() -> None:
    periods = [Period.parse(written) for written in ("2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2")]
    values = [a_value(period, actual=1) for period in periods]
    values[1] = a_value(periods[1], unavailable=True)
    plan = of_indicators(an_indicator(kind=IndicatorKind.RESULT, values=values))
    chapter = replace(plan.chapters[0], reported=(*periods, Q3))
    chart = next(
        block for block in walk(report(replace(plan, chapters=(chapter,))).blocks) if isinstance(block, LineChart)
    )
    assert chart.actual == (Decimal(1), None, Decimal(1), Decimal(1))


@given(st.decimals(-(10**12), 10**12, places=3), st.decimals(0, 10**9, places=3))
def test_ticks_are_few_and_hold_the_whole_range(low: Decimal, span: Decimal) -> None:
    found = ticks(low, low + span)
    assert 2 <= len(found) <= 5
    assert found[0] <= low
    assert found[-1] >= low + span


def test_ticks_are_round() -> None:
    assert ticks(Decimal("3.7"), Decimal("17.2")) == (0, 5, 10, 15, 20)


def test_money_is_told_by_measure_and_together() -> None:
    plan = a_plan_of(
        a_measure(code="1", title=text("A", "First one"), budget=[a_budget_line(2026, planned=100, spent=50)]),
        a_measure(code="2", title=text("B", "Second one"), budget=[a_budget_line(2026, planned=300)]),
        a_measure(code="3", title=text("C", "Free one")),
    )
    found = read(under(report(plan), "Money by measure"))
    assert "First one\n€100\n€50\n50%" in found
    assert "Second one\n€300\nno data" in found
    assert "Together\n€400\n€50" in found
    assert "Free one" not in found


def test_a_chapter_without_a_budget_says_so() -> None:
    assert "The chapter has no budget up to this year." in read(report(side_by_side()))


def test_an_empty_chapter_makes_a_report() -> None:
    document = report(sample.plan(), "3")
    assert document.layout is Layout.BRIEF
    assert "This chapter has no goals yet." in read(document)
    assert not any(isinstance(block, ProgressBars) for block in walk(document.blocks))


def test_the_file_names_the_chapter() -> None:
    document = report(sample.plan())
    assert document.title == "Chapter's report for its group: 1 First EN"
    assert plain(document.footer.plan) == "Plan EN"
