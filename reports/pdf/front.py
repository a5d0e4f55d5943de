"""Cover, head of a brief, and contents. Knows the first pages, and how page numbers come to stand in the contents.

Contents are set in the same pass as everything else: their entries are known from the document, their lines take their
place at once, and the page numbers are added when the last page is done.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from reports.document import Contents, Cover, Heading, Masthead, Words, plain
from reports.pdf.canvas import Canvas
from reports.pdf.flow import Box, Setting
from reports.pdf.fonts import Face, text_width
from reports.pdf.prose import gap, heading_boxes, line_boxes, side_by_side
from reports.pdf.structure import Element, Page
from reports.pdf.text import Line, set_lines
from reports.pdf.theme import ACCENT, GUTTER, HAIR, INK, PAGE_HEIGHT, Type


def cover_boxes(cover: Cover, setting: Setting) -> Iterator[Box]:
    """A page of its own: an edge in the accent colour, whose report it is, its title, its facts."""
    theme, where = setting.theme, setting.where

    def edge(canvas: Canvas, top: float) -> None:
        with canvas.artifact():
            canvas.rectangle(0, 0, 14, PAGE_HEIGHT, ACCENT)

    yield Box(30, edge, opens_page=True, chapter="")
    yield from _lines(cover.kicker, theme.lead.quiet(), "P", setting)
    yield gap(150)
    yield from _lines(cover.title, _fitting_title(cover.title, theme.title, setting), "H1", setting)
    yield from _lines(cover.subtitle, Type(15, 20), "P", setting, before=10)
    yield _rule(setting, 26, 2.2, 90)
    yield gap(16)
    for label, words in cover.facts:
        type_ = theme.body
        narrow = setting.width * 0.32
        names = set_lines(label, type_.quiet(), narrow - GUTTER, where)
        values = set_lines(words, type_.bold(), setting.width - narrow, where)
        columns = ((setting.x, names, type_.quiet()), (setting.x + narrow, values, type_.bold()))
        if names or values:
            yield from side_by_side(columns, Element("P", setting.parent), before=5)
    yield from _lines(cover.note, theme.note, "P", setting, before=36)
    yield Box(0, lambda canvas, top: None, opens_page=False)


def masthead_boxes(head: Masthead, setting: Setting) -> Iterator[Box]:
    theme = setting.theme
    yield from _lines(head.kicker, theme.small, "P", setting)
    yield from _lines(head.title, _fitting_title(head.title, theme.title, setting), "H1", setting)
    yield from _lines(head.subtitle, theme.lead.quiet(), "P", setting, before=1)
    yield _rule(setting, 9, 2, setting.width)
    yield gap(2)


def _fitting_title(title: str, type_: Type, setting: Setting) -> Type:
    """Long titles are set smaller."""
    count = len(set_lines(title, type_, setting.width, setting.where))
    if count > 3:
        factor = 0.72 if count < 8 else 0.55
        return Type(type_.size * factor, type_.leading * factor, type_.colour, type_.strong)
    return type_


def _lines(words: Words, type_: Type, tag: str, setting: Setting, before: float = 0) -> Iterator[Box]:
    lines = set_lines(words, type_, setting.width, setting.where)
    if lines:
        yield from line_boxes(lines, setting.x, type_, Element(tag, setting.parent), before)


def _rule(setting: Setting, before: float, thickness: float, width: float) -> Box:
    def draw(canvas: Canvas, top: float) -> None:
        with canvas.artifact():
            canvas.rectangle(setting.x, top - thickness, width, thickness, ACCENT)

    return Box(thickness, draw, before=before)


@dataclass(slots=True)
class Entry:
    """A line of the contents whose page number is still to come."""

    key: str
    page: Page
    baseline: float
    type_: Type
    link: Element
    text_end: float


class ContentsList:
    """The headings of a document with their pages."""

    def __init__(self, headings: Sequence[tuple[str, Heading]]) -> None:
        self._headings = headings
        self._waiting: list[Entry] = []

    def boxes(self, block: Contents, setting: Setting) -> Iterator[Box]:
        """The title as a heading, then a line or more for each heading up to the depth."""
        yield from heading_boxes(Heading(1, block.title), setting)
        table = Element("TOC", setting.parent)
        shown = [(key, heading) for key, heading in self._headings if heading.level <= block.depth]
        for key, heading in shown:
            yield from self._entry(key, heading, table, setting)

    def _entry(self, key: str, heading: Heading, table: Element, setting: Setting) -> Iterator[Box]:
        type_ = setting.theme.body if heading.level > 1 else setting.theme.body.bold()
        indent = (0.0, 26.0, 58.0, 96.0)[heading.level - 1]
        hang = (26.0, 32.0, 38.0, 44.0)[heading.level - 1]
        number = set_lines(f"{heading.number} " if heading.number else "", type_, 10_000, setting.where)
        if number and number[0].width > hang - 6:
            hang = min(number[0].width + 8, setting.width / 3)
        if not number:
            hang = 0
        x = setting.x + indent
        room = setting.x + setting.width - x - hang - 40
        lines = set_lines(plain(heading.text) or "–", type_, room, setting.where)
        link = Element("Link", Element("Reference", Element("TOCI", table)))
        said = " ".join(filter(None, (heading.number, plain(heading.text))))

        def draw(canvas: Canvas, top: float, index: int, line: Line) -> None:
            baseline = top - type_.rise
            if index == 0 and number:
                with canvas.content(link):
                    canvas.string(x, baseline, f"{number[0].fragments[0].text} ", type_.face, type_.size, INK)
            with canvas.content(link):
                text = "".join(fragment.text for fragment in line.fragments).rstrip()
                canvas.string(x + hang, baseline, f"{text} ", type_.face, type_.size, INK)
            canvas.link(link, f"#{key}", said, x, top - type_.leading, setting.x + setting.width - x, type_.leading)
            if index == len(lines) - 1:
                end = x + hang + line.width
                self._waiting.append(Entry(key, canvas.page, baseline, type_, link, end))

        for index, line in enumerate(lines):
            before = (9.0 if heading.level == 1 else 2.5) if index == 0 else 0.0
            yield Box(type_.leading, partial(draw, index=index, line=line), before, keep=index < len(lines) - 1)

    def fill_in(self, canvas: Canvas, right: float) -> None:
        """Write the page numbers, now that they are known, page of the contents by page."""
        pages = {entry.page.key: entry.page for entry in self._waiting}
        for key, page in pages.items():
            with canvas.revisit(page):
                for entry in self._waiting:
                    if entry.page.key == key:
                        _number(canvas, entry, right)


def _number(canvas: Canvas, entry: Entry, right: float) -> None:
    target = canvas.destinations.get(entry.key)
    if target is None:
        return
    number = str(target[0].number)
    type_ = replace(entry.type_, strong=False)
    width = text_width(number, Face.REGULAR, type_.size)
    with canvas.artifact():
        y = entry.baseline + 1
        canvas.line(entry.text_end + 7, y, max(right - width - 7, entry.text_end + 7), y, 0.7, HAIR, dash="0.1 3")
    with canvas.content(entry.link):
        canvas.string(right - width, entry.baseline, number, Face.REGULAR, type_.size, INK)
