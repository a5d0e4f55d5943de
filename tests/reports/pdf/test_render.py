"""A rendered report, read back: its words, its pages, its file."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any, cast

import pytest
from pypdf import PdfReader

from reports.document import (
    Align,
    Block,
    Bullets,
    Column,
    Contents,
    Document,
    GroupRow,
    Heading,
    Item,
    Layout,
    Masthead,
    Prose,
    Row,
    Run,
    Table,
    plain,
)
from reports.pdf import render, write
from tests.reports.pdf import sample
from tests.reports.pdf.reading import document, reader, text, texts


def test_whole_lithuanian_sentences_are_read_back() -> None:
    sentence = "Ąžuolų alėjos, žūklės ežerų pakrantės – išvalytos, o „Kauno“ bendruomenių įsitraukimas išaugo ČĘĖĮŠŲŪŽ."
    assert sentence in text(document(Prose((sentence,))))


def test_words_at_line_ends_do_not_stick_together() -> None:
    sentence = "Viešasis pirkimas neįvyko du kartus, todėl terminas slenka septynis mėnesius ir reikia lėšų. " * 12
    assert sentence.strip() in text(document(Prose((sentence,))))


def test_a_no_break_space_stays_one() -> None:
    pdf = render(document(Prose(("Reikia 10\u00a0000\u00a0€.",))))
    assert "10\u00a0000\u00a0€" in PdfReader(BytesIO(pdf)).pages[0].extract_text()


def test_every_page_says_which_of_how_many_it_is() -> None:
    pages = texts(sample.report())
    assert len(pages) > 5
    for number, page in enumerate(pages, start=1):
        assert f"{number} psl. iš {len(pages)}" in page


def test_every_page_carries_plan_period_and_date_of_the_data() -> None:
    for page in texts(sample.report()):
        for words in (plain(sample.FOOTER.plan), sample.FOOTER.period, sample.FOOTER.data_date):
            assert words in page


def test_demonstration_data_say_so_on_every_page() -> None:
    for page in texts(sample.report()):
        assert sample.BANNER in page


def test_real_data_carry_no_banner() -> None:
    assert sample.BANNER not in text(replace(sample.brief(), banner=""))


@pytest.mark.parametrize("made", [sample.brief, sample.report])
def test_two_renders_are_equal_byte_for_byte(made: Callable[[], Document]) -> None:
    assert render(made()) == render(made())


def test_the_day_of_making_is_nowhere_in_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    first = render(sample.brief())
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "2000000000")
    assert render(sample.brief()) == first
    assert b"D:20261015000000" in first


def test_the_date_of_the_data_changes_the_file() -> None:
    assert render(replace(sample.brief(), data_date=date(2026, 10, 16))) != render(sample.brief())


def test_all_fonts_are_embedded_subsets() -> None:
    pdf = reader(sample.report())
    fonts = [font.get_object() for page in pdf.pages for font in page["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        assert "+SourceSans3-" in font["/BaseFont"]
        assert "/FontFile2" in font["/FontDescriptor"]
        assert "/ToUnicode" in font


def test_the_outline_has_the_headings_with_their_codes_nested() -> None:
    made = document(
        Heading(1, "Tvari aplinka", "1"),
        Heading(2, "Sumažinti taršą", "1.1"),
        Heading(4, "Per gilu"),
        Heading(1, "Švietimas", "2"),
    )
    first, below, second = reader(made).outline
    assert (first.title, second.title) == ("1 Tvari aplinka", "2 Švietimas")
    assert [entry.title for entry in below] == ["1.1 Sumažinti taršą"]


def test_the_contents_give_the_page_on_which_a_heading_stands() -> None:
    made = document(Contents("Turinys"), Heading(1, "Pirmas", "1"), Heading(1, "Antras", "2"), layout=Layout.REPORT)
    pages = texts(made)
    assert "1 Pirmas 2" in pages[0]
    assert "2 Antras 3" in pages[0]
    assert "Antras" in pages[2]


def test_contents_of_many_pages_count_themselves() -> None:
    headings = [Heading(1, f"Skyrius {number}") for number in range(1, 91)]
    made = document(Contents("Turinys"), *headings, layout=Layout.REPORT)
    pages = texts(made)
    front = next(index for index, page in enumerate(pages) if "Turinys" not in page)
    assert front > 1
    assert f"Skyrius 90 {front + 90}" in pages[front - 1]
    assert "Skyrius 90" in pages[front + 89]


def _many_rows(count: int) -> Table:
    rows = [Row((f"1.1.{number}", "Priemonės pavadinimas", f"{number},5")) for number in range(count)]
    return Table((Column("Kodas", 1), Column("Priemonė", 4), Column("Suma", 1, Align.RIGHT)), tuple(rows))


def test_the_header_row_repeats_on_every_page() -> None:
    pages = texts(document(_many_rows(150)))
    assert len(pages) > 2
    for page in pages:
        assert "Kodas Priemonė Suma" in page


def test_every_row_of_a_long_table_is_there_once() -> None:
    words = text(document(_many_rows(150))).split()
    for number in range(150):
        assert words.count(f"1.1.{number}") == 1


def test_a_group_row_is_never_left_alone_at_the_end_of_a_page() -> None:
    for filler in range(30, 60):
        rows: list[Row | GroupRow] = [Row(("a", "b", "c"))] * filler
        rows += [GroupRow("1.2 Uždavinys"), Row(("1.2.1", "Pirmoji", "1")), *[Row(("d", "e", "f"))] * 3]
        made = document(Table(_many_rows(1).columns, tuple(rows)))
        (page,) = [page for page in texts(made) if "1.2 Uždavinys" in page]
        assert "Pirmoji" in page


def test_a_heading_is_never_left_alone_at_the_end_of_a_page() -> None:
    for filler in range(28, 42):
        made = document(Prose(("eilutė",) * filler), Heading(2, "Antraštė"), Prose(("tekstas po antraštės",)))
        (page,) = [page for page in texts(made) if "Antraštė" in page]
        assert "tekstas po antraštės" in page


def test_a_row_is_not_cut_by_the_end_of_a_page() -> None:
    for filler in range(30, 60):
        rows = [Row(("a", "b", "c"))] * filler + [Row(("x", "pradžia " + "vidurys " * 40 + "pabaiga", "z"))]
        made = document(Table(_many_rows(1).columns, tuple(rows)))
        assert len([page for page in texts(made) if "vidurys" in page]) == 1


def test_no_page_begins_with_the_last_row_of_a_table_alone() -> None:
    for filler in range(30, 60):
        rows = (*[Row(("a", "b", "c"))] * filler, Row(("x", "priešpaskutinė", "z")), Row(("x", "paskiausioji", "z")))
        (page,) = [page for page in texts(document(Table(_many_rows(1).columns, rows))) if "paskiausioji" in page]
        assert "priešpaskutinė" in page


def test_a_row_higher_than_a_page_is_cut_and_loses_nothing() -> None:
    words = " ".join(f"žodis{number}" for number in range(2500))
    made = document(Table(_many_rows(1).columns, (Row(("1.1", words, "z"), detail=("pastaba",)),)))
    pages = texts(made)
    assert len(pages) > 2
    assert all("Kodas Priemonė Suma" in page for page in pages)
    assert " ".join(pages).count("žodis2499") == 1
    assert "pastaba" in pages[-1]


@pytest.mark.parametrize("hostile", ["<b>ne</b> & <para>", "<script>alert('x')</script>", "a\\nb (c) \\) ]] {{ x }}"])
def test_markup_in_data_is_shown_as_text(hostile: str) -> None:
    made = document(
        Masthead(hostile),
        Heading(1, hostile, hostile),
        Prose((hostile,)),
        Bullets((Item(hostile),)),
        Table((Column(hostile, 1),), (Row((hostile,)),)),
    )
    assert text(made).count(hostile) == 7


def test_control_characters_are_shown_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "reports.pdf.fonts"):
        assert r"a\u0007b" in text(document(Prose(("a\x07b",))))
    assert "U+0007" in caplog.text


def test_line_breaks_in_data_are_spaces() -> None:
    assert "viena dvi trys" in text(document(Prose(("viena\ndvi\ttrys",))))


def test_a_missing_glyph_is_replaced_visibly_and_logged_with_its_place(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "reports.pdf.fonts"):
        shown = text(document(Heading(1, "Tvari aplinka"), Prose(("Ženklas 龍 čia.",))))
    assert "Ženklas □ čia." in shown
    assert "U+9F8D" in caplog.text
    assert "“Tvari aplinka”" in caplog.text


def test_a_letter_written_with_a_combining_mark_is_one_letter() -> None:
    assert "ąžuolas" in text(document(Prose(("a\u0328z\u030cuolas",))))


def test_half_a_character_does_not_stop_the_report() -> None:
    assert "a" in text(document(Prose(("a\ud800b",))))


def test_nothing_is_logged_for_an_ordinary_report(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        render(sample.report())
        render(sample.brief())
    assert caplog.records == []


def test_an_unknown_block_is_refused_not_dropped() -> None:
    with pytest.raises(AssertionError):
        render(document(cast(Block, object())))


def test_a_document_without_blocks_still_is_a_page() -> None:
    assert len(reader(document()).pages) == 1


def test_title_and_language_are_those_of_the_document() -> None:
    pdf = reader(sample.brief())
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Strateginio plėtros plano pažanga"
    assert pdf.trailer["/Root"]["/Lang"] == "lt"
    assert pdf.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"]


def _annotations(made: Document) -> list[Any]:
    return [one.get_object() for page in reader(made).pages for one in page.get("/Annots", [])]


def test_links_lead_to_their_address_and_to_their_place() -> None:
    made = document(
        Prose(((Run("svetainė", href="https://www.kaunas.lt/a?b=(č)"), " ", Run("tikslas", href="#t-1")),)),
        Heading(1, "Tikslas", anchor="t-1"),
    )
    outside, inside = _annotations(made)
    assert outside["/A"]["/URI"] == "https://www.kaunas.lt/a?b=%28%C4%8D%29"
    assert outside["/Contents"] == "svetainė"
    assert inside["/Dest"][0].get_object()["/Type"] == "/Page"


@pytest.mark.parametrize("href", ["#nowhere", "javascript:alert(1)"])
def test_a_link_that_leads_nowhere_is_plain_text(href: str) -> None:
    made = document(Prose((Run("tikslas", href=href),)))
    assert "tikslas" in text(made)
    assert _annotations(made) == []


def test_uncompressed_pages_are_legible() -> None:
    assert b"BDC" in render(sample.brief(), compress=False)


def test_writing_to_a_file_writes_the_same_bytes() -> None:
    file = BytesIO()
    write(sample.brief(), file)
    assert file.getvalue() == render(sample.brief())
