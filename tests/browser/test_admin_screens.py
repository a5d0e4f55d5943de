"""The admin as a browser shows it, in Lithuanian: axe finds no fault of ours on any screen of ours, nor in the editor of a
chapter, and no script says a word of English."""

import gc
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils.translation import override

from tests.browser.axe import faults
from tests.cms.addresses import Examples
from tests.untranslated import english_of_text

OURS = ("plan_pages.", "reports.", "cms.")
ROLES = ("editor of A", "approver", "coordinator")
# Wagtail's, but where editors spend their days.
OF_EDITORS = (
    "admin/",
    "admin/account/",
    "admin/pages/<int:page_id>/edit/",
    "admin/pages/<int:parent_page_id>/",
    "admin/pages/<int:page_id>/history/",
    "admin/reports/workflow_tasks/",
    "admin/documents/",
    "admin/documents/add/",
    "admin/images/",
)
# What Wagtail's scripts ask for is looked up here; the page keeps what was not found.
LISTEN = """
window.untranslated = new Set();
for (const name of ["gettext", "ngettext"]) {
  const said = django[name];
  window[name] = django[name] = function (text) {
    if (!(text in django.catalog)) window.untranslated.add(text);
    return said.apply(this, arguments);
  };
}
"""
VISIBLE = """() => {
  const texts = [document.body.innerText];
  for (const each of document.querySelectorAll("[aria-label], [title], [placeholder]")) {
    if (!each.checkVisibility()) continue;
    texts.push(...["aria-label", "title", "placeholder"].map((name) => each.getAttribute(name) ?? ""));
  }
  return texts.join("\\n").split("\\n");
}"""


@pytest.fixture
def examples(settings: Any, tmp_path: Any) -> Iterator[Examples]:
    settings.MEDIA_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}}
    with override("lt"):
        yield Examples()
    gc.collect()


@pytest.fixture
def window_of(open_page: Any, live_server: Any, examples: Examples) -> Callable[[str], tuple[Any, Client]]:
    """The window of a user who is logged in, and a client that asks in his name."""

    def window_of(role: str) -> tuple[Any, Client]:
        user = examples.city.user(role)
        user.username, user.first_name, user.last_name = "vardenis", "Vardenis", "Pavardenis"
        user.save()
        user.wagtail_userprofile.preferred_language = "lt"
        user.wagtail_userprofile.save()
        client = Client()
        client.force_login(user)
        window = open_page(viewport={"width": 1280, "height": 900})
        window.route("**/admin/jsi18n/", hear)
        session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": f"{live_server.url}/"}
        window.context.add_cookies([session])
        return window, client

    return window_of


def hear(route: Any) -> None:
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.text() + LISTEN)


def screens(examples: Examples, client: Client) -> Iterator[str]:
    """The paths of our own screens, and of Wagtail's that editors use, which the user may open."""
    for address in examples.addresses():
        if not address.pattern.startswith("admin/"):
            continue
        try:
            view = getattr(resolve(address.path).func, "view_class", None)
        except Resolver404:
            continue  # the example of an address that leads nowhere, or one with a query
        if address.pattern in OF_EDITORS or (view and view.__module__.startswith(OURS)):
            answer = client.get(address.path)
            # What a script puts into a page that is there already is seen as a part of that page.
            is_page = b"<html" in answer.content if not answer.streaming else False
            if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html") and is_page:
                yield address.path


def faults_of(window: Any) -> list[str]:
    english = {found for text in window.evaluate(VISIBLE) for found in english_of_text(text)}
    unsaid = window.evaluate("[...(window.untranslated ?? [])]")
    return [*map(str, faults(window)), *sorted(english), *(f"no Lithuanian in a script: {text}" for text in unsaid)]


# Wagtail leaves the temporary files of the images that it makes open.
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize("role", ROLES)
def test_no_screen_has_a_fault_of_ours(examples: Examples, window_of: Callable[[str], Any], role: str) -> None:
    window, client = window_of(role)
    found = {}
    paths = list(screens(examples, client))
    for path in paths:
        window.goto(path)
        found[path] = faults_of(window)
    assert len(paths) > 5
    assert_none(found)


def test_a_planted_fault_is_found(window_of: Callable[[str], Any]) -> None:
    window, _client = window_of("coordinator")
    window.goto("/admin/monitoring/")
    assert faults_of(window) == []
    window.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<input type=text><p>Save the page</p>');"
        "django.gettext('Nobody said this')"
    )
    assert [text.split(",")[0] for text in faults_of(window)] == [
        "Fault(rule='label'",
        "page",
        "no Lithuanian in a script: Nobody said this",
    ]


def test_the_windows_of_the_chapters_editor_have_no_fault_of_ours(
    examples: Examples, window_of: Callable[[str], Any]
) -> None:
    """What opens over the editor or beside it, and the blocks, which a script draws."""
    window, _client = window_of("editor of A")
    window.goto(f"/admin/pages/{examples.city.chapter_a.pk}/edit/")
    shown = {}

    def look(name: str) -> None:
        shown[name] = faults_of(window)

    window.keyboard.press("?")
    window.get_by_role("heading", name="Spartieji klavišai").wait_for()
    look("keyboard shortcuts")
    window.keyboard.press("Escape")
    window.locator("[data-side-panel-toggle=status]").click()
    window.get_by_role("button", name="Nustatyti laiką").click()
    window.locator("#id_go_live_at").click()
    window.locator(".xdsoft_datetimepicker .xdsoft_month:visible").first.wait_for()
    look("dates of publishing")
    window.keyboard.press("Escape")
    window.locator("#schedule-publishing-dialog").wait_for(state="hidden")
    window.get_by_role("tab", name="Tikslai, uždaviniai, priemonės").click()
    window.locator("[data-streamfield-child] button[aria-expanded=false]").first.click()
    look("blocks")
    window.get_by_role("tab", name="Turinys").click()
    window.locator("[role=textbox]").first.click()
    window.keyboard.type("/")
    window.get_by_role("option", name="Nuoroda").wait_for()
    look("what to insert")
    window.get_by_role("option", name="Nuoroda").click()
    window.get_by_role("link", name="Išorinė nuoroda").click()
    window.get_by_label("Nuorodos tekstas").wait_for()
    look("a link")
    assert_none(shown)


def assert_none(found: dict[str, list[str]]) -> None:
    lines = [f"{where}: {fault}" for where, faults in found.items() for fault in faults]
    assert not lines, "\n".join(lines)
