"""Rows that a program sends, written by the grid's own deed: all of them or none, and what is wrong told at its place."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from plan_pages.api.language import unknown_language
from plan_pages.api.return_posted import EntrySent, MoneySent, ValueSent, fields_of, unknown_languages
from plan_pages.api.return_shapes import RowFault
from plan_pages.editing import returns
from plan_pages.editing.based import BASE
from plan_pages.editing.refusal import Refused
from plan_pages.editing.sheet import EXTRA, MOST_LINES, ReturnSheet, rows_posted
from plan_pages.languages import language_codes
from plan_pages.monitoring import ChapterReturn
from plan_pages.permissions import is_coordinator
from plan_pages.register import Indicator, Measure

Place = tuple[str | int, ...]
RowSent = EntrySent | ValueSent | MoneySent
RowLists = Mapping[str, Sequence[RowSent]]


@dataclass(slots=True)
class Outcome:
    """`keys`: of the rows that were sent, as they are stored now. `conflicts`: of those that a colleague has changed."""

    keys: list[str] = field(default_factory=list)
    faults: list[RowFault] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)


def write(
    found: ChapterReturn,
    user: Any,
    sent: RowLists,
    *,
    whole: bool = False,
    at: Place | None = None,
) -> Outcome:
    """`sent`: entries, values, money, by the names of their lists. `whole`: a row is replaced, what is not named in it is
    cleared. `at`: the place of a row that was sent alone."""
    asked = [
        (at if at is not None else ("body", "data", name, number), row)
        for name, rows in sent.items()
        for number, row in enumerate(rows)
    ]
    return _Writing(found, user, whole, asked).outcome()


class _Writing:
    def __init__(self, found: ChapterReturn, user: Any, whole: bool, asked: list[tuple[Place, RowSent]]) -> None:
        self.found, self.user, self.whole, self.asked = found, user, whole, asked
        self.places: dict[str, Place] = {}
        self.faults: list[RowFault] = []

    def outcome(self) -> Outcome:
        data = self._data()
        if self.faults or not self.asked:
            return Outcome(faults=self.faults)
        sheet = self._record(data)
        answer = Outcome()
        for row in sheet.bound:
            place = self.places[row.key]
            answer.faults += [_fault(row, name, place, data, errors) for name, errors in row.errors.items()]
            if row.conflicts:
                answer.conflicts.append(row.key)
            extra = row.key.startswith(EXTRA) and not row.errors
            answer.keys.append("money-{}-{}-{}".format(*row.place) if extra and row.place else row.key)
        return answer

    @transaction.atomic
    def _record(self, data: dict[str, Any]) -> ReturnSheet:
        sheet = returns.record(self.found, self.user, data)
        if set(rows_posted(data)) - {row.key for row in sheet.bound}:
            # It has left the return since it was looked at.
            raise Refused(_("This row is no longer in the return."))
        return sheet

    def _data(self) -> dict[str, Any]:
        """What the form of the grid would send, with what is stored now in the fields that are not named."""
        asked = {row.indicator if isinstance(row, ValueSent) else row.measure for _place, row in self.asked}
        self._keys = {
            row.public_id: row.pk
            for model in (Measure, Indicator)
            for row in model.objects.filter(public_id__in=asked, plan=self.found.chapter.plan_id)
        }
        keys = [self._key(row) for _place, row in self.asked]
        sheet = ReturnSheet(self.found, only=keys, may_set_targets=is_coordinator(self.user))
        stored = {row.key: row for row in sheet.rows if row.key in set(keys)}
        data: dict[str, Any] = {}
        added = 0
        for (place, row), key in zip(self.asked, keys, strict=True):
            for name, code in unknown_languages(row):
                self._refuse((*place, name, code), unknown_language(), "unknown_language")
            if key in self.places:
                self._refuse(place, _("This row is sent twice."), "repeated_row")
                continue
            self.places[key] = place
            if key in stored:
                data |= self._of_stored(key, row, stored[key], place)
            elif isinstance(row, MoneySent):
                line = f"{EXTRA}{added}"
                self.places[line] = place
                data |= self._of_line(line, row)
                added += 1
            else:
                name = "indicator" if isinstance(row, ValueSent) else "measure"
                self._refuse((*place, name), _("This row is no longer in the return."), "unknown_row")
        if added > MOST_LINES:
            self._refuse(("body", "data", "money"), _("More than %(limit)d rows at once.") % {"limit": MOST_LINES})
        return data

    def _key(self, row: RowSent) -> str:
        match row:
            case ValueSent():
                return f"indicator-{self._keys.get(row.indicator, 0)}"
            case EntrySent():
                return f"measure-{self._keys.get(row.measure, 0)}"
        return f"money-{self._keys.get(row.measure, 0)}-{row.year}-{row.fund}"

    def _of_stored(self, key: str, sent: RowSent, row: Any, place: Place) -> dict[str, Any]:
        given = fields_of(sent, whole=self.whole)
        target = row.fields.get("target")
        if target is not None and target.disabled:
            if "target" in sent.model_fields_set and given["target"] != target.initial:
                self._refuse((*place, "target"), _("Interim targets are set by the coordinating group."), "denied")
            given.pop("target", None)
        data = {f"{key}-{name}": given.get(name, each.initial) for name, each in row.fields.items()}
        return data | {f"{key}-{BASE}": sent.base}

    def _of_line(self, key: str, sent: MoneySent) -> dict[str, Any]:
        given = fields_of(sent, whole=True)
        place = {"measure": str(self._keys.get(sent.measure, 0)), "year": str(sent.year), "fund": sent.fund}
        return {f"{key}-{name}": value for name, value in {**place, **given}.items()}

    def _refuse(self, place: Sequence[str | int], message: str, kind: str = "invalid") -> None:
        self.faults.append({"type": kind, "loc": list(place), "msg": str(message)})


def _fault(row: Any, name: str, place: Place, data: dict[str, Any], errors: Sequence[str]) -> RowFault:
    is_asked = name == "actual" and bool(getattr(row, "question", ""))
    found: RowFault = {
        "type": "conflict" if name in row.conflicts else "question" if is_asked else "invalid",
        "loc": [*place, *_named(name)],
        "msg": " ".join(str(each) for each in errors),
    }
    if is_asked:
        found["sure"] = f"{data[f'{row.key}-{name}']:f}"
    return found


def _named(field_name: str) -> Iterator[str]:
    """A field of the grid by its names in the API: a text is a mapping of languages."""
    name, dash, code = field_name.partition("_")
    yield from (name, code) if dash and code in language_codes() else (field_name,)
