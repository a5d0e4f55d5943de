"""What is missing in a chapter's return, and what its group has to do before the next: by kind, with what to do first.

Listed is what the rules of progress cannot do without, and what a reader misses: entries, percents, reasons, values of
indicators, texts in a language of the plan.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from plan_pages.choices import Level, State
from plan_pages.domain import gaps
from plan_pages.domain.plan import Entry, Indicator, Measure, Text
from plan_pages.domain.progress import ChapterProgress, MeasureProgress
from reports.compose import formats, indicators, measures, words
from reports.compose.basis import Basis
from reports.compose.indicators import Read
from reports.compose.wording import gettext as _
from reports.compose.wording import ngettext
from reports.document import Block, Bullets, Heading, Item, KeepTogether, Prose, Words

ONE_BY_ONE = 12
"""So many of a kind are named with their titles; of more the codes alone. So many places of missing texts are named."""


@dataclass(frozen=True, slots=True)
class _Gap:
    """`items`: a code and what it is the code of."""

    title: str
    instruction: str
    items: list[tuple[Words, Words]]


def of_chapter(chapter: ChapterProgress, basis: Basis) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for gap in _gaps(chapter, basis):
        if gap.items:
            blocks.append(KeepTogether((Heading(2, gap.title), Prose((gap.instruction,)), _listed(gap.items))))
    untranslated = list(_untranslated(chapter, basis))
    if untranslated:
        blocks += [
            Heading(2, _("Texts missing in a language")),
            Prose((_("Add the text; until then readers get it in another language."),)),
            Bullets(tuple(untranslated)),
        ]
    return tuple(blocks) or (Prose((_("Nothing is missing in this return."),)),)


def _listed(items: list[tuple[Words, Words]]) -> Block:
    if len(items) <= ONE_BY_ONE:
        return Bullets(tuple(Item(words.sentence(words.joined([code, title]))) for code, title in items))
    return Prose((words.sentence(words.joined([code for code, _title in items], ", ")),))


def _gaps(chapter: ChapterProgress, basis: Basis) -> Iterator[_Gap]:
    current = [each for each in chapter.measures() if each.measure.retired is None]
    yield _Gap(
        _("Measures without an entry"),
        _("Report status and percent; for a measure that has not begun choose the status “not started”."),
        [_measure(each, basis) for each in current if each.standing.status is None],
    )
    yield _Gap(
        _("Measures without a percent"),
        _("Enter the percent, or values of the measure's output indicators: the percent then follows from them."),
        [_measure(each, basis) for each in current if _lacks_percent(each)],
    )
    yield _Gap(
        _("Delayed or stopped measures without a reason"),
        _("Say in a sentence why, and what will be done about it."),
        [_measure(each, basis) for each in current if _lacks_reason(each)],
    )
    read = [Read(each, basis.reading(each, chapter), chapter) for each in indicators.of_chapter(chapter)]
    due = [each for each in read if gaps.lacks_value(each.indicator, each.reading, chapter.day, basis.now.as_of)]
    yield _Gap(
        _("Indicators without a new value"),
        _("Enter the actual value; where there is none, mark it as not available and say why."),
        [((each.indicator.code), _value_before(each, basis)) for each in due],
    )


def _measure(each: MeasureProgress, basis: Basis) -> tuple[Words, Words]:
    return words.measure_code(each.measure, basis, bold=True), words.said(each.measure.title, basis)


def _lacks_percent(each: MeasureProgress) -> bool:
    return each.standing.status is not None and not each.standing.stopped and each.standing.percent is None


def _lacks_reason(each: MeasureProgress) -> bool:
    is_told = each.standing.state in (State.DELAYED, State.STOPPED)
    return is_told and each.standing.entry is not None and not measures.has_reason(each)


def _value_before(read: Read, basis: Basis) -> Words:
    last = read.reading.last
    name = indicators.name(read.indicator, basis)
    if last is None:
        return words.joined([name, _("(no value yet)")])
    return words.joined(
        [name, _("(last value of %(period)s)") % {"period": formats.period_short(last.period, basis.language)}]
    )


def _untranslated(chapter: ChapterProgress, basis: Basis) -> Iterator[Item]:
    """One item for each language in which something is missing, with the codes of what it belongs to."""
    for language in basis.plan.languages:
        found: dict[str, None] = {}
        count = 0
        for owner, text in _texts(chapter, basis):
            if text and not text.has(language):
                found[owner] = None
                count += 1
        if count:
            name = formats.locale(language).get_language_name(basis.language) or language
            said = ngettext(
                "%(language)s: %(count)d text is missing", "%(language)s: %(count)d texts are missing", count
            )
            label = said % {"language": name[:1].upper() + name[1:], "count": count}
            named = ", ".join([*found][:ONE_BY_ONE]) + (" …" if len(found) > ONE_BY_ONE else "")
            yield Item(f"{label} ({named}).")


def _texts(chapter: ChapterProgress, basis: Basis) -> Iterator[tuple[str, Text]]:
    """Every text of the chapter that is shown now, with the words for what it belongs to."""
    own = chapter.chapter
    for text in (own.title, own.summary):
        yield _owner(Level.CHAPTER, own.code, basis), text
    for goal in chapter.goals:
        for text in (goal.goal.title, goal.goal.description):
            yield _owner(Level.GOAL, goal.goal.code, basis), text
        yield from _of_indicators(goal.goal.indicators, basis)
        for task in goal.tasks:
            for text in (task.task.title, task.task.description):
                yield _owner(Level.TASK, task.task.code, basis), text
            yield from _of_indicators(task.task.indicators, basis)
            for each in task.measures:
                yield from _of_measure(each.measure, each.standing.entry, basis)


def _of_measure(measure: Measure, entry: Entry | None, basis: Basis) -> Iterator[tuple[str, Text]]:
    said = (entry.note, entry.next, entry.reason) if entry else ()
    for text in (measure.title, measure.description, *said, *(each.title for each in measure.milestones)):
        yield _owner(Level.MEASURE, measure.code, basis), text
    yield from _of_indicators(measure.indicators, basis)


def _of_indicators(found: tuple[Indicator, ...], basis: Basis) -> Iterator[tuple[str, Text]]:
    for each in found:
        for text in (each.name, each.unit, each.method, each.source):
            yield _owner(Level.INDICATOR, each.code, basis), text


def _owner(which: Level, code: str, basis: Basis) -> str:
    return f"{words.level(which, basis).lower()} {code}"
