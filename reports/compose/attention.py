"""What must not be missed: what is late and why, what needs a decision by a stated rule, what is not known."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from plan_pages.choices import State, Verdict
from plan_pages.domain import rules
from plan_pages.domain.changes import MeasureChange
from plan_pages.domain.plan import natural_key
from plan_pages.domain.progress import ChapterProgress, MeasureProgress
from reports.compose import formats, indicators, marks, measures, money, words
from reports.compose.basis import Basis
from reports.compose.wording import gettext as _
from reports.compose.wording import ngettext
from reports.document import Block, Bullets, Item, Mark, Prose, ProseStyle, Run, Signal, Words

A_KIND, A_KIND_SHORT = 10, 2
"""Of each kind of what needs a decision so many are named one by one, in a brief fewer."""
GAPS = 4


def late(basis: Basis) -> list[MeasureProgress]:
    """Delayed measures: those past their end first, the longest overdue before the others."""
    found = [each for each in basis.now.measures() if each.standing.state is State.DELAYED]
    return sorted(
        found,
        key=lambda each: (
            not each.standing.late,
            each.measure.end or date.max,
            natural_key(each.measure.code),
        ),
    )


def late_blocks(basis: Basis, most: int) -> tuple[Block, ...]:
    found = late(basis)
    if not found:
        return (Prose((_("No measure is delayed."),)),)
    past = sum(1 for each in found if each.standing.late)
    sentence = ngettext("%(count)d measure is delayed.", "%(count)d measures are delayed.", len(found)) % {
        "count": len(found)
    }
    if past:
        sentence += " " + ngettext(
            "%(count)d of them is past its end.", "%(count)d of them are past their end.", past
        ) % {"count": past}
    blocks: list[Block] = [measures.late_table(found[:most], basis, sentence)]
    if len(found) > most:
        blocks.append(Prose((words.more(len(found) - most, basis),)))
    return tuple(blocks)


def decisions(basis: Basis) -> tuple[Block, ...]:
    """Chapters without a return, measures stopped or delayed and ends moved since the period before, thin coverage."""
    kinds = [
        list(found) for found in (_unreported(basis), _stopped(basis), _delayed(basis), _moved(basis), _thin(basis))
    ]
    most = A_KIND_SHORT if basis.room else A_KIND
    items = [item for kind in kinds for item in kind[:most]]
    left_out = sum(len(kind[most:]) for kind in kinds)
    if left_out:
        items.append(Item(words.more(left_out, basis)))
    found_any: Block = Bullets(tuple(items)) if items else Prose((_("By the rule below nothing needs a decision."),))
    return found_any, Prose((_rule(basis),), ProseStyle.NOTE)


def gaps(basis: Basis, inside: bool) -> tuple[Block, ...]:
    """What is not known, in the open: by chapter, then of indicators and money."""
    items = [item for chapter in basis.now.chapters if (item := _gap(chapter, basis))]
    most = len(items) if inside else GAPS
    shown = items[:most]
    if len(items) > most:
        shown.append(Item(words.more(len(items) - most, basis)))
    shown += [Item(sentence) for sentence in _other_gaps(basis)]
    if not shown:
        return (Prose((_("Every measure, indicator and planned amount has data."),)),)
    return (Bullets(tuple(shown)),)


@dataclass(frozen=True, slots=True)
class _Changed:
    """A measure that came to a state since the period before, or is in it in a first report."""

    now: MeasureProgress
    change: MeasureChange | None


def _came_to(state: State, basis: Basis) -> Iterator[_Changed]:
    if basis.changes is None:
        found = late(basis) if state is State.DELAYED else basis.now.measures()
        yield from (_Changed(each, None) for each in found if each.standing.state is state)
        return
    for change in basis.changes.measures:
        if change.after.standing.state is state and change.state_changed:
            yield _Changed(change.after, change)
    yield from (_Changed(each, None) for each in basis.changes.new if each.standing.state is state)


def _unreported(basis: Basis) -> Iterator[Item]:
    for chapter in basis.unreported():
        period = formats.period_short(basis.period, basis.language)
        text = _("has not reported for %(period)s") % {"period": period}
        if chapter.period:
            text += _("; its figures are those of %(period)s") % {"period": words.standing_of(chapter, basis)}
        yield Item(words.sentence((*_chapter(chapter, basis), f" – {text}")), Mark(Signal.UNKNOWN, _("Not reported")))


def _stopped(basis: Basis) -> Iterator[Item]:
    for found in _came_to(State.STOPPED, basis):
        yield Item(_with_reason(found.now, basis), marks.of_state(State.STOPPED))


def _delayed(basis: Basis) -> Iterator[Item]:
    for found in _came_to(State.DELAYED, basis):
        move = found.change.deadline if found.change else None
        said = words.joined([_with_reason(found.now, basis), measures.moved(move, basis) if move else ""])
        yield Item(said, marks.of_state(State.DELAYED))


def _moved(basis: Basis) -> Iterator[Item]:
    """Those that are not among the stopped or delayed already."""
    if basis.changes is None:
        return
    for change in basis.changes.measures:
        is_later = change.deadline is not None and (change.deadline.days is None or change.deadline.days > 0)
        is_named = change.state_changed and change.after.standing.state in (State.STOPPED, State.DELAYED)
        if is_later and not is_named and change.deadline:
            said = words.joined([_measure(change.after, basis), measures.moved(change.deadline, basis)])
            yield Item(said, Mark(Signal.WARNING, _("End moved")))


def _thin(basis: Basis) -> Iterator[Item]:
    for chapter in basis.now.chapters:
        figure = chapter.figure
        if figure.verdict is Verdict.NONE and figure.countable > 2 * figure.counted and chapter.period:
            yield Item(
                (*_chapter(chapter, basis), f" – {rules.no_verdict_reason(figure)}"), marks.of_verdict(Verdict.NONE)
            )


def _rule(basis: Basis) -> str:
    if basis.changes is None:
        return _(
            "Listed are: chapters that have not reported for the period; measures that are stopped or delayed; "
            "chapters where fewer than half of the measures have a percent."
        )
    return _(
        "Listed are: chapters that have not reported for the period; measures stopped or delayed since %(period)s; "
        "ends moved later since then; chapters where fewer than half of the measures have a percent."
    ) % {"period": formats.period_short(basis.before_period, basis.language)}


def _measure(each: MeasureProgress, basis: Basis) -> Words:
    title = words.sentence(measures.title(each.measure, basis))
    return words.joined([words.measure_code(each.measure, basis, bold=True), title])


def _with_reason(each: MeasureProgress, basis: Basis) -> Words:
    return words.joined([_measure(each, basis), measures.overdue(each, basis), measures.reason(each, basis)])


def _chapter(chapter: ChapterProgress, basis: Basis) -> tuple[Run, ...]:
    title = words.said(chapter.chapter.title, basis)
    code = Run(chapter.chapter.code, bold=True, href=words.chapter_address(chapter.chapter, basis))
    return (code, Run(" "), title)


def _gap(chapter: ChapterProgress, basis: Basis) -> Item | None:
    """How many of a chapter's measures have no percent, or were not reported."""
    figure = chapter.figure
    without = figure.countable - figure.counted
    unreported = figure.states[State.NO_DATA]
    if not without and not unreported:
        return None
    parts = []
    if without:
        parts.append(
            ngettext(
                "%(count)d of %(all)d measure has no percent",
                "%(count)d of %(all)d measures have no percent",
                figure.countable,
            )
            % {"count": without, "all": figure.countable}
        )
    if unreported > without:
        parts.append(
            ngettext(
                "for %(count)d measure no status was reported",
                "for %(count)d measures no status was reported",
                unreported,
            )
            % {"count": unreported}
        )
    stands = words.standing_of(chapter, basis)
    return Item((*_chapter(chapter, basis), f" ({stands}): {'; '.join(parts)}."))


def _other_gaps(basis: Basis) -> Iterator[Words]:
    reads = list(indicators.every(basis))
    without = sum(1 for read in reads if read.reading.worth is None)
    if without:
        yield ngettext(
            "%(count)d of %(all)d indicator has no actual value yet.",
            "%(count)d of %(all)d indicators have no actual value yet.",
            len(reads),
        ) % {"count": without, "all": len(reads)}
    unavailable = sum(1 for read in reads if read.reading.unavailable)
    if unavailable:
        yield ngettext(
            "For %(count)d indicator the latest value is reported as not available.",
            "For %(count)d indicators the latest value is reported as not available.",
            unavailable,
        ) % {"count": unavailable}
    if amounts := money.missing(money.of(basis.now.measures(), basis)):
        yield amounts
