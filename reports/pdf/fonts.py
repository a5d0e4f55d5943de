"""The typeface: Source Sans 3, embedded as a subset. Knows glyphs and their widths, and what it cannot show.

Text of any origin passes `readable` once, before it is measured or drawn: a character that the typeface lacks is
replaced by a visible box and logged with where it stands; control characters are shown as their code, so that nothing
in the data can act on the file or hide in it. Digits of this typeface are tabular by default.
"""

import logging
import unicodedata
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

from reportlab.pdfbase.ttfonts import TTFont

from reports.document.characters import INVISIBLE, as_code, has_no_glyph, normal

logger = logging.getLogger(__name__)

FOLDER = Path(__file__).parent / "fonts"
REPLACEMENT = "□"

_DROPPED = dict.fromkeys(map(ord, INVISIBLE))


class Face(Enum):
    """The cuts that reports use; the value is the file."""

    REGULAR = "SourceSans3-Regular"
    SEMIBOLD = "SourceSans3-Semibold"
    ITALIC = "SourceSans3-It"

    __hash__ = object.__hash__  # members are single; looked up for every word


@cache
def font(face: Face) -> Any:
    """ReportLab's font of that cut. It keeps what a document uses of it by document, so that one serves all."""
    return TTFont(face.value, str(FOLDER / f"{face.value}.ttf"), asciiReadable=False)


@cache
def glyph_widths(face: Face) -> dict[str, float]:
    """The advance of every character of a cut, at one point."""
    return {chr(code): width / 1000 for code, width in font(face).face.charWidths.items()}


def text_width(text: str, face: Face, size: float) -> float:
    """How wide the text is in points. The text must be `readable`."""
    return sum(map(glyph_widths(face).__getitem__, text)) * size


def readable(text: str, where: str) -> str:
    """The text with nothing in it that the typeface lacks. `where` names the place for the log."""
    if _plain().issuperset(text):
        return text
    text = normal(text).translate(_DROPPED)
    known = glyph_widths(Face.REGULAR).keys()
    unknown = set(text) - known
    for character in sorted(unknown):
        shown = as_code(character) if has_no_glyph(character) else REPLACEMENT
        logger.warning("The typeface lacks U+%04X, shown as %s: %s", ord(character), shown, _printable(where))
        text = text.replace(character, shown)
    return text


def _printable(text: str) -> str:
    """For the log: line ends and halves of surrogate pairs written out, so that a line stays a line that can be kept."""
    return "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text)


@cache
def _plain() -> frozenset[str]:
    """Characters that are shown as they are, whatever stands beside them: nearly all text is made of these alone."""
    return frozenset(
        character
        for character in glyph_widths(Face.REGULAR)
        if unicodedata.category(character)[0] not in "CM" and unicodedata.is_normalized("NFC", character)
    )
