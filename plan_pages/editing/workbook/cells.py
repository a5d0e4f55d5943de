"""What a cell of an uploaded workbook says, as a value of its column, or BadCell. Numbers are read as the language of
the file writes them, words of a list in any language of the site."""

from collections.abc import Callable
from datetime import datetime, time
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from django.conf import settings
from django.utils import translation
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from plan_pages.editing.workbook.book import NUMBERS, Column, Holds, Value
from plan_pages.editing.workbook.columns import YES, status_words, yes_words
from plan_pages.spreadsheet.cells import as_text, clean, plain_number
from plan_pages.spreadsheet.decode import Fault, Percentage, Raw
from plan_pages.spreadsheet.numbers import readings, written
from plan_pages.spreadsheet.problems import BadCell

Note = Callable[[str], object]
_PLACES = {Holds.MONEY: 2}
_MOST_PLACES = 12
# What is smaller than this beyond the last place is the noise of a spreadsheet's arithmetic.
_NOISE = Decimal("0.000001")
_LARGEST = Decimal(10) ** 12


def folded(text: str) -> str:
    """One writing of words that differ in blanks and capitals alone."""
    return " ".join(clean(text, several_lines=False).split()).casefold()


def text_of(raw: Raw | None, column: Column) -> str:
    """A part of what a line is found by. Raises BadCell for a code that is not text."""
    if raw is None:
        return ""
    if isinstance(raw, Fault):
        raise BadCell(raw.message, raw.found)
    if isinstance(raw, str):
        return clean(raw, several_lines=False)
    if column.holds is Holds.CODE:
        message = _("{found} is not text; a code must be text: give the cell the text format and type it again")
        raise BadCell(message, as_text(raw))
    return as_text(raw)


def typed(raw: Raw | None, column: Column, language: str, note: Note) -> Value:
    """The value; None or "" for an empty cell. Raises BadCell."""
    if raw is None:
        return None
    if isinstance(raw, Fault):
        raise BadCell(raw.message, raw.found)
    match column.holds:
        case Holds.CHOICE:
            return _choice(raw, column)
        case Holds.DAY if isinstance(raw, datetime) and raw.time() == time():
            return raw.date()
        case holds if holds in NUMBERS:
            if isinstance(raw, str) and not clean(raw, several_lines=False):
                return None
            return _number(raw, column, language, note)
    return clean(as_text(raw), several_lines=True)


def _choice(raw: Raw, column: Column) -> str:
    word = folded(as_text(raw))
    if not word:
        return ""
    known = _known_words(YES in column.words)
    if word not in known:
        raise BadCell(_("“{found}” is not one of: {allowed}"), as_text(raw), allowed=", ".join(column.words.values()))
    return known[word]


@cache
def _known_words(is_answer: bool) -> dict[str, str]:
    """Every word that stands for a value, in the languages of the site, and the value itself."""
    known = {"true": YES, "1": YES, "false": "", "0": ""} if is_answer else {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            words = yes_words() if is_answer else status_words()
            known |= {folded(word): value for value, word in words.items()} | {folded(value): value for value in words}
            if is_answer:
                known[folded(pgettext("answer", "No"))] = ""
    return known


def _number(raw: Raw, column: Column, language: str, note: Note) -> Decimal:
    shown = as_text(raw)
    if isinstance(raw, Percentage):
        number = raw.number * 100
        if column.holds is not Holds.PERCENT:
            note(_said(_("{found} is read as {number}"), shown, number))
    elif isinstance(raw, str) and len(own := readings(shown, [language])) == 1:
        # The file is in this language: so are its numbers.
        number = own.pop()
        note(_said(_("“{found}” is text; it is read as the number {number}"), shown, number))
    else:
        told: list[str] = []
        number = plain_number(
            raw,
            [code for code, _name in settings.LANGUAGES],
            lambda message, found, **named: told.append(str(message).format(found=found, **named)),
        )
        for each in told:
            note(each)
    if abs(number) >= _LARGEST * (10**6 if column.holds is Holds.MONEY else 1):
        raise BadCell(_("{found} is too large a number"), shown)
    if column.holds is Holds.PERCENT and 0 < number < 1 and not isinstance(raw, Percentage):
        note(str(format_lazy(_("{found} is less than one percent"), found=shown)))
    return _rounded(number, column, shown, note)


def _rounded(number: Decimal, column: Column, shown: str, note: Note) -> Decimal:
    rounded = number.quantize(Decimal(1).scaleb(-_PLACES.get(column.holds, _MOST_PLACES)), ROUND_HALF_UP)
    if rounded == number:
        return number
    if abs(rounded - number) >= _NOISE:
        note(_said(_("{found} is rounded to {number}"), shown, rounded))
    return rounded


def _said(message: object, found: str, number: Decimal) -> str:
    return str(message).format(found=found, number=written(number))
