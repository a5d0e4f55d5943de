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
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

LINK_SCHEMES = ("https://", "http://", "mailto:")

Amount: TypeAlias = Decimal | int


class Signal(StrEnum):
    """What a status means to the eye. Each has one shape and one colour everywhere; the word comes with the `Mark`."""

    DONE = "done"
    """Completed, target reached."""
    GOOD = "good"
    """On track, on course, improving."""
    WARNING = "warning"
    """Behind, at risk."""
    BAD = "bad"
    """Delayed, well behind, worsening."""
    STOPPED = "stopped"
    """Given up: no longer pursued."""
    WAITING = "waiting"
    """Not started yet, unchanged."""
    UNKNOWN = "unknown"
    """No data. Shown, never hidden."""


class Align(StrEnum):
    LEFT = "left"
    RIGHT = "right"
    """For numbers: digits are tabular, so that right-aligned columns of equal decimals line up."""
    CENTRE = "centre"


class Layout(StrEnum):
    BRIEF = "brief"
    """Two to four dense pages: level 1 headings run on, type is a little smaller."""
    REPORT = "report"
    """A long report: every level 1 heading opens a page of its own."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one manner. `href`: "https://…", "mailto:…" or "#anchor" of a heading or row in this
    document. `language`: where it differs from the document's (a text that exists in another language only)."""

    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""
    language: str = ""

    @property
    def link(self) -> str:
        """`href` where it is an address that may be followed, else "": other schemes are shown as plain text."""
        address = self.href.strip()
        is_known = address.lower().startswith(LINK_SCHEMES) or (address.startswith("#") and len(address) > 1)
        return address if is_known and address.isprintable() and " " not in address else ""


Words: TypeAlias = str | Run | tuple[str | Run, ...]
"""A line of text: a plain string, a run, or several of either, set one after another without any space added."""


def runs(words: Words) -> tuple[Run, ...]:
    """The words as runs; empty ones are left out."""
    parts = words if isinstance(words, tuple) else (words,)
    found = (part if isinstance(part, Run) else Run(part) for part in parts)
    return tuple(run for run in found if run.text)


def plain(words: Words) -> str:
    """The words as a bare string: for bookmarks, alternative texts and comparison."""
    return "".join(run.text for run in runs(words))


@dataclass(frozen=True, slots=True)
class Mark:
    """A status: the shape and colour of `signal` with `word` beside it. The word is never empty."""

    signal: Signal
    word: str

    def __post_init__(self) -> None:
        if not self.word.strip():
            raise ValueError("a mark needs its word: colour and shape alone say nothing to a reader who sees neither")


@dataclass(frozen=True, slots=True)
class Spark:
    """A small line: `points` in order of time (None: no value then, the line has a gap), `target` as a dotted line.

    `alternative` says in words what the line shows: "From 38 % in 2020 to 52 % in 2026; target 60 %".
    """

    points: tuple[Amount | None, ...]
    alternative: str
    target: Amount | None = None

    def __post_init__(self) -> None:
        _demand_words(self.alternative)


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of 0-100 with its number beside it. `percent` None: an empty, dashed bar. `gone`: the share of time gone,
    drawn as a stroke across. `text`: the number as read ("63 %", "no data"); it is the bar's words, never empty."""

    percent: Amount | None
    text: str
    gone: Amount | None = None
    signal: Signal | None = None

    def __post_init__(self) -> None:
        _demand_words(self.text)


# Blocks ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page of a long report, on its own. `kicker`: whose report it is (the municipality), above the title.
    `facts`: pairs such as ("Reporting period", "2026, third quarter"). `note`: small, at the foot of the page.
    Title and subtitle are the cover's own, usually the document's."""

    title: str
    subtitle: str = ""
    kicker: str = ""
    facts: tuple[tuple[str, Words], ...] = ()
    note: Words = ""


@dataclass(frozen=True, slots=True)
class Masthead:
    """The head of a brief: title, subtitle and a rule, at the top of the first page, where text follows at once."""

    title: str
    subtitle: Words = ""
    kicker: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """Levels 1-4, none skipped. `number`: the code ("1.2"), set before the text here, in contents and in bookmarks.
    `anchor`: a name unique in the document that links ("#name") lead to. `aside`: quiet words at the right end of the
    line. `href`: where the number leads (the page of the goal or measure on the site).
    Levels 1-3 enter bookmarks; `Contents` shows as many levels as it asks for."""

    level: int
    text: Words
    number: str = ""
    anchor: str = ""
    aside: str = ""
    href: str = ""

    def __post_init__(self) -> None:
        if not 1 <= self.level <= 4:
            raise ValueError(f"no heading level {self.level}")


class ProseStyle(StrEnum):
    BODY = "body"
    LEAD = "lead"
    """The one sentence that carries the page: larger."""
    NOTE = "note"
    """Explanations, sources, what a figure does not say: smaller and quieter."""


@dataclass(frozen=True, slots=True)
class Prose:
    """Paragraphs. `Prose(("First.", ("See ", Run("the goal", href="#goal-1.2"), ".")))`."""

    paragraphs: tuple[Words, ...]
    style: ProseStyle = ProseStyle.BODY


@dataclass(frozen=True, slots=True)
class Item:
    """One point of a list. With a `mark` its shape stands in place of the bullet and its word is read out."""

    words: Words
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list. `numbered`: 1., 2., … instead of bullets, where the order says something."""

    items: tuple[Item, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    label: str
    words: Words


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels with their values, one a line: responsible, end, approval."""

    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Tile:
    """One headline figure: `label` above, `value` large ("71 %", "148,2 mln. €"), `note` below ("+4 p. p. since …")."""

    label: str
    value: str
    note: str = ""
    mark: Mark | None = None
    spark: Spark | None = None


@dataclass(frozen=True, slots=True)
class Tiles:
    """Headline figures side by side, four to a row."""

    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    mark: Mark
    count: int


@dataclass(frozen=True, slots=True)
class StatusBar:
    """One row: how many of what `label` names stand in each state. Segments in the order of the vocabulary; zeros may
    be passed and are not drawn. `total`: the number at the right end. `href`: where the label leads."""

    label: str
    segments: tuple[Segment, ...]
    total: str = ""
    href: str = ""

    @property
    def alternative(self) -> str:
        """What the bar shows, in words: "Completed 6, On track 14"."""
        return ", ".join(f"{part.mark.word} {part.count}" for part in self.segments if part.count > 0)


@dataclass(frozen=True, slots=True)
class StatusBars:
    """Stacked bars on one common scale with a legend above. `header`: the words over label and bar and total, read out
    as the table's header ("Chapter", "Measures by status", "All")."""

    bars: tuple[StatusBar, ...]
    legend: tuple[Mark, ...]
    header: tuple[str, str, str]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class ProgressBar:
    """One row: `label`, the bar, its number (`bar.text`) and `note` at the right end ("39,1 of 62,4 mln. €")."""

    label: str
    bar: Bar
    note: str = ""
    mark: Mark | None = None
    href: str = ""


@dataclass(frozen=True, slots=True)
class ProgressBars:
    """Bars of 0-100 below each other. `key`: what bar and stroke mean ("bar: spent · stroke: time gone, 75 %").
    `header`: the words over label, bar, note, read out as the table's header."""

    bars: tuple[ProgressBar, ...]
    header: tuple[str, str, str]
    key: str = ""
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """`width`: its share of the table's width, any unit (the shares of all columns are added up).
    Numbers: `Align.RIGHT`. `strong`: the column that the eye should find (the actual)."""

    title: str
    width: float
    align: Align = Align.LEFT
    strong: bool = False


Cell: TypeAlias = Words | Mark | Spark | Bar
"""Text (a number is text that is already formatted), a status, a small line or a bar. Missing: say so in words."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table, as many cells as columns. `detail`: a quieter line under it over the whole width (what was
    done, why it is late); it stays with its row. `signal`: a coloured edge at the left, for rows that need the eye,
    always beside a `Mark` that says it in words. `anchor`: a name that links lead to."""

    cells: tuple[Cell, ...]
    detail: tuple[Words, ...] = ()
    signal: Signal | None = None
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A line over the whole width that names the rows below it (a task among measures); stays with the next row.
    `aside`: quiet words at its right end. `anchor`: a name that links lead to."""

    words: Words
    aside: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a header that repeats on every page. Rows are not cut, unless one is higher than a page.
    `caption`: what the table shows, above it; needed where no heading says so. `row_header`: the column that names
    the row, for readers who hear the table. One table holds one task or goal, not the whole report."""

    columns: tuple[Column, ...]
    rows: tuple[Row | GroupRow, ...]
    caption: str = ""
    row_header: int = 0

    def __post_init__(self) -> None:
        if not self.columns or any(column.width <= 0 for column in self.columns):
            raise ValueError("a table needs columns, each with a width")
        if not 0 <= self.row_header < len(self.columns):
            raise ValueError(f"no column {self.row_header} to head the rows")
        for row in self.rows:
            if isinstance(row, Row) and len(row.cells) != len(self.columns):
                raise ValueError(f"{len(row.cells)} cells in a table of {len(self.columns)} columns")


@dataclass(frozen=True, slots=True)
class LineChart:
    """One indicator over time. `labels`, `actual`, `expected` (may be empty) have one entry for each point in time.
    `target`: a dotted line, with `target_label`. `actual_label`, `expected_label`: the legend. `ticks`: the labels of
    the value axis with their values, already formatted; two to five of them.
    `alternative`: in words what the chart shows, not "chart"."""

    labels: tuple[str, ...]
    actual: tuple[Amount | None, ...]
    alternative: str
    actual_label: str
    expected: tuple[Amount | None, ...] = ()
    expected_label: str = ""
    target: Amount | None = None
    target_label: str = ""
    ticks: tuple[tuple[Amount, str], ...] = ()
    caption: str = ""

    def __post_init__(self) -> None:
        _demand_words(self.alternative)
        if len(self.actual) != len(self.labels) or len(self.expected) not in (0, len(self.labels)):
            raise ValueError("a chart needs one label for each point in time")


@dataclass(frozen=True, slots=True)
class Callout:
    """A framed remark: what needs a decision, why there is no figure. `mark`: its status, shown before the title."""

    title: str
    paragraphs: tuple[Words, ...] = ()
    mark: Mark | None = None


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

    plan: str
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


def walk(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Every block in reading order, with those inside a KeepTogether after it."""
    for block in blocks:
        yield block
        if isinstance(block, KeepTogether):
            yield from walk(block.blocks)


def _demand_words(text: str) -> None:
    if not text.strip():
        raise ValueError("what is drawn needs words that say what it shows")
