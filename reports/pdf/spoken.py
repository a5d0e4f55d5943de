"""What a reader hears of a finished file: its text by elements of the structure, in their order.

Reads only what the file itself says: structure, marked content, Unicode of the fonts, alternative texts. Where on the
page something stands plays no part: words with no space between them in the file stay stuck together here, as they
would in speech. Knows nothing of how the file was made.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream

from reports.pdf.file import CREATOR

_INLINE = frozenset({"Span", "Link", "Reference", "Em", "Strong", "Quote", "Code", "Sub", "Note", "NonStruct"})
_VERSION = re.compile(rb"<pdf:Producer>" + CREATOR.encode() + rb", renderer (\d+)</pdf:Producer>")


@dataclass(slots=True)
class Said:
    """One element with text of its own. `numbering`: of the list that a label belongs to ("Disc", "Decimal")."""

    tag: str
    page: int
    numbering: str = ""
    parts: list[tuple[str, str]] = field(default_factory=list)
    """Language and text, in order."""

    @property
    def text(self) -> str:
        return " ".join("".join(text for _, text in self.parts).split())


@dataclass(frozen=True, slots=True)
class Heard:
    """`loose`: text that is neither content of an element nor furniture. `lost`: text of no element in the tree."""

    said: tuple[Said, ...]
    loose: tuple[str, ...]
    lost: tuple[str, ...]

    @property
    def words(self) -> list[str]:
        return [word for one in self.said for word in one.text.split()]


def version_of(pdf: bytes) -> int | None:
    """The version of the renderer that made the file; None where it does not say."""
    found = _VERSION.search(pdf)
    return int(found[1]) if found else None


def spoken(pdf: bytes) -> Heard:
    """The text of a tagged file. Raises pypdf's errors for what is no PDF, KeyError for one without structure."""
    return _Walk(PdfReader(BytesIO(pdf))).heard()


class _Walk:
    def __init__(self, file: PdfReader) -> None:
        self.file = file
        self.fonts: dict[int, dict[int, str]] = {}
        self.numbers: dict[int, int] = {}
        self.marks: dict[tuple[int, int], str] = {}
        self.loose: list[str] = []
        self.said: list[Said] = []
        for number, page in enumerate(file.pages, start=1):
            self.numbers[_id(page)] = number
            self._read_page(number, page)

    def heard(self) -> Heard:
        catalog: Any = self.file.trailer["/Root"]
        for kid in _kids(catalog["/StructTreeRoot"]):
            self._visit(kid, None, 0, str(catalog.get("/Lang", "")), "")
        lost = [text for text in self.marks.values() if text.strip()]
        return Heard(tuple(one for one in self.said if one.text), tuple(self.loose), tuple(lost))

    def _visit(self, element: Any, inside: Said | None, page: int, language: str, numbering: str) -> Said | None:
        """Walk one element; gives the block that text after it belongs to."""
        tag = str(element["/S"])[1:]
        page = self.numbers[_id(element["/Pg"])] if "/Pg" in element else page
        language = str(element.get("/Lang", language))
        if tag == "L":
            numbering = str(element.get("/A", {}).get("/ListNumbering", ""))[1:]
        is_inline = inside is not None and tag in _INLINE
        block = inside if inside is not None and is_inline else self._open(tag, page, numbering)
        instead = element.get("/ActualText", element.get("/Alt"))
        if instead is not None:
            block.parts.append((language, str(instead)))
        for kid in _kids(element):
            if isinstance(kid, int):
                text = self.marks.pop((page, kid), "")
            elif kid.get("/Type") == "/OBJR":
                continue
            elif kid.get("/Type") == "/MCR":
                text = self.marks.pop((self.numbers[_id(kid["/Pg"])] if "/Pg" in kid else page, int(kid["/MCID"])), "")
            else:
                count = len(self.said)
                self._visit(kid, None if instead is not None else block, page, language, numbering)
                if instead is not None:
                    del self.said[count:]
                elif len(self.said) > count:
                    block = self._open(tag, page, numbering)  # text after a block inside is another block
                continue
            if instead is None:
                block.parts.append((language, text))
        return block

    def _open(self, tag: str, page: int, numbering: str) -> Said:
        self.said.append(Said(tag, page, numbering))
        return self.said[-1]

    def _read_page(self, number: int, page: Any) -> None:
        content = page.get_contents()
        if content is None:
            return
        stack: list[int | bool | None] = [None]  # a mark's number, False in furniture, None outside of both
        decode: dict[int, str] = {}
        for operands, operator in ContentStream(content, self.file).operations:
            match operator:
                case b"BDC" | b"BMC":
                    properties = operands[1] if len(operands) > 1 else {}
                    mark = properties.get("/MCID") if isinstance(properties, dict) else None
                    inside = False if operands[0] == "/Artifact" else stack[-1]
                    stack.append(int(mark) if mark is not None else inside)
                case b"EMC":
                    stack.pop()
                case b"Tf":
                    decode = self._font(page["/Resources"]["/Font"].raw_get(operands[0]))
                case b"Tj":
                    self._put(number, stack[-1], "".join(_decoded(decode, operands[0])))
                case b"TJ":
                    for part in operands[0]:
                        if not isinstance(part, int | float):
                            self._put(number, stack[-1], "".join(_decoded(decode, part)))

    def _put(self, page: int, mark: int | bool | None, text: str) -> None:
        if mark is None:
            self.loose.append(text)
        elif mark is not False:
            self.marks[page, mark] = self.marks.get((page, mark), "") + text

    def _font(self, reference: Any) -> dict[int, str]:
        known = self.fonts.get(reference.idnum)
        if known is None:
            known = self.fonts[reference.idnum] = _unicode(reference.get_object()["/ToUnicode"].get_data().decode())
        return known


def _id(found: Any) -> int:
    """The number of an object in the file."""
    reference = found.indirect_reference
    return int(reference.idnum)


def _kids(element: Any) -> Iterator[Any]:
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        yield kid.get_object()


def _decoded(decode: dict[int, str], operand: Any) -> Iterator[str]:
    """The letters of a string by its font; what the font does not know becomes U+FFFD, which no text should have."""
    codes = operand if isinstance(operand, bytes) else operand.original_bytes
    return (decode.get(code, "\ufffd") for code in codes)


def _unicode(written: str) -> dict[int, str]:
    """A font's map of one-byte codes to text."""
    found: dict[int, str] = {}
    for body in re.findall(r"beginbfchar(.*?)endbfchar", written, re.DOTALL):
        for code, text in re.findall(r"<(\w+)>\s*<(\w+)>", body):
            found[int(code, 16)] = _letters(text)
    for body in re.findall(r"beginbfrange(.*?)endbfrange", written, re.DOTALL):
        for first, last, start, listed in re.findall(r"<(\w+)>\s*<(\w+)>\s*(?:<(\w+)>|\[(.*?)\])", body, re.DOTALL):
            each = re.findall(r"<(\w+)>", listed)
            for place in range(int(last, 16) - int(first, 16) + 1):
                text = each[place] if each else f"{int(start, 16) + place:0{len(start)}x}"
                found[int(first, 16) + place] = _letters(text)
    return found


def _letters(written: str) -> str:
    return bytes.fromhex(written).decode("utf-16-be")
