"""The plan's pages as a reader finds them: in both languages, and with nothing that is not public."""

import datetime
import re
from itertools import pairwise

import pytest
from django.test import Client

from plan_pages.choices import MemberKind
from plan_pages.monitoring import BudgetLine, Entry
from plan_pages.pages.chapter import ChapterPage
from plan_pages.pages.group import GroupMeeting, GroupMember
from plan_pages.pages.plan import PlanAmendment, PlanPage
from plan_pages.register import Measure
from tests.factories import group_page, measure, plan_page, publish
from tests.plan_pages.readers import NBSP, a_chapter, get, report, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> PlanPage:
    return plan_page(title="Miesto planas", heading_en="City plan", slug="planas", vision_lt="Žalias miestas")


@pytest.fixture
def chapter(plan: PlanPage) -> ChapterPage:
    """Chapter 1 with measure 1.1.1.1, 40 % done in 2025-Q4 and 60 % in 2026-Q1."""
    page = a_chapter(plan, "1")
    report(page, "2025-Q4", 40)
    report(page, "2026-Q1", 60)
    return page


# The overview of a plan


def test_the_plan_answers_how_it_is_doing(chapter: ChapterPage) -> None:
    assert f"Of 1 measure, 1{NBSP}on track." in get("/en/planas/").replace("\n", " ")


def test_the_plan_shows_its_percent_as_the_language_writes_it(chapter: ChapterPage) -> None:
    assert "60%" in get("/en/planas/")
    assert f"60{NBSP}%" in get("/planas/")


def test_the_plan_tells_what_changed_since_the_period_before(chapter: ChapterPage) -> None:
    assert "40% → 60%" in text(get("/en/planas/"))


def test_a_plan_without_any_report_says_so(plan: PlanPage) -> None:
    a_chapter(plan, "1")
    assert "No progress has been reported yet." in get("/en/planas/")


def test_chapters_at_different_periods_are_said_to_be(plan: PlanPage, chapter: ChapterPage) -> None:
    report(a_chapter(plan, "2"), "2025-Q4", 10)
    assert f"from Q4{NBSP}2025 to Q1{NBSP}2026" in get("/en/planas/")


def test_the_plan_shows_approval_and_amendments(plan: PlanPage) -> None:
    plan.approval_body_lt, plan.approval_number, plan.approval_date = "Taryba", "T-1", datetime.date(2022, 5, 3)
    plan.amendments.add(PlanAmendment(title_lt="Papildyta", title="Papildyta", number="T-77"))
    publish(plan)
    page = text(get("/planas/"))
    assert "T-1" in page
    assert f"2022{NBSP}m. gegužės 3{NBSP}d." in page
    assert "T-77 Papildyta" in page


def test_money_is_shown_by_fund(chapter: ChapterPage) -> None:
    BudgetLine.objects.create(measure=Measure.objects.get(), year=2025, fund="SB", planned="1240500", spent="620250")
    page = text(get("/en/planas/"))
    assert "Municipal budget (SB)" in page
    assert "€1,240,500" in page
    assert "50%" in page


def test_money_that_was_not_reported_is_not_zero(chapter: ChapterPage) -> None:
    BudgetLine.objects.create(measure=Measure.objects.get(), year=2025, fund="SB", planned="500")
    page = text(get("/en/planas/"))
    assert "not reported" in page
    assert "€0" not in page


def test_the_rules_have_an_address_of_their_own(plan: PlanPage) -> None:
    assert "The percent is the one that the working group entered." in get("/en/planas/progress-rules/")


def test_a_demonstration_says_so_on_every_page(plan: PlanPage, chapter: ChapterPage) -> None:
    plan.refresh_from_db()
    plan.is_demonstration = True
    publish(plan)
    group = group_page(plan)
    paths = ["", "skyrius-1/", "measures/1.1.1.1/", "progress-rules/", f"{group.slug}/"]
    assert [path for path in paths if "Demonstration data." not in get(f"/en/planas/{path}")] == []


def test_a_real_plan_does_not_call_itself_a_demonstration(chapter: ChapterPage) -> None:
    assert "Demonstration data." not in get("/en/planas/")


def test_a_draft_plan_says_that_it_is_one(plan: PlanPage) -> None:
    plan.stage = "draft"
    publish(plan)
    assert "This plan is a draft" in get("/en/planas/")


# A chapter


def test_a_chapter_shows_goals_tasks_and_measures(chapter: ChapterPage) -> None:
    page = text(get("/en/planas/skyrius-1/"))
    assert "Goal 1.1 Title 1.1" in page
    assert "Task 1.1.1 Title 1.1.1" in page
    assert "Title 1.1.1.1" in page


def test_a_chapter_names_its_period(chapter: ChapterPage) -> None:
    assert "Reported up to: first quarter of 2026." in get("/en/planas/skyrius-1/")


def test_a_measure_in_the_table_leads_to_its_own_address(chapter: ChapterPage) -> None:
    assert 'href="/en/planas/measures/1.1.1.1/"' in get("/en/planas/skyrius-1/")


def test_levels_are_called_as_the_plan_calls_them(plan: PlanPage, chapter: ChapterPage) -> None:
    plan.refresh_from_db()
    plan.goal_name_lt, plan.goal_name_en = "Kryptis", "Direction"
    publish(plan)
    assert "Direction 1.1" in text(get("/en/planas/skyrius-1/"))
    assert "Kryptis 1.1" in text(get("/planas/skyrius-1/"))


def test_a_moved_deadline_is_shown_with_the_original_one(plan: PlanPage) -> None:
    a_chapter(plan, "1", [measure("1.1.1.1", end="2098-12-31")])
    page = ChapterPage.objects.get()
    page.goals.raw_data[0]["value"]["tasks"][0]["value"]["measures"][0]["value"]["end"] = "2099-06-30"
    publish(page)
    shown = text(get("/planas/skyrius-1/"))
    assert "2099-06-30" in shown
    assert "2098-12-31" in shown


def test_a_chapter_leads_to_its_group(plan: PlanPage) -> None:
    group = group_page(plan, heading_en="Green group")
    a_chapter(plan, "1", group=group)
    assert "Green group" in get("/en/planas/skyrius-1/")


def test_a_chapter_does_not_name_a_group_that_is_not_published(plan: PlanPage) -> None:
    group = group_page(plan, heading_en="Secret group")
    a_chapter(plan, "1", group=group)
    group.unpublish()
    assert "Secret group" not in get("/en/planas/skyrius-1/")


def test_headings_of_a_chapter_stand_in_order(chapter: ChapterPage) -> None:
    levels = [int(level) for level in re.findall(r"<h([1-6])", get("/en/planas/skyrius-1/"))]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


# A measure


def test_a_measure_has_an_address_of_its_own(chapter: ChapterPage) -> None:
    page = text(get("/en/planas/measures/1.1.1.1/"))
    assert "Title 1.1.1.1" in page
    assert "On track" in page
    assert "Progress 60%" in page


def test_a_measure_tells_what_was_reported_the_latest_first(chapter: ChapterPage) -> None:
    page = get("/planas/measures/1.1.1.1/")
    assert -1 < page.index("Padaryta 60") < page.index("Padaryta 40")


def test_a_measure_shows_its_indicator_as_the_language_writes_it(chapter: ChapterPage) -> None:
    assert f"1{NBSP}240,5" in get("/planas/measures/1.1.1.1/")
    assert "1,240.5" in get("/en/planas/measures/1.1.1.1/")


def test_an_indicator_with_two_values_has_a_chart_and_a_table(chapter: ChapterPage) -> None:
    page = get("/en/planas/measures/1.1.1.1/")
    assert page.count('class="dot"') == 2
    assert "Values by period" in page


def test_a_measure_past_its_deadline_is_late_and_says_why(plan: PlanPage) -> None:
    report(a_chapter(plan, "1", [measure("1.1.1.1", start="2025-01-01", end="2026-01-31")]), "2026-Q1", 60)
    assert "past its deadline" in get("/en/planas/measures/1.1.1.1/")


def test_a_measure_without_a_report_for_the_period_shows_what_was_last_known(
    plan: PlanPage, chapter: ChapterPage
) -> None:
    Entry.objects.filter(percent=60).delete()
    page = text(get("/en/planas/measures/1.1.1.1/"))
    assert "No data" in page
    assert f"Last known, in Q4{NBSP}2025: On track, 40%." in page


def test_the_permanent_address_leads_to_the_present_one(chapter: ChapterPage) -> None:
    answer = Client().get(f"/en/planas/id/{Measure.objects.get().public_id}/")
    assert (answer.status_code, answer["Location"]) == (302, "/en/planas/measures/1.1.1.1/")


def test_a_measure_taken_out_of_the_plan_is_kept_at_its_permanent_address(chapter: ChapterPage) -> None:
    public_id = Measure.objects.get().public_id
    page = ChapterPage.objects.get()
    page.goals.raw_data[0]["value"]["tasks"][0]["value"]["measures"] = []
    publish(page)
    assert "no longer in the plan" in get(f"/en/planas/id/{public_id}/")
    get("/en/planas/measures/1.1.1.1/", 404)


@pytest.mark.parametrize("path", ["measures/9.9/", "id/00000000-0000-4000-8000-000000000000/", "id/x/", "nera/"])
def test_what_is_not_there_is_not_found(chapter: ChapterPage, path: str) -> None:
    get(f"/en/planas/{path}", 404)


def test_markup_in_titles_and_texts_is_only_text(plan: PlanPage) -> None:
    evil = "<script>alert(1)</script>"
    some = measure("1.1.1.1", title={"lt": evil, "en": ""}, description={"lt": evil, "en": ""}, responsible=evil)
    page = a_chapter(plan, "1", [some], title=evil, summary_lt=evil)
    report(page, "2026-Q1", 5, note=evil)
    for path in ("/planas/", "/planas/skyrius-1/", "/planas/measures/1.1.1.1/", "/en/planas/measures/1.1.1.1/"):
        assert "<script>" not in get(path)


# A group


def test_a_group_shows_members_meetings_and_chapter(plan: PlanPage) -> None:
    above = group_page(plan, kind="coordinating", heading_en="Coordinating group")
    group = group_page(plan, slug="grupe", remit_en="Cares for parks", answers_to=above)
    group.members.add(GroupMember(kind=MemberKind.INSTITUTION.value, institution_lt="Botanikos sodas", role_lt="Narys"))
    group.meetings.add(GroupMeeting(date=datetime.date(2026, 3, 2), agenda_en="Budget\nTrees"))
    publish(group)
    a_chapter(plan, "1", group=group, heading_en="Green city")
    page = get("/en/planas/grupe/")
    for words in ("Cares for parks", "Coordinating group", f"2{NBSP}March 2026", "<li>Trees</li>", "1. Green city"):
        assert words in page
    assert '<span lang="lt">Botanikos sodas</span>' in page


def test_members_added_without_a_place_keep_the_order_they_were_added_in(plan: PlanPage) -> None:
    group = group_page(plan, slug="grupe")
    names = ["Botanikos sodas", "Muziejus", "Biblioteka"]
    for name in names:
        group.members.add(GroupMember(kind=MemberKind.INSTITUTION.value, institution_lt=name))
    publish(group)
    first = GroupMember.objects.filter(institution_lt=names[0])
    for elsewhere in (group_page(plan, code="X", slug="kita"), group):  # and back: PostgreSQL reads it last then
        first.update(page=elsewhere)
    page = get("/planas/grupe/")
    assert sorted(names, key=page.index) == names


# Languages


def test_a_page_without_an_english_heading_is_shown_in_lithuanian_and_says_so(plan: PlanPage) -> None:
    a_chapter(plan, "1", title="Tik lietuviškai", heading_en="")
    page = get("/en/planas/skyrius-1/")
    assert "This page is available in Lithuanian." in page
    assert '<h1 lang="lt">Tik lietuviškai</h1>' in page


def test_a_text_that_is_in_lithuanian_only_is_marked_so(plan: PlanPage) -> None:
    some = measure("1.1.1.1", title={"lt": "Takas", "en": ""})
    a_chapter(plan, "1", [some])
    assert '<span lang="lt">Takas</span>' in get("/en/planas/skyrius-1/")
    assert '<span lang="lt">Takas</span>' not in get("/planas/skyrius-1/")


def test_the_page_names_its_language(chapter: ChapterPage) -> None:
    assert '<html lang="lt"' in get("/planas/measures/1.1.1.1/")
    assert '<html lang="en"' in get("/en/planas/measures/1.1.1.1/")
