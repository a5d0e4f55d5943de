"""What a report says of one measure: where it stands, its end with the original one, its reason, what is not known."""

from collections.abc import Iterator
from datetime import date

from plan_pages.choices import Level, PercentSource, State
from plan_pages.domain.changes import DeadlineMove
from plan_pages.domain.plan import Entry, Measure
from plan_pages.domain.progress import MeasureProgress, Standing, TaskProgress
from reports.compose import formats, marks, words
from reports.compose.basis import Basis
from reports.compose.wording import gettext as _
from reports.compose.wording import ngettext, pgettext
from reports.document import Align, Bar, Column, Row, Table, Words


def table(task: TaskProgress, basis: Basis) -> Table:
    """The measures of a task in full."""
    columns = (
        Column(_("Code"), 9),
        Column(words.level(Level.MEASURE, basis), 28),
        Column(_("Responsible"), 18),
        Column(pgettext("of a measure", "End"), 12),
        Column(_("Status"), 22),
        Column(_("Progress"), 13),
    )
    return Table(columns, tuple(_row(each, basis) for each in task.measures), row_header=1)


def late_table(late: list[MeasureProgress], basis: Basis, caption: str) -> Table:
    """What is late, with its reason."""
    columns = (
        Column(_("Code"), 11),
        Column(words.level(Level.MEASURE, basis), 40),
        Column(_("Responsible"), 24),
        Column(pgettext("of a measure", "End"), 15),
        Column(_("Progress"), 10, Align.RIGHT),
    )
    return Table(columns, tuple(_late_row(each, basis) for each in late), caption, row_header=1)


def percent(each: MeasureProgress, basis: Basis) -> str:
    found = each.standing.percent
    return formats.percent(found, basis.language) if found is not None else _("no data")


def end(measure: Measure, basis: Basis) -> str:
    """With the original end where it was moved."""
    shown = formats.day(measure.end, basis.language) if measure.end else words.DASH
    if measure.original_end is None or measure.original_end == measure.end:
        return shown
    original = formats.day(measure.original_end, basis.language)
    return _("%(end)s (was %(original)s)") % {"end": shown, "original": original}


def reason(each: MeasureProgress, basis: Basis) -> Words:
    """Why it is late or stopped: as reported for the period, else as last reported before, with that period."""
    entry = each.standing.entry or each.standing.last_known
    if not has_reason(each) or entry is None:
        return _("No reason was given.")
    said = words.explained(entry.reason, basis)
    if each.standing.entry is not None:
        return said
    return words.joined([said, f"({formats.period_short(entry.period, basis.language)})"])


def has_reason(each: MeasureProgress) -> bool:
    return bool(each.standing.reason)


def overdue(each: MeasureProgress, basis: Basis) -> str:
    """How long it is past its end, with the original end where it was moved."""
    original = each.measure.original_end
    past = _past_end(each, basis)
    if not past or original is None or original == each.measure.end:
        return f"{past}." if past else ""
    return _("%(past)s (originally %(original)s).") % {
        "past": past,
        "original": formats.day(original, basis.language),
    }


def _past_end(each: MeasureProgress, basis: Basis) -> str:
    finish = each.measure.end
    if not each.standing.late or finish is None:
        return ""
    count = (basis.now.as_of - finish).days
    return ngettext("%(count)d day past its end", "%(count)d days past its end", count) % {"count": count}


def moved(move: DeadlineMove, basis: Basis) -> str:
    """That the end was moved, from when to when, and the original one."""

    def written(day: date | None) -> str:
        return formats.day(day, basis.language) if day else pgettext("end of a measure", "none")

    sentence = _("End moved: %(was)s → %(became)s") % {"was": written(move.was), "became": written(move.became)}
    if move.original and move.original != move.was:
        return _("%(moved)s (originally %(original)s).") % {"moved": sentence, "original": written(move.original)}
    return f"{sentence}."


def title(measure: Measure, basis: Basis) -> Words:
    """With a remark where it has left the plan but still belongs to the figures."""
    named = words.said(measure.title, basis)
    if measure.retired is None:
        return named if named.text.strip() else words.DASH
    left = _("(taken out of the plan on %(day)s)") % {"day": formats.day(measure.retired, basis.language)}
    return words.joined([named, left])


def _row(each: MeasureProgress, basis: Basis) -> Row:
    measure, standing = each.measure, each.standing
    return Row(
        (
            words.measure_code(measure, basis),
            title(measure, basis),
            measure.responsible or words.DASH,
            end(measure, basis),
            marks.of_state(standing.state),
            _bar(each, basis),
        ),
        detail=tuple(line for line in _details(each, basis) if not words.is_empty(line)),
        signal=marks.edge(standing.state),
    )


def _late_since(each: MeasureProgress, basis: Basis) -> str:
    """How long it is past its end, or that it is reported as delayed before it."""
    return overdue(each, basis) or _("Reported as delayed.")


def _bar(each: MeasureProgress, basis: Basis) -> Bar | str:
    standing = each.standing
    if standing.percent is None:
        return _("no data")
    return Bar(standing.percent, formats.percent(standing.percent, basis.language), gone=standing.time_gone)


def _details(each: MeasureProgress, basis: Basis) -> list[Words]:
    """What the cells leave open, one a line."""
    standing = each.standing
    entry = standing.entry
    lines: list[Words] = []
    if standing.state in (State.DELAYED, State.STOPPED):
        past, why = _past_end(each, basis), reason(each, basis)
        lines.append(
            words.joined([f"{past}." if past else "", words.labelled(_("Reason"), why) if has_reason(each) else why])
        )
    lines += remarks(standing, basis)
    if known := entry or standing.last_known:
        lines += _reported(known, basis)
    return lines


def remarks(standing: Standing, basis: Basis) -> Iterator[str]:
    """Of which period its entry is, how its percent came about, what stands beside missing data."""
    if standing.entry and standing.carried:
        period = formats.period_short(standing.entry.period, basis.language)
        yield _("As reported for %(period)s.") % {"period": period}
    if standing.source is PercentSource.INDICATORS:
        yield _("The percent is the mean of its output indicators (from indicators).")
    if standing.last_known:
        yield last_known(standing.last_known, basis)


def _reported(entry: Entry, basis: Basis) -> list[Words]:
    texts = ((pgettext("work on a measure", "Done"), entry.note), (pgettext("work on a measure", "Next"), entry.next))
    return [words.labelled(label, words.explained(text, basis)) for label, text in texts if text]


def last_known(entry: Entry, basis: Basis) -> str:
    """What stands beside missing data and in no figure: "No data now; 40 % in 2026-Q1"."""
    period = formats.period_short(entry.period, basis.language)
    if entry.percent is None:
        return _("No data now; last known: “%(status)s” in %(period)s (not counted).") % {
            "status": entry.status.label,
            "period": period,
        }
    return _("No data now; last known: %(percent)s, “%(status)s” in %(period)s (not counted).") % {
        "percent": formats.percent(entry.percent, basis.language),
        "status": entry.status.label,
        "period": period,
    }


def _late_row(each: MeasureProgress, basis: Basis) -> Row:
    measure = each.measure
    return Row(
        (
            words.measure_code(measure, basis),
            title(measure, basis),
            formats.shortened(measure.responsible, basis.room * 2 // 3)
            if basis.room
            else measure.responsible or words.DASH,
            formats.day(measure.end, basis.language) if measure.end else words.DASH,
            percent(each, basis),
        ),
        detail=(words.joined([_late_since(each, basis), reason(each, basis)]),),
    )
