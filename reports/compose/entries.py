"""Goals, tasks and measures with their last two entries side by side: what was said last time against what is said now.

The two columns are the last two periods that the chapter has reported; a measure without an entry in one of them is
shown without, never with an older one in its place.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from plan_pages.choices import Level, State
from plan_pages.domain import progress
from plan_pages.domain.periods import Period
from plan_pages.domain.plan import Entry, Text
from plan_pages.domain.progress import ChapterProgress, Figure, MeasureProgress, Standing, TaskProgress
from reports.compose import figures, formats, marks, measures, words
from reports.compose.basis import Basis
from reports.compose.wording import gettext as _
from reports.compose.wording import ngettext, pgettext
from reports.document import Block, Cell, Column, GroupRow, Heading, Mark, Prose, Row, Table, Words


@dataclass(frozen=True)
class _Earlier:
    """The chapter at the period that it reported before: by the identity of what stands in both."""

    period: Period
    standings: Mapping[int, Standing]
    figures: Mapping[int, Figure]


def of_chapter(chapter: ChapterProgress, basis: Basis) -> Iterator[Block]:
    if not chapter.goals:
        yield Prose((_("This chapter has no goals yet."),))
    earlier = _earlier(chapter, basis)
    then = earlier.figures if earlier else {}
    for number, goal in enumerate(chapter.goals):
        title = words.said(goal.goal.title, basis)
        aside = _aside(Level.GOAL, goal.figure, then.get(id(goal.goal)), basis)
        yield Heading(2, title, number=goal.goal.code, anchor=figures.anchor(0, number), aside=aside)
        if not goal.tasks:
            yield Prose((_("This goal has no tasks yet."),))
        for task in goal.tasks:
            title = words.said(task.task.title, basis)
            aside = _aside(Level.TASK, task.figure, then.get(id(task.task)), basis)
            yield Heading(3, title, number=task.task.code, aside=aside)
            yield (
                _table(task, chapter, earlier, basis)
                if task.measures
                else Prose((_("This task has no measures yet."),))
            )


def _earlier(chapter: ChapterProgress, basis: Basis) -> _Earlier | None:
    before = sorted(period for period in chapter.chapter.reported if period.last_day < chapter.day)
    if not before or chapter.period is None:
        return None
    then = progress.of_chapter(chapter.chapter, basis.plan, before[-1].last_day)
    found = {id(goal.goal): goal.figure for goal in then.goals} | {id(task.task): task.figure for task in then.tasks()}
    return _Earlier(before[-1], {id(each.measure): each.standing for each in then.measures()}, found)


def _aside(which: Level, now: Figure, before: Figure | None, basis: Basis) -> str:
    """The level's name, its percent then and now, and on how many measures it rests."""
    shown = [
        formats.percent(each.percent, basis.language) if each and each.percent is not None else ""
        for each in (before, now)
    ]
    percent = shown[1] or _("no data")
    if shown[0] and shown[0] != percent:
        percent = f"{shown[0]} → {percent}"
    rests = ngettext("%(counted)d of %(countable)d measure", "%(counted)d of %(countable)d measures", now.countable)
    counts = rests % {"counted": now.counted, "countable": now.countable}
    return words.DOT.join((words.level(which, basis), percent, counts))


def _table(task: TaskProgress, chapter: ChapterProgress, earlier: _Earlier | None, basis: Basis) -> Table:
    before = (Column(formats.period_short(earlier.period, basis.language), 42),) if earlier else ()
    columns = (
        Column(words.level(Level.MEASURE, basis), 14),
        *before,
        Column(words.standing_of(chapter, basis), 44),
    )
    rows: list[Row | GroupRow] = []
    for each in task.measures:
        rows += _rows(each, earlier, basis)
    return Table(columns, tuple(rows))


def _rows(each: MeasureProgress, earlier: _Earlier | None, basis: Basis) -> Iterator[Row | GroupRow]:
    measure, standing = each.measure, each.standing
    end = _("End: %(end)s") % {"end": measures.end(measure, basis)} if measure.end else ""
    yield GroupRow(
        words.joined([words.measure_code(measure, basis, bold=True), measures.title(measure, basis)]), aside=end
    )
    sides = [standing]
    if earlier:
        sides.insert(0, earlier.standings.get(id(measure), standing))
    status: tuple[Cell, ...] = tuple(_mark(side, basis) for side in sides)
    rows: list[tuple[Cell, ...]] = [(_("Status"), *status)]
    found = [_entry(side) for side in sides]
    texts = (
        (pgettext("work on a measure", "Done"), [entry.note if entry else Text() for entry in found]),
        (pgettext("work on a measure", "Next"), [entry.next if entry else Text() for entry in found]),
        (_("Reason"), [entry.reason if entry else Text() for entry in found]),
    )
    for label, said in texts:
        if any(said):
            rows.append((label, *(words.explained(text, basis) if text else words.DASH for text in said)))
    edge = marks.edge(standing.state)
    for cells in rows[:-1]:
        yield Row(cells, signal=edge, keep=True)
    yield Row(rows[-1], detail=(words.joined([*_details(each, basis)]),), signal=edge)


def _mark(standing: Standing, basis: Basis) -> Mark:
    """Status and percent in one."""
    mark = marks.of_state(standing.state)
    if standing.percent is None:
        return mark
    return Mark(mark.signal, f"{mark.word}{words.DOT}{formats.percent(standing.percent, basis.language)}")


def _entry(standing: Standing) -> Entry | None:
    """What was said for that very period."""
    return None if standing.carried else standing.entry


def _details(each: MeasureProgress, basis: Basis) -> Iterator[Words]:
    if each.measure.responsible:
        yield words.sentence(words.joined([_("Responsible") + ":", each.measure.responsible]))
    yield measures.overdue(each, basis)
    if each.standing.state in (State.DELAYED, State.STOPPED) and not measures.has_reason(each):
        yield _("No reason was given.")
    yield from measures.remarks(each.standing, basis)
