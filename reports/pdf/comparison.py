"""Whether a file that was kept is what the same document gives today.

Under the version of the renderer that made it, only equal bytes will do; under another one its text is compared.
"""

from dataclasses import dataclass
from enum import StrEnum

from reports.pdf.file import VERSION
from reports.pdf.spoken import spoken, version_of

AROUND = 5
"""So many words are shown before and after the first one that differs."""


class Outcome(StrEnum):
    SAME_BYTES = "same bytes"
    SAME_TEXT = "same text, by another version"
    OTHER_BYTES = "other bytes by the same version, though the same text"
    OTHER_TEXT = "other text"
    UNKNOWN = "not a file of this renderer, or damaged"


@dataclass(frozen=True, slots=True)
class Comparison:
    """`version`: the renderer of the kept file. `before`, `now`: the words where the text differs for the first time."""

    outcome: Outcome
    version: int | None = None
    before: str = ""
    now: str = ""

    @property
    def is_same(self) -> bool:
        return self.outcome in (Outcome.SAME_BYTES, Outcome.SAME_TEXT)


def compare(made: bytes, kept: bytes) -> Comparison:
    """Of a file made just now and one that was kept."""
    version = version_of(kept)
    if made == kept:
        return Comparison(Outcome.SAME_BYTES, version)
    if version is None:
        return Comparison(Outcome.UNKNOWN)
    try:
        before = spoken(kept).words
    except Exception:  # a damaged file may fail in any way; whatever it is, it is no report
        return Comparison(Outcome.UNKNOWN, version)
    now = spoken(made).words
    if before == now:
        return Comparison(Outcome.OTHER_BYTES if version == VERSION else Outcome.SAME_TEXT, version)
    place = next(
        (place for place, pair in enumerate(zip(before, now, strict=False)) if pair[0] != pair[1]),
        min(len(before), len(now)),
    )
    start, end = max(place - AROUND, 0), place + AROUND
    return Comparison(Outcome.OTHER_TEXT, version, " ".join(before[start:end]), " ".join(now[start:end]))
