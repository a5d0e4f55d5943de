"""Figures in the API: the tree, progress for any period, budget, periods. They are those of `plan_pages.domain`."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from plan_pages.domain import progress
from plan_pages.domain.progress import PlanProgress
from plan_pages.monitoring import BudgetLine, ReportingPeriod
from plan_pages.pages.plan import PlanPage
from plan_pages.reading import read_plan
from plan_pages.register import Goal, Measure, Plan
from tests.factories import measure, plan_page
from tests.plan_pages.api.asked import ask, codes
from tests.plan_pages.readers import a_chapter, report

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> PlanPage:
    """Chapter 1 with two measures, at 40 % in 2025-Q4 and 70 % in 2026-Q1; chapter 2, at 60 % in 2026-Q1."""
    plan = plan_page(title="Miesto planas", heading_en="City plan", slug="planas")
    first = a_chapter(plan, "1", [measure("1.1.1.1"), measure("1.1.1.2", title={"lt": "Parkas", "en": "Park"})])
    report(first, "2025-Q4", 40)
    report(first, "2026-Q1", 70)
    report(a_chapter(plan, "2"), "2026-Q1", 60)
    return plan


def computed(day: date) -> PlanProgress:
    return progress.of_plan(read_plan(Plan.objects.get()), day)


def depth_of(node: Any) -> int:
    return 1 + max((depth_of(each) for each in node.get("children", [])), default=0)


@pytest.mark.parametrize(("depth", "levels"), [("1", 1), ("2", 2), ("3", 3), ("4", 4)])
def test_the_tree_is_as_deep_as_it_is_asked_for(plan: PlanPage, depth: str, levels: int) -> None:
    tree = ask(f"plans/planas/tree/?depth={depth}")
    assert depth_of(tree) == levels + 1
    assert tree["depth"] == levels


def test_the_whole_tree_has_every_measure_with_its_figure_under_its_task(plan: PlanPage) -> None:
    chapters = ask("plans/planas/tree/?period=2026-Q1")["children"]
    assert [each["code"] for each in chapters] == ["1", "2"]
    (goal,) = chapters[0]["children"]
    (task,) = goal["children"]
    assert [(each["code"], each["percent"], each["status"]) for each in task["children"]] == [
        ("1.1.1.1", "70", "on_track"),
        ("1.1.1.2", "70", "on_track"),
    ]
    assert ask(task["children"][1]["@id"].partition("/api/v3/")[2])["title"] == "Park"


@pytest.mark.parametrize("query", ["?depth=0", "?depth=5", "?depth=all"])
def test_a_tree_has_no_other_depth(plan: PlanPage, query: str) -> None:
    ask(f"plans/planas/tree/{query}", 422)


@pytest.mark.parametrize(
    ("period", "day"),
    [("2025-Q4", "2025-12-31"), ("2026-03", "2026-03-31"), ("2026-H1", "2026-06-30"), ("2025", "2025-12-31")],
)
def test_progress_of_any_period_is_what_the_plan_is_computed_to_be(plan: PlanPage, period: str, day: str) -> None:
    told = ask(f"plans/planas/progress/?period={period}")
    own = computed(date.fromisoformat(day))
    assert (told["period"], told["as_of"]) == (period, day)
    for figure, known in [
        (told["figure"], own.figure),
        *((shown["figure"], each.figure) for shown, each in zip(told["chapters"], own.chapters, strict=True)),
    ]:
        assert (figure["percent"] and Decimal(figure["percent"])) == known.percent
        assert (figure["coverage"] and Decimal(figure["coverage"])) == known.coverage
        assert (figure["time_gone"] and Decimal(figure["time_gone"])) == known.time_gone
        assert figure["verdict"] == known.verdict.value
        assert (figure["counted"], figure["countable"], figure["measures"]) == (
            known.counted,
            known.countable,
            known.measures,
        )
        assert sum(figure["states"].values()) == known.measures


def test_coverage_stands_beside_a_figure_and_missing_is_not_zero(plan: PlanPage) -> None:
    chapters = ask("plans/planas/progress/?period=2025-Q4")["chapters"]
    reported, silent = (each["figure"] for each in chapters)
    assert (reported["percent"], reported["percent_shown"], reported["coverage"]) == ("40", 40, "100")
    assert (silent["percent"], silent["percent_shown"], silent["coverage"]) == (None, None, "0")
    assert silent["states"]["no_data"] == 1


def test_progress_is_as_deep_as_it_is_asked_for(plan: PlanPage) -> None:
    shallow = ask("plans/planas/progress/?depth=1")["chapters"][0]
    deep = ask("plans/planas/progress/")["chapters"][0]
    assert shallow["goals"] == []
    assert deep["goals"][0]["tasks"][0]["task"]["code"] == "1.1.1"


def test_mixed_weights_are_told(plan: PlanPage) -> None:
    Goal.objects.filter(code="1.1").update(weight=2)
    Measure.objects.filter(code="1.1.1.1").update(weight=2)
    (warning,) = ask("plans/planas/progress/")["warnings"]
    assert warning == {"of": "1.1.1", "children": "measure", "without": ["1.1.1.2"]}


def test_money_is_told_with_its_cents_by_fund_and_year(plan: PlanPage) -> None:
    row = Measure.objects.get(code="1.1.1.1")
    BudgetLine.objects.create(measure=row, year=2025, fund="SB", planned="1000.50", spent="250.10")
    BudgetLine.objects.create(measure=row, year=2030, fund="ES", planned="5000")
    budget = ask("plans/planas/budget/?period=2026-Q1")
    so_far = budget["so_far"]
    assert budget["currency"] == "EUR"
    assert (so_far["total"]["planned"], so_far["total"]["spent"]) == ("1000.50", "250.10")
    assert Decimal(so_far["total"]["share"]).quantize(Decimal("0.01")) == Decimal("25.00")
    assert budget["whole"]["total"]["planned"] == "6000.50"
    assert [each["fund"] for each in budget["whole"]["by_fund"]] == ["SB", "ES"]
    assert [each["year"] for each in budget["whole"]["by_year"]] == [2025, 2030]
    assert budget["whole"]["by_fund"][1]["amounts"]["spent"] is None
    assert budget["chapters"][0]["whole"]["planned"] == "6000.50"


def test_periods_are_told_with_their_days_and_who_has_reported(plan: PlanPage) -> None:
    ReportingPeriod.objects.filter(period="2026-Q1").update(
        opens="2026-04-01", due="2026-04-15", locked_at="2026-05-01T00:00Z"
    )
    listed = ask("plans/planas/periods/")
    assert codes(listed) == ["2025-Q4", "2026-Q1"]
    found = ask("plans/planas/periods/2026-Q1/")
    assert (found["first_day"], found["last_day"], found["due"]) == ("2026-01-01", "2026-03-31", "2026-04-15")
    assert found["locked"] == "2026-05-01T03:00:00+03:00"
    assert [each["code"] for each in found["chapters"]] == ["1", "2"]
    assert ask(found["links"]["progress"].partition("/api/v3/")[2])["period"] == "2026-Q1"
    ask("plans/planas/periods/2027-Q1/", 404)


def test_a_period_that_is_not_over_leads_to_no_figures(plan: PlanPage) -> None:
    ReportingPeriod.objects.create(plan=plan.plan, period="2030-Q4")
    assert ask("plans/planas/periods/2030-Q4/")["links"]["progress"] is None
    ask("plans/planas/progress/?period=2030-Q4", 422)


def test_a_plan_leads_to_everything_of_it(plan: PlanPage) -> None:
    found = ask("plans/planas/")
    assert (found["title"], found["language"], found["code"]) == ("City plan", "en", "planas")
    for name, link in found["links"].items():
        if name != "page":
            ask(link.partition("/api/v3/")[2])
    assert found["links"]["page"] == "http://localhost/en/planas/"


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("chapters/", ["1", "2"]),
        ("chapters/?code=2", ["2"]),
        ("goals/?chapter=1", ["1.1"]),
        ("tasks/?goal=2.1", ["2.1.1"]),
        ("tasks/?code=1.1.1", ["1.1.1"]),
    ],
)
def test_parts_are_listed_as_asked_for(plan: PlanPage, path: str, found: list[str]) -> None:
    assert codes(ask(f"plans/planas/{path}")) == found


def test_a_part_leads_up_and_to_its_measures(plan: PlanPage) -> None:
    (task,) = ask("plans/planas/tasks/?code=1.1.1")["items"]
    found = ask(task["@id"].partition("/api/v3/")[2])
    assert codes(ask(found["links"]["measures"].partition("/api/v3/")[2])) == ["1.1.1.1", "1.1.1.2"]
    goal = ask(found["links"]["up"].partition("/api/v3/")[2])
    assert [each["code"] for each in goal["tasks"]] == ["1.1.1"]
    assert ask(goal["links"]["up"].partition("/api/v3/")[2])["goals"][0]["code"] == "1.1"
