"""How reports write numbers, percents, money, dates and periods: as the site does, and short where room is scarce.

Knows no plan. What site and reports both write is in `plan_pages.formats`, so that the two never differ.
"""

from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from functools import lru_cache

from babel import numbers

from plan_pages import formats
from plan_pages.domain.periods import Period
from plan_pages.formats import MINUS, NBSP, locale, money, number, percent, points, signed

__all__ = [
    "MINUS",
    "NBSP",
    "day",
    "day_long",
    "locale",
    "money",
    "money_short",
    "number",
    "percent",
    "period",
    "period_short",
    "points",
    "shortened",
    "signed",
]

_HALF_UP = Context(prec=60, rounding=ROUND_HALF_UP)


def money_short(amount: Decimal, currency: str, language: str) -> str:
    """In thousands or millions with one decimal: `148,2 mln. €`."""
    return _money_short(f"{amount:f}", currency, language)


def day(value: date, language: str) -> str:
    """As in a table: `2026-09-30`, `30 Sept 2026`."""
    return formats.day(value, language, short=True)


def day_long(value: date, language: str) -> str:
    """As in a sentence: `2026 m. rugsėjo 30 d.`"""
    return formats.day(value, language)


def period(value: Period, language: str) -> str:
    """In full, as in a title: `2026 m. III ketvirtis`, `third quarter of 2026`."""
    return formats.period(value, language)


def period_short(value: Period, language: str) -> str:
    """Abbreviated, as in a table or inside a sentence, where no case can disturb it: `2026 m. III ketv.`, `Q3 2026`."""
    return formats.period(value, language, short=True)


def shortened(text: str, limit: int) -> str:
    """At most so many characters, cut between words where there are words, with an ellipsis."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    between = cut.rfind(" ")
    return (cut[:between] if between > limit // 2 else cut).rstrip(" ,.;:–-") + "…"


@lru_cache(maxsize=4096)
def _money_short(written: str, currency: str, language: str) -> str:
    with localcontext(_HALF_UP):
        amount = numbers.format_compact_currency(Decimal(written), currency, locale=locale(language), fraction_digits=1)
    return amount.replace("-", MINUS).replace(" ", NBSP)
