"""A chapter, as values, into the raw blocks of its page, each with the id that its code already has."""

import json
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from plan_pages.choices import Level
from plan_pages.domain.plan import Chapter, Goal, Indicator, Measure, Task, Text
from plan_pages.languages import language_codes
from plan_pages.projection import MODELS
from plan_pages.register import Chapter as ChapterRow

Raw = dict[str, Any]


@dataclass(frozen=True, slots=True)
class KnownBlocks:
    """Per level, code to block id and to the raw block as it was published, of one chapter."""

    ids: Mapping[Level, Mapping[str, str]]
    raw: Mapping[str, Raw]

    @classmethod
    def of(cls, row: ChapterRow | None) -> "KnownBlocks":
        if row is None:
            return cls({level: {} for level in MODELS}, {})
        ids = {}
        for level, model in MODELS.items():
            # What is in the plan now comes last and so wins over what left it under the same code.
            rows = model.objects.filter(chapter=row).values_list("code", "block_id", "retired_at", "pk")
            ordered = sorted(rows, key=lambda each: (each[2] is None, each[2] and each[2].timestamp(), each[3]))
            ids[level] = {code: str(block_id) for code, block_id, _retired, _pk in ordered}
        return cls(ids, _by_id(row.page.goals.get_prep_value()) if row.page else {})

    def id(self, level: Level, code: str) -> str:
        return self.ids[level].get(code) or str(uuid.uuid4())


def goals_stream(chapter: Chapter, known: KnownBlocks, absent: Collection[tuple[str, str]] = ()) -> str:
    """The JSON of `ChapterPage.goals`. `absent`: (sheet, column) pairs whose fields stay as `known` has them."""
    return json.dumps([_Builder(known, absent).goal(goal) for goal in chapter.goals], ensure_ascii=False)


class _Builder:
    def __init__(self, known: KnownBlocks, absent: Collection[tuple[str, str]]) -> None:
        self.known = known
        self.absent = absent
        self.languages = language_codes()

    def goal(self, goal: Goal) -> Raw:
        value = self._level(goal) | {"tasks": [self.task(task) for task in goal.tasks]}
        return self._block(Level.GOAL, "goal", "goals", goal.code, value)

    def task(self, task: Task) -> Raw:
        value = self._level(task) | {"measures": [self.measure(measure) for measure in task.measures]}
        return self._block(Level.TASK, "task", "tasks", task.code, value)

    def measure(self, measure: Measure) -> Raw:
        old = self._old(Level.MEASURE, measure.code)
        milestones = [
            {"title": self._texts(each.title), "date": each.date.isoformat() if each.date else None}
            for each in measure.milestones
        ]
        links = [{"title": each.title, "url": each.url} for each in measure.links]
        value = self._level(measure) | {
            "responsible": measure.responsible,
            "partners": "\n".join(measure.partners),
            "start": measure.start.isoformat() if measure.start else None,
            "end": measure.end.isoformat() if measure.end else None,
            "milestones": _list("milestone", milestones, old.get("milestones", [])),
            "decisions": _list("decision", links, old.get("decisions", [])),
            "tags": "\n".join(measure.tags),
        }
        return self._block(Level.MEASURE, "measure", "measures", measure.code, value)

    def indicator(self, indicator: Indicator) -> Raw:
        value = {
            "code": indicator.code,
            "name": self._texts(indicator.name),
            "unit": self._texts(indicator.unit),
            "kind": indicator.kind.value,
            "direction": indicator.direction.value if indicator.direction else "",
            "aggregate": indicator.aggregate.value,
            "baseline": _number(indicator.baseline),
            "baseline_year": indicator.baseline_year,
            "target": _number(indicator.target),
            "target_year": indicator.target_year,
            "tolerance": _number(indicator.tolerance),
            "threshold": _number(indicator.threshold),
            "method": self._texts(indicator.method),
            "source": self._texts(indicator.source),
            "next_update": indicator.next_update.isoformat() if indicator.next_update else None,
        }
        return self._block(Level.INDICATOR, "indicator", "indicators", indicator.code, value)

    def _level(self, item: Goal | Task | Measure) -> Raw:
        return {
            "code": item.code,
            "title": self._texts(item.title),
            "description": self._texts(item.description),
            "weight": _number(item.weight),
            "indicators": [self.indicator(each) for each in item.indicators],
        }

    def _texts(self, text: Text) -> dict[str, str]:
        return {code: text.get(code) for code in self.languages}

    def _old(self, level: Level, code: str) -> Raw:
        block = self.known.raw.get(self.known.ids[level].get(code, ""), {})
        return block.get("value", {})

    def _block(self, level: Level, kind: str, sheet: str, code: str, value: Raw) -> Raw:
        old = self._old(level, code)
        for name, now in value.items():
            column = {"decisions": "links"}.get(name, name)
            if (sheet, column) in self.absent and name in old:
                value[name] = old[name]
            elif isinstance(now, dict):
                for language in self.languages:
                    if (sheet, f"{column}_{language}") in self.absent:
                        now[language] = old.get(name, {}).get(language, "")
            elif name == "milestones" and old and self._all_absent(sheet, column):
                value[name] = old[name]
        return {"type": kind, "value": value, "id": self.known.id(level, code)}

    def _all_absent(self, sheet: str, column: str) -> bool:
        return all((sheet, f"{column}_{language}") in self.absent for language in self.languages)


def _list(kind: str, values: Sequence[Raw], old: Sequence[Raw]) -> list[Raw]:
    """Blocks of a plain list; the ones that were there keep their ids by their place."""
    ids = [each.get("id") for each in old]
    return [
        {"type": kind, "value": value, "id": ids[number] if number < len(ids) else str(uuid.uuid4())}
        for number, value in enumerate(values)
    ]


def _number(value: Any) -> str | None:
    return None if value is None else f"{value:f}"


def _by_id(blocks: Sequence[Raw]) -> dict[str, Raw]:
    found: dict[str, Raw] = {}
    for block in blocks:
        found[block.get("id", "")] = block
        for name in ("tasks", "measures"):
            found |= _by_id(block["value"].get(name, []))
        found |= _by_id(block["value"].get("indicators", [])) if isinstance(block["value"], dict) else {}
    return found
