"""What has changed in a return since somebody read it: its version in one query, and the rows that are others now."""

import hashlib
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery

from plan_pages.comments import RowComment
from plan_pages.editing.sheet import ReturnSheet
from plan_pages.evidence import Evidence
from plan_pages.monitoring import BudgetEntry, ChapterReturn, Entry, IndicatorValue
from plan_pages.register import Indicator

OVERLAP = timedelta(seconds=10)
"""A row has its time before its transaction ends: what was written shortly before the last look is looked at again."""


def version(chapter_return: ChapterReturn) -> str:
    """Another one as soon as anything of the return is: its state, a row, a comment, a piece of evidence. One query."""
    of_return = {"chapter_return": OuterRef("pk")}
    sources: list[tuple[QuerySet[Any], str]] = [
        (Entry.objects.filter(**of_return), "changed_at"),
        (
            IndicatorValue.objects.filter(indicator__chapter=OuterRef("chapter_id"), period=OuterRef("period_id")),
            "changed_at",
        ),
        (BudgetEntry.objects.filter(**of_return), "changed_at"),
        (RowComment.objects.filter(**of_return), "created_at"),
        (RowComment.objects.filter(**of_return), "settled_at"),
        (Evidence.objects.filter(**of_return), "added_at"),
    ]
    told: dict[str, Any] = {}
    for number, (rows, column) in enumerate(sources):
        grouped = rows.order_by().annotate(one=F("id") - F("id")).values("one")
        told[f"newest_{number}"] = Subquery(grouped.annotate(newest=Max(column)).values("newest"))
        told[f"count_{number}"] = Subquery(grouped.annotate(count=Count("pk")).values("count"))
    row = (
        ChapterReturn.objects.filter(pk=chapter_return.pk)
        .annotate(**told)
        .values_list("state", "submitted_at", "approved_at", "period__locked_at", *told)
        .get()
    )
    return hashlib.sha256(repr(row).encode()).hexdigest()[:20]


def stored_keys(chapter_return: ChapterReturn, since: datetime | None) -> tuple[list[str], list[str]]:
    """The keys of all rows that have something stored, and of those written since then."""
    newer = Q(changed_at__gte=since - OVERLAP) if since else Q(pk__isnull=False)
    entries = chapter_return.entries
    reported = Indicator.objects.reported_by(chapter_return.chapter_id, chapter_return.period.last_day)
    values = IndicatorValue.objects.filter(indicator__in=reported.values("pk"), period=chapter_return.period_id)
    money = chapter_return.budget_entries

    def keys(narrowed: Q) -> list[str]:
        return [
            *(f"measure-{key}" for key in entries.filter(narrowed).values_list("measure_id", flat=True)),
            *(f"indicator-{key}" for key in values.filter(narrowed).values_list("indicator_id", flat=True)),
            *(
                f"money-{measure}-{year}-{fund}"
                for measure, year, fund in money.filter(narrowed).values_list("measure_id", "year", "fund")
            ),
        ]

    return keys(Q()), keys(newer)


def rows_now(chapter_return: ChapterReturn, keys: list[str], **options: Any) -> dict[str, Any]:
    """These rows as they are stored now, by their keys."""
    if not keys:
        return {}
    wanted = set(keys)
    return {row.key: row for row in ReturnSheet(chapter_return, only=keys, **options).rows if row.key in wanted}
