"""What was mended in a file, with the lines; and why a file is not read at all."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plan_pages.domain.plan import Plan
from plan_pages.spreadsheet.problems import shown

MOST_NOTES = 5_000


@dataclass(frozen=True, slots=True)
class Note:
    """One warning or refusal; `line` is None where the file as a whole is meant."""

    line: int | None
    message: str | Promise

    def __str__(self) -> str:
        if self.line is None:
            return str(self.message)
        return _("Line {line}: {message}").format(line=self.line, message=str(self.message))


@dataclass(frozen=True, slots=True)
class Outcome:
    """`plan` is None exactly when there are errors. `absent`: (sheet, column) pairs, named as in the workbook, of which
    the file says nothing."""

    plan: Plan | None
    errors: tuple[Note, ...] = ()
    warnings: tuple[Note, ...] = ()
    absent: frozenset[tuple[str, str]] = frozenset()


class Refused(Exception):
    """The file is not read any further."""

    def __init__(self, message: str | Promise, line: int | None = None, **named: object) -> None:
        super().__init__(message)
        self.note = Note(line, _filled(message, named))


class Notes:
    """Collects warnings; a hostile file may need a million: only so many are kept."""

    def __init__(self) -> None:
        self._notes: list[Note] = []

    def add(self, line: int | None, message: str | Promise, **named: object) -> None:
        if len(self._notes) < MOST_NOTES:
            self._notes.append(Note(line, _filled(message, named)))
        elif len(self._notes) == MOST_NOTES:
            more = gettext_lazy("more than {count} such lines; the rest is not listed")
            self._notes.append(Note(None, format_lazy(more, count=MOST_NOTES)))

    def sorted(self) -> Sequence[Note]:
        """By line; of the file as a whole first, that there are more last."""
        told, more = self._notes[:MOST_NOTES], self._notes[MOST_NOTES:]
        return (*sorted(told, key=lambda note: note.line or 0), *more)


def _filled(message: str | Promise, named: dict[str, object]) -> str | Promise:
    if not named:
        return message
    return format_lazy(
        message, **{name: shown(value) if isinstance(value, str) else value for name, value in named.items()}
    )
