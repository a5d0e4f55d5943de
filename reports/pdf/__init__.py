"""A document to the bytes of a PDF. The only place that knows ReportLab; it has never heard of plans.

The stages, each in a module of its own: `text` breaks words into lines, `blocks` and its neighbours turn blocks into
boxes, `flow` sets boxes on pages, `canvas` draws and keeps the structure, `file` writes it all down.
"""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import BinaryIO

from reports.document import Document, Heading, anchors_of, levels_of, walk
from reports.pdf.attachments import Attachment, Relationship
from reports.pdf.blocks import boxes_of
from reports.pdf.canvas import Canvas
from reports.pdf.file import VERSION, finished
from reports.pdf.flow import Flow, Setting
from reports.pdf.front import ContentsList
from reports.pdf.furniture import draw_furniture
from reports.pdf.structure import Element
from reports.pdf.theme import theme_of

__all__ = ["VERSION", "Attachment", "Relationship", "render", "write"]


def render(document: Document, *, attachments: Sequence[Attachment] = (), compress: bool = True) -> bytes:
    """The document as a PDF, with the files that belong to it; the same arguments give the same bytes.
    `compress=False` leaves pages and structure legible."""
    with _without_collection():
        return _rendered(document, attachments, compress)


def write(document: Document, file: BinaryIO, *, attachments: Sequence[Attachment] = (), compress: bool = True) -> None:
    """The document as a PDF, into a file that is open for bytes."""
    file.write(render(document, attachments=attachments, compress=compress))


def _headings(document: Document) -> list[tuple[str, Heading]]:
    """Every heading with the anchor that its place in the document gives it."""
    found = [block for block in walk(document.blocks) if isinstance(block, Heading)]
    return [(f"§{number}", heading) for number, heading in enumerate(found, start=1)]


def _rendered(document: Document, attachments: Sequence[Attachment], compress: bool) -> bytes:
    headings = _headings(document)
    keys = {id(heading): key for key, heading in headings}
    canvas = Canvas(document.language, anchors_of(document) | frozenset(keys.values()), compress)
    banner = Element("P", canvas.tree.root) if document.banner else None
    setting = Setting(
        theme_of(document.layout),
        document.layout,
        canvas,
        canvas.tree.root,
        levels=levels_of(document),
        where=f"“{document.title[:80]}”",
        keys=keys,
    )
    contents = ContentsList(headings)
    Flow(canvas).set(boxes_of(document.blocks, setting, contents))
    if not canvas.pages:
        canvas.begin_page()
    canvas.end_page()
    contents.fill_in(canvas)
    draw_furniture(canvas, document, banner)
    return finished(canvas, document, attachments)


@contextmanager
def _without_collection() -> Iterator[None]:
    """Nothing that a report is made of is garbage before it is done: looking for some costs a quarter of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
