"""The HTML twin: the same words as the PDF in the same order, real elements, nothing of the data taken for markup."""

import base64
import hashlib
import itertools
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import cast
from unittest import mock

import pytest

from reports import html, pdf
from reports.document import (
    Bar,
    Block,
    Callout,
    Column,
    Contents,
    Document,
    GroupRow,
    Heading,
    Item,
    Layout,
    Mark,
    Masthead,
    Prose,
    Row,
    Run,
    Signal,
    Table,
)
from reports.document.prose import Bullets
from reports.html import words as html_words
from reports.pdf.canvas import Canvas
from tests.reports import every, worst
from tests.reports.pdf import sample
from tests.reports.pdf.reading import document
from tests.reports.pdf.test_worst_cases import LONG_TITLE, LONG_WORD, everything
from tests.reports.twins import differences, words_of_page, words_of_pdf


@pytest.mark.parametrize("made", [sample.brief(), sample.report(60)], ids=["brief", "report"])
def test_the_twin_has_the_words_of_the_pdf(made: Document) -> None:
    assert differences(pdf.render(made), html.render(made)) == []


def test_the_twin_of_every_report_of_the_demonstration_has_its_words() -> None:
    found = {
        name: differences(pdf.render(made), html.render(made)) for name, made in every.documents(*every.demonstration())
    }
    assert {name: parted for name, parted in found.items() if parted} == {}


def test_the_twin_of_the_worst_reports_has_their_words() -> None:
    with every.missing_glyphs_expected():
        found = {
            name: differences(pdf.render(made), html.render(made))
            for name, made in every.documents(*every.worst_case())
        }
    assert {name: parted for name, parted in found.items() if parted} == {}


@pytest.mark.parametrize("layout", list(Layout))
@pytest.mark.parametrize(
    "words", [LONG_WORD, LONG_TITLE, "", "   ", "W" * 120, "a/" * 200, worst.MARKUP, worst.CONTROL, worst.FOREIGN]
)
def test_words_that_the_pdf_must_cut_are_whole_for_readers_of_both(words: str, layout: Layout) -> None:
    made = everything(words, 50, layout)
    with every.missing_glyphs_expected():
        assert differences(pdf.render(made), html.render(made)) == []


def test_a_stuck_word_is_noticed() -> None:
    made = document(Prose(("Pirkimas neįvyko du kartus, todėl terminas slenka. " * 9,)))
    original = Canvas.string

    def without_space(self: Canvas, *given: object) -> None:
        x, y, text, *rest = given
        original(self, x, y, str(text).rstrip(" "), *rest)  # type: ignore[arg-type]

    with mock.patch.object(Canvas, "string", without_space):
        stuck = pdf.render(made)
    assert differences(stuck, html.render(made)) != []


def test_a_dropped_fragment_is_noticed() -> None:
    made = sample.report()
    words = "Trūkstamas skaičius nėra nulis."
    page = html.render(made)
    assert words.encode() in page
    assert differences(pdf.render(made), page.replace(words.encode(), b"")) != []


def test_a_changed_order_is_noticed() -> None:
    made = document(Prose(("Pirmas sakinys.", "Antras sakinys.")))
    turned = document(Prose(("Antras sakinys.", "Pirmas sakinys.")))
    assert differences(pdf.render(made), html.render(turned)) != []


def test_a_word_too_many_is_noticed() -> None:
    made = document(Prose(("Pirmas sakinys.",)))
    longer = document(Prose(("Pirmas sakinys. Galas",)))
    assert differences(pdf.render(made), html.render(longer)) != []


def test_whole_lithuanian_sentences_are_read_from_both() -> None:
    sentence = "Viešasis pirkimas neįvyko: negauta nė vieno pasiūlymo."
    made = sample.report()
    assert sentence in " ".join(words_of_pdf(pdf.render(made)))
    assert sentence in " ".join(words_of_page(html.render(made)))


class _Elements(HTMLParser):
    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def of(self, *tags: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.found if tag in tags]


@pytest.fixture(scope="module")
def page() -> _Elements:
    return _Elements(html.render(sample.report()))


def test_names_of_places_are_unique(page: _Elements) -> None:
    names = [attributes["id"] for _tag, attributes in page.found if "id" in attributes]
    assert len(names) == len(set(names)) > 10


def test_every_link_inside_leads_to_a_place(page: _Elements) -> None:
    places = {attributes["id"] for _tag, attributes in page.found if "id" in attributes}
    goals = {str(found["href"])[1:] for found in page.of("a", "use") if str(found["href"]).startswith("#")}
    assert len(goals) > 10
    assert goals <= places


def test_every_table_header_has_a_scope(page: _Elements) -> None:
    assert {found.get("scope") for found in page.of("th")} == {"col", "row", "rowgroup"}


def test_headings_never_skip_a_level(page: _Elements) -> None:
    levels = [int(tag[1]) for tag, _attributes in page.found if re.fullmatch(r"h\d", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_drawings_are_images_with_words_or_hidden() -> None:
    text = html.render(sample.report()).decode()
    drawings = re.findall(r"<svg([^>]*)>(<title>[^<]+</title>)?", text)
    assert len(drawings) > 50
    for attributes, title in drawings:
        assert 'aria-hidden="true"' in attributes or ('role="img"' in attributes and title), attributes


def test_a_status_is_a_shape_with_its_word() -> None:
    table = Table((Column("Būklė", 1),), (Row((Mark(Signal.BAD, "Vėluoja"),)),))
    text = html.render(document(table)).decode()
    assert re.search(r'<svg class="shape bad"[^>]*><use href="#shape:bad"/></svg> Vėluoja', text)


def test_there_is_no_script_and_no_style_attribute(page: _Elements) -> None:
    assert page.of("script", "link", "iframe", "img") == []
    assert [
        attributes for _tag, attributes in page.found if any(name.startswith(("on", "style")) for name in attributes)
    ] == []


def test_the_style_is_named_by_its_sum_whatever_the_report() -> None:
    for made in (sample.brief(), sample.report()):
        (style,) = re.findall(r"<style>(.*?)</style>", html.render(made).decode(), re.DOTALL)
        assert html.style_sum() == "sha256-" + base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()


def test_two_renders_are_equal() -> None:
    assert html.render(sample.report()) == html.render(sample.report())


def test_the_page_says_its_language_and_title() -> None:
    text = html.render(sample.brief()).decode()
    assert '<html lang="lt">' in text
    assert "<title>Strateginio plėtros plano pažanga</title>" in text


def test_a_change_of_language_is_marked() -> None:
    made = document(Prose((("Vadinama ", Run("green infrastructure", language="en"), "."),)))
    assert '<span lang="en">green infrastructure</span>' in html.render(made).decode()


def test_demonstration_data_say_so_first_of_all() -> None:
    made = replace(sample.brief(), banner="Pavyzdiniai duomenys")
    assert words_of_page(html.render(made))[:2] == ["Pavyzdiniai", "duomenys"]


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", '"><img src=x onerror=y>', "</style></title>&amp;"])
def test_markup_in_data_is_shown_as_text(hostile: str) -> None:
    made = replace(
        document(
            Masthead(hostile, hostile),
            Heading(1, hostile, hostile, hostile),
            Contents(hostile),
            Prose(((Run(hostile, href="https://a.lt/" + hostile), Run(hostile, href=f"#{hostile}", language='x"y')),)),
            Bullets((Item(hostile, Mark(Signal.BAD, hostile)),)),
            Table((Column(hostile, 1),), (GroupRow(hostile, hostile, hostile), Row((Bar(1, hostile),))), hostile),
            Callout(hostile, (hostile,)),
        ),
        title=hostile,
        banner=hostile,
        author=hostile,
    )
    page = _Elements(html.render(made))
    assert page.of("script", "img") == []
    assert len(page.of("title")) == 1
    assert all(name in ("href", "lang") for found in page.of("a") for name in found)


@pytest.mark.parametrize("href", ["#nowhere", "javascript:alert(1)"])
def test_a_link_that_leads_nowhere_is_plain_text(href: str) -> None:
    assert _Elements(html.render(document(Prose((Run("tikslas", href=href),))))).of("a") == []


def test_a_place_whose_name_has_blanks_is_found() -> None:
    made = document(Heading(1, "Tikslas", anchor="tikslas 1 %"), Prose((Run("čia", href="#tikslas 1 %"),)))
    assert html_words.identifier("tikslas 1 %") == "tikslas%201%20%25"
    assert 'id="tikslas%201%20%25"' in html.render(made).decode()


def test_an_unknown_block_is_refused_not_dropped() -> None:
    with pytest.raises(AssertionError):
        html.render(document(cast(Block, object())))
