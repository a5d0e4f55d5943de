"""Which shape and colour a state, a verdict or a trend has, with its word in the active language."""

from plan_pages.choices import State, Trend, Verdict
from reports.document import Mark, Signal

_STATES = {
    State.COMPLETED: Signal.DONE,
    State.ON_TRACK: Signal.GOOD,
    State.DELAYED: Signal.BAD,
    State.STOPPED: Signal.STOPPED,
    State.NOT_STARTED: Signal.WAITING,
    State.NO_DATA: Signal.UNKNOWN,
}
_VERDICTS = {
    Verdict.ON_COURSE: Signal.GOOD,
    Verdict.BEHIND: Signal.WARNING,
    Verdict.WELL_BEHIND: Signal.BAD,
    Verdict.NONE: Signal.UNKNOWN,
}
_TRENDS = {
    Trend.IMPROVING: Signal.GOOD,
    Trend.MAINTAINING: Signal.WAITING,
    Trend.WORSENING: Signal.BAD,
    Trend.NONE: Signal.UNKNOWN,
}


def of_state(state: State) -> Mark:
    return Mark(_STATES[state], state.label)


def of_verdict(verdict: Verdict) -> Mark:
    return Mark(_VERDICTS[verdict], verdict.label)


def of_trend(trend: Trend) -> Mark:
    return Mark(_TRENDS[trend], trend.label)


def edge(state: State) -> Signal | None:
    """The coloured edge of a row that needs the eye."""
    return _STATES[state] if state in (State.DELAYED, State.STOPPED) else None


def legend() -> tuple[Mark, ...]:
    """Every state, in the order in which bars show them."""
    return tuple(of_state(state) for state in State)
