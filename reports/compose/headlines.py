"""The headline indicators: which they are, how many are on course, and the small line of each over time."""

from decimal import Decimal

from plan_pages.choices import Aggregate, IndicatorKind, Level
from plan_pages.domain import indicators as arithmetic
from reports.compose import formats, words
from reports.compose.basis import Basis
from reports.compose.indicators import (
    Read,
    every,
    expected_now,
    given,
    in_cell,
    name,
    of_chapter,
    shown,
    since_when,
    trend_mark,
    worth,
)
from reports.compose.wording import gettext as _
from reports.compose.wording import ngettext, pgettext
from reports.document import Align, Block, Column, Prose, ProseStyle, Row, Spark, Table, Tile

KINDS = (IndicatorKind.IMPACT, IndicatorKind.RESULT, IndicatorKind.OUTPUT, IndicatorKind.PROCESS)
A_CHAPTER = 2
MOST = 8


def tile(basis: Basis) -> Tile:
    """Of the indicators that can be compared with what is expected: how many are on course."""
    judged = [read.reading.on_course for read in every(basis)]
    on_course = sum(1 for each in judged if each)
    compared = sum(1 for each in judged if each is not None)
    label = _("Indicators on course")
    without = len(judged) - compared
    if not compared:
        return Tile(label, _("no data"))
    behind = compared - on_course
    notes = [ngettext("%(count)d behind", "%(count)d behind", behind) % {"count": behind} if behind else ""]
    if without:
        notes.append(
            ngettext("%(count)d cannot be compared", "%(count)d cannot be compared", without) % {"count": without}
        )
    value = _("%(count)d of %(all)d") % {"count": on_course, "all": compared}
    return Tile(label, value, ", ".join(filter(None, notes)))


def of_plan(basis: Basis) -> tuple[Block, ...]:
    """Those of impact, else of a lesser kind, with a target and data: each chapter's first, then its second."""
    chosen = _chosen(basis)
    if not chosen:
        return (Prose((_("No indicator has both a target and data yet."),)),)
    columns = (
        Column(words.level(Level.INDICATOR, basis), 36),
        Column(_("Baseline"), 12, Align.RIGHT),
        Column(_("Actual"), 12, Align.RIGHT, strong=True),
        Column(_("Target"), 12, Align.RIGHT),
        Column(pgettext("small line of an indicator", "Course"), 15),
        Column(_("Trend"), 16),
    )
    rows = tuple(_headline_row(read, basis) for read in chosen)
    note = _(
        "Shown are indicators with a target and data: of each chapter those of impact or, where it has none, of "
        "result, else of output; first the first of each chapter in the plan's order, then the second."
    )
    return Table(columns, rows), Prose((note,), ProseStyle.NOTE)


def _chosen(basis: Basis) -> list[Read]:
    by_chapter: list[list[Read]] = []
    for chapter in basis.now.chapters:
        reads = [Read(each, basis.reading(each, chapter), chapter) for each in of_chapter(chapter)]
        fit = [read for read in reads if read.indicator.target is not None and read.reading.worth is not None]
        kinds = ([read for read in fit if read.indicator.kind is kind] for kind in KINDS)
        by_chapter.append(next(filter(None, kinds), [])[:A_CHAPTER])
    ranked = [(rank, place) for place, reads in enumerate(by_chapter) for rank in range(len(reads))]
    kept = sorted(sorted(ranked)[:MOST], key=lambda each: (each[1], each[0]))
    return [by_chapter[place][rank] for rank, place in kept]


def _headline_row(read: Read, basis: Basis) -> Row:
    indicator = read.indicator
    return Row(
        (
            name(indicator, basis),
            in_cell(given(indicator.baseline, indicator.baseline_year, basis)) or words.DASH,
            in_cell(worth(read, basis)),
            in_cell(given(indicator.target, indicator.target_year, basis)),
            _spark(read, basis),
            trend_mark(read),
        ),
        detail=(words.joined([*since_when(read, basis), expected_now(read, basis)]),),
    )


def _spark(read: Read, basis: Basis) -> Spark | str:
    """From the baseline over the worth at every period with a value; a gap where it was not available."""
    indicator, language = read.indicator, basis.language
    reported = read.chapter.chapter.reported
    points: list[Decimal | None] = []
    known: list[tuple[str, Decimal]] = []
    if indicator.baseline is not None and indicator.aggregate is not Aggregate.SUM:
        points.append(indicator.baseline)
        known.append((str(indicator.baseline_year or _("the start")), indicator.baseline))
    for value in read.reading.series:
        if value.unavailable:
            points.append(None)
        elif value.actual is not None:
            value_then = arithmetic.worth(indicator, value.period, reported)
            points.append(value_then)
            if value_then is not None:
                known.append((formats.period_short(value.period, language), value_then))
    if len(known) < 2:
        return _("one value only")
    (start, first), (end, last) = known[0], known[-1]
    alternative = _("From %(first)s in %(start)s to %(last)s in %(end)s") % {
        "first": shown(first, indicator, basis),
        "start": start,
        "last": shown(last, indicator, basis),
        "end": end,
    }
    if indicator.target is not None:
        alternative += _("; target %(target)s") % {"target": formats.number(indicator.target, language)}
    return Spark(tuple(points), alternative, indicator.target)
