"""Blocks of words: covers and headings, paragraphs, lists, facts, remarks."""

from dataclasses import dataclass
from enum import StrEnum

from reports.document.marks import Mark
from reports.document.words import Words


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page of a long report, on its own. `kicker`: whose report it is (the municipality), above the title.
    `facts`: pairs such as ("Reporting period", "2026, third quarter"). `note`: small, at the foot of the page.
    Title and subtitle are the cover's own, usually the document's."""

    title: Words
    subtitle: Words = ""
    kicker: Words = ""
    facts: tuple[tuple[str, Words], ...] = ()
    note: Words = ""


@dataclass(frozen=True, slots=True)
class Masthead:
    """The head of a brief: title, subtitle and a rule, at the top of the first page, where text follows at once."""

    title: Words
    subtitle: Words = ""
    kicker: Words = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """Levels 1-4, none skipped. `number`: the code ("1.2"), set before the text here, in contents and in bookmarks.
    `anchor`: a name unique in the document that links ("#name") lead to. `aside`: quiet words at the right end of the
    line. `href`: where the number leads (the page of the goal or measure on the site).
    Levels 1-3 enter bookmarks; `Contents` shows as many levels as it asks for."""

    level: int
    text: Words
    number: str = ""
    anchor: str = ""
    aside: str = ""
    href: str = ""

    def __post_init__(self) -> None:
        if not 1 <= self.level <= 4:
            raise ValueError(f"no heading level {self.level}")


class ProseStyle(StrEnum):
    BODY = "body"
    LEAD = "lead"
    """The one sentence that carries the page: larger."""
    NOTE = "note"
    """Explanations, sources, what a figure does not say: smaller and quieter."""


@dataclass(frozen=True, slots=True)
class Prose:
    """Paragraphs. `Prose(("First.", ("See ", Run("the goal", href="#goal-1.2"), ".")))`."""

    paragraphs: tuple[Words, ...]
    style: ProseStyle = ProseStyle.BODY


@dataclass(frozen=True, slots=True)
class Item:
    """One point of a list. With a `mark` its shape stands in place of the bullet and its word is read out."""

    words: Words
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list. `numbered`: 1., 2., … instead of bullets, where the order says something."""

    items: tuple[Item, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    label: str
    words: Words


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels with their values, one a line: responsible, end, approval."""

    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Callout:
    """A framed remark: what needs a decision, why there is no figure. `mark`: its status, shown before the title."""

    title: str
    paragraphs: tuple[Words, ...] = ()
    mark: Mark | None = None
