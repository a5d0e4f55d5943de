"""What a chapter's editor says is missing: of the draft, by the rules of the report of gaps, with the way to each block."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from plan_pages.choices import Audience
from plan_pages.domain import gaps
from plan_pages.domain.gaps import Gap
from plan_pages.pages.chapter import ChapterPage
from plan_pages.pages.content_checks import SHOWN
from plan_pages.pages.drafts import chapter_of
from plan_pages.reading import read_plan
from tests.factories import chapter_page, goal, indicator, measure, plan_page, task
from tests.roles import City

pytestmark = pytest.mark.django_db
WHOLE = {"responsible": "Aplinkos skyrius"}
LANGUAGES = ["lt", "en"]


@pytest.fixture
def city() -> City:
    return City()


def edit(client: Client, city: City, page: ChapterPage) -> str:
    client.force_login(city.user("editor of A"))
    answer = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def draft(city: City, *measures: dict[str, Any], **fields: Any) -> ChapterPage:
    """A draft of group A's chapter that says something else than what is published."""
    page = city.chapter_a
    values = {"indicators": [indicator("E1")], **fields}
    page.goals = json.dumps([goal("1", [task("1.1", list(measures))], **values)])
    page.save_revision()
    return page


def test_the_editor_says_what_the_draft_lacks_and_leads_to_the_block(city: City, client: Client) -> None:
    page = draft(city, measure("1.1.7", end=None))
    block = page.get_latest_revision_as_object().goals[0].value["tasks"][0].value["measures"][0]
    shown = edit(client, city, page)
    assert "2 things are missing in this chapter" in shown
    assert "No responsible body: 1" in shown
    assert "No end: 1" in shown
    assert f'<a href="#block-{block.id}-section">Measure 1.1.7</a>' in shown


def test_a_chapter_in_which_nothing_is_missing_says_so(city: City, client: Client) -> None:
    assert "Nothing is missing in this chapter." in edit(client, city, draft(city, measure(**WHOLE)))


def test_a_text_without_its_translation_is_named_with_the_language(city: City, client: Client) -> None:
    titled = {"title": {"lt": "Žalia", "en": ""}, "description": {"lt": "Žalia", "en": ""}}
    shown = edit(client, city, draft(city, measure("1.1.7", **WHOLE, **titled)))
    assert "Text not translated: 1" in shown
    assert "Žalia</span>: English, 2 texts" in shown


def test_a_goal_without_an_indicator_and_a_long_title_are_named(city: City, client: Client) -> None:
    shown = edit(client, city, draft(city, measure(**WHOLE), indicators=[], title={"lt": "Ž" * 300, "en": "G" * 300}))
    assert "Goal without an indicator: 1" in shown
    assert "300 characters" in shown


def test_a_title_is_shown_as_text(city: City, client: Client) -> None:
    shown = edit(client, city, draft(city, measure(title={"lt": "<b>Žalia</b>", "en": "<b>Green</b>"})))
    assert "&lt;b&gt;Green&lt;/b&gt;" in shown


def test_of_many_only_some_are_listed_and_the_rest_counted(city: City, client: Client) -> None:
    shown = edit(client, city, draft(city, *(measure(f"1.1.{number}") for number in range(SHOWN + 5))))
    assert f"No responsible body: {SHOWN + 5}" in shown
    assert "and 5 more" in shown


def test_a_half_filled_draft_is_looked_at_too() -> None:
    page = ChapterPage(title="Naujas", code="")
    page.goals = json.dumps(
        [
            {
                "type": "goal",
                "value": {"tasks": [{"type": "task", "value": {"measures": [{"type": "measure", "value": {}}]}}]},
            }
        ]
    )
    found = list(gaps.in_texts(chapter_of(page), LANGUAGES))
    assert {gap.kind.value for gap in found} == {"no_indicator", "no_responsible", "no_end", "not_translated"}


def without_identity(found: list[Gap]) -> list[tuple[Any, ...]]:
    return [(gap.kind, gap.level, gap.code, gap.title, gap.language, gap.count) for gap in found]


def test_a_published_chapter_lacks_the_same_in_the_editor_as_in_the_report() -> None:
    plan = plan_page()
    half: dict[str, Any] = {"title": {"lt": "Žalia", "en": ""}, "end": None}
    rows = [
        measure(
            **half, milestones=[{"type": "milestone", "value": {"title": {"lt": "Etapas", "en": ""}, "date": None}}]
        ),
        measure(**WHOLE, indicators=[indicator(unit={"lt": "vnt.", "en": ""}, source={"lt": "", "en": "Register"})]),
    ]
    page = chapter_page(plan, [goal(tasks=[task(measures=rows)]), goal(indicators=[indicator()])], heading_en="")
    whole = read_plan(plan.plan, Audience.INTERNAL)
    reported = without_identity(list(gaps.in_texts(whole.chapters[0], LANGUAGES)))
    assert without_identity(list(gaps.in_texts(chapter_of(page), LANGUAGES))) == reported
    assert len(reported) >= 8


def test_the_checks_ask_the_database_nothing(city: City) -> None:
    page = ChapterPage.objects.get(pk=city.chapter_a.pk)
    with CaptureQueriesContext(connection) as queries:
        assert list(gaps.in_texts(chapter_of(page), LANGUAGES))
    assert len(queries) == 0
