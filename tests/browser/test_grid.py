"""The grid of a return in a real browser, in Lithuanian: by keyboard alone, two people at one row, without a network, on a
narrow screen, after a session has ended."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.utils.translation import override

from plan_pages.choices import ReturnState
from plan_pages.monitoring import ChapterReturn, Entry, IndicatorValue
from plan_pages.register import Indicator, Measure
from tests.browser.desks import NARROW, Desk
from tests.roles import City

ALL_SAVED = re.compile("Viskas įrašyta")
MEASURES = 40


@pytest.fixture
def city(open_page: Any) -> City:
    with override("lt"):
        return City(measures=MEASURES)


@pytest.fixture
def chapter_return(city: City) -> ChapterReturn:
    return city.chapter_return()


@pytest.fixture
def desk(open_page: Any, live_server: Any, city: City, chapter_return: ChapterReturn) -> Desk:
    found = Desk(open_page, live_server, city, "editor of A")
    found.open(chapter_return)
    return found


@pytest.fixture
def colleague(open_page: Any, live_server: Any, city: City, chapter_return: ChapterReturn) -> Desk:
    found = Desk(open_page, live_server, city, "coordinator")
    found.open(chapter_return)
    return found


def key(number: int = 0) -> str:
    return f"measure-{Measure.objects.get(code=f'1.1.{number}').pk}"


def entry(number: int = 0) -> Entry:
    return Entry.objects.get(measure__code=f"1.1.{number}")


def saved(desk: Desk) -> None:
    from playwright.sync_api import expect

    expect(desk.window.locator("[data-saved]")).to_have_text(ALL_SAVED)


def cut_the_line(desk: Desk) -> None:
    desk.window.route("**/rows/**", lambda route: route.abort())


def mend_the_line(desk: Desk) -> None:
    desk.window.unroute("**/rows/**")


def test_forty_measures_are_reported_and_submitted_by_keyboard(desk: Desk, chapter_return: ChapterReturn) -> None:
    from playwright.sync_api import expect

    window = desk.window
    focused = window.locator(":focus")
    for _number in range(MEASURES + 1):
        desk.press("Alt+n")
        desk.type("Vy" if "status" in (focused.get_attribute("name") or "") else "3")
    expect(window.locator("[data-count]")).to_have_text(f"Užpildyta {MEASURES} iš {MEASURES}")
    # Down the column of percents, from the first measure's status.
    desk.press("Alt+n")
    field = desk.field(key(), "status")
    while focused.get_attribute("name") != field.get_attribute("name"):
        desk.press("Shift+Enter" if "status" in (focused.get_attribute("name") or "") else "Shift+Tab")
    desk.press("Tab")
    for number in range(MEASURES):
        desk.type(str(number))
        desk.press("Enter")
    saved(desk)
    assert dict(Entry.objects.values_list("measure__code", "percent")) == {
        f"1.1.{number}": Decimal(number) for number in range(MEASURES)
    }
    assert set(Entry.objects.values_list("status", flat=True)) == {"on_track"}
    assert IndicatorValue.objects.get().actual == 3
    for _number in range(40):
        desk.press("Tab")
        if focused.get_attribute("value") == "submit":
            break
    desk.press("Enter")
    expect(window.get_by_text("Ataskaita pateikta tvirtinti.").first).to_be_visible()
    chapter_return.refresh_from_db()
    assert chapter_return.state == ReturnState.SUBMITTED


def test_a_fault_is_told_at_the_row_and_goes_when_it_is_mended(desk: Desk) -> None:
    from playwright.sync_api import expect

    desk.field(key(), "status").select_option("delayed")
    error = desk.window.locator(f"#id_{key()}-reason_lt_error")
    expect(error).to_contain_text("priežast")
    expect(desk.field(key(), "reason_lt")).to_be_visible()
    assert not Entry.objects.exists()
    desk.field(key(), "reason_lt").fill("Užtruko viešasis pirkimas.")
    desk.field(key(), "percent").focus()
    saved(desk)
    expect(error).to_have_count(0)
    assert entry().reason == {"lt": "Užtruko viešasis pirkimas."}


def test_two_people_in_different_fields_of_one_row_both_keep_theirs(desk: Desk, colleague: Desk) -> None:
    desk.field(key(), "status").select_option("on_track")
    saved(desk)
    colleague.window.reload()
    desk.field(key(), "percent").fill("55")
    desk.field(key(), "percent").blur()
    saved(desk)
    # The colleague's window knows nothing of it yet.
    colleague.field(key(), "note_lt").fill("Koordinatoriaus pastaba")
    colleague.field(key(), "note_lt").blur()
    saved(colleague)
    assert (entry().percent, entry().note) == (55, {"lt": "Koordinatoriaus pastaba"})
    assert colleague.field(key(), "percent").input_value() == "55"


@pytest.mark.parametrize(("button", "percent"), [("Palikti mano", 70), ("Imti kolegos", 55)])
def test_two_people_at_the_same_field_decide_and_none_loses(
    desk: Desk, colleague: Desk, button: str, percent: int
) -> None:
    from playwright.sync_api import expect

    desk.field(key(), "status").select_option("on_track")
    desk.field(key(), "percent").fill("55")
    desk.field(key(), "percent").blur()
    saved(desk)
    colleague.field(key(), "status").select_option("on_track")
    colleague.field(key(), "percent").fill("70")
    colleague.field(key(), "percent").blur()
    conflict = colleague.row(key()).locator(".conflict")
    expect(conflict).to_contain_text("editor of A tai pakeitė")
    expect(conflict).to_contain_text("Procentai: „55“")
    assert entry().percent == 55
    assert colleague.field(key(), "percent").input_value() == "70"
    conflict.get_by_role("button", name=button).click()
    expect(conflict).to_have_count(0)
    expect(colleague.field(key(), "percent")).to_have_value(str(percent))
    saved(colleague)
    assert entry().percent == percent


def test_what_a_colleague_writes_appears_in_a_row_that_is_left_alone(desk: Desk, colleague: Desk) -> None:
    from playwright.sync_api import expect

    desk.field(key(1), "status").select_option("on_track")
    desk.field(key(1), "note_lt").fill("Pradėta")
    desk.field(key(1), "note_lt").blur()
    saved(desk)
    # Coming back to the window looks at once; otherwise it looks every half minute.
    colleague.window.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(colleague.field(key(1), "note_lt")).to_have_value("Pradėta")
    expect(colleague.row(key(1)).locator("[data-state]")).to_contain_text("editor of A")


def test_the_network_drops_between_two_saves_and_nothing_is_lost(desk: Desk, chapter_return: ChapterReturn) -> None:
    from playwright.sync_api import expect

    desk.field(key(0), "status").select_option("on_track")
    saved(desk)
    cut_the_line(desk)
    desk.field(key(1), "status").select_option("completed")
    desk.field(key(1), "note_lt").fill("Parašyta be ryšio")
    desk.field(key(1), "note_lt").blur()
    expect(desk.window.get_by_text(re.compile("Nėra ryšio"))).to_be_visible()
    expect(desk.window.locator("[data-saved]")).to_have_text("Neįrašytų eilučių: 1")
    assert Entry.objects.count() == 1
    # The browser is closed in spite of its warning, and opened again.
    desk.window.on("dialog", lambda dialog: dialog.accept())
    desk.open(chapter_return)
    expect(desk.field(key(1), "note_lt")).to_have_value("Parašyta be ryšio")
    expect(desk.window.get_by_text(re.compile("Nėra ryšio"))).to_be_visible()
    mend_the_line(desk)
    desk.window.evaluate("window.dispatchEvent(new Event('online'))")
    saved(desk)
    assert entry(1).note == {"lt": "Parašyta be ryšio"}
    kept = desk.window.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('plan-return'))")
    assert kept == []


def test_after_the_session_has_ended_nothing_is_lost(desk: Desk) -> None:
    from playwright.sync_api import expect

    Session.objects.all().delete()
    desk.field(key(), "status").select_option("on_track")
    link = desk.window.get_by_role("link", name="Prisijungti naujoje kortelėje")
    expect(link).to_have_attribute("target", "_blank")
    desk.let_in()
    desk.window.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    saved(desk)
    assert entry().status == "on_track"


def test_an_odd_value_is_asked_about_once(desk: Desk, city: City) -> None:
    from playwright.sync_api import expect

    from tests.plan_pages.editing.test_rows import earlier

    earlier(city, "15")
    indicator = f"indicator-{Indicator.objects.get().pk}"
    desk.window.reload()
    desk.field(indicator, "actual").fill("150")
    desk.field(indicator, "actual").blur()
    expect(desk.row(indicator).locator(".question")).to_contain_text("Ar reikšmė teisinga?")
    assert not IndicatorValue.objects.filter(period=city.period).exists()
    desk.row(indicator).get_by_role("button", name="Taip, reikšmė teisinga").click()
    saved(desk)
    assert IndicatorValue.objects.get(period=city.period).actual == 150


def test_a_comment_and_a_link_are_added_without_leaving_the_row(desk: Desk, chapter_return: ChapterReturn) -> None:
    from playwright.sync_api import expect

    desk.window.locator(f"[data-talk-open='{key()}']").click()
    dialog = desk.window.get_by_role("dialog")
    dialog.get_by_label("Nuoroda", exact=True).fill("https://www.kaunas.lt/aktas")
    dialog.get_by_label("Nuorodos pavadinimas").fill("Priėmimo aktas")
    dialog.get_by_role("button", name="Pridėti nuorodą").click()
    expect(dialog.get_by_role("link", name="Priėmimo aktas")).to_be_visible()
    dialog.get_by_label("Naujas komentaras").fill("Pridėsiu ir nuotraukų.")
    dialog.get_by_role("button", name="Siųsti komentarą").click()
    expect(dialog.get_by_text("Pridėsiu ir nuotraukų.")).to_be_visible()
    desk.press("Escape")
    row = desk.window.locator(f"[data-talk='{key()}']")
    expect(row.get_by_role("link", name="Priėmimo aktas")).to_be_visible()
    expect(row.get_by_text("Pridėsiu ir nuotraukų.")).to_be_visible()
    assert chapter_return.comments.get().text == "Pridėsiu ir nuotraukų."


def test_a_new_line_of_money_is_saved_as_it_is_written(desk: Desk) -> None:
    from playwright.sync_api import expect

    measure = Measure.objects.get(code="1.1.0")
    desk.window.locator(f"[data-add-line='{measure.pk}']").click()
    line = desk.window.locator(".grid-money.new")
    line.locator("select[name$=fund]").select_option("SB")
    line.locator("input[name$=spent]").fill("10,50")
    line.locator("input[name$=spent]").blur()
    saved(desk)
    money = measure.budget_entries.get()
    assert (money.fund, money.spent) == ("SB", Decimal("10.50"))
    again = desk.field(f"money-{measure.pk}-{money.year}-SB", "planned")
    again.fill("20")
    again.blur()
    expect(desk.row(f"money-{measure.pk}-{money.year}-SB").locator("[data-state]")).to_contain_text("Įrašyta")
    saved(desk)
    money.refresh_from_db()
    assert money.planned == 20


def test_on_a_narrow_screen_rows_are_cards_and_nothing_moves_sideways(
    open_page: Any, live_server: Any, city: City, chapter_return: ChapterReturn
) -> None:
    desk = Desk(open_page, live_server, city, "editor of A", NARROW)
    desk.open(chapter_return)
    for fold in desk.window.locator("summary").all()[:8]:
        if fold.is_visible():
            fold.click()
    width = desk.window.evaluate("document.documentElement.scrollWidth")
    assert width <= NARROW["width"]
    status = desk.field(key(), "status")
    status.select_option("on_track")
    assert desk.window.get_by_label("1.1.0: Būsena").is_visible()
    saved(desk)
    assert entry().status == "on_track"


def test_the_filter_leaves_what_is_asked_for(desk: Desk) -> None:
    from playwright.sync_api import expect

    desk.field(key(3), "status").select_option("stopped")
    desk.window.locator("[data-filter]").select_option("delayed")
    expect(desk.window.locator(".grid-measure:visible")).to_have_count(1)
    desk.window.locator("[data-filter]").select_option("missing")
    expect(desk.window.locator(".grid-measure:visible")).to_have_count(MEASURES - 1)


def test_submitting_with_a_measure_missing_asks_first(desk: Desk, chapter_return: ChapterReturn) -> None:
    from playwright.sync_api import expect

    desk.field(key(), "status").select_option("on_track")
    desk.window.get_by_role("button", name="Pateikti tvirtinti").click()
    expect(desk.window.get_by_role("heading", name=f"{MEASURES - 1} priemonės be duomenų.")).to_be_visible()
    desk.window.get_by_role("button", name="Vis tiek pateikti").click()
    expect(desk.window.get_by_text("Ataskaita pateikta tvirtinti.").first).to_be_visible()
    chapter_return.refresh_from_db()
    assert chapter_return.state == ReturnState.SUBMITTED
