"""Which block becomes which elements. Knows all blocks; a new one cannot vanish here."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import assert_never

from reports.document import (
    Block,
    Bullets,
    Callout,
    Contents,
    Cover,
    Document,
    Facts,
    Heading,
    Item,
    KeepTogether,
    Levels,
    LineChart,
    Masthead,
    PageBreak,
    ProgressBars,
    Prose,
    ProseStyle,
    Run,
    StatusBars,
    Table,
    Tile,
    Tiles,
    Words,
    anchors_of,
    plain,
    walk,
)
from reports.html.drawings import line_chart, marked, shape, spark
from reports.html.tables import write_progress_bars, write_status_bars, write_table
from reports.html.words import NOTHING, escaped, identifier, is_empty, or_dash, write_words


@dataclass(slots=True)
class Writing:
    """A page while it is written. `free`: the anchors that have no place yet; the first of a name has it."""

    document: Document
    levels: Levels
    anchors: frozenset[str] = frozenset()
    free: set[str] = field(default_factory=set)
    headings: dict[int, str] = field(default_factory=dict)
    """By the identity of a heading: where the contents lead."""

    def __post_init__(self) -> None:
        self.anchors = anchors_of(self.document)
        self.free = set(self.anchors)
        found = [block for block in walk(self.document.blocks) if isinstance(block, Heading)]
        self.headings = {id(heading): f"heading:{number}" for number, heading in enumerate(found, start=1)}

    def words(self, words: Words) -> str:
        return write_words(words, self.anchors)

    def place(self, anchor: str) -> str:
        """The attribute that makes an element the place of an anchor."""
        if anchor not in self.free:
            return ""
        self.free.discard(anchor)
        return f' id="{escaped(identifier(anchor))}"'


def write_blocks(blocks: Sequence[Block], writing: Writing) -> str:
    return "".join(_block(block, writing) for block in blocks)


def _block(block: Block, writing: Writing) -> str:
    match block:
        case Cover():
            return _cover(block, writing)
        case Masthead():
            return (
                f'<header class="masthead">\n{_paragraph(block.kicker, writing, "kicker")}'
                f"<h1>{writing.words(or_dash(block.title))}</h1>\n"
                f"{_paragraph(block.subtitle, writing, 'subtitle')}</header>\n"
            )
        case Heading():
            return _heading(block, writing)
        case Prose():
            style = "" if block.style is ProseStyle.BODY else block.style.value
            return "".join(_paragraph(words, writing, style) for words in block.paragraphs)
        case Bullets():
            tag = "ol" if block.numbered else "ul"
            items = "".join(_item(item, writing) for item in block.items if item.mark or not is_empty(item.words))
            return f"<{tag}>\n{items}</{tag}>\n" if items else ""
        case Facts():
            return _pairs([(fact.label, fact.words) for fact in block.facts], writing)
        case Tiles():
            tiles = "".join(_tile(tile, writing) for tile in block.tiles)
            return f'<div class="tiles">\n{tiles}</div>\n' if tiles else ""
        case StatusBars():
            return write_status_bars(block, writing.words)
        case ProgressBars():
            return write_progress_bars(block, writing.words)
        case Table():
            return write_table(block, writing.words, writing.place)
        case LineChart():
            return _chart(block)
        case Callout():
            return _callout(block, writing)
        case Contents():
            return _contents(block, writing)
        case PageBreak():
            return ""
        case KeepTogether():
            return f'<div class="together">\n{write_blocks(block.blocks, writing)}</div>\n'
        case _:
            assert_never(block)


def _paragraph(words: Words, writing: Writing, kind: str = "") -> str:
    """A paragraph, if there is anything to say in it."""
    if is_empty(words):
        return ""
    kind = f' class="{kind}"' if kind else ""
    return f"<p{kind}>{writing.words(words)}</p>\n"


def _cover(cover: Cover, writing: Writing) -> str:
    return (
        f'<header class="cover">\n{_paragraph(cover.kicker, writing, "kicker")}'
        f"<h1>{writing.words(or_dash(cover.title))}</h1>\n{_paragraph(cover.subtitle, writing, 'subtitle')}"
        f"{_pairs(cover.facts, writing)}{_paragraph(cover.note, writing, 'note')}</header>\n"
    )


def _heading(heading: Heading, writing: Writing) -> str:
    tag = f"h{writing.levels.of(heading.level)}"
    number = f'<span class="number">{writing.words(Run(heading.number, href=heading.href))}</span> '
    said = writing.words(heading.text) if not is_empty(heading.text) else "" if heading.number.strip() else NOTHING
    text = (number if heading.number.strip() else "") + said
    place = writing.place(heading.anchor)
    inner = f"<span{place}>{text}</span>" if place else text
    return (
        f'<{tag} class="level-{heading.level}" id="{writing.headings[id(heading)]}">{inner}</{tag}>\n'
        f"{_paragraph(heading.aside, writing, 'aside')}"
    )


def _item(item: Item, writing: Writing) -> str:
    if item.mark is None:
        return f"<li>{writing.words(item.words)}</li>\n"
    word = f"{shape(item.mark.signal)} <strong>{escaped(item.mark.word)}</strong> · "
    return f'<li class="marked">{word}{writing.words(item.words)}</li>\n'


def _pairs(pairs: Sequence[tuple[str, Words]], writing: Writing) -> str:
    """Labels with their values. A value without a label, or a label without a value, stands as it is."""
    found = "".join(
        f"<div><dt>{escaped(label)}</dt><dd>{writing.words(words)}</dd></div>\n"
        for label, words in pairs
        if label.strip() or not is_empty(words)
    )
    return f"<dl>\n{found}</dl>\n" if found else ""


def _tile(tile: Tile, writing: Writing) -> str:
    kind = f" {tile.mark.signal.value}" if tile.mark else ""
    state = f'<p class="state">{marked(tile.mark)}</p>\n' if tile.mark else ""
    return (
        f'<div class="tile{kind}">\n{_paragraph(tile.label, writing, "label")}'
        f"{_paragraph(tile.value, writing, 'value')}{_paragraph(tile.note, writing)}{state}"
        f"{spark(tile.spark) if tile.spark else ''}</div>\n"
    )


def _chart(chart: LineChart) -> str:
    """The words stand in the drawing; what only the eye needs, legend and times, stands around it."""
    caption = f"<figcaption>{escaped(chart.caption)}</figcaption>\n" if chart.caption.strip() else ""
    legend = [("actual", chart.actual_label)] + ([("expected", chart.expected_label)] if chart.expected else [])
    keys = "".join(f'<span class="key {kind}">{escaped(label)}</span>' for kind, label in legend)
    ends = (chart.labels[0], chart.labels[-1]) if chart.labels else ()
    times = "".join(f"<span>{escaped(label)}</span>" for label in ends)
    return (
        f'<figure>\n{caption}<p class="legend" aria-hidden="true">{keys}</p>\n{line_chart(chart)}\n'
        f'<p class="times" aria-hidden="true">{times}</p>\n</figure>\n'
    )


def _callout(callout: Callout, writing: Writing) -> str:
    kind = f" {callout.mark.signal.value}" if callout.mark else ""
    title = escaped(callout.title)
    if callout.mark:
        title = f"{shape(callout.mark.signal)} {escaped(callout.mark.word)}: {title}"
    head = f"<p><strong>{title}</strong></p>\n" if callout.mark or callout.title.strip() else ""
    paragraphs = "".join(_paragraph(words, writing) for words in callout.paragraphs)
    return f'<div class="callout{kind}" role="note">\n{head}{paragraphs}</div>\n'


def _contents(block: Contents, writing: Writing) -> str:
    """The headings as links, without the pages that only paper has."""
    tag = f"h{writing.levels.of(1)}"
    entries = []
    for found in walk(writing.document.blocks):
        if isinstance(found, Heading) and found.level <= block.depth:
            text = " ".join(filter(None, (found.number.strip(), plain(found.text).strip() or NOTHING)))
            here = f'<a href="#{writing.headings[id(found)]}">{escaped(text)}</a>'
            entries.append(f'<li class="level-{found.level}">{here}</li>\n')
    title = f'<{tag} class="level-1">{escaped(block.title.strip() or NOTHING)}</{tag}>\n'
    return f"<nav>\n{title}<ol>\n{''.join(entries)}</ol>\n</nav>\n"
