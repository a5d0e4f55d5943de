"""The words of a PDF and of its HTML twin, as a reader hears them, for comparison."""

from html.parser import HTMLParser

from reports.pdf.fonts import readable
from reports.pdf.spoken import Said, spoken

_EMPTY = frozenset({"meta", "br", "hr", "img", "link", "input"})
_INLINE = frozenset({"a", "span", "strong", "em", "b", "small"})


class _Heard(HTMLParser):
    """What assistive technology is given: no head, nothing hidden, of a drawing its title alone."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.path: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _EMPTY:
            return
        is_silent = bool(self.path and self.path[-1][1])
        if tag in ("head", "style") or ("aria-hidden", "true") in attrs:
            is_silent = True
        elif self.path and self.path[-1][0] == "svg":
            is_silent = is_silent or tag != "title"
        self.path.append((tag, is_silent))
        self._part(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Part of a drawing: nothing is said in it."""

    def handle_endtag(self, tag: str) -> None:
        assert self.path.pop()[0] == tag, f"</{tag}> closes another element"
        self._part(tag)

    def handle_data(self, data: str) -> None:
        if self.path and not self.path[-1][1]:
            self.parts.append(data)

    def _part(self, tag: str) -> None:
        if tag not in _INLINE:
            self.parts.append(" ")


def words_of_page(html: bytes) -> list[str]:
    """The words of a twin. What the typeface of the PDF lacks is replaced as it is there."""
    page = _Heard()
    page.feed(html.decode())
    page.close()
    assert page.path == []
    return readable("".join(page.parts), "the twin").split()


def words_of_pdf(pdf: bytes) -> list[str]:
    """The words of a PDF. Pages in the contents and the signs before the points of a list are paper's own."""
    heard = spoken(pdf)
    assert heard.loose == ()
    assert heard.lost == ()
    return [word for said in heard.said for word in _words(said)]


def differences(pdf: bytes, html: bytes) -> list[tuple[str, str]]:
    """Where the two part for the first time: the next words of each. Empty when they are the same."""
    first, second = words_of_pdf(pdf), words_of_page(html)
    if first == second:
        return []
    place = next(
        (at for at, (one, other) in enumerate(zip(first, second, strict=False)) if one != other),
        min(len(first), len(second)),
    )
    start = max(place - 4, 0)
    return [(" ".join(first[start : place + 6]), " ".join(second[start : place + 6]))]


def _words(said: Said) -> list[str]:
    words = readable(said.text, "the file").split()
    if said.tag == "TOCI":
        return words[:-1]
    is_sign = said.tag == "Lbl" and (words == ["•"] or (said.numbering == "Decimal" and len(words) == 1))
    return [] if is_sign else words
