"""Indicators in a report: the full tables of goals, tasks and measures, and the words that stand beside a value.

What was entered is shown with its own digits; an actual never without its period, an achievement as it is, even below
zero. What is not known is said.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from plan_pages.choices import Aggregate, Level, Trend
from plan_pages.domain import rounding
from plan_pages.domain.indicators import Reading
from plan_pages.domain.plan import Indicator
from plan_pages.domain.progress import ChapterProgress
from reports.compose import formats, marks, words
from reports.compose.basis import Basis
from reports.compose.wording import gettext as _
from reports.compose.wording import pgettext
from reports.document import (
    Align,
    Column,
    GroupRow,
    Mark,
    Row,
    Run,
    Signal,
    Table,
    Words,
)

SHORT_UNIT = 8
WIDE = 12
"""Characters that a column of numbers holds at least."""


@dataclass(frozen=True, slots=True)
class Read:
    """An indicator with what is said of it, and its chapter."""

    indicator: Indicator
    reading: Reading
    chapter: ChapterProgress


def every(basis: Basis) -> Iterator[Read]:
    """All indicators of what belongs to the figures, in the order of the plan."""
    for chapter in basis.now.chapters:
        for indicator in of_chapter(chapter):
            yield Read(indicator, basis.reading(indicator, chapter), chapter)


def of_chapter(chapter: ChapterProgress) -> Iterator[Indicator]:
    for goal in chapter.goals:
        yield from goal.goal.indicators
        for task in goal.tasks:
            yield from task.task.indicators
            for measure in task.measures:
                yield from measure.measure.indicators


def table(groups: Iterable[tuple[Words, Iterable[Indicator]]], chapter: ChapterProgress, basis: Basis) -> Table | None:
    """Indicators in full, under the words that name what they belong to ("" where a heading does). None without any."""
    rows: list[Row | GroupRow] = []
    for owner, found in groups:
        own = [_row(Read(indicator, basis.reading(indicator, chapter), chapter), basis) for indicator in found]
        if own and not words.is_empty(owner):
            rows.append(GroupRow(owner))
        rows.extend(own)
    if not rows:
        return None
    columns = (
        Column(_("Code"), 12),
        Column(words.level(Level.INDICATOR, basis), 28),
        Column(_("Baseline"), 11, Align.RIGHT),
        Column(_("Target"), 11, Align.RIGHT),
        Column(_("Actual"), 10, Align.RIGHT, strong=True),
        Column(_("Expected"), 10, Align.RIGHT),
        Column(_("Achieved"), 10, Align.RIGHT),
        Column(_("Trend"), 14),
    )
    return Table(columns, tuple(rows), row_header=1)


def name(indicator: Indicator, basis: Basis) -> Words:
    """With its unit."""
    named = words.said(indicator.name, basis)
    unit = words.said(indicator.unit, basis, basis.room // 2)
    if not named.text.strip():
        named = Run(indicator.code)
    if not unit.text.strip():
        return named
    # The comma belongs to the name, and a short unit is not left alone on a line.
    between = formats.NBSP if len(unit.text) <= SHORT_UNIT else " "
    return words.joined([replace(named, text=f"{named.text},"), unit], between)


def _row(read: Read, basis: Basis) -> Row:
    indicator, reading = read.indicator, read.reading
    language = basis.language
    expected = _computed(reading.expected, indicator, basis) if reading.expected is not None else words.DASH
    achieved = formats.percent(reading.achievement, language) if reading.achievement is not None else words.DASH
    details = [words.joined([*since_when(read, basis), _course(read)])]
    if reading.last and reading.last.note:
        details.append(words.explained(reading.last.note, basis))
    if reading.unavailable:
        details.append(_unavailable(read, basis))
    details.append(_what_it_is(indicator, basis))
    return Row(
        (
            indicator.code,
            name(indicator, basis),
            in_cell(given(indicator.baseline, indicator.baseline_year, basis)) or words.DASH,
            in_cell(given(indicator.target, indicator.target_year, basis))
            or pgettext("target of an indicator", "not set"),
            in_cell(worth(read, basis)),
            in_cell(expected),
            achieved,
            trend_mark(read),
        ),
        detail=tuple(detail for detail in details if not words.is_empty(detail)),
    )


def given(value: Decimal | None, year: int | None, basis: Basis) -> str:
    """As it was given, with its year; "" where it was not."""
    if value is None:
        return ""
    written = formats.number(value, basis.language)
    return f"{written} ({year})" if year else written


def in_cell(number: str) -> str:
    """A number that is wider than a column ends its lines between groups of digits, not inside them."""
    return number.replace(formats.NBSP, " ") if len(number) > WIDE else number


def _places(indicator: Indicator) -> int:
    """With how many decimals the indicator is kept."""
    given = [indicator.baseline, indicator.target, *(value.actual for value in indicator.values)]
    exponents = [value.as_tuple().exponent for value in given if value is not None]
    return max((-each for each in exponents if isinstance(each, int) and each < 0), default=0)


def _computed(value: Decimal, indicator: Indicator, basis: Basis) -> str:
    """What no one entered: with as many decimals as the indicator is kept with."""
    places = _places(indicator)
    return formats.number(_padded(rounding.number_shown(value, places), places), basis.language)


def _padded(value: Decimal, places: int) -> Decimal:
    """With at least so many decimals: beneath values that were given with them."""
    has = -int(value.as_tuple().exponent)
    return value if has >= places else value + Decimal(0).scaleb(-places)


def worth(read: Read, basis: Basis) -> str:
    if read.reading.worth is None:
        return _("no data")
    return shown(read.reading.worth, read.indicator, basis)


def shown(value: Decimal, indicator: Indicator, basis: Basis) -> str:
    if indicator.aggregate is Aggregate.MEAN:
        return _computed(value, indicator, basis)
    return formats.number(value, basis.language)


def trend_mark(read: Read) -> Mark:
    if read.reading.worth is None:
        return Mark(Signal.UNKNOWN, _("No data yet"))
    return marks.of_trend(read.reading.trend)


def since_when(read: Read, basis: Basis) -> list[Words]:
    """Of which period the actual is, how it changed, and which change counts."""
    indicator, reading, language = read.indicator, read.reading, basis.language
    if reading.last is None:
        return [_("No actual value has been reported yet.")]
    period = formats.period_short(reading.last.period, language)
    if reading.compared is None or reading.change is None:
        return [_("Actual of %(period)s.") % {"period": period}]
    mean = indicator.aggregate is Aggregate.MEAN
    change = rounding.number_shown(reading.change, _places(indicator)) if mean else reading.change
    sentences: list[Words] = [
        _("Actual of %(period)s; %(change)s since %(compared)s.")
        % {
            "period": period,
            "change": formats.signed(change, language),
            "compared": formats.period_short(reading.compared, language),
        }
    ]
    if reading.trend is not Trend.NONE and reading.threshold is not None:
        threshold = rounding.number_shown(reading.threshold, max(2, _places(indicator)))
        sentences.append(
            _("A trend is a change above %(threshold)s.") % {"threshold": formats.number(threshold, language)}
        )
    return sentences


def expected_now(read: Read, basis: Basis) -> str:
    if read.reading.expected is None:
        return ""
    expected = _computed(read.reading.expected, read.indicator, basis)
    if read.reading.on_course is None:
        return _("Expected by then: %(expected)s.") % {"expected": expected}
    if read.reading.on_course:
        return _("Expected by then: %(expected)s; on course.") % {"expected": expected}
    return _("Expected by then: %(expected)s; behind.") % {"expected": expected}


def _course(read: Read) -> str:
    if read.reading.on_course is None:
        return ""
    return _("On course.") if read.reading.on_course else _("Behind what was expected by then.")


def _unavailable(read: Read, basis: Basis) -> Words:
    value = read.reading.unavailable
    if value is None:
        return ""
    label = _("Not available for %(period)s") % {"period": formats.period_short(value.period, basis.language)}
    return words.labelled(label, words.explained(value.note, basis)) if value.note else label


def _what_it_is(indicator: Indicator, basis: Basis) -> Words:
    parts: list[Words] = [indicator.kind.label]
    if indicator.aggregate is not Aggregate.LAST:
        parts.append(indicator.aggregate.label)
    if indicator.source:
        parts.append(words.joined([_("Source:"), words.said(indicator.source, basis)]))
    if indicator.next_update:
        parts.append(_("Next update: %(day)s") % {"day": formats.day(indicator.next_update, basis.language)})
    return words.joined(parts, words.DOT)
