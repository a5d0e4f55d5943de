"""Sheets turned into records by their columns: the header, unknown columns, missing values. No sheet knows another here."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from plan_pages.domain.plan import Text
from plan_pages.exchange.workbook.cells import Rules, value
from plan_pages.exchange.workbook.columns import PLAN, Column, Holds, Sheet
from plan_pages.exchange.workbook.lists import read_milestones
from plan_pages.spreadsheet.cells import clean
from plan_pages.spreadsheet.decode import Raw
from plan_pages.spreadsheet.problems import BadCell, Findings
from plan_pages.spreadsheet.reading import (
    COLUMN_LIMIT,
    ROW_LIMIT,
    TOO_MANY_COLUMNS,
    TOO_MANY_ROWS,
    Rows,
)

_MISSING = _("a value is missing; this column must be given")


@dataclass(slots=True)
class Record:
    """A row of data: the row's number and its values by the keys of columns; translated ones are one Text."""

    row: int
    values: dict[str, Any] = field(default_factory=dict)

    def get(self, key: str, otherwise: Any = None) -> Any:
        found = self.values.get(key)
        return otherwise if found is None else found


@dataclass(slots=True)
class Table:
    """`whole`: every row could be looked at, so that a code that is not here is nowhere. `keys`: those in row 1."""

    sheet: Sheet
    records: list[Record] = field(default_factory=list)
    whole: bool = True
    keys: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Place:
    column: Column
    language: str
    key: str


def read_table(sheet: Sheet, rows: Rows, rules: Rules, findings: Findings) -> Table:
    table = Table(sheet)
    bounded = _bounded(sheet.name, rows, findings)
    first = next(bounded, None)
    if first is None:
        if sheet.required:
            _header(sheet, {}, rules, findings)
            table.whole = False
        return table
    number, header = first
    if number != 1:
        findings.error(sheet.name, 1, "", _("row 1 is empty; it must hold the keys of the columns"))
        table.whole = False
        return table
    places = _header(sheet, header, rules, findings)
    table.keys = frozenset(place.key for place in places.values())
    missing = [column for column in sheet.columns if column.required and not _is_there(column, places, rules)]
    # Without their codes no row of another sheet can be told to be an orphan.
    table.whole = not any(column.key == "code" for column in missing)
    unnamed: set[int] = set()
    for row, cells in bounded:
        unnamed |= {column for column in cells if column not in header}
        table.records.append(_record(sheet, row, cells, places, missing, rules, findings))
    for column in sorted(unnamed):
        letter = _letters(column)
        findings.warning(
            sheet.name,
            1,
            letter,
            _("column {letter} holds data but has no key in row 1; it is not read"),
            letter=letter,
        )
    for column in sorted(rows.hidden_columns & set(places)):
        key = places[column].key
        findings.warning(sheet.name, None, key, _("the column is hidden; it is read like any other"))
    return table


def read_plan(rows: Rows, rules: Rules, findings: Findings) -> Record:
    """The sheet `plan`, whose rows are keys and values, as one record."""
    by_key = {place.key: place for place in _places(PLAN, rules)}
    record, given = Record(0), dict[str, int]()
    texts: dict[str, dict[str, str]] = {}
    bounded = _bounded(PLAN.name, rows, findings)
    number, header = next(bounded, (1, {}))
    columns = {found: column for column, raw in header.items() if isinstance(raw, str) and (found := raw.strip(" "))}
    if number != 1 or not {"key", "value"} <= columns.keys():
        for key in ("key", "value"):
            if number != 1 or key not in columns:
                findings.error(PLAN.name, 1, key, _("the column “{key}” is missing"), key=key)
        return record
    for column in sorted(columns.keys() - {"key", "value"}):
        findings.warning(PLAN.name, 1, column, _("the column “{found}” is unknown; it is not read"), column)
    for row, cells in bounded:
        keyed = cells.get(columns["key"])
        key = clean(keyed, False) if isinstance(keyed, str) else ""
        raw = cells.get(columns["value"])
        if key not in by_key:
            if keyed is not None or raw is not None:
                findings.warning(PLAN.name, row, "key", _("the key “{found}” is unknown; it is not read"), keyed or "")
            continue
        if key in given:
            findings.error(PLAN.name, row, "key", _("“{found}” stands already in row {first}"), key, first=given[key])
            continue
        given[key] = row
        place = by_key[key]
        result = _value(raw, place, PLAN.name, row, "value", rules, findings)
        if place.column.translated:
            texts.setdefault(place.column.key, {})[place.language] = result or ""
        elif result is not None:
            record.values[key] = result
        if raw is None and _must(place, rules):
            findings.error(PLAN.name, row, "value", _("the value of “{key}” is missing"), key=key)
    for key, names in texts.items():
        record.values[key] = Text.of({language: names.get(language, "") for language in rules.languages})
    for key, place in by_key.items():
        if _must(place, rules) and key not in given:
            findings.error(PLAN.name, None, "key", _("the row “{key}” is missing"), key=key)
    start, end = record.get("start_year"), record.get("end_year")
    if start and end and end < start:
        message = _("{found} is before the start, {start}")
        findings.error(PLAN.name, given["end_year"], "value", message, end, start=start)
    return record


def _bounded(sheet: str, rows: Rows, findings: Findings) -> Iterator[tuple[int, dict[int, Raw]]]:
    """Rows up to the limits; what is beyond them is an error of the sheet."""
    wide = False
    for count, (number, cells) in enumerate(rows):
        # The header is not one of the rows of data.
        if count > ROW_LIMIT:
            findings.error(sheet, None, "", TOO_MANY_ROWS, limit=ROW_LIMIT)
            return
        if cells.pop(COLUMN_LIMIT, None) is not None and not wide:
            wide = True
            findings.error(sheet, number, "", TOO_MANY_COLUMNS, limit=COLUMN_LIMIT)
        if cells := {column: raw for column, raw in cells.items() if not (isinstance(raw, str) and raw.isspace())}:
            yield number, cells


def _places(sheet: Sheet, rules: Rules) -> Iterable[_Place]:
    for column in sheet.columns:
        if column.translated:
            yield from (_Place(column, language, f"{column.key}_{language}") for language in rules.languages)
        else:
            yield _Place(column, "", column.key)


def _must(place: _Place, rules: Rules) -> bool:
    return place.column.required and place.language in ("", rules.languages[0])


def _is_there(column: Column, places: dict[int, _Place], rules: Rules) -> bool:
    return any(place.column is column and _must(place, rules) for place in places.values())


def _header(sheet: Sheet, header: dict[int, Raw], rules: Rules, findings: Findings) -> dict[int, _Place]:
    known = {place.key: place for place in _places(sheet, rules)}
    found: dict[int, _Place] = {}
    unknown: list[str] = []
    for column, raw in sorted(header.items()):
        text = raw if isinstance(raw, str) else str(raw)
        key = text.strip(" \u00a0\t\n\r")
        if key not in known:
            unknown.append(text)
            findings.warning(sheet.name, 1, text, _("the column “{found}” is unknown; it is not read"), text)
        elif known[key] in found.values():
            findings.error(sheet.name, 1, key, _("the column “{found}” is there twice"), key)
        else:
            found[column] = known[key]
            if key != text:
                findings.warning(sheet.name, 1, key, _("“{found}” had blanks around it; they are left out"), key)
    for place in known.values():
        if _must(place, rules) and place not in found.values():
            if unknown:
                message = _("the column “{key}” is missing; unknown columns: {found}")
                findings.error(sheet.name, 1, place.key, message, ", ".join(unknown), key=place.key)
            else:
                findings.error(sheet.name, 1, place.key, _("the column “{key}” is missing"), key=place.key)
    return found


def _record(
    sheet: Sheet,
    row: int,
    cells: dict[int, Raw],
    places: dict[int, _Place],
    missing: list[Column],
    rules: Rules,
    findings: Findings,
) -> Record:
    record = Record(row)
    texts: dict[str, dict[str, str]] = {}
    for index, place in places.items():
        raw = cells.get(index)
        result = _value(raw, place, sheet.name, row, place.key, rules, findings)
        if place.column.translated:
            texts.setdefault(place.column.key, dict.fromkeys(rules.languages, ""))[place.language] = result or ""
        elif result is not None:
            record.values[place.key] = result
        elif place.column.key == "code" and isinstance(raw, Decimal):
            # Told already as the error that it is: rows that mean this one are not orphans for it.
            record.values["code"] = str(raw)
        if raw is None and _must(place, rules) and place.column not in missing:
            findings.error(sheet.name, row, place.key, _MISSING)
    for key, by_language in texts.items():
        if sheet.column(key).holds is Holds.MILESTONES:
            _milestones(record, sheet.name, key, by_language, findings)
        else:
            record.values[key] = Text.of(by_language)
    return record


def _milestones(record: Record, sheet: str, key: str, texts: dict[str, str], findings: Findings) -> None:
    try:
        record.values[key] = read_milestones(texts)
    except BadCell as bad:
        language = bad.named.get("language", next(iter(texts)))
        findings.error(sheet, record.row, f"{key}_{language}", bad.message, bad.found, **bad.named)


def _value(raw: Raw | None, place: _Place, sheet: str, row: int, key: str, rules: Rules, findings: Findings) -> Any:
    if raw is None:
        return None

    def warn(message: Any, found: object = "", **named: Any) -> None:
        findings.warning(sheet, row, key, message, found, **named)

    try:
        result = value(raw, place.column, rules, warn)
    except BadCell as bad:
        findings.error(sheet, row, key, bad.message, bad.found, **bad.named)
        return None
    if result is None and _must(place, rules):
        findings.error(sheet, row, key, _MISSING)
    return result


def _letters(column: int) -> str:
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
