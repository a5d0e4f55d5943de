"""An indicator on an address of its own, and the lists of what a plan has: indicators, chapters, groups."""

import csv
import io
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from plan_pages.choices import Status
from plan_pages.monitoring import IndicatorValue
from plan_pages.pages.chapter import ChapterPage
from plan_pages.pages.plan import PlanPage
from plan_pages.register import Indicator
from tests.factories import chapter_page, goal, group_page, indicator, measure, plan_page, publish, task
from tests.plan_pages.readers import a_chapter, get, report, text

pytestmark = pytest.mark.django_db
HERE = "/en/planas/indicators/R-1.1/"


@pytest.fixture
def plan() -> PlanPage:
    return plan_page(title="Miesto planas", heading_en="City plan", slug="planas")


@pytest.fixture
def chapter(plan: PlanPage) -> ChapterPage:
    """Measure 1.1.1.1 with indicator R-1.1: 40 in 2025-Q4, 60 in 2026-Q1, of 100."""
    some = indicator(
        "R-1.1",
        name={"lt": "Pasodinta medžių", "en": "Trees planted"},
        target="100",
        target_year="2030",
        method={"lt": "Skaičiuojama vietoje", "en": "Counted on the spot"},
        source={"lt": "Parkų skyrius", "en": "Parks unit"},
        next_update="2027-01-20",
    )
    owner = group_page(plan, heading_en="Green group")
    page = a_chapter(plan, "1", [measure("1.1.1.1", responsible="Parkai", indicators=[some])], group=owner)
    report(page, "2025-Q4", 40)
    report(page, "2026-Q1", 60)
    return page


def test_an_indicator_shows_its_latest_value_target_and_baseline(chapter: ChapterPage) -> None:
    page = text(get(HERE))
    for words in ("Trees planted", "60 units", "Target 100 2030", "Baseline 0", "Achieved 60%", "Expected today"):
        assert words in page


def test_an_indicator_tells_its_trend_with_the_rule(chapter: ChapterPage) -> None:
    page = text(get(HERE))
    assert "Improving" in page
    assert "a change for the better larger than 1\u00a0units" in page


def test_the_chart_has_a_title_a_description_and_a_table(chapter: ChapterPage) -> None:
    page = get(HERE)
    assert re.search(
        r'<svg class="line" role="img" aria-labelledby="(chart-[^"]+)".*<title id="\1">Chart: Trees', page, re.S
    )
    assert "Q4\u00a02025: 40\u00a0units; Q1\u00a02026: 60\u00a0units. Target for 2030: 100\u00a0units.</desc>" in page
    assert re.search(r"<details open>.*Q1\u00a02026", page, re.S)


def test_the_words_of_a_chart_say_the_sums_that_it_draws(plan: PlanPage) -> None:
    some = indicator("R-5", aggregate="sum", target="100")
    page = a_chapter(plan, "1", [measure("1.1.1.1", indicators=[some])])
    report(page, "2025-Q4", 40)
    report(page, "2026-Q1", 20)
    assert "Q4\u00a02025: 40\u00a0units; Q1\u00a02026: 60\u00a0units." in get("/en/planas/indicators/R-5/")


def test_an_indicator_says_where_it_comes_from_and_what_it_belongs_to(chapter: ChapterPage) -> None:
    page = get(HERE)
    words = ("Counted on the spot", "Parks unit", "20\u00a0January 2027", "Every quarter", "Parkai", "Green group")
    assert [each for each in words if each not in page] == []
    assert 'href="/en/planas/measures/1.1.1.1/"' in page
    assert "#task-" in page
    assert "#goal-" in page


def test_the_values_can_be_downloaded_as_csv(chapter: ChapterPage) -> None:
    answer = Client().get(f"{HERE}?format=csv")
    assert answer["Content-Type"].startswith("text/csv")
    assert "attachment" in answer["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert [(each["period"], each["actual"], each["unit"]) for each in rows] == [
        ("2025-Q4", "40", "units"),
        ("2026-Q1", "60", "units"),
    ]
    assert rows[0]["address"].endswith(f"/en/planas/id/{Indicator.objects.get().public_id}/")


def test_the_permanent_address_of_an_indicator_leads_to_the_present_one(chapter: ChapterPage) -> None:
    answer = Client().get(f"/en/planas/id/{Indicator.objects.get().public_id}/")
    assert (answer.status_code, answer["Location"]) == (302, HERE)


def test_an_indicator_that_left_with_its_measure_is_kept_at_its_permanent_address(chapter: ChapterPage) -> None:
    public_id = Indicator.objects.get().public_id
    page = ChapterPage.objects.get()
    page.goals.raw_data[0]["value"]["tasks"][0]["value"]["measures"] = []
    publish(page)
    assert "no longer in the plan" in get(f"/en/planas/id/{public_id}/")
    get(HERE, 404)


def test_an_indicator_of_a_return_that_is_not_approved_shows_nothing_of_it(chapter: ChapterPage) -> None:
    IndicatorValue.objects.filter(actual=60).update(actual=987654)
    chapter.chapter.returns.filter(period__period="2026-Q1").update(state="draft", approved_at=None)
    assert "987" not in get(HERE)


def test_an_indicator_of_a_chapter_that_is_not_published_is_not_found(chapter: ChapterPage) -> None:
    chapter.unpublish()
    get(HERE, 404)


def test_indicators_lead_to_their_pages_from_where_they_are_shown(plan: PlanPage) -> None:
    goals = [
        goal("1.1", [task("1.1.1", [measure("1.1.1.1", indicators=[indicator("R-3")])], indicators=[indicator("R-2")])],
             indicators=[indicator("R-1")])
    ]  # fmt: skip
    chapter_page(plan, goals, code="1", slug="skyrius-1")
    page = get("/en/planas/skyrius-1/")
    assert [code for code in ("R-1", "R-2") if f'href="/en/planas/indicators/{code}/"' not in page] == []
    assert 'href="/en/planas/indicators/R-3/"' in get("/en/planas/measures/1.1.1.1/")
    listed = get("/en/planas/indicators/")
    assert [code for code in ("R-1", "R-2", "R-3") if f'href="/en/planas/indicators/{code}/"' not in listed] == []


def test_the_list_of_chapters_names_figures_and_groups(chapter: ChapterPage) -> None:
    page = text(get("/en/planas/chapters/"))
    for words in ("Of 1 measure", "Green group", "On track 1"):
        assert words in page


def test_the_list_of_groups_has_the_coordinating_one_first_and_what_each_answers_for(
    plan: PlanPage, chapter: ChapterPage
) -> None:
    group_page(plan, kind="coordinating", heading_en="Coordinators")
    page = get("/en/planas/groups/")
    assert page.index("Coordinators") < page.index("Green group")
    assert f'href="/en/planas/measures/?chapter=1&amp;status={Status.ON_TRACK.value}"' in page


@pytest.mark.parametrize("path", ["indicators/R-9/", "indicators/1.1.1.1/"])
def test_an_indicator_that_is_not_there_is_not_found(chapter: ChapterPage, path: str) -> None:
    get(f"/en/planas/{path}", 404)


@pytest.mark.parametrize("path", ["indicators/", "chapters/", "groups/", "indicators/R-1/"])
def test_a_page_takes_no_more_queries_for_a_larger_plan(plan: PlanPage, path: str) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            get(f"/en/planas/{path}")
        return len(asked)

    def grow(code: str) -> None:
        some = [measure(f"{code}.1.1.1", indicators=[indicator(f"R-{code}")])]
        report(a_chapter(plan, code, some, group=group_page(plan, heading_en=f"Group {code}")), "2026-Q1", 10)

    grow("1")
    get(f"/en/planas/{path}")
    before = queries()
    grow("2")
    grow("3")
    assert queries() == before
