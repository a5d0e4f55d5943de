"""What readers who hear the report are given: headings in order, real tables, figures with words, nothing untagged."""

import re
from itertools import pairwise

import pytest

from reports.document import Column, Heading, Masthead, Prose, Row, Run, Spark, StatusBars, Table
from reports.pdf import render
from reports.pdf.canvas import Canvas, UntaggedDrawing
from reports.pdf.structure import Element
from reports.pdf.theme import INK
from tests.reports.pdf import sample
from tests.reports.pdf.reading import document, elements


def test_drawing_outside_of_the_structure_is_refused() -> None:
    canvas = Canvas("lt", frozenset())
    canvas.begin_page()
    with pytest.raises(UntaggedDrawing):
        canvas.rectangle(0, 0, 10, 10, INK)


def test_content_inside_other_content_is_refused() -> None:
    canvas = Canvas("lt", frozenset())
    canvas.begin_page()
    with (
        pytest.raises(UntaggedDrawing),
        canvas.content(Element("Figure", canvas.tree.root)),
        canvas.content(Element("P", canvas.tree.root)),
    ):
        pass


def test_marked_content_is_balanced_on_every_page() -> None:
    pdf = render(sample.report(), compress=False)
    assert len(re.findall(rb"\b(?:BDC|BMC)\b", pdf)) == len(re.findall(rb"\bEMC\b", pdf)) > 100


def test_headings_never_skip_a_level_in_the_structure() -> None:
    made = document(Masthead("Pavadinimas"), Heading(1, "a"), Heading(4, "b"), Heading(3, "c"), Heading(1, "d"))
    levels = [int(tag[2]) for _, tag, _ in elements(made) if re.fullmatch(r"/H\d", tag)]
    assert levels == [1, 2, 3, 3, 2]
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_a_table_over_pages_is_one_table_with_one_header() -> None:
    rows = tuple(Row((f"1.{number}", "Priemonė")) for number in range(120))
    found = elements(document(Table((Column("Kodas", 1), Column("Priemonė", 3)), rows)))
    tags = [tag for _, tag, _ in found]
    assert tags.count("/Table") == 1
    assert tags.count("/TR") == 121
    scopes = [node["/A"]["/Scope"] for _, tag, node in found if tag == "/TH"]
    assert scopes == ["/Column"] * 2 + ["/Row"] * 120


def test_a_paragraph_over_pages_is_one_paragraph() -> None:
    tags = [tag for _, tag, _ in elements(document(Prose(("žodis " * 4000,))))]
    assert tags.count("/P") == 1


def test_every_figure_says_what_it_shows() -> None:
    figures = [node for _, tag, node in elements(sample.report()) if tag == "/Figure"]
    assert len(figures) > 10
    for figure in figures:
        assert figure["/Alt"]
    assert any(figure["/Alt"].startswith("Perdirbama atliekų dalis augo") for figure in figures)


def test_a_small_line_gives_its_words() -> None:
    made = document(Table((Column("Eiga", 1),), (Row((Spark((1, 2), "Auga nuo 1 iki 2"),)),)))
    (figure,) = [node for _, tag, node in elements(made) if tag == "/Figure"]
    assert figure["/Alt"] == "Auga nuo 1 iki 2"


def test_status_bars_are_a_table_whose_rows_are_named() -> None:
    found = [tag for _, tag, _ in elements(document(sample.status_bars()))]
    assert found.count("/TR") == 1 + len(sample.CHAPTERS)
    assert found.count("/TH") == 3 + len(sample.CHAPTERS)
    assert isinstance(sample.status_bars(), StatusBars)


def test_a_change_of_language_is_marked() -> None:
    made = document(Prose((("Vadinama ", Run("green infrastructure", language="en"), "."),)))
    (span,) = [node for _, tag, node in elements(made) if tag == "/Span"]
    assert span["/Lang"] == "en"


def test_the_banner_is_said_once_and_first() -> None:
    found = elements(sample.report())
    assert [tag for _, tag, _ in found[:2]] == ["/Document", "/P"]


def test_lists_have_labels_and_bodies() -> None:
    tags = [tag for _, tag, _ in elements(document(sample.decisions()))]
    assert tags.count("/LI") == 3
    assert tags.count("/LBody") == 3
