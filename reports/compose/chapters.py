"""A chapter in full: its group and figures, then every goal, task and measure with their indicators and money."""

from collections.abc import Iterator

from plan_pages.choices import Level
from plan_pages.domain.plan import Indicator, Text
from plan_pages.domain.progress import ChapterProgress, Figure, GoalProgress, TaskProgress
from reports.compose import changing, figures, formats, indicators, measures, money, verdicts, words
from reports.compose.basis import Basis
from reports.compose.wording import gettext as _
from reports.compose.wording import ngettext
from reports.document import Block, Fact, Facts, Heading, Prose, Words


def of(chapter: ChapterProgress, place: int, basis: Basis) -> Iterator[Block]:
    own = chapter.chapter
    yield Heading(
        1,
        words.said(own.title, basis),
        number=own.code,
        anchor=figures.anchor(place),
        aside=_level(Level.CHAPTER, chapter.figure, basis),
        href=words.chapter_address(own, basis),
    )
    yield facts(chapter, basis)
    yield from _prose(own.summary, basis)
    yield verdicts.of_chapter(chapter, basis)
    if not chapter.goals:
        yield Prose((_("This chapter has no goals yet."),))
        return
    yield figures.status_bars(goal_rows(chapter, place, basis), Level.GOAL, basis)
    changed = changing.of_chapter({id(each) for each in chapter.measures()}, basis)
    if changed:
        yield changed
    spent = money.of(chapter.measures(), basis)
    if money.is_any(spent):
        yield from money.in_full(spent, basis)
    for number, goal in enumerate(chapter.goals):
        yield from _goal(goal, chapter, figures.anchor(place, number), basis)


def facts(chapter: ChapterProgress, basis: Basis) -> Facts:
    return Facts(tuple(_facts(chapter, basis)))


def _facts(chapter: ChapterProgress, basis: Basis) -> Iterator[Fact]:
    group = basis.plan.group(chapter.chapter.group)
    if group:
        yield Fact(_("Working group"), words.said(group.name, basis))
    yield Fact(_("Reported up to"), words.standing_of(chapter, basis))
    if chapter.chapter.retired:
        yield Fact(_("Taken out of the plan"), formats.day_long(chapter.chapter.retired, basis.language))


def goal_rows(chapter: ChapterProgress, place: int, basis: Basis) -> list[tuple[Words, str, Figure]]:
    """Of every goal a label, its place in the document, and its figure."""
    return [
        (words.named(goal.goal.title, goal.goal.code, basis), f"#{figures.anchor(place, number)}", goal.figure)
        for number, goal in enumerate(chapter.goals)
    ]


def _goal(goal: GoalProgress, chapter: ChapterProgress, anchor: str, basis: Basis) -> Iterator[Block]:
    own = goal.goal
    yield Heading(
        2,
        words.said(own.title, basis),
        number=own.code,
        anchor=anchor,
        aside=_level(Level.GOAL, goal.figure, basis),
    )
    yield from _prose(own.description, basis)
    yield from _indicators([("", own.indicators)], chapter, basis)
    if not goal.tasks:
        yield Prose((_("This goal has no tasks yet."),))
    for task in goal.tasks:
        yield from _task(task, chapter, basis)


def _task(task: TaskProgress, chapter: ChapterProgress, basis: Basis) -> Iterator[Block]:
    own = task.task
    yield Heading(3, words.said(own.title, basis), number=own.code, aside=_level(Level.TASK, task.figure, basis))
    yield from _prose(own.description, basis)
    if task.measures:
        yield measures.table(task, basis)
    else:
        yield Prose((_("This task has no measures yet."),))
    groups: list[tuple[Words, tuple[Indicator, ...]]] = [
        (words.joined([words.level(Level.TASK, basis), own.code]), own.indicators)
    ]
    for each in task.measures:
        owner = words.joined(
            [
                words.level(Level.MEASURE, basis),
                words.measure_code(each.measure, basis),
                measures.title(each.measure, basis),
            ]
        )
        groups.append((owner, each.measure.indicators))
    yield from _indicators(groups, chapter, basis)


def _indicators(
    groups: list[tuple[Words, tuple[Indicator, ...]]], chapter: ChapterProgress, basis: Basis
) -> Iterator[Block]:
    found = indicators.table(groups, chapter, basis)
    if found:
        yield found


def _prose(text: Text, basis: Basis) -> Iterator[Block]:
    paragraphs = words.paragraphs(text, basis)
    if paragraphs:
        yield Prose(paragraphs)


def _level(which: Level, figure: Figure, basis: Basis) -> str:
    """The level's name, and its percent with how many measures it rests on."""
    percent = formats.percent(figure.percent, basis.language) if figure.percent is not None else _("no data")
    rests = ngettext(
        "%(counted)d of %(countable)d measure", "%(counted)d of %(countable)d measures", figure.countable
    ) % {
        "counted": figure.counted,
        "countable": figure.countable,
    }
    return words.DOT.join((words.level(which, basis), percent, rests))
