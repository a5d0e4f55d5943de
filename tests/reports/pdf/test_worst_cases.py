"""Whatever stands in a plan: no exception, nothing outside of its frame, nothing untagged."""

import logging
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.document import (
    Align,
    Bar,
    Block,
    Bullets,
    Callout,
    Column,
    Contents,
    Cover,
    Document,
    Fact,
    Facts,
    Footer,
    GroupRow,
    Heading,
    Item,
    KeepTogether,
    Layout,
    LineChart,
    Mark,
    Masthead,
    ProgressBar,
    ProgressBars,
    Prose,
    Row,
    Run,
    Segment,
    Signal,
    Spark,
    StatusBar,
    StatusBars,
    Table,
    Tile,
    Tiles,
)
from reports.pdf import render
from reports.pdf.fonts import Face, text_width
from reports.pdf.text import set_lines
from reports.pdf.theme import LEFT, PAGE_HEIGHT, RIGHT, Type
from tests.reports.pdf.reading import document, strings_drawn, text

LONG_WORD = "nebeprisikiškiakopūsteliaujantiesiems" * 4
LONG_TITLE = ("Miesto gatvių, šaligatvių ir dviračių takų tinklo atnaujinimas bei plėtra " * 8)[:500]
TOLERANCE = 0.5


def everything(words: str, amount: Decimal | int | None, layout: Layout = Layout.REPORT) -> Document:
    """Every node, with the same words in every place that takes any."""
    said = words if words.strip() else "–"
    marks = tuple(Mark(signal, said) for signal in Signal)
    spark = Spark((amount, None, 3, amount), said, amount)
    bar = Bar(amount, said, amount)
    table = Table(
        (
            Column(words, 8),
            Column(words, 30),
            Column(words, 10, Align.RIGHT),
            Column(words, 20),
            Column(words, 10),
            Column(words, 15, Align.CENTRE),
        ),
        (
            GroupRow(words, words, "g"),
            Row((words, Run(words, href="#a"), words, marks[3], spark, bar), (words, words), Signal.BAD, "a"),
            Row((words, (words, Run(words, bold=True, language="en")), "", marks[6], spark, bar)),
        ),
        words,
    )
    blocks: tuple[Block, ...] = (
        Cover(words, words, words, ((words, words), ("", words)), words),
        Contents(words, 4),
        Masthead(words, words, words),
        Heading(1, words, words, words, words, "https://www.kaunas.lt/"),
        Prose((words, (Run(words, href="https://www.kaunas.lt/"), " ", words))),
        Bullets((Item(words), Item(words, marks[2]))),
        Bullets((Item(words),), numbered=True),
        Facts((Fact(words, words),)),
        Heading(3, words),
        Tiles(tuple(Tile(words, words, words, mark, spark) for mark in marks[:5])),
        Tiles((Tile(words, words), Tile(words, words, mark=marks[0]))),
        StatusBars(
            tuple(
                StatusBar(words, tuple(Segment(mark, count * 99) for mark in marks), words, "#a") for count in range(20)
            ),
            marks,
            (words, words, words),
            words,
        ),
        ProgressBars(
            (ProgressBar(words, bar, words, marks[1], "#a"), ProgressBar(words, bar)), ("", words, words), words
        ),
        table,
        KeepTogether((Heading(2, words), Prose((words,)), table)),
        LineChart(
            (words, words, words),
            (amount, None, 3),
            said,
            words,
            (1, 2, amount),
            words,
            amount,
            words,
            ((0, words), (5, words)),
            words,
        ),
        Callout(words, (words, words), marks[6]),
        Callout(words),
    )
    footer = Footer(words, words[:40], words[:40], "{page} / {pages}")
    return replace(document(*blocks, layout=layout), title=words, banner=words, footer=footer)


def _demand_frame(made: Document) -> None:
    with strings_drawn() as strings:
        render(made)
    assert strings
    for drawn in strings:
        assert drawn.left >= LEFT - 4 - TOLERANCE, drawn
        assert drawn.right <= RIGHT + 4 + TOLERANCE, drawn
        assert 20 <= drawn.y <= PAGE_HEIGHT, drawn
        assert drawn.y >= 50 or drawn.y == 33, drawn


@pytest.mark.parametrize("layout", list(Layout))
@pytest.mark.parametrize(
    "words", [LONG_WORD, LONG_TITLE, "a", "", "   ", "1 240,50 €", LONG_WORD * 3, "W" * 120, "-" * 300, "a/" * 200]
)
def test_nothing_stands_outside_of_its_frame(words: str, layout: Layout) -> None:
    _demand_frame(everything(words, 50, layout))


@pytest.mark.parametrize(
    "amount",
    [
        None,
        0,
        100,
        -250,
        99_999_999_999,
        Decimal("-99999999999.99"),
        Decimal("0.00068"),
        Decimal("NaN"),
        Decimal("sNaN"),
        Decimal("Inf"),
    ],
)
def test_any_amount_can_be_drawn(amount: Decimal | int | None) -> None:
    _demand_frame(everything("Priemonė", amount))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=200), st.none() | st.decimals() | st.integers())
def test_any_text_can_be_drawn(words: str, amount: Decimal | int | None) -> None:
    logging.disable(logging.WARNING)
    try:
        _demand_frame(everything(words, amount))
    finally:
        logging.disable(logging.NOTSET)


@given(st.text(alphabet="aąb č-–/\u00a0Ž9 ", max_size=300), st.floats(5, 300))
def test_breaking_into_lines_loses_nothing_and_keeps_to_the_width(words: str, width: float) -> None:
    type_ = Type(9, 12)
    lines = set_lines((words,), type_, width, "")
    shown = "".join(fragment.text for line in lines for fragment in line.fragments)
    assert shown == words.lstrip(" ")
    for line in lines:
        letters = "".join(fragment.text for fragment in line.fragments).rstrip(" ")
        assert line.width <= width + 0.01 or len(letters) == 1
        assert line.width == pytest.approx(text_width(letters, Face.REGULAR, 9))


def test_a_word_of_120_letters_is_whole_when_read_back() -> None:
    word = "ilgas" * 24
    made = document(Table((Column("Kodas", 1), Column("Priemonė", 5)), (Row((word, "x")),)))
    assert word in text(made).replace(" ", "")


def test_a_table_of_sixty_indicators_is_complete() -> None:
    rows = tuple(Row((f"R-{number}", "Rodiklis")) for number in range(60))
    shown = text(document(Table((Column("Kodas", 1), Column("Rodiklis", 3)), rows)))
    assert all(f"R-{number} " in shown for number in range(60))


def test_a_status_bar_without_any_measure_is_drawn() -> None:
    mark = Mark(Signal.DONE, "Įgyvendinta")
    bars = StatusBars((StatusBar("Tuščias", (Segment(mark, 0),), "0"),), (mark,), ("Skyrius", "Būklė", "Iš viso"))
    assert "Tuščias" in text(document(bars))
