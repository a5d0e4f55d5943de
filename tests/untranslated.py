"""What a Lithuanian reader would meet in English: texts asked for that have no translation, and English in a page's words.

The first is exact: every text goes through Django's catalogue, and what the catalogue lacks is noted while a page, a form's
error or a mail is made. The second catches what never went there: words written into a template or a script.
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from bs4 import BeautifulSoup
from django.utils.translation.trans_real import CONTEXT_SEPARATOR, DjangoTranslation

LANGUAGE = "lt"
# Asked for without a translation and yet right: each with its reason.
NEEDS_NONE = {
    "exact": "how django-filter compares: asked for when a filter has no label, shown nowhere",
}
# Words that Lithuanian does not have, in any form: where one stands, somebody has written English.
ENGLISH = frozenset(Path(__file__).with_name("english_words.txt").read_text().split())
# English that stays, where it stands: addresses, names of files and programs, what a mail server has answered.
STAYS = re.compile(
    r"https?://\S+|\S+@\S+|\w+\.\w+|\[my-slug\]|(?<!\w)/[\w/{}:.-]*|550 No such user|“Enter”|„Enter“|editor of [AB]"
)
SENTENCE = re.compile(r"[A-Z][a-z]+ [a-z]")
WORD = re.compile(r"[^\W\d_]+")
ATTRIBUTES = ("title", "alt", "placeholder", "aria-label", "aria-description", "data-w-tooltip-content-value", "label")


@contextmanager
def recorded() -> Iterator[set[str]]:
    """The texts that were asked for in Lithuanian in this block and have none; a context stands before its text."""
    missing: set[str] = set()
    plain, counted = DjangoTranslation.gettext, DjangoTranslation.ngettext

    def note(catalogue: Any, key: Any, message: str) -> None:
        if catalogue.to_language() != LANGUAGE or not message.strip() or message in NEEDS_NONE:
            return
        if catalogue._catalog.get(key) is None and catalogue._catalog.get((message, 0)) is None:
            missing.add(message.replace(CONTEXT_SEPARATOR, " | "))

    def gettext(self: Any, message: str) -> Any:
        note(self, message, message)
        return plain(self, message)

    def ngettext(self: Any, one: str, many: str, number: int) -> Any:
        note(self, (one, self.plural(number)), one)
        return counted(self, one, many, number)

    with patch.object(DjangoTranslation, "gettext", gettext), patch.object(DjangoTranslation, "ngettext", ngettext):
        yield missing


def english_of_page(html: str) -> set[str]:
    """English words in what a page shows or has read aloud, each with the text around it."""
    page = BeautifulSoup(html, "html.parser")
    for hidden in page(["script", "style", "noscript", "code"]):
        hidden.decompose()
    for foreign in page.find_all(lang=lambda value: value not in (None, LANGUAGE)):
        foreign.decompose()
    texts = list(page.stripped_strings)
    for tag in page(True):
        texts += [str(tag[name]) for name in ATTRIBUTES if tag.get(name)]
        if tag.name == "input" and tag.get("type") in ("submit", "button"):
            texts.append(str(tag.get("value", "")))
        for value in tag.attrs.values():
            if isinstance(value, str) and value[:2] in ('{"', '["', "[{", "[["):
                texts += sentences(json.loads(value))
    return {found for text in texts for found in english_of_text(text)}


def sentences(value: Any) -> Iterator[str]:
    """What a script will show: of the strings that it is given those of several words that begin like a sentence."""
    match value:
        case str() if SENTENCE.match(value):
            yield value
        case dict():
            yield from (found for each in value.values() for found in sentences(each))
        case list():
            yield from (found for each in value for found in sentences(each))


def english_of_text(text: str) -> Iterator[str]:
    words = {word.lower() for word in WORD.findall(STAYS.sub(" ", text))}
    if words & ENGLISH:
        yield f"{', '.join(sorted(words & ENGLISH))}: {' '.join(text.split())[:120]}"


def english_of_json(value: Any) -> set[str]:
    """The same for an answer that a script turns into a page: its HTML and its messages."""
    match value:
        case str() if "<" in value:
            return english_of_page(value)
        case dict():
            return {found for each in value.values() for found in english_of_json(each)}
        case list():
            return {found for each in value for found in english_of_json(each)}
    return set()


def english_of(response: Any) -> set[str]:
    if response.streaming or not response.content:
        return set()
    kind = response.headers.get("Content-Type", "")
    if kind.startswith("text/html"):
        return english_of_page(response.content.decode())
    if kind.startswith("application/json"):
        return english_of_json(json.loads(response.content))
    return set()
