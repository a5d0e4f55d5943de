"""An XLSX file written cell by cell, the same bytes for the same cells. Knows nothing of plans.

Written here and not with openpyxl, because openpyxl puts decimals through binary floats (16 digits), takes text that
begins with `=` for a formula and stamps the file with the time of the day. Text is always text; what a spreadsheet
would take for a formula when a person edits the cell carries the quote prefix, the format's own mark for "this is text".
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import IntEnum
from xml.sax.saxutils import quoteattr

from plan_pages.spreadsheet.numbers import written
from plan_pages.spreadsheet.packing import (
    HEAD,
    LIKE_A_FORMULA,
    MAIN,
    RELATIONS,
    escaped,
    letters,
    pack,
    packed_as_sent,
    text_cell,
)

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
    f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
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
    """`rows` may be made as they are written."""

    name: str
    columns: Sequence[SheetColumn]
    rows: Iterable[Sequence[Cell]]


def xlsx(title: str, sheets: Sequence[SheetCells]) -> bytes:
    parts = ["".join(_sheet(sheet, first=number == 0)) for number, sheet in enumerate(sheets)]
    return pack(title, _workbook([sheet.name for sheet in sheets]), _STYLES, parts)


def xlsx_as_sent(title: str, sheets: Sequence[SheetCells]) -> Iterator[bytes]:
    """The same cells, written while the file goes out: rows are asked for when it is their turn."""
    parts = [_sheet(sheet, first=number == 0) for number, sheet in enumerate(sheets)]
    return packed_as_sent(title, _workbook([sheet.name for sheet in sheets]), _STYLES, parts)


def _workbook(names: Sequence[str]) -> str:
    sheets = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"/>' for number, name in enumerate(names, 1)
    )
    return (
        f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><bookViews><workbookView/></bookViews>'
        f"<sheets>{sheets}</sheets></workbook>"
    )


def _sheet(sheet: SheetCells, first: bool) -> Iterator[str]:
    yield f'{HEAD}<worksheet xmlns="{MAIN}">'
    if isinstance(sheet.rows, Sequence):
        yield f'<dimension ref="A1:{letters(len(sheet.columns) - 1)}{len(sheet.rows) + 1}"/>'
    yield f'<sheetViews><sheetView tabSelected="{first:d}" workbookViewId="0">'
    yield '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>'
    for number, column in enumerate(sheet.columns, 1):
        # The column's own style: a code that a person types below the last row is text from the start.
        yield f'<col min="{number}" max="{number}" width="{column.width}" style="{column.style:d}" customWidth="1"/>'
    names = [letters(index) for index in range(len(sheet.columns))]
    heads = zip(names, sheet.columns, strict=True)
    yield '</cols><sheetData><row r="1">'
    yield "".join(text_cell(f"{name}1", Style.HEADER, column.key) for name, column in heads)
    yield "</row>"
    for number, row in enumerate(sheet.rows, 2):
        cells = [
            _cell(f"{letter}{number}", column.style, cell)
            for letter, column, cell in zip(names, sheet.columns, row, strict=True)
            if cell is not None and cell != ""
        ]
        yield f'<row r="{number}">{"".join(cells)}</row>'
    yield f"</sheetData>{_validations(sheet, names)}</worksheet>"


def _cell(place: str, style: Style, cell: str | Decimal | int | date) -> str:
    match cell:
        case str():
            return text_cell(place, _QUOTED.get(style, style) if cell.startswith(LIKE_A_FORMULA) else style, cell)
        case date():
            # Earlier days count differently in different programs.
            if cell < _FIRST_SAFE_DAY:
                return text_cell(place, Style.LINE, cell.isoformat())
            return f'<c r="{place}" s="{Style.DATE:d}"><v>{(cell - date(1899, 12, 30)).days}</v></c>'
        case _:
            return f'<c r="{place}"><v>{written(Decimal(cell))}</v></c>'


def _validations(sheet: SheetCells, names: Sequence[str]) -> str:
    rules = [
        f'<dataValidation type="list" allowBlank="1" showErrorMessage="1" sqref="{letter}2:{letter}1048576">'
        f"<formula1>{escaped(chr(34) + ','.join(column.allowed) + chr(34))}</formula1></dataValidation>"
        for letter, column in zip(names, sheet.columns, strict=True)
        if column.allowed
    ]
    return f'<dataValidations count="{len(rules)}">{"".join(rules)}</dataValidations>' if rules else ""
