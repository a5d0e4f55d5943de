"""A plan written as a workbook. What is read back is equal in everything that the workbook carries.

What has left the plan (retired) is not written: the workbook is the plan as it stands.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from plan_pages.domain.plan import Indicator, Link, Measure, Milestone, Plan, Task, Text
from plan_pages.exchange.workbook.columns import PLAN, TABLES, Column, Holds, Sheet
from plan_pages.exchange.workbook.lists import write_links, write_list, write_milestones
from plan_pages.spreadsheet.cells import clean
from plan_pages.spreadsheet.writing import Cell, SheetCells, SheetColumn, Style, xlsx, xlsx_as_sent

Row = Mapping[str, Any]
_CODES = (Holds.CODE, Holds.OWNER, Holds.PERIOD, Holds.FUND, Holds.CHOICE, Holds.CURRENCY, Holds.YES)
_NUMBERS = (Holds.NUMBER, Holds.AMOUNT, Holds.MONEY, Holds.PERCENT, Holds.YEAR)
_WIDE, _MIDDLE, _NARROW = 60, 36, 14


def write(plan: Plan, *, languages: Sequence[str]) -> bytes:
    """The workbook's bytes, the same for equal plans. `languages`: one column each for every text, default first."""
    return xlsx(*_content(plan, tuple(languages)))


def write_as_sent(plan: Plan, *, languages: Sequence[str]) -> Iterator[bytes]:
    """The same values in an archive that is made while it goes out."""
    return xlsx_as_sent(*_content(plan, tuple(languages)))


def _content(plan: Plan, languages: tuple[str, ...]) -> tuple[str, list[SheetCells]]:
    """The workbook's title and its sheets."""
    rows = _rows(plan)
    tables = [_table(sheet, rows[sheet.name], languages) for sheet in TABLES]
    return clean(plan.title.best(languages[0]), several_lines=False), [_plan_sheet(plan, languages), *tables]


def _plan_sheet(plan: Plan, languages: tuple[str, ...]) -> SheetCells:
    rows: list[tuple[Cell, Cell]] = []
    for column in PLAN.columns:
        value = getattr(plan, column.key)
        rows += zip(column.keys(languages), _cells(column, value, languages), strict=True)
    return SheetCells(
        PLAN.name, (SheetColumn("key", Style.CODE, _NARROW), SheetColumn("value", Style.LINE, _WIDE)), rows
    )


def _table(sheet: Sheet, rows: Sequence[Row], languages: tuple[str, ...]) -> SheetCells:
    used = [column for column in sheet.columns if not column.extra or any(_given(row[column.key]) for row in rows)]
    columns = [_column(column, key) for column in used for key in column.keys(languages)]
    return SheetCells(
        sheet.name,
        columns,
        [[cell for column in used for cell in _cells(column, row[column.key], languages)] for row in rows],
    )


def _given(value: Any) -> bool:
    """Zero is given as well; no text, no list and no mark are not."""
    return isinstance(value, Decimal) or bool(value)


def _column(column: Column, key: str) -> SheetColumn:
    allowed = tuple(member.value for member in column.choice) if column.choice else ()
    if column.holds in _NUMBERS:
        return SheetColumn(key, Style.NUMBER, _NARROW)
    if column.holds is Holds.DATE:
        return SheetColumn(key, Style.DATE, _NARROW)
    if column.holds in _CODES:
        return SheetColumn(key, Style.CODE, _NARROW, allowed)
    if column.holds is Holds.LINE:
        return SheetColumn(key, Style.LINE, _WIDE if column.required else _MIDDLE)
    return SheetColumn(key, Style.PROSE, _MIDDLE if column.holds is Holds.LIST else _WIDE)


def _cells(column: Column, value: Any, languages: tuple[str, ...]) -> Iterator[Cell]:
    """One cell, or one for each language."""
    match column.holds:
        case Holds.MILESTONES:
            lines = [Milestone(_one_line(milestone.title), milestone.date) for milestone in value]
            yield from (write_milestones(lines, language) for language in languages)
        case Holds.LINKS:
            yield write_links([Link(clean(link.title, False), clean(link.url, False)) for link in value])
        case Holds.LIST:
            yield write_list([item for item in (clean(item, False) for item in value) if item])
        case Holds.YES:
            yield "yes" if value else None
        case Holds.CODE | Holds.OWNER:
            yield unicodedata.normalize("NFC", clean(value, False))
        case Holds.DATE | Holds.YEAR:
            yield value
        case Holds.PERIOD | Holds.CHOICE:
            yield None if value is None else str(value)
        case _ if column.holds in _NUMBERS:
            yield None if value is None else Decimal(value)
        case _:
            lines_allowed = column.holds is Holds.PROSE
            texts = [value.get(language) for language in languages] if isinstance(value, Text) else [value]
            yield from (clean(text, lines_allowed) for text in texts)


def _one_line(text: Text) -> Text:
    return Text.of({language: clean(words, False) for language, words in text.pairs})


def _fields(value: object, sheet: str) -> dict[str, Any]:
    """The value's own fields for the columns of a sheet that are named like them."""
    columns = next(table.columns for table in TABLES if table.name == sheet)
    return {column.key: getattr(value, column.key) for column in columns if hasattr(value, column.key)}


def _rows(plan: Plan) -> dict[str, list[Row]]:
    rows: dict[str, list[Row]] = {sheet.name: [] for sheet in TABLES}
    owners = _owners(plan)
    rows["groups"] += (_fields(group, "groups") for group in plan.groups)
    for chapter in _standing(plan.chapters):
        rows["chapters"].append(_fields(chapter, "chapters"))
        for goal in _standing(chapter.goals):
            rows["goals"].append({**_fields(goal, "goals"), "chapter": chapter.code})
            _add_indicators(rows, goal.indicators, "goals", goal.code, owners)
            for task in _standing(goal.tasks):
                rows["tasks"].append({**_fields(task, "tasks"), "goal": goal.code})
                _add_indicators(rows, task.indicators, "tasks", task.code, owners)
                for measure in _standing(task.measures):
                    _add_measure(rows, measure, task)
                    _add_indicators(rows, measure.indicators, "measures", measure.code, owners)
    return rows


def _standing(values: Sequence[Any]) -> Iterator[Any]:
    return (value for value in values if value.retired is None)


def _owners(plan: Plan) -> Counter[str]:
    """How often a code stands in the sheets that may own an indicator."""
    codes: Counter[str] = Counter()
    for chapter in _standing(plan.chapters):
        for goal in _standing(chapter.goals):
            codes[goal.code] += 1
            for task in _standing(goal.tasks):
                codes[task.code] += 1
                codes.update(measure.code for measure in _standing(task.measures))
    return codes


def _add_measure(rows: dict[str, list[Row]], measure: Measure, task: Task) -> None:
    rows["measures"].append({**_fields(measure, "measures"), "task": task.code})
    rows["progress"] += ({**_fields(entry, "progress"), "measure": measure.code} for entry in measure.entries)
    rows["budget"] += ({**_fields(line, "budget"), "measure": measure.code} for line in measure.budget)


def _add_indicators(
    rows: dict[str, list[Row]], indicators: Sequence[Indicator], sheet: str, code: str, owners: Counter[str]
) -> None:
    of = f"{sheet}:{code}" if owners[code] > 1 else code
    for indicator in indicators:
        rows["indicators"].append({**_fields(indicator, "indicators"), "of": of})
        rows["values"] += ({**_fields(value, "values"), "indicator": indicator.code} for value in indicator.values)
