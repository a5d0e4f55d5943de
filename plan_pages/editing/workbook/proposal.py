"""What an upload asks for, held against what is stored now: row by row and cell by cell, was and becomes, what is wrong
and what deserves a second look. The checks are those of the row forms; nothing is stored here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from plan_pages import formats
from plan_pages.editing.workbook.book import plain
from plan_pages.editing.workbook.columns import YES, yes_words
from plan_pages.editing.workbook.reading import PROTECTED, Edit, Uploaded
from plan_pages.monitoring import Reported
from plan_pages.spreadsheet.problems import Findings, Problem


@dataclass(frozen=True, slots=True)
class Asked:
    """What is kept of an upload between its preview and its confirmation. `places` and `headers`: of a part's columns,
    where each stands in the file and what stands above it."""

    edits: Sequence[Edit]
    places: Mapping[str, Mapping[str, str]]
    headers: Mapping[str, Mapping[str, str]]

    @classmethod
    def of(cls, uploaded: Uploaded) -> "Asked":
        return cls(uploaded.edits, uploaded.places, uploaded.headers)

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> "Asked":
        edits = [
            Edit(**each | {"values": dict(each["values"]), "notes": dict(each["notes"])}) for each in told["edits"]
        ]
        return cls(edits, _of_pairs(told["places"]), _of_pairs(told["headers"]))

    def as_json(self) -> dict[str, Any]:
        """Mappings as pairs: PostgreSQL keeps the keys of objects in an order of its own."""
        edits = [
            asdict(edit) | {"values": [*edit.values.items()], "notes": [*edit.notes.items()]} for edit in self.edits
        ]
        return {"edits": edits, "places": _as_pairs(self.places), "headers": _as_pairs(self.headers)}


def _as_pairs(columns: Mapping[str, Mapping[str, str]]) -> list[Any]:
    return [[part, [*of_part.items()]] for part, of_part in columns.items()]


def _of_pairs(told: Sequence[Any]) -> dict[str, dict[str, str]]:
    return {part: dict(of_part) for part, of_part in told}


@dataclass(frozen=True, slots=True)
class Change:
    """A cell: its field and what stands above its column, what is stored and what would be. `notes`: what deserves a
    second look."""

    field: str
    name: str
    was: str
    becomes: str
    notes: Sequence[str] = ()


@dataclass(slots=True)
class RowChange:
    """`form`: the row's form with what would be stored."""

    title: str
    edit: Edit
    form: Any
    changes: list[Change] = field(default_factory=list)


class Proposal:
    """`rows`: those that would change. With a problem nothing is taken in."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.rows: list[RowChange] = []
        self.findings = Findings()

    @property
    def problems(self) -> tuple[Problem, ...]:
        return self.findings.errors(order_of(self.asked.places, {edit.part: edit.sheet for edit in self.asked.edits}))

    @property
    def is_good(self) -> bool:
        return not self.findings.any_error

    @property
    def cell_count(self) -> int:
        return sum(len(row.changes) for row in self.rows)

    @property
    def note_count(self) -> int:
        return sum(len(change.notes) for row in self.rows for change in row.changes)

    def of_part(self, part: str) -> list[RowChange]:
        return [row for row in self.rows if row.edit.part == part]

    # Building, by those who know the rows

    def add(self, edit: Edit, form: Any, title: str, fingerprint: str, stored: Reported | None) -> RowChange | None:
        """Bind the row's form to what is asked for. None where nothing of it is left to do: it is stored already."""
        values = {name: _value(form, name, text) for name, text in edit.values.items() if name in form.fields}
        if edit.key:
            values = {name: value for name, value in values.items() if plain(value) != plain(form.fields[name].initial)}
        if not values:
            return None
        if any(form.fields[name].disabled for name in values):
            for name in values:
                if form.fields[name].disabled:
                    self.error(edit, name, PROTECTED)
            return None
        if edit.key and edit.fingerprint != fingerprint:
            self.error(edit, next(iter(values)), stale(stored))
            return None
        row = RowChange(title, edit, form, [self._change(edit, form, name, values[name]) for name in values])
        bind(form, values)
        self.rows.append(row)
        return row

    def check(self, columns: Mapping[str, str] = MappingProxyType({})) -> None:
        """Put what the forms find wrong at its place in the file. `columns`: of fields that have another name there."""
        for row in self.rows:
            for name, errors in row.form.errors.items():
                for error in errors:
                    self.error(row.edit, columns.get(name, name), error)

    def place(self, edit: Edit, name: str) -> str:
        return self.asked.places.get(edit.part, {}).get(name, "")

    def value(self, form: Any, name: str, text: str) -> Any:
        """Of the type that the field of the form has."""
        return _value(form, name, text)

    def error(self, edit: Edit, name: str, message: Any) -> None:
        # A form's own message may hold braces: it is no pattern.
        self.findings.error(edit.sheet, edit.row, self.place(edit, name), _AS_IT_IS, said=str(message))

    def _change(self, edit: Edit, form: Any, name: str, value: Any) -> Change:
        notes = [edit.notes[name]] if name in edit.notes else []
        if name == "actual" and (doubt := form.doubt_about(value)):
            notes.append(doubt)
        return Change(
            name,
            self.asked.headers.get(edit.part, {}).get(name, ""),
            shown(form, name, form.fields[name].initial) if edit.key else "",
            shown(form, name, value),
            notes,
        )


SURE = "sure"
"""The field that answers the question whether an odd value is right."""
_AS_IT_IS = "{said}"
_STALE = gettext_lazy(
    "{person} changed this row on {time}, after the file was downloaded; download the workbook anew and fill the row in "
    "again"
)
_STALE_UNKNOWN = gettext_lazy(
    "this row has been changed since the file was downloaded; download the workbook anew and fill the row in again"
)


def stale(stored: Reported | None) -> str:
    """Who changed the row since, and when."""
    if stored is None or stored.changed_at is None:
        return str(_STALE_UNKNOWN)
    person = (
        stored.changed_by.get_full_name() or stored.changed_by.get_username() if stored.changed_by else _("Someone")
    )
    moment = date_format(timezone.localtime(stored.changed_at), "SHORT_DATETIME_FORMAT")
    return str(_STALE).format(person=person, time=moment)


def bind(form: Any, values: Mapping[str, Any]) -> None:
    """Give the form what would be posted: what is stored, with these values in their places."""
    posted = {name: field.initial for name, field in form.fields.items()} | dict(values)
    if SURE in form.fields:
        # What looks odd is said in the preview: confirming that is the answer.
        posted[SURE] = posted["actual"]
    form.data = {form.add_prefix(name): value for name, value in posted.items()}
    form.is_bound = True


def order_of(places: Mapping[str, Mapping[str, str]], sheets: Mapping[str, str]) -> dict[tuple[str, str], int]:
    """The order of problems: as the sheets and their columns stand in the file. `sheets`: part to its sheet's name."""
    order: dict[tuple[str, str], int] = {}
    for part, columns in places.items():
        for column in ("", *columns.values()):
            order[sheets.get(part, part), column] = len(order)
    return order


def _value(form: Any, name: str, text: str) -> Any:
    match form.fields[name]:
        case forms.BooleanField():
            return text == YES
        case forms.DecimalField():
            return Decimal(text) if text else None
    return text


def shown(form: Any, name: str, value: Any) -> str:
    """A field's value as a person reads it; "" for nothing."""
    match form.fields[name], value:
        case _field, None | "" | False:
            return ""
        case forms.BooleanField(), _yes:
            return yes_words()[YES]
        case forms.ChoiceField() as choice, _chosen:
            return str(dict(choice.choices).get(value, value))
        case _field, Decimal():
            return formats.number(Decimal(plain_number(value)), get_language() or settings.LANGUAGE_CODE)
    return str(value)


def plain_number(value: Decimal) -> str:
    """Without the zeros that a column of the database adds."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
