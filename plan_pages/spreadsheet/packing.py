"""The members that every XLSX file of ours has, and the archive around them: the same bytes for the same members."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any, cast
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# What a spreadsheet would take for a formula once a person edits the cell.
LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
# The earliest moment that a zip can hold: a file's bytes tell its content, not when it was made.
_MOMENT = (1980, 1, 1, 0, 0, 0)
_PIECE = 16 * 1024
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def pack(title: str, workbook: str, styles: str, sheets: Sequence[str]) -> bytes:
    """The file of a workbook's own member, its styles and its sheets, each as XML."""
    packed = io.BytesIO()
    for _done in _write(packed, _members(title, workbook, styles, [[sheet] for sheet in sheets])):
        pass
    return packed.getvalue()


def packed_as_sent(title: str, workbook: str, styles: str, sheets: Sequence[Iterable[str]]) -> Iterator[bytes]:
    """The same piece by piece, each sheet in parts that are asked for as the file goes out. The bytes differ from those
    of `pack`: nobody can go back and put the size of a sheet before it.
    """
    line = _Line()
    for _done in _write(cast(IO[bytes], line), _members(title, workbook, styles, sheets)):
        if line.length >= _PIECE:
            yield line.taken()
    yield line.taken()


def _members(
    title: str, workbook: str, styles: str, sheets: Sequence[Iterable[str]]
) -> Iterator[tuple[str, Iterable[str]]]:
    yield "[Content_Types].xml", [_content_types(len(sheets))]
    relations = [
        (f"{RELATIONS}/officeDocument", "xl/workbook.xml"),
        (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
    ]
    yield "_rels/.rels", [_relations_of(relations)]
    properties = (
        f'{HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escaped(title)}</dc:title></cp:coreProperties>'
    )
    yield "docProps/core.xml", [properties]
    yield "xl/workbook.xml", [workbook]
    relations = [(f"{RELATIONS}/worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(sheets) + 1)]
    yield "xl/_rels/workbook.xml.rels", [_relations_of([*relations, (f"{RELATIONS}/styles", "styles.xml")])]
    yield "xl/styles.xml", [styles]
    for number, sheet in enumerate(sheets, 1):
        yield f"xl/worksheets/sheet{number}.xml", sheet


def _write(file: IO[bytes], members: Iterable[tuple[str, Iterable[str]]]) -> Iterator[None]:
    """One step a part of a member, and one for the end of the archive."""
    with zipfile.ZipFile(file, "w") as archive:
        for name, parts in members:
            member = zipfile.ZipInfo(name, _MOMENT)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 0
            with archive.open(member, "w") as unpacked:
                for part in parts:
                    unpacked.write(part.encode())
                    yield
    yield


class _Line(io.RawIOBase):
    """What was written and not yet taken. Nothing in it can be written again."""

    def __init__(self) -> None:
        self.length = 0
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self._pieces.append(bytes(piece))
        self.length += len(piece)
        return len(piece)

    def taken(self) -> bytes:
        found = b"".join(self._pieces)
        self._pieces.clear()
        self.length = 0
        return found


def escaped(text: str) -> str:
    """Escaped for XML. A text that looks like the format's own escape, _x0041_, has its first sign escaped."""
    return escape(_LOOKS_ESCAPED.sub("_x005F_", text))


def letters(column: int) -> str:
    """The name of a column that counts from 0."""
    return chr(65 + column) if column < 26 else letters(column // 26 - 1) + chr(65 + column % 26)


def text_cell(place: str, style: int, text: str) -> str:
    return f'<c r="{place}" s="{style:d}" t="inlineStr"><is><t xml:space="preserve">{escaped(text)}</t></is></c>'


def _content_types(sheets: int) -> str:
    parts = [("xl/workbook.xml", f"{_TYPES}.sheet.main+xml"), ("xl/styles.xml", f"{_TYPES}.styles+xml")]
    parts += [(f"xl/worksheets/sheet{number}.xml", f"{_TYPES}.worksheet+xml") for number in range(1, sheets + 1)]
    parts.append(("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"))
    return (
        f'{HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        + "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in parts)
        + "</Types>"
    )


def _relations_of(relations: Sequence[tuple[str, str]]) -> str:
    return (
        f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
        + "".join(
            f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
            for number, (kind, target) in enumerate(relations, 1)
        )
        + "</Relationships>"
    )
