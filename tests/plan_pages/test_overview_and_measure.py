"""What the overview, a measure and a group show beside their figures."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from plan_pages.choices import RoundAudience
from plan_pages.consultation.rounds import RemarkRound
from plan_pages.pages.chapter import ChapterPage
from plan_pages.pages.group import GroupMember, GroupPage
from plan_pages.pages.plan import PlanPage
from tests.factories import group_page, indicator, measure, plan_page, publish
from tests.plan_pages.readers import a_chapter, get, report, text

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def plan() -> PlanPage:
    return plan_page(title="Miesto planas", heading_en="City plan", slug="planas")


@pytest.fixture
def group(plan: PlanPage) -> GroupPage:
    return group_page(plan, slug="grupe", heading_en="Green group")


@pytest.fixture
def chapter(plan: PlanPage, group: GroupPage) -> ChapterPage:
    """Chapter 1 with three measures; the second has milestones in the past and ahead."""
    milestones = [
        {"type": "milestone", "value": {"title": {"lt": "Projektas", "en": "Design"}, "date": "2020-01-01"}},
        {"type": "milestone", "value": {"title": {"lt": "Atidarymas", "en": "Opening"}, "date": "2099-05-01"}},
    ]
    some: list[Any] = [
        measure("1.1.1.1", end="2099-12-31", indicators=[indicator("R-1"), indicator("R-2")]),
        measure("1.1.1.2", end="2099-12-31", milestones=milestones),
        measure("1.1.1.3", end="2099-12-31"),
    ]
    page = a_chapter(plan, "1", some, group=group)
    report(page, "2025-Q4", 40)
    report(page, "2026-Q1", 60)
    return page


def with_headlines(plan: PlanPage, codes: str) -> PlanPage:
    plan.refresh_from_db()
    plan.headline_indicators = codes
    plan.full_clean()
    publish(plan)
    return plan


# The overview


def test_the_overview_shows_the_indicators_that_its_editors_choose_in_their_order(
    plan: PlanPage, chapter: ChapterPage
) -> None:
    assert "Main indicators" not in get("/en/planas/")
    with_headlines(plan, "R-2;  R-1")
    page = get("/en/planas/")
    assert plan.headline_indicators == "R-2, R-1"
    assert -1 < page.index("indicators/R-2/") < page.index("indicators/R-1/")
    assert "60 units" in text(page)


def test_a_code_that_the_plan_has_not_is_refused_by_name(plan: PlanPage, chapter: ChapterPage) -> None:
    with pytest.raises(ValidationError, match="R-9") as error:
        with_headlines(plan, "R-1, R-9")
    assert "headline_indicators" in error.value.message_dict


def test_no_more_than_five_indicators_are_chosen(plan: PlanPage) -> None:
    a_chapter(plan, "1", [measure("1.1.1.1", indicators=[indicator(f"R-{number}") for number in range(6)])])
    with pytest.raises(ValidationError, match="At most 5"):
        with_headlines(plan, "R-0, R-1, R-2, R-3, R-4, R-5")


def test_an_indicator_that_has_left_the_plan_is_no_longer_shown_first(plan: PlanPage, chapter: ChapterPage) -> None:
    with_headlines(plan, "R-1")
    chapter.refresh_from_db()
    chapter.goals.raw_data[0]["value"]["tasks"][0]["value"]["measures"] = []
    publish(chapter)
    assert "Main indicators" not in get("/en/planas/")


def a_round(plan: PlanPage, opens: int, due: int, audience: RoundAudience = RoundAudience.PUBLIC) -> RemarkRound:
    today = timezone.localdate()
    return RemarkRound.objects.create(
        plan=plan.plan,
        number=1,
        title={"lt": "Dėl plano", "en": "On the draft"},
        opens=today + opens * DAY,
        due=today + due * DAY,
        answer_by=today + (due + 30) * DAY,
        audience=audience.value,
        created_at=timezone.now(),
    )


def test_the_overview_and_measures_tell_of_a_consultation_that_is_open_to_everyone(
    plan: PlanPage, chapter: ChapterPage
) -> None:
    a_round(plan, -1, 5)
    for path in ("/en/planas/", "/en/planas/measures/1.1.1.1/"):
        page = text(get(path))
        assert "On the draft" in page
        assert "Remarks can be given until" in page


@pytest.mark.parametrize(
    ("opens", "due", "audience"),
    [(-5, -1, RoundAudience.PUBLIC), (1, 5, RoundAudience.PUBLIC), (-1, 5, RoundAudience.GROUPS)],
)
def test_no_banner_tells_of_a_round_that_is_over_or_ahead_or_for_groups(
    plan: PlanPage, opens: int, due: int, audience: RoundAudience
) -> None:
    a_round(plan, opens, due, audience)
    assert "On the draft" not in get("/en/planas/")


# A measure


def test_a_measure_tells_what_is_done_what_is_being_done_and_what_is_left(chapter: ChapterPage) -> None:
    page = text(get("/en/planas/measures/1.1.1.2/")).partition("What is done and what is left")[2]
    done, _middle, left = page.partition("What is left")
    assert "Done 60" in done
    assert "Opening" in left.partition("Milestones")[0]
    assert "Design" not in left.partition("Milestones")[0]


def test_the_history_says_what_was_and_what_became_of_it(chapter: ChapterPage) -> None:
    page = text(get("/en/planas/measures/1.1.1.1/"))
    assert "40% → 60%" in page.partition("History")[2]
    assert "Reported by: Green group" in page


def test_a_measure_of_which_nothing_was_reported_has_no_history(plan: PlanPage) -> None:
    a_chapter(plan, "1")
    assert "Nothing has been reported yet." in get("/en/planas/measures/1.1.1.1/")


def test_a_measure_leads_to_those_before_and_after_it(chapter: ChapterPage) -> None:
    page = get("/en/planas/measures/1.1.1.2/")
    assert 'href="/en/planas/measures/1.1.1.1/" rel="prev"' in page
    assert 'href="/en/planas/measures/1.1.1.3/" rel="next"' in page
    assert 'rel="prev"' not in get("/en/planas/measures/1.1.1.1/")
    assert 'rel="next"' not in get("/en/planas/measures/1.1.1.3/")


def test_one_asks_the_group_of_a_measure_by_mail(group: GroupPage, chapter: ChapterPage) -> None:
    assert "mailto:" not in get("/en/planas/measures/1.1.1.1/")
    group.email = "zalia@example.org"
    publish(group)
    assert 'href="mailto:zalia@example.org?subject=1.1.1.1&amp;body=' in get("/en/planas/measures/1.1.1.1/")


def test_the_permanent_address_of_a_measure_is_shown(chapter: ChapterPage) -> None:
    public_id = chapter.chapter.measures.get(code="1.1.1.1").public_id
    assert f"/en/planas/id/{public_id}/</a>" in get("/en/planas/measures/1.1.1.1/")


# A group


def test_a_group_shows_its_chair_its_contact_and_what_was_approved_of_it(
    group: GroupPage, chapter: ChapterPage
) -> None:
    group.email, group.phone = "zalia@example.org", "+370 37 000000"
    group.members.add(GroupMember(kind="council", institution_lt="Taryba", institution_en="Council", chairs=True))
    publish(group)
    page = text(get("/en/planas/grupe/"))
    for words in ("Chair Council", "zalia@example.org", "+370 37 000000", "Q1\u00a02026", "Q4\u00a02025"):
        assert words in page
    assert 'href="/en/planas/measures/?chapter=1&amp;status=on_track"' in get("/en/planas/grupe/")
