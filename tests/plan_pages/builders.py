"""Plans for tests, made of domain values with sensible defaults; no database. Every argument of the value can be given.

Texts may be given as plain strings: they become Lithuanian texts. Periods may be written as in the workbook
("2026-Q1"), amounts as strings or integers, dates as ISO text. `a_plan()` alone has one chapter, goal, task and
measure.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from plan_pages.choices import IndicatorKind, Status
from plan_pages.domain.periods import Period
from plan_pages.domain.plan import BudgetLine, Chapter, Entry, Goal, Group, Indicator, Measure, Plan, Task, Text, Value

_TEXTS = {"title", "name", "vision", "summary", "description", "remit", "unit", "method", "source", "owner"} | {
    "note",
    "next",
    "reason",
}
_AMOUNTS = {"weight", "percent", "baseline", "tolerance", "threshold", "target", "actual", "planned", "spent"}
_DATES = {"start", "end", "original_end", "retired", "next_update", "data_date"}


def text(lt: str = "", en: str = "") -> Text:
    return Text.of({"lt": lt, "en": en})


def _values(given: dict[str, Any]) -> dict[str, Any]:
    """The arguments as the domain's types."""
    values = dict(given)
    for key, value in given.items():
        if key in _TEXTS and isinstance(value, str):
            values[key] = text(value)
        elif key in _AMOUNTS and isinstance(value, str | int):
            values[key] = Decimal(value)
        elif key in _DATES and isinstance(value, str):
            values[key] = date.fromisoformat(value)
        elif key == "period" and isinstance(value, str):
            values[key] = Period.parse(value)
        elif key == "reported":
            values[key] = tuple(Period.parse(item) if isinstance(item, str) else item for item in value)
        elif isinstance(value, list):
            values[key] = tuple(value)
    return values


def a_plan(**given: Any) -> Plan:
    defaults = {"title": text("Miesto planas", "City plan"), "start_year": 2026, "end_year": 2028}
    if "chapters" not in given:
        defaults["chapters"] = (a_chapter(),)
    return Plan(**_values(defaults | given))


def a_plan_of(*measures: Measure, **given: Any) -> Plan:
    """A plan whose only task holds these measures; its chapter has reported every period of their entries."""
    reported = sorted({entry.period for measure in measures for entry in measure.entries})
    task = a_task(measures=measures)
    return a_plan(**{"chapters": (a_chapter(goals=(a_goal(tasks=(task,)),), reported=reported),)} | given)


def a_group(**given: Any) -> Group:
    return Group(**_values({"code": "G1", "name": text("Darbo grupė", "Working group")} | given))


def a_chapter(**given: Any) -> Chapter:
    defaults: dict[str, Any] = {"code": "1", "title": text("Švarus miestas", "Clean city")}
    if "goals" not in given:
        defaults["goals"] = (a_goal(),)
    return Chapter(**_values(defaults | given))


def a_goal(**given: Any) -> Goal:
    defaults: dict[str, Any] = {"code": "1.1", "title": text("Gerinti oro kokybę", "Improve the air")}
    if "tasks" not in given:
        defaults["tasks"] = (a_task(),)
    return Goal(**_values(defaults | given))


def a_task(**given: Any) -> Task:
    defaults: dict[str, Any] = {"code": "1.1.1", "title": text("Plėsti želdynus", "Plant more green")}
    if "measures" not in given:
        defaults["measures"] = (a_measure(),)
    return Task(**_values(defaults | given))


def a_measure(**given: Any) -> Measure:
    return Measure(**_values({"code": "1.1.1.1", "title": text("Pasodinti medžius", "Plant trees")} | given))


def an_indicator(**given: Any) -> Indicator:
    defaults = {"code": "R1", "name": text("Pasodinti medžiai", "Trees planted"), "kind": IndicatorKind.OUTPUT}
    return Indicator(**_values(defaults | given))


def an_entry(period: str | Period = "2026-Q1", status: Status = Status.ON_TRACK, **given: Any) -> Entry:
    return Entry(**_values({"period": period, "status": Status(status)} | given))


def a_value(period: str | Period = "2026-Q1", **given: Any) -> Value:
    return Value(**_values({"period": period} | given))


def a_budget_line(year: int = 2026, fund: str = "SB", **given: Any) -> BudgetLine:
    return BudgetLine(**_values({"year": year, "fund": fund} | given))
