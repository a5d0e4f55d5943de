"""The nodes of a report, frozen. Knows neither plans nor ReportLab nor HTML, and no language: every string that comes
in is already worded, translated and formatted ("1 240,50 €"), and is data: nothing in it is ever read as markup.

`compose` builds one `Document`; `pdf` and `html` draw it. Both match over `Block` and end in `assert_never`, so a new
node cannot vanish. A composer picks nodes by what it has to say:

    the first page of a long report            Cover, then Contents
    the head of a brief                        Masthead
    a chapter, goal, task                      Heading(level, text, number="1.2", anchor="goal-1.2")
    sentences, points of a list (with marks)   Prose, Bullets;  a label and its value: Facts
    the four figures that matter most          Tiles
    how many measures stand where              StatusBars
    percent beside the share of time gone      ProgressBars
    measures, indicators, money                Table, one for each task or goal: never one for the whole report
    one indicator in full                      LineChart;  small, in a table: Spark
    what must not be missed                    Callout
    a heading with the first thing under it    headings keep with what follows by themselves; KeepTogether for the rest

Status is always shape, word and colour: a `Mark` carries the word, its `Signal` gives shape and colour. Everything
visual carries its words: charts an `alternative`, bars the numbers beside them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from reports.document.figures import LineChart, ProgressBar, ProgressBars, Segment, StatusBar, StatusBars, Tile, Tiles
from reports.document.levels import Levels
from reports.document.marks import Amount, Bar, Mark, Signal, Spark
from reports.document.prose import Bullets, Callout, Cover, Fact, Facts, Heading, Item, Masthead, Prose, ProseStyle
from reports.document.tables import Align, Cell, Column, GroupRow, Row, Table
from reports.document.words import Run, Words, linked, plain, runs

__all__ = [
    "Align",
    "Amount",
    "Bar",
    "Block",
    "Bullets",
    "Callout",
    "Cell",
    "Column",
    "Contents",
    "Cover",
    "Document",
    "Fact",
    "Facts",
    "Footer",
    "GroupRow",
    "Heading",
    "Item",
    "KeepTogether",
    "Layout",
    "Levels",
    "LineChart",
    "Mark",
    "Masthead",
    "PageBreak",
    "ProgressBar",
    "ProgressBars",
    "Prose",
    "ProseStyle",
    "Row",
    "Run",
    "Segment",
    "Signal",
    "Spark",
    "StatusBar",
    "StatusBars",
    "Table",
    "Tile",
    "Tiles",
    "Words",
    "anchors_of",
    "levels_of",
    "linked",
    "plain",
    "runs",
    "walk",
]


class Layout(StrEnum):
    BRIEF = "brief"
    """Two to four dense pages: level 1 headings run on, type is a little smaller."""
    REPORT = "report"
    """A long report: every level 1 heading opens a page of its own."""


@dataclass(frozen=True, slots=True)
class Contents:
    """The list of headings up to `depth` with their pages, filled in by whoever draws. `title`: "Contents"."""

    title: str
    depth: int = 2


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page. Level 1 headings of a REPORT and what follows a Cover need none."""


@dataclass(frozen=True, slots=True)
class KeepTogether:
    """These blocks stay on one page where one page can hold them. For a few small blocks, not for tables of rows."""

    blocks: tuple["Block", ...]


Block: TypeAlias = (
    Cover
    | Masthead
    | Heading
    | Prose
    | Bullets
    | Facts
    | Tiles
    | StatusBars
    | ProgressBars
    | Table
    | LineChart
    | Callout
    | Contents
    | PageBreak
    | KeepTogether
)


@dataclass(frozen=True, slots=True)
class Footer:
    """The line at the foot of every page: plan, period, date of the data, and the page.
    `page`: how the page is said, with `{page}` and `{pages}` in it: "Page {page} of {pages}"."""

    plan: Words
    period: str
    data_date: str
    page: str = "{page} / {pages}"


@dataclass(frozen=True, slots=True)
class Document:
    """A report. `data_date`: the date of its data (the last change in it), the only date that the file carries: never
    the moment of making. `banner`: shown on every page ("Demonstration data"), "" for real data.
    `author`, `subject`, `keywords`: what the file says of itself. `language`: "lt", "en"."""

    title: str
    language: str
    layout: Layout
    data_date: date
    footer: Footer
    blocks: tuple[Block, ...]
    subtitle: str = ""
    banner: str = ""
    author: str = ""
    subject: str = ""
    keywords: tuple[str, ...] = ()


def levels_of(document: Document) -> Levels:
    """For the headings of the document: a cover or a masthead has the first one."""
    return Levels(1 if any(isinstance(block, Cover | Masthead) for block in document.blocks) else 0)


def anchors_of(document: Document) -> frozenset[str]:
    """Every name that links may lead to."""
    found = set()
    for block in walk(document.blocks):
        if isinstance(block, Heading):
            found.add(block.anchor)
        elif isinstance(block, Table):
            found.update(row.anchor for row in block.rows)
    return frozenset(found - {""})


def walk(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Every block in reading order, with those inside a KeepTogether after it."""
    for block in blocks:
        yield block
        if isinstance(block, KeepTogether):
            yield from walk(block.blocks)
