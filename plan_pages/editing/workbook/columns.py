"""The columns of workbooks for people, under the words of the screens. Keys of what is filled in are names of the row
forms' fields."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from plan_pages.choices import Status
from plan_pages.editing.workbook.book import Column, Holds, Use, Value
from plan_pages.languages import language_codes

YES = "yes"


def status_words() -> dict[str, str]:
    return {status.value: status.label for status in Status}


def yes_words() -> dict[str, str]:
    return {YES: pgettext("answer", "Yes")}


def texts(name: str, label: str, width: int) -> Iterator[Column]:
    """One column a language, the default one first: the keys of `fields.add_texts`."""
    languages = dict(settings.LANGUAGES)
    for code in language_codes():
        header = _("%(label)s (%(language)s)") % {"label": label, "language": str(languages[code]).lower()}
        yield Column(f"{name}_{code}", header, Holds.PROSE, width, Use.OPEN)


def measure_columns() -> list[Column]:
    by_text = [
        list(texts(name, label, 34))
        for name, label in (("note", _("What was done")), ("next", _("What is next")), ("reason", _("Reason")))
    ]
    return [
        Column("code", _("Code"), Holds.CODE, 11),
        Column("title", _("Measure"), Holds.LINE, 42),
        Column("end", _("End"), Holds.DAY, 13),
        Column("last_status", _("Last status"), Holds.LINE, 15, Use.BEFORE),
        Column("last_percent", _("Last percent"), Holds.PERCENT, 14, Use.BEFORE),
        Column("status", _("Status"), Holds.CHOICE, 17, Use.OPEN, status_words()),
        Column("percent", _("Percent"), Holds.PERCENT, 12, Use.OPEN),
        # Language by language: whoever writes in one finds the columns side by side.
        *(column for columns in zip(*by_text, strict=True) for column in columns),
        Column("last_texts", _("What was reported last"), Holds.LINE, 42, Use.BEFORE),
    ]


def _reported_columns(may_set_targets: bool) -> list[Column]:
    return [
        Column("unit", _("Unit"), Holds.LINE, 14),
        Column("last", _("Last value"), Holds.NUMBER, 12, Use.BEFORE),
        Column("last_period", _("Last period"), Holds.LINE, 13, Use.BEFORE),
        Column("expected", _("Expected"), Holds.NUMBER, 12),
        Column("final", _("Target"), Holds.NUMBER, 12),
        Column("target", _("Interim target"), Holds.NUMBER, 13, Use.OPEN if may_set_targets else Use.KNOWN),
        Column("actual", _("Actual"), Holds.NUMBER, 13, Use.OPEN),
        Column("unavailable", _("Not available"), Holds.CHOICE, 13, Use.OPEN, yes_words()),
        *texts("note", _("Note"), 34),
    ]


def indicator_columns(may_set_targets: bool) -> list[Column]:
    return [
        Column("code", _("Code"), Holds.CODE, 15),
        Column("title", _("Indicator"), Holds.LINE, 40),
        Column("of", _("Of"), Holds.LINE, 32),
        *_reported_columns(may_set_targets),
    ]


def plan_indicator_columns() -> list[Column]:
    return [
        Column("code", _("Code"), Holds.CODE, 15),
        Column("title", _("Indicator"), Holds.LINE, 40),
        Column("of", _("Of"), Holds.LINE, 32),
        Column("responsible", _("Responsible"), Holds.LINE, 26),
        *_reported_columns(may_set_targets=True),
    ]


def money_columns(currency: str) -> list[Column]:
    def amount(text: str) -> str:
        return f"{text}, {currency}" if currency else text

    planned, spent = pgettext("money", "Planned"), pgettext("money", "Spent")
    return [
        Column("code", _("Code"), Holds.CODE, 11),
        Column("title", _("Measure"), Holds.LINE, 42),
        Column("year", _("Year"), Holds.YEAR, 9),
        Column("fund", _("Fund"), Holds.CODE, 14),
        Column("last_planned", amount(_("Planned in the plan")), Holds.MONEY, 19, Use.BEFORE),
        Column("last_spent", amount(_("Spent by the plan")), Holds.MONEY, 19, Use.BEFORE),
        Column("planned", amount(planned), Holds.MONEY, 19, Use.OPEN),
        Column("spent", amount(spent), Holds.MONEY, 19, Use.OPEN),
    ]


def stored(form: Any) -> Mapping[str, Value]:
    """What the fields of a row's form hold now, by their names."""
    return {name: field.initial for name, field in form.fields.items()}
