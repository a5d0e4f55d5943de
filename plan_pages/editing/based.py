"""A row that several people may write at once. It is posted with its base: a digest of every field as the writer read it.

What he left as he read it follows what is stored now. What he changed is kept where nobody else changed it; where
somebody did, the field is in conflict and the row is not stored. Posted without a base a row is taken as it is: whoever
does that has compared before (a workbook does, by `monitoring.fingerprint`).
"""

import hashlib
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format, localize_input
from django.utils.translation import gettext as _

from plan_pages.monitoring import Reported

BASE = "base"
ANSWERS = frozenset({"sure"})
"""Fields that answer a question about the row and are no part of it."""


class BasedForm(forms.Form):
    """`conflicts`: name of a field to what a colleague has stored in it. `followed`: the fields that were left as they were
    read. `stored_row`: in the database, or None."""

    data: Mapping[str, Any]

    def __init__(self, stored: Reported | None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.stored_row = stored
        self.conflicts: dict[str, Any] = {}
        self.followed: list[str] = []

    def __getitem__(self, name: str) -> forms.BoundField:
        """Its control says in which column it stands: the keyboard goes up and down in it."""
        field = super().__getitem__(name)
        field.field.widget.attrs["data-col"] = name
        return field

    @property
    def key(self) -> str:
        """The name of the row in what is posted and answered."""
        return str(self.prefix)

    @property
    def base_name(self) -> str:
        return self.add_prefix(BASE)

    @property
    def base(self) -> str:
        """What is stored now, a digest a field."""
        return ".".join(_digest(self.fields[name].initial) for name in self._shared)

    @property
    def _shared(self) -> list[str]:
        return [name for name in self.fields if name not in ANSWERS]

    def _clean_fields(self) -> None:
        super()._clean_fields()
        posted = self.data.get(self.base_name)
        if posted is None:
            return
        names = self._shared
        read = dict(zip(names, str(posted).split("."), strict=False))
        for name in names:
            if name not in self.cleaned_data or self.fields[name].disabled:
                continue
            stored = self.fields[name].initial
            mine, now = _digest(self.cleaned_data[name]), _digest(stored)
            if mine == read.get(name):
                self._follow(name, stored)
            elif now not in (mine, read.get(name)):
                self.conflicts[name] = stored

    def _follow(self, name: str, stored: Any) -> None:
        """In the field, too: shown again beside errors it must not bring the old text back."""
        self.followed.append(name)
        self.cleaned_data[name] = stored
        if _digest(self.data.get(self.add_prefix(name))) != _digest(stored):
            self.data = {**self.data, self.add_prefix(name): stored}

    def _post_clean(self) -> None:
        super()._post_clean()
        for name, stored in self.conflicts.items():
            if name not in self.errors:
                self.add_error(name, self.told_conflict(name, stored))

    @property
    def author(self) -> str:
        """Who wrote what is stored, "" where nobody is known."""
        row = self.stored_row
        if row is None or row.changed_by is None:
            return ""
        return row.changed_by.get_full_name() or row.changed_by.get_username()

    @property
    def written_at(self) -> str:
        """The time of day when what is stored was written; with the day, where that is another one."""
        if self.stored_row is None or self.stored_row.changed_at is None:
            return ""
        moment = timezone.localtime(self.stored_row.changed_at)
        is_today = moment.date() == timezone.localdate()
        return date_format(moment, "TIME_FORMAT" if is_today else "SHORT_DATETIME_FORMAT")

    def told_conflict(self, name: str, stored: Any) -> str:
        shown = self.shown(name, stored) or _("(empty)")
        if not self.stored_row:
            return _("A colleague has emptied this row meanwhile. Save again to keep yours.")
        return _("%(person)s changed this at %(time)s: “%(text)s”. Save again to keep yours.") % {
            "person": self.author or _("A colleague"),
            "time": self.written_at,
            "text": shown,
        }

    def value_of(self, name: str, value: Any) -> str | bool:
        """As the field's own control has it."""
        if isinstance(value, bool):
            return value
        if isinstance(value, Decimal):
            return str(localize_input(self.fields[name].prepare_value(value)))
        return "" if value is None else str(value)

    def shown(self, name: str, value: Any) -> str:
        """As a person reads it."""
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            return str(dict(field.choices).get(value, value or ""))
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        return str(self.value_of(name, value))

    @property
    def values(self) -> dict[str, str | bool]:
        """What is stored, as the controls have it."""
        return {name: self.value_of(name, self.fields[name].initial) for name in self._shared}


def _digest(value: Any) -> str:
    """Eight characters; the same for what a person sees as the same."""
    match value:
        case None | False:
            text = ""
        case Decimal():
            text = format(value.normalize(), "f")
        case _:
            text = str(value).replace("\r\n", "\n").strip()
    return hashlib.sha256(text.encode()).hexdigest()[:8] if text else ""
