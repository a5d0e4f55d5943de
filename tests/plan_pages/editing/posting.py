"""What an editor posts of a return, in a few words: `record(city, posted(measure_key(), status="on_track"))`."""

from typing import Any

from plan_pages.editing import returns
from plan_pages.editing.sheet import ReturnSheet
from plan_pages.monitoring import ChapterReturn
from plan_pages.register import Indicator, Measure
from tests.roles import City


def measure_key(code: str = "1.1.0") -> str:
    return f"measure-{Measure.objects.get(code=code).pk}"


def indicator_key() -> str:
    return f"indicator-{Indicator.objects.get(code='R1').pk}"


def posted(key: str, **fields: str) -> dict[str, str]:
    return {f"{key}-{name}": value for name, value in fields.items()}


def line(number: int = 0, **fields: Any) -> dict[str, str]:
    return posted(f"line-{number}", **{name: str(value) for name, value in fields.items()})


def record(city: City, data: dict[str, str], name: str = "editor of A") -> ReturnSheet:
    found = ChapterReturn.objects.first() or city.chapter_return()
    return returns.record(found, city.user(name), data)


def errors(sheet: ReturnSheet) -> dict[str, list[str]]:
    return {name: list(found) for row in sheet.rows for name, found in row.errors.items()}
