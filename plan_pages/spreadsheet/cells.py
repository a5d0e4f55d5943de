"""What stands in a cell as a text or a number, whatever its column holds, or BadCell. Warnings go to whoever asked.

Texts are cleaned here, for reading and for writing alike. Nothing is guessed: a date where a number must be, a text
that is a different number in each of two languages are errors.
"""

import re
from collections.abc import Callable, Sequence
from datetime import datetime, time
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from plan_pages.spreadsheet.decode import Percentage, Raw
from plan_pages.spreadsheet.numbers import readings, written
from plan_pages.spreadsheet.problems import BadCell

Warn = Callable[..., None]
_DROPPED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]")


def clean(text: str, several_lines: bool, warn: Warn | None = None) -> str:
    """The text without what cannot be seen, in one line or several, without blanks around it."""
    kept = _DROPPED.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n"))
    if warn and _DROPPED.search(text):
        warn(_("“{found}” held control characters; they are left out"), text)
    if not several_lines and ("\n" in kept or "\t" in kept):
        kept = re.sub(r"[ \t]*\n[\n\t ]*|\t+", " ", kept)
        if warn and kept.strip() != text.strip():
            warn(_("“{found}” was in several lines; it is read as one"), kept)
    trimmed = kept.strip()
    if warn and trimmed != kept:
        warn(_("“{found}” had blanks around it; they are left out"), trimmed)
    return trimmed


def as_text(raw: Raw) -> str:
    """As a person sees it in the cell."""
    match raw:
        case str():
            return raw
        case bool():
            return "TRUE" if raw else "FALSE"
        case datetime():
            return raw.date().isoformat() if raw.time() == time() else raw.isoformat(" ")
        case Percentage():
            return f"{written(raw.number * 100)} %"
        case Decimal():
            return written(raw)
    raise TypeError(raw)


def plain_number(raw: Raw, languages: Sequence[str], warn: Warn) -> Decimal:
    """The number in the cell; of a cell that is shown as percent, the percents. Raises BadCell."""
    match raw:
        case bool() | datetime():
            what = _("{found} is a date, not a number") if isinstance(raw, datetime) else _("{found} is not a number")
            raise BadCell(what, as_text(raw))
        case Percentage():
            number = raw.number * 100
            warn(_("{found} is read as {number}"), as_text(raw), number=written(number))
            return number
        case Decimal():
            return raw
    found = readings(as_text(raw), languages)
    if not found:
        raise BadCell(_("“{found}” is not a number; write a number or leave the cell empty"), raw)
    if len(found) > 1:
        several = " / ".join(written(number) for number in sorted(found))
        raise BadCell(_("“{found}” may be read as {several}; write it as a number, not as text"), raw, several=several)
    number = found.pop()
    warn(_("“{found}” is text; it is read as the number {number}"), raw, number=written(number))
    return number
