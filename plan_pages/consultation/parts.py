"""The part of a plan that a remark is about: found by the key that a form sends, offered as a tree, kept as it is now."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from plan_pages.choices import Level
from plan_pages.consultation.remarks import PARTS, Remark
from plan_pages.register import Chapter, Goal, Indicator, Measure, Plan, Task, in_language

WHOLE = "plan"
"""Key of the whole plan. Others are `measure-17`: level and key of the row."""
_MODELS: dict[Level, Any] = {
    Level.CHAPTER: Chapter,
    Level.GOAL: Goal,
    Level.TASK: Task,
    Level.MEASURE: Measure,
    Level.INDICATOR: Indicator,
}


@dataclass(frozen=True, slots=True)
class Part:
    """`row` and `level` None: the whole plan."""

    level: Level | None = None
    row: Any = None

    @property
    def chapter(self) -> Chapter | None:
        return self.row if self.level is Level.CHAPTER else getattr(self.row, "chapter", None)


@dataclass(frozen=True, slots=True)
class Option:
    """`depth`: 0 for a chapter, one more for each level below."""

    key: str
    label: str
    depth: int = 0

    @property
    def indented(self) -> str:
        return "\u00a0\u00a0\u00a0" * max(self.depth - 1, 0) + self.label


def find(key: str, plan: Plan, chapter: Chapter | None = None) -> Part:
    """The part with that key, in the plan as it is now; `chapter`: in that one only. Raises LookupError."""
    if key == WHOLE and chapter is None:
        return Part()
    name, _dash, number = key.partition("-")
    if name not in {level.value for level in _MODELS} or not number.isdecimal():
        raise LookupError(key)
    level = Level(name)
    published = {"live": True} if level is Level.CHAPTER else {"chapter__live": True}
    row = _MODELS[level].objects.filter(pk=int(number[:18]), plan=plan, retired_at__isnull=True, **published).first()
    part = Part(level, row)
    if row is None or (chapter is not None and part.chapter != chapter):
        raise LookupError(key)
    return part


def key_of(remark: Remark) -> str:
    level = remark.level
    return f"{level}-{getattr(remark, f'{level}_id')}" if level else WHOLE


def keep(remark: Remark, part: Part) -> None:
    """Set the part of a remark, with its code, title and text as they are now."""
    remark.chapter = part.chapter
    for name in PARTS:
        setattr(remark, name, part.row if part.level == name else None)
    remark.part_code = part.row.code if part.row else ""
    remark.part_title = dict(part.row.title) if part.row else {}
    remark.part_text = _text(part)


def _text(part: Part) -> dict[str, str]:
    match part.level:
        case None:
            return {}
        case Level.CHAPTER:
            return dict(part.row.summary)
        case Level.INDICATOR:
            return dict(part.row.method)
        case _:
            return dict(part.row.description)


def offered(plan: Plan, chapter: Chapter | None = None) -> list[tuple[str, list[Option]]]:
    """Every part that may be chosen, a group a chapter, in the order of the plan; in six queries, whatever its size."""
    chapters = Chapter.objects.filter(plan=plan, live=True, retired_at__isnull=True).order_by("page__path", "pk")
    if chapter is not None:
        chapters = chapters.filter(pk=chapter.pk)
    tree = _Tree(plan)
    groups = [
        (_label("", each), [Option(f"chapter-{each.pk}", _label(_("Chapter"), each)), *tree.below_chapter(each.pk)])
        for each in chapters.only("pk", "code", "title")
    ]
    whole = [(_("The plan"), [Option(WHOLE, _("The whole plan"))])] if chapter is None else []
    return [*whole, *groups]


class _Tree:
    """The rows of a plan by what they belong to."""

    def __init__(self, plan: Plan) -> None:
        self.goals = self._rows(Goal, plan, "chapter_id")
        self.tasks = self._rows(Task, plan, "goal_id")
        self.measures = self._rows(Measure, plan, "task_id")
        found = Indicator.objects.filter(plan=plan, retired_at__isnull=True)
        self.indicators: dict[tuple[str, int], list[Any]] = defaultdict(list)
        for row in found.only("pk", "code", "title", "goal_id", "task_id", "measure_id", "position"):
            owner = next(name for name in ("goal", "task", "measure") if getattr(row, f"{name}_id"))
            self.indicators[owner, getattr(row, f"{owner}_id")].append(row)

    def _rows(self, model: Any, plan: Plan, above: str) -> dict[int, list[Any]]:
        found: dict[int, list[Any]] = defaultdict(list)
        for row in model.objects.filter(plan=plan, retired_at__isnull=True).only(
            "pk", "code", "title", above, "position"
        ):
            found[getattr(row, above)].append(row)
        return found

    def below_chapter(self, key: int) -> Iterator[Option]:
        for goal in self.goals[key]:
            yield Option(f"goal-{goal.pk}", _label(_("Goal"), goal), 1)
            yield from self._indicators("goal", goal.pk, 2)
            for task in self.tasks[goal.pk]:
                yield Option(f"task-{task.pk}", _label(pgettext("of the plan", "Task"), task), 2)
                yield from self._indicators("task", task.pk, 3)
                for measure in self.measures[task.pk]:
                    yield Option(f"measure-{measure.pk}", _label(_("Measure"), measure), 3)
                    yield from self._indicators("measure", measure.pk, 4)

    def _indicators(self, owner: str, key: int, depth: int) -> Iterator[Option]:
        for row in self.indicators[owner, key]:
            yield Option(f"indicator-{row.pk}", _label(_("Indicator"), row), depth)


def _label(level: str, row: Any) -> str:
    return " ".join(filter(None, (level, row.code, in_language(row.title))))
