"""An XLSX workbook for people to fill in: styled cells, some of them protected, rules for what may be typed, drop-down
lists, headings that stay on the screen and on every printed page. The same bytes for the same cells.

Protection is without a password: it keeps from slips, not from intent. Whoever reads the file back checks everything.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from xml.sax.saxutils import quoteattr

from plan_pages.spreadsheet.looks import Look, Looks
from plan_pages.spreadsheet.numbers import written
from plan_pages.spreadsheet.packing import HEAD, LIKE_A_FORMULA, MAIN, RELATIONS, escaped, letters, pack, text_cell

NAME_LENGTH = 31
"""A sheet's name has at most so many characters, and none of those in `NOT_IN_NAMES`."""
NOT_IN_NAMES = "[]:*?/\\'"
# What a spreadsheet program shows at a cell may be so long.
LINE_HEIGHT, MINIMUM_HEIGHT, _HIGHEST = 14, 18, 400
_A3, _A4, _WIDE = 8, 9, 180
_HIDDEN = ' state="veryHidden"'
_TITLE_LENGTH, _MESSAGE_LENGTH = 32, 225

Value = str | Decimal | int | date | None


@dataclass(frozen=True, slots=True)
class Cell:
    value: Value
    look: Look


@dataclass(frozen=True, slots=True)
class Row:
    """`height` in points; None makes room for what stands in the cells. A program may fit it better when a cell is
    edited."""

    cells: Sequence[Cell | None]
    height: int | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """What may be typed into a range: `kind` "list" (of the range `first`), "decimal" or "textLength" from `first` to
    `last`. The message says it in words."""

    ranges: str
    kind: str
    first: str
    last: str
    title: str
    message: str


@dataclass(frozen=True, slots=True)
class Highlight:
    """The range has a fill where the formula, written for its first cell, holds."""

    ranges: str
    formula: str
    fill: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """`frozen`: rows and columns that stay. `repeated`: the row printed on every page, counted from 1; 0 for none.
    Printed as wide as the paper: A4, or A3 where the columns are many."""

    name: str
    widths: Sequence[int]
    rows: Sequence[Row]
    rules: Sequence[Rule] = ()
    highlights: Sequence[Highlight] = ()
    frozen: tuple[int, int] = (0, 0)
    repeated: int = 0
    is_hidden: bool = False
    tab: str = ""
    footer: str = ""
    landscape: bool = True


def form(title: str, sheets: Sequence[Sheet]) -> bytes:
    """The file. Raises ValueError for a sheet's name that a spreadsheet program would not open."""
    for sheet in sheets:
        if not 0 < len(sheet.name) <= NAME_LENGTH or set(sheet.name) & set(NOT_IN_NAMES):
            raise ValueError(f"no name of a sheet: {sheet.name!r}")
    looks = Looks()
    parts = [_sheet(sheet, looks, is_first=number == 0) for number, sheet in enumerate(sheets)]
    return pack(title, _workbook(sheets), looks.xml(), parts)


def _workbook(sheets: Sequence[Sheet]) -> str:
    listed = "".join(
        f'<sheet name={quoteattr(sheet.name)} sheetId="{number}"{_HIDDEN if sheet.is_hidden else ""} r:id="rId{number}"/>'
        for number, sheet in enumerate(sheets, 1)
    )
    titles = "".join(
        f'<definedName name="_xlnm.Print_Titles" localSheetId="{index}">'
        f"{escaped(quoted(sheet.name))}!${sheet.repeated}:${sheet.repeated}</definedName>"
        for index, sheet in enumerate(sheets)
        if sheet.repeated
    )
    return (
        f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><bookViews><workbookView/></bookViews>'
        f"<sheets>{listed}</sheets>{f'<definedNames>{titles}</definedNames>' if titles else ''}</workbook>"
    )


def quoted(name: str) -> str:
    """A sheet's name as formulas write it."""
    return f"'{name}'"


def _sheet(sheet: Sheet, looks: Looks, *, is_first: bool) -> str:
    far = letters(len(sheet.widths) - 1)
    parts = [
        f'{HEAD}<worksheet xmlns="{MAIN}"><sheetPr>',
        f'<tabColor rgb="FF{sheet.tab}"/>' if sheet.tab else "",
        f'<pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1:{far}{max(len(sheet.rows), 1)}"/>',
        f'<sheetViews><sheetView showGridLines="0" tabSelected="{is_first:d}" workbookViewId="0">{_pane(*sheet.frozen)}',
        '</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>',
    ]
    parts += [
        f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
        for number, width in enumerate(sheet.widths, 1)
    ]
    parts.append("</cols><sheetData>")
    for number, row in enumerate(sheet.rows, 1):
        fixed = ' customHeight="1"' if row.height else ""
        height = f' ht="{row.height or fitting(row, sheet.widths)}"{fixed}'
        cells = "".join(_cell(f"{letters(at)}{number}", cell, looks) for at, cell in enumerate(row.cells) if cell)
        parts.append(f'<row r="{number}"{height}>{cells}</row>')
    parts.append("</sheetData>")
    # Widths and heights may be changed: they are a matter of the screen.
    parts.append('<sheetProtection sheet="1" objects="1" scenarios="1" formatColumns="0" formatRows="0"/>')
    parts += _highlights(sheet.highlights, looks)
    parts += _rules(sheet.rules)
    parts.append('<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>')
    paper = _A3 if sum(sheet.widths) > _WIDE else _A4
    turned = "landscape" if sheet.landscape else "portrait"
    parts.append(f'<pageSetup paperSize="{paper}" orientation="{turned}" fitToWidth="1" fitToHeight="0"/>')
    if sheet.footer:
        # An ampersand begins a code of the format: doubled, it is itself.
        shown = escaped(f"&L{sheet.footer.replace('&', '&&')}&R&P / &N")
        parts.append(f"<headerFooter><oddFooter>{shown}</oddFooter></headerFooter>")
    return "".join([*parts, "</worksheet>"])


def fitting(row: Row, widths: Sequence[int]) -> int:
    """The height at which the texts of the row's cells can be read, in points, as far as that can be told without the
    program's fonts."""
    lines = [
        sum(1 + len(line) // max(width - cell.look.indent, 1) for line in cell.value.split("\n"))
        for cell, width in zip(row.cells, widths, strict=False)
        if cell and isinstance(cell.value, str) and cell.look.wrap
    ]
    return min(max(MINIMUM_HEIGHT, 4 + LINE_HEIGHT * max(lines, default=1)), _HIGHEST)


def _pane(rows: int, columns: int) -> str:
    if not rows and not columns:
        return ""
    pane = "bottomRight" if rows and columns else "bottomLeft" if rows else "topRight"
    split = (f' xSplit="{columns}"' if columns else "") + (f' ySplit="{rows}"' if rows else "")
    place = f"{letters(columns)}{rows + 1}"
    return f'<pane{split} topLeftCell="{place}" activePane="{pane}" state="frozen"/><selection pane="{pane}"/>'


def _cell(place: str, cell: Cell, looks: Looks) -> str:
    match cell.value:
        case None | "":
            return f'<c r="{place}" s="{looks.number(cell.look)}"/>'
        case str() as text:
            return text_cell(place, looks.number(cell.look, is_quoted=text.startswith(LIKE_A_FORMULA)), text)
        case date() as day:
            return f'<c r="{place}" s="{looks.number(cell.look)}"><v>{(day - date(1899, 12, 30)).days}</v></c>'
        case number:
            return f'<c r="{place}" s="{looks.number(cell.look)}"><v>{written(Decimal(number))}</v></c>'


def _rules(rules: Sequence[Rule]) -> Iterator[str]:
    if not rules:
        return
    yield f'<dataValidations count="{len(rules)}">'
    for rule in rules:
        between = "" if rule.kind == "list" else ' operator="between"'
        title, message = rule.title[:_TITLE_LENGTH], rule.message[:_MESSAGE_LENGTH]
        yield (
            f'<dataValidation type="{rule.kind}"{between} allowBlank="1" showErrorMessage="1" '
            f'errorTitle={quoteattr(title)} error={quoteattr(message)} sqref="{rule.ranges}">'
            f"<formula1>{escaped(rule.first)}</formula1>"
        )
        if rule.last:
            yield f"<formula2>{escaped(rule.last)}</formula2>"
        yield "</dataValidation>"
    yield "</dataValidations>"


def _highlights(highlights: Sequence[Highlight], looks: Looks) -> Iterator[str]:
    for priority, each in enumerate(highlights, 1):
        yield (
            f'<conditionalFormatting sqref="{each.ranges}"><cfRule type="expression" dxfId="{looks.highlight(each.fill)}" '
            f'priority="{priority}"><formula>{escaped(each.formula)}</formula></cfRule></conditionalFormatting>'
        )
