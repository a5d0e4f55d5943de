"""A workbook read into a plan, or into the list of everything that is wrong with it. Touches no database."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.utils.translation import gettext_lazy as _

from plan_pages.domain.plan import Plan
from plan_pages.exchange.workbook.assemble import assemble
from plan_pages.exchange.workbook.cells import Rules
from plan_pages.exchange.workbook.columns import PLAN, SHEETS, TABLES, order
from plan_pages.exchange.workbook.references import check
from plan_pages.exchange.workbook.tables import Record, Table, read_plan, read_table
from plan_pages.spreadsheet.archive import Archive
from plan_pages.spreadsheet.problems import Findings, Problem, Refused
from plan_pages.spreadsheet.reading import SheetPart, Spreadsheet


@dataclass(frozen=True, slots=True)
class Outcome:
    """`plan` is None exactly when there are errors. Both lists stand in the order of the workbook.

    `absent`: (sheet, key) of columns that a sheet does not have at all: the file says nothing of what they hold.
    """

    plan: Plan | None
    errors: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    absent: frozenset[tuple[str, str]] = frozenset()


def read(source: bytes | str | Path | IO[bytes], *, languages: Sequence[str], funds: Collection[str]) -> Outcome:
    """Read a workbook. `languages`: of the plan, the default first; `funds`: codes that a budget may name.

    Raises only what opening the path raises; whatever is in the file comes back as problems.
    """
    findings = Findings()
    rules = Rules(tuple(languages), funds)
    plan, absent = None, frozenset[tuple[str, str]]()
    try:
        with Archive(source) as archive:
            plan, absent = _read(Spreadsheet(archive), rules, findings)
    except Refused as refusal:
        findings.error(refusal.sheet, None, "", refusal.message)
    places = order(rules.languages)
    errors = findings.errors(places)
    return Outcome(None if errors else plan, errors, findings.warnings(places), absent)


def _read(spreadsheet: Spreadsheet, rules: Rules, findings: Findings) -> tuple[Plan | None, frozenset[tuple[str, str]]]:
    parts = _known_parts(spreadsheet, findings)
    record: Record | None = None
    if PLAN.name in parts:
        try:
            record = read_plan(spreadsheet.rows(parts[PLAN.name]), rules, findings)
        except Refused as refusal:
            findings.error(PLAN.name, None, "", refusal.message)
    tables = {}
    for sheet in TABLES:
        table = Table(sheet, whole=sheet.name in parts or not sheet.required)
        if sheet.name in parts:
            try:
                table = read_table(sheet, spreadsheet.rows(parts[sheet.name]), rules, findings)
            except Refused as refusal:
                findings.error(sheet.name, None, "", refusal.message)
                table.whole = False
        tables[sheet.name] = table
    check(tables, findings)
    if record is None or findings.any_error:
        return None, frozenset()
    absent = {
        (name, key)
        for name, table in tables.items()
        if table.keys
        for column in table.sheet.columns
        for key in column.keys(rules.languages)
        if key not in table.keys
    }
    return assemble(record, tables, rules.languages), frozenset(absent)


def _known_parts(spreadsheet: Spreadsheet, findings: Findings) -> dict[str, SheetPart]:
    known = {sheet.name for sheet in SHEETS}
    parts: dict[str, SheetPart] = {}
    for part in spreadsheet.sheets:
        if part.name not in known:
            findings.warning(part.name, None, "", _("the sheet is unknown; it is not read"), part.name)
        elif part.name in parts:
            findings.error(part.name, None, "", _("the sheet is there twice"), part.name)
        else:
            parts[part.name] = part
            if part.hidden:
                findings.warning(part.name, None, "", _("the sheet is hidden; it is read like any other"), part.name)
    for sheet in SHEETS:
        if sheet.required and sheet.name not in parts:
            findings.error(sheet.name, None, "", _("the sheet is missing"))
    return parts
