"""The council's report: everything is in it, what is missing or late too, and it ends with the rules."""

from dataclasses import replace
from itertools import pairwise

import pytest

from plan_pages.choices import Level, Status
from plan_pages.domain import rules
from plan_pages.domain.periods import Period
from plan_pages.domain.plan import Plan, Text
from reports.choices import ReportKind
from reports.compose import compose
from reports.document import (
    Callout,
    Contents,
    Cover,
    Document,
    GroupRow,
    Heading,
    Layout,
    Row,
    Run,
    StatusBars,
    Table,
    plain,
    walk,
)
from tests.plan_pages.builders import (
    a_chapter,
    a_goal,
    a_measure,
    a_plan,
    a_plan_of,
    a_task,
    an_entry,
    an_indicator,
    text,
)
from tests.reports.compose import sample
from tests.reports.compose.reading import text as read
from tests.reports.compose.reading import under

Q3 = Period.parse("2026-Q3")


def report(plan: Plan, language: str = "en") -> Document:
    return compose(ReportKind.COUNCIL, plan, Q3, language)


def rows(document: Document) -> list[Row]:
    tables = [block for block in walk(document.blocks) if isinstance(block, Table)]
    return [row for table in tables for row in table.rows if isinstance(row, Row)]


def measure_row(document: Document, code: str) -> Row:
    """The row of a measure in its task's table."""
    task = code.rpartition(".")[0]
    blocks = list(walk(document.blocks))
    start = next(
        place
        for place, block in enumerate(blocks)
        if isinstance(block, Heading) and (block.level, block.number) == (3, task)
    )
    table = next(block for block in blocks[start:] if isinstance(block, Table))
    return next(row for row in table.rows if isinstance(row, Row) and plain(row.cells[0]) == code)  # type: ignore[arg-type]


def test_a_number_wider_than_its_column_breaks_between_groups_of_digits() -> None:
    indicator = an_indicator(target="99999999999.99", target_year=2028)
    document = compose(ReportKind.COUNCIL, a_plan_of(a_measure(indicators=[indicator])), Q3, "lt")
    assert "99 999 999 999,99 (2028)" in [cell for row in rows(document) for cell in row.cells]


def test_it_has_a_cover_contents_and_summary_in_this_order() -> None:
    blocks = report(sample.plan()).blocks
    assert isinstance(blocks[0], Cover)
    assert isinstance(blocks[1], Contents)
    assert isinstance(blocks[2], Heading)
    assert blocks[2].text == "Summary"


def test_every_chapter_goal_and_task_has_its_heading() -> None:
    headings = [block for block in walk(report(sample.plan()).blocks) if isinstance(block, Heading)]
    numbers = [(heading.level, heading.number) for heading in headings if heading.number and heading.level < 4]
    expected = [(1, "1"), (2, "1.1"), (3, "1.1.1"), (1, "2"), (2, "2.1"), (3, "2.1.1"), (1, "3")]
    assert [each for each in numbers if each in expected][: len(expected)] == expected


@pytest.mark.parametrize(
    "plan", [sample.plan(), a_plan(), a_plan_of(*(a_measure(code=f"1.1.1.{n}") for n in range(30)))]
)
def test_every_measure_has_its_code(plan: Plan) -> None:
    codes = {plain(cell) for row in rows(report(plan)) for cell in row.cells if isinstance(cell, Run | str)}
    assert {measure.code for measure in plan.measures()} <= codes


def test_a_late_measure_tells_its_original_end_and_its_reason() -> None:
    row = measure_row(report(sample.plan()), "1.1.1.1")
    assert "31 Aug 2026 (was 31 Mar 2026)" in read(row)
    assert "30 days past its end. Reason: Reason EN" in read(row)


def test_missing_data_is_missing_and_the_last_known_stands_beside() -> None:
    row = read(measure_row(report(sample.plan()), "1.1.1.5"))
    assert "No data\nno data\n" in row
    assert "No data now; last known: 40%, “On track” in Q1 2026 (not counted)." in row


def test_a_percent_from_indicators_is_marked() -> None:
    assert "from indicators" in read(measure_row(report(sample.plan()), "1.1.1.8"))


def test_what_left_the_plan_after_the_period_is_marked() -> None:
    assert "Gone EN (taken out of the plan on 2 Nov 2026)" in read(measure_row(report(sample.plan()), "1.1.1.7"))


def test_what_left_the_plan_leads_nowhere() -> None:
    cell = measure_row(report(sample.plan()), "1.1.1.7").cells[0]
    assert isinstance(cell, Run)
    assert cell.href == ""


def test_codes_lead_to_the_page_of_the_measure() -> None:
    cell = measure_row(report(sample.plan(), "lt"), "1.1.1.5").cells[0]
    assert isinstance(cell, Run)
    assert cell.href == "https://miestas.lt/measures/1.1.1.5/"


def test_what_an_unreported_period_holds_is_nowhere() -> None:
    assert "77%" not in read(report(sample.plan()))


def test_a_chapter_names_its_group_and_the_period_at_which_it_stands() -> None:
    found = read(under(report(sample.plan()), "First EN"))
    assert "Working group\nGroup EN\n" in found
    assert "Reported up to\nQ3 2026\n" in found


def test_a_chapter_without_goals_says_so() -> None:
    assert "This chapter has no goals yet." in read(under(report(sample.plan()), "Empty EN"))


def test_a_task_without_measures_says_so() -> None:
    plan = a_plan(chapters=[a_chapter(goals=[a_goal(tasks=[a_task(measures=[])])])])
    assert "This task has no measures yet." in read(report(plan))


def test_a_goal_without_tasks_says_so() -> None:
    plan = a_plan(chapters=[a_chapter(goals=[a_goal(tasks=[])])])
    assert "This goal has no tasks yet." in read(report(plan))


def test_an_indicator_is_told_in_full() -> None:
    row = next(row for row in rows(report(sample.plan())) if plain(row.cells[0]) == "E1")  # type: ignore[arg-type]
    shown = [plain(cell) for cell in row.cells[2:7]]  # type: ignore[arg-type]
    assert shown == ["38.0 (2025)", "60.0 (2028)", "52.40", "43.48", "65%"]
    assert "Actual of Q3 2026; +7.90 since Q2 2026." in read(row)


def test_an_indicator_that_is_not_available_says_why() -> None:
    assert "Not available for Q3 2026: Device broken EN" in read(report(sample.plan()))


def test_indicators_stand_under_the_name_of_their_measure() -> None:
    groups = [
        plain(row.words)
        for block in walk(report(sample.plan()).blocks)
        if isinstance(block, Table)
        for row in block.rows
        if isinstance(row, GroupRow)
    ]
    assert "Measure 1.1.1.8 Counted EN" in groups


def test_the_plans_own_names_of_levels_are_used() -> None:
    names = {Level.MEASURE.value: Text.of({"en": "Action"}), Level.CHAPTER.value: Text.of({"en": "Programme"})}
    document = report(replace(sample.plan(), level_names=names))
    bars = next(block for block in walk(document.blocks) if isinstance(block, StatusBars))
    assert bars.header[0] == "Programme"
    assert "Action 1.1.1.8" in read(document)


def test_labels_of_chapters_lead_to_anchors_of_the_document() -> None:
    document = report(sample.plan())
    anchors = {block.anchor for block in walk(document.blocks) if isinstance(block, Heading)}
    bars = next(block for block in walk(document.blocks) if isinstance(block, StatusBars))
    assert {bar.href.removeprefix("#") for bar in bars.bars} <= anchors


def test_no_anchor_stands_twice() -> None:
    doubled = replace(sample.plan(), chapters=sample.plan().chapters * 2)
    anchors = [block.anchor for block in walk(report(doubled).blocks) if isinstance(block, Heading) and block.anchor]
    assert len(anchors) == len(set(anchors))


def test_no_level_of_headings_is_skipped() -> None:
    levels = [block.level for block in walk(report(sample.plan()).blocks) if isinstance(block, Heading)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_rule_stands_at_the_end() -> None:
    found = read(under(report(sample.plan()), "How progress is calculated"))
    assert all(paragraph in found for rule in rules.RULES for paragraph in rule.paragraphs)


def test_warnings_of_the_calculation_are_told() -> None:
    found = read(under(report(sample.plan()), "Warnings about this plan"))
    assert "Some measures of task 2.1.1 have a weight and these do not, and count as 1: 2.1.1.2." in found


def test_the_cover_tells_approval_period_and_data() -> None:
    cover = report(sample.plan()).blocks[0]
    assert isinstance(cover, Cover)
    facts = {label: plain(words).replace("\u00a0", " ") for label, words in cover.facts}
    assert facts["Approval"] == "Council EN, 15 January 2026, No. T-1"
    assert facts["Compared with"] == "second quarter of 2026"
    assert facts["Date of the data"] == "15 October 2026"


def test_the_cover_of_demonstration_data_says_so() -> None:
    cover = report(sample.plan()).blocks[0]
    assert isinstance(cover, Cover)
    assert "made up for demonstration" in plain(cover.note)


def test_nothing_is_cut() -> None:
    title = "Labai ilgas pavadinimas " * 25
    plan = a_plan_of(a_measure(title=title, entries=[an_entry("2026-Q3", Status.DELAYED, reason=title)]))
    assert read(report(plan, "lt")).count(title) >= 2


def test_a_plan_without_progress_has_no_verdict_anywhere() -> None:
    callouts = [block for block in walk(report(a_plan()).blocks) if isinstance(block, Callout)]
    assert {block.mark.word for block in callouts if block.mark} == {"Too little data for a verdict"}


def test_an_empty_plan_makes_a_report() -> None:
    document = report(a_plan(chapters=[]))
    assert document.layout is Layout.REPORT
    assert "The plan has no chapters yet." in read(document)


def test_changes_of_a_chapter_are_listed_in_it_alone() -> None:
    document = report(sample.plan())
    captions = [block.caption for block in under(document, "First EN") if isinstance(block, Table) and block.caption]
    assert "What changed since Q2\u00a02026" in captions
    assert not any(isinstance(block, Table) and "changed" in block.caption for block in under(document, "Second EN"))


def test_paragraphs_of_a_description_stay_paragraphs() -> None:
    goal = a_goal(description=text(en="First.\n\nSecond."))
    assert "First.\nSecond.\n" in read(report(a_plan(chapters=[a_chapter(goals=[goal])])))
