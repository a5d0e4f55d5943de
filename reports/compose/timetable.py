"""Dates of measures: which ends were moved, and what comes next. Knows nothing of progress but that it is over."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from plan_pages.choices import Level, State
from plan_pages.domain.changes import DeadlineMove
from plan_pages.domain.plan import Measure
from reports.compose import formats, measures, words
from reports.compose.basis import Basis
from reports.compose.wording import gettext as _
from reports.compose.wording import ngettext, pgettext
from reports.document import Align, Block, Column, Prose, Row, Table, Words

OVER = frozenset({State.COMPLETED, State.STOPPED})


@dataclass(frozen=True, slots=True)
class _Coming:
    day: date
    measure: Measure
    what: Words


def moved(basis: Basis) -> tuple[Block, ...]:
    """Every measure whose end is not the first published one, with each move."""
    rows = tuple(
        _moved_row(each.measure, basis)
        for each in basis.now.measures()
        if each.measure.deadline_changes or each.measure.original_end not in (None, each.measure.end)
    )
    if not rows:
        return (Prose((_("No end has been moved."),)),)
    columns = (
        Column(_("Code"), 10),
        Column(words.level(Level.MEASURE, basis), 40),
        Column(_("Original end"), 16),
        Column(pgettext("of a measure", "End"), 16),
        Column(_("Moved by"), 18, Align.RIGHT),
    )
    return (Table(columns, rows, row_header=1),)


def coming(basis: Basis) -> tuple[Block, ...]:
    """Milestones, starts and ends of measures in the two periods after this one, by date."""
    last = basis.period.next().next()
    found = sorted(
        (each for each in _dates(basis) if basis.period.end <= each.day < last.end), key=lambda each: each.day
    )
    until = formats.day_long(last.last_day, basis.language)
    if not found:
        return (Prose((_("No milestone, start or end falls in the time up to %(day)s.") % {"day": until},)),)
    columns = (
        Column(pgettext("of a milestone", "Date"), 16),
        Column(_("What comes"), 34),
        Column(_("Code"), 10),
        Column(words.level(Level.MEASURE, basis), 40),
    )
    rows = tuple(
        Row(
            (
                formats.day(each.day, basis.language),
                each.what,
                words.measure_code(each.measure, basis),
                words.said(each.measure.title, basis),
            )
        )
        for each in found
    )
    return (Table(columns, rows, caption=_("Up to %(day)s") % {"day": until}, row_header=1),)


def _dates(basis: Basis) -> Iterator[_Coming]:
    for each in basis.now.measures():
        measure = each.measure
        if measure.retired or each.standing.state in OVER:
            continue
        if measure.start:
            yield _Coming(measure.start, measure, _("Start of the measure"))
        for milestone in measure.milestones:
            if milestone.date:
                title = words.said(milestone.title, basis)
                yield _Coming(milestone.date, measure, words.joined([_("Milestone:"), title]))
        if measure.end:
            yield _Coming(measure.end, measure, _("End of the measure"))


def _moved_row(measure: Measure, basis: Basis) -> Row:
    def written(day: date | None) -> str:
        return formats.day(day, basis.language) if day else words.DASH

    details = tuple(
        words.joined(
            [
                _("Changed on %(day)s.") % {"day": written(change.changed)},
                measures.moved(DeadlineMove(change.was, change.became, None), basis),
            ]
        )
        for change in measure.deadline_changes
    )
    return Row(
        (
            words.measure_code(measure, basis),
            measures.title(measure, basis),
            written(_original(measure)),
            written(measure.end),
            _by(measure),
        ),
        detail=details,
    )


def _original(measure: Measure) -> date | None:
    """The first published end; a plan from a workbook knows it by its first move alone."""
    if measure.original_end is None and measure.deadline_changes:
        return measure.deadline_changes[0].was
    return measure.original_end


def _by(measure: Measure) -> str:
    original = _original(measure)
    if original is None or measure.end is None:
        return words.DASH
    days = (measure.end - original).days
    if days < 0:
        return ngettext("%(count)d day earlier", "%(count)d days earlier", -days) % {"count": -days}
    return ngettext("%(count)d day later", "%(count)d days later", days) % {"count": days}
