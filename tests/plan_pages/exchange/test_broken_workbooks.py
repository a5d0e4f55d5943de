"""Every workbook with one defect says what is wrong, where, and only that."""

import csv
from pathlib import Path

import pytest

from plan_pages.domain.plan import Plan
from plan_pages.exchange.workbook import Problem, read, write
from tests.plan_pages.exchange.workbooks import FUNDS, LANGUAGES

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason=f"the test data is not at {DATA}")

# What the only error, or else the only warning, must say.
ABOUT = {
    "02_orphan_reference.xlsx": ["9.9", "no goal"],
    "04_percent_140.xlsx": ["140", "0–100"],
    "06_text_where_number.xlsx": ["SD", "not a number"],
    "08_wrong_column_key.xlsx": ["task", "tsk", "missing"],
    "10_formula_cached_error.xlsx": ["#DIV/0!", "formula"],
    "12_hidden_sheet.xlsx": ["hidden"],
    "14_unknown_column.xlsx": ["vykdytojo_telefonas", "unknown"],
    "16_truncated_zip.xlsx": ["damaged or cut off"],
    "18_xxe_entity.xlsx": ["document type declaration", "refused"],
    "20_title_40000_chars.xlsx": ["40\u00a0000", "1\u00a0500"],
    "22_control_char_raw.xlsx": ["not well-formed"],
    "24_bom_in_key.xlsx": ["code", "missing", "U+FEFF"],
    "26_same_measure_and_period.xlsx": ["1.1.1.1", "2026-Q1", "row 2"],
    "28_end_before_start.xlsx": ["2026-03-31", "before the start", "2026-04-01"],
    "30_ambiguous_of.xlsx": ["1.1", "goals:1.1", "tasks:1.1"],
}


def _expected() -> list[dict[str, str]]:
    if not DATA.is_dir():
        return []
    with (DATA / "broken" / "EXPECTED.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def _place(problem: Problem) -> tuple[str, str, str]:
    return problem.sheet or "-", str(problem.row or "-"), problem.column or "-"


@needs_data
@pytest.mark.parametrize("expected", [pytest.param(row, id=row["file"]) for row in _expected()])
def test_a_broken_workbook_is_judged_as_expected(expected: dict[str, str]) -> None:
    outcome = read(DATA / "broken" / expected["file"], languages=LANGUAGES, funds=FUNDS)
    if expected["verdict"] == "error":
        assert outcome.plan is None
        assert len(outcome.errors) == 1
    else:
        assert not outcome.errors
        assert isinstance(outcome.plan, Plan)
    told = outcome.errors or outcome.warnings
    if expected["file"] in ABOUT:
        assert _place(told[0]) == (expected["sheet"], expected["row"], expected["column"])
        assert all(word in str(told[0]) for word in ABOUT[expected["file"]])
        assert "\n" not in str(told[0])
    else:
        assert not told


@needs_data
def test_the_external_entity_is_not_opened() -> None:
    outcome = read(DATA / "broken" / "18_xxe_entity.xlsx", languages=LANGUAGES, funds=FUNDS)
    told = " ".join(map(str, outcome.errors + outcome.warnings))
    assert Path("/etc/hostname").read_text().strip() not in told


@needs_data
def test_a_real_plan_has_its_counts() -> None:
    plan = read(DATA / "tenjo.xlsx", languages=LANGUAGES, funds=FUNDS).plan
    assert plan
    goals = [goal for chapter in plan.chapters for goal in chapter.goals]
    measures, indicators = list(plan.measures()), list(plan.indicators())
    assert (len(plan.groups), len(plan.chapters), len(goals)) == (15, 5, 34)
    assert sum(len(goal.tasks) for goal in goals) == 74
    assert (len(measures), len(indicators)) == (331, 415)
    assert max(len(list(chapter.measures())) for chapter in plan.chapters) == 143
    assert sum(len(indicator.values) for indicator in indicators) == 1985
    assert sum(len(measure.budget) for measure in measures) == 1306


@needs_data
def test_a_quarter_with_interim_targets_alone_is_not_reported() -> None:
    plan = read(DATA / "tenjo.xlsx", languages=LANGUAGES, funds=FUNDS).plan
    assert plan
    assert "2024-Q1" in {str(value.period) for indicator in plan.indicators() for value in indicator.values}
    reported = {str(period) for chapter in plan.chapters for period in chapter.reported}
    assert reported == {"2024-Q3", "2024-Q4", "2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"}


@needs_data
@pytest.mark.parametrize("name", ["tenjo.xlsx", "scale_200.xlsx", "broken/00_valid.xlsx"])
def test_a_plan_that_was_read_is_written_and_read_equal(name: str) -> None:
    plan = read(DATA / name, languages=LANGUAGES, funds=FUNDS).plan
    assert plan
    written = write(plan, languages=LANGUAGES)
    again = read(written, languages=LANGUAGES, funds=FUNDS)
    assert (again.plan, again.errors, again.warnings) == (plan, (), ())
    assert again.plan
    assert write(again.plan, languages=LANGUAGES) == written
