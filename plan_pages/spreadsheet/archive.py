"""The file as an archive of XML members, opened as if it came from an enemy. Knows neither sheets nor plans.

Bounded before anything is unpacked: the size of the file, the number of members, what they unpack to together. An
archive may lie about a member's size: zipfile never hands out more than the member claims, and checks its sum. Only
stored and deflated members are read, since the other methods unpack without bound. A document type declaration in
any XML member refuses the file at the declaration itself: no entity is ever seen, let alone opened.
"""

import io
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import IO
from xml.parsers import expat

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from plan_pages.spreadsheet.problems import Refused

UNPACKED_LIMIT = 50 * 1024 * 1024
_MEMBER_LIMIT = 5_000
_CHUNK = 64 * 1024
# A tag, comment or attribute that is not over after so many bytes: the parser starts anew on it at every chunk.
_TOKEN_LIMIT = 1024 * 1024
_XML_ENDINGS = (".xml", ".rels", ".vml")
_OLD_FORMAT = b"\xd0\xcf\x11\xe0"

DAMAGED = _("the file is damaged or cut off")
NOT_XLSX = _("the file is not an XLSX workbook")
TOO_LARGE = _("the file is larger than {limit} MB when it is unpacked")
DECLARATION = _("the file holds a document type declaration or an external entity and is refused")
NOT_WELL_FORMED = _("the XML of this sheet is not well-formed and cannot be read")


class Archive:
    """Use it in a `with` statement. Raises Refused."""

    def __init__(self, source: bytes | str | Path | IO[bytes]) -> None:
        data = _bytes(source)
        if data.startswith(_OLD_FORMAT):
            raise Refused(
                _("the file is protected by a password or of the old XLS format; save it as XLSX without a password")
            )
        if not data.startswith(b"PK"):
            raise Refused(NOT_XLSX)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as problem:
            raise Refused(DAMAGED) from problem
        self._check_members()

    def __enter__(self) -> "Archive":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def __contains__(self, name: str) -> bool:
        return name in self._zip.NameToInfo

    def names(self) -> list[str]:
        return self._zip.namelist()

    def xml_members(self) -> Iterator[str]:
        for name in self._zip.namelist():
            if name.lower().endswith(_XML_ENDINGS):
                yield name

    def chunks(self, name: str) -> Iterator[bytes]:
        try:
            with self._zip.open(name) as member:
                while chunk := member.read(_CHUNK):
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, KeyError, RuntimeError, ValueError) as problem:
            raise Refused(DAMAGED) from problem

    def _check_members(self) -> None:
        members = self._zip.infolist()
        if len(members) > _MEMBER_LIMIT or sum(member.file_size for member in members) > UNPACKED_LIMIT:
            raise Refused(format_lazy(TOO_LARGE, limit=UNPACKED_LIMIT // 1024**2))
        if any(member.flag_bits & 0x1 for member in members):
            raise Refused(_("the file is protected by a password; save it without one"))
        methods = {member.compress_type for member in members}
        names = Counter(member.filename for member in members)
        # Two members of one name: which of them counts depends on the program that opens the file.
        if not methods <= {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} or any(count > 1 for count in names.values()):
            raise Refused(DAMAGED)


def _bytes(source: bytes | str | Path | IO[bytes]) -> bytes:
    """The file's bytes. What is larger packed than it may be unpacked is not read to its end."""
    if isinstance(source, bytes):
        data = source
    elif isinstance(source, str | Path):
        with open(source, "rb") as file:
            data = file.read(UNPACKED_LIMIT + 1)
    else:
        data = source.read(UNPACKED_LIMIT + 1)
    if len(data) > UNPACKED_LIMIT:
        raise Refused(format_lazy(TOO_LARGE, limit=UNPACKED_LIMIT // 1024**2))
    return data


def local(name: str) -> str:
    """The name of an element or attribute without its namespace: both dialects of the format are read."""
    return name.rpartition(" ")[2]


def feed(
    chunks: Iterator[bytes],
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    text: Callable[[str], None],
) -> Iterator[None]:
    """Parse XML chunk by chunk into the three handlers, pausing after each chunk. Raises Refused."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_declaration
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    fed = 0
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
            fed += len(chunk)
            if fed - max(parser.CurrentByteIndex, 0) > _TOKEN_LIMIT:
                raise Refused(NOT_WELL_FORMED)
            yield
        parser.Parse(b"", True)
        yield
    except (expat.ExpatError, ValueError, LookupError) as problem:
        raise Refused(NOT_WELL_FORMED) from problem


class _RootReached(Exception):
    """A declaration can stand only before the root element."""


def refuse_declarations(chunks: Iterator[bytes]) -> None:
    """Raise Refused when the XML has a document type declaration. Whether it is well-formed is not asked here."""

    def root(name: str, attributes: dict[str, str]) -> None:
        raise _RootReached

    try:
        for _pause in feed(chunks, root, lambda name: None, lambda data: None):
            pass
    except _RootReached:
        pass
    except Refused as refusal:
        if refusal.message is not NOT_WELL_FORMED:
            raise


def _refuse_declaration(*_declaration: object) -> None:
    raise Refused(DECLARATION)
