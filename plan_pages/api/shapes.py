"""What answers of the API are made of: kinds of values, and the shapes that many resources share.

Shapes are typed dictionaries: an answer is built as plain dictionaries, which the type checker holds to the shape, and
written once; the document of the API is made of the same shapes. Amounts are strings, so that no reader rounds them.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from django.utils import timezone
from pydantic import Field
from typing_extensions import TypedDict

from plan_pages.api.asking import PERIOD
from plan_pages.choices import State, Verdict
from plan_pages.domain.plan import Text
from plan_pages.domain.progress import Figure
from plan_pages.domain.rounding import percent_shown

Uri = Annotated[str, Field(pattern="^https?://", json_schema_extra={"format": "uri"})]
Identity = Annotated[
    str,
    Field(
        pattern="^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$",
        json_schema_extra={"format": "uuid"},
        description="Stays the same when a part of the plan is renumbered, renamed or moved.",
    ),
]
Language = Annotated[str, Field(pattern="^[a-z]{2,3}(-[A-Za-z0-9]+)*$", examples=["lt"])]
Day = Annotated[str, Field(pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}$", json_schema_extra={"format": "date"})]
Moment = Annotated[
    str,
    Field(
        pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?[+-][0-9]{2}:[0-9]{2}$",
        json_schema_extra={"format": "date-time"},
    ),
]
PeriodCode = Annotated[str, Field(pattern=PERIOD, examples=["2026", "2026-H1", "2026-Q3", "2026-09"])]
Number = Annotated[str, Field(pattern=r"^-?[0-9]+(\.[0-9]+)?$", examples=["12.5"])]
"""A decimal with all its digits."""
Money = Annotated[
    str, Field(pattern=r"^-?[0-9]+\.[0-9]{2}$", examples=["1240.50"], description="In the plan's currency.")
]
Count = Annotated[int, Field(ge=0)]
Shown = Annotated[
    int, Field(description="In whole percents, as the pages show it: 0 and 100 only where it is so exactly.")
]
Kind = Literal["Plan", "Chapter", "Goal", "Task", "Measure", "Indicator", "Group"]


class LocalText(TypedDict):
    """A text, and the language in which it is: another than was asked for where it has not been translated."""

    text: str
    language: Language


_Reference = TypedDict("_Reference", {"@id": Uri, "@type": Kind})


class PlanReference(_Reference):
    """Another resource of the plan. `language`: of the title."""

    id: str
    code: str
    title: str
    language: Language


class States(TypedDict):
    """How many measures stand where; each measure counts once."""

    completed: Count
    on_track: Count
    delayed: Count
    stopped: Count
    not_started: Count
    no_data: Count


class FigureShape(TypedDict):
    """A figure with all that must stand beside it. `percent`: null is no figure, and not zero. `coverage`: the percentage of
    measures not stopped (`countable`) that have a figure (`counted`). `time_gone`: of the time, in percent."""

    percent: Number | None
    percent_shown: Shown | None
    coverage: Number | None
    counted: Count
    countable: Count
    measures: Count
    time_gone: Number | None
    verdict: Verdict
    states: States


class BatchLinks(TypedDict):
    """Whole addresses, each with everything that was asked for; null where there is none."""

    self: Uri
    first: Uri
    prev: Uri | None
    next: Uri | None
    last: Uri


_Batch = TypedDict("_Batch", {"@id": Uri, "@type": Literal["Batch"]})


class Batch(_Batch):
    """A part of a list. `count`: of the whole list."""

    count: Count
    links: BatchLinks


def number(value: Decimal) -> str:
    """With the digits that it needs."""
    return f"{value.normalize():f}"


def number_or_none(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}"


def money(value: Decimal) -> str:
    return f"{value:.2f}"


def money_or_none(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:.2f}"


def shown_or_none(percent: Decimal | None) -> int | None:
    return None if percent is None else percent_shown(percent)


def day_or_none(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def moment(value: datetime) -> str:
    """With the zone of the site."""
    return timezone.localtime(value).isoformat()


def moment_or_none(value: datetime | None) -> str | None:
    return None if value is None else moment(value)


def local_text(text: Text, language: str) -> LocalText | None:
    return {"text": text.best(language), "language": text.language(language)} if text else None


def states(counts: Figure) -> States:
    found = counts.states
    return {
        "completed": found.get(State.COMPLETED, 0),
        "on_track": found.get(State.ON_TRACK, 0),
        "delayed": found.get(State.DELAYED, 0),
        "stopped": found.get(State.STOPPED, 0),
        "not_started": found.get(State.NOT_STARTED, 0),
        "no_data": found.get(State.NO_DATA, 0),
    }


def figure_shape(figure: Figure) -> FigureShape:
    return {
        "percent": number_or_none(figure.percent),
        "percent_shown": shown_or_none(figure.percent),
        "coverage": number_or_none(figure.coverage),
        "counted": figure.counted,
        "countable": figure.countable,
        "measures": figure.measures,
        "time_gone": number_or_none(figure.time_gone),
        "verdict": figure.verdict,
        "states": states(figure),
    }
