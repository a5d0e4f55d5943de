"""An uploaded workbook read into the list of what it changes, or of what is wrong with it. Touches no database.

What a line held when the file was made is known by its marks: only cells that are different now are changes. A row that
is gone changes nothing. A protected cell that is different is an error, and so is every row that is not known.
"""

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from plan_pages.editing.workbook.book import Column, Part, Value
from plan_pages.editing.workbook.cells import Note, folded, text_of, typed
from plan_pages.editing.workbook.marks import DIGITS, HEAD, Forged, MarkedLine, MarkedPart, Marks, digest, read
from plan_pages.spreadsheet.archive import Archive
from plan_pages.spreadsheet.cells import as_text
from plan_pages.spreadsheet.decode import Fault, Raw
from plan_pages.spreadsheet.packing import letters
from plan_pages.spreadsheet.problems import BadCell, Findings, Refused
from plan_pages.spreadsheet.reading import SheetPart, Spreadsheet

HEAD_WITHIN = 20
MOST_ROWS = 10_000
"""Rows of a sheet that hold something; a plan of ten thousand indicators is beyond any city's."""

NOT_OURS = _(
    "this is not a workbook that was downloaded here, or its hidden sheet is missing or was changed; download the "
    "workbook anew and copy into it what you have filled in"
)
MACROS = _("the file holds macros; save it as an ordinary XLSX workbook, without macros")
PROTECTED = _("the cell is protected and was changed; undo that, only yellow cells are filled in")

Row = Mapping[int, Raw]


@dataclass(frozen=True, slots=True)
class Edit:
    """What a row of the file changes: name of a field to its new value as plain text, "" for an emptied cell.
    `key`: of the row's form, "" for a new line; `notes`: of a field, how its cell was understood."""

    part: str
    key: str
    code: str
    fingerprint: str
    sheet: str
    row: int
    values: Mapping[str, str]
    notes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stranger:
    """A row whose code the file did not have when it was downloaded."""

    part: str
    code: str
    sheet: str
    row: int
    column: str


@dataclass(slots=True)
class Uploaded:
    """`places`: part and column key to the column's place in the file, such as “F (Status)”."""

    marks: Marks
    edits: list[Edit] = field(default_factory=list)
    strangers: list[Stranger] = field(default_factory=list)
    places: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def headers(self) -> dict[str, Mapping[str, str]]:
        return {key: part.headers for key, part in self.marks.parts.items()}

    @property
    def sheets(self) -> dict[str, str]:
        """Part to the name of its sheet."""
        return {key: part.title for key, part in self.marks.parts.items()}


def uploaded(data: bytes, parts_of: Callable[[Marks], Sequence[Part]], findings: Findings) -> Uploaded:
    """What the file changes. `parts_of` gives the parts that such a file has, or raises Refused for a file of something
    else. Raises Refused for the file as a whole; what is wrong in its cells goes to the findings."""
    with Archive(data) as archive:
        if any(name.lower().endswith("vbaproject.bin") for name in archive.names()):
            raise Refused(MACROS)
        spreadsheet = Spreadsheet(archive)
        marks = _marks(spreadsheet)
        found = Uploaded(marks)
        sheets = {folded(part.name): part for part in spreadsheet.sheets}
        for part in parts_of(marks):
            marked = marks.parts[part.key]
            sheet = sheets.get(folded(marked.title))
            if sheet is None:
                message = _("the sheet is missing: it was deleted or renamed; give it back its name")
                findings.error(marked.title, None, "", message)
                continue
            try:
                _Sheet(found, part, marked, sheet, findings).read(spreadsheet)
            except Refused as refusal:
                findings.error(sheet.name, None, "", refusal.message)
    return found


def _marks(spreadsheet: Spreadsheet) -> Marks:
    for part in reversed(spreadsheet.sheets):
        rows = (row.get(0) for _number, row in spreadsheet.rows(part))
        if next(rows, None) == HEAD:
            try:
                return read([HEAD, *(cell for cell in rows if isinstance(cell, str))])
            except Forged as forged:
                raise Refused(NOT_OURS) from forged
    raise Refused(NOT_OURS)


class _Sheet:
    """One sheet of the file on its way into edits."""

    def __init__(self, found: Uploaded, part: Part, marked: MarkedPart, sheet: SheetPart, findings: Findings) -> None:
        self.found, self.part, self.marked, self.sheet, self.findings = found, part, marked, sheet, findings
        self.at: dict[str, int] = {}
        self.places: dict[str, str] = {}
        self.seen: dict[tuple[str, ...], int] = {}

    def read(self, spreadsheet: Spreadsheet) -> None:
        rows = iter(spreadsheet.rows(self.sheet))
        if not self._find_headers(rows):
            return
        for count, (number, row) in enumerate(rows):
            if count >= MOST_ROWS:
                raise Refused(_("the sheet has too many rows"))
            self._read_row(number, row)

    def _error(self, row: int | None, key: str, message: object, found: object = "", **named: object) -> None:
        self.findings.error(self.sheet.name, row, self.places.get(key, ""), message, found, **named)

    def _find_headers(self, rows: Iterator[tuple[int, Row]]) -> bool:
        wanted = {folded(header): key for key, header in self.marked.headers.items()}
        first = self.part.identity[0]
        for number, row in rows:
            found: dict[str, int] = {}
            for at, raw in sorted(row.items()):
                key = wanted.get(folded(as_text(raw))) if not isinstance(raw, Fault) else None
                if key is not None:
                    found.setdefault(key, at)
            if first in found and len(found) * 2 > len(wanted):
                self.at = found
                self.places = {
                    key: f"{letters(found[key])} ({self.marked.headers[key]})" if key in found else header
                    for key, header in self.marked.headers.items()
                }
                self.found.places[self.part.key] = self.places
                missing = [header for key, header in self.marked.headers.items() if key not in found]
                for header in missing:
                    message = _("the column is missing: its heading was changed or deleted; put it back")
                    self.findings.error(self.sheet.name, number, header, message)
                return not missing
            if number > HEAD_WITHIN:
                break
        self._error(None, "", _("the row with the headings of columns is missing; put it back"))
        return False

    def _read_row(self, number: int, row: Row) -> None:
        if not (identity := self._identity(number, row)):
            return
        code = identity[0]
        line = self.marked.lines.get(identity)
        if identity in self.seen:
            self._error(
                number,
                self.part.identity[0],
                _("the row stands here twice, first in row {first}"),
                first=self.seen[identity],
            )
            return
        if line is not None:
            self.seen[identity] = number
            self._take(number, row, code, line)
        elif not self.part.spare:
            column = self.places[self.part.identity[0]]
            self.found.strangers.append(Stranger(self.part.key, code, self.sheet.name, number, column))
        elif any(row.get(self.at[column.key]) is not None for column in self._known):
            self._error(number, self.part.identity[0], PROTECTED)
        else:
            self.seen[identity] = number
            self._take_new(number, row, identity)

    @property
    def _known(self) -> list[Column]:
        """Columns that are filled in only where a line was there from the start."""
        return [column for column in self.part.columns if not column.is_open and column.key not in self.part.identity]

    def _identity(self, number: int, row: Row) -> tuple[str, ...]:
        """() for a row that is no line: a heading, an empty one, or one that is wrong."""
        parts = []
        for key in self.part.identity:
            raw = row.get(self.at[key])
            try:
                parts.append(text_of(raw, self.part.column(key)))
            except BadCell as bad:
                self._error(number, key, bad.message, bad.found, **bad.named)
                return ()
        filled = [
            column.key for column in self.part.columns if column.is_open and row.get(self.at[column.key]) is not None
        ]
        if not parts[0]:
            if filled or any(parts):
                self._error(number, self.part.identity[0], _("the row has no code, and something is filled in"))
            return ()
        return tuple(unicodedata.normalize("NFC", part) for part in parts)

    def _take(self, number: int, row: Row, code: str, line: MarkedLine) -> None:
        values: dict[str, str] = {}
        notes: dict[str, str] = {}
        for column in self.part.columns:
            told: list[str] = []
            value, is_bad = self._value(number, row, column, told.append, is_open=column.is_open and not line.is_shut)
            if is_bad or digest(value) == line.digests.get(column.key, "0" * DIGITS):
                continue
            if not column.is_open or line.is_shut:
                self._error(number, column.key, PROTECTED)
                continue
            values[column.key] = _as_text(value)
            if told:
                notes[column.key] = " ".join(told)
        if values:
            edit = Edit(self.part.key, line.key, code, line.fingerprint, self.sheet.name, number, values, notes)
            self.found.edits.append(edit)

    def _take_new(self, number: int, row: Row, identity: tuple[str, ...]) -> None:
        values = dict(zip(self.part.identity, identity, strict=True))
        notes: dict[str, str] = {}
        for column in self.part.columns:
            if not column.is_open:
                continue
            told: list[str] = []
            value, is_bad = self._value(number, row, column, told.append, is_open=True)
            if not is_bad:
                values[column.key] = _as_text(value)
            if told:
                notes[column.key] = " ".join(told)
        self.found.edits.append(Edit(self.part.key, "", identity[0], "", self.sheet.name, number, values, notes))

    def _value(self, number: int, row: Row, column: Column, note: Note, *, is_open: bool) -> tuple[Value, bool]:
        """The value, and whether there is none because the cell is wrong, which is said then."""
        try:
            return typed(row.get(self.at[column.key]), column, self.found.marks.language, note), False
        except BadCell as bad:
            if is_open:
                self._error(number, column.key, bad.message, bad.found, **bad.named)
            else:
                self._error(number, column.key, PROTECTED)
            return None, True


def _as_text(value: Value) -> str:
    return "" if value is None else str(value)
