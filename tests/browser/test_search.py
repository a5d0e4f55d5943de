"""The search in a real browser: suggestions by the keyboard alone, the form without any script, nothing that axe minds."""

from typing import Any

import pytest

from tests.browser.axe import faults
from tests.factories import measure
from tests.plan_pages.search.town import a_chapter, a_plan, paths

FIELD = "#site-search"
LIST = "#site-search-suggestions"


@pytest.fixture
def window(open_page: Any) -> Any:
    found = open_page(viewport={"width": 1280, "height": 900})
    a_chapter(a_plan(), paths(), measure("1.1.1.2", title={"lt": "Dviračių saugykla", "en": ""}))
    return found


def typed(window: Any, words: str) -> None:
    window.goto("/")
    window.locator(FIELD).press_sequentially(words)
    window.wait_for_selector(f"{LIST} [role=option]")


def chosen(window: Any) -> list[str]:
    return window.locator(f"{LIST} [aria-selected=true] span:first-child").all_text_contents()


def test_suggestions_are_walked_through_and_opened_by_the_keyboard(window: Any) -> None:
    typed(window, "dvirac")
    assert window.locator(FIELD).get_attribute("aria-expanded") == "true"
    assert chosen(window) == []
    window.keyboard.press("ArrowDown")
    window.keyboard.press("ArrowDown")
    assert chosen(window) == ["1.1.1.2 Dviračių saugykla"]
    active = window.locator(FIELD).get_attribute("aria-activedescendant")
    assert window.locator(f"#{active}").get_attribute("aria-selected") == "true"
    window.keyboard.press("ArrowUp")
    window.keyboard.press("Enter")
    window.wait_for_url("**/planas/measures/1.1.1.1/")


def test_escape_closes_the_suggestions_and_keeps_what_was_typed(window: Any) -> None:
    typed(window, "dvirac")
    window.keyboard.press("Escape")
    assert window.locator(LIST).is_hidden()
    assert window.locator(FIELD).get_attribute("aria-expanded") == "false"
    assert window.locator(FIELD).input_value() == "dvirac"


def test_enter_without_a_choice_asks_the_page(window: Any) -> None:
    typed(window, "dvirac")
    window.keyboard.press("Enter")
    window.wait_for_url("**/search/?q=dvirac")


def test_a_click_opens_a_suggestion(window: Any) -> None:
    typed(window, "saugyk")
    window.locator(f"{LIST} [role=option]").first.click()
    window.wait_for_url("**/planas/measures/1.1.1.2/")


def test_without_scripts_the_form_works(window: Any, open_page: Any) -> None:
    plain = open_page(java_script_enabled=False)
    plain.goto("/en/")
    plain.locator(FIELD).fill("cycle path")
    plain.locator(f"form:has({FIELD}) button").click()
    plain.wait_for_url("**/en/search/?q=cycle+path")
    assert "1.1.1.1 More cycle paths" in plain.locator("main").inner_text()


def test_on_a_narrow_screen_a_link_leads_to_the_search(window: Any) -> None:
    window.set_viewport_size({"width": 320, "height": 600})
    window.goto("/")
    assert window.locator(FIELD).is_hidden()
    window.locator(".to-search a").click()
    window.wait_for_url("**/search/")
    assert window.locator("#search").is_visible()


@pytest.mark.parametrize("look", ["1-ordinary", "3-high"])
@pytest.mark.parametrize("query", ["takai", "dviraciu tka", "kosmodromas"])
def test_axe_finds_no_fault_in_the_results(window: Any, live_server: Any, look: str, query: str) -> None:
    window.context.add_cookies([{"name": "reader", "value": look, "url": live_server.url}])
    window.goto(f"/search/?q={query}")
    assert faults(window) == []


def test_axe_finds_no_fault_in_the_suggestions(window: Any) -> None:
    typed(window, "dvirac")
    window.keyboard.press("ArrowDown")
    assert faults(window) == []
