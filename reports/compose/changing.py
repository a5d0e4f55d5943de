"""What changed since the period before: in sentences, and measure by measure, the most notable first."""

from plan_pages.choices import Level, State, Verdict
from plan_pages.domain.changes import Changes, FigureChange, MeasureChange
from plan_pages.domain.progress import MeasureProgress
from reports.compose import formats, marks, measures, words
from reports.compose.basis import Basis
from reports.compose.wording import gettext as _
from reports.compose.wording import ngettext, pgettext
from reports.document import Align, Block, Bullets, Column, GroupRow, Item, Prose, Row, Table, Words

MOST_VERDICTS = 3
"""Of chapters in a brief."""


def title(basis: Basis) -> str:
    return _("What changed since %(period)s") % {"period": formats.period_short(basis.before_period, basis.language)}


def of_plan(basis: Basis, most: int) -> tuple[Block, ...]:
    """Sentences, then the measures that changed, at most so many."""
    if basis.changes is None:
        return (
            Prose(
                (
                    _("Nothing was reported by the end of %(period)s: there is nothing to compare with.")
                    % {"period": formats.period_short(basis.before_period, basis.language)},
                )
            ),
        )
    changes = basis.changes
    blocks: list[Block] = [Bullets(tuple(Item(sentence) for sentence in _sentences(changes, basis)))]
    notable = [change for change in changes.measures if is_notable(change)]
    if notable:
        blocks.append(_table([_row(change, basis) for change in notable[:most]], basis))
    if len(notable) > most:
        blocks.append(Prose((words.more(len(notable) - most, basis),)))
    return tuple(blocks)


def of_chapter(codes: set[int], basis: Basis) -> Table | None:
    """Every change of the measures of a chapter, given as the identities of their progress."""
    if basis.changes is None:
        return None
    rows: list[Row | GroupRow] = [_row(change, basis) for change in basis.changes.measures if id(change.after) in codes]
    rows += [_new_row(each, basis) for each in basis.changes.new if id(each) in codes]
    return _table(rows, basis, title(basis)) if rows else None


def is_notable(change: MeasureChange) -> bool:
    """Status or end: that alone is listed in a summary. Percents are in the chapters."""
    return change.state_changed or change.deadline is not None


def _sentences(changes: Changes, basis: Basis) -> list[Words]:
    sentences: list[Words] = [_progress(changes.plan, basis)]
    verdicts = [said for change in changes.chapters if change.verdict_changed and (said := _verdict(change, basis))]
    most = MOST_VERDICTS if basis.room else len(verdicts)
    sentences += verdicts[:most]
    if len(verdicts) > most:
        sentences.append(words.more(len(verdicts) - most, basis))
    counts = (_count(state, changes) for state in (State.COMPLETED, State.DELAYED, State.STOPPED, State.NO_DATA))
    if came := words.joined([*filter(None, counts)], words.DOT):
        sentences.append(words.sentence(words.joined([_("Measures:"), came])))
    later = sum(1 for change in changes.measures if change.deadline and (change.deadline.days or 1) > 0)
    if later:
        sentences.append(
            ngettext(
                "The end of %(count)d measure was moved later.",
                "The ends of %(count)d measures were moved later.",
                later,
            )
            % {"count": later}
        )
    if changes.new:
        sentences.append(
            ngettext("%(count)d measure is new.", "%(count)d measures are new.", len(changes.new))
            % {"count": len(changes.new)}
        )
    if changes.retired:
        taken = ngettext(
            "%(count)d measure was taken out of the plan:",
            "%(count)d measures were taken out of the plan:",
            len(changes.retired),
        ) % {"count": len(changes.retired)}
        codes = ", ".join(each.measure.code for each in changes.retired[:12])
        sentences.append(f"{taken} {codes}{'…' if len(changes.retired) > 12 else '.'}")
    return [sentence for sentence in sentences if not words.is_empty(sentence)] or [_("Nothing changed.")]


def _progress(change: FigureChange, basis: Basis) -> str:
    before = change.before.percent if change.before else None
    after = change.after.percent if change.after else None
    if before is None or after is None:
        return ""
    shown = {
        "before": formats.percent(before, basis.language),
        "after": formats.percent(after, basis.language),
        "change": formats.points(before, after, basis.language),
    }
    if shown["before"] == shown["after"]:
        if basis.is_of_chapter:
            return _("The progress of the chapter stayed at %(after)s.") % shown
        return _("The progress of the plan stayed at %(after)s.") % shown
    if basis.is_of_chapter:
        return _("Progress of the chapter: %(before)s → %(after)s (%(change)s).") % shown
    return _("Progress of the plan: %(before)s → %(after)s (%(change)s).") % shown


def _verdict(change: FigureChange, basis: Basis) -> Words:
    chapter = next((each for each in basis.now.chapters if each.chapter.code == change.code), None)
    if chapter is None or change.before is None or change.after is None:
        return ""
    was, now = change.before.verdict, change.after.verdict
    if Verdict.NONE in (was, now):
        return ""
    name = (f"{change.code} ", words.said(chapter.chapter.title, basis), ": ")
    return (*name, f"{was.label} → {now.label}.")


def _count(state: State, changes: Changes) -> str:
    """How many measures came to a state."""
    count = sum(1 for each in changes.measures if each.state_changed and each.after.standing.state is state)
    if not count:
        return ""
    match state:
        case State.COMPLETED:
            text = ngettext("%(count)d newly completed", "%(count)d newly completed", count)
        case State.DELAYED:
            text = ngettext("%(count)d newly delayed", "%(count)d newly delayed", count)
        case State.STOPPED:
            text = ngettext("%(count)d newly stopped", "%(count)d newly stopped", count)
        case _:
            text = ngettext("%(count)d now without data", "%(count)d now without data", count)
    return text % {"count": count}


def _table(rows: list[Row | GroupRow] | list[Row], basis: Basis, caption: str = "") -> Table:
    columns = (
        Column(_("Code"), 9),
        Column(words.level(Level.MEASURE, basis), 30),
        Column(pgettext("before and after", "Was"), 21),
        Column(pgettext("before and after", "Is now"), 21),
        Column(_("Progress"), 19, Align.RIGHT),
    )
    return Table(columns, tuple(rows), caption, row_header=1)


def _row(change: MeasureChange, basis: Basis) -> Row:
    before, after = change.before.standing, change.after.standing
    old, new = measures.percent(change.before, basis), measures.percent(change.after, basis)
    return Row(
        (
            words.measure_code(change.after.measure, basis),
            measures.title(change.after.measure, basis),
            marks.of_state(before.state),
            marks.of_state(after.state),
            new if old == new else f"{old} → {new}",
        ),
        detail=(measures.moved(change.deadline, basis),) if change.deadline else (),
        signal=marks.edge(after.state) if change.state_changed else None,
    )


def _new_row(each: MeasureProgress, basis: Basis) -> Row:
    return Row(
        (
            words.measure_code(each.measure, basis),
            measures.title(each.measure, basis),
            _("not in the plan"),
            marks.of_state(each.standing.state),
            measures.percent(each, basis),
        )
    )
