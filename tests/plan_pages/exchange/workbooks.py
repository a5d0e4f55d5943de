"""Small workbooks for tests, made with openpyxl: another program than the one that reads them."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

import openpyxl

from plan_pages.exchange.workbook import Outcome, read

LANGUAGES = ("lt", "en")
FUNDS = ("SB", "VB", "ES", "KT")

Sheets = dict[str, list[list[Any]]]


def sheets() -> Sheets:
    """A valid plan of one chapter, goal, task and measure, with one row in every other sheet."""
    return {
        "plan": [["key", "value"], ["title_lt", "Bandomasis planas"], ["start_year", 2026], ["end_year", 2028]],
        "groups": [["code", "name_lt"], ["G1", "Pirmoji grupė"]],
        "chapters": [["code", "title_lt", "title_en", "group", "weight"], ["1", "Švarus miestas", "Clean", "G1", 0.1]],
        "goals": [["code", "chapter", "title_lt"], ["1.1", "1", "Gerinti oro kokybę"]],
        "tasks": [["code", "goal", "title_lt"], ["1.1.1", "1.1", "Plėsti želdynus"]],
        "measures": [
            ["code", "task", "title_lt", "partners", "start", "end"],
            ["1.1.1.1", "1.1.1", "Pasodinti medžius", "Seniūnijos; Bendruomenės", "2026-04-01", "2026-12-31"],
        ],
        "indicators": [["code", "of", "kind", "name_lt", "baseline"], ["R1", "1.1.1.1", "output", "Medžiai", 5]],
        "values": [["indicator", "period", "target", "actual"], ["R1", "2026-Q1", 50, 42]],
        "budget": [["measure", "year", "fund", "planned", "spent"], ["1.1.1.1", 2026, "SB", 12000, 3500.55]],
        "progress": [["measure", "period", "status", "percent"], ["1.1.1.1", "2026-Q1", "on_track", 20]],
    }


def saved(tables: Mapping[str, list[list[Any]]], change: Callable[[openpyxl.Workbook], None] | None = None) -> bytes:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, rows in tables.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
    if change:
        change(workbook)
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def read_with(**cells: Any) -> Outcome:
    """Read the valid workbook with cells changed: `measures__end=...` is that column in the first row of data, made if
    it is not there."""
    tables = sheets()
    for place, value in cells.items():
        name, column = place.split("__")
        header, row = tables[name][0], tables[name][1]
        if column in header:
            row[header.index(column)] = value
        else:
            header.append(column)
            row += [None] * (len(header) - 1 - len(row)) + [value]
    return read_tables(tables)


def read_tables(tables: Sheets, change: Callable[[openpyxl.Workbook], None] | None = None) -> Outcome:
    return read(saved(tables, change), languages=LANGUAGES, funds=FUNDS)


def read_bytes(data: bytes) -> Outcome:
    return read(data, languages=LANGUAGES, funds=FUNDS)


def with_member(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The archive with one member changed."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            content = old.read(member)
            new.writestr(member, change(content) if member == name else content)
    return packed.getvalue()


def errors(outcome: Outcome) -> list[str]:
    return [str(problem) for problem in outcome.errors]


def warnings(outcome: Outcome) -> list[str]:
    return [str(problem) for problem in outcome.warnings]


def with_shared_texts(data: bytes) -> bytes:
    """The same workbook as most spreadsheet programs save it: texts stand in a member of their own, once each."""
    texts: dict[bytes, int] = {}
    packed = io.BytesIO()

    def shared(found: re.Match[bytes]) -> bytes:
        return b't="s"><v>%d</v>' % texts.setdefault(found.group(1), len(texts))

    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            content = old.read(member)
            if member.startswith("xl/worksheets/"):
                content = re.sub(rb't="inlineStr"><is>(.*?)</is>', shared, content)
            elif member == "xl/_rels/workbook.xml.rels":
                relation = b'<Relationship Id="texts" Type="http://x/sharedStrings" Target="sharedStrings.xml"/>'
                content = content.replace(b"</Relationships>", relation + b"</Relationships>")
            new.writestr(member, content)
        items = b"".join(b"<si>%b</si>" % text for text in texts)
        namespace = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        new.writestr("xl/sharedStrings.xml", b'<sst xmlns="%b">%b</sst>' % (namespace, items))
    return packed.getvalue()
