"""The logical structure of a file: headings, paragraphs, tables, figures, and which marks on which page they own.

Knows pages and numbers of marks, not what is drawn. Elements are made in reading order while blocks are laid out;
marks are added while drawing; the tree is written when the file is. Continued blocks (a paragraph, a table over several
pages) are one element with marks on several pages.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from reportlab.pdfbase import pdfdoc

from reports.document.characters import legible

SCOPE_COLUMN = "<</O/Table/Scope/Column>>"
SCOPE_ROW = "<</O/Table/Scope/Row>>"
NUMBERED = "<</O/List/ListNumbering/Decimal>>"
UNNUMBERED = "<</O/List/ListNumbering/Disc>>"


def span(columns: int, scope: str = "") -> str:
    """The attributes of a cell over several columns."""
    return f"<</O/Table/ColSpan {columns}{f'/Scope/{scope}' if scope else ''}>>"


class Raw(pdfdoc.PDFObject):
    """An object of the file that is written by a function when everything has its number."""

    def __init__(self, write: Callable[[Any], bytes]) -> None:
        self.write = write
        self.__RefOnly__ = 1

    def format(self, document: Any) -> bytes:
        return self.write(document)


def text_object(text: str) -> bytes:
    """A text string of the file, any language, ASCII on disk."""
    return b"<FEFF" + legible(text).encode("utf-16-be").hex().upper().encode() + b">"


@dataclass(slots=True, eq=False)
class Page:
    """A page while it is made: `key` finds its marks in the parent tree, `marks` are their owners in order."""

    content: Any
    key: int
    marks: list["Element"] = field(default_factory=list)
    annotations: list[Any] = field(default_factory=list)
    chapter: str = ""
    number: int = 0


@dataclass(slots=True)
class Annotation:
    """A link's area on a page, as the element that owns it refers to it."""

    page: Page
    object: Any


class Element:
    """One element of the structure. `tag` is a standard type of PDF 1.7: P, H1, Table, TR, TH, TD, Figure, Link, …
    `whole`: what is read out in place of what is drawn, where the drawing had to cut it short."""

    __slots__ = ("alternative", "attributes", "kids", "language", "number", "page", "parent", "tag", "whole")

    def __init__(
        self, tag: str, parent: "Element | None", alternative: str = "", attributes: str = "", language: str = ""
    ) -> None:
        self.tag = tag
        self.parent = parent
        self.alternative = alternative
        self.attributes = attributes
        self.language = language
        self.whole = ""
        self.kids: list[Element | tuple[Page, int] | Annotation] = []
        self.page: Page | None = None
        self.number = 0
        if parent is not None:
            parent.kids.append(self)

    def mark(self, page: Page) -> int:
        """Own the next mark on the page; gives its number."""
        number = len(page.marks)
        page.marks.append(self)
        if self.page is None:
            self.page = page
        self.kids.append((page, number))
        return number

    @property
    def is_needed(self) -> bool:
        """Whether there is anything in it. Empty cells stay: a table must keep its shape."""
        return self.tag in ("TD", "TH") or any(kid.is_needed if isinstance(kid, Element) else True for kid in self.kids)


class Tree:
    """The structure of one file and, when it is saved, its objects."""

    def __init__(self, language: str) -> None:
        self.root = Element("Document", None, language=language)
        self._owners: dict[int, list[Element] | Element] = {}
        self._next_key = 0

    def next_key(self) -> int:
        """A number for a page or an annotation by which the parent tree finds its elements."""
        self._next_key += 1
        return self._next_key - 1

    def own(self, key: int, owners: "list[Element] | Element") -> None:
        self._owners[key] = owners

    def write(self, document: Any) -> Any:
        """Add the tree to the ReportLab document; gives the object for the catalog."""
        root = Raw(lambda _: b"")
        parents = Raw(lambda _: self._parent_tree())
        document.Reference(root)
        document.Reference(parents)
        elements = list(_needed(self.root))
        first = document.reserve([partial(_written, element, root) for element in elements])
        for number, element in enumerate(elements, start=first):
            element.number = number
        root.write = lambda found: (
            f"<</Type/StructTreeRoot/K[{self.root.number} 0 R]/ParentTree {number_of(found, parents)} 0 R"
            f"/ParentTreeNextKey {self._next_key}>>"
        ).encode()
        return root

    def _parent_tree(self) -> bytes:
        entries = []
        for key, owners in sorted(self._owners.items(), key=lambda entry: entry[0]):
            if isinstance(owners, Element):
                entries.append(f"{key} {owners.number} 0 R")
            else:
                entries.append(f"{key} [{' '.join(f'{owner.number} 0 R' for owner in owners)}]")
        return ("<</Nums[" + "\n".join(entries) + "]>>").encode()


def number_of(document: Any, registered: Any) -> int:
    """The number under which an object stands in the file."""
    number: int = document.idToObjectNumberAndVersion[registered.__InternalName__][0]
    return number


def _needed(element: Element) -> Iterator[Element]:
    """The element and all below it that hold anything. Without recursion by level of need: trees are shallow."""
    if element.parent is not None and not element.is_needed:
        return
    yield element
    for kid in element.kids:
        if isinstance(kid, Element):
            yield from _needed(kid)


def _written(element: Element, root: Any, document: Any) -> bytes:
    kids = []
    for kid in element.kids:
        if isinstance(kid, Element):
            if kid.number:
                kids.append(f"{kid.number} 0 R")
        elif isinstance(kid, Annotation):
            page = number_of(document, kid.page.content)
            kids.append(f"<</Type/OBJR/Pg {page} 0 R/Obj {number_of(document, kid.object)} 0 R>>")
        elif kid[0] is element.page:
            kids.append(str(kid[1]))
        else:
            kids.append(f"<</Type/MCR/Pg {number_of(document, kid[0].content)} 0 R/MCID {kid[1]}>>")
    parent = element.parent.number if element.parent is not None else number_of(document, root)
    parts = [f"<</Type/StructElem/S/{element.tag}/P {parent} 0 R".encode()]
    if element.page is not None:
        parts.append(f"/Pg {number_of(document, element.page.content)} 0 R".encode())
    if kids:
        parts.append(f"/K[{' '.join(kids)}]".encode())
    if element.attributes:
        parts.append(f"/A {element.attributes}".encode())
    if element.alternative:
        parts.append(b"/Alt " + text_object(element.alternative))
    if element.whole:
        parts.append(b"/ActualText " + text_object(element.whole))
    if element.language:
        parts.append(b"/Lang " + text_object(element.language))
    return b"".join([*parts, b">>"])
