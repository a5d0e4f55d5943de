"""Which words of a text a query has found, and the part of a longer text that stands round the first of them. Pure."""

from collections.abc import Set
from dataclasses import dataclass

from plan_pages.search.words import places, stem

EXCERPT = 220
BEFORE = 60


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text; `is_hit`: a word that was asked for."""

    text: str
    is_hit: bool = False


def marked(text: str, language: str, wanted: Set[str]) -> tuple[Piece, ...]:
    """The text in pieces, hits apart."""
    pieces: list[Piece] = []
    done = 0
    for begin, end in hits(text, language, wanted):
        if begin > done:
            pieces.append(Piece(text[done:begin]))
        pieces.append(Piece(text[begin:end], True))
        done = end
    if done < len(text):
        pieces.append(Piece(text[done:]))
    return tuple(pieces)


def excerpt(text: str, language: str, wanted: Set[str]) -> tuple[Piece, ...]:
    """So much of a longer text as fits below a title: round its first hit, else from its beginning."""
    text = " · ".join(filter(None, (" ".join(line.split()) for line in text.splitlines())))
    first = next(iter(hits(text, language, wanted)), (0, 0))[0]
    begin = 0 if first <= BEFORE else text.rfind(" ", 0, first - BEFORE // 2) + 1
    end = len(text) if len(text) - begin <= EXCERPT else text.rfind(" ", begin, begin + EXCERPT)
    end = end if end > begin else begin + EXCERPT
    before, after = ("… " if begin else ""), (" …" if end < len(text) else "")
    return marked(f"{before}{text[begin:end]}{after}", language, wanted)


def hits(text: str, language: str, wanted: Set[str]) -> list[tuple[int, int]]:
    """Where words that were asked for begin and end. Of a number the parts below it count: 2.1.3 is below 2.1."""
    numbers = tuple(f"{each}." for each in wanted if each[:1].isdigit())
    found = []
    for begin, end in places(text):
        each = stem(text[begin:end], language)
        if each in wanted or (numbers and each.startswith(numbers)):
            found.append((begin, end))
    return found
