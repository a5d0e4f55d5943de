"""What a measure is at a period: rules 1, 2, 3 and 9 of "How we calculate progress". One measure; knows no roll-up.

Judged are the entries and values of reported periods alone, up to the period at which the chapter stands. Whether a
measure is late, and how much of its time is gone, is judged on the day itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from plan_pages.choices import CARRIED_FORWARD, Frequency, IndicatorKind, PercentSource, State, Status
from plan_pages.domain import indicators
from plan_pages.domain.mean import mean, ratio
from plan_pages.domain.periods import Period
from plan_pages.domain.plan import Entry, Measure, Plan, Text

_STATE_OF = {
    Status.COMPLETED: State.COMPLETED,
    Status.STOPPED: State.STOPPED,
    Status.DELAYED: State.DELAYED,
    Status.ON_TRACK: State.ON_TRACK,
    Status.NOT_STARTED: State.NOT_STARTED,
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What a measure is at a period.

    `entry`: the one that counts; `carried`: it is of an earlier period, completed or stopped then. `last_known`: where
    none counts, the last one before, to be shown beside the figures and never in them. `status` without an entry is
    "not started": the measure begins later. `percent` and `time_gone`: 0-100; a stopped measure has them, but no
    figure counts it.
    """

    state: State
    status: Status | None
    percent: Decimal | None
    source: PercentSource | None
    entry: Entry | None
    carried: bool
    last_known: Entry | None
    late: bool
    time_gone: Decimal

    @property
    def stopped(self) -> bool:
        return self.status is Status.STOPPED

    @property
    def reason(self) -> Text:
        """Why it is late or stopped, as last told."""
        told = self.entry or self.last_known
        return told.reason if told else Text()


@dataclass(frozen=True, slots=True)
class Standpoint:
    """Where a chapter stands: `period` (none if nothing was reported yet), its last `day`, and the date of judgement.

    `reported`: the periods that count, those approved and over by `day`, each with its rank in time.
    """

    period: Period | None
    day: date
    as_of: date
    reported: Mapping[Period, int]

    @classmethod
    def of(cls, reported: tuple[Period, ...], frequency: Frequency, as_of: date) -> "Standpoint":
        """At the latest reported period that is over. Where several end on one day, the plan's own kind of period."""
        over = sorted(
            {period for period in reported if period.last_day <= as_of},
            key=lambda period: (period.end, period.frequency == frequency, period),
        )
        last = over[-1] if over else None
        return cls(last, last.last_day if last else as_of, as_of, {period: rank for rank, period in enumerate(over)})

    def of_measure(self, measure: Measure) -> "Standpoint":
        """The same, with the periods that the measure was reported for in another chapter, where it stood before."""
        if not measure.reported:
            return self
        before = {period for period in measure.reported if period.last_day <= self.day} - self.reported.keys()
        if not before:
            return self
        order = sorted(
            {*before, *self.reported}, key=lambda period: (period.end, self.reported.get(period, -1), period)
        )
        return replace(self, reported={period: rank for rank, period in enumerate(order)})


def span(measure: Measure, plan: Plan) -> tuple[date, date]:
    """The first and the last day of a measure; where it has none, the plan's."""
    start = measure.start or plan.start
    end = measure.end or max(plan.last_day, start)
    return min(start, end), end


def time_gone(measure: Measure, plan: Plan, as_of: date) -> Decimal:
    """Rule 9: the share of the measure's days that are over at the end of the day, 0-100."""
    start, end = span(measure, plan)
    days = (end - start).days + 1
    return ratio(max(0, min((as_of - start).days + 1, days)), days)


def of_measure(measure: Measure, plan: Plan, at: Standpoint) -> Standing:
    at = at.of_measure(measure)
    last = _last(measure, at)
    is_of_the_day = last is not None and last.period.last_day == at.day
    entry = last if last and (is_of_the_day or last.status in CARRIED_FORWARD) else None
    status = entry.status if entry else None
    if status is None and at.day < span(measure, plan)[0]:
        status = Status.NOT_STARTED
    percent, source = _percent(measure, entry, status, at)
    late = _is_late(measure, status, at.as_of)
    return Standing(
        state=_state(status, late),
        status=status,
        percent=percent,
        source=source,
        entry=entry,
        carried=entry is not None and not is_of_the_day,
        last_known=None if entry else last,
        late=late,
        time_gone=time_gone(measure, plan, at.as_of),
    )


def _last(measure: Measure, at: Standpoint) -> Entry | None:
    """The entry of the latest reported period."""
    last, latest = None, -1
    for entry in measure.entries:
        rank = at.reported.get(entry.period, -1)
        if rank > latest:
            last, latest = entry, rank
    return last


def _percent(
    measure: Measure, entry: Entry | None, status: Status | None, at: Standpoint
) -> tuple[Decimal | None, PercentSource | None]:
    """Rule 2. Completed is 100 even where less was entered."""
    entered = entry.percent if entry else None
    if status is Status.COMPLETED and entered != 100:
        return Decimal(100), PercentSource.STATUS
    if entered is not None:
        return entered, PercentSource.ENTERED
    if status is Status.NOT_STARTED:
        return Decimal(0), PercentSource.STATUS
    achieved = [
        indicators.held(achievement)
        for indicator in measure.indicators
        if indicator.kind is IndicatorKind.OUTPUT
        and (achievement := indicators.achievement(indicator, indicators.worth(indicator, at.day, at.reported)))
        is not None
    ]
    return (mean(achieved), PercentSource.INDICATORS) if achieved else (None, None)


def _is_late(measure: Measure, status: Status | None, as_of: date) -> bool:
    """Rule 3. A measure that left the plan before its end was not late then, and cannot become so."""
    if measure.end is None or status in CARRIED_FORWARD:
        return False
    return min(as_of, measure.retired or as_of) > measure.end


def _state(status: Status | None, late: bool) -> State:
    if late:
        return State.DELAYED
    return State.NO_DATA if status is None else _STATE_OF[status]
