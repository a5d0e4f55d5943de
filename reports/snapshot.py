"""A whole plan as canonical JSON and back: what an edition of a report is made from, remade from and archived with.

The same plan always gives the same bytes. Fields stand in alphabetical order and every field is written, so that the
file can be read in decades without this code. Decimals are strings with exactly the digits that they have, dates ISO,
a period as it is written in a workbook ("2026-Q3"), a text a mapping of language to text in the order of the plan.
Knows no database and no report.
"""

import json
import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from typing import Any, TypeAlias, Union, get_args, get_origin, get_type_hints

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plan_pages.domain.periods import Period
from plan_pages.domain.plan import Plan, Text

SCHEMA = "city-strategic-plan/snapshot"
VERSION = 1

Json: TypeAlias = Any
Decoder: TypeAlias = Callable[[Json, str], Any]


class SnapshotError(ValueError):
    """A snapshot that cannot be read, and in words why."""


def dump(plan: Plan) -> bytes:
    """The plan as canonical JSON."""
    document = {"plan": _encoded(plan), "schema": SCHEMA, "version": VERSION}
    written = json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    # Half of a surrogate pair has no UTF-8; JSON can name it, and `backslashreplace` happens to write it just so.
    return written.encode("utf-8", "backslashreplace")


def load(snapshot: bytes) -> Plan:
    """The plan that was dumped. Raises SnapshotError for anything else."""
    try:
        document = json.loads(snapshot.decode("utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise SnapshotError(_("The snapshot is damaged: it is not JSON in UTF-8.")) from error
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        raise SnapshotError(_("This is not a snapshot of a plan."))
    if document.get("version") != VERSION:
        raise SnapshotError(
            _("The snapshot has version %(found)s; this program reads version %(known)s.")
            % {"found": document.get("version"), "known": VERSION}
        )
    plan: Plan = _decoder(Plan)(document.get("plan"), "plan")
    return plan


def _encoded(value: Any) -> Json:
    match value:
        case None | bool():
            return value
        case Text():
            return dict(value.pairs)
        case Period() | Decimal():
            return str(value)
        case StrEnum():
            return value.value
        case str() | int():
            return value
        case date():
            return value.isoformat()
        case tuple():
            return [_encoded(item) for item in value]
        case Mapping():
            return {str(key): _encoded(value[key]) for key in sorted(value)}
    if is_dataclass(value) and not isinstance(value, type):
        return {name: _encoded(getattr(value, name)) for name in _names(type(value))}
    raise TypeError(f"a plan holds no {type(value).__name__}")


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(sorted(field.name for field in fields(kind)))


@cache
def _decoder(kind: Any) -> Decoder:
    """How a value of this type is read. Made once for each type that a plan is made of."""
    if kind in _PLAIN:
        return _PLAIN[kind]
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (types.UnionType, Union):
        return _optional(_decoder(next(each for each in arguments if each is not types.NoneType)))
    if origin is tuple:
        return _sequence(_decoder(arguments[0]))
    if origin is Mapping:
        return _mapping(_decoder(arguments[1]))
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        members = ", ".join(member.value for member in kind)
        return _read_by(kind, format_lazy(gettext_lazy("one of {values}"), values=members))
    if is_dataclass(kind) and isinstance(kind, type):
        return _record(kind)
    raise TypeError(f"a snapshot cannot hold {kind}")


def _fail(where: str, expected: str | Promise, found: Json) -> SnapshotError:
    words = _("The snapshot is damaged: at %(where)s there should be %(expected)s, there is %(found)s.")
    return SnapshotError(words % {"where": where, "expected": expected, "found": json.dumps(found)[:80]})


def _exactly(kind: type, expected: str | Promise) -> Decoder:
    def read(found: Json, where: str) -> Any:
        if type(found) is not kind:
            raise _fail(where, expected, found)
        return found

    return read


def _read_by(make: Callable[[str], Any], expected: str | Promise) -> Decoder:
    def read(found: Json, where: str) -> Any:
        try:
            if isinstance(found, str):
                return make(found)
        except (ValueError, InvalidOperation):
            pass
        raise _fail(where, expected, found)

    return read


def _number(written: str) -> Decimal:
    number = Decimal(written)
    if not number.is_finite():
        raise ValueError(written)
    return number


def _text(found: Json, where: str) -> Text:
    if not isinstance(found, dict) or not all(isinstance(text, str) for text in found.values()):
        raise _fail(where, gettext_lazy("a text in its languages"), found)
    return Text(tuple(found.items()))


def _optional(decoder: Decoder) -> Decoder:
    return lambda found, where: None if found is None else decoder(found, where)


def _sequence(decoder: Decoder) -> Decoder:
    def read(found: Json, where: str) -> tuple[Any, ...]:
        if not isinstance(found, list):
            raise _fail(where, gettext_lazy("a list"), found)
        return tuple(decoder(item, f"{where}[{place}]") for place, item in enumerate(found))

    return read


def _mapping(decoder: Decoder) -> Decoder:
    def read(found: Json, where: str) -> dict[str, Any]:
        if not isinstance(found, dict):
            raise _fail(where, gettext_lazy("a mapping"), found)
        return {key: decoder(item, f"{where}.{key}") for key, item in found.items()}

    return read


def _record(kind: type) -> Decoder:
    """Of a dataclass: what it does not know is an error; what an older program did not write has its default."""
    hints = get_type_hints(kind)
    decoders = {name: _decoder(hints[name]) for name in _names(kind)}

    def read(found: Json, where: str) -> Any:
        if not isinstance(found, dict):
            raise _fail(where, gettext_lazy("a record"), found)
        if unknown := sorted(found.keys() - decoders.keys()):
            raise SnapshotError(
                _("The snapshot has fields that this program does not know: %(names)s.")
                % {"names": ", ".join(f"{where}.{name}" for name in unknown)}
            )
        try:
            return kind(**{name: decoders[name](item, f"{where}.{name}") for name, item in found.items()})
        except TypeError as error:
            raise SnapshotError(_("The snapshot is damaged: %(where)s is incomplete.") % {"where": where}) from error

    return read


_PLAIN: dict[Any, Decoder] = {
    str: _exactly(str, gettext_lazy("a text")),
    int: _exactly(int, gettext_lazy("a whole number")),
    bool: _exactly(bool, gettext_lazy("true or false")),
    Decimal: _read_by(_number, gettext_lazy("a number in quotes")),
    date: _read_by(date.fromisoformat, gettext_lazy("a date")),
    Period: _read_by(Period.parse, gettext_lazy("a period")),
    Text: _text,
}
