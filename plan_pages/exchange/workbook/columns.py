"""The sheets of a plan workbook and their columns: one table, from which both reading and writing follow.

Columns that WORKBOOK.md does not list are `extra`: read where they stand, written only where a plan uses them.
"""

from dataclasses import dataclass
from enum import Enum, auto

from plan_pages.choices import Aggregate, Choice, Direction, Frequency, IndicatorKind, Status

TITLE_LENGTH = 1_500
CELL_LENGTH = 10_000
NAME_LENGTH = 500
CODE_LENGTH = 40
CODE = r"[^\W_](?:[\w.\-]*[^\W_])?"
YEARS = range(1900, 2201)


class Holds(Enum):
    """What the cells of a column are."""

    CODE = auto()
    OWNER = auto()  # a code with or without its sheet
    LINE = auto()
    PROSE = auto()
    NUMBER = auto()
    AMOUNT = auto()  # a number that is not negative
    MONEY = auto()
    PERCENT = auto()
    YEAR = auto()
    DATE = auto()
    PERIOD = auto()
    CHOICE = auto()
    FUND = auto()
    CURRENCY = auto()
    YES = auto()
    LIST = auto()
    MILESTONES = auto()
    LINKS = auto()


@dataclass(frozen=True, slots=True)
class Column:
    key: str
    holds: Holds
    required: bool = False
    translated: bool = False
    choice: type[Choice] | None = None
    longest: int = CELL_LENGTH
    extra: bool = False

    def keys(self, languages: tuple[str, ...]) -> tuple[str, ...]:
        """The keys as they stand in row 1."""
        return tuple(f"{self.key}_{language}" for language in languages) if self.translated else (self.key,)


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    columns: tuple[Column, ...]
    required: bool = False

    def column(self, key: str) -> Column:
        return next(column for column in self.columns if column.key == key)


def _code(key: str = "code") -> Column:
    return Column(key, Holds.CODE, required=True, longest=CODE_LENGTH)


def _title(key: str = "title", required: bool = True) -> Column:
    return Column(key, Holds.LINE, required=required, translated=True, longest=TITLE_LENGTH)


def _prose(key: str, extra: bool = False) -> Column:
    return Column(key, Holds.PROSE, translated=True, extra=extra)


def _choice(key: str, choice: type[Choice], required: bool = False) -> Column:
    return Column(key, Holds.CHOICE, required=required, choice=choice)


WEIGHT = Column("weight", Holds.AMOUNT)
DESCRIPTION = _prose("description")

# Rows of the sheet `plan`: its keys, as if they were the columns of a single row.
PLAN = Sheet(
    "plan",
    (
        _title(),
        _prose("vision"),
        Column("start_year", Holds.YEAR, required=True),
        Column("end_year", Holds.YEAR, required=True),
        _choice("frequency", Frequency),
        Column("currency", Holds.CURRENCY),
    ),
    required=True,
)
TABLES = (
    Sheet("groups", (_code(), _title("name"), _prose("remit"))),
    Sheet(
        "chapters",
        (_code(), _title(), _prose("summary"), Column("group", Holds.CODE, longest=CODE_LENGTH), WEIGHT),
        required=True,
    ),
    Sheet("goals", (_code(), _code("chapter"), _title(), DESCRIPTION, WEIGHT)),
    Sheet("tasks", (_code(), _code("goal"), _title(), DESCRIPTION, WEIGHT)),
    Sheet(
        "measures",
        (
            _code(),
            _code("task"),
            _title(),
            DESCRIPTION,
            Column("responsible", Holds.LINE, longest=NAME_LENGTH),
            Column("partners", Holds.LIST),
            Column("start", Holds.DATE),
            Column("end", Holds.DATE),
            WEIGHT,
            Column("milestones", Holds.MILESTONES, translated=True, extra=True),
            Column("links", Holds.LINKS, extra=True),
            Column("tags", Holds.LIST, extra=True),
        ),
    ),
    Sheet(
        "indicators",
        (
            _code(),
            Column("of", Holds.OWNER, required=True),
            _choice("kind", IndicatorKind, required=True),
            _title("name"),
            _title("unit", required=False),
            _choice("direction", Direction),
            _choice("aggregate", Aggregate),
            Column("baseline", Holds.NUMBER),
            Column("baseline_year", Holds.YEAR),
            Column("target", Holds.NUMBER),
            Column("target_year", Holds.YEAR),
            _prose("source"),
            Column("tolerance", Holds.AMOUNT, extra=True),
            Column("threshold", Holds.AMOUNT, extra=True),
            _prose("method", extra=True),
            Column("next_update", Holds.DATE, extra=True),
        ),
    ),
    Sheet(
        "values",
        (
            _code("indicator"),
            Column("period", Holds.PERIOD, required=True),
            Column("target", Holds.NUMBER),
            Column("actual", Holds.NUMBER),
            _prose("note"),
            Column("unavailable", Holds.YES, extra=True),
        ),
    ),
    Sheet(
        "budget",
        (
            _code("measure"),
            Column("year", Holds.YEAR, required=True),
            Column("fund", Holds.FUND, required=True),
            Column("planned", Holds.MONEY),
            Column("spent", Holds.MONEY),
        ),
    ),
    Sheet(
        "progress",
        (
            _code("measure"),
            Column("period", Holds.PERIOD, required=True),
            _choice("status", Status, required=True),
            Column("percent", Holds.PERCENT),
            _prose("note"),
            _prose("next", extra=True),
            _prose("reason"),
        ),
    ),
)
SHEETS = (PLAN, *TABLES)


def order(languages: tuple[str, ...]) -> dict[tuple[str, str], int]:
    """The place of every sheet (with the column "") and of every column of it, for sorting."""
    places: list[tuple[str, str]] = []
    for sheet in SHEETS:
        keys = [key for column in sheet.columns for key in column.keys(languages)]
        places += [(sheet.name, ""), *((sheet.name, key) for key in keys)]
    return {place: number for number, place in enumerate(places)}
