"""The bytes of the file: objects one after another, then where each of them stands.

Knows numbers and bytes, nothing of what the objects are. ReportLab's own writer keeps three entries for every object and
writes each in full; the structure has more objects than all the rest. Here its objects stand packed in streams (PDF 1.5,
which PDF/A-3 allows), and are written only when the file is.
"""

import struct
import zlib
from collections.abc import Callable, Sequence
from typing import Any

from reportlab.pdfbase import pdfdoc

PACKED = 250
"""So many objects share one stream."""

_HEAD = b"%PDF-1.7\n%\x93\x8c\x8b\x9e\n"
_FREE, _PLAIN, _IN_STREAM = 0, 1, 2


class ArchiveDocument(pdfdoc.PDFDocument):
    """ReportLab's document with a writer of its own, and with objects that it need not know. Without compression they
    are not packed either, so that the file can be read by eye."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._packed: list[Callable[[Any], bytes]] = []
        self._first_packed = 0

    def reserve(self, objects: Sequence[Callable[[Any], bytes]]) -> int:
        """Numbers in a row for objects that are written by a function, once all objects are known; gives the first."""
        if self._packed:
            raise RuntimeError("numbers have been reserved already")
        self._packed = list(objects)
        self._first_packed = self.objectcounter + 1
        self.objectcounter += len(self._packed)
        return self._first_packed

    def format(self) -> bytes:
        """The whole file."""
        self.encrypt.prepare(self)
        self.Reference(self.Catalog)
        self.Reference(self.info)
        parts = [_HEAD]
        entries: dict[int, tuple[int, int, int]] = {0: (_FREE, 0, 65535)}
        place = len(_HEAD)

        def add(number: int, content: bytes) -> None:
            nonlocal place
            entries[number] = (_PLAIN, place, 0)
            written = b"%d 0 obj\n%s%sendobj\n" % (number, content, b"" if content.endswith(b"\n") else b"\n")
            parts.append(written)
            place += len(written)

        number = 0
        while number < self.objectcounter:  # writing an object may add others
            number += 1
            name = self.numberToId.get(number)
            if name is not None:
                add(number, pdfdoc.format(self.idToObject[name], self, toplevel=1))
            elif not self.compression:
                add(number, self._packed[number - self._first_packed](self))
        for start in range(0, len(self._packed) if self.compression else 0, PACKED):
            number += 1
            written = [write(self) for write in self._packed[start : start + PACKED]]
            add(number, _object_stream(self._first_packed + start, written))
            for index in range(len(written)):
                entries[self._first_packed + start + index] = (_IN_STREAM, number, index)
        entries[number + 1] = (_PLAIN, place, 0)
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number + 1, self._places(entries)))
        parts.append(b"startxref\n%d\n%%%%EOF\n" % place)
        return b"".join(parts)

    def _places(self, entries: dict[int, tuple[int, int, int]]) -> bytes:
        """The cross-reference stream, which is the trailer too."""
        size = len(entries)
        packed = zlib.compress(b"".join(struct.pack(">BIH", *entries[number]) for number in range(size)), 6)
        root, info = (self._number(found) for found in (self.Catalog, self.info))
        head = (
            f"<</Type/XRef/Size {size}/W[1 4 2]/Root {root} 0 R/Info {info} 0 R/ID{self.ID().decode()}"
            f"/Filter/FlateDecode/Length {len(packed)}>>stream\n"
        )
        return head.encode() + packed + b"\nendstream"

    def _number(self, registered: Any) -> int:
        number: int = self.idToObjectNumberAndVersion[registered.__InternalName__][0]
        return number


def _object_stream(first: int, written: Sequence[bytes]) -> bytes:
    places, offset = [], 0
    for index, content in enumerate(written):
        places.append(f"{first + index} {offset}")
        offset += len(content) + 1
    head = (" ".join(places) + "\n").encode()
    packed = zlib.compress(head + b"\n".join(written), 6)
    words = f"<</Type/ObjStm/N {len(written)}/First {len(head)}/Filter/FlateDecode/Length {len(packed)}>>stream\n"
    return words.encode() + packed + b"\nendstream"
