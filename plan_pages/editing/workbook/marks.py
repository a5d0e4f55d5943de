"""The hidden sheet: of what a workbook is, and of every line what stood in it when it was made, as digests. Signed: a
file whose marks were touched, or that was not made here, is told from one that was.
"""

import base64
import hashlib
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.crypto import constant_time_compare, salted_hmac

from plan_pages.editing.workbook.book import Book, Line, Part, Value, plain

SHEET = "_"
HEAD = "strategic-plan-workbook 1"
DIGITS = 8
_SALT = "plan_pages.workbook"
_CELL = 8_000
# A file of ours has far less; a forged one is not unpacked further.
_LARGEST = 30_000_000


class Forged(Exception):
    """The marks are not ours, or not as they were written."""


@dataclass(frozen=True, slots=True)
class MarkedLine:
    key: str
    fingerprint: str
    digests: Mapping[str, str]
    is_shut: bool


@dataclass(frozen=True, slots=True)
class MarkedPart:
    """`headers`: column key to what stands above it. `lines`: by what identifies them."""

    key: str
    title: str
    headers: Mapping[str, str]
    lines: Mapping[tuple[str, ...], MarkedLine]


@dataclass(frozen=True, slots=True)
class Marks:
    kind: str
    of: str
    period: str
    language: str
    parts: Mapping[str, MarkedPart]


def digest(value: Value) -> str:
    """The same for what is the same in a spreadsheet."""
    return hashlib.sha256(plain(value).encode()).hexdigest()[:DIGITS]


def written(book: Book) -> list[str]:
    """The cells of the hidden sheet, from top to bottom."""
    told = {
        "kind": book.kind,
        "of": book.of,
        "period": book.period,
        "language": book.language,
        "parts": [_part(part) for part in book.parts],
    }
    packed = base64.b64encode(zlib.compress(json.dumps(told, ensure_ascii=False).encode(), 9)).decode()
    # A letter before each piece: none of them can be taken for a number or a formula.
    pieces = [f"m{packed[start : start + _CELL]}" for start in range(0, len(packed), _CELL)]
    return [HEAD, _signature(packed), *pieces]


def read(cells: Sequence[str]) -> Marks:
    """Raises Forged."""
    if len(cells) < 3 or cells[0] != HEAD:
        raise Forged
    packed = "".join(cell.strip().removeprefix("m") for cell in cells[2:])
    if not constant_time_compare(_signature(packed), cells[1].strip()):
        raise Forged
    told = json.loads(zlib.decompressobj().decompress(base64.b64decode(packed), _LARGEST))
    parts = {each["key"]: _read_part(each) for each in told.pop("parts")}
    return Marks(**told, parts=parts)


def _signature(packed: str) -> str:
    return f"s{salted_hmac(_SALT, packed, algorithm='sha256').hexdigest()}"


def _part(part: Part) -> dict[str, object]:
    return {
        "key": part.key,
        "title": part.title,
        "headers": {column.key: column.header for column in part.columns},
        "lines": [_line(part, line) for line in part.lines],
    }


def _line(part: Part, line: Line) -> list[object]:
    digests = "".join(digest(line.cells.get(column.key)) for column in part.columns)
    return [[plain(line.cells[key]) for key in part.identity], line.key, line.fingerprint, digests, int(line.is_shut)]


def _read_part(told: Mapping[str, object]) -> MarkedPart:
    headers: dict[str, str] = told["headers"]  # type: ignore[assignment]
    lines = {}
    for identity, key, fingerprint, digests, is_shut in told["lines"]:  # type: ignore[attr-defined]
        of_columns = {name: digests[at * DIGITS : (at + 1) * DIGITS] for at, name in enumerate(headers)}
        lines[tuple(identity)] = MarkedLine(key, fingerprint, of_columns, bool(is_shut))
    return MarkedPart(str(told["key"]), str(told["title"]), headers, lines)
