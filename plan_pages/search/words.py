"""Words as search compares them: without case, diacritics and endings. Pure.

`švietimo`, `ŠVIETIMAS` and `svietimui` are one stem. The stemmer knows Lithuanian endings by their diacritics, so where
a word is written without any, those of its ending are put back before it is stemmed, and taken away after.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from threading import Lock

import snowballstemmer

LONGEST_QUERY = 200
LONGEST_WORD = 60
MOST_WORDS = 12
# A number with its dots is one word, so that a code is.
_WORD = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+")
_LETTERS = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "æ": "ae", "œ": "oe"})
_STEMMERS = {code: snowballstemmer.stemmer(name) for code, name in {"lt": "lithuanian", "en": "english"}.items()}
_ONE_AT_A_TIME = Lock()  # a stemmer keeps the word that it works on
_ENDINGS = {
    "lt": [
        (re.compile(pattern), ending)
        for pattern, ending in (
            (r"uju$", "ųjų"),
            (r"ese$", "ėse"),
            (r"eje$", "ėje"),
            (r"(?<!i)em(s|is)$", r"ėm\1"),
            (r"eti$", "ėti"),
            (r"c(?=i[aou])", "č"),
            (r"dz(?=i[aou])", "dž"),
        )
    ]
}
# Before an ending that begins with i, t and d become č and dž: medis, medžio. Stems that two forms of one word have.
_SOFTENED = {"lt": (("dz", "d"), ("c", "t"))}
_SAME = {"lt": {"zmon": "zmog"}}
# Words that are not declined, and would be taken for others that are.
_WHOLE = {"lt": frozenset({"foto", "kino", "metro", "taksi"})}
# Words that say nothing alone; folded.
_SMALL = {
    "lt": frozenset(
        {"ar", "bei", "bet", "del", "i", "is", "ir", "iki", "kad", "kaip", "nuo", "o", "pagal", "per", "po"}
    )
    | frozenset({"prie", "su", "tarp", "uz"}),
    "en": frozenset({"a", "an", "and", "as", "at", "by", "for", "from", "in", "is", "of", "on", "or", "the", "to"})
    | frozenset({"with"}),
}


class Fault(Enum):
    """Why a query cannot be searched for."""

    TOO_LONG = "too long"
    TOO_SHORT = "too short"


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a query: folded as it was typed, and its stem in each language in which is searched."""

    typed: str
    stems: frozenset[str]

    @property
    def is_number(self) -> bool:
        return self.typed[0].isdigit()


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as it is searched for. `code`: the whole of it, if it were a code. Without `words` there is a `fault`."""

    text: str
    words: tuple[Word, ...] = ()
    fault: Fault | None = None

    @classmethod
    def of(cls, query: str, languages: Collection[str]) -> "Asked":
        text = " ".join("".join(each if each.isprintable() else " " for each in query).split())
        if len(text) > LONGEST_QUERY:
            return cls(text, (), Fault.TOO_LONG)
        given = dict.fromkeys(fold(each) for each in split(text) if len(each) > 1 or each.isdigit())
        small = frozenset().union(*(_SMALL.get(language, frozenset()) for language in languages))
        telling = [each for each in given if each not in small] or list(given)
        # Stems are made of what was typed: an ending without its diacritics is another one.
        spelled = {fold(each): each for each in split(text)}
        words = tuple(
            Word(each, frozenset(stem(spelled[each], language) for language in languages))
            for each in telling[:MOST_WORDS]
        )
        return cls(text, words, None if words else Fault.TOO_SHORT)

    @property
    def code(self) -> str:
        return self.text.casefold().rstrip(".")

    @property
    def stems(self) -> frozenset[str]:
        return frozenset().union(*(word.stems for word in self.words))


def fold(text: str) -> str:
    """Without case and diacritics."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in apart if not unicodedata.combining(each)).translate(_LETTERS)


def split(text: str) -> list[str]:
    """The words of a text, as they are written."""
    return [each.group()[:LONGEST_WORD] for each in _WORD.finditer(unicodedata.normalize("NFC", text))]


def places(text: str) -> Iterator[tuple[int, int]]:
    """Where in the text its words begin and end."""
    for each in _WORD.finditer(text):
        yield each.span()


def stems(text: str, language: str) -> Iterator[str]:
    """Of every word of the text, in its order."""
    for each in split(text):
        yield stem(each, language)


@lru_cache(maxsize=50_000)
def stem(word: str, language: str) -> str:
    """The stem by which a word of that language is known, folded. Numbers and codes are their own."""
    word = unicodedata.normalize("NFC", word.casefold())[:LONGEST_WORD]
    if word[:1].isdigit() or language not in _STEMMERS or word in _WHOLE.get(language, ()):
        return fold(word)
    if word.isascii():
        for pattern, ending in _ENDINGS.get(language, ()):
            word = pattern.sub(ending, word)
    with _ONE_AT_A_TIME:
        bare = fold(_STEMMERS[language].stemWord(word))
    for soft, hard in _SOFTENED.get(language, ()):
        if bare.endswith(soft) and len(bare) > len(soft) + 1:
            bare = bare.removesuffix(soft) + hard
            break
    return _SAME.get(language, {}).get(bare, bare)


def line(found: Iterable[str]) -> str:
    """Stems as they are stored: each once, between spaces."""
    return f" {' '.join(dict.fromkeys(found))} "
