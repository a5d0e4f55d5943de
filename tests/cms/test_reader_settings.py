"""How a reader wants the pages to look: by form and cookie, remembered, on every page, in both languages."""

import pytest
from django.test import Client

from cms.models import HomePage
from cms.preferences import COOKIE, Contrast, FontSize, Preferences
from tests.factories import home_page

SETTINGS = "/reader-settings/"


@pytest.fixture
def home(db: None) -> HomePage:
    return home_page()


def choose(client: Client, **wanted: str) -> str:
    """What was chosen is kept; the address that the reader is led back to."""
    answer = client.post(SETTINGS, wanted)
    assert answer.status_code == 302
    return str(answer["Location"])


@pytest.mark.parametrize(
    ("written", "size", "contrast"),
    [
        (None, "1", "ordinary"),
        ("", "1", "ordinary"),
        ("2-high", "2", "high"),
        ("3-ordinary", "3", "ordinary"),
        ("4-high", "1", "ordinary"),
        ("2-<script>", "1", "ordinary"),
        ("high", "1", "ordinary"),
        ("2-high-", "1", "ordinary"),
    ],
)
def test_whatever_a_cookie_says_is_one_of_six_looks(written: str | None, size: str, contrast: str) -> None:
    assert Preferences.of_cookie(written) == Preferences(FontSize(size), Contrast(contrast))


def test_every_look_is_read_back_as_it_was_written() -> None:
    looks = [Preferences(size, contrast) for size in FontSize for contrast in Contrast]
    assert [Preferences.of_cookie(str(each)) for each in looks] == looks


@pytest.mark.parametrize("address", ["/", "/en/", "/nera-tokio/"])
def test_a_chosen_look_holds_on_every_page_and_in_both_languages(home: HomePage, address: str) -> None:
    client = Client()
    choose(client, size="3", contrast="high")
    assert (
        '<html lang="{}" data-size="3" data-contrast="high">'.format("en" if address == "/en/" else "lt")
        in client.get(address).content.decode()
    )


def test_a_button_for_the_size_leaves_the_contrast(home: HomePage) -> None:
    client = Client()
    choose(client, contrast="high")
    choose(client, size="2")
    assert client.cookies[COOKIE].value == "2-high"


def test_going_back_to_the_ordinary_look_leaves_no_cookie(home: HomePage) -> None:
    client = Client()
    choose(client, size="2")
    choose(client, size="1")
    assert client.cookies[COOKIE].value == ""


def test_the_form_needs_no_token(home: HomePage) -> None:
    client = Client(enforce_csrf_checks=True)
    choose(client, size="2")
    assert 'data-size="2"' in client.get("/").content.decode()


def test_the_reader_is_led_back_to_the_same_page(home: HomePage) -> None:
    assert choose(Client(), size="2", back="/en/?q=1") == "/en/?q=1"


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ""])
def test_nobody_is_led_to_another_site(home: HomePage, back: str) -> None:
    assert choose(Client(), size="2", back=back) == "/"


def test_nonsense_changes_nothing(home: HomePage) -> None:
    client = Client()
    choose(client, size="2")
    choose(client, size="99", contrast="loud")
    assert client.cookies[COOKIE].value == "2-ordinary"


def test_caches_between_are_told_that_a_page_depends_on_the_cookie(home: HomePage) -> None:
    assert "Cookie" in Client().get("/")["Vary"]


def test_the_form_shows_what_is_chosen(home: HomePage) -> None:
    client = Client()
    choose(client, size="2", contrast="high")
    page = client.get(SETTINGS).content.decode()
    assert 'id="size-2" value="2" checked' in page
    assert 'id="contrast-high" value="high" checked' in page


@pytest.mark.parametrize("address", ["/", "/en/", SETTINGS, "/nera-tokio/", "/admin/login/"])
def test_public_pages_allow_nothing_inline_and_nothing_from_elsewhere(home: HomePage, address: str) -> None:
    policy = Client().get(address).headers.get("Content-Security-Policy")
    if address.startswith("/admin/"):
        assert policy is None
    else:
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy


def test_public_pages_hold_nothing_that_their_policy_forbids(home: HomePage) -> None:
    page = Client().get("/").content.decode()
    assert page.count("<script") == 1  # the suggestions of the search
    assert "<style" not in page
    assert " style=" not in page
