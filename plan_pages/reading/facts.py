"""What hangs on the register's rows, of all kinds in one query: each kind as rows of the same few columns of text.

A page may ask the database twelve times at most, and each of these tables would take one. As texts they come as they are
stored, and each is turned into a value once, where it is needed.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from json import loads
from typing import Any

from django.db import connection
from wagtail.documents import get_document_model

from plan_pages.choices import ReturnState
from plan_pages.domain.plan import Text
from plan_pages.languages import ordered

Fact = tuple[Any, ...]
"""With which other row, which is the period where there is one, and up to six values."""


def facts(chapters: Sequence[int], read: Collection[int]) -> dict[str, dict[int, list[Fact]]]:
    """By kind and key. Of all `chapters` what was reported when, of those to `read` everything."""
    found: dict[str, dict[int, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    if not chapters:
        return found
    lists = {"chapters": chapters, "read": read or [0]}
    asked: list[int] = []

    def listed(match: re.Match[str]) -> str:
        asked.extend(lists[match[1]])
        return ", ".join(["%s"] * len(lists[match[1]]))

    query = re.sub(r"\{(chapters|read)\}", listed, _sql())
    with connection.cursor() as cursor:
        cursor.execute(query, asked)
        for row in cursor.fetchall():
            found[row[0]][row[1]].append(row[2:])
    return found


def _branch(kind: str, key: str, other: str, values: Sequence[str], rows: str) -> str:
    columns = [*(f"CAST({each} AS text)" for each in values), *["NULL"] * 6][:6]
    return f"SELECT '{kind}', {key}, {other}, {', '.join(columns)} FROM {rows}"


@cache
def _sql() -> str:
    """Written out, because the seven queries, put together by the ORM, take longer to put together than to be answered.
    The same on both databases."""
    document = get_document_model()._meta.db_table
    approved = f"state = '{ReturnState.APPROVED.value}'"
    of_measure = "JOIN plan_pages_measure m ON m.id = t.measure_id"
    of_return = f"JOIN plan_pages_chapterreturn r ON r.id = t.chapter_return_id AND r.{approved}"
    read = "WHERE m.chapter_id IN ({read})"
    places = (
        f"plan_pages_formerplace t {of_measure} WHERE m.chapter_id IN ({{chapters}}) AND t.reported_until IS NOT NULL"
    )
    return " UNION ALL ".join(
        (
            # All of the plan: what was reported has their keys.
            _branch(
                "period", "t.id", "t.id", ["t.last_day", "t.period"],
                "plan_pages_reportingperiod t "
                "WHERE t.plan_id IN (SELECT c.plan_id FROM plan_pages_chapter c WHERE c.id IN ({chapters}))",
            ),
            # Also returns of chapters that some measure has left since.
            _branch(
                "return", "t.chapter_id", "t.period_id", ["t.approved_at"],
                f"plan_pages_chapterreturn t WHERE t.{approved} AND (t.chapter_id IN ({{chapters}}) "
                f"OR t.chapter_id IN (SELECT t.chapter_id FROM {places}))",
            ),
            _branch("place", "t.measure_id", "t.chapter_id", ["t.reported_until", "t.id"], places),
            _branch(
                "entry", "t.measure_id", "r.period_id", ["t.status", "t.percent", "t.note", "t.next", "t.reason"],
                f"plan_pages_entry t {of_return} {of_measure} {read}",
            ),
            _branch(
                "value", "t.indicator_id", "t.period_id", ["t.target", "t.actual", "t.unavailable", "t.note"],
                f"plan_pages_indicatorvalue t JOIN plan_pages_indicator m ON m.id = t.indicator_id {read}",
            ),
            _branch(
                "money", "t.measure_id", "t.measure_id", ["t.year", "t.fund", "t.planned", "t.spent"],
                f"plan_pages_budgetline t {of_measure} {read}",
            ),
            _branch(
                "deadline", "t.measure_id", "t.id", ["t.changed", "t.was", "t.became"],
                f"plan_pages_deadlinechange t {of_measure} {read}",
            ),
            _branch(
                "evidence", "t.measure_id", "r.period_id",
                ["t.id", "t.title", "t.url", "d.id", "d.file", "d.file_size"],
                f"plan_pages_evidence t {of_return} {of_measure} LEFT JOIN {document} d ON d.id = t.document_id "
                f"{read} AND r.chapter_id IN ({{chapters}})",
            ),
        )
    )  # fmt: skip


# Texts to values


class Words(dict[str | None, Text]):
    """Texts of all languages as they are stored, each turned into a value once."""

    def __init__(self, languages: Sequence[str]) -> None:
        self.languages = languages
        self[None] = Text()

    def __missing__(self, written: str) -> Text:
        self[written] = text = Text.of(ordered(loads(written), self.languages))
        return text


class Lists(dict[str, list[Any]]):
    """Lists as they are stored; most are empty, and each is parsed once. Nobody changes them."""

    def __missing__(self, written: str) -> list[Any]:
        self[written] = found = loads(written)
        return found


class Numbers(dict[str | None, Decimal | None]):
    """Numbers as `number` gives them."""

    def __missing__(self, written: str | None) -> Decimal | None:
        self[written] = value = number(Decimal(written)) if written is not None else None
        return value


def number(value: Decimal | None) -> Decimal | None:
    """Without the zeros that the column's scale adds, and never in exponents: 5, not 5.000000000000, nor 1E+2."""
    if value is None:
        return None
    short = value.normalize()
    return short if short.as_tuple().exponent <= 0 else short.quantize(Decimal(1))  # type: ignore[operator]


def stored_id(written: str) -> str:
    """A public id as everyone writes it; SQLite keeps its digits only."""
    if len(written) != 32:
        return written
    return f"{written[:8]}-{written[8:12]}-{written[12:16]}-{written[16:20]}-{written[20:]}"


def stored_day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def stored_moment(written: str) -> datetime:
    """One database writes where it is valid, the other keeps it in UTC."""
    moment = datetime.fromisoformat(written)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
