"""Files that others made: two valid ones, and others spoiled as files are. What becomes of each stands in a table."""

from dataclasses import dataclass

import pytest

from plan_pages.exchange.stratml import write
from tests.plan_pages.exchange.stratml.files import assert_valid, read_bytes, warned
from tests.tools import need_shared


@dataclass(frozen=True)
class Expected:
    """`refused`: why, or "" for a file that is read. Counts of what is read, and repairs that are told."""

    name: str
    refused: str = ""
    goals: int = 0
    tasks: int = 0
    indicators: int = 0
    values: int = 0
    told: tuple[str, ...] = ()


PLANS = [
    Expected(
        "P1_white_house_office_american_innovation_memo.xml", goals=1, tasks=5,
        told=("there is no number; it has the code 1", "the goals name no chapter; they are read into one"),
    ),
    Expected(
        "P2_human_freedom_albania_timeseries.xml", goals=2, tasks=12, indicators=104, values=2392,
        told=("the number “A” is read as the code 1.A", "the number “A” stands already in line "),
    ),
    Expected(
        "P1_demo_nonstandard_no_namespace.xml", goals=2, tasks=2, indicators=2, values=7,
        told=(
            "Line 3: the elements have no namespace; they are read by their names",
            "Line 7: the format has no “Goals”; what stands in it is read",
            "Line 18: “UnitOfMeasure” is read as “UnitOfMeasurement”",
            "Line 20: “Current” does not belong in “PerformanceIndicator”; it is not read",
            "it is read as that of 2022–2024",
        ),
    ),
    Expected(
        "P1_sample_estratml_not_wellformed.xml",
        "Line 5: the file is not well-formed XML, column 24: a character that may not stand there",
        told=("is of an older edition",),
    ),
    Expected(
        "P2_hilton_head_strategic_action_plan_FY2026-28_draft.xml", goals=10, tasks=67, indicators=85, values=40,
        told=(
            "Line 74: “^^” is read as a line break",
            "Line 103: “Descriptor” stands after “Description”, which is the wrong order",
            "Line 191: 2025-07-01 – 2026-06-30 is no period of the calendar; it is read as 2026",
        ),
    ),
    Expected(
        "P2_oecd_ai_about_invalid_descriptor.xml", goals=3, tasks=3, indicators=3,
        told=("“Descriptor” stands after “Description”", "there is no name; it is called “1.1”", "2020–2020"),
    ),
    Expected(
        "P2_ontoinsights_about_invalid_admininfo.xml", goals=1, tasks=2,
        told=("Line 5: “Submitter” does not belong in “AdministrativeInformation”; it is not read",),
    ),
    Expected(
        "P2_smlc_annual_report_2011.xml", goals=3, tasks=10, indicators=11, values=4,
        told=(
            "“Stakeholder” stands after “OtherInformation”, which is the wrong order",
            "the identifier is empty; a code is made without it",
            "the identifier “8c60e70d-55b5-4ee6-9db3-3a0e202179f2” stands already in line 2",
            "the number “Part 1” is read as the code 1",
            "“FirstName” is read as “GivenName”",
        ),
    ),
]  # fmt: skip
TEMPLATES = [
    "dheyn_part1_Strategic_Plan.xml",
    "dheyn_part2_Performance_Plan.xml",
    "dheyn_part2_Performance_Report.xml",
    "dheyn_part2_Strategic_Plan.xml",
    "vionta_stratml-template-performance.xml",
    "vionta_stratml-template-strategy.xml",
    "vionta_stratml-template2.xml",
]


def test_the_table_has_every_file() -> None:
    folder = need_shared("data/stratml")
    assert {path.name for path in (folder / "plans").iterdir()} == {expected.name for expected in PLANS}
    assert {path.name for path in (folder / "templates").iterdir()} == set(TEMPLATES)


@pytest.mark.parametrize("expected", PLANS, ids=[each.name for each in PLANS])
def test_a_real_file_is_judged_as_expected(expected: Expected) -> None:
    outcome = read_bytes(need_shared(f"data/stratml/plans/{expected.name}").read_bytes(), "en")
    assert [expected.refused in str(error) for error in outcome.errors] == [True] * bool(expected.refused)
    told = warned(outcome)
    assert [each for each in expected.told if not any(each in line for line in told)] == []
    if outcome.plan is None:
        return
    goals = [goal for chapter in outcome.plan.chapters for goal in chapter.goals]
    indicators = list(outcome.plan.indicators())
    assert len(goals) == expected.goals
    assert sum(len(goal.tasks) for goal in goals) == expected.tasks
    assert len(indicators) == expected.indicators
    assert sum(len(each.values) for each in indicators) == expected.values


@pytest.mark.parametrize("name", [each.name for each in PLANS if not each.refused])
def test_what_was_read_of_a_real_file_is_written_validly_and_read_equal(name: str) -> None:
    plan = read_bytes(need_shared(f"data/stratml/plans/{name}").read_bytes(), "en").plan
    assert plan is not None
    data = write(plan, language="en")
    assert_valid(data, 2)
    again = read_bytes(data, "en")
    assert again.plan == plan
    assert warned(again) == []
    assert_valid(write(plan, language="en", part=1), 1)


@pytest.mark.parametrize("name", TEMPLATES)
def test_an_empty_form_is_refused_for_it_says_no_years(name: str) -> None:
    outcome = read_bytes(need_shared(f"data/stratml/templates/{name}").read_bytes(), "en")
    assert [str(error) for error in outcome.errors] == [
        "the file does not say for which years the plan is; write StartDate and EndDate in AdministrativeInformation"
    ]
