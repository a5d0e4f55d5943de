"""The arithmetic of one indicator: rules 5 to 8 of "How we calculate progress". Knows no measures, chapters or words.

Everywhere `reported` are the periods whose return is approved: actuals of other periods do not exist here, while
interim targets are known always. Without it every period counts. Achievements are in percent, raw: `held` holds one
to 0-100. A value of a longer period stands in the place of those inside it: a year's sum is not added to its quarters'.
"""

from bisect import bisect_right
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from plan_pages.choices import Aggregate, Direction, Trend
from plan_pages.domain.mean import exceeds, mean, ratio, reaches
from plan_pages.domain.periods import Period
from plan_pages.domain.plan import Indicator, Plan, Text, Value

ON_COURSE = Decimal("0.9")
TOLERANCE = Decimal("0.05")
THRESHOLD = Decimal("0.01")
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Reading:
    """An indicator at a period.

    `last`: the value with the last actual; all that follows is as of that value's period. `achievement` is raw and
    may be negative or above 100, `held` is what means take. `on_course` is None where there is nothing to compare.
    `change` is of the worth since `compared`, in the indicator's unit; `threshold` is what it must exceed to be a
    trend. `unavailable`: a later value than `last`, "not available" with its reason. `series`: every value that may
    be shown, in order of time; of periods not reported by then only the target.
    """

    worth: Decimal | None
    last: Value | None
    achievement: Decimal | None
    held: Decimal | None
    expected: Decimal | None
    expected_achievement: Decimal | None
    on_course: bool | None
    trend: Trend
    change: Decimal | None
    compared: Period | None
    threshold: Decimal | None
    unavailable: Value | None
    series: tuple[Value, ...]


def of_indicator(indicator: Indicator, plan: Plan, at: Period | date, reported: Container[Period]) -> Reading:
    """All that is said of an indicator at a period or on a day, in a chapter with these reported periods."""
    day = _day(at)
    actuals = _actuals(indicator, day, reported)
    last = actuals[-1] if actuals else None
    now = _aggregated(indicator, actuals)
    achieved = achievement(indicator, now)
    course = expected(indicator, plan, day, reported)
    expected_achievement = achievement(indicator, course)
    word, change, compared = trend(indicator, day, reported)
    known = [value for value in _in_order(indicator.values) if _is_known(indicator, value, day, reported)]
    newest = known[-1] if known else None
    return Reading(
        worth=now,
        last=last,
        achievement=achieved,
        held=None if achieved is None else held(achieved),
        expected=course,
        expected_achievement=expected_achievement,
        on_course=on_course(achieved, expected_achievement),
        trend=word,
        change=change,
        compared=compared,
        threshold=threshold(indicator),
        unavailable=newest if newest and newest.unavailable else None,
        series=_series(indicator, day, reported),
    )


def worth(indicator: Indicator, at: Period | date, reported: Container[Period] | None = None) -> Decimal | None:
    """Rule 5: the last actual, the sum or the mean of those so far."""
    return _aggregated(indicator, _actuals(indicator, _day(at), reported))


def achievement(indicator: Indicator, worth: Decimal | None) -> Decimal | None:
    """Rule 6, raw, in percent. A bare ratio says nothing of a target that is not above zero: there is none then."""
    target, baseline = indicator.target, indicator.baseline
    if target is None or worth is None:
        return None
    if indicator.aggregate is Aggregate.SUM:
        return None if indicator.direction is Direction.DECREASE or target <= 0 else ratio(worth, target)
    if indicator.direction is Direction.MAINTAIN or baseline == target:
        return _maintained(indicator, worth, target)
    if baseline is not None:
        return ratio(worth - baseline, target - baseline)
    if indicator.direction is Direction.DECREASE:
        if target < 0:
            return None
        return ratio(target, worth) if worth > 0 else HUNDRED
    return ratio(worth, target) if target > 0 else None


def held(achievement: Decimal) -> Decimal:
    """An achievement as it enters means: not below 0, not above 100."""
    return min(max(achievement, Decimal(0)), HUNDRED)


def expected(
    indicator: Indicator, plan: Plan, at: Period | date, reported: Container[Period] | None = None
) -> Decimal | None:
    """Rule 7: what the indicator should be worth at its last period with an actual. None without such a period.

    A baseline without a year is of the year before the plan, a target without a year of the plan's last.
    """
    actuals = _actuals(indicator, _day(at), reported)
    if not actuals:
        return None
    day = actuals[-1].period.last_day
    if indicator.aggregate is Aggregate.SUM:
        targets = [value.target for value in actuals if value.target is not None]
        return sum(targets, Decimal(0)) if targets else _target_by_time(indicator, plan, day)
    return _on_the_lines(indicator, plan, day)


def on_path(indicator: Indicator, plan: Plan, day: date) -> Decimal | None:
    """Where the path of rule 7 stands on a day, whatever was reported. None for sums: theirs are the periods' targets."""
    return None if indicator.aggregate is Aggregate.SUM else _on_the_lines(indicator, plan, day)


def last_actual(indicator: Indicator, before: date, reported: Container[Period] | None = None) -> Value | None:
    """The value with the last actual of a period that ends before that day."""
    actuals = _actuals(indicator, before - timedelta(days=1), reported)
    return actuals[-1] if actuals else None


def on_course(achievement: Decimal | None, expected: Decimal | None) -> bool | None:
    """Rule 7, of two achievements. None where one of them is missing."""
    if achievement is None or expected is None:
        return None
    return reaches(achievement, ON_COURSE * expected if expected > 0 else expected)


def trend(
    indicator: Indicator, at: Period | date, reported: Container[Period] | None = None
) -> tuple[Trend, Decimal | None, Period | None]:
    """Rule 8: the word, the change of the worth, and the period since which it changed."""
    actuals = _actuals(indicator, _day(at), reported)
    if not actuals:
        return Trend.NONE, None, None
    last = actuals[-1].period
    earlier = _actuals(indicator, last.year_before().last_day, reported) if last.year > 1 else []
    if not earlier:
        before = [value.period.last_day for value in actuals if value.period.end < last.end]
        earlier = _actuals(indicator, before[-1], reported) if before else []
    now, then = _aggregated(indicator, actuals), _aggregated(indicator, earlier)
    if now is None or then is None:
        return Trend.NONE, None, None
    limit, gain = threshold(indicator), _gain(indicator, then, now)
    if limit is None or gain is None:
        word = Trend.NONE
    elif exceeds(gain, limit):
        word = Trend.IMPROVING
    else:
        word = Trend.WORSENING if exceeds(-gain, limit) else Trend.MAINTAINING
    return word, now - then, earlier[-1].period


def threshold(indicator: Indicator) -> Decimal | None:
    """The change that must be exceeded to count as a trend. None where there is neither an own one nor a target."""
    if indicator.threshold is not None:
        return indicator.threshold
    if indicator.target is None:
        return None
    if indicator.baseline is None or indicator.baseline == indicator.target:
        return THRESHOLD * abs(indicator.target)
    return THRESHOLD * abs(indicator.target - indicator.baseline)


def _day(at: Period | date) -> date:
    return at.last_day if isinstance(at, Period) else at


def _is_known(indicator: Indicator, value: Value, day: date, reported: Container[Period] | None) -> bool:
    return (
        (value.unavailable or value.actual is not None)
        and (reported is None or value.period in reported or value.period in indicator.reported)
        and value.period.last_day <= day
    )


def _in_order(values: Sequence[Value]) -> list[Value]:
    return sorted(values, key=lambda value: value.period)


def _actuals(indicator: Indicator, day: date, reported: Container[Period] | None) -> list[Value]:
    """The values with an actual by that day, in order of time, none inside another."""
    kept: list[Value] = []
    for value in _in_order([value for value in indicator.values if _is_known(indicator, value, day, reported)]):
        if value.unavailable or value.actual is None:
            continue
        while kept and kept[-1].period.start >= value.period.start:
            kept.pop()
        kept.append(value)
    return kept


def _aggregated(indicator: Indicator, actuals: Sequence[Value]) -> Decimal | None:
    amounts = [value.actual for value in actuals if value.actual is not None]
    if not amounts:
        return None
    match indicator.aggregate:
        case Aggregate.SUM:
            return sum(amounts, Decimal(0))
        case Aggregate.MEAN:
            return mean(amounts)
        case _:
            return amounts[-1]


def _maintained(indicator: Indicator, worth: Decimal, target: Decimal) -> Decimal:
    tolerance = indicator.tolerance if indicator.tolerance is not None else TOLERANCE * abs(target)
    beyond = max(Decimal(0), abs(worth - target) - tolerance)
    if target == 0:
        return Decimal(0) if beyond else HUNDRED
    return max(Decimal(0), HUNDRED - ratio(beyond, abs(target)))


def _target_by_time(indicator: Indicator, plan: Plan, day: date) -> Decimal | None:
    if indicator.target is None:
        return None
    days = (date(indicator.target_year or plan.end_year, 12, 31) - plan.start).days + 1
    gone = (day - plan.start).days + 1
    if gone >= days:
        return indicator.target
    return indicator.target * ratio(max(0, gone), days) / HUNDRED


def _on_the_lines(indicator: Indicator, plan: Plan, day: date) -> Decimal | None:
    """On the straight lines from the baseline over the interim targets to the target; level after the last of them."""
    points: dict[date, Decimal] = {}
    if indicator.baseline is not None:
        points[date(indicator.baseline_year or plan.start_year - 1, 12, 31)] = indicator.baseline
    for value in _in_order(indicator.values):
        if value.target is not None:
            points[value.period.last_day] = value.target
    if indicator.target is not None:
        points[date(indicator.target_year or plan.end_year, 12, 31)] = indicator.target
    days = sorted(points)
    after = bisect_right(days, day)
    if after == len(days):
        return points[days[-1]] if days else None
    if after == 0:
        is_level = indicator.baseline is not None or indicator.direction is Direction.MAINTAIN
        return points[days[0]] if is_level else None
    start, end = days[after - 1], days[after]
    gone = ratio((day - start).days, (end - start).days) / HUNDRED
    return points[start] + (points[end] - points[start]) * gone


def _gain(indicator: Indicator, then: Decimal, now: Decimal) -> Decimal | None:
    """The change for the better; None where nothing says what is better."""
    target, baseline = indicator.target, indicator.baseline
    if indicator.direction is Direction.MAINTAIN or (target is not None and baseline == target):
        return None if target is None else abs(then - target) - abs(now - target)
    if indicator.aggregate is Aggregate.SUM and indicator.direction is Direction.DECREASE:
        return None
    falls = indicator.direction is Direction.DECREASE
    if indicator.direction is None:
        if target is None:
            return None
        falls = baseline is not None and baseline > target and indicator.aggregate is not Aggregate.SUM
    return then - now if falls else now - then


def _series(indicator: Indicator, day: date, reported: Container[Period]) -> tuple[Value, ...]:
    shown = []
    for value in _in_order(indicator.values):
        if _is_known(indicator, value, day, reported):
            shown.append(value)
        elif value.target is not None:
            shown.append(replace(value, actual=None, unavailable=False, note=Text()))
    return tuple(shown)
