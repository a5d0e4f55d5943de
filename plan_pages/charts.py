"""Charts as plain values: where things stand, in percents of the chart's width and height. Templates draw them as SVG.

Without a viewBox bars and lines stretch with their column while text keeps its size, and so obeys the reader's zoom and
fits small screens. Knows no colour and no markup.
"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import pairwise

from plan_pages import formats
from plan_pages.choices import Aggregate, State
from plan_pages.domain import indicators
from plan_pages.domain.indicators import Reading
from plan_pages.domain.periods import Period
from plan_pages.domain.plan import Indicator, Plan
from plan_pages.domain.rounding import number_shown

ROOM_FOR_A_NUMBER = 7
"""Percent of the width from which a part of a bar has room for its number."""
MOST_LINES = 4
LEFT, WIDTH = Decimal(5), Decimal(88)
TOP, HEIGHT = Decimal(12), Decimal(72)
NEAR_X, NEAR_Y = Decimal("0.5"), Decimal("0.15")


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a bar. `x`, `width` and `middle` as SVG wants them: "12.50%"."""

    state: State
    count: int
    x: str
    width: str
    middle: str
    has_room: bool


def status_bar(states: Mapping[State, int]) -> tuple[Segment, ...]:
    """How the measures stand, side by side in the order of states; states without a measure have no part."""
    total = sum(states.values())
    segments, x = [], Decimal(0)
    for state in State:
        count = states.get(state, 0)
        if count:
            width = Decimal(100 * count) / total
            middle = _percent(x + width / 2)
            segments.append(Segment(state, count, _percent(x), _percent(width), middle, width >= ROOM_FOR_A_NUMBER))
            x += width
    return tuple(segments)


@dataclass(frozen=True, slots=True)
class Point:
    x: str
    y: str
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    x1: str
    y1: str
    x2: str
    y2: str


@dataclass(frozen=True, slots=True)
class LineChart:
    """An indicator over time. `levels`: horizontal lines with their numbers; `years`: below, with the year.

    `crowded`: the last value stands so near the target that their numbers need a side each.
    """

    points: tuple[Point, ...]
    lines: tuple[Line, ...]
    course: tuple[Line, ...]
    target: Point | None
    crowded: bool
    levels: tuple[Point, ...]
    years: tuple[Point, ...]

    @property
    def falls(self) -> bool:
        """Whether the way comes to the target from above: words right over it would stand on the way."""
        return bool(self.course) and float(self.course[-1].y1[:-1]) < float(self.course[-1].y2[:-1])


def line_chart(
    indicator: Indicator, reading: Reading, plan: Plan, reported: Container[Period], language: str
) -> LineChart | None:
    """What the indicator was worth at each period, and the way to its target. None for fewer than two values.

    The way goes over the interim targets; those of a sum are of their periods alone, and are left to the table.
    """
    values = [
        (value.period.last_day, worth)
        for value in reading.series
        if value.actual is not None and (worth := indicators.worth(indicator, value.period, reported)) is not None
    ]
    if len(values) < 2:
        return None
    course = _course(indicator, reading, plan)
    days = [day for day, _value in values + course]
    scale = _Scale.of([value for _day, value in values + course], min(days), max(days))
    points = [Point(scale.x(day), scale.y(value), _written(value, language)) for day, value in values]
    way = [Point(scale.x(day), scale.y(value), _written(value, language)) for day, value in course]
    return LineChart(
        points=tuple(points),
        lines=_lines(points),
        course=_lines(way),
        target=way[-1] if indicator.target is not None else None,
        crowded=bool(course) and scale.is_near(values[-1], course[-1]),
        levels=tuple(Point("0", scale.y(level), _written(level, language)) for level in scale.levels()),
        years=tuple(scale.years()),
    )


def _course(indicator: Indicator, reading: Reading, plan: Plan) -> list[tuple[date, Decimal]]:
    found: dict[date, Decimal] = {}
    if indicator.baseline is not None and indicator.aggregate is not Aggregate.SUM:
        found[date(indicator.baseline_year or plan.start_year - 1, 12, 31)] = indicator.baseline
    if indicator.aggregate is not Aggregate.SUM:
        found |= {value.period.last_day: value.target for value in reading.series if value.target is not None}
    if indicator.target is not None:
        found[date(indicator.target_year or plan.end_year, 12, 31)] = indicator.target
    return sorted(found.items())


@dataclass(frozen=True, slots=True)
class _Scale:
    low: Decimal
    high: Decimal
    step: Decimal
    first: date
    last: date

    @classmethod
    def of(cls, values: Sequence[Decimal], first: date, last: date) -> "_Scale":
        low, high = min(values), max(values)
        step = _step(high - low or abs(high) or Decimal(1))
        low = (low / step).to_integral_value(ROUND_FLOOR) * step
        high = max((high / step).to_integral_value(ROUND_CEILING) * step, low + step)
        return cls(low, high, step, first, last)

    def x(self, day: date) -> str:
        days = (self.last - self.first).days or 1
        return _percent(LEFT + WIDTH * (day - self.first).days / days)

    def y(self, value: Decimal) -> str:
        return _percent(TOP + HEIGHT * (self.high - value) / (self.high - self.low))

    def is_near(self, one: tuple[date, Decimal], other: tuple[date, Decimal]) -> bool:
        days = (self.last - self.first).days or 1
        apart = Decimal(abs((one[0] - other[0]).days)) / days
        return apart < NEAR_X and abs(one[1] - other[1]) / (self.high - self.low) < NEAR_Y

    def levels(self) -> list[Decimal]:
        count = int((self.high - self.low) / self.step)
        return [self.low + self.step * number for number in range(count + 1)]

    def years(self) -> list[Point]:
        """The first and the last year, and one in the middle where it stands apart from both."""
        years = range(self.first.year, self.last.year + 1)
        shown = {years[0], years[-1]} | ({years[len(years) // 2]} if len(years) > 4 else set())
        return [Point(self.x(min(max(date(year, 12, 31), self.first), self.last)), "", str(year)) for year in shown]


def _step(reach: Decimal) -> Decimal:
    """The smallest of 1, 2 and 5 times a power of ten by which few lines cover the reach."""
    power = Decimal(1).scaleb((reach / MOST_LINES).adjusted())
    return next(step for times in (1, 2, 5, 10) if reach / (step := power * times) <= MOST_LINES)


def _lines(points: Sequence[Point]) -> tuple[Line, ...]:
    return tuple(Line(one.x, one.y, other.x, other.y) for one, other in pairwise(points))


def _written(value: Decimal, language: str) -> str:
    return formats.number(number_shown(value), language)


def _percent(value: Decimal) -> str:
    return f"{value:.2f}%"
