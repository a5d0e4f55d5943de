"""The recorder of what is in English catches it, wherever it stands."""

from django.utils import translation
from django.utils.translation import gettext, gettext_lazy, ngettext, npgettext, pgettext

from tests.untranslated import english_of_page, recorded


def test_every_way_to_ask_for_a_text_is_recorded() -> None:
    lazy = gettext_lazy("Nobody said this lazily")
    with recorded() as missing:
        with translation.override("en"):
            gettext("In English nothing is missing")
        with translation.override("lt"):
            assert gettext("Save") == "Įrašyti"
            gettext("Nobody said this")
            pgettext("here", "Nobody said this")
            ngettext("%d unsaid", "%d unsaid ones", 2)
            npgettext("here", "%d unsaid", "%d unsaid ones", 2)
            str(lazy)
    assert missing == {
        "Nobody said this",
        "here | Nobody said this",
        "%d unsaid",
        "here | %d unsaid",
        "Nobody said this lazily",
    }


def test_english_is_found_where_a_page_shows_it_or_has_it_read_aloud() -> None:
    page = """
        <p>Įrašyta. <b>Your changes</b></p>
        <nav aria-label="Actions"></nav>
        <input type="submit" value="Search">
        <div data-block='{"label": "Add another block", "name": "save_all"}'></div>
        <p lang="en">You may read this</p>
        <script>let save = "the page";</script>
        <p>manage.py, https://example.org/the/page, docs@example.org</p>
    """
    assert english_of_page(page) == {
        "changes, your: Your changes",
        "actions: Actions",
        "search: Search",
        "add, block: Add another block",
    }


def test_lithuanian_is_not_taken_for_english() -> None:
    assert (
        english_of_page("<p>To namo data ir status: tie, kurie per metus to nepadare, name nebuvo. PDF, URL, ID.</p>")
        == set()
    )
