"""The plan's own words in a report: texts in the report's language or marked as another's, codes that link to the site.

Also the few phrases that every part of a report shares. Knows no figure.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from plan_pages.choices import Level
from plan_pages.domain.plan import Chapter, Measure, Text
from plan_pages.domain.progress import ChapterProgress
from reports.compose import formats
from reports.compose.basis import Basis
from reports.compose.wording import gettext as _
from reports.compose.wording import ngettext
from reports.document import Run, Words, plain, runs

DASH = "–"
CODE = 16
"""Characters of a code in a brief."""
DOT = " · "


def said(text: Text, basis: Basis, room: int | None = None) -> Run:
    """A title in the report's language; where it was not given in it, in another, marked as such.

    In a brief a title that is too long for its room gives up a third of it, so that most still stand on one line.
    """
    room = basis.room if room is None else room
    return _cut(text, basis, room, room * 2 // 3)


def explained(text: Text, basis: Basis) -> Run:
    """A longer text, such as a reason: it has twice the room of a title."""
    return _cut(text, basis, 2 * basis.room, 2 * basis.room)


def _cut(text: Text, basis: Basis, room: int, kept: int) -> Run:
    language, found = text.language(basis.language), text.best(basis.language)
    if room and len(found) > room:
        found = formats.shortened(found, kept)
    return Run(found, language="" if language == basis.language else language)


def named(title: Text, code: str, basis: Basis, line: int = 0) -> Run:
    """A code with its title, in the title's language; `line`: in so many characters, whatever the room."""
    name = said(title, basis)
    text = formats.shortened(title.best(basis.language), line) if line else name.text
    return replace(name, text=f"{code} {text}".strip() or DASH)


def paragraphs(text: Text, basis: Basis) -> tuple[Words, ...]:
    """A text in its paragraphs, with none that is empty."""
    whole = said(text, basis, 0)
    return tuple(Run(line.strip(), language=whole.language) for line in whole.text.splitlines() if line.strip())


def measure_code(measure: Measure, basis: Basis, bold: bool = False) -> Run:
    """The code, leading to the measure's page. A measure that has left the plan has none."""
    address = "" if measure.retired else basis.plan.measure_address(measure, basis.language)
    code = formats.shortened(measure.code, CODE) if basis.room else measure.code
    return Run(code, bold=bold, href=address)


def chapter_address(chapter: Chapter, basis: Basis) -> str:
    return "" if chapter.retired else chapter.address.best(basis.language)


def level(which: Level, basis: Basis) -> str:
    """The plan's own name of a level, else ours."""
    return basis.plan.level_names.get(which.value, Text()).best(basis.language) or which.label


def standing_of(chapter: ChapterProgress, basis: Basis) -> str:
    """The period at which a chapter stands."""
    return formats.period_short(chapter.period, basis.language) if chapter.period else _("nothing reported yet")


def more(count: int, basis: Basis) -> str:
    """What stands under a list that shows its beginning only: where the rest is."""
    if basis.room:
        text = ngettext(
            "… and %(count)d more: see the council's report.", "… and %(count)d more: see the council's report.", count
        )
    else:
        text = ngettext("… and %(count)d more: see the chapters.", "… and %(count)d more: see the chapters.", count)
    return text % {"count": count}


def is_empty(words: Words) -> bool:
    return not any(run.text.strip() for run in runs(words))


def labelled(label: str, words: Words) -> Words:
    """A bold label with what it says: "Reason: …"."""
    return (Run(f"{label}:", bold=True), " ", *runs(words))


def joined(parts: list[Words], between: str = " ") -> Words:
    """Several words one after another; empty ones are left out."""
    found: list[Run] = []
    for part in parts:
        if not is_empty(part):
            found += [Run(between), *runs(part)] if found else runs(part)
    return tuple(_merged(found))


def _merged(found: list[Run]) -> Iterator[Run]:
    """Neighbours in one manner as one run."""
    for (bold, italic, href, language), same in groupby(found, key=_manner):
        yield Run("".join(run.text for run in same), bold, italic, href, language)


def _manner(run: Run) -> tuple[bool, bool, str, str]:
    return run.bold, run.italic, run.href, run.language


def sentence(words: Words) -> Words:
    """With a full stop, unless it ends with a sign already."""
    return words if plain(words).rstrip()[-1:] in (".", "!", "?", "…") else joined([words, "."], "")
