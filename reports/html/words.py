"""Words as HTML: escaped, with their links and languages. All text is data: no markup in it comes through."""

import re
from collections.abc import Collection
from html import escape
from urllib.parse import quote

from reports.document import Run, Words, plain, runs
from reports.document.characters import legible, normal

NOTHING = "–"
"""What stands where words are missing that there must be."""


def is_empty(words: Words) -> bool:
    return not plain(words).strip()


def or_dash(words: Words) -> Words:
    return NOTHING if is_empty(words) else words


def escaped(text: str) -> str:
    """Text for content and attributes; control characters are shown as their code."""
    return escape(legible(text))


def write_words(words: Words, anchors: Collection[str]) -> str:
    """A line of text. A link to a place that the document has not is plain text."""
    return "".join(_run(run, anchors) for run in runs(words))


def identifier(anchor: str) -> str:
    """An anchor as the name of a place: names have no blanks."""
    return re.sub(r"[\s%]", lambda found: quote(found[0]), normal(anchor))


def _run(run: Run, anchors: Collection[str]) -> str:
    text = escaped(run.text)
    language = f' lang="{escaped(run.language)}"' if run.language else ""
    link = run.link
    if link.startswith("#"):
        link = f"#{identifier(link[1:])}" if link[1:] in anchors else ""
    if run.italic:
        text = f"<em>{text}</em>"
    if run.bold:
        text = f"<strong>{text}</strong>"
    if link:
        return f'<a href="{escaped(link)}"{language}>{text}</a>'
    return f"<span{language}>{text}</span>" if language else text
