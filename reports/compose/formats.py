"""How numbers, percents, money, dates and periods are written in a language, through Babel. Knows no plan.

A number and its unit never part at a line's end: they are joined by no-break spaces. What was entered is shown with the
digits in which it was given; what was computed is rounded by the one rule in `plan_pages.domain.rounding`.
"""

from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from functools import lru_cache

from babel import Locale, UnknownLocaleError, dates, numbers

from plan_pages.choices import Frequency
from plan_pages.domain import rounding
from plan_pages.domain.periods import Period
from reports.compose.wording import gettext as _
from reports.compose.wording import pgettext

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


def percent(value: Decimal, language: str) -> str:
    """In whole percents, by the rule of rounding: `41 %`."""
    return _percent(rounding.percent_shown(value), language)


def points(before: Decimal, after: Decimal, language: str) -> str:
    """A change in percentage points, with its sign: `+4 p. p.`"""
    change = signed(rounding.points_shown(before, after), language)
    return str(_("%(points)s pp") % {"points": change}).replace(" ", NBSP)


def signed(value: Decimal | int, language: str) -> str:
    """With a plus where it is above zero."""
    return ("+" if value > 0 else "") + number(value, language)


def money(amount: Decimal, currency: str, language: str) -> str:
    """In whole units of the currency, half up: `1 240 500 €`. What is less than one unit keeps its cents."""
    return _money(f"{amount:f}", currency, language)


def money_short(amount: Decimal, currency: str, language: str) -> str:
    """In thousands or millions with one decimal: `148,2 mln. €`."""
    return _money_short(f"{amount:f}", currency, language)


@lru_cache(maxsize=4096)
def day(value: date, language: str) -> str:
    """As in a table: `2026-09-30`, `30 Sept 2026`."""
    return _tied(dates.format_date(value, "medium", locale=locale(language)), everywhere=True)


@lru_cache(maxsize=256)
def day_long(value: date, language: str) -> str:
    """As in a sentence: `2026 m. rugsėjo 30 d.`"""
    return _tied(dates.format_date(value, "long", locale=locale(language)))


def period(value: Period, language: str) -> str:
    """In full, as in a title: `2026 m. III ketvirtis`, `third quarter of 2026`."""
    match value.frequency:
        case Frequency.MONTH:
            return _tied(dates.format_skeleton("yMMMM", value.start, locale=locale(language)))
        case Frequency.YEAR:
            return _tied(pgettext("a year as a period", "%(year)d") % {"year": value.year})
        case Frequency.HALF:
            written = (_("first half of %(year)d"), _("second half of %(year)d"))[value.number - 1]
        case _:
            written = (
                _("first quarter of %(year)d"),
                _("second quarter of %(year)d"),
                _("third quarter of %(year)d"),
                _("fourth quarter of %(year)d"),
            )[value.number - 1]
    return _tied(written % {"year": value.year})


def period_short(value: Period, language: str) -> str:
    """Abbreviated, as in a table or inside a sentence, where no case can disturb it: `2026 m. III ketv.`, `Q3 2026`."""
    match value.frequency:
        case Frequency.MONTH:
            return _tied(dates.format_skeleton("yMMM", value.start, locale=locale(language)), everywhere=True)
        case Frequency.YEAR:
            return _tied(pgettext("a year as a period", "%(year)d") % {"year": value.year})
        case Frequency.HALF:
            written = (_("H1 %(year)d"), _("H2 %(year)d"))[value.number - 1]
        case _:
            written = (_("Q1 %(year)d"), _("Q2 %(year)d"), _("Q3 %(year)d"), _("Q4 %(year)d"))[value.number - 1]
    return _tied(written % {"year": value.year}, everywhere=True)


def shortened(text: str, limit: int) -> str:
    """At most so many characters, cut between words where there are words, with an ellipsis."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    between = cut.rfind(" ")
    return (cut[:between] if between > limit // 2 else cut).rstrip(" ,.;:–-") + "…"


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


@lru_cache(maxsize=4096)
def _money_short(written: str, currency: str, language: str) -> str:
    with localcontext(_HALF_UP):
        amount = numbers.format_compact_currency(Decimal(written), currency, locale=locale(language), fraction_digits=1)
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
