"""Cover, head of a brief, and contents. Knows the first pages, and how page numbers come to stand in the contents.

Contents are set in the same pass as everything else: their entries are known from the document, their lines take their
place at once, and are written when the last page is done.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import groupby

from reports.document import Contents, Cover, Heading, Masthead, Words, plain
from reports.pdf.canvas import Canvas
from reports.pdf.flow import Box, Setting
from reports.pdf.fonts import Face, readable, text_width
from reports.pdf.prose import gap, heading_boxes, line_boxes, pair_boxes
from reports.pdf.structure import Element, Page
from reports.pdf.text import set_lines
from reports.pdf.theme import ACCENT, HAIR, INK, PAGE_HEIGHT, Type

PAGE_ROOM = 40.0
"""What an entry of the contents leaves to its page number."""


def cover_boxes(cover: Cover, setting: Setting) -> Iterator[Box]:
    """A page of its own: an edge in the accent colour, whose report it is, its title, its facts."""
    theme = setting.theme

    def edge(canvas: Canvas, top: float) -> None:
        with canvas.artifact():
            canvas.rectangle(0, 0, 14, PAGE_HEIGHT, ACCENT)

    yield Box(30, edge, opens_page=True, chapter="")
    yield from _lines(cover.kicker, theme.lead.quiet(), "P", setting)
    yield gap(150)
    yield from _lines(_or_dash(cover.title), _fitting_title(cover.title, theme.title, setting), "H1", setting)
    yield from _lines(cover.subtitle, Type(15, 20), "P", setting, before=10)
    yield _rule(setting, 26, 2.2, 90)
    yield gap(16)
    yield from pair_boxes(cover.facts, setting, 0.32, theme.body, theme.body.bold(), before=5)
    yield from _lines(cover.note, theme.note, "P", setting, before=36)
    yield Box(0, lambda canvas, top: None, opens_page=False)


def masthead_boxes(head: Masthead, setting: Setting) -> Iterator[Box]:
    theme = setting.theme
    yield from _lines(head.kicker, theme.small, "P", setting)
    yield from _lines(_or_dash(head.title), _fitting_title(head.title, theme.title, setting), "H1", setting)
    yield from _lines(head.subtitle, theme.lead.quiet(), "P", setting, before=1)
    yield _rule(setting, 9, 2, setting.width)
    yield gap(2)


def _or_dash(title: Words) -> Words:
    return title if plain(title).strip() else "–"


def _fitting_title(title: Words, type_: Type, setting: Setting) -> Type:
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


class ContentsList:
    """The headings of a document with their pages."""

    def __init__(self, headings: Sequence[tuple[str, Heading]]) -> None:
        self._headings = headings
        self._waiting: list[tuple[Page, Callable[[Canvas], None]]] = []

    def boxes(self, block: Contents, setting: Setting) -> Iterator[Box]:
        """The title as a heading, then a line or more for each heading up to the depth."""
        yield from heading_boxes(Heading(1, block.title), setting)
        table = Element("TOC", setting.parent)
        for key, heading in self._headings:
            if heading.level <= block.depth:
                yield from self._entry(key, heading, table, setting)

    def _entry(self, key: str, heading: Heading, table: Element, setting: Setting) -> Iterator[Box]:
        type_ = setting.theme.body if heading.level > 1 else setting.theme.body.bold()
        x = setting.x + (0.0, 26.0, 58.0, 96.0)[heading.level - 1]
        right = setting.x + setting.width
        number = readable(heading.number, setting.where).strip()
        hang = (26.0, 32.0, 38.0, 44.0)[heading.level - 1] if number else 0.0
        number_width = text_width(number, type_.face, type_.size)
        title = plain(heading.text).strip() or "–"
        if number_width > setting.width / 3:
            number, title, hang = "", f"{number} {title}", 0.0
        elif number_width > hang:
            hang = number_width + 4
        lines = set_lines(title, type_, right - x - hang - PAGE_ROOM, setting.where)
        link = Element("Link", Element("Reference", Element("TOCI", table)))
        said = " ".join(filter(None, (heading.number, plain(heading.text))))

        def draw_now(canvas: Canvas, top: float, index: int) -> None:
            baseline, line = top - type_.rise, lines[index]
            with canvas.content(link):
                if index == 0 and number:
                    canvas.string(x, baseline, f"{number} ", type_.face, type_.size, INK)
                text = "".join(fragment.text for fragment in line.fragments)
                if index == len(lines) - 1:
                    text = f"{text.rstrip(' ')} "
                canvas.string(x + hang, baseline, text, type_.face, type_.size, INK)
            if index == len(lines) - 1:
                page = str(canvas.destinations[key][0].number)
                start = right - text_width(page, Face.REGULAR, type_.size)
                with canvas.artifact():
                    dots = x + hang + line.width + 7
                    canvas.line(dots, baseline + 1, max(start - 7, dots), baseline + 1, 0.7, HAIR, dash="0.1 3")
                with canvas.content(link):
                    canvas.string(start, baseline, f"{page} ", Face.REGULAR, type_.size, INK)
            canvas.link(link, f"#{key}", said, x, top - type_.leading, right - x, type_.leading)

        def draw(canvas: Canvas, top: float, index: int) -> None:
            self._waiting.append((canvas.page, partial(draw_now, top=top, index=index)))

        for index in range(len(lines)):
            before = (9.0 if heading.level == 1 else 2.5) if index == 0 else 0.0
            yield Box(type_.leading, partial(draw, index=index), before, keep=index < len(lines) - 1)

    def fill_in(self, canvas: Canvas) -> None:
        """Write the entries, now that all pages are known."""
        for page, entries in groupby(self._waiting, key=lambda entry: entry[0]):
            with canvas.revisit(page):
                for _, draw_now in entries:
                    draw_now(canvas)
