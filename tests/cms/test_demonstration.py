"""The demonstration site as a newcomer finds it: every page, in both languages, and nothing that was not approved."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import translation
from wagtail.models import Page

from cms.demonstration.site import load, make_users
from cms.demonstration.values import read
from plan_pages.choices import ReturnState, State
from plan_pages.consultation.requests import RequestAnswer
from plan_pages.domain import progress
from plan_pages.domain.periods import Period
from plan_pages.monitoring import ChapterReturn
from plan_pages.pages.plan import PlanPage
from plan_pages.reading import read_plan

pytestmark = pytest.mark.django_db
LANGUAGES = ("lt", "en")


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[PlanPage]:
    """The site, loaded once for this module and taken back at its end."""
    with django_db_blocker.unblock(), transaction.atomic(), translation.override("lt"):
        yield load(read())
        transaction.set_rollback(True)


def pages(demo: PlanPage) -> list[Page]:
    return list(Page.objects.filter(depth__gt=1).live().specific())


def test_every_page_answers_in_both_languages(demo: PlanPage, client: Client) -> None:
    answers = {}
    for page in pages(demo):
        for language in LANGUAGES:
            with translation.override(language):
                url = page.get_url()
            answers[url] = client.get(url).status_code
    assert len(answers) > 50
    assert {url: status for url, status in answers.items() if status != 200} == {}


def test_every_measure_answers_on_its_own_address(demo: PlanPage, client: Client) -> None:
    plan = read_plan(demo.plan)
    addresses = [
        plan.measure_address(measure, "lt").replace("http://127.0.0.1:8000", "") for measure in plan.measures()
    ]
    assert len(addresses) >= 120
    statuses = {client.get(address).status_code for address in addresses[::20]}
    assert statuses == {200}


def test_every_page_of_the_plan_says_that_the_data_is_for_demonstration(demo: PlanPage, client: Client) -> None:
    silent = []
    for page in [demo, *demo.get_children().specific()]:
        for language, words in (("lt", "Pavyzdiniai duomenys"), ("en", "Demonstration data")):
            with translation.override(language):
                url = page.get_url()
            if words not in client.get(url).content.decode():
                silent.append(url)
    assert silent == []


def test_every_state_can_be_seen(demo: PlanPage) -> None:
    figure = progress.of_plan(read_plan(demo.plan), Period.parse("2026-Q3").last_day).figure
    assert all(figure.states[state] > 0 for state in State)
    assert figure.measures >= 120


def test_there_are_returns_that_wait_and_none_of_them_is_shown(demo: PlanPage, client: Client) -> None:
    waiting = ChapterReturn.objects.exclude(state=ReturnState.APPROVED)
    assert {each.state for each in waiting} == {ReturnState.DRAFT, ReturnState.SUBMITTED}
    notes = {entry.note["lt"] for each in waiting for entry in each.entries.all() if entry.note.get("lt")}
    assert notes
    shown = repr(read_plan(demo.plan))
    for each in waiting:
        shown += client.get(each.chapter.page.get_url()).content.decode()
    assert [note for note in notes if note in shown] == []


def test_the_preparation_can_be_seen_and_says_that_it_is_made_up(demo: PlanPage, client: Client) -> None:
    for language, words in (("lt", "Pavyzdiniai duomenys"), ("en", "Demonstration data")):
        with translation.override(language):
            url = demo.get_url()
        page = client.get(f"{url}remarks/1/").content.decode()
        assert words in page
        assert "K-0001" in page
    states = set(demo.plan.remarks.values_list("state", flat=True))
    assert states == {"draft", "submitted", "answered"}
    assert set(RequestAnswer.objects.values_list("state", flat=True)) == {"waiting", "given", "nothing"}


def test_each_user_can_log_in_and_has_the_right_menu(demo: PlanPage, client: Client) -> None:
    for login in make_users(demo):
        assert client.login(username=login.username, password=login.password)
        assert client.get("/admin/").status_code == 200


def test_all_texts_are_in_both_languages() -> None:
    data = read()
    missing = []
    for chapter in data.plan.chapters:
        items: list[Any] = [chapter, *chapter.goals, *chapter.measures()]
        items += [task for goal in chapter.goals for task in goal.tasks]
        missing += [item.code for item in items for language in LANGUAGES if not item.title.has(language)]
    assert missing == []
