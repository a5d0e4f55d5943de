"""The register's rows as they are stored: goals, tasks and measures in one query, indicators in another.

Both queries are written out once and are the same on both databases. Put together by the ORM each time, they take longer
to put together than to be answered. What the databases would give as values of different kinds comes as text.
"""

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from django.db import connection, models

from plan_pages.choices import Level
from plan_pages.reading.facts import stored_day, stored_id
from plan_pages.register import Goal, Indicator, Measure, Task

SHARED = ("id", "position", "public_id", "code", "title", "description", "weight", "retired_at")
MEASURES = ("responsible", "start", "end", "original_end", "partners", "milestones", "links", "tags")
_AS_TEXT = (models.DateField, models.DecimalField, models.JSONField, models.UUIDField)


class IndicatorRow(NamedTuple):
    """What is kept as JSON is as it is stored: many texts are the same, and each is turned into a value once."""

    id: int
    goal_id: Any  # exactly one of the three is there
    task_id: Any
    measure_id: Any
    chapter_id: int
    public_id: str
    code: str
    kind: str
    direction: str
    aggregate: str
    baseline: Decimal | None
    baseline_year: int | None
    target: Decimal | None
    target_year: int | None
    tolerance: Decimal | None
    threshold: Decimal | None
    next_update: Any
    title: str
    unit: str
    method: str
    source: str


def levels(chapters: Collection[int]) -> list[tuple[Any, ...]]:
    """Of each row: its level, the key of what it belongs to, then SHARED, then MEASURES, which are none for others."""
    return _answer(_levels(), chapters)


def indicators(chapters: Collection[int], numbers: Mapping[Any, Decimal | None]) -> Iterator[IndicatorRow]:
    """In their order: those in the plan, and those that left it together with what they belong to."""
    for row in map(IndicatorRow._make, _answer(_indicators(), chapters)):
        yield row._replace(
            public_id=stored_id(row.public_id),
            baseline=numbers[row.baseline],
            target=numbers[row.target],
            tolerance=numbers[row.tolerance],
            threshold=numbers[row.threshold],
            next_update=stored_day(row.next_update),
        )


def _answer(query: str, chapters: Collection[int]) -> list[tuple[Any, ...]]:
    if not chapters:
        return []
    listed = ", ".join(["%s"] * len(chapters))
    with connection.cursor() as cursor:
        cursor.execute(query.replace("{chapters}", listed), [*chapters] * query.count("{chapters}"))
        return list(cursor.fetchall())


@cache
def _levels() -> str:
    lacking = ["NULL"] * len(MEASURES)
    return " UNION ALL ".join(
        (
            _level(Measure, Level.MEASURE, "task", _columns(Measure, MEASURES)),
            _level(Task, Level.TASK, "goal", lacking),
            _level(Goal, Level.GOAL, "chapter", lacking),
        )
    )


def _level(model: type[models.Model], level: Level, above: str, own: list[str]) -> str:
    columns = [*_columns(model, (above, *SHARED)), *own]
    rows = f"{model._meta.db_table} t WHERE t.chapter_id IN ({{chapters}})"
    return f"SELECT '{level.value}', {', '.join(columns)} FROM {rows}"


@cache
def _indicators() -> str:
    owners = {"g": Goal, "k": Task, "m": Measure}
    joined = [
        f"LEFT JOIN {model._meta.db_table} {each} ON {each}.id = t.{model._meta.model_name}_id"
        for each, model in owners.items()
    ]
    with_owner = [f"t.retired_at = {each}.retired_at" for each in owners]
    return (
        f"SELECT {', '.join(_columns(Indicator, IndicatorRow._fields))} "
        f"FROM {Indicator._meta.db_table} t {' '.join(joined)} "
        f"WHERE t.chapter_id IN ({{chapters}}) AND (t.retired_at IS NULL OR {' OR '.join(with_owner)}) "
        "ORDER BY t.position, t.id"
    )


def _columns(model: type[models.Model], names: Collection[str]) -> list[str]:
    return [_column(model._meta.get_field(name)) for name in names]


def _column(field: Any) -> str:
    written = f"t.{connection.ops.quote_name(field.column)}"
    return f"CAST({written} AS text)" if isinstance(field, _AS_TEXT) else written
