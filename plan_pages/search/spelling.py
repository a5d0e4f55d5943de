"""The word that was meant, where one was mistyped: the most like it of those that titles have. Pure, at a bounded cost."""

from collections.abc import Iterable
from difflib import SequenceMatcher

from plan_pages.search.words import Asked, fold, split, stem

LIKE_ENOUGH = 0.75
MOST_WORDS_MENDED = 3
MOST_WORDS_KNOWN = 20_000
SHORTEST = 3


def nearest(asked: Asked, titles: Iterable[tuple[str, str]]) -> str:
    """The query with words of the titles (each with its language) in the place of those that they do not have; "" where
    there is nothing to mend, or nothing to mend it by."""
    known, stems = _words(titles)
    mended = 0
    given: list[str] = []
    for word in asked.words:
        if word.stems & stems or word.is_number or len(word.typed) < SHORTEST:
            given.append(word.typed)
            continue
        mended += 1
        like = _most_like(word.typed, known) if mended <= MOST_WORDS_MENDED else None
        if like is None:
            return ""
        given.append(like)
    # A word that was right stays as it was typed.
    typed = {fold(each): each for each in split(asked.text)}
    return " ".join(typed.get(each, each) for each in given) if mended else ""


def _words(titles: Iterable[tuple[str, str]]) -> tuple[dict[str, str], set[str]]:
    """Words of the titles by their folded form, and their stems."""
    known: dict[str, str] = {}
    stems = set()
    for title, language in titles:
        for each in split(title):
            stems.add(stem(each, language))
            if len(each) >= SHORTEST and not each[0].isdigit():
                known.setdefault(fold(each), each.lower())
        if len(known) > MOST_WORDS_KNOWN:
            break
    return known, stems


def _most_like(typed: str, known: dict[str, str]) -> str | None:
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(typed)  # what is kept of the second one is computed once
    best, found = LIKE_ENOUGH, None
    for folded, word in known.items():
        if abs(len(folded) - len(typed)) > 2:
            continue
        matcher.set_seq1(folded)
        if matcher.real_quick_ratio() > best and matcher.quick_ratio() > best and matcher.ratio() > best:
            best, found = matcher.ratio(), word
    return found
