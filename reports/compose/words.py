"""The plan's own words in a report: texts in the report's language or marked as another's, codes that link to the site.

Also the few phrases that every part of a report shares. Knows no figure.
"""

from plan_pages.choices import Level
from plan_pages.domain.plan import Chapter, Measure, Text
from plan_pages.domain.progress import ChapterProgress
from reports.compose import formats
from reports.compose.basis import Basis
from reports.compose.wording import gettext as _
from reports.compose.wording import ngettext
from reports.document import Run, Words, runs

DASH = "–"
DOT = " · "


def said(text: Text, basis: Basis, room: int | None = None) -> Run:
    """A text in the report's language; where it was not given in it, in another, marked as such."""
    language = text.language(basis.language)
    room = basis.room if room is None else room
    words = text.best(basis.language)
    return Run(
        formats.shortened(words, room) if room else words,
        language="" if language == basis.language else language,
    )


def explained(text: Text, basis: Basis) -> Run:
    """A longer text, such as a reason: it has twice the room of a title."""
    return said(text, basis, 2 * basis.room)


def named(title: Text, code: str, basis: Basis) -> str:
    """A code with its title, as a bare string."""
    return f"{code} {said(title, basis).text}".strip() or DASH


def paragraphs(text: Text, basis: Basis) -> tuple[Words, ...]:
    """A text in its paragraphs, with none that is empty."""
    whole = said(text, basis, 0)
    return tuple(Run(line.strip(), language=whole.language) for line in whole.text.splitlines() if line.strip())


def measure_code(measure: Measure, basis: Basis, bold: bool = False) -> Run:
    """The code, leading to the measure's page. A measure that has left the plan has none."""
    address = "" if measure.retired else basis.plan.measure_address(measure, basis.language)
    return Run(measure.code, bold=bold, href=address)


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
    found: list[str | Run] = []
    for part in parts:
        if not is_empty(part):
            found += [between, *runs(part)] if found else list(runs(part))
    return tuple(found)
