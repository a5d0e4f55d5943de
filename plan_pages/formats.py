"""How numbers, percents, money, dates and periods are written in a language, through Babel. Knows no plan.

A number and its unit never part at a line's end: they are joined by no-break spaces. What was entered is shown with the
digits in which it was given; what was computed is rounded by the one rule in `plan_pages.domain.rounding`.
"""

from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from functools import lru_cache

from babel import Locale, UnknownLocaleError, dates, numbers
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from plan_pages.choices import Frequency
from plan_pages.domain import rounding
from plan_pages.domain.periods import Period

NBSP = "\u00a0"
MINUS = "\u2212"
# Of the languages that are written in several countries, the one whose customs fit a European city.
_CUSTOMS = {"en": "en_GB"}
_HALF_UP = Context(prec=60, rounding=ROUND_HALF_UP)


@lru_cache
def locale(language: str) -> Locale:
    """Babel's locale of a language code; of a language that Babel does not know, English."""
    code = _CUSTOMS.get(language, language).replace("-", "_")
    try:
        return Locale.parse(code)
    except (UnknownLocaleError, ValueError):
        return Locale.parse(_CUSTOMS["en"])


def number(value: Decimal | int, language: str) -> str:
    """With exactly the digits that it has: `1 240,50`."""
    # By its written form: decimals that are equal, such as 1.0 and 1.00, must not share a place in the cache.
    return _number(f"{Decimal(value):f}", language)


def signed(value: Decimal | int, language: str) -> str:
    """With a plus where it is above zero."""
    return ("+" if value > 0 else "") + number(value, language)


def percent(value: Decimal, language: str) -> str:
    """In whole percents, by the rule of rounding: `41 %`."""
    return _percent(rounding.percent_shown(value), language)


def points(before: Decimal, after: Decimal, language: str) -> str:
    """A change in percentage points, with its sign: `+4 p. p.`"""
    change = signed(rounding.points_shown(before, after), language)
    with translation.override(language):
        return (_("%(points)s pp") % {"points": change}).replace(" ", NBSP)


def money(value: Decimal, currency: str, language: str) -> str:
    """In whole units of the currency, half up: `1 240 500 €`. What is less than one unit keeps its cents."""
    return _money(f"{value:f}", currency, language)


@lru_cache(maxsize=4096)
def day(value: date, language: str, short: bool = False) -> str:
    """As in a sentence: `2026 m. rugsėjo 30 d.`; short, as in a table: `2026-09-30`, `30 Sept 2026`."""
    written = dates.format_date(value, "medium" if short else "long", locale=locale(language))
    return _tied(written, everywhere=short)


@lru_cache(maxsize=4096)
def period(value: Period, language: str, short: bool = False) -> str:
    """As in a title: `2026 m. III ketvirtis`; short, for a table or a sentence: `2026 m. III ketv.`, `Q3 2026`."""
    if value.frequency is Frequency.MONTH:
        skeleton = "yMMM" if short else "yMMMM"
        return _tied(dates.format_skeleton(skeleton, value.start, locale=locale(language)), everywhere=short)
    with translation.override(language):
        return _tied(_period(value, short) % {"year": value.year}, everywhere=short)


def _period(value: Period, short: bool) -> str:
    match value.frequency, short:
        case Frequency.YEAR, _short:
            return pgettext("a year as a period", "%(year)d")
        case Frequency.HALF, False:
            return (_("first half of %(year)d"), _("second half of %(year)d"))[value.number - 1]
        case Frequency.HALF, True:
            return (_("H1 %(year)d"), _("H2 %(year)d"))[value.number - 1]
        case _quarter, True:
            return (_("Q1 %(year)d"), _("Q2 %(year)d"), _("Q3 %(year)d"), _("Q4 %(year)d"))[value.number - 1]
        case _:
            return (
                _("first quarter of %(year)d"),
                _("second quarter of %(year)d"),
                _("third quarter of %(year)d"),
                _("fourth quarter of %(year)d"),
            )[value.number - 1]


@lru_cache(maxsize=8192)
def _number(written: str, language: str) -> str:
    places = len(written.partition(".")[2])
    pattern = "#,##0" + ("." + "0" * places if places else "")
    with localcontext(_HALF_UP):
        return _signs(numbers.format_decimal(Decimal(written), pattern, locale=locale(language)))


@lru_cache(maxsize=4096)
def _percent(shown: int, language: str) -> str:
    return _signs(numbers.format_percent(Decimal(shown).scaleb(-2), locale=locale(language)))


@lru_cache(maxsize=4096)
def _money(written: str, currency: str, language: str) -> str:
    pattern = locale(language).currency_formats["standard"].pattern
    if abs(Decimal(written)) >= 1 or not Decimal(written):
        pattern = pattern.replace(".00", "")
    with localcontext(_HALF_UP):
        amount = numbers.format_currency(
            Decimal(written), currency, pattern, locale=locale(language), currency_digits=False
        )
    return _signs(amount)


def _signs(written: str) -> str:
    """With the true minus, and no place at which a line may end."""
    return written.replace("-", MINUS).replace(" ", NBSP)


def _tied(written: str, everywhere: bool = False) -> str:
    """With no line end after a number, or, in what is short, nowhere."""
    if everywhere:
        return written.replace(" ", NBSP)
    return "".join(
        NBSP if sign == " " and place and written[place - 1].isdecimal() else sign for place, sign in enumerate(written)
    )
