"""The rows of a return's sheet: a measure, an indicator's value, a line of money. Each checks itself, in words, at its
fields, and says what it would store; it stores nothing.
"""

from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from plan_pages.choices import NEEDS_REASON, Status
from plan_pages.editing.fields import NumberField, add_texts, check_texts, texts_of
from plan_pages.funds import funds
from plan_pages.monitoring import BudgetEntry, BudgetLine, Entry, IndicatorValue
from plan_pages.register import Indicator, Measure, in_language

TEXTS = ("note", "next", "reason")


class MeasureRow(forms.Form):
    """What is reported of a measure. Without a status nothing is reported of it."""

    def __init__(self, measure: Measure, entry: Entry | None, **kwargs: Any) -> None:
        super().__init__(prefix=f"measure-{measure.pk}", **kwargs)
        self.measure, self.entry = measure, entry
        self.fields["status"] = forms.ChoiceField(
            label=_("Status"),
            required=False,
            choices=[("", pgettext("status of a measure", "Not reported")), *Status.choices()],
            initial=entry.status if entry else "",
        )
        self.fields["percent"] = NumberField(
            label=_("Percent"),
            min_value=0,
            max_value=100,
            max_digits=15,
            decimal_places=12,
            initial=entry.percent if entry else None,
        )
        for name, label in (("note", _("What was done")), ("next", _("What is next")), ("reason", _("Reason"))):
            add_texts(self, name, label, getattr(entry, name) if entry else {})

    def clean(self) -> None:
        for name in TEXTS:
            check_texts(self, name)
        status, percent = self.cleaned_data.get("status"), self.cleaned_data.get("percent")
        if not status:
            if "status" in self.cleaned_data and (percent is not None or any(texts_of(self, name) for name in TEXTS)):
                self.add_error("status", _("Choose a status: without one nothing of this measure is kept."))
        elif status in NEEDS_REASON and not texts_of(self, "reason"):
            message = _("Say why: a measure that is delayed or stopped needs a reason.")
            self.add_error(f"reason_{settings.LANGUAGE_CODE}", message)
        elif status == Status.COMPLETED and percent is not None and percent != 100:
            self.add_error("percent", _("A completed measure stands at 100 percent."))

    @property
    def texts(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in ("status", "percent")]

    @property
    def has_texts(self) -> bool:
        """Whether there is something to read in the texts, or to correct."""
        return any(field.value() or field.errors for field in self.texts)

    @property
    def wanted(self) -> dict[str, Any] | None:
        """The columns of the entry, None where nothing is reported."""
        if not self.cleaned_data.get("status"):
            return None
        return {
            "status": self.cleaned_data["status"],
            "percent": self.cleaned_data["percent"],
            **{name: texts_of(self, name) for name in TEXTS},
        }


class ValueRow(forms.Form):
    """An indicator's actual for the period. Its interim target is the plan's: who only reports cannot move it."""

    def __init__(self, indicator: Indicator, value: IndicatorValue | None, may_set_target: bool, **kwargs: Any) -> None:
        super().__init__(prefix=f"indicator-{indicator.pk}", **kwargs)
        self.indicator, self.value = indicator, value
        number: dict[str, int] = {"max_digits": 24, "decimal_places": 12}
        self.fields["target"] = NumberField(
            label=_("Interim target"), initial=value.target if value else None, disabled=not may_set_target, **number
        )
        self.fields["actual"] = NumberField(label=_("Actual"), initial=value.actual if value else None, **number)
        self.fields["unavailable"] = forms.BooleanField(
            label=_("Not available"), required=False, initial=value.unavailable if value else False
        )
        add_texts(self, "note", _("Note"), value.note if value else {}, rows=1)

    def clean(self) -> None:
        check_texts(self, "note")
        if not self.cleaned_data.get("unavailable"):
            return
        if self.cleaned_data.get("actual") is not None:
            self.add_error("actual", _("Either an actual value, or “not available”."))
        if not texts_of(self, "note"):
            self.add_error(f"note_{settings.LANGUAGE_CODE}", _("Say why the value is not available."))

    @property
    def notes(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("note_")]

    @property
    def unit(self) -> str:
        return in_language(self.indicator.unit)

    @property
    def of(self) -> str:
        """The goal, task or measure that it belongs to."""
        return str(self.indicator.goal or self.indicator.task or self.indicator.measure)

    @property
    def wanted(self) -> dict[str, Any] | None:
        columns = {name: self.cleaned_data[name] for name in ("target", "actual", "unavailable")}
        columns["note"] = texts_of(self, "note")
        empty = columns["target"] is None and columns["actual"] is None and not columns["unavailable"]
        return None if empty and not columns["note"] else columns


class MoneyRow(forms.Form):
    """A line of money: of a measure, a year and a fund. An extra row lets the user name them."""

    def __init__(
        self,
        prefix: str,
        line: BudgetLine | None = None,
        entry: BudgetEntry | None = None,
        *,
        measure: Measure | None = None,
        measures: list[tuple[int, str]] = [],  # noqa: B006
        years: list[int] = [],  # noqa: B006
        **kwargs: Any,
    ) -> None:
        super().__init__(prefix=prefix, **kwargs)
        self.line, self.entry, self.measure = line, entry, measure
        self.stored = stored = entry or line
        self.is_extra = stored is None
        if stored is None:
            empty = ("", "—")
            known = [(code, f"{code} · {name}") for code, name in funds().items()]
            for name, label, choices in (
                ("measure", _("Measure"), measures),
                ("year", _("Year"), [(year, str(year)) for year in years]),
                ("fund", _("Fund"), known),
            ):
                self.fields[name] = forms.ChoiceField(label=label, required=False, choices=[empty, *choices])
        for name, label in (("planned", pgettext("money", "Planned")), ("spent", pgettext("money", "Spent"))):
            self.fields[name] = NumberField(
                label=label,
                min_value=0,
                max_digits=20,
                decimal_places=2,
                initial=getattr(stored, name) if stored else None,
            )

    def clean(self) -> None:
        if not self.is_extra or not any(self.cleaned_data.values()):
            return
        for name, message in (
            ("measure", _("Choose the measure.")),
            ("year", _("Choose the year.")),
            ("fund", _("Choose the fund.")),
        ):
            if name in self.cleaned_data and not self.cleaned_data[name]:
                self.add_error(name, message)
        if "planned" in self.cleaned_data and "spent" in self.cleaned_data and not self.is_amount:
            self.add_error("planned", _("Enter an amount."))

    @property
    def measure_field(self) -> forms.BoundField:
        return self["measure"]

    @property
    def is_amount(self) -> bool:
        return self.amounts != (None, None)

    @property
    def amounts(self) -> tuple[Decimal | None, Decimal | None]:
        return self.cleaned_data["planned"], self.cleaned_data["spent"]

    @property
    def place(self) -> tuple[int, int, str] | None:
        """Measure, year, fund; None for an extra row that was left empty."""
        if self.stored:
            return self.stored.measure_id, self.stored.year, self.stored.fund
        if not self.cleaned_data.get("measure"):
            return None
        return int(self.cleaned_data["measure"]), int(self.cleaned_data["year"]), self.cleaned_data["fund"]
