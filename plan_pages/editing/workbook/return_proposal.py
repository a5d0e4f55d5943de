"""An upload of a return's workbook held against the return."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy

from plan_pages.editing.rows import MoneyRow
from plan_pages.editing.sheet import ReturnSheet
from plan_pages.editing.workbook.of_return import INDICATORS, MONEY, money_fingerprint
from plan_pages.editing.workbook.proposal import Asked, Proposal
from plan_pages.editing.workbook.reading import Edit, Stranger
from plan_pages.monitoring import ChapterReturn, fingerprint
from plan_pages.register import Indicator, Measure
from plan_pages.spreadsheet.problems import Findings

GONE = gettext_lazy("the row is no longer in the return; download the workbook anew")
TAKEN = gettext_lazy("there is a line of this measure, year and fund already; change that one")
UNKNOWN = gettext_lazy("there is no row with the code {code} in the return")
OF_ANOTHER = gettext_lazy("{code} belongs to another chapter: {chapter}")
COLUMNS = {"measure": "code"}
"""Fields of a new line of money that have another name in the file."""


class ReturnProposal(Proposal):
    def __init__(self, chapter_return: ChapterReturn, asked: Asked, *, may_set_targets: bool) -> None:
        super().__init__(asked)
        self.chapter_return = chapter_return
        self.sheet = ReturnSheet(chapter_return, may_set_targets=may_set_targets)
        self.forms = {str(row.prefix): row for row in self.sheet.rows}
        self.measures = {row.measure.code: row.measure for row in self.sheet.measures}
        for edit in asked.edits:
            if edit.key:
                self._change_row(edit)
        for number, edit in enumerate(edit for edit in asked.edits if not edit.key):
            self._add_line(edit, number)
        self.sheet.is_valid()
        self.check(COLUMNS)

    def save(self, user: Any) -> None:
        """Called by the deed that took it in."""
        self.sheet.save(user)

    def _change_row(self, edit: Edit) -> None:
        form = self.forms.get(edit.key)
        if form is None:
            self.error(edit, "code", GONE)
        elif edit.part == MONEY:
            title = f"{form.measure} · {form.stored.year} · {form.stored.fund}"
            self.add(edit, form, title, money_fingerprint(form), form.entry)
        elif edit.part == INDICATORS:
            self.add(edit, form, str(form.indicator), fingerprint(form.value), form.value)
        else:
            self.add(edit, form, str(form.measure), fingerprint(form.entry), form.entry)

    def _add_line(self, edit: Edit, number: int) -> None:
        measure = self.measures.get(edit.code)
        if measure is None:
            tell_strangers(
                self.findings,
                [Stranger(MONEY, edit.code, edit.sheet, edit.row, self.place(edit, "code"))],
                self.chapter_return,
            )
            return
        values = dict(edit.values) | {"measure": str(measure.pk)}
        there = self.forms.get(f"money-{measure.pk}-{values['year']}-{values['fund']}")
        years = range(self.chapter_return.period.value.year, self.chapter_return.chapter.plan.start_year - 1, -1)
        form = MoneyRow(f"line-new-{number}", measures=[(measure.pk, str(measure))], years=list(years))
        amounts = {name: values[name] for name in ("planned", "spent") if values.get(name)}
        if there is not None:
            if any(self.value(there, name, text) != there.fields[name].initial for name, text in amounts.items()):
                self.error(edit, "code", TAKEN)
            return
        title = f"{measure} · {values['year']} · {values['fund']}"
        if row := self.add(Edit(**_fields(edit) | {"values": values}), form, title, "", None):
            row.changes = [change for change in row.changes if change.field in ("planned", "spent") and change.becomes]
            self.sheet.money.append(form)


def _fields(edit: Edit) -> dict[str, Any]:
    return {name: getattr(edit, name) for name in Edit.__slots__}


def tell_strangers(findings: Findings, strangers: Iterable[Stranger], chapter_return: ChapterReturn) -> None:
    """Say of every code that the file brings along whose it is, or that nothing has it."""
    strangers = list(strangers)
    owners = _owners({each.code for each in strangers}, chapter_return.chapter.plan_id) if strangers else {}
    for each in strangers:
        owner = owners.get((each.part == INDICATORS, each.code))
        if owner is None or owner == str(chapter_return.chapter):
            findings.error(each.sheet, each.row, each.column, UNKNOWN, each.code, code=each.code)
        else:
            findings.error(each.sheet, each.row, each.column, OF_ANOTHER, each.code, code=each.code, chapter=owner)


def _owners(codes: set[str], plan: int) -> dict[tuple[bool, str], str]:
    """(whether an indicator, code) to the chapter that it stands in."""
    found: dict[tuple[bool, str], str] = {}
    for model in (Measure, Indicator):
        rows = model.objects.current().filter(plan=plan, code__in=codes).select_related("chapter")
        found |= {(model is Indicator, row.code): str(row.chapter) for row in rows}
    return found
