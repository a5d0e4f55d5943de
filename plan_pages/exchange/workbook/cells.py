"""What stands in a cell, turned into the value that its column holds, or BadCell. Warnings go to whoever asked.

Texts are cleaned here, for reading and for writing alike. Nothing is guessed: a number in a code, a date where a
number must be, a text that is a different number in each of two languages are errors.
"""

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from plan_pages.domain.periods import Period
from plan_pages.exchange.workbook.columns import CODE, YEARS, Column, Holds
from plan_pages.exchange.workbook.lists import read_links, read_list
from plan_pages.spreadsheet.cells import Warn, as_text, clean, plain_number
from plan_pages.spreadsheet.decode import Fault, Raw
from plan_pages.spreadsheet.numbers import written
from plan_pages.spreadsheet.problems import BadCell

_SEVERAL_LINES = {Holds.PROSE, Holds.MILESTONES, Holds.LINKS}
_PLACES = {Holds.MONEY: 2, Holds.PERCENT: 2}
_MOST_PLACES = 12
# What is smaller than this beyond the last place is the noise of a spreadsheet's arithmetic.
_NOISE = Decimal("0.000001")
_LARGEST = {Holds.MONEY: Decimal(10) ** 18}
_LARGEST_NUMBER = Decimal(10) ** 12


@dataclass(frozen=True, slots=True)
class Rules:
    """What depends on the site: the languages of the plan, default first, and the funds of its budget."""

    languages: tuple[str, ...]
    funds: Collection[str]


def value(raw: Raw, column: Column, rules: Rules, warn: Warn) -> Any:
    """The value, or None where nothing is left of the cell. Raises BadCell."""
    if isinstance(raw, Fault):
        raise BadCell(raw.message, raw.found)
    if isinstance(raw, str):
        raw = clean(raw, column.holds in _SEVERAL_LINES, warn)
        if not raw:
            return None
        if len(raw) > column.longest:
            length, limit = _counted(len(raw)), _counted(column.longest)
            raise BadCell(
                _("the text has {length} characters; at most {limit} may stand here"), raw, length=length, limit=limit
            )
    match column.holds:
        case Holds.CODE:
            return _code(raw)
        case Holds.OWNER:
            return _owner(raw)
        case Holds.NUMBER | Holds.AMOUNT | Holds.MONEY | Holds.PERCENT:
            return _number(raw, column.holds, rules.languages, warn)
        case Holds.YEAR:
            return _year(raw, rules.languages, warn)
        case Holds.DATE:
            return _date(raw, warn)
        case Holds.PERIOD:
            return _period(raw, warn)
        case Holds.CHOICE:
            return _choice(raw, column)
        case Holds.FUND:
            return _one_of(as_text(raw), sorted(rules.funds))
        case Holds.CURRENCY:
            return _currency(as_text(raw))
        case Holds.YES:
            return _yes(raw)
        case Holds.LIST:
            return read_list(as_text(raw))
        case Holds.LINKS:
            return read_links(as_text(raw))
        case _:
            return as_text(raw)


def _counted(number: int) -> str:
    return f"{number:,}".replace(",", "\u00a0")


def _code(raw: Raw) -> str:
    if isinstance(raw, datetime):
        raise BadCell(
            _("{found} is a date; a code must be text: give the cell the text format and type it again"), as_text(raw)
        )
    if not isinstance(raw, str):
        raise BadCell(
            _("{found} is a number; a code must be text: give the cell the text format and type it again"), as_text(raw)
        )
    code = unicodedata.normalize("NFC", raw)
    if not re.fullmatch(CODE, code):
        raise BadCell(
            _("“{found}” is not a code; letters and digits may stand here, with dots and hyphens between them"), raw
        )
    return code


def _owner(raw: Raw) -> str:
    if not isinstance(raw, str):
        return _code(raw)
    sheet, colon, code = raw.partition(":")
    return f"{sheet}:{_code(code.strip())}" if colon and sheet in ("goals", "tasks", "measures") else _code(raw)


def _number(raw: Raw, holds: Holds, languages: Sequence[str], warn: Warn) -> Decimal:
    number = plain_number(raw, languages, warn)
    found = as_text(raw)
    if holds is Holds.PERCENT and not 0 <= number <= 100:
        raise BadCell(_("{found} is not within 0–100"), found)
    if holds in (Holds.AMOUNT, Holds.MONEY) and number < 0:
        raise BadCell(_("{found} is negative; 0 or more may stand here"), found)
    if abs(number) >= _LARGEST.get(holds, _LARGEST_NUMBER):
        raise BadCell(_("{found} is too large a number"), found)
    places = _PLACES.get(holds, _MOST_PLACES)
    rounded = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    if rounded == number:
        return number
    if abs(rounded - number) >= _NOISE:
        warn(_("{found} is rounded to {number}"), found, number=written(rounded))
    return rounded


def _year(raw: Raw, languages: Sequence[str], warn: Warn) -> int:
    number = plain_number(raw, languages, warn)
    if number != number.to_integral_value() or int(number) not in YEARS:
        raise BadCell(_("{found} is not a year from {first} to {last}"), as_text(raw), first=YEARS[0], last=YEARS[-1])
    return int(number)


def _date(raw: Raw, warn: Warn) -> date:
    if isinstance(raw, datetime):
        if raw.time() != time():
            warn(_("the time of day in {found} is left out"), raw.isoformat(" "))
        day = raw.date()
    else:
        try:
            # Only the long form: Python would read 20260331 and 2026-W13 as well.
            if not isinstance(raw, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", raw, re.ASCII):
                raise ValueError(raw)
            day = date.fromisoformat(raw)
        except ValueError as problem:
            raise BadCell(_("“{found}” is not a date; write one as 2026-03-31"), as_text(raw)) from problem
    if day.year not in YEARS:
        raise BadCell(_("{found} is not a year from {first} to {last}"), day, first=YEARS[0], last=YEARS[-1])
    return day


def _period(raw: Raw, warn: Warn) -> Period:
    text = as_text(raw)
    if isinstance(raw, datetime) and raw.day == 1 and raw.time() == time():
        # A spreadsheet makes a date of 2026-09 as it is typed.
        warn(_("{found} is a date; it is read as the period {period}"), text, period=text[:7])
        text = text[:7]
    try:
        period = Period.parse(text)
        if period.year not in YEARS:
            raise ValueError(text)
    except ValueError as problem:
        raise BadCell(_("“{found}” is not a period; write 2026, 2026-H1, 2026-Q3 or 2026-09"), text) from problem
    return period


def _choice(raw: Raw, column: Column) -> Any:
    assert column.choice
    return column.choice(_one_of(as_text(raw), [member.value for member in column.choice]))


def _one_of(text: str, allowed: Sequence[str]) -> str:
    if text not in allowed:
        raise BadCell(_("“{found}” is not one of: {allowed}"), text, allowed=_listed(allowed))
    return text


def _listed(allowed: Sequence[str]) -> str:
    return ", ".join(allowed)


def _currency(text: str) -> str:
    if not re.fullmatch("[A-Z]{3}", text):
        raise BadCell(_("“{found}” is not a currency; write its three letters, for example EUR"), text)
    return text


def _yes(raw: Raw) -> bool:
    if isinstance(raw, bool):
        return raw
    return _one_of(as_text(raw), ("yes", "no")) == "yes"
