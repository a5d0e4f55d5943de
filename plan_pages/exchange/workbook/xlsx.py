"""An XLSX file written cell by cell, the same bytes for the same cells. Knows nothing of plans.

Written here and not with openpyxl, because openpyxl puts decimals through binary floats (16 digits), takes text that
begins with `=` for a formula and stamps the file with the time of the day. Text is always text; what a spreadsheet
would take for a formula when a person edits the cell carries the quote prefix, the format's own mark for "this is text".
"""

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import IntEnum
from xml.sax.saxutils import escape, quoteattr

from plan_pages.exchange.workbook.numbers import written

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# The earliest moment that a zip can hold: a file's bytes tell its content, not when it was made.
_MOMENT = (1980, 1, 1, 0, 0, 0)
_LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_FIRST_SAFE_DAY = date(1900, 3, 1)


class Style(IntEnum):
    """Numbers of the cell formats in `_STYLES`."""

    NUMBER = 0
    HEADER = 1
    CODE = 2
    LINE = 3
    PROSE = 4
    LINE_QUOTED = 5
    PROSE_QUOTED = 6
    DATE = 7


_QUOTED = {Style.CODE: Style.LINE_QUOTED, Style.LINE: Style.LINE_QUOTED, Style.PROSE: Style.PROSE_QUOTED}
_WRAPPED = '<alignment vertical="top" wrapText="1"/></xf>'
_TOP = '<alignment vertical="top"/></xf>'
_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="8">'
    + "".join(
        f'<xf numFmtId="{number}" fontId="{font}" fillId="0" borderId="0" xfId="0"{quoted} applyNumberFormat="1" '
        f'applyFont="1" applyAlignment="1">{alignment}'
        for number, font, quoted, alignment in (
            (0, 0, "", _TOP),
            (49, 1, "", _TOP),
            (49, 0, "", _TOP),
            (0, 0, "", _WRAPPED),
            (0, 0, "", _WRAPPED),
            (0, 0, ' quotePrefix="1"', _WRAPPED),
            (0, 0, ' quotePrefix="1"', _WRAPPED),
            (164, 0, "", _TOP),
        )
    )
    + '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """`allowed`: what a spreadsheet offers and accepts in the column; nothing: anything."""

    key: str
    style: Style
    width: int
    allowed: tuple[str, ...] = ()


Cell = str | Decimal | int | date | None


@dataclass(frozen=True, slots=True)
class SheetCells:
    name: str
    columns: Sequence[SheetColumn]
    rows: Sequence[Sequence[Cell]]


def xlsx(title: str, sheets: Sequence[SheetCells]) -> bytes:
    members = {
        "[Content_Types].xml": _content_types(len(sheets)),
        "_rels/.rels": _relations_of(
            [
                (f"{_RELATIONS}/officeDocument", "xl/workbook.xml"),
                (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            ]
        ),
        "docProps/core.xml": f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{_escaped(title)}</dc:title></cp:coreProperties>',
        "xl/workbook.xml": _workbook([sheet.name for sheet in sheets]),
        "xl/_rels/workbook.xml.rels": _relations_of(
            [(f"{_RELATIONS}/worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(sheets) + 1)]
            + [(f"{_RELATIONS}/styles", "styles.xml")]
        ),
        "xl/styles.xml": _STYLES,
    }
    for number, sheet in enumerate(sheets, 1):
        members[f"xl/worksheets/sheet{number}.xml"] = _sheet(sheet, first=number == 1)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in members.items():
            member = zipfile.ZipInfo(name, _MOMENT)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 0
            archive.writestr(member, content.encode())
    return packed.getvalue()


def _escaped(text: str) -> str:
    """Escaped for XML. A text that looks like the format's own escape, _x0041_, has its first sign escaped."""
    return escape(_LOOKS_ESCAPED.sub("_x005F_", text))


def _letters(column: int) -> str:
    return chr(65 + column) if column < 26 else _letters(column // 26 - 1) + chr(65 + column % 26)


def _content_types(sheets: int) -> str:
    parts = [("xl/workbook.xml", f"{_TYPES}.sheet.main+xml"), ("xl/styles.xml", f"{_TYPES}.styles+xml")]
    parts += [(f"xl/worksheets/sheet{number}.xml", f"{_TYPES}.worksheet+xml") for number in range(1, sheets + 1)]
    parts.append(("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"))
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        + "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in parts)
        + "</Types>"
    )


def _relations_of(relations: Sequence[tuple[str, str]]) -> str:
    return (
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
        + "".join(
            f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
            for number, (kind, target) in enumerate(relations, 1)
        )
        + "</Relationships>"
    )


def _workbook(names: Sequence[str]) -> str:
    sheets = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"/>' for number, name in enumerate(names, 1)
    )
    return (
        f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><bookViews><workbookView/></bookViews>'
        f"<sheets>{sheets}</sheets></workbook>"
    )


def _sheet(sheet: SheetCells, first: bool) -> str:
    last_row = len(sheet.rows) + 1
    parts = [
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><dimension ref="A1:{_letters(len(sheet.columns) - 1)}{last_row}"/>',
        f'<sheetViews><sheetView tabSelected="{first:d}" workbookViewId="0">',
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>',
    ]
    parts += [
        # The column's own style: a code that a person types below the last row is text from the start.
        f'<col min="{number}" max="{number}" width="{column.width}" style="{column.style:d}" customWidth="1"/>'
        for number, column in enumerate(sheet.columns, 1)
    ]
    parts.append('</cols><sheetData><row r="1">')
    parts += [_text(_letters(index) + "1", Style.HEADER, column.key) for index, column in enumerate(sheet.columns)]
    parts.append("</row>")
    letters = [_letters(index) for index in range(len(sheet.columns))]
    for number, row in enumerate(sheet.rows, 2):
        parts.append(f'<row r="{number}">')
        for letter, column, cell in zip(letters, sheet.columns, row, strict=True):
            if cell is not None and cell != "":
                parts.append(_cell(f"{letter}{number}", column.style, cell))
        parts.append("</row>")
    parts.append("</sheetData>")
    parts.append(_validations(sheet, letters))
    parts.append("</worksheet>")
    return "".join(parts)


def _cell(place: str, style: Style, cell: str | Decimal | int | date) -> str:
    match cell:
        case str():
            return _text(place, _QUOTED.get(style, style) if cell.startswith(_LIKE_A_FORMULA) else style, cell)
        case date():
            # Earlier days count differently in different programs.
            if cell < _FIRST_SAFE_DAY:
                return _text(place, Style.LINE, cell.isoformat())
            return f'<c r="{place}" s="{Style.DATE:d}"><v>{(cell - date(1899, 12, 30)).days}</v></c>'
        case _:
            return f'<c r="{place}"><v>{written(Decimal(cell))}</v></c>'


def _text(place: str, style: Style, text: str) -> str:
    return f'<c r="{place}" s="{style:d}" t="inlineStr"><is><t xml:space="preserve">{_escaped(text)}</t></is></c>'


def _validations(sheet: SheetCells, letters: Sequence[str]) -> str:
    rules = [
        f'<dataValidation type="list" allowBlank="1" showErrorMessage="1" sqref="{letter}2:{letter}1048576">'
        f"<formula1>{_escaped(chr(34) + ','.join(column.allowed) + chr(34))}</formula1></dataValidation>"
        for letter, column in zip(letters, sheet.columns, strict=True)
        if column.allowed
    ]
    return f'<dataValidations count="{len(rules)}">{"".join(rules)}</dataValidations>' if rules else ""
