"""Every kind of public page in a real browser: axe finds nothing in any look that the reader can choose, and neither what
axe does not see: small screens, spaced letters, the keyboard, forced colours, paper, no scripts."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.browser.axe import faults
from tests.browser.kinds import kinds
from tests.browser.site import LANGUAGES, Site

SIZES = ("1", "2", "3")
CONTRASTS = ("ordinary", "high")
WIDTHS = (1280, 320)
Opened = Callable[..., Any]

# WCAG 1.4.12: what a reader may set and no text may be lost by.
SPACING = """
* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-bottom: 2em !important }
"""
# Texts that are cut off: the box of the text is wider than the place that shows it.
CUT = """() => [...document.querySelectorAll("main *, header *, footer *, nav *")]
  .filter((each) => {
    const style = getComputedStyle(each);
    if (each.closest("svg") || style.clipPath !== "none" || !each.checkVisibility()) return false;
    const isHidden = (side) => ["hidden", "clip"].includes(style[`overflow${side}`]);
    return (isHidden("X") && each.scrollWidth > each.clientWidth + 1)
      || (isHidden("Y") && each.scrollHeight > each.clientHeight + 1);
  })
  .map((each) => `cut: ${each.tagName} ${each.className} ${each.textContent.trim().slice(0, 40)}`)"""
# What sticks out of the window at its side.
WIDE = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  return [...document.querySelectorAll("body *")]
    .filter((each) => each.getBoundingClientRect().right > room + 1 && each.checkVisibility())
    .map((each) => `wide: ${each.tagName} ${each.getAttribute("class")} ${each.textContent.trim().slice(0, 40)}`)
    .slice(0, 5);
}"""
# Letters of charts that stand on one another or outside of their picture.
CHARTS = """() => [...document.querySelectorAll("svg")].flatMap((svg) => {
  const texts = [...svg.querySelectorAll("text")].map((each) => [each, each.getBoundingClientRect()]);
  return texts.flatMap(([one, a], index) => texts.slice(index + 1)
    .filter(([, b]) => a.left + 1 < b.right && b.left + 1 < a.right && a.top + 2 < b.bottom && b.top + 2 < a.bottom)
    .map(([other]) => `chart: “${one.textContent}” on “${other.textContent}”`));
})"""
# A file of its own, without a menu to skip.
ALONE = "report"
NOTHING = ("not found", "link that ended")
LOOK = "([size, contrast]) => Object.assign(document.documentElement.dataset, {size, contrast})"


@pytest.fixture
def open_site(browser: Any, site: Site) -> Iterator[Opened]:
    """A new window at the site; `cookie`: the reader's settings."""
    contexts = []

    def opened(width: int = 1280, cookie: str = "", **options: Any) -> Any:
        context = browser.new_context(base_url=site.url, viewport={"width": width, "height": 800}, **options)
        contexts.append(context)
        if cookie:
            context.add_cookies([{"name": "reader", "value": cookie, "url": site.url}])
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


def assert_none(found: dict[str, list[str]]) -> None:
    wrong = {where: what for where, what in found.items() if what}
    assert not wrong, "\n".join(f"{where}: {each}" for where, what in wrong.items() for each in what)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_in_any_look(site: Site, open_site: Opened, language: str, width: int) -> None:
    window = open_site(width)
    found = {}
    for kind, path in kinds(site, language).items():
        window.goto(path)
        for size in SIZES:
            for contrast in CONTRASTS:
                window.evaluate(LOOK, [size, contrast])
                found[f"{kind} {size} {contrast}"] = [str(each) for each in faults(window)]
    assert_none(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_where_the_system_is_dark(site: Site, open_site: Opened, language: str) -> None:
    window = open_site(color_scheme="dark")
    found = {}
    for kind, path in kinds(site, language).items():
        window.goto(path)
        found[kind] = [str(each) for each in faults(window)]
    assert_none(found)


def test_the_cookie_makes_the_looks_that_were_tried(site: Site, open_site: Opened) -> None:
    for size in SIZES:
        for contrast in CONTRASTS:
            window = open_site(cookie=f"{size}-{contrast}")
            window.goto("/")
            assert window.evaluate("({...document.documentElement.dataset})") == {"size": size, "contrast": contrast}


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_sticks_out_or_is_cut_off_on_a_narrow_screen(site: Site, open_site: Opened, language: str) -> None:
    window = open_site(320, bypass_csp=True)
    found = {}
    for kind, path in kinds(site, language).items():
        window.goto(path)
        for size in SIZES:
            window.evaluate(LOOK, [size, "ordinary"])
            found[f"{kind} {size}"] = [each for script in (WIDE, CUT, CHARTS) for each in window.evaluate(script)]
        window.add_style_tag(content=SPACING)
        found[f"{kind} spaced"] = [each for script in (WIDE, CUT) for each in window.evaluate(script)]
    assert_none(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_script_is_needed_anywhere(site: Site, open_site: Opened, language: str) -> None:
    """What a page shows without scripts is what it shows with them."""
    plain, scripted = open_site(java_script_enabled=False), open_site()
    found = {}
    for kind, path in kinds(site, language).items():
        plain.goto(path)
        scripted.goto(path)
        same = plain.locator("main").inner_text() == scripted.locator("main").inner_text()
        found[kind] = [] if same else ["says something else without scripts"]
    assert_none(found)


def test_a_reader_without_scripts_sets_the_look_and_stays_on_the_page(site: Site, open_site: Opened) -> None:
    from playwright.sync_api import expect

    window = open_site(java_script_enabled=False)
    path = kinds(site, "lt")["measure"]
    window.goto(path)
    window.locator("button[name=size][value='3']").click()
    expect(window.locator("html")).to_have_attribute("data-size", "3")
    assert window.url == site.url + path
    window.get_by_role("link", name="Neįgalumo nustatymai").click()
    window.get_by_role("radio", name="Didelis: šviesios").check()
    window.locator("main").get_by_role("button").first.click()
    expect(window.locator("html")).to_have_attribute("data-contrast", "high")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_keyboard_reaches_everything_in_the_order_of_the_page(site: Site, open_site: Opened, language: str) -> None:
    """Tab goes through all links and fields, each in sight and marked, the first of them past the header."""
    window = open_site()
    found = {}
    for kind, path in kinds(site, language).items():
        window.goto(path)
        window.keyboard.press("Tab")
        first = window.evaluate("document.activeElement.getAttribute('href')")
        steps = window.evaluate(STEPS)
        found[kind] = [] if first == "#content" or kind == ALONE else [f"the first stop is {first}"]
        for number in range(min(steps, 60)):
            found[kind] += window.evaluate(FOCUSED, number)
            window.keyboard.press("Tab")
    assert_none(found)


STEPS = """() => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
  .filter((each) => each.checkVisibility() && each.tabIndex >= 0 && !each.disabled)
  // Radio buttons of one name are one stop: the chosen one.
  .filter((each) => each.type !== "radio" || each.checked).length"""
FOCUSED = """(number) => {
  const each = document.activeElement;
  if (each === document.body) return [`stop ${number}: nothing has the focus`];
  const style = getComputedStyle(each), box = each.getBoundingClientRect();
  const name = `${each.tagName} ${each.textContent.trim().slice(0, 30)}`;
  const wrong = [];
  if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) wrong.push(`${name}: the focus is not seen`);
  if (box.bottom <= 0 || box.top >= innerHeight) wrong.push(`${name}: the focus is out of sight`);
  return wrong;
}"""


def test_forced_colours_lose_nothing(site: Site, open_site: Opened) -> None:
    window = open_site(forced_colors="active")
    found = {}
    for kind, path in kinds(site, "lt").items():
        window.goto(path)
        found[kind] = [str(each) for each in faults(window)]
    assert_none(found)


def test_on_paper_stand_the_tables_and_not_the_menus(site: Site, open_site: Opened) -> None:
    from playwright.sync_api import expect

    window = open_site()
    for kind in ("chapter", "measure"):
        window.goto(kinds(site, "lt")[kind])
        window.emulate_media(media="print")
        expect(window.locator("main table").first).to_be_visible()
        expect(window.locator("nav.menu")).to_be_hidden()
        expect(window.locator(".reader")).to_be_hidden()
        for table in window.locator("details table").all():
            expect(table).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_policy_of_the_pages_lets_all_of_them_work(site: Site, open_site: Opened, language: str) -> None:
    """No page asks for what its own policy forbids, nor for anything from elsewhere."""
    window = open_site()
    said: list[str] = []
    asked: set[str] = set()
    window.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    window.on("request", lambda request: asked.add(request.url))
    found = {}
    for kind, path in kinds(site, language).items():
        window.goto(path)
        # Of pages that say that there is nothing, the browser complains itself.
        found[kind] = [text for text in said if "status of 4" not in text or kind not in NOTHING]
        said.clear()
    assert_none(found)
    assert {url for url in asked if not url.startswith(site.url)} == set()


def test_planted_faults_are_found(site: Site, open_site: Opened) -> None:
    window = open_site(320)
    window.goto("/")
    assert faults(window) == []
    window.evaluate(
        "document.documentElement.removeAttribute('lang');"
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<p id=planted><img src=x><i>too wide</i></p>');"
        "const set = (name, value) => document.getElementById('planted').style.setProperty(name, value);"
        "set('color', '#999'); set('width', '500px'); set('overflow', 'hidden'); set('white-space', 'nowrap');"
    )
    assert {"html-has-lang", "image-alt", "color-contrast"} <= {each.rule for each in faults(window)}
    assert any("too wide" in each for each in window.evaluate(WIDE))
