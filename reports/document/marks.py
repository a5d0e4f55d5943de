"""What is drawn beside or instead of words, each with its words: a status, a small line, a bar."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

Amount: TypeAlias = Decimal | int


class Signal(StrEnum):
    """What a status means to the eye. Each has one shape and one colour everywhere; the word comes with the `Mark`."""

    DONE = "done"
    """Completed, target reached."""
    GOOD = "good"
    """On track, on course, improving."""
    WARNING = "warning"
    """Behind, at risk."""
    BAD = "bad"
    """Delayed, well behind, worsening."""
    STOPPED = "stopped"
    """Given up: no longer pursued."""
    WAITING = "waiting"
    """Not started yet, unchanged."""
    UNKNOWN = "unknown"
    """No data. Shown, never hidden."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A status: the shape and colour of `signal` with `word` beside it. The word is never empty."""

    signal: Signal
    word: str

    def __post_init__(self) -> None:
        if not self.word.strip():
            raise ValueError("a mark needs its word: colour and shape alone say nothing to a reader who sees neither")


@dataclass(frozen=True, slots=True)
class Spark:
    """A small line: `points` in order of time (None: no value then, the line has a gap), `target` as a dotted line.

    `alternative` says in words what the line shows: "From 38 % in 2020 to 52 % in 2026; target 60 %".
    """

    points: tuple[Amount | None, ...]
    alternative: str
    target: Amount | None = None

    def __post_init__(self) -> None:
        demand_words(self.alternative)


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of 0-100 with its number beside it. `percent` None: an empty, dashed bar. `gone`: the share of time gone,
    drawn as a stroke across. `text`: the number as read ("63 %", "no data"); it is the bar's words, never empty."""

    percent: Amount | None
    text: str
    gone: Amount | None = None
    signal: Signal | None = None

    def __post_init__(self) -> None:
        demand_words(self.text)


def demand_words(text: str) -> None:
    if not text.strip():
        raise ValueError("what is drawn needs words that say what it shows")
