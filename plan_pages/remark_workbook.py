"""The table of remarks and answers as a workbook for people: one sheet, a row a remark. Knows no database.

The same table gives the same bytes. Text is always text: what looks like a formula is none.
"""

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from plan_pages.domain.remarks import Remark, RemarkTable
from plan_pages.spreadsheet.cells import clean
from plan_pages.spreadsheet.writing import Cell, SheetCells, SheetColumn, Style, xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST = 32_000
"""Characters that a cell holds are 32,767."""


def workbook(table: RemarkTable, language: str) -> bytes:
    with translation.override(language):
        columns = (
            SheetColumn(pgettext("number of a remark", "No."), Style.CODE, 10),
            SheetColumn(_("Kind"), Style.LINE, 14),
            SheetColumn(_("Code"), Style.CODE, 12),
            SheetColumn(_("Part of the plan"), Style.PROSE, 40),
            SheetColumn(_("Remark"), Style.PROSE, 60),
            SheetColumn(_("Proposed wording"), Style.PROSE, 40),
            SheetColumn(_("Author"), Style.PROSE, 34),
            SheetColumn(_("Given on"), Style.DATE, 12),
            SheetColumn(_("Answer"), Style.LINE, 20),
            SheetColumn(_("Reason"), Style.PROSE, 60),
            SheetColumn(_("Answered on"), Style.DATE, 12),
        )
        rows = [_row(remark, language) for remark in table.remarks]
        # Names of sheets are short, and some signs may not stand in them.
        sheet = SheetCells(_("Remarks and answers")[:31], columns, rows)
        return xlsx(clean(table.title.best(language), several_lines=False), [sheet])


def file_name(table: RemarkTable, ending: str) -> str:
    """“plan-remarks-2.xlsx”."""
    return f"{table.slug or 'plan'}-remarks-{table.number}.{ending}"


def _row(remark: Remark, language: str) -> list[Cell]:
    return [
        remark.label,
        remark.kind.label,
        remark.part.code,
        _cell(remark.part.title.best(language)) if remark.part.level else _("The whole plan"),
        _cell(remark.text),
        _cell(remark.wording),
        _cell(remark.author.best(language)),
        remark.submitted,
        remark.answer.label if remark.answer else "",
        _cell(remark.reason),
        remark.answered,
    ]


def _cell(text: str) -> str:
    return clean(text, several_lines=True)[:LONGEST]
