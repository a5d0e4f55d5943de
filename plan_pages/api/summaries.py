"""The summary of each resource of a plan: what lists and references tell of it. Pure: values in, dictionaries out."""

from collections.abc import Mapping
from typing import Literal

from typing_extensions import TypedDict

from plan_pages.api.shapes import (
    Count,
    Day,
    FigureShape,
    Identity,
    Kind,
    Language,
    LocalText,
    Number,
    PeriodCode,
    PlanReference,
    Shown,
    Uri,
    day_or_none,
    figure_shape,
    local_text,
    number,
    number_or_none,
    shown_or_none,
)
from plan_pages.api.subject import Subject
from plan_pages.choices import GroupKind, IndicatorKind, PercentSource, State, Trend
from plan_pages.domain.indicators import Reading
from plan_pages.domain.plan import Chapter, Goal, Group, Indicator, Measure, Task
from plan_pages.domain.progress import ChapterProgress, GoalProgress, TaskProgress
from plan_pages.domain.standing import Standing
from plan_pages.pages.indicators import IndicatorPlace

FOLDERS: Mapping[Kind, str] = {
    "Chapter": "chapters",
    "Goal": "goals",
    "Task": "tasks",
    "Measure": "measures",
    "Indicator": "indicators",
    "Group": "groups",
}
_Chapter = TypedDict("_Chapter", {"@id": Uri, "@type": Literal["Chapter"]})
_Goal = TypedDict("_Goal", {"@id": Uri, "@type": Literal["Goal"]})
_Task = TypedDict("_Task", {"@id": Uri, "@type": Literal["Task"]})
_Measure = TypedDict("_Measure", {"@id": Uri, "@type": Literal["Measure"]})
_Indicator = TypedDict("_Indicator", {"@id": Uri, "@type": Literal["Indicator"]})
_Group = TypedDict("_Group", {"@id": Uri, "@type": Literal["Group"]})


class ChapterSummary(_Chapter):
    """`group`: the code of the group that answers for it. `reported`: the period at which it stands."""

    id: Identity
    code: str
    title: str
    language: Language
    group: str | None
    reported: PeriodCode | None
    figure: FigureShape


class GoalSummary(_Goal):
    """`chapter`: its code."""

    id: Identity
    code: str
    title: str
    language: Language
    chapter: str
    figure: FigureShape


class TaskSummary(_Task):
    """`chapter`, `goal`: their codes."""

    id: Identity
    code: str
    title: str
    language: Language
    chapter: str
    goal: str
    figure: FigureShape


class MeasureSummary(_Measure):
    """`chapter`, `goal`, `task`: their codes. `status`: as pages show it; what should be over and is not is delayed.
    `percent_source`: where the percentage comes from."""

    id: Identity
    code: str
    title: str
    language: Language
    chapter: str
    goal: str
    task: str
    responsible: str
    start: Day | None
    end: Day | None
    status: State
    late: bool
    percent: Number | None
    percent_shown: Shown | None
    percent_source: PercentSource | None
    time_gone: Number


class IndicatorSummary(_Indicator):
    """`chapter`: its code; `of`: what it belongs to. `worth`: by the values of approved returns, last in `period`.
    `on_course`: null where there is nothing to compare with."""

    id: Identity
    code: str
    title: str
    language: Language
    chapter: str
    of: PlanReference
    kind: IndicatorKind
    unit: LocalText | None
    baseline: Number | None
    target: Number | None
    worth: Number | None
    period: PeriodCode | None
    achievement: Number | None
    achievement_shown: int | None
    on_course: bool | None
    trend: Trend


class GroupSummary(_Group):
    """`id`: the code, for groups have no other identity. `chapters`: for how many it answers."""

    id: str
    code: str
    title: str
    language: Language
    kind: GroupKind
    chapters: Count


def address(subject: Subject, kind: Kind, public_id: str) -> str:
    return f"{subject.address}{FOLDERS[kind]}/{public_id}/"


def plan_reference(subject: Subject) -> PlanReference:
    plan, language = subject.plan, subject.language
    return {
        "@id": subject.address,
        "@type": "Plan",
        "id": plan.id,
        "code": plan.slug,
        "title": plan.title.best(language),
        "language": plan.title.language(language),
    }


def reference(subject: Subject, item: Chapter | Goal | Task | Measure | Indicator | Group) -> PlanReference:
    kind: Kind
    match item:
        case Chapter():
            kind = "Chapter"
        case Goal():
            kind = "Goal"
        case Task():
            kind = "Task"
        case Measure():
            kind = "Measure"
        case Indicator():
            kind = "Indicator"
        case Group():
            kind = "Group"
    title = item.name if isinstance(item, Indicator | Group) else item.title
    identity = item.code if isinstance(item, Group) else item.id
    language = subject.language
    return {
        "@id": address(subject, kind, identity),
        "@type": kind,
        "id": identity,
        "code": item.code,
        "title": title.best(language),
        "language": title.language(language),
    }


def chapter_summary(subject: Subject, found: ChapterProgress) -> ChapterSummary:
    chapter, language = found.chapter, subject.language
    return {
        "@id": address(subject, "Chapter", chapter.id),
        "@type": "Chapter",
        "id": chapter.id,
        "code": chapter.code,
        "title": chapter.title.best(language),
        "language": chapter.title.language(language),
        "group": chapter.group or None,
        "reported": str(found.period) if found.period else None,
        "figure": figure_shape(found.figure),
    }


def goal_summary(subject: Subject, chapter: Chapter, found: GoalProgress) -> GoalSummary:
    goal, language = found.goal, subject.language
    return {
        "@id": address(subject, "Goal", goal.id),
        "@type": "Goal",
        "id": goal.id,
        "code": goal.code,
        "title": goal.title.best(language),
        "language": goal.title.language(language),
        "chapter": chapter.code,
        "figure": figure_shape(found.figure),
    }


def task_summary(subject: Subject, chapter: Chapter, goal: Goal, found: TaskProgress) -> TaskSummary:
    task, language = found.task, subject.language
    return {
        "@id": address(subject, "Task", task.id),
        "@type": "Task",
        "id": task.id,
        "code": task.code,
        "title": task.title.best(language),
        "language": task.title.language(language),
        "chapter": chapter.code,
        "goal": goal.code,
        "figure": figure_shape(found.figure),
    }


def measure_summary(
    subject: Subject, chapter: Chapter, goal: Goal, task: Task, measure: Measure, standing: Standing
) -> MeasureSummary:
    language = subject.language
    return {
        "@id": address(subject, "Measure", measure.id),
        "@type": "Measure",
        "id": measure.id,
        "code": measure.code,
        "title": measure.title.best(language),
        "language": measure.title.language(language),
        "chapter": chapter.code,
        "goal": goal.code,
        "task": task.code,
        "responsible": measure.responsible,
        "start": day_or_none(measure.start),
        "end": day_or_none(measure.end),
        "status": standing.state,
        "late": standing.late,
        "percent": number_or_none(standing.percent),
        "percent_shown": shown_or_none(standing.percent),
        "percent_source": standing.source,
        "time_gone": number(standing.time_gone),
    }


def indicator_summary(subject: Subject, place: IndicatorPlace, reading: Reading) -> IndicatorSummary:
    indicator, language = place.indicator, subject.language
    return {
        "@id": address(subject, "Indicator", indicator.id),
        "@type": "Indicator",
        "id": indicator.id,
        "code": indicator.code,
        "title": indicator.name.best(language),
        "language": indicator.name.language(language),
        "chapter": place.chapter.code,
        "of": reference(subject, place.measure or place.task or place.goal),
        "kind": indicator.kind,
        "unit": local_text(indicator.unit, language),
        "baseline": number_or_none(indicator.baseline),
        "target": number_or_none(indicator.target),
        "worth": number_or_none(reading.worth),
        "period": str(reading.last.period) if reading.last else None,
        "achievement": number_or_none(reading.achievement),
        "achievement_shown": shown_or_none(reading.achievement),
        "on_course": reading.on_course,
        "trend": reading.trend,
    }


def group_summary(subject: Subject, group: Group) -> GroupSummary:
    language = subject.language
    return {
        "@id": address(subject, "Group", group.code),
        "@type": "Group",
        "id": group.code,
        "code": group.code,
        "title": group.name.best(language),
        "language": group.name.language(language),
        "kind": group.kind,
        "chapters": sum(each.group == group.code and each.retired is None for each in subject.plan.chapters),
    }
