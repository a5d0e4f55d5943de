"""The text of a chapter in Lithuanian and in a real browser: a measure is found, edited, approved and moved."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils.translation import override

from plan_pages.pages.chapter import ChapterPage
from plan_pages.register import Measure
from tests.factories import chapter_page, goal, indicator, measure, task
from tests.roles import City

PASSWORD = "labai-slaptas-zodis"
MEASURES = 30


class Desk:
    """A plan, and windows of people who are logged in."""

    def __init__(self, opened: Callable[..., Any]) -> None:
        self.opened = opened
        self.city = City()
        rows = [measure(f"5.1.{number}", indicators=[indicator(f"R{number}-5")]) for number in range(1, MEASURES + 1)]
        rows[6]["value"]["title"]["lt"] = "Švietimo įstaigų šiltinimas"
        goals = [goal("5", [task("5.1", rows), task("5.2", [])])]
        self.page = chapter_page(self.city.plan, goals, group=self.city.a, code="5", title="Švietimo skyrius")
        goals = [goal("6", [task("6.1", [measure("6.1.1")])])]
        self.other = chapter_page(self.city.plan, goals, group=self.city.b, code="6", title="Kultūros skyrius")

    def window(self, name: str, width: int = 1280) -> Any:
        user = self.city.user(name)
        user.set_password(PASSWORD)
        user.save()
        user.wagtail_userprofile.preferred_language = "lt"
        user.wagtail_userprofile.save()
        window = self.opened(viewport={"width": width, "height": 900})
        window.goto("/admin/login/")
        window.locator("input[name=username]").fill(name)
        window.locator("input[name=password]").fill(PASSWORD)
        window.locator("button[type=submit]").click()
        window.wait_for_url("**/admin/")
        return window

    def edit(self, window: Any, fragment: str = "") -> None:
        window.goto("/admin/")
        window.goto(f"/admin/pages/{self.page.pk}/edit/{fragment}")
        window.wait_for_selector("[data-streamfield-child]", state="attached")


@pytest.fixture
def desk(open_page: Any) -> Any:
    with override("lt"):
        yield Desk(open_page)


def block(window: Any, code: str) -> Any:
    """The opened block of the measure with that code."""
    row = Measure.objects.get(code=code)
    return window.locator(f'[data-contentpath="{row.block_id}"]')


def find(window: Any, words: str) -> None:
    window.get_by_role("tab", name="Tikslai, uždaviniai, priemonės").click()
    window.get_by_role("combobox", name="Rasti pagal kodą ar pavadinimą").fill(words)


def test_a_measure_is_found_by_its_title_without_diacritics_and_opened_by_keyboard(desk: Desk) -> None:
    from playwright.sync_api import expect

    window = desk.window("editor of A")
    desk.edit(window)
    assert window.locator("textarea[name*=-value-], input[name$=-value-code]").count() == 0
    find(window, "svietimo istaigu")
    expect(window.get_by_role("option")).to_have_count(1)
    expect(window.get_by_role("status").filter(has_text="Rasta: 1")).to_have_count(1)
    window.keyboard.press("Enter")
    found = block(window, "5.1.7")
    expect(found.locator("input[name$=-value-code]").first).to_have_value("5.1.7")
    expect(found.locator("[data-panel-toggle]").first).to_be_focused()
    expect(found).to_be_in_viewport()
    # The task around it says how much is in it once it is closed.
    window.get_by_role("combobox").fill("nieko tokio")
    expect(window.get_by_role("status").filter(has_text="Nieko nerasta.")).to_have_count(1)


@pytest.mark.parametrize("fragment", ["#measure-5.1.9", "#block-{id}-section", "#:w:contentpath=goals.{id}"])
def test_an_address_leads_to_the_block(desk: Desk, fragment: str) -> None:
    from playwright.sync_api import expect

    window = desk.window("editor of A")
    desk.edit(window, fragment.replace("{id}", str(Measure.objects.get(code="5.1.9").block_id)))
    expect(block(window, "5.1.9").locator("input[name$=-value-code]").first).to_have_value("5.1.9")
    expect(block(window, "5.1.9")).to_be_in_viewport()


def test_looking_into_blocks_is_not_editing_and_headers_say_what_is_inside(desk: Desk) -> None:
    from playwright.sync_api import expect

    before = ChapterPage.objects.get(pk=desk.page.pk).latest_revision_id
    window = desk.window("editor of A")
    desk.edit(window)
    expect(window.locator("[data-panel-heading]").filter(has_text=f"priemonių: {MEASURES}").first).to_be_attached()
    form = "[...new FormData(document.querySelector('[data-edit-form]'))].filter(([name]) => name.startsWith('goals'))"
    asked = window.evaluate(form)
    for code in ("5.1.7", "5.1.8"):
        find(window, code)
        window.keyboard.press("Enter")
        expect(block(window, code).locator("input[name$=-value-code]").first).to_be_visible()
    assert window.evaluate(form) == asked
    assert ChapterPage.objects.get(pk=desk.page.pk).latest_revision_id == before


def test_an_error_opens_its_block_and_is_listed_above(desk: Desk) -> None:
    from playwright.sync_api import expect

    window = desk.window("editor of A")
    desk.edit(window, "#measure-5.1.9")
    block(window, "5.1.9").locator("input[name$=-value-code]").first.fill("5.1.7")
    window.locator("button.action-save").first.click()
    expect(window.get_by_role("heading", name="Klaidos tiksluose, uždaviniuose, priemonėse")).to_be_visible()
    expect(block(window, "5.1.9").locator("input[name$=-value-code]").first).to_be_visible()
    window.locator("[data-block-faults] a").first.click()
    expect(block(window, "5.1.9").locator("input[name$=-value-code]").first).to_be_focused()


def test_a_text_goes_from_the_group_to_the_readers(desk: Desk) -> None:
    from playwright.sync_api import expect

    identity = Measure.objects.get(code="5.1.9").public_id
    editor, approver = desk.window("editor of A"), desk.window("approver")

    def submit(title: str) -> None:
        desk.edit(editor, "#measure-5.1.9")
        block(editor, "5.1.9").locator("input[name$=-value-title-lt]").fill(title)
        editor.locator("footer [data-w-dropdown-target=toggle]").click()
        editor.locator("button[name=action-submit]").click()
        editor.wait_for_url(lambda url: not url.endswith("/edit/"))

    submit("Pirmas bandymas")
    approver.goto(f"/admin/pages/{desk.page.pk}/revisions/compare/live...latest/")
    expect(approver.locator("ins").filter(has_text="Pirmas bandymas")).to_be_visible()
    expect(approver.get_by_role("heading", name="Priemonė 5.1.9 Pirmas bandymas")).to_be_visible()
    expect(approver.get_by_text("Pakeista: 1")).to_be_visible()

    desk.edit(approver)
    approver.locator("footer [data-w-dropdown-target=toggle]").click()
    approver.locator('button[data-workflow-action-name="reject"]').click()
    approver.locator(".modal textarea[name=comment]").fill("Trūksta veiksmažodžio")
    approver.locator(".modal button[type=submit]").click()
    approver.wait_for_url(lambda url: not url.endswith("/edit/"))

    editor.goto(f"/admin/pages/{desk.page.pk}/history/")
    expect(editor.get_by_text("Trūksta veiksmažodžio").first).to_be_visible()
    submit("Atnaujinti mokyklas")
    desk.edit(approver)
    approver.locator("footer [data-w-dropdown-target=toggle]").click()
    approver.locator('button[data-workflow-action-name="approve"]').first.click()
    approver.wait_for_url(lambda url: not url.endswith("/edit/"))

    editor.goto(f"/{desk.city.plan.slug}/measures/5.1.9/")
    expect(editor.get_by_role("heading", name="Atnaujinti mokyklas")).to_be_visible()
    assert Measure.objects.get(code="5.1.9").public_id == identity


@pytest.mark.parametrize("width", [1280, 320])
def test_an_approver_moves_a_measure_from_its_header_to_another_chapter(desk: Desk, width: int) -> None:
    from playwright.sync_api import expect

    identity = Measure.objects.get(code="5.1.9").public_id
    window = desk.window("approver", width)
    desk.edit(window, "#measure-5.1.9")
    block(window, "5.1.9").get_by_role("link", name="Perkelti į kitą uždavinį ar skyrių").first.click()
    expect(window.get_by_label("Priemonė", exact=True)).to_have_value(str(Measure.objects.get(code="5.1.9").block_id))
    window.get_by_label("Uždavinys, į kurį perkeliama").select_option(label="6.1 Pavadinimas 6.1")
    window.get_by_role("button", name="Tęsti").click()
    expect(window.get_by_label("Kodas naujoje vietoje")).to_have_value("6.1.2")
    expect(window.get_by_text("Abu skyriai paskelbiami iš karto")).to_be_visible()
    wide = window.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert wide, "the screen scrolls sideways"
    window.get_by_role("button", name="Perkelti priemonę").click()
    expect(window.get_by_text("jos kodas – 6.1.2")).to_be_visible()
    expect(block(window, "6.1.2").locator("input[name$=-value-code]").first).to_have_value("6.1.2")
    assert Measure.objects.get(code="6.1.2").public_id == identity
    window.goto(f"/{desk.city.plan.slug}/measures/5.1.9/")
    assert window.url.endswith("/measures/6.1.2/")


def test_a_closed_measure_may_be_duplicated(desk: Desk) -> None:
    from playwright.sync_api import expect

    window = desk.window("editor of A")
    desk.edit(window, "#task-5.1")
    closed = block(window, "5.1.3")
    closed.locator('[data-streamfield-action="DUPLICATE"]').first.click()
    codes = window.locator("input[name$=-value-code]:visible")
    expect(codes.filter(visible=True)).to_have_count(3)
    assert [each.input_value() for each in codes.all()] == ["5", "5.1", "5.1.3"]
