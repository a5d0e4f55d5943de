"""What rows say of each other: unique codes and rows, codes that exist, ends after starts. Builds nothing."""

from collections.abc import Hashable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from plan_pages.exchange.workbook.tables import Record, Table
from plan_pages.spreadsheet.problems import Findings

OWNERS = ("goals", "tasks", "measures")
_REFERENCES = (
    ("chapters", "group", "groups"),
    ("goals", "chapter", "chapters"),
    ("tasks", "goal", "goals"),
    ("measures", "task", "tasks"),
    ("values", "indicator", "indicators"),
    ("budget", "measure", "measures"),
    ("progress", "measure", "measures"),
)
_UNIQUE = (
    ("values", ("indicator", "period"), _("indicator {owner} already has a row for {found}, in row {first}")),
    ("budget", ("measure", "year", "fund"), _("measure {owner} already has a row for {found}, in row {first}")),
    ("progress", ("measure", "period"), _("measure {owner} already has a row for {found}, in row {first}")),
)
# Named one by one, so that each can be worded.
_ORPHANS = {
    "groups": _("there is no group with the code “{found}”"),
    "chapters": _("there is no chapter with the code “{found}”"),
    "goals": _("there is no goal with the code “{found}”"),
    "tasks": _("there is no task with the code “{found}”"),
    "measures": _("there is no measure with the code “{found}”"),
    "indicators": _("there is no indicator with the code “{found}”"),
}


def check(tables: Mapping[str, Table], findings: Findings) -> None:
    codes = {name: _codes(table, findings) for name, table in tables.items()}
    for sheet, column, target in _REFERENCES:
        if not tables[target].whole:
            continue
        for record in tables[sheet].records:
            code = record.get(column)
            if code is not None and code not in codes[target]:
                findings.error(sheet, record.row, column, _ORPHANS[target], code)
    for record in tables["indicators"].records:
        _check_owner(record, codes, all(tables[sheet].whole for sheet in OWNERS), findings)
    for sheet, columns, message in _UNIQUE:
        _check_unique(sheet, columns, tables[sheet], message, findings)
    for record in tables["measures"].records:
        start, end = record.get("start"), record.get("end")
        if start and end and end < start:
            message = _("{found} is before the start, {start}")
            findings.error("measures", record.row, "end", message, end.isoformat(), start=start.isoformat())
    for record in tables["indicators"].records:
        baseline, target = record.get("baseline_year"), record.get("target_year")
        if baseline and target and target < baseline:
            message = _("{found} is before the year of the baseline, {baseline}")
            findings.warning("indicators", record.row, "target_year", message, target, baseline=baseline)
    for record in tables["values"].records:
        if record.get("unavailable") and record.get("actual") is not None:
            message = _("there is an actual value, {found}; leave one of the two empty")
            findings.error("values", record.row, "unavailable", message, record.get("actual"))
        elif record.get("unavailable") and not record.get("note"):
            findings.error(
                "values", record.row, "unavailable", _("a value that is not available needs a note that says why")
            )


def owner_of(of: str, codes: Mapping[str, Mapping[str, int]]) -> list[tuple[str, str]]:
    """Every (sheet, code) that `of` may mean; the first is the one that counts."""
    sheet, colon, code = of.partition(":")
    if colon:
        return [(sheet, code)] if code in codes[sheet] else []
    return [(sheet, of) for sheet in OWNERS if of in codes[sheet]]


def _codes(table: Table, findings: Findings) -> dict[str, int]:
    """Codes of the sheet with the rows in which they stand."""
    found: dict[str, int] = {}
    for record in table.records:
        code = record.get("code")
        if code is None:
            continue
        if code in found:
            message = _("the code “{found}” stands already in row {first}; codes are unique in their sheet")
            findings.error(table.sheet.name, record.row, "code", message, code, first=found[code])
        else:
            found[code] = record.row
    return found


def _check_owner(record: Record, codes: Mapping[str, Mapping[str, int]], whole: bool, findings: Findings) -> None:
    of = record.get("of")
    if of is None:
        return
    owners = owner_of(of, codes)
    if not owners and whole:
        message = _("there is no goal, task or measure with the code “{found}”")
        findings.error("indicators", record.row, "of", message, of)
    if len(owners) > 1:
        several = ", ".join(f"{sheet}:{code}" for sheet, code in owners)
        message = _("“{found}” stands in several sheets; it is read as the first of {several}: write which is meant")
        findings.warning("indicators", record.row, "of", message, of, several=several)


def _check_unique(
    sheet: str, columns: tuple[str, ...], table: Table, message: str | Promise, findings: Findings
) -> None:
    found: dict[tuple[Hashable, ...], int] = {}
    for record in table.records:
        key = tuple(record.get(column) for column in columns)
        if None in key:
            continue
        if key in found:
            said = " ".join(str(part) for part in key[1:])
            findings.error(sheet, record.row, columns[-1], message, said, owner=key[0], first=found[key])
        else:
            found[key] = record.row
