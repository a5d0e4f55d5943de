"""From blocks in reading order to pages: boxes are set one below the other, and pages begin where they must.

Knows heights and which boxes stay together, nothing of what they show. A box is placed once, when it is certain where:
there is one pass over the document, whatever its length.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from reports.document import Layout, Levels
from reports.pdf.canvas import Canvas
from reports.pdf.structure import Element
from reports.pdf.theme import BODY_HEIGHT, BOTTOM, LEFT, TOP, WIDTH, Theme


@dataclass(slots=True)
class Box:
    """Something that is not cut. `draw(canvas, top)` draws it below `top`.

    `before`: the space above it, none at the top of a page. `keep`: it stays with the next box. `header`: what is
    repeated above it when it is the first on a page. `opens_page`: it begins a new page.
    `is_blank`: empty space, which falls away at either end of a page.
    """

    height: float
    draw: Callable[[Canvas, float], None]
    before: float = 0
    keep: bool = False
    header: "Box | None" = None
    opens_page: bool = False
    is_blank: bool = False
    chapter: str | None = None


@dataclass(slots=True)
class Setting:
    """Where and how a block is set: its type, its column, its place in the structure, and the words that name the
    place in logs."""

    theme: Theme
    layout: Layout
    canvas: Canvas
    parent: Element
    x: float = LEFT
    width: float = WIDTH
    levels: Levels = field(default_factory=Levels)
    where: str = ""
    keys: dict[int, str] = field(default_factory=dict)
    """By the identity of a heading: the anchor by which the contents find it."""


class Flow:
    """The pages as they fill."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self.chapter = ""
        self._y = TOP
        self._is_at_top = False
        self._has_page = False

    def set(self, boxes: Iterable[Box]) -> None:
        """Place the boxes in order."""
        for chain in _chains(boxes):
            self._place(chain)

    def _place(self, chain: list[Box]) -> None:
        first = chain[0]
        if len(chain) == 1 and first.is_blank and (self._is_at_top or first.height > self._y - BOTTOM):
            return
        height = sum(box.height + box.before for box in chain) - (first.before if self._is_at_top else 0)
        room = BODY_HEIGHT - (first.header.height if first.header else 0)
        fits_on_one = height - first.before <= room
        if first.opens_page and not (self._has_page and self._is_at_top):
            self._begin_page(first)
        elif fits_on_one and height > self._y - BOTTOM:
            self._begin_page(first, again=first.header)
        for box in chain:
            before = 0 if self._is_at_top else box.before
            if not self._is_at_top and before + box.height > self._y - BOTTOM + 0.01:
                self._begin_page(box, again=box.header)
                before = 0
            self._draw(box, before)

    def _draw(self, box: Box, before: float) -> None:
        if not self._has_page:
            self._begin_page(box)
        if box.chapter is not None:
            self.chapter = box.chapter
        self._y -= before
        box.draw(self.canvas, self._y)
        self._y -= box.height
        if box.height:
            self._is_at_top = False

    def _begin_page(self, box: Box, again: Box | None = None) -> None:
        self.canvas.begin_page("" if box.opens_page and box.chapter is not None else self.chapter)
        self._y, self._is_at_top, self._has_page = TOP, True, True
        if again is not None:
            self._draw(again, 0)
            self._is_at_top = False


def _chains(boxes: Iterable[Box]) -> Iterator[list[Box]]:
    """Boxes that stay together, as lists."""
    chain: list[Box] = []
    for box in boxes:
        if box.opens_page and chain:
            yield chain
            chain = []
        chain.append(box)
        if not box.keep:
            yield chain
            chain = []
    if chain:
        yield chain
