"""What is missing in a plan: what its groups have not reported, and what its texts lack. One finding a fault; no figure is
computed here that `progress`, `standing` or `indicators` compute.

Texts are those of the plan (titles, descriptions, names, units, methods, sources, milestones), not what is told in
returns. What has left the plan lacks nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from plan_pages.choices import GapKind, Level, State
from plan_pages.domain import indicators, progress, standing
from plan_pages.domain.indicators import Reading
from plan_pages.domain.periods import Period
from plan_pages.domain.plan import Chapter, Goal, Indicator, Measure, Plan, Task, Text
from plan_pages.domain.progress import MeasureProgress
from plan_pages.domain.standing import Standing, Standpoint

LONG_TITLE = 250
"""Characters of a title that still fits a table and a heading."""
PERIODS = 2
"""So many periods in a row without an entry are a gap."""
Item = Chapter | Goal | Task | Measure | Indicator


@dataclass(frozen=True, slots=True)
class Gap:
    """Something is missing at what has that level, code and title. `since`: from which day on, None where nobody knows.
    `last`: the period of the last entry or value, None where there is none. `language` and `count`: of texts not
    translated; `count` is the characters of a long title. `id`: of what it is at."""

    kind: GapKind
    level: Level
    code: str
    title: Text
    chapter: str
    group: str
    since: date | None = None
    last: Period | None = None
    language: str = ""
    count: int = 0
    id: str = ""


def of_plan(plan: Plan, as_of: date) -> tuple[Gap, ...]:
    """All that is missing on that day, in the order of the plan: of each chapter what is not reported, then its texts."""
    current = plan.current()
    found: list[Gap] = []
    for chapter in current.chapters:
        found += in_returns(chapter, current, as_of)
        found += in_texts(chapter, current.languages)
    return tuple(found)


# What was not reported


def in_returns(chapter: Chapter, plan: Plan, as_of: date) -> Iterator[Gap]:
    """Of a chapter of the plan as it stands: entries, reasons and values that are owed."""
    points = _last_periods(chapter, plan, as_of)
    stands = progress.of_chapter(chapter, plan, as_of)
    for goal in stands.goals:
        yield from _values(goal.goal.indicators, chapter, plan, stands.day, as_of)
        for task in goal.tasks:
            yield from _values(task.task.indicators, chapter, plan, stands.day, as_of)
            for each in task.measures:
                yield from _entry(each.measure, chapter, plan, points)
                yield from _reason(each, chapter)
                if not each.standing.stopped and standing.span(each.measure, plan)[0] <= as_of:
                    yield from _values(each.measure.indicators, chapter, plan, stands.day, as_of)


def lacks_value(indicator: Indicator, reading: Reading, day: date, as_of: date) -> bool:
    """Whether a new value is owed: by the day given for its next update; without one, a period of the length of its last
    value's after that. `day`: to which its chapter has reported."""
    last = reading.unavailable or reading.last
    if last is None:
        return indicator.next_update is None or indicator.next_update <= as_of
    if indicator.next_update is not None:
        return last.period.last_day < indicator.next_update <= as_of
    return last.period.next().last_day <= day


def _last_periods(chapter: Chapter, plan: Plan, as_of: date) -> list[Standpoint]:
    """Where the chapter stood at the ends of the plan's last periods, the latest first; none before there were so many."""
    period = min(Period.last_complete(as_of, plan.frequency), Period.containing(plan.last_day, plan.frequency))
    found = []
    for _number in range(PERIODS):
        if period.start < plan.start:
            return []
        reported = Standpoint.of(chapter.reported, plan.frequency, period.last_day).reported
        found.append(Standpoint(period, period.last_day, period.last_day, reported))
        period = period.previous()
    return found


def _entry(measure: Measure, chapter: Chapter, plan: Plan, points: Sequence[Standpoint]) -> Iterator[Gap]:
    """By rule 1 at each of the periods: what is completed, stopped, or begins later owes none."""
    stood = [standing.of_measure(measure, plan, at) for at in points]
    if stood and all(each.status is None for each in stood):
        known = stood[0].last_known
        since = known.period.end if known else max(standing.span(measure, plan)[0], plan.start)
        yield _gap(GapKind.NO_ENTRY, Level.MEASURE, measure, chapter, since, known.period if known else None)


def _reason(each: MeasureProgress, chapter: Chapter) -> Iterator[Gap]:
    found = each.standing
    if found.state in (State.DELAYED, State.STOPPED) and not found.reason:
        told = found.entry or found.last_known
        last = told.period if told else None
        yield _gap(GapKind.NO_REASON, Level.MEASURE, each.measure, chapter, _late_since(each.measure, found), last)


def _late_since(measure: Measure, found: Standing) -> date | None:
    if found.late and measure.end:
        return measure.end + timedelta(days=1)
    return found.entry.period.start if found.entry else None


def _values(found: Sequence[Indicator], chapter: Chapter, plan: Plan, day: date, as_of: date) -> Iterator[Gap]:
    for each in found:
        reading = indicators.of_indicator(each, plan, day, chapter.reported)
        if lacks_value(each, reading, day, as_of):
            last = reading.unavailable or reading.last
            period = last.period if last else None
            since = each.next_update or (period.next().end if period else None)
            yield _gap(GapKind.NO_VALUE, Level.INDICATOR, each, chapter, since, period)


# What the texts lack


def in_texts(chapter: Chapter, languages: Sequence[str]) -> Iterator[Gap]:
    """Of a chapter as it stands, published or a draft: what its goals, tasks and measures lack, and in which languages
    texts are missing."""
    yield from _untranslated(Level.CHAPTER, chapter, (chapter.title, chapter.summary), chapter, languages)
    for goal in chapter.goals:
        if not goal.indicators:
            yield _gap(GapKind.NO_INDICATOR, Level.GOAL, goal, chapter)
        yield from _wording(Level.GOAL, goal, (), chapter, languages)
        for task in goal.tasks:
            yield from _wording(Level.TASK, task, (), chapter, languages)
            for measure in task.measures:
                if not measure.responsible.strip():
                    yield _gap(GapKind.NO_RESPONSIBLE, Level.MEASURE, measure, chapter)
                if measure.end is None:
                    yield _gap(GapKind.NO_END, Level.MEASURE, measure, chapter)
                milestones = [each.title for each in measure.milestones]
                yield from _wording(Level.MEASURE, measure, milestones, chapter, languages)


def _wording(
    level: Level, of: Goal | Task | Measure, others: Sequence[Text], chapter: Chapter, languages: Sequence[str]
) -> Iterator[Gap]:
    """Of one item and its indicators."""
    longest = max((len(text) for _language, text in of.title.pairs), default=0)
    if longest > LONG_TITLE:
        yield _gap(GapKind.LONG_TITLE, level, of, chapter, count=longest)
    yield from _untranslated(level, of, (of.title, of.description, *others), chapter, languages)
    for each in of.indicators:
        texts = (each.name, each.unit, each.method, each.source)
        yield from _untranslated(Level.INDICATOR, each, texts, chapter, languages)


def _untranslated(
    level: Level, of: Item, texts: Sequence[Text], chapter: Chapter, languages: Sequence[str]
) -> Iterator[Gap]:
    """One gap a language; a text that was given in none is no gap."""
    for language in languages:
        count = sum(1 for text in texts if text and not text.has(language))
        if count:
            yield _gap(GapKind.NOT_TRANSLATED, level, of, chapter, language=language, count=count)


def _gap(
    kind: GapKind,
    level: Level,
    of: Item,
    chapter: Chapter,
    since: date | None = None,
    last: Period | None = None,
    *,
    language: str = "",
    count: int = 0,
) -> Gap:
    title = of.name if isinstance(of, Indicator) else of.title
    return Gap(kind, level, of.code, title, chapter.code, chapter.group, since, last, language, count, of.id)
