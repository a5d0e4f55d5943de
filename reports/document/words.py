"""Text in a report: plain strings and runs in a manner of their own. Always data, never markup."""

from dataclasses import dataclass, replace
from typing import TypeAlias

LINK_SCHEMES = ("https://", "http://", "mailto:")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one manner. `href`: "https://…", "mailto:…" or "#anchor" of a heading or row in this
    document. `language`: where it differs from the document's (a text that exists in another language only)."""

    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""
    language: str = ""

    @property
    def link(self) -> str:
        """`href` where it is an address that may be followed, else "": other schemes are shown as plain text."""
        address = self.href.strip()
        is_known = address.lower().startswith(LINK_SCHEMES) or (address.startswith("#") and len(address) > 1)
        return address if is_known and address.isprintable() and " " not in address else ""


Words: TypeAlias = str | Run | tuple[str | Run, ...]
"""A line of text: a plain string, a run, or several of either, set one after another without any space added."""


def runs(words: Words) -> tuple[Run, ...]:
    """The words as runs; empty ones are left out."""
    parts = words if isinstance(words, tuple) else (words,)
    found = (part if isinstance(part, Run) else Run(part) for part in parts)
    return tuple(run for run in found if run.text)


def linked(words: Words, href: str) -> Words:
    """The words, leading to that address; runs that lead somewhere already keep theirs."""
    return tuple(replace(run, href=run.href or href) for run in runs(words))


def plain(words: Words) -> str:
    """The words as a bare string: for bookmarks, alternative texts and comparison."""
    return "".join(run.text for run in runs(words))
