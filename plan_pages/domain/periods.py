"""Reporting periods: years, half-years, quarters, months. Ranges include the start and exclude the end, said once here.

A period is written `2026`, `2026-H1`, `2026-Q3` or `2026-09` (WORKBOOK.md). Knows no clock: dates come in as arguments.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import total_ordering
from typing import Self

from plan_pages.choices import Frequency

MONTHS = {Frequency.MONTH: 1, Frequency.QUARTER: 3, Frequency.HALF: 6, Frequency.YEAR: 12}
_WRITTEN = re.compile(r"(\d{4})(?:-(?:H([12])|Q([1-4])|(0[1-9]|1[0-2])))?", re.ASCII)


@total_ordering
@dataclass(frozen=True, slots=True)
class Period:
    """A year, half-year, quarter or month of the calendar; `number` counts from 1 within the year.

    Ordered by end, then the shorter first: a year follows its last quarter, which follows its last month.
    """

    year: int
    frequency: Frequency
    number: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.year <= 9998 or not 1 <= self.number <= 12 // MONTHS[self.frequency]:
            raise ValueError(f"no such period: {self.year} {self.frequency} {self.number}")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2026`, `2026-H1`, `2026-Q3` or `2026-09`. Raises ValueError for anything else."""
        found = _WRITTEN.fullmatch(text)
        if not found:
            raise ValueError(f"not a period: {text!r}")
        year, half, quarter, month = found.groups()
        if half:
            return cls(int(year), Frequency.HALF, int(half))
        if quarter:
            return cls(int(year), Frequency.QUARTER, int(quarter))
        if month:
            return cls(int(year), Frequency.MONTH, int(month))
        return cls(int(year), Frequency.YEAR)

    @classmethod
    def containing(cls, day: date, frequency: Frequency) -> Self:
        """The period of that frequency in which the day lies."""
        return cls(day.year, frequency, (day.month - 1) // MONTHS[frequency] + 1)

    @classmethod
    def last_complete(cls, today: date, frequency: Frequency) -> Self:
        """The latest period of that frequency that is over on the given day."""
        return cls.containing(today, frequency).previous()

    def __str__(self) -> str:
        match self.frequency:
            case Frequency.YEAR:
                return f"{self.year:04d}"
            case Frequency.HALF:
                return f"{self.year:04d}-H{self.number}"
            case Frequency.QUARTER:
                return f"{self.year:04d}-Q{self.number}"
            case _:
                return f"{self.year:04d}-{self.number:02d}"

    def __lt__(self, other: "Period") -> bool:
        return (self.end, MONTHS[self.frequency]) < (other.end, MONTHS[other.frequency])

    @property
    def start(self) -> date:
        """The first day, included."""
        return date(self.year, (self.number - 1) * MONTHS[self.frequency] + 1, 1)

    @property
    def end(self) -> date:
        """The day after the last one, excluded."""
        months = self.number * MONTHS[self.frequency]
        return date(self.year + 1, 1, 1) if months == 12 else date(self.year, months + 1, 1)

    @property
    def last_day(self) -> date:
        return self.end - timedelta(days=1)

    def next(self) -> Self:
        if self.number < 12 // MONTHS[self.frequency]:
            return type(self)(self.year, self.frequency, self.number + 1)
        return type(self)(self.year + 1, self.frequency, 1)

    def previous(self) -> Self:
        if self.number > 1:
            return type(self)(self.year, self.frequency, self.number - 1)
        return type(self)(self.year - 1, self.frequency, 12 // MONTHS[self.frequency])

    def year_before(self) -> Self:
        return type(self)(self.year - 1, self.frequency, self.number)
