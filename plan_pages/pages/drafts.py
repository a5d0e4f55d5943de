"""A chapter as its page has it now, published or a draft, as a value of the plan: texts, days and bodies from the blocks,
nothing that was reported. What is half filled in is left empty. `id` is the block's.
"""

from typing import Any

from plan_pages.blocks.text import TextsValue
from plan_pages.choices import IndicatorKind
from plan_pages.domain.plan import Chapter, Goal, Indicator, Measure, Milestone, Task, Text


def chapter_of(page: Any) -> Chapter:
    """Of a chapter page."""
    return Chapter(
        code=page.code or "",
        title=Text.of(page.heading_texts),
        summary=Text.of(page.summary_texts),
        goals=tuple(_goal(child) for child in page.goals),
    )


def _goal(child: Any) -> Goal:
    return Goal(
        **_common(child), title=_text(child, "title"), tasks=tuple(_task(each) for each in child.value["tasks"])
    )


def _task(child: Any) -> Task:
    measures = tuple(_measure(each) for each in child.value["measures"])
    return Task(**_common(child), title=_text(child, "title"), measures=measures)


def _measure(child: Any) -> Measure:
    value = child.value
    return Measure(
        **_common(child),
        title=_text(child, "title"),
        responsible=value.get("responsible") or "",
        start=value.get("start"),
        end=value.get("end"),
        milestones=tuple(Milestone(_text(each, "title"), each.value.get("date")) for each in value["milestones"]),
    )


def _common(child: Any) -> dict[str, Any]:
    return {
        "code": child.value.get("code") or "",
        "description": _text(child, "description"),
        "indicators": tuple(_indicator(each) for each in child.value["indicators"]),
        "id": child.id or "",
    }


def _indicator(child: Any) -> Indicator:
    kind = child.value.get("kind")
    return Indicator(
        code=child.value.get("code") or "",
        name=_text(child, "name"),
        kind=IndicatorKind(kind) if kind in set(IndicatorKind) else IndicatorKind.OUTPUT,
        unit=_text(child, "unit"),
        method=_text(child, "method"),
        source=_text(child, "source"),
        id=child.id or "",
    )


def _text(child: Any, name: str) -> Text:
    found = child.value.get(name)
    return Text.of(found.texts) if isinstance(found, TextsValue) else Text()
