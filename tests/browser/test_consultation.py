"""A public consultation from its page to its closing report, in a real browser: a citizen, at a wide and at a narrow window,
with scripts and without; a coordinator at the admin.
"""

from typing import Any

import pytest
from django.utils.translation import override

from plan_pages.consultation.givings import UnconfirmedRemark
from plan_pages.consultation.remarks import Remark
from plan_pages.consultation.rounds import RemarkRound
from plan_pages.outbox import OutboxMail
from tests.browser.axe import faults
from tests.browser.desks import NARROW, WIDE, Desk
from tests.plan_pages.citizens.hall import EMAIL, NAME, TEXT, Hall
from tests.plan_pages.preparation.town import day

pytestmark = pytest.mark.django_db(transaction=True)
SEND, CONFIRM = "form.form button.button", "form.form button.button"


@pytest.fixture
def hall(settings: Any, open_page: Any) -> Hall:
    # A browser that is driven fills a form faster than anybody.
    settings.PLAN_CONSULTATIONS = {"seconds_at_least": 0}
    with override("lt"):
        made = Hall(language="")
        made.town.speak("lt")
        return made


@pytest.fixture(params=[(WIDE, True), (NARROW, True), (NARROW, False)], ids=["wide", "narrow", "without scripts"])
def window(open_page: Any, request: pytest.FixtureRequest) -> Any:
    size, scripts = request.param
    return open_page(viewport=size, java_script_enabled=scripts)


def fits(window: Any) -> bool:
    """Nothing has to be scrolled sideways."""
    size = window.viewport_size["width"]
    return bool(window.locator("main").bounding_box()["width"] <= size)


def fill(window: Any, **fields: str) -> None:
    for name, value in fields.items():
        window.locator(f"[name={name}]").fill(value)


def test_a_citizen_gives_a_remark(hall: Hall, window: Any) -> None:
    window.goto(hall.address())
    assert fits(window)
    window.locator("main a.button").click()
    window.wait_for_url("**/new/")
    window.locator(SEND).click()
    summary = window.locator(".faults")
    summary.wait_for()
    assert summary.locator("a").count() == 4
    assert fits(window)
    assert not UnconfirmedRemark.objects.exists()
    summary.locator("a[href='#id_email']").click()
    assert window.locator("#id_email:focus, #id_email:target").count() == 1
    window.locator("#id_chapter").select_option(value=f"chapter-{hall.town.chapter_a.chapter.pk}")
    fill(window, code="1.1.0", text=TEXT, name=NAME, email="be eta")
    window.locator("#id_consent").check()
    window.locator(SEND).click()
    window.locator("#id_email_error").wait_for()
    # Nothing that was written is lost.
    assert window.locator("#id_text").input_value() == TEXT
    assert window.locator("#id_consent").is_checked()
    fill(window, email=EMAIL)
    window.locator(SEND).click()
    window.wait_for_url("**/sent/")
    mail = OutboxMail.objects.get(recipient=EMAIL)
    assert hall.link() in mail.text
    window.goto(hall.link())
    assert TEXT in window.locator("main").text_content()
    assert not Remark.objects.exists()
    window.locator(CONFIRM).click()
    window.locator("[role=status]").wait_for()
    assert "K-0001" in window.locator("[role=status]").text_content()
    remark = Remark.objects.get()
    assert (remark.measure, remark.person_email) == (hall.town.measure, EMAIL)
    window.goto(hall.address())
    assert TEXT not in window.locator("main").text_content()


def test_a_machine_that_fills_every_field_is_refused(hall: Hall, open_page: Any) -> None:
    window = open_page()
    window.goto(hall.address("new/"))
    box = window.locator("#id_website").bounding_box()
    assert box["x"] + box["width"] < 0
    window.locator("#id_website").fill("http://spam.example")
    fill(window, text=TEXT, email=EMAIL)
    window.locator("#id_chapter").select_option(value="plan")
    window.locator("#id_consent").check()
    window.locator(SEND).click()
    window.locator(".faults a[href='#id_website']").wait_for()
    assert window.locator("#id_website").bounding_box()["x"] > 0
    assert not UnconfirmedRemark.objects.exists()


def test_the_keyboard_passes_by_the_field_that_is_to_stay_empty(hall: Hall, open_page: Any) -> None:
    window = open_page()
    window.goto(hall.address("new/"))
    window.locator("#id_email").focus()
    window.keyboard.press("Tab")
    assert window.evaluate("document.activeElement.id") == "id_consent"


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_a_coordinator_looks_through_answers_and_publishes(
    hall: Hall, open_page: Any, live_server: Any, viewport: dict[str, int]
) -> None:
    shown, hidden = hall.give(), hall.give(text="Kvailas planas")
    desk = Desk(open_page, live_server, hall.town, "coordinator", viewport)
    window = desk.window
    window.goto("/admin/preparation/remarks/citizens/")
    window.locator(f"a[href$='/remarks/{shown.pk}/moderate/']").click()
    window.locator("textarea[name=text]").fill("Prie mokyklos reikia perėjos.")
    window.locator("button[value=show]").click()
    window.locator(f"a[href$='/remarks/{hidden.pk}/moderate/']").click()
    window.locator("select[name=reason]").select_option(value="insult")
    window.locator("button[value=hide]").click()
    window.wait_for_url("**/citizens/")
    reader = open_page(viewport=viewport)
    reader.goto(hall.address())
    words = reader.locator("main").text_content()
    assert "Prie mokyklos reikia perėjos." in words
    assert "apšviestos" not in words
    assert "Kvailas" not in words
    window.goto(f"/admin/preparation/remarks/{shown.pk}/")
    window.locator("input[name=answer][value=accepted]").check()
    window.locator("textarea[name=reason]").fill("Perėja bus.")
    window.locator("button[value=answer]").click()
    window.wait_for_load_state()
    RemarkRound.objects.filter(pk=hall.round.pk).update(opens=day(-9), due=day(-1))
    window.goto(f"/admin/preparation/rounds/{hall.round.pk}/")
    window.locator("button[value=publish]").click()
    window.wait_for_load_state()
    reader.goto(hall.address())
    words = reader.locator("main").text_content()
    assert "Perėja bus." in words
    assert reader.locator("a[href$='/lt.pdf']").count() == 1
    assert "Slaptoji" not in reader.content()
    assert EMAIL not in reader.content()
    assert fits(reader)
    reader.goto(hall.address("new/"))
    assert reader.locator("form textarea").count() == 0
    assert faults(reader) == []


def test_the_page_with_the_number_has_no_fault_of_accessibility(hall: Hall, open_page: Any) -> None:
    hall.send()
    window = open_page(viewport=NARROW)
    window.goto(hall.link())
    window.locator(CONFIRM).click()
    window.locator("[role=status]").wait_for()
    assert faults(window) == []


@pytest.mark.parametrize("path", ["", "new/", "sent/", "link"])
def test_no_fault_of_accessibility(hall: Hall, open_page: Any, path: str) -> None:
    hall.send()
    window = open_page(viewport=NARROW)
    window.goto(hall.link() if path == "link" else hall.address(path))
    assert faults(window) == []
    if path == "new/":
        window.locator(SEND).click()
        window.locator(".faults").wait_for()
        assert faults(window) == []
