"""The council's report: the whole plan, every goal, task and measure with its figures; nothing is cut."""

from plan_pages.domain.periods import Period
from plan_pages.domain.plan import Plan
from reports.choices import ReportKind
from reports.compose import (
    appendix,
    attention,
    changing,
    chapters,
    figures,
    formats,
    front,
    headlines,
    money,
    verdicts,
    words,
)
from reports.compose.basis import Basis
from reports.compose.wording import gettext as _
from reports.document import Block, Contents, Cover, Document, Heading, Layout

CHANGES = 25
LATE = 40


def compose(plan: Plan, period: Period, language: str, previous: Plan | None) -> Document:
    basis = Basis.of(plan, period, language, previous)
    blocks: list[Block] = [
        Cover(
            title=front.plan_title(basis),
            subtitle=words.DOT.join((ReportKind.COUNCIL.label, formats.period(period, language))),
            kicker=front.owner(basis),
            facts=front.facts(basis),
            note=_cover_note(basis),
        ),
        Contents(_("Contents"), depth=2),
        *_summary(basis),
    ]
    for place, chapter in enumerate(basis.now.chapters):
        blocks += chapters.of(chapter, place, basis)
    blocks += appendix.of_rules(basis)
    return front.document(ReportKind.COUNCIL, Layout.REPORT, tuple(blocks), basis)


def _cover_note(basis: Basis) -> str:
    if basis.plan.demonstration:
        return _("The data of this report is made up for demonstration and says nothing of the city.")
    return ""


def _summary(basis: Basis) -> tuple[Block, ...]:
    blocks: list[Block] = [Heading(1, _("Summary"), anchor="summary"), verdicts.of_plan(basis), figures.tiles(basis)]
    blocks += [
        *figures.chapter_blocks(basis, level=2, inside=True, most=len(basis.now.chapters)),
        Heading(2, _("What needs a decision")),
        *attention.decisions(basis),
        Heading(2, _("Headline indicators")),
        *headlines.of_plan(basis),
        *money.of_plan(basis, level=2, most=0, short=False),
        Heading(2, changing.title(basis)),
        *changing.of_plan(basis, CHANGES),
        Heading(2, _("What is late and why")),
        *attention.late_blocks(basis, LATE),
        Heading(2, _("Missing data")),
        *attention.gaps(basis, inside=True),
    ]
    return tuple(blocks)
