"""Reading a rendered file back: its text, its structure, and where on the page strings were drawn."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from typing import Any
from unittest import mock

from pypdf import PdfReader

from reports.document import Block, Document, Footer, Layout
from reports.pdf import render
from reports.pdf.canvas import Canvas
from reports.pdf.fonts import Face, text_width
from reports.pdf.structure import Element
from reports.pdf.theme import Colour

PLAIN = Document(
    "Ataskaita", "lt", Layout.BRIEF, date(2026, 10, 15), Footer("Planas", "2026 m.", "2026-10-15"), blocks=()
)


def document(*blocks: Block, layout: Layout = Layout.BRIEF) -> Document:
    return replace(PLAIN, blocks=blocks, layout=layout)


def reader(of: Document) -> Any:
    """Any: pypdf knows only that an entry is some object of a PDF."""
    return PdfReader(BytesIO(render(of)))


def texts(of: Document) -> list[str]:
    """The text of every page, blanks and breaks made one space."""
    return [" ".join(page.extract_text().split()) for page in reader(of).pages]


def text(of: Document) -> str:
    return " ".join(texts(of))


@dataclass(frozen=True)
class Drawn:
    page: int
    text: str
    left: float
    right: float
    y: float


@contextmanager
def strings_drawn() -> Iterator[list[Drawn]]:
    """Every string with its place, as it is drawn."""
    found: list[Drawn] = []
    original = Canvas.string

    def string(self: Canvas, x: float, y: float, text: str, face: Face, size: float, colour: Colour) -> None:
        width = text_width(text.rstrip(), face, size)
        found.append(Drawn(self.page.number, text, x, x + width, y))
        original(self, x, y, text, face, size, colour)

    with mock.patch.object(Canvas, "string", string):
        yield found


def elements(of: Document) -> list[tuple[int, str, Any]]:
    """The structure in reading order: depth, type, dictionary."""
    root = reader(of).trailer["/Root"]["/StructTreeRoot"]
    found: list[tuple[int, str, Any]] = []

    def visit(node: Any, depth: int) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, dict) and "/S" in node:
            found.append((depth, str(node["/S"]), node))
        if isinstance(node, dict) and "/K" in node:
            kids = node["/K"]
            for kid in kids if isinstance(kids, list) else [kids]:
                visit(kid, depth + 1)

    visit(root, -1)
    return found


def spoken(of: Document) -> list[str]:
    """What a reader hears: the text of every block of the structure, in its order. A figure is its alternative."""
    parts: dict[tuple[int, int], str] = {}
    canvases: list[Canvas] = []
    original = Canvas.string

    def string(self: Canvas, x: float, y: float, text: str, face: Face, size: float, colour: Colour) -> None:
        if isinstance(self._scope, Element):
            place = (self.page.key, len(self.page.marks) - 1)
            parts[place] = parts.get(place, "") + text
        if self not in canvases:
            canvases.append(self)
        original(self, x, y, text, face, size, colour)

    with mock.patch.object(Canvas, "string", string):
        render(of)
    blocks = [""]

    def visit(element: Element) -> None:
        is_inline = element.tag in ("Span", "Link", "Reference")
        if not is_inline:
            blocks.append("")
        if element.tag == "Figure":
            blocks[-1] = element.alternative
        for kid in element.kids:
            if isinstance(kid, Element):
                visit(kid)
            elif isinstance(kid, tuple) and element.tag != "Figure":
                blocks[-1] += parts.get((kid[0].key, kid[1]), "")
        if not is_inline:
            blocks.append("")

    visit(canvases[0].tree.root)
    return [" ".join(block.split()) for block in blocks if block.strip()]
