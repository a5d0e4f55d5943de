"""The mayor's brief: two to four pages whatever the plan's size. Every list is bounded, every text has its room."""

from plan_pages.domain.periods import Period
from plan_pages.domain.plan import Plan
from reports.choices import ReportKind
from reports.compose import attention, changing, figures, formats, front, headlines, money, verdicts, words
from reports.compose.basis import Basis
from reports.compose.wording import gettext as _
from reports.document import Block, Document, Heading, Layout, Masthead, Prose, ProseStyle

ROOM = 64
CHAPTERS = 8
CHANGES = 5
LATE = 5


def compose(plan: Plan, period: Period, language: str, previous: Plan | None) -> Document:
    basis = Basis.of(plan, period, language, previous, room=ROOM)
    subtitle = words.DOT.join(
        (ReportKind.MAYOR.label, formats.period(period, language), front.data_of(basis)),
    )
    blocks: tuple[Block, ...] = (
        Masthead(front.plan_title(basis, 100), subtitle, front.owner(basis, ROOM)),
        verdicts.of_plan(basis),
        figures.tiles(basis),
        *figures.chapter_blocks(basis, level=1, inside=False, most=CHAPTERS),
        Heading(1, _("What needs a decision")),
        *attention.decisions(basis),
        Heading(1, _("Headline indicators")),
        *headlines.of_plan(basis),
        *money.of_plan(basis, level=1, most=CHAPTERS, short=True),
        Heading(1, changing.title(basis)),
        *changing.of_plan(basis, CHANGES),
        Heading(1, _("What is late and why")),
        *attention.late_blocks(basis, LATE),
        Heading(1, _("Missing data")),
        *attention.gaps(basis, inside=False),
        Prose((_("How each figure is calculated is said at the end of the council's report."),), ProseStyle.NOTE),
    )
    return front.document(ReportKind.MAYOR, Layout.BRIEF, blocks, basis)
