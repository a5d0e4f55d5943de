"""A quarter in a real browser, in Lithuanian: an editor reports and submits, the coordinator comments and sends back, the
editor corrects, the coordinator approves and locks; the public page and a report show it."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils.translation import override

from plan_pages.choices import Audience, ReturnState
from plan_pages.domain.periods import Period
from plan_pages.monitoring import ChapterReturn
from plan_pages.reading import read_plan
from plan_pages.register import Measure
from reports.choices import ReportKind
from reports.compose import compose
from reports.html import render
from tests.browser.desks import Desk
from tests.browser.test_grid import saved
from tests.roles import City

REASON = "Užtruko viešasis pirkimas."
DONE = "Nupirkta šešiolika suolų."


@pytest.fixture
def city(open_page: Any) -> City:
    with override("lt"):
        return City(measures=2)


def key(code: str) -> str:
    return f"measure-{Measure.objects.get(code=code).pk}"


def report_and_submit(editor: Desk) -> None:
    for code, status in (("1.1.0", "delayed"), ("1.1.1", "completed")):
        editor.field(key(code), "status").select_option(status)
    editor.field(key("1.1.0"), "reason_lt").fill("Vėluoja.")
    editor.field(key("1.1.0"), "note_lt").fill(DONE)
    editor.field(key("1.1.0"), "percent").fill("35")
    editor.field(key("1.1.0"), "percent").blur()
    saved(editor)
    submit(editor)


def submit(editor: Desk) -> None:
    from playwright.sync_api import expect

    editor.window.get_by_role("button", name="Pateikti tvirtinti").click()
    expect(editor.window.get_by_text("Ataskaita pateikta tvirtinti.").first).to_be_visible()


def comment_and_send_back(coordinator: Desk, chapter_return: ChapterReturn) -> None:
    from playwright.sync_api import expect

    window = coordinator.open(chapter_return)
    assert window.locator("#grid select:not([data-filter]):enabled").count() == 0
    window.locator(f"[data-talk-open='{key('1.1.0')}']").click()
    dialog = window.get_by_role("dialog")
    dialog.get_by_label("Naujas komentaras").fill("Kodėl vėluoja?")
    dialog.get_by_role("button", name="Siųsti komentarą").click()
    expect(dialog.get_by_text("Kodėl vėluoja?")).to_be_visible()
    coordinator.press("Escape")
    window.locator("#send-back-reason").fill("Patikslinkite priežastį.")
    window.locator("button[value=send_back]").click()
    expect(window.locator("#reason-heading")).to_be_visible()


def correct(editor: Desk, chapter_return: ChapterReturn) -> None:
    from playwright.sync_api import expect

    window = editor.open(chapter_return)
    expect(window.locator(".help-warning")).to_contain_text("Patikslinkite priežastį.")
    expect(window.locator(f"[data-talk='{key('1.1.0')}']").get_by_text("Kodėl vėluoja?")).to_be_visible()
    editor.field(key("1.1.0"), "reason_lt").fill(REASON)
    editor.field(key("1.1.0"), "reason_lt").blur()
    saved(editor)
    submit(editor)


def approve_and_lock(coordinator: Desk, chapter_return: ChapterReturn) -> None:
    from playwright.sync_api import expect

    window = coordinator.open(chapter_return)
    window.locator("[data-filter]").select_option("new")
    expect(window.locator(".grid-measure:visible")).to_have_count(1)
    window.locator("button[value=approve]").click()
    expect(window.get_by_text("Patvirtinta", exact=True).first).to_be_visible()
    window.goto(reverse("plan_pages_lock_period", args=[chapter_return.period_id]))
    window.locator("form[method=post] button[type=submit]").last.click()
    window.wait_for_url("**/monitoring/periods/")


def test_a_quarter_from_the_first_row_to_the_report(open_page: Any, live_server: Any, city: City) -> None:
    chapter_return = city.chapter_return()
    editor = Desk(open_page, live_server, city, "editor of A")
    coordinator = Desk(open_page, live_server, city, "coordinator")
    public = f"{city.plan.url}measures/1.1.0/"
    editor.open(chapter_return)
    report_and_submit(editor)
    comment_and_send_back(coordinator, chapter_return)
    correct(editor, chapter_return)
    editor.window.goto(public)
    assert DONE not in editor.window.content()
    approve_and_lock(coordinator, chapter_return)
    chapter_return.refresh_from_db()
    assert (chapter_return.state, chapter_return.period.is_locked) == (ReturnState.APPROVED, True)
    page = editor.window.goto(public) and editor.window.content()
    assert DONE in page
    assert REASON in page
    assert "Kodėl vėluoja?" not in page
    plan = read_plan(city.plan.plan, Audience.PUBLIC)
    report = render(compose(ReportKind.COUNCIL, plan, Period.parse("2026-Q1"), "lt"))
    assert REASON in report.decode()
    editor.open(chapter_return)
    assert editor.window.locator("#grid button[type=submit]").count() == 0
