"""Words that have only so much room: cut for the eye with an ellipsis, whole for readers who hear the report.

Knows lines and the element that they belong to; `text` knows how to cut.
"""

from reports.document import Words, plain
from reports.pdf.fonts import Face, readable
from reports.pdf.structure import Element
from reports.pdf.text import Line, capped, set_lines, shortened
from reports.pdf.theme import Type


def fitted(words: Words, type_: Type, width: float, most: int, element: Element, where: str) -> list[Line]:
    """The words in at most so many lines, as the content of an element."""
    lines = set_lines(words, type_, width, where)
    if len(lines) > most:
        element.whole = _whole(plain(words), where)
    return capped(lines, most)


def on_one_line(text: str, face: Face, size: float, width: float, element: Element, where: str) -> str:
    """The text on one line, as the content of an element."""
    shown = shortened(text, face, size, width, where)
    whole = _whole(text, where)
    if shown != whole:
        element.whole = whole
    return shown


def _whole(text: str, where: str) -> str:
    return readable(text, where).strip()
