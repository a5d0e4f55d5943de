"""The rows of a return's sheet: a measure, an indicator's value, a line of money. Each checks itself, in words, at its
fields, and says what it would store; it stores nothing. Whoever posts a row may send the `base` that he read with it: then
a colleague's change is merged or refused, never overwritten (`editing.based`).
"""

from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from plan_pages import formats
from plan_pages.choices import NEEDS_REASON, Doubt, Status
from plan_pages.domain import plan as domain
from plan_pages.domain import plausibility
from plan_pages.editing.based import BasedForm
from plan_pages.editing.fields import NumberField, Options, add_texts, check_texts, texts_of
from plan_pages.funds import funds
from plan_pages.monitoring import BudgetEntry, BudgetLine, Entry, IndicatorValue
from plan_pages.reading.reported import number as reading_number
from plan_pages.register import Indicator, Measure, in_language

TEXTS = ("note", "next", "reason")


class MeasureRow(BasedForm):
    """What is reported of a measure. Without a status nothing is reported of it."""

    def __init__(self, measure: Measure, entry: Entry | None, **kwargs: Any) -> None:
        super().__init__(entry, prefix=f"measure-{measure.pk}", **kwargs)
        self.measure, self.entry = measure, entry
        self.fields["status"] = forms.ChoiceField(
            label=_("Status"),
            required=False,
            widget=Options,
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
    def done(self) -> forms.BoundField:
        """What was done, in the default language: it stands in the row."""
        return self[f"note_{settings.LANGUAGE_CODE}"]

    @property
    def more(self) -> list[forms.BoundField]:
        """The other texts in the default language."""
        return [self[f"{name}_{settings.LANGUAGE_CODE}"] for name in TEXTS[1:]]

    @property
    def translations(self) -> list[forms.BoundField]:
        default = f"_{settings.LANGUAGE_CODE}"
        return [self[name] for name in self.fields if name.startswith(tuple(TEXTS)) and not name.endswith(default)]

    @property
    def translations_open(self) -> bool:
        return any(field.errors for field in self.translations)

    @property
    def has_more(self) -> bool:
        return any(field.value() for field in (*self.more, *self.translations))

    @property
    def opens(self) -> bool:
        """Whether the texts that are folded away ask for attention."""
        return any(field.errors for field in (*self.more, *self.translations)) or self["status"].value() in NEEDS_REASON

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


class ValueRow(BasedForm):
    """An indicator's actual for the period. Its interim target is the plan's: who only reports cannot move it.

    `known`: the indicator as the plan knows it, with what was reported of it before; an actual that looks odd beside that
    is asked about (`domain.plausibility`). `sure` is the answer: the very number that is meant, as it was written.
    """

    def __init__(
        self,
        indicator: Indicator,
        value: IndicatorValue | None,
        may_set_target: bool,
        known: domain.Indicator | None = None,
        last: domain.Value | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(value, prefix=f"indicator-{indicator.pk}", **kwargs)
        self.indicator, self.value = indicator, value
        self.known, self.last, self.may_set_target = known, last, may_set_target
        self.question = self.asked_value = ""
        number: dict[str, int] = {"max_digits": 24, "decimal_places": 12}
        self.fields["target"] = NumberField(
            label=_("Interim target"), initial=value.target if value else None, disabled=not may_set_target, **number
        )
        self.fields["actual"] = NumberField(label=_("Actual"), initial=value.actual if value else None, **number)
        self.fields["unavailable"] = forms.BooleanField(
            label=_("Not available"), required=False, initial=value.unavailable if value else False
        )
        add_texts(self, "note", _("Note"), value.note if value else {}, rows=1)
        self.fields["sure"] = NumberField(label=_("Yes, the value is right"), **number)

    def clean(self) -> None:
        check_texts(self, "note")
        actual = self.cleaned_data.get("actual")
        if not self.cleaned_data.get("unavailable"):
            self._ask(actual)
            return
        if actual is not None:
            self.add_error("actual", _("Either an actual value, or “not available”."))
        if not texts_of(self, "note"):
            self.add_error(f"note_{settings.LANGUAGE_CODE}", _("Say why the value is not available."))

    def _ask(self, actual: Decimal | None) -> None:
        """An odd value is kept once somebody has said that it is right; asked again only of another one."""
        found = self.doubt_about(actual)
        if found is None:
            return
        if actual in (self.cleaned_data.get("sure"), self.value.confirmed if self.value else None):
            self.cleaned_data["confirmed"] = actual
            return
        self.question, self.asked_value = found, str(self.value_of("actual", actual))
        self.add_error("actual", found)

    def doubt_about(self, actual: Decimal | None) -> str | None:
        """What is asked about such a value, in words; None where nothing is odd."""
        if self.known is None or self.last is None:
            return None
        found = plausibility.doubt(self.known, self.last.actual, actual)
        if found is None or self.last.actual is None or actual is None:
            return None
        shown = reading_number(actual) or actual
        words = {
            Doubt.FALLS: _(
                "%(value)s is less than the last value, %(last)s (%(period)s), and a running total does not fall. "
                "Is it right?"
            ),
            Doubt.TEN_TIMES: _("%(value)s is ten times the last value, %(last)s (%(period)s), or more. Is it right?"),
            Doubt.A_TENTH: _("%(value)s is a tenth of the last value, %(last)s (%(period)s), or less. Is it right?"),
        }
        language = get_language() or settings.LANGUAGE_CODE
        return words[found] % {
            "value": formats.number(shown, language),
            "last": formats.number(self.last.actual, language),
            "period": formats.period(self.last.period, language, short=True),
        }

    @property
    def notes(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("note_")]

    @property
    def has_note(self) -> bool:
        return any(field.value() for field in self.notes)

    @property
    def opens(self) -> bool:
        return any(field.errors for field in self.notes) or bool(self["unavailable"].value())

    @property
    def unit(self) -> str:
        return in_language(self.indicator.unit)

    @property
    def of(self) -> str:
        """The goal, task or measure that it belongs to."""
        return str(self.indicator.goal or self.indicator.task or self.indicator.measure)

    @property
    def is_empty(self) -> bool:
        """Whether neither a value nor its absence is reported yet."""
        return self.value is None or (self.value.actual is None and not self.value.unavailable)

    @property
    def wanted(self) -> dict[str, Any] | None:
        columns = {name: self.cleaned_data[name] for name in ("target", "actual", "unavailable")}
        columns["note"] = texts_of(self, "note")
        empty = columns["target"] is None and columns["actual"] is None and not columns["unavailable"]
        if empty and not columns["note"]:
            return None
        return columns | {"confirmed": self.cleaned_data.get("confirmed")}


class MoneyRow(BasedForm):
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
        super().__init__(entry, prefix=prefix, **kwargs)
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
    def name(self) -> str:
        """“1.1.1.1, 2026 SB”."""
        return f"{self.measure.code}, {self.stored.year} {self.stored.fund}" if self.measure and self.stored else ""

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
        if not self.is_bound or not self.cleaned_data.get("measure"):
            return None
        return int(self.cleaned_data["measure"]), int(self.cleaned_data["year"]), self.cleaned_data["fund"]
