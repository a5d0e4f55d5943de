"""Rows of a return as a program sends them: typed values by their names, each row with the base that was read with it."""

import re
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field

from plan_pages.api.shapes import PeriodCode
from plan_pages.choices import Status
from plan_pages.languages import language_codes

MOST_ROWS = 500
PATTERN = r"-?[0-9]{1,40}(\.[0-9]{1,40})?"
TEXTS = ("note", "next", "reason")
NUMBERS = ("percent", "target", "actual", "sure", "planned", "spent")

# The pattern is told here and checked with the row: then what is wrong is said at its field, in the reader's language.
NumberSent = Annotated[str, Field(json_schema_extra={"pattern": f"^{PATTERN}$"}, examples=["12.5"])]
TextsSent = Annotated[dict[str, str], Field(examples=[{"lt": "Nupirkta"}])]
BaseSent = Annotated[str, Field(max_length=200, description="As it was read with the row.")]
_CLEARS = "Without it, it stays as it is; null clears it."
_TEXT = "Languages that are not named stay as they are; an empty text clears one."


def changed(description: str) -> Any:
    """A field that may be left out; null means nothing else than null."""

    def documented(schema: dict[str, Any]) -> None:
        schema.pop("default", None)

    return Field(default=None, description=description, json_schema_extra=documented)


class Sent(Schema):
    model_config = ConfigDict(extra="forbid")


class EntryChanges(Sent):
    """What is reported of a measure. Without a status nothing of it is kept."""

    base: BaseSent
    status: Status | None = changed(_CLEARS)
    percent: NumberSent | None = changed(_CLEARS)
    note: TextsSent = changed(f"What was done. {_TEXT}")
    next: TextsSent = changed(f"What is next. {_TEXT}")
    reason: TextsSent = changed(f"Why it is delayed or stopped. {_TEXT}")


class ValueChanges(Sent):
    """The value of an indicator for the period."""

    base: BaseSent
    target: NumberSent | None = changed(f"The interim target: coordinators set it. {_CLEARS}")
    actual: NumberSent | None = changed(_CLEARS)
    unavailable: bool = changed("There is no actual, and the note says why.")
    note: TextsSent = changed(_TEXT)
    sure: NumberSent | None = changed("The actual once more, to say that it is right though it looks odd.")


class MoneyChanges(Sent):
    """Money of a measure for a year from a fund. `base`: not of a line that is added."""

    base: BaseSent = ""
    planned: NumberSent | None = changed(_CLEARS)
    spent: NumberSent | None = changed(_CLEARS)


class EntrySent(EntryChanges):
    measure: UUID


class ValueSent(ValueChanges):
    indicator: UUID


class MoneySent(MoneyChanges):
    measure: UUID
    year: int = Field(ge=1990, le=2200)
    fund: str = Field(max_length=10)


class RowsSent(Sent):
    """All of them are stored, or none."""

    entries: list[EntrySent] = Field(default_factory=list, max_length=MOST_ROWS)
    values: list[ValueSent] = Field(default_factory=list, max_length=MOST_ROWS)
    money: list[MoneySent] = Field(default_factory=list, max_length=MOST_ROWS)


class ReturnBegun(Sent):
    """A chapter by its identity, and one of its plan's periods."""

    chapter: UUID
    period: PeriodCode


def fields_of(sent: Sent, *, whole: bool) -> dict[str, Any]:
    """The values as the fields of the grid's row take them. `whole`: what is not named is cleared, else it is left out."""
    given = sent.model_dump(exclude_unset=not whole, exclude={"measure", "indicator", "year", "fund", "base"})
    found: dict[str, Any] = {}
    for name, value in given.items():
        if name in TEXTS:
            texts = value or {}
            found |= {f"{name}_{code}": texts.get(code, "") for code in language_codes() if whole or code in texts}
        else:
            found[name] = _number(value) if name in NUMBERS else value
    return found


def unknown_languages(sent: Sent) -> list[tuple[str, str]]:
    """Names of texts, and languages in which they are not read here."""
    known = language_codes()
    return [(name, code) for name in TEXTS for code in getattr(sent, name, None) or {} if code not in known]


def _number(value: str | None) -> Decimal | str | None:
    if value is None:
        return None
    # The form reads numbers as people write them, with commas too. A program that means 1240 by 1,240 is told so.
    return Decimal(value) if re.fullmatch(PATTERN, value) else f"?{value}"
