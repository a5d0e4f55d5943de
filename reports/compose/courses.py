"""The indicators of a chapter: the full table, and the course of those of impact and result as line charts."""

from collections.abc import Iterator
from decimal import Decimal

from plan_pages.choices import IndicatorKind, Level
from plan_pages.domain import indicators as arithmetic
from plan_pages.domain.plan import Indicator
from plan_pages.domain.progress import ChapterProgress
from reports.compose import formats, indicators, words
from reports.compose.basis import Basis
from reports.compose.indicators import Read
from reports.compose.wording import gettext as _
from reports.document import Block, Heading, LineChart, Prose, Words, plain

CHARTED = frozenset({IndicatorKind.IMPACT, IndicatorKind.RESULT})
FEWEST = 3
"""Points of a chart: two make no course."""
MOST_TICKS = 4
_STEPS = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))


def of_chapter(chapter: ChapterProgress, basis: Basis) -> Iterator[Block]:
    table = indicators.table(_groups(chapter, basis), chapter, basis)
    if table is None:
        yield Prose((_("The chapter has no indicators yet."),))
        return
    yield table
    charts = [chart for each in indicators.of_chapter(chapter) if (chart := _chart(each, chapter, basis))]
    if charts:
        yield Heading(2, _("Course of impact and result indicators"))
        yield from charts


def ticks(low: Decimal, high: Decimal) -> tuple[Decimal, ...]:
    """Round numbers around a range, two to five of them."""
    if low == high:
        low, high = low - 1, high + 1
    rough = (high - low) / MOST_TICKS
    unit = Decimal(1).scaleb(rough.adjusted())
    for step in (unit * each for each in _STEPS):
        first, last = low // step * step, high // step * step
        first -= step if first > low else 0
        last += step if last < high else 0
        count = int((last - first) / step) + 1
        if count <= MOST_TICKS + 1:
            return tuple(first + number * step for number in range(count))
    return (low, high)


def _groups(chapter: ChapterProgress, basis: Basis) -> Iterator[tuple[Words, tuple[Indicator, ...]]]:
    for goal in chapter.goals:
        own = goal.goal
        yield words.joined([words.level(Level.GOAL, basis), words.named(own.title, own.code, basis)]), own.indicators
        for task in goal.tasks:
            name = words.named(task.task.title, task.task.code, basis)
            yield words.joined([words.level(Level.TASK, basis), name]), task.task.indicators
            for each in task.measures:
                # Its title stands with its entries; most measures have one indicator, of nearly the same name.
                code = words.measure_code(each.measure, basis)
                yield words.joined([words.level(Level.MEASURE, basis), code]), each.measure.indicators


def _chart(indicator: Indicator, chapter: ChapterProgress, basis: Basis) -> LineChart | None:
    """What it was worth at every period with a value, beside what was expected then and the target."""
    if indicator.kind not in CHARTED:
        return None
    read = Read(indicator, basis.reading(indicator, chapter), chapter)
    reported = chapter.chapter.reported
    shown = [value for value in read.reading.series if value.unavailable or value.actual is not None]
    actual = tuple(
        None if value.unavailable else arithmetic.worth(indicator, value.period, reported) for value in shown
    )
    known = [(value.period, worth) for value, worth in zip(shown, actual, strict=True) if worth is not None]
    if len(known) < FEWEST:
        return None
    expected = tuple(
        None if value.unavailable else arithmetic.expected(indicator, basis.plan, value.period, reported)
        for value in shown
    )
    target = indicator.target
    amounts = [each for each in (*actual, *expected, target) if each is not None]
    (start, first), (end, last) = known[0], known[-1]
    alternative = _("From %(first)s in %(start)s to %(last)s in %(end)s") % {
        "first": indicators.shown(first, indicator, basis),
        "start": formats.period_short(start, basis.language),
        "last": indicators.shown(last, indicator, basis),
        "end": formats.period_short(end, basis.language),
    }
    target_label = ""
    if target is not None:
        written = formats.number(target, basis.language)
        alternative += _("; target %(target)s") % {"target": written}
        target_label = _("target %(target)s") % {"target": written}
    has_expected = any(each is not None for each in expected)
    return LineChart(
        labels=tuple(formats.period_short(value.period, basis.language) for value in shown),
        actual=actual,
        alternative=f"{alternative}.",
        actual_label=_("Actual"),
        expected=expected if has_expected else (),
        expected_label=_("Expected") if has_expected else "",
        target=target,
        target_label=target_label,
        ticks=tuple((each, formats.number(each, basis.language)) for each in ticks(min(amounts), max(amounts))),
        caption=_caption(indicator, basis),
    )


def _caption(indicator: Indicator, basis: Basis) -> str:
    """The code and the name with its unit."""
    return f"{indicator.code} {plain(indicators.name(indicator, basis))}"
