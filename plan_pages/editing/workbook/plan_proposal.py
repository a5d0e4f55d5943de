"""An upload of a period's indicators held against the whole plan."""

from typing import Any

from plan_pages.editing.sheet import store
from plan_pages.editing.workbook.of_plan import PeriodSheet
from plan_pages.editing.workbook.proposal import Asked, Proposal, RowChange
from plan_pages.editing.workbook.reading import Edit
from plan_pages.editing.workbook.return_proposal import GONE
from plan_pages.monitoring import ChapterReturn, IndicatorValue, ReportingPeriod, fingerprint
from plan_pages.register import Chapter

TARGETS = frozenset({"target"})


class PlanProposal(Proposal):
    def __init__(self, period: ReportingPeriod, asked: Asked) -> None:
        super().__init__(asked)
        self.sheet = PeriodSheet(period)
        self.forms = {
            str(row.prefix): (row, chapter) for chapter in self.sheet.chapters for row in self.sheet.rows[chapter.pk]
        }
        self.reported: set[int] = set()
        """Chapters of which something is reported: more than interim targets is asked for."""
        for edit in asked.edits:
            self._change_row(edit)
        self.check()

    def _change_row(self, edit: Edit) -> None:
        found = self.forms.get(edit.key)
        if found is None:
            self.error(edit, "code", GONE)
            return
        form, chapter = found
        row = self.add(edit, form, f"{chapter.code} · {form.indicator}", fingerprint(form.value), form.value)
        if row is None:
            return
        if why := self.sheet.barred(chapter):
            self.error(edit, "code", f"{chapter}: {why}")
        elif {change.field for change in row.changes} - TARGETS:
            self.reported.add(chapter.pk)

    @property
    def returns(self) -> list[ChapterReturn]:
        """The returns that were there already, and of which something is reported."""
        return [self.sheet.returns[each] for each in sorted(self.reported) if each in self.sheet.returns]

    @property
    def to_begin(self) -> list[Chapter]:
        """Chapters that have no return for the period, and of which something is reported."""
        return [each for each in self.sheet.chapters if each.pk in self.reported and each.pk not in self.sheet.returns]

    def save(self, user: Any) -> None:
        """Called by the deed that took it in."""
        store(IndicatorValue, [_wanted(row, self.sheet.period) for row in self.rows], user)


def _wanted(row: RowChange, period: ReportingPeriod) -> tuple[Any, Any, dict[str, Any]]:
    return row.form.value, row.form.wanted, {"indicator": row.form.indicator, "period": period}
