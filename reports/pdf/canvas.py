"""The drawing surface: pages, and on them text, lines and shapes, each of which belongs to something.

Everything drawn is either content of a structural element or an artifact (furniture that readers who hear the report
skip). Drawing outside of both raises `UntaggedDrawing`: an untagged mark cannot come into being. Knows operators, fonts
and links; knows nothing of blocks, layout or the final file's metadata.

Coordinates are points from the lower left corner of the page. Pages are deflated as soon as they are done.
"""

import hashlib
import zlib
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any
from urllib.parse import quote

from reportlab.pdfbase import pdfdoc

from reports.document import Run
from reports.pdf.archive import ArchiveDocument
from reports.pdf.encoding import Encoder
from reports.pdf.fonts import Face
from reports.pdf.structure import Annotation, Element, Page, Raw, Tree, number_of, text_object
from reports.pdf.text import Line
from reports.pdf.theme import ACCENT, LEFT, LINK_RULE, PAGE_HEIGHT, PAGE_WIDTH, Colour, Type

_URI_CHARACTERS = "!#$%&'*+,/:;=?@[]~-._"
_ROUND = 0.5523  # how far the control points of a quarter circle lie from its ends


class UntaggedDrawing(RuntimeError):
    """Something was drawn that belongs to no structural element and is no artifact."""


class Stream(pdfdoc.PDFStream):
    """A stream with the end of line before `endstream` that PDF/A asks for."""

    def format(self, document: Any) -> bytes:
        written: bytes = super().format(document)
        return written.removesuffix(b"endstream\n") + b"\nendstream\n"


class _Scope(AbstractContextManager[None]):
    """Until its end, what is drawn belongs to what was begun last."""

    __slots__ = ("_canvas",)

    def __init__(self, canvas: "Canvas") -> None:
        self._canvas = canvas

    def __exit__(self, *_: object) -> None:
        self._canvas._scope = False


class Canvas:
    def __init__(self, language: str, anchors: frozenset[str], compress: bool = True) -> None:
        self.file: Any = ArchiveDocument(invariant=1, compression=compress, pdfVersion=(1, 7), lang=language)
        self.tree = Tree(language)
        self.pages: list[Page] = []
        self.destinations: dict[str, tuple[Page, float]] = {}
        self.outline: list[tuple[int, str, Page, float]] = []
        self.digest = hashlib.sha256()
        self._anchors = anchors
        self._compress = compress
        self._encoder = Encoder(self.file)
        self._operators: list[str] = []
        self._scope: Element | bool | None = False  # False: none open; None: an artifact
        self._mark: tuple[Element | None, str] | None = None
        """The marked content that is open in the page's operators."""
        self._fill: Colour | None = None
        self._font: tuple[str, float] | None = None
        self._page: Page | None = None

    # Pages

    @property
    def page(self) -> Page:
        if self._page is None:
            raise RuntimeError("no page has been begun")
        return self._page

    def begin_page(self, chapter: str = "") -> Page:
        self.end_page()
        content = pdfdoc.PDFPage()
        content.pagewidth, content.pageheight = PAGE_WIDTH, PAGE_HEIGHT
        content.ExtGState, content._shadingUsed, content._colorsUsed = None, {}, {}
        content.__NoDefault__ = [*pdfdoc.PDFPage.__NoDefault__, "StructParents", "Tabs"]
        page = Page(content, self.tree.next_key(), chapter=chapter, number=len(self.pages) + 1)
        content.StructParents, content.Tabs = page.key, "/S"
        content.Contents = pdfdoc.PDFArray([])
        self.file.addPage(content)
        self.pages.append(page)
        self._open(page)
        return page

    def end_page(self) -> None:
        if self._page is None:
            return
        if self._scope is not False:
            raise UntaggedDrawing("a page ended while something was being drawn")
        self._end_mark()
        operators, self._operators = self._operators, []
        if operators:
            content = "\n".join(operators).encode("ascii")
            self.digest.update(content)
            stream = Stream(pdfdoc.PDFDictionary({}), content, filters=[])
            if self._compress:
                packed = zlib.compress(content, 6)
                stream = Stream(pdfdoc.PDFDictionary({"Filter": "/FlateDecode"}), packed, filters=[])
            self._page.content.Contents.sequence.append(self.file.Reference(stream))
        self._page = None

    @contextmanager
    def revisit(self, page: Page) -> Iterator[None]:
        """Add to a page that was ended before: what could only be known at the end, such as the number of pages."""
        self.end_page()
        self._open(page)
        yield
        self.end_page()

    def _open(self, page: Page) -> None:
        self._page, self._fill, self._font = page, None, None

    # Belonging

    def artifact(self, kind: str = "") -> AbstractContextManager[None]:
        """What is drawn inside is skipped by readers who hear the report. Inside an open scope it changes nothing."""
        if self._scope is not False:
            return nullcontext()
        self._begin(None, kind)
        return _Scope(self)

    def content(self, element: Element) -> AbstractContextManager[None]:
        """What is drawn inside is this element's: a figure with all its shapes and numbers."""
        if self._scope is not False:
            raise UntaggedDrawing(f"{element.tag} was begun inside something else that is being drawn")
        self._begin(element)
        return _Scope(self)

    def _begin(self, scope: Element | None, kind: str = "") -> None:
        """What follows belongs to the element, or to none. Marks stay open until something else begins: lines of one
        paragraph, or several bits of furniture, are one mark."""
        self._scope = scope
        if self._mark == (scope, kind):
            return
        self._end_mark()
        self._mark = (scope, kind)
        if scope is not None:
            self._operators.append(f"/{scope.tag} <</MCID {scope.mark(self.page)}>> BDC")
        else:
            self._operators.append(f"/Artifact <<{kind}>> BDC" if kind else "/Artifact BMC")

    def _end_mark(self) -> None:
        if self._mark is not None:
            self._operators.append("EMC")
            self._mark = None

    # Text

    def text(
        self,
        x: float,
        y: float,
        line: Line,
        type_: Type,
        element: Element | None,
        spans: dict[int, Element] | None = None,
    ) -> None:
        """A line of text, its baseline at y. `spans` keeps the elements of links and of changes of language from line
        to line of one block; without it a line's runs are all plain."""
        if element is None or self._scope is not False:
            for fragment in line.fragments:
                self.string(x + fragment.x, y, fragment.text, fragment.face, type_.size, type_.colour)
            return
        for fragment in line.fragments:
            run = fragment.run
            link = self._followed(run) if spans is not None else ""
            owner = element
            if spans is not None and (link or run.language):
                owner = self._span(spans, run, link, element)
            self._begin(owner)
            colour = ACCENT if link else type_.colour
            self.string(x + fragment.x, y, fragment.text, fragment.face, type_.size, colour)
            self._scope = False
            if link:
                self._underline(x + fragment.x, y, line.width - fragment.x, fragment.width)
                self.link(owner, link, run.text, x + fragment.x, y - type_.size * 0.3, fragment.width, type_.leading)

    def string(self, x: float, y: float, text: str, face: Face, size: float, colour: Colour) -> None:
        """Text as it is, one face, inside a scope that is open."""
        self._demand_scope()
        self._set_fill(colour)
        operators = [f"BT {x:.2f} {y:.2f} Td"]
        for name, literal in self._encoder.chunks(face, text):
            if self._font != (name, size):
                self._font = (name, size)
                operators.append(f"{name} {size:g} Tf")
            operators.append(f"({literal}) Tj")
        operators.append("ET")
        self._operators.append(" ".join(operators))

    def _followed(self, run: Run) -> str:
        """The run's link, where it leads anywhere."""
        link = run.link
        return "" if link.startswith("#") and link[1:] not in self._anchors else link

    def _span(self, spans: dict[int, Element], run: Run, link: str, parent: Element) -> Element:
        found = spans.get(id(run))
        if found is None:
            found = spans[id(run)] = Element("Link" if link else "Span", parent, language=run.language)
        return found

    def _underline(self, x: float, y: float, room: float, width: float) -> None:
        with self.artifact():
            self.line(x, y - 1.4, x + min(width, room), y - 1.5, 0.5, LINK_RULE)

    # Links and places

    def link(self, owner: Element, link: str, text: str, x: float, y: float, width: float, height: float) -> None:
        """An area that leads to an address or, with "#", to an anchor; owned by the Link element of its text."""
        page, key = self.page, self.tree.next_key()
        area = f"{x:.2f} {y:.2f} {x + width:.2f} {y + height:.2f}"

        def write(document: Any) -> bytes:
            if link.startswith("#"):
                target, top = self.destinations[link[1:]]
                goal = f"/Dest[{number_of(document, target.content)} 0 R/XYZ {LEFT:.0f} {top:.2f} null]".encode()
            else:
                address = quote(link, safe=_URI_CHARACTERS)
                goal = f"/A<</S/URI/URI({address})>>".encode()
            return (
                f"<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/StructParent {key}/Rect[{area}]".encode()
                + goal
                + b"/Contents "
                + text_object(text.strip() or link)
                + b">>"
            )

        annotation = Raw(write)
        page.annotations.append(self.file.Reference(annotation))
        owner.kids.append(Annotation(page, annotation))
        self.tree.own(key, owner)

    def place(self, anchor: str, y: float) -> None:
        """Links to the anchor lead here; the first of its name counts."""
        if anchor:
            self.destinations.setdefault(anchor, (self.page, y))

    def bookmark(self, level: int, title: str, y: float) -> None:
        self.outline.append((level, title, self.page, y))

    # Shapes, all inside a scope

    def rectangle(self, x: float, y: float, width: float, height: float, fill: Colour) -> None:
        self._demand_scope()
        self._set_fill(fill)
        self._operators.append(f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re f")

    def line(self, x1: float, y1: float, x2: float, y2: float, width: float, colour: Colour, dash: str = "") -> None:
        self.polyline(((x1, y1), (x2, y2)), width, colour, dash)

    def polyline(
        self, points: Sequence[tuple[float, float]], width: float, colour: Colour, dash: str = "", closed: bool = False
    ) -> None:
        self._demand_scope()
        path = " ".join(f"{x:.2f} {y:.2f} {'l' if index else 'm'}" for index, (x, y) in enumerate(points))
        red, green, blue = colour
        pen = f"{red:g} {green:g} {blue:g} RG {width:g} w 1 J 1 j"
        self._operators.append(f"q {pen}{f' [{dash}] 0 d' if dash else ''} {path} {'s' if closed else 'S'} Q")

    def polygon(self, points: Sequence[tuple[float, float]], fill: Colour) -> None:
        self._demand_scope()
        self._set_fill(fill)
        path = " ".join(f"{x:.2f} {y:.2f} {'l' if index else 'm'}" for index, (x, y) in enumerate(points))
        self._operators.append(f"{path} f")

    def disc(self, x: float, y: float, radius: float, fill: Colour) -> None:
        self._demand_scope()
        self._set_fill(fill)
        self._operators.append(f"{_circle(x, y, radius)} f")

    def ring(self, x: float, y: float, radius: float, width: float, colour: Colour, dash: str = "") -> None:
        self._demand_scope()
        red, green, blue = colour
        pen = f"{red:g} {green:g} {blue:g} RG {width:g} w{f' [{dash}] 0 d' if dash else ''}"
        self._operators.append(f"q {pen} {_circle(x, y, radius)} s Q")

    def _demand_scope(self) -> None:
        if self._scope is False:
            raise UntaggedDrawing("drawn outside of any structural element or artifact")

    def _set_fill(self, colour: Colour) -> None:
        if colour != self._fill:
            self._fill = colour
            red, green, blue = colour
            self._operators.append(f"{red:g} {green:g} {blue:g} rg")


def _circle(x: float, y: float, radius: float) -> str:
    k = radius * _ROUND
    left, right, low, high = x - radius, x + radius, y - radius, y + radius
    return (
        f"{right:.2f} {y:.2f} m {right:.2f} {y + k:.2f} {x + k:.2f} {high:.2f} {x:.2f} {high:.2f} c "
        f"{x - k:.2f} {high:.2f} {left:.2f} {y + k:.2f} {left:.2f} {y:.2f} c "
        f"{left:.2f} {y - k:.2f} {x - k:.2f} {low:.2f} {x:.2f} {low:.2f} c "
        f"{x + k:.2f} {low:.2f} {right:.2f} {y - k:.2f} {right:.2f} {y:.2f} c"
    )
