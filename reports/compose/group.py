"""A chapter's report for the group that answers for it: where it stands, and what to do before the next return.

It is made from the plan with that chapter alone, so that every figure in it is the chapter's.
"""

from dataclasses import replace

from plan_pages.choices import Level
from plan_pages.domain import progress
from plan_pages.domain.periods import Period
from plan_pages.domain.plan import Chapter, Plan
from plan_pages.domain.progress import ChapterProgress
from reports.choices import ReportKind
from reports.compose import (
    attention,
    changing,
    chapters,
    courses,
    entries,
    figures,
    formats,
    front,
    missing,
    money,
    timetable,
    verdicts,
    words,
)
from reports.compose.basis import Basis
from reports.compose.wording import gettext as _
from reports.document import (
    Block,
    Callout,
    Document,
    Heading,
    Layout,
    Mark,
    Masthead,
    Prose,
    ProseStyle,
    Signal,
    Words,
    linked,
)


class ChapterError(ValueError):
    """The chapter that a report is to be about is missing, not wanted or not in the plan: in words which."""


def only(code: str, plan: Plan, period: Period) -> Plan:
    """The plan with the chapter of that code alone. Raises ChapterError where it has none in that period."""
    if not code:
        raise ChapterError(_("A chapter's report needs the code of its chapter."))
    known = [each.chapter for each in progress.of_plan(plan, period.last_day).chapters]
    found = sorted((each for each in known if each.code == code), key=lambda each: each.retired is not None)
    if not found:
        codes = ", ".join(each.code for each in known) or words.DASH
        raise ChapterError(
            _("The plan has no chapter “%(code)s”. Its chapters: %(codes)s.") % {"code": code, "codes": codes}
        )
    return _alone(plan, found[0])


def compose(plan: Plan, period: Period, language: str, previous: Plan | None) -> Document:
    """Of a plan with one chapter."""
    own = plan.chapters[0]
    basis = Basis.of(plan, period, language, same(previous, own) if previous else None, is_of_chapter=True)
    chapter = basis.now.chapters[0]
    title = words.named(own.title, own.code, basis)
    subtitle = words.DOT.join((ReportKind.CHAPTER.label, formats.period(period, language), front.data_of(basis)))
    all_of_them = sum(1 for _each in chapter.measures())
    blocks = (
        Masthead(title, subtitle, front.plan_title(basis, 100)),
        *_standing(chapter, basis),
        Heading(1, _("What to do before the next return")),
        *missing.of_chapter(chapter, basis),
        Heading(1, changing.title(basis)),
        *changing.of_plan(basis, all_of_them),
        Heading(1, _("What is late and why")),
        *attention.late_blocks(basis, all_of_them),
        Heading(1, _("Moved ends")),
        *timetable.moved(basis),
        Heading(1, _("Next milestones, starts and ends")),
        *timetable.coming(basis),
        Heading(1, _("Goals, tasks and measures")),
        *entries.of_chapter(chapter, basis),
        Heading(1, _("Indicators")),
        *courses.of_chapter(chapter, basis),
        *_money(chapter, basis),
        Prose((_("How each figure is calculated is said at the end of the council's report."),), ProseStyle.NOTE),
    )
    return front.document(ReportKind.CHAPTER, Layout.BRIEF, blocks, basis, title)


def _alone(plan: Plan, chapter: Chapter) -> Plan:
    """Without its weight: beside no other chapter it has none."""
    return replace(plan, chapters=(replace(chapter, weight=None),))


def same(plan: Plan, chapter: Chapter) -> Plan:
    """An older snapshot with that chapter alone, or with none where it had not come into the plan."""
    for each in plan.chapters:
        if each.id == chapter.id if each.id and chapter.id else each.code == chapter.code:
            return _alone(plan, each)
    return replace(plan, chapters=())


def _standing(chapter: ChapterProgress, basis: Basis) -> tuple[Block, ...]:
    """The verdict and the figures, with how the goals stand."""
    blocks: list[Block] = [chapters.facts(chapter, basis)]
    if basis.unreported():
        period = formats.period_short(basis.period, basis.language)
        said = _("The chapter has not reported for %(period)s") % {"period": period}
        figures_of: tuple[Words, ...] = ()
        if chapter.period:
            stands = words.standing_of(chapter, basis)
            figures_of = (_("The figures below are those of %(period)s.") % {"period": stands},)
        blocks.append(Callout(said, figures_of, Mark(Signal.UNKNOWN, _("Not reported"))))
    blocks += [verdicts.of_chapter(chapter, basis), figures.tiles(basis)]
    rows = chapters.goal_rows(chapter, 0, basis)
    if rows:
        table = [(linked(label, href), figure) for label, href, figure in rows]
        blocks += [
            Heading(1, _("Status of measures by goal")),
            figures.status_bars(rows, Level.GOAL, basis),
            Heading(1, _("Progress of goals")),
            figures.progress_table(table, Level.GOAL, basis),
            Prose((_("Bar: progress. Stroke: share of the time gone."),), ProseStyle.NOTE),
        ]
    return tuple(blocks)


def _money(chapter: ChapterProgress, basis: Basis) -> tuple[Block, ...]:
    heading = Heading(1, _("Money"))
    table = money.by_measure(chapter.measures(), basis)
    if table is None:
        return heading, Prose((_("The chapter has no budget up to this year."),))
    return (
        heading,
        *money.in_full(money.of(chapter.measures(), basis), basis),
        Heading(2, _("Money by measure")),
        table,
    )
