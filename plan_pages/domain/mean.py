"""Weighted means of decimals that do not depend on the order in which they are taken. Knows nothing of plans.

Sums are carried with more digits than any figure has, and settled to the usual 28 once, at the end: so a mean lies
between its parts to the last digit, and neither their order nor a common factor of the weights can move it.
"""

from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Context, Decimal

_EXACT = Context(prec=80, rounding=ROUND_HALF_EVEN)
_SETTLED = Context(prec=28, rounding=ROUND_HALF_EVEN)
_NOISE = Decimal("1e-12")


def weighted_mean(parts: Iterable[tuple[Decimal, Decimal]]) -> Decimal | None:
    """Of pairs (weight, value). None where there is nothing to take the mean of: no parts, or all weights zero."""
    total = weights = Decimal(0)
    for weight, value in parts:
        total = _EXACT.add(total, _EXACT.multiply(weight, value))
        weights = _EXACT.add(weights, weight)
    return settled(_EXACT.divide(total, weights)) if weights else None


def mean(values: Iterable[Decimal]) -> Decimal | None:
    return weighted_mean((Decimal(1), value) for value in values)


def ratio(part: Decimal | int, whole: Decimal | int) -> Decimal:
    """A part of a whole that is not zero, in percent."""
    return settled(_EXACT.divide(_EXACT.multiply(Decimal(part), Decimal(100)), Decimal(whole)))


def settled(value: Decimal) -> Decimal:
    return _SETTLED.plus(value)


def reaches(value: Decimal, needed: Decimal) -> bool:
    """At least as much as needed. The last digits of an endless fraction decide nothing (0.9 of 54.54…55)."""
    return value - needed > -_NOISE


def exceeds(value: Decimal, limit: Decimal) -> bool:
    """More than the limit, by more than the last digits of an endless fraction."""
    return value - limit > _NOISE
