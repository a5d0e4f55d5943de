"""The levels of headings in the structure that readers who hear a report move by; the same in every medium."""

from dataclasses import dataclass, field

LOWEST = 6


@dataclass(slots=True)
class Levels:
    """`shift`: how far headings are moved down because the title is the first one. Levels are never skipped: a heading
    stands at most one below the heading before it, whatever the document says."""

    shift: int = 0
    _open: list[int] = field(default_factory=list)

    def of(self, level: int) -> int:
        """The level of the next heading in reading order."""
        while self._open and self._open[-1] >= level:
            self._open.pop()
        self._open.append(level)
        return min(len(self._open) + self.shift, LOWEST)
