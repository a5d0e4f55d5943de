"""When reports are due: cadence to periods and due times. Ranges include the start and exclude the end.

A report of a period is due so many days after the period's last day, at an hour of the clock on the wall. Where the
clock skips that hour in March, it is due as much later as the clock skips; where the clock shows it twice in October,
the first time. A period has one due time, so nothing is ever due twice. Knows no clock, no database and no wording.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from plan_pages.choices import Frequency
from plan_pages.domain.periods import Period

PREVIEW = 5


@dataclass(frozen=True, slots=True)
class Schedule:
    """`days` after the last day of each period, at `hour` in `zone`, for the periods within the plan's years."""

    frequency: Frequency
    days: int
    hour: int
    zone: str
    first_year: int
    last_year: int

    @property
    def first_period(self) -> Period:
        return Period(self.first_year, self.frequency)

    @property
    def last_period(self) -> Period:
        return Period.containing(date(self.last_year, 12, 31), self.frequency)


@dataclass(frozen=True, slots=True, order=True)
class Due:
    """A period and the moment, in UTC, at which its report is due."""

    moment: datetime
    period: Period


def due_time(schedule: Schedule, period: Period) -> datetime:
    """The moment in UTC."""
    day = period.last_day + timedelta(days=schedule.days)
    # fold=0: of an hour that comes twice the first; of one that is skipped, by the offset before the gap.
    return datetime.combine(day, time(schedule.hour), ZoneInfo(schedule.zone)).astimezone(UTC)


def due_times(schedule: Schedule, after: datetime, until: datetime) -> tuple[Due, ...]:
    """What is due from `after`, included, to `until`, excluded; the earliest first."""
    found = []
    for due in _from(schedule, after):
        if due.moment >= until:
            break
        found.append(due)
    return tuple(found)


def next_due(schedule: Schedule, after: datetime, count: int) -> tuple[Due, ...]:
    """The next due times from that moment on; fewer where the plan ends."""
    return tuple(islice(_from(schedule, after), count))


def next_five(schedule: Schedule, after: datetime) -> tuple[Due, ...]:
    """What the preview of a schedule shows."""
    return next_due(schedule, after, PREVIEW)


def counts_from(before: Schedule, after: Schedule, since: datetime, now: datetime) -> datetime:
    """From which moment due times of an edited schedule count. Another cadence has other periods: those that are over
    are not caught up. Another day or hour moves the report that is still to come, and one that this puts into the past
    is due at once."""
    return since if before.frequency is after.frequency else now


def _from(schedule: Schedule, after: datetime) -> Iterator[Due]:
    """Everything due from that moment to the plan's end. Later periods are due later: the first found begins the rest."""
    period = max(schedule.first_period, _not_after(schedule, after))
    while period <= schedule.last_period:
        due = Due(due_time(schedule, period), period)
        if due.moment >= after:
            yield due
        period = period.next()


def _not_after(schedule: Schedule, after: datetime) -> Period:
    """A period near the moment none before which can be due from it on."""
    # Two days more than needed: a wall clock may differ from UTC by more than half a day.
    day = after.astimezone(UTC).date() - timedelta(days=schedule.days + 2)
    return Period.containing(day, schedule.frequency)
