"""Breaking words into lines. Knows type and widths, not pages, structure or any markup: all text is data.

A line keeps the space at its end, so that words at line ends do not stick together when the file is read aloud or
copied. A word wider than its column is cut at letters, with no hyphen put in that the text has not.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from reports.document import Run, Words, runs
from reports.pdf.fonts import Face, readable, text_width
from reports.pdf.theme import Type

Piece: TypeAlias = tuple[Run, Face, str]
BLANKS = " \u2009"

# A piece ends after spaces (not no-break ones), or after a hyphen, dash or stroke between letters.
_PIECE = re.compile(r"[^ \u2009]*?(?:[ \u2009]+|(?<=[^\W\d])[-–/](?=[^\W\d])|$)")


class Fragment(NamedTuple):
    """Text of one run at its place in a line; `x` from the left end of the line."""

    x: float
    text: str
    face: Face
    width: float
    run: Run


class Line(NamedTuple):
    """Fragments side by side; `width` without the space at the end."""

    fragments: tuple[Fragment, ...]
    width: float


def face_of(run: Run, type_: Type) -> Face:
    if run.bold or type_.strong:
        return Face.SEMIBOLD
    return Face.ITALIC if run.italic else Face.REGULAR


def set_lines(words: Words, type_: Type, width: float, where: str) -> list[Line]:
    """The words in lines no wider than `width`; no words, no lines."""
    size = type_.size
    if isinstance(words, str | Run):
        run = words if isinstance(words, Run) else Run(words)
        simple = _of_one_run(run, face_of(run, type_), size, width, where)
        if simple is not None:
            return simple
    found: list[Line] = []
    fragments: list[Fragment] = []
    x = 0.0
    for together in _unbroken(words, type_, where):
        ink = _ink(together, size)
        if x + ink > width and fragments:
            found.append(_line(fragments, size))
            fragments, x = [], 0.0
        for run, face, piece in together:
            own = ink if len(together) == 1 else _piece_widths(face, piece)[0] * size
            while ink > width and x + own > width and (fragments or len(piece) > 1):
                if not fragments:
                    count = _fitting(piece, face, size, width)
                    fragments.append(Fragment(0, piece[:count], face, text_width(piece[:count], face, size), run))
                    piece = piece[count:]
                    own = text_width(piece.rstrip(BLANKS), face, size)
                found.append(_line(fragments, size))
                fragments, x = [], 0.0
            full = _piece_widths(face, piece)[1] * size
            last = fragments[-1] if fragments else None
            if last and last.run is run:
                fragments[-1] = Fragment(last.x, last.text + piece, face, last.width + full, run)
            elif piece:
                fragments.append(Fragment(x, piece, face, full, run))
            x += full
    if fragments:
        found.append(_line(fragments, size))
    return found


def _of_one_run(run: Run, face: Face, size: float, width: float, where: str) -> list[Line] | None:
    """The lines of a single run, as most text is: with nothing to hold together and widths of pieces remembered.
    None where a piece is wider than a line."""
    found: list[Line] = []
    text, x, ink = "", 0.0, 0.0
    for piece in _PIECE.findall(readable(run.text, where).strip(" ")):
        own, full = _piece_widths(face, piece)
        own, full = own * size, full * size
        if own > width:
            return None
        if x + own > width and text:
            found.append(Line((Fragment(0, text, face, x, run),), ink))
            text, x = "", 0.0
        ink = x + own
        text += piece
        x += full
    if text:
        found.append(Line((Fragment(0, text, face, x, run),), ink))
    return found


@lru_cache(maxsize=1 << 15)
def _piece_widths(face: Face, piece: str) -> tuple[float, float]:
    """At one point: without the space at its end, and with it."""
    return text_width(piece.rstrip(BLANKS), face, 1), text_width(piece, face, 1)


def capped(lines: list[Line], most: int) -> list[Line]:
    """At most so many lines, for what cannot run over a page; an ellipsis says that there was more."""
    if len(lines) <= most:
        return lines
    last = lines[most - 1].fragments[-1]
    cut = Fragment(last.x, last.text[:-2].rstrip() + "…", last.face, last.width, last.run)
    return [*lines[: most - 1], Line((*lines[most - 1].fragments[:-1], cut), lines[most - 1].width)]


def shortened(text: str, face: Face, size: float, width: float, where: str) -> str:
    """The text on one line: what does not fit is cut, and an ellipsis says so."""
    text = readable(text, where).strip()
    if text_width(text, face, size) <= width:
        return text
    room = width - text_width("…", face, size)
    return text[: _fitting(text, face, size, room)].rstrip() + "…" if room > 0 else ""


def _unbroken(words: Words, type_: Type, where: str) -> Iterator[list[Piece]]:
    """Pieces between which no line may end: runs that meet without a space, such as a bold word and its comma."""
    together: list[Piece] = []
    started = False
    for run in runs(words):
        text = readable(run.text, where)
        if not started:
            text = text.lstrip(" ")
        started = started or bool(text)
        face = face_of(run, type_)
        for found in _PIECE.finditer(text):
            if not found.group():
                continue
            together.append((run, face, found.group()))
            if found.end() < len(text) or text[-1] in BLANKS:
                yield together
                together = []
    if together:
        yield together


def _ink(together: list[Piece], size: float) -> float:
    """How wide pieces are side by side, without the space at their end."""
    *before, (_run, face, last) = together
    wide = _piece_widths(face, last)[0]
    return (wide + sum([_piece_widths(each, piece)[1] for _run, each, piece in before]) if before else wide) * size


def _fitting(text: str, face: Face, size: float, width: float) -> int:
    """How many characters fit into the width: at least one, so that breaking always comes to an end."""
    total = 0.0
    for count, character in enumerate(text):
        total += text_width(character, face, size)
        if total > width:
            return max(count, 1)
    return len(text)


def _line(fragments: list[Fragment], size: float) -> Line:
    last = fragments[-1]
    trailing = last.text[len(last.text.rstrip(BLANKS)) :]
    return Line(tuple(fragments), last.x + last.width - text_width(trailing, last.face, size))
