"""A plan and a period to the document of a report. All wording of reports is here; nothing is computed and no one asked.

`compose` is the one way in, and the one place where a language becomes the active one. Knows no database, no clock and
no settings. One module a kind of report (`mayor`, `council`, `group`), the others each hold what reports say of one
subject.
"""

from typing import assert_never

from django.utils import translation

from plan_pages.domain.periods import Period
from plan_pages.domain.plan import Plan
from reports.choices import ReportKind
from reports.compose import council, group, mayor
from reports.compose.group import ChapterError
from reports.compose.wording import gettext as _
from reports.document import Document

__all__ = ["ChapterError", "compose"]


def compose(
    kind: ReportKind,
    plan: Plan,
    period: Period,
    language: str,
    *,
    previous: Plan | None = None,
    chapter: str = "",
) -> Document:
    """The report of the plan, or of one of its chapters, as of the period's last day, in a language.

    What changed is told since the end of the period before: by an older snapshot of the plan where `previous` gives
    one, else by this plan. `chapter`: the code of the chapter that a chapter's report is about; ChapterError, in the
    language that is active, where it is missing, not wanted or not in the plan. Equal arguments give equal documents.
    """
    if chapter and kind is not ReportKind.CHAPTER:
        raise ChapterError(_("A report of this kind is about the whole plan: it takes no chapter."))
    own = group.only(chapter, plan, period) if kind is ReportKind.CHAPTER else plan
    with translation.override(language):
        match kind:
            case ReportKind.MAYOR:
                return mayor.compose(plan, period, language, previous)
            case ReportKind.COUNCIL:
                return council.compose(plan, period, language, previous)
            case ReportKind.CHAPTER:
                return group.compose(own, period, language, previous)
            case _:
                assert_never(kind)
