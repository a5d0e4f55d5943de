"""What the format has no element for, as lines `Word: value` or `Word CODE: value` of OtherInformation."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from plan_pages.exchange.stratml.identifiers import is_code
from plan_pages.exchange.stratml.texts import in_one_line

CHAPTER, SUMMARY, CHAPTER_WEIGHT, GROUP = "Chapter", "Chapter summary", "Chapter weight", "Working group"
WEIGHT, START, END = "Weight", "Start", "End"
KIND, DIRECTION, AGGREGATE = "Kind", "Direction", "Aggregate"
TOLERANCE, THRESHOLD, NEXT_UPDATE = "Tolerance", "Threshold", "Next update"
SOURCE, METHOD = "Source", "Method"
_LINE = re.compile(r"([A-Z][a-z]+(?: [a-z]+)?)(?: (\S+))?: (.*\S)")


@dataclass(frozen=True, slots=True)
class Fact:
    code: str
    value: Any


Reader = Callable[[str], Any]


def write(facts: Iterable[tuple[str, str, str]]) -> str:
    """Lines of (word, code, value); those without a value are left out."""
    return "\n".join(
        f"{word}{' ' + code if code else ''}: {in_one_line(value)}" for word, code, value in facts if value
    )


def read(text: str, readers: Mapping[str, Reader], coded: Iterable[str] = ()) -> tuple[dict[str, Fact], str]:
    """The facts of these words, and the rest of the text as it stands. `coded`: words that a code follows.

    A reader raises ValueError for what it cannot be: then the line is prose.
    """
    found: dict[str, Fact] = {}
    rest = []
    for each in text.split("\n"):
        match = _LINE.fullmatch(each.strip())
        word, code, value = _split(match, readers) if match else ("", "", "")
        if word and word not in found and (is_code(code) if word in coded else not code):
            try:
                found[word] = Fact(code, readers[word](value))
                continue
            except ValueError:
                pass
        rest.append(each)
    return found, "\n".join(rest)


def _split(match: re.Match[str], readers: Mapping[str, Reader]) -> tuple[str, str, str]:
    word, code, value = match[1], match[2] or "", match[3]
    if word in readers:
        return word, code, value
    # "Chapter two: …" may have taken a code of small letters for a word.
    first, _blank, second = word.partition(" ")
    if first in readers and second and not code:
        return first, second, value
    return "", "", ""
