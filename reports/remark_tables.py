"""The table of remarks and answers as files: a value of the plan's domain in, PDF and HTML twin out. One call each."""

from django.utils import translation
from django.utils.translation import gettext as _

from plan_pages.domain.remarks import RemarkTable
from plan_pages.remark_workbook import XLSX, file_name, workbook
from reports import html, pdf
from reports.choices import FileFormat
from reports.compose import remarks


def make_table(table: RemarkTable, language: str, kind: FileFormat) -> bytes:
    """The PDF, which carries the same table as a workbook, or the twin. The same arguments give the same bytes."""
    document = remarks.compose(table, language)
    if kind is FileFormat.HTML:
        return html.render(document)
    with translation.override(language):
        attachment = pdf.Attachment(
            file_name(table, "xlsx"),
            XLSX,
            workbook(table, language),
            _("Table of remarks and answers as a workbook"),
            pdf.Relationship.DATA,
        )
    return pdf.render(document, attachments=(attachment,))
