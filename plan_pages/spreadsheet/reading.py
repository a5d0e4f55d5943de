"""SpreadsheetML read as a stream: sheets, rows and what stands in their cells. Knows nothing of plans.

Read here and not with openpyxl, because openpyxl turns every number into a float, loads members that are not needed
and stops at odd styles. Only the workbook, its relations, styles, shared texts and sheets are opened. What a sheet
claims of its dimensions is not looked at; formulas are skipped, their stored results read.
"""

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from plan_pages.spreadsheet.archive import NOT_XLSX, Archive, feed, local, refuse_declarations
from plan_pages.spreadsheet.decode import NO_RESULT, Decoder, Fault, Raw, built_in, number_or, shown_as, unescaped
from plan_pages.spreadsheet.problems import Refused

ROW_LIMIT = 100_000
COLUMN_LIMIT = 64
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})", re.ASCII)

TOO_MANY_ROWS = _("the sheet has more than {limit} rows")
TOO_MANY_COLUMNS = _("the sheet has more than {limit} columns")


@dataclass(frozen=True, slots=True)
class SheetPart:
    name: str
    member: str
    hidden: bool


@dataclass(slots=True)
class Rows:
    """Iterate to get (row number, {column number: value}) of every row that holds something; columns count from 0."""

    read: Callable[["Rows"], Iterator[tuple[int, dict[int, Raw]]]]
    hidden_columns: set[int] = field(default_factory=set)

    def __iter__(self) -> Iterator[tuple[int, dict[int, Raw]]]:
        return self.read(self)


class Spreadsheet:
    """An opened workbook. Raises Refused for the file, and for one sheet while its rows are read."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._epoch_1904 = False
        self.sheets: list[SheetPart] = []
        main = self._main_member()
        relations = self._relations(main)
        self._read_workbook(main, relations)
        of_sheets = {part.member: part.name for part in self.sheets}
        for member in archive.xml_members():
            try:
                refuse_declarations(archive.chunks(member))
            except Refused as refusal:
                raise Refused(refusal.message, of_sheets.get(member, "")) from refusal
        self._decoder = Decoder(
            self._read_texts(self._of_kind(relations, "sharedStrings")),
            self._read_formats(self._of_kind(relations, "styles")),
            self._epoch_1904,
        )

    def rows(self, part: SheetPart) -> Rows:
        return Rows(lambda rows: self._rows(part, rows))

    def _main_member(self) -> str:
        for kind, target in self._relations("").values():
            if kind == "officeDocument" and target in self._archive:
                return target
        if "xl/workbook.xml" in self._archive:
            return "xl/workbook.xml"
        raise Refused(NOT_XLSX)

    def _relations(self, member: str) -> dict[str, tuple[str, str]]:
        """Id to (kind, member) of what a member refers to inside the file."""
        folder, name = posixpath.split(member)
        relations: dict[str, tuple[str, str]] = {}

        def start(element: str, attributes: dict[str, str]) -> None:
            if local(element) == "Relationship" and attributes.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", ""))).lstrip("/")
                kind = attributes.get("Type", "").rpartition("/")[2]
                relations[attributes.get("Id", "")] = (kind, target)

        path = posixpath.join(folder, "_rels", f"{name}.rels")
        if path in self._archive:
            _parse(self._archive, path, start)
        return relations

    def _of_kind(self, relations: dict[str, tuple[str, str]], kind: str) -> str:
        found = (target for relation, target in relations.values() if relation == kind and target in self._archive)
        return next(found, "")

    def _read_workbook(self, member: str, relations: dict[str, tuple[str, str]]) -> None:
        def start(element: str, attributes: dict[str, str]) -> None:
            named = {local(name): value for name, value in attributes.items()}
            if local(element) == "workbookPr":
                self._epoch_1904 = named.get("date1904") in ("1", "true")
            elif local(element) == "sheet":
                kind, target = relations.get(named.get("id", ""), ("", ""))
                if kind == "worksheet":
                    hidden = named.get("state", "visible") != "visible"
                    self.sheets.append(SheetPart(named.get("name", ""), target, hidden))

        _parse(self._archive, member, start)

    def _read_formats(self, member: str) -> list[str]:
        """For every cell format: "date", "percent" or ""."""
        custom: dict[int, str] = {}
        formats: list[str] = []
        inside = ""

        def start(element: str, attributes: dict[str, str]) -> None:
            nonlocal inside
            name = local(element)
            if name in ("cellXfs", "cellStyleXfs"):
                inside = name
            elif name == "numFmt":
                custom[number_or(attributes.get("numFmtId"), -1)] = attributes.get("formatCode", "")
            elif name == "xf" and inside == "cellXfs":
                number = number_or(attributes.get("numFmtId"), 0)
                if number in custom:
                    formats.append(shown_as(custom[number]))
                else:
                    formats.append(built_in(number))

        if member:
            _parse(self._archive, member, start)
        return formats

    def _read_texts(self, member: str) -> list[str]:
        texts: list[str] = []
        pieces: list[str] = []
        taking = phonetic = False

        def start(element: str, _attributes: dict[str, str]) -> None:
            nonlocal taking, phonetic
            name = local(element)
            taking = name == "t" and not phonetic
            phonetic = phonetic or name == "rPh"

        def end(element: str) -> None:
            nonlocal taking, phonetic
            name = local(element)
            taking = False
            if name == "rPh":
                phonetic = False
            elif name == "si":
                texts.append(unescaped("".join(pieces)))
                pieces.clear()

        def text(data: str) -> None:
            if taking:
                pieces.append(data)

        if member:
            for _pause in feed(self._archive.chunks(member), start, end, text):
                pass
        return texts

    def _rows(self, part: SheetPart, rows: Rows) -> Iterator[tuple[int, dict[int, Raw]]]:
        done: list[tuple[int, dict[int, Raw]]] = []
        row: dict[int, Raw] = {}
        pieces: list[str] = []
        row_number = column = 0
        kind, style = "n", 0
        taking = phonetic = has_value = has_formula = False

        def start(element: str, attributes: dict[str, str]) -> None:
            nonlocal row, row_number, column, kind, style, taking, phonetic, has_value, has_formula
            name = local(element)
            if name == "c":
                found = _REFERENCE.fullmatch(attributes.get("r", ""))
                column = _column_number(found.group(1)) if found else column + 1
                kind, style = attributes.get("t", "n"), number_or(attributes.get("s"), 0)
                taking = phonetic = has_value = has_formula = False
                pieces.clear()
            elif name in ("v", "t"):
                taking = not phonetic
                has_value = True
            elif name == "f":
                has_formula = True
            elif name == "rPh":
                phonetic = True
            elif name == "row":
                row, column = {}, -1
                row_number = number_or(attributes.get("r"), row_number + 1)
            elif name == "col" and attributes.get("hidden") in ("1", "true"):
                first, last = number_or(attributes.get("min"), 1), number_or(attributes.get("max"), 1)
                rows.hidden_columns.update(range(first - 1, min(last, COLUMN_LIMIT)))

        def end(element: str) -> None:
            nonlocal taking, phonetic
            name = local(element)
            if name == "c":
                value = self._decoder.value(kind, "".join(pieces), style) if has_value else None
                if value is None and has_formula:
                    # Some programs write an empty result where they have not reckoned one.
                    value = Fault("", NO_RESULT)
                if value is not None and value != "":
                    # One place for all that stands too far to the right: a row holds no more than it may.
                    row[min(column, COLUMN_LIMIT)] = value
            elif name in ("v", "t"):
                taking = False
            elif name == "rPh":
                phonetic = False
            elif name == "row" and row:
                done.append((row_number, row))

        def text(data: str) -> None:
            if taking:
                pieces.append(data)

        if part.member not in self._archive:
            raise Refused(_("the sheet is missing in the file"))
        for _pause in feed(self._archive.chunks(part.member), start, end, text):
            yield from done
            done.clear()


def _parse(archive: Archive, member: str, start: Callable[[str, dict[str, str]], None]) -> None:
    for _pause in feed(archive.chunks(member), start, lambda name: None, lambda data: None):
        pass


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
