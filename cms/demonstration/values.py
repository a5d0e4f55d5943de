"""The files of `cms/demo/` as values: the plan that is approved, and apart from it what is not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from plan_pages.choices import (
    Aggregate,
    Direction,
    Frequency,
    GroupKind,
    IndicatorKind,
    PlanStage,
    ReturnState,
    Status,
)
from plan_pages.domain.periods import Period
from plan_pages.domain.plan import (
    Approval,
    BudgetLine,
    Chapter,
    DeadlineChange,
    Entry,
    Goal,
    Group,
    Indicator,
    Link,
    Measure,
    Milestone,
    Plan,
    Task,
    Text,
    Value,
)

FOLDER = Path(__file__).resolve().parents[1] / "demo"
Raw = Mapping[str, Any]


@dataclass(frozen=True)
class Pending:
    """A return that is not approved: its entries by measure and its actuals by indicator, by code."""

    chapter: str
    period: Period
    state: ReturnState
    entries: Mapping[str, Entry]
    values: Mapping[str, Value]


@dataclass(frozen=True)
class Demonstration:
    """`chapters`: the raw files by code, for the prose that a plan's values do not carry."""

    slug: str
    plan: Plan
    pending: tuple[Pending, ...]
    raw: Raw
    chapters: Mapping[str, Raw]
    news: tuple[Raw, ...]
    pages: tuple[Raw, ...]
    preparation: Raw


def read(folder: Path = FOLDER) -> Demonstration:
    """Read all files. Raises ValueError or KeyError where a file is not as it should be."""
    raw = _yaml(folder / "plan.yaml")
    files = sorted((folder / "chapters").glob("*.yaml"), key=lambda path: path.stem)
    chapters = [_yaml(path) for path in files]
    values = [_Chapter(each) for each in chapters]
    plan = Plan(
        title=_text(raw["title"]),
        start_year=raw["start_year"],
        end_year=raw["end_year"],
        vision=_text(raw["vision"]),
        frequency=Frequency(raw["frequency"]),
        currency=raw["currency"],
        stage=PlanStage(raw["stage"]),
        approval=Approval(_text(raw["approval"]["body"])),
        owner=_text(raw["owner"]),
        demonstration=raw["demonstration"],
        groups=tuple(
            Group(each["code"], _text(each["name"]), _text(each["remit"]), GroupKind(each["kind"]))
            for each in raw["groups"]
        ),
        chapters=tuple(each.chapter() for each in values),
    )
    return Demonstration(
        slug=raw["slug"],
        plan=plan,
        pending=tuple(pending for each in values for pending in each.pending()),
        raw=raw,
        chapters={each["code"]: each for each in chapters},
        news=tuple(_yaml(folder / "news.yaml")),
        pages=tuple(_yaml(folder / "pages.yaml")),
        preparation=_yaml(folder / "preparation.yaml"),
    )


class _Chapter:
    """One chapter's file. What belongs to a return that is not approved is kept apart."""

    def __init__(self, raw: Raw) -> None:
        self.raw = raw
        self.states = {Period.parse(key): ReturnState(state) for key, state in (raw.get("returns") or {}).items()}
        self.entries: dict[Period, dict[str, Entry]] = {period: {} for period in self.states}
        self.values: dict[Period, dict[str, Value]] = {period: {} for period in self.states}
        self.reported: set[Period] = set()

    def chapter(self) -> Chapter:
        raw = self.raw
        goals = tuple(self._goal(each) for each in raw["goals"])
        return Chapter(
            code=raw["code"],
            title=_text(raw["title"]),
            summary=_text(raw["summary"]),
            group=raw["group"],
            weight=_number(raw.get("weight")),
            goals=goals,
            reported=tuple(sorted(self.reported)),
        )

    def pending(self) -> Iterator[Pending]:
        for period, state in self.states.items():
            yield Pending(self.raw["code"], period, state, self.entries[period], self.values[period])

    def _goal(self, raw: Raw) -> Goal:
        return Goal(**self._common(raw), tasks=tuple(self._task(each) for each in raw["tasks"]))

    def _task(self, raw: Raw) -> Task:
        return Task(**self._common(raw), measures=tuple(self._measure(each) for each in raw["measures"]))

    def _measure(self, raw: Raw) -> Measure:
        return Measure(
            **self._common(raw),
            responsible=raw.get("responsible") or "",
            partners=tuple(raw.get("partners") or ()),
            start=_day(raw.get("start")),
            end=_day(raw.get("end")),
            milestones=tuple(
                Milestone(_text(each["title"]), _day(each.get("date"))) for each in raw.get("milestones") or ()
            ),
            links=tuple(Link(each["title"], each["url"]) for each in raw.get("links") or ()),
            tags=tuple(raw.get("tags") or ()),
            entries=tuple(self._entries(raw)),
            budget=tuple(
                BudgetLine(each["year"], each["fund"], _number(each.get("planned")), _number(each.get("spent")))
                for each in raw.get("budget") or ()
            ),
            deadline_changes=tuple(
                DeadlineChange(date.fromisoformat(each["changed"]), _day(each["was"]), _day(each["became"]))
                for each in raw.get("previous_ends") or ()
            ),
        )

    def _common(self, raw: Raw) -> dict[str, Any]:
        return {
            "code": raw["code"],
            "title": _text(raw["title"]),
            "description": _text(raw.get("description")),
            "weight": _number(raw.get("weight")),
            "indicators": tuple(self._indicator(each) for each in raw.get("indicators") or ()),
        }

    def _entries(self, raw: Raw) -> Iterator[Entry]:
        for written, each in sorted((raw.get("entries") or {}).items()):
            period = Period.parse(written)
            entry = Entry(
                period,
                Status(each["status"]),
                _number(each.get("percent")),
                _text(each.get("note")),
                _text(each.get("next")),
                _text(each.get("reason")),
            )
            if period in self.states:
                self.entries[period][raw["code"]] = entry
            else:
                self.reported.add(period)
                yield entry

    def _indicator(self, raw: Raw) -> Indicator:
        return Indicator(
            code=raw["code"],
            name=_text(raw["name"]),
            kind=IndicatorKind(raw["kind"]),
            unit=_text(raw.get("unit")),
            direction=Direction(raw["direction"]) if raw.get("direction") else None,
            aggregate=Aggregate(raw.get("aggregate") or Aggregate.LAST),
            baseline=_number(raw.get("baseline")),
            baseline_year=raw.get("baseline_year"),
            target=_number(raw.get("target")),
            target_year=raw.get("target_year"),
            tolerance=_number(raw.get("tolerance")),
            threshold=_number(raw.get("threshold")),
            method=_text(raw.get("method")),
            source=_text(raw.get("source")),
            next_update=_day(raw.get("next_update")),
            values=tuple(self._values(raw)),
        )

    def _values(self, raw: Raw) -> Iterator[Value]:
        for written, each in sorted((raw.get("values") or {}).items()):
            period = Period.parse(written)
            target = _number(each.get("target"))
            value = Value(
                period, target, _number(each.get("actual")), each.get("unavailable", False), _text(each.get("note"))
            )
            is_reported = value.actual is not None or value.unavailable
            if is_reported and period in self.states:
                self.values[period][raw["code"]] = value
                value = Value(period, target)
            elif is_reported:
                self.reported.add(period)
            if value.target is not None or (is_reported and period not in self.states):
                yield value


def _yaml(path: Path) -> Any:
    return yaml.load(path.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def _text(texts: Raw | None) -> Text:
    return Text.of({code: text.strip() for code, text in (texts or {}).items() if text})


def _number(written: Any) -> Decimal | None:
    return None if written in (None, "") else Decimal(str(written))


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
