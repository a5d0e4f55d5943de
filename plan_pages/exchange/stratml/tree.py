"""A file into elements with their lines. Refuses whatever is not plain XML; no declaration of a type is followed."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from django.utils.translation import gettext_lazy as _

from plan_pages.exchange.stratml.notes import Notes, Refused
from plan_pages.exchange.stratml.vocabulary import NAMESPACES, OLDER

FILE_LIMIT = 50 * 1024 * 1024
ELEMENT_LIMIT = 500_000
DEPTH_LIMIT = 40
_HTML = re.compile(rb"<(?:!doctype\s+)?html[\s>]", re.IGNORECASE)
_HTML_FILE = _("this is a page of the web (HTML), not StratML")
_REASONS = {
    expat.errors.XML_ERROR_INVALID_TOKEN: _(
        "a character that may not stand there, such as & or < (written &amp; &lt;)"
    ),
    expat.errors.XML_ERROR_TAG_MISMATCH: _("an element is closed that was not opened last"),
    expat.errors.XML_ERROR_NO_ELEMENTS: _("the file ends too early"),
    expat.errors.XML_ERROR_UNCLOSED_TOKEN: _("the file ends too early"),
    expat.errors.XML_ERROR_UNDEFINED_ENTITY: _("the file uses an entity (&name;) that XML does not have"),
    expat.errors.XML_ERROR_UNKNOWN_ENCODING: _("the encoding that the file names is unknown"),
    expat.errors.XML_ERROR_INCORRECT_ENCODING: _("the file is not in the encoding that it names"),
    expat.errors.XML_ERROR_DUPLICATE_ATTRIBUTE: _("an attribute stands twice"),
    expat.errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT: _("something follows after the end"),
}


@dataclass(slots=True)
class Element:
    """`content`: texts and elements in their order."""

    name: str
    line: int
    attributes: dict[str, str] = field(default_factory=dict)
    content: list["str | Element"] = field(default_factory=list)

    def children(self, name: str = "") -> list["Element"]:
        return [each for each in self.content if isinstance(each, Element) and (not name or each.name == name)]

    def child(self, name: str) -> "Element | None":
        return next(iter(self.children(name)), None)

    def own_text(self) -> str:
        return "".join(each for each in self.content if isinstance(each, str))

    def whole_text(self) -> str:
        return "".join(each if isinstance(each, str) else each.whole_text() for each in self.content)

    def text(self, name: str = "") -> str:
        """The text of the first child of that name, or of the element itself; as it stands in the file."""
        found = self.child(name) if name else self
        return found.whole_text() if found else ""

    def line_of(self, name: str) -> int:
        found = self.child(name)
        return found.line if found else self.line

    def walk(self) -> Iterator["Element"]:
        yield self
        for child in self.children():
            yield from child.walk()


def parse(data: bytes, notes: Notes) -> Element:
    """The root of the file, names without their prefixes. Raises Refused."""
    if len(data) > FILE_LIMIT:
        raise Refused(_("the file is too large; at most {limit} MB are read"), limit=FILE_LIMIT // 1024**2)
    data, skipped = _beginning(data, notes)
    if not data:
        raise Refused(_("the file is empty"))
    builder = _Builder(notes, skipped)
    try:
        builder.parser.Parse(data, True)
    except expat.ExpatError as problem:
        if _HTML.search(data[:4096]):
            raise Refused(_HTML_FILE) from problem
        reason = _REASONS.get(expat.errors.messages.get(problem.code, ""), _("an error that XML does not allow"))
        raise Refused(
            _("the file is not well-formed XML, column {column}: {reason}"),
            problem.lineno + skipped,
            column=problem.offset + 1,
            reason=reason,
        ) from problem
    except (ValueError, LookupError) as problem:
        raise Refused(_("the encoding that the file names is unknown")) from problem
    assert builder.root is not None
    return builder.root


def _beginning(data: bytes, notes: Notes) -> tuple[bytes, int]:
    """Without what people's editors put before the beginning, and how many lines that was."""
    bare = data
    while bare.startswith(codecs.BOM_UTF8):
        bare = bare[len(codecs.BOM_UTF8) :]
        notes.add(1, _("the file begins with a byte order mark; it is left out"))
    begun = bare.lstrip(b" \t\r\n")
    if begun.startswith(codecs.BOM_UTF8):
        begun = begun[len(codecs.BOM_UTF8) :].lstrip(b" \t\r\n")
    if begun != bare and begun:
        notes.add(1, _("the file begins with blanks; they are left out"))
    return begun, bare[: len(bare) - len(begun)].count(b"\n")


class _Builder:
    def __init__(self, notes: Notes, skipped: int) -> None:
        self.notes = notes
        self.skipped = skipped
        self.root: Element | None = None
        self.namespace = ""
        self.count = 0
        self.undeclared: set[str] = set()
        self.open: list[Element] = []
        self.prefixes: list[dict[str, str]] = [{"xml": ""}]
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.EntityDeclHandler = self.entity
        self.parser.EndDoctypeDeclHandler = self.doctype_ends
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters

    @property
    def line(self) -> int:
        return self.parser.CurrentLineNumber + self.skipped

    def doctype(self, name: str, _system: str | None, _public: str | None, _internal: bool) -> None:
        if name.lower() == "html":
            raise Refused(_HTML_FILE)

    def entity(
        self, name: str, _parameter: bool, value: str | None, _base: str | None, _system: str | None, *_more: str | None
    ) -> None:
        if value is None:
            message = _("the file refers to another file (external entity “{name}”); such files are not read")
        else:
            message = _("the file declares entities of its own (“{name}”); such files are not read")
        raise Refused(message, self.line, name=name)

    def doctype_ends(self) -> None:
        raise Refused(_("the file has a document type declaration (DOCTYPE); such files are not read"), self.line)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if self.count > ELEMENT_LIMIT or len(self.open) >= DEPTH_LIMIT:
            raise Refused(
                _("the file has too many elements; at most {limit}, {depth} deep, are read"),
                self.line,
                limit=ELEMENT_LIMIT,
                depth=DEPTH_LIMIT,
            )
        declared = {name[6:]: uri for name, uri in attributes.items() if name.startswith("xmlns:")}
        if "xmlns" in attributes:
            declared[""] = attributes["xmlns"]
        self.prefixes.append(self.prefixes[-1] | declared if declared else self.prefixes[-1])
        plain = {name.rpartition(":")[2]: value for name, value in attributes.items() if not name.startswith("xmlns")}
        element = Element(self._name(tag), self.line, plain)
        if self.open:
            self.open[-1].content.append(element)
        else:
            self.root = element
            if element.name.lower() == "html":
                raise Refused(_HTML_FILE)
        self.open.append(element)

    def _name(self, tag: str) -> str:
        """Without the prefix, unless that is of something else than StratML."""
        prefix, _colon, local = tag.rpartition(":")
        namespace = self.prefixes[-1].get(prefix)
        if namespace is None:
            namespace = ""
            if prefix and prefix not in self.undeclared:
                self.undeclared.add(prefix)
                message = _("the prefix “{prefix}” is not declared; elements are read by their names")
                self.notes.add(self.line, message, prefix=prefix)
        if self.root is None:
            self.namespace = namespace
            self._judge(local, namespace)
        same = namespace in ("", self.namespace) or namespace in NAMESPACES.values() or namespace.startswith(OLDER)
        return local if same else tag

    def _judge(self, local: str, namespace: str) -> None:
        if local not in NAMESPACES or namespace == NAMESPACES[local]:
            return
        if not namespace:
            self.notes.add(self.line, _("the elements have no namespace; they are read by their names"))
        elif namespace.startswith(OLDER):
            message = _("the namespace “{name}” is of an older edition; it is read as the present one")
            self.notes.add(self.line, message, name=namespace)
        else:
            message = _("the namespace “{name}” is unknown; elements are read by their names")
            self.notes.add(self.line, message, name=namespace)

    def end(self, _tag: str) -> None:
        self.open.pop()
        self.prefixes.pop()

    def characters(self, text: str) -> None:
        if self.open:
            self.open[-1].content.append(text)
