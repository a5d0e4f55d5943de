"""Whether a reported value may be a slip of the hand. Nothing here is forbidden: whoever enters it is asked once.

A running total does not fall: asked of output indicators that are to increase and whose worth is the last value; levels
(results, impacts) fall honestly. Ten times the last value, or a tenth of it, is a decimal point or a unit gone astray.
"""

from decimal import Decimal

from plan_pages.choices import Aggregate, Direction, Doubt, IndicatorKind
from plan_pages.domain.plan import Indicator

TIMES = Decimal(10)


def is_running_total(indicator: Indicator) -> bool:
    return (
        indicator.kind is IndicatorKind.OUTPUT
        and indicator.aggregate is Aggregate.LAST
        and indicator.direction is Direction.INCREASE
    )


def doubt(indicator: Indicator, last: Decimal | None, actual: Decimal | None) -> Doubt | None:
    """What is odd about the value beside the one reported last; None where there is nothing to compare."""
    if last is None or actual is None or actual == last:
        return None
    if last and abs(actual) >= TIMES * abs(last):
        return Doubt.TEN_TIMES
    if actual and abs(actual) * TIMES <= abs(last):
        return Doubt.A_TENTH
    return Doubt.FALLS if is_running_total(indicator) and actual < last else None
