"""Rule 12 of "How we calculate progress": the one place where a figure loses its digits, only when it is shown.

Knows no languages: how a number is written (comma or point, no-break space) is for whoever shows it.
"""

from decimal import ROUND_HALF_UP, Context, Decimal

_HALF_UP = Context(prec=60, rounding=ROUND_HALF_UP)
_WHOLE = Decimal(1)
_LANDMARKS = (0, 100)


def percent_shown(percent: Decimal) -> int:
    """In whole percents, half up. 0 and 100 are shown only where it is so: else what is next to them on its side."""
    shown = _whole(percent)
    if shown in _LANDMARKS and percent != shown:
        return shown + 1 if percent > shown else shown - 1
    return shown


def points_shown(before: Decimal, after: Decimal) -> int:
    """The change between two percents, of the two as they are shown: so that what stands on the page adds up."""
    return percent_shown(after) - percent_shown(before)


def number_shown(number: Decimal, places: int = 2) -> Decimal:
    """At most so many decimal places, half up, without needless zeros; a small number keeps two digits instead."""
    if number and abs(number) < Decimal(1).scaleb(1 - places):
        places = 1 - number.adjusted()
    return _plain(number.quantize(_WHOLE.scaleb(-places), context=_HALF_UP))


def _whole(number: Decimal) -> int:
    return int(number.quantize(_WHOLE, context=_HALF_UP))


def _plain(number: Decimal) -> Decimal:
    """Without needless zeros, and never in the manner of 1E+3."""
    if number == number.to_integral_value():
        return number.quantize(_WHOLE, context=_HALF_UP) + 0
    return number.normalize(_HALF_UP)
