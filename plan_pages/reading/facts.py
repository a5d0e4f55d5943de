"""What hangs on the register's rows, of all kinds in one query: each kind as rows of the same few columns of text.

A page may ask the database twelve times at most, and each of these tables would take one. As texts they come as they are
stored, and each is turned into a value once, where it is needed.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from decimal import Decimal
from json import loads
from typing import Any

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Cast

from plan_pages.choices import ReturnState
from plan_pages.domain.periods import Period
from plan_pages.domain.plan import Text
from plan_pages.evidence import Evidence
from plan_pages.languages import ordered
from plan_pages.monitoring import BudgetLine, ChapterReturn, Entry, IndicatorValue
from plan_pages.register import DeadlineChange, FormerPlace

COLUMNS = ("kind", "key", "other", "day", "written", "a", "b", "c", "d", "e")
Fact = tuple[Any, ...]
"""Of which row (`key`), with which other one (`other`), on which day, for which period, and up to five values."""


def facts(chapters: Sequence[int], read: Collection[int]) -> dict[str, dict[int, list[Fact]]]:
    """By kind and key. Of all `chapters` what was reported when, of those to `read` everything."""
    found: dict[str, dict[int, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    first, *others = _queries(chapters, read)
    for row in first.union(*others, all=True):
        found[row[0]][row[1]].append(row[2:])
    return found


def _queries(chapters: Sequence[int], read: Collection[int]) -> list[Any]:
    places = FormerPlace.objects.filter(measure__chapter__in=chapters, reported_until__isnull=False)
    # Also returns of chapters that some measure has left since.
    reporting = Q(chapter__in=chapters) | Q(chapter__in=places.values("chapter"))
    approved = ChapterReturn.objects.filter(reporting, state=ReturnState.APPROVED)
    entries = Entry.objects.filter(measure__chapter__in=read, chapter_return__state=ReturnState.APPROVED)
    last_day, period = "period__last_day", "period__period"
    return [
        _texts("return", approved, "chapter", "period", last_day, period, "approved_at"),
        _texts("place", places, "measure", "chapter", "reported_until", "", "pk"),
        _texts(
            "entry", entries, "measure", "measure", f"chapter_return__{last_day}", f"chapter_return__{period}",
            "status", "percent", "note", "next", "reason",
        ),
        _texts(
            "value", IndicatorValue.objects.filter(indicator__chapter__in=read), "indicator", "period", last_day, period,
            "target", "actual", "unavailable", "note",
        ),
        _texts("money", BudgetLine.objects.filter(measure__chapter__in=read), "measure", "measure", "year", "fund",
               "planned", "spent"),
        _texts("deadline", DeadlineChange.objects.filter(measure__chapter__in=read), "measure", "pk", "changed", "",
               "was", "became"),
        _texts(
            "evidence", Evidence.objects.public().filter(measure__chapter__in=read, chapter_return__chapter__in=chapters),
            "measure", "pk", f"chapter_return__{last_day}", f"chapter_return__{period}",
            "title", "url", "document__id", "document__file", "document__file_size",
        ),
    ]  # fmt: skip


def _texts(kind: str, rows: Any, key: str, other: str, day: str, written: str, *values: str) -> Any:
    nothing = Value(None, output_field=models.TextField())
    named = dict(zip(COLUMNS, ("", key, other, day, written, *values), strict=False))
    columns = {f"of_{name}": _text(named[name]) if named.get(name) else nothing for name in COLUMNS[3:]}
    rows = rows.order_by().annotate(of_kind=Value(kind), of_key=F(key), of_other=F(other), **columns)
    return rows.values_list(*(f"of_{name}" for name in COLUMNS))


def _text(column: str) -> Cast:
    return Cast(F(column), models.TextField())


# Texts to values


class Words(dict[str | None, Text]):
    """Texts of all languages as they are stored, each turned into a value once."""

    def __init__(self, languages: Sequence[str]) -> None:
        self.languages = languages
        self[None] = Text()

    def __missing__(self, written: str) -> Text:
        self[written] = text = Text.of(ordered(loads(written), self.languages))
        return text


class Numbers(dict[str | None, Decimal | None]):
    """Numbers as `number` gives them."""

    def __missing__(self, written: str | None) -> Decimal | None:
        self[written] = value = number(Decimal(written)) if written is not None else None
        return value


class Periods(dict[str, Period]):
    """Written periods to values, each parsed once."""

    def __missing__(self, written: str) -> Period:
        self[written] = period = Period.parse(written)
        return period


def number(value: Decimal | None) -> Decimal | None:
    """Without the zeros that the column's scale adds, and never in exponents: 5, not 5.000000000000, nor 1E+2."""
    if value is None:
        return None
    short = value.normalize()
    return short if short.as_tuple().exponent <= 0 else short.quantize(Decimal(1))  # type: ignore[operator]
