"""How cells look, as the styles of an XLSX file: fonts, fills, borders, formats of numbers, protection."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from xml.sax.saxutils import quoteattr

from plan_pages.spreadsheet.packing import HEAD, MAIN

_BUILT_IN = {"General": 0, "@": 49}


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks and what may be done with it. `fill` and `ink` are colours as RRGGBB; `shown`: the format."""

    fill: str = ""
    ink: str = "1F2933"
    bold: bool = False
    size: int = 10
    shown: str = "General"
    border: str = ""
    align: str = "left"
    middle: bool = False
    indent: int = 0
    wrap: bool = True
    is_open: bool = False
    is_quoted: bool = False


class Looks:
    """Numbers of the looks that are used, in the order in which they are first, and those of highlights."""

    def __init__(self) -> None:
        self._numbers: dict[Look, int] = {Look(): 0}
        self._highlights: dict[str, int] = {}

    def number(self, look: Look, *, is_quoted: bool = False) -> int:
        found = replace(look, is_quoted=True) if is_quoted else look
        return self._numbers.setdefault(found, len(self._numbers))

    def highlight(self, fill: str) -> int:
        return self._highlights.setdefault(fill, len(self._highlights))

    def xml(self) -> str:
        looks = list(self._numbers)
        fonts = list(dict.fromkeys((look.bold, look.size, look.ink) for look in looks))
        fills = list(dict.fromkeys(look.fill for look in looks if look.fill))
        borders = list(dict.fromkeys(look.border for look in looks if look.border))
        formats = list(dict.fromkeys(look.shown for look in looks if look.shown not in _BUILT_IN))
        return "".join(
            [
                f'{HEAD}<styleSheet xmlns="{MAIN}">',
                _numbered(
                    "numFmts",
                    [f'<numFmt numFmtId="{n}" formatCode={quoteattr(f)}/>' for n, f in enumerate(formats, 164)],
                ),
                _numbered("fonts", [_font(*font) for font in fonts]),
                # The first two fills are the format's own.
                _numbered("fills", [_FILL_NONE, _FILL_GREY, *map(_fill, fills)]),
                _numbered("borders", [_border(""), *map(_border, borders)]),
                '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
                _numbered(
                    "cellXfs",
                    [
                        _style(
                            look,
                            _format(look.shown, formats),
                            fonts.index((look.bold, look.size, look.ink)),
                            fills.index(look.fill) + 2 if look.fill else 0,
                            borders.index(look.border) + 1 if look.border else 0,
                        )
                        for look in looks
                    ],
                ),
                '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>',
                _numbered(
                    "dxfs",
                    [
                        f'<dxf><fill><patternFill><bgColor rgb="FF{fill}"/></patternFill></fill></dxf>'
                        for fill in self._highlights
                    ],
                ),
                "</styleSheet>",
            ]
        )


_FILL_NONE = '<fill><patternFill patternType="none"/></fill>'
_FILL_GREY = '<fill><patternFill patternType="gray125"/></fill>'


def _numbered(name: str, items: Sequence[str]) -> str:
    return f'<{name} count="{len(items)}">{"".join(items)}</{name}>' if items else ""


def _font(bold: bool, size: int, ink: str) -> str:
    return f'<font>{"<b/>" if bold else ""}<sz val="{size}"/><color rgb="FF{ink}"/><name val="Calibri"/></font>'


def _fill(colour: str) -> str:
    return f'<fill><patternFill patternType="solid"><fgColor rgb="FF{colour}"/><bgColor indexed="64"/></patternFill></fill>'


def _border(colour: str) -> str:
    sides = ("left", "right", "top", "bottom")
    drawn = "".join(
        f'<{side} style="thin"><color rgb="FF{colour}"/></{side}>' if colour else f"<{side}/>" for side in sides
    )
    return f"<border>{drawn}<diagonal/></border>"


def _format(shown: str, formats: Sequence[str]) -> int:
    return _BUILT_IN[shown] if shown in _BUILT_IN else formats.index(shown) + 164


def _style(look: Look, shown: int, font: int, fill: int, border: int) -> str:
    vertical = "center" if look.middle else "top"
    quoted = ' quotePrefix="1"' if look.is_quoted else ""
    indented = f' indent="{look.indent}"' if look.indent else ""
    wrapped = ' wrapText="1"' if look.wrap else ""
    return (
        f'<xf numFmtId="{shown}" fontId="{font}" fillId="{fill}" borderId="{border}" xfId="0"'
        f'{quoted} applyNumberFormat="1" applyFont="1" '
        f'applyFill="1" applyBorder="1" applyAlignment="1" applyProtection="1">'
        f'<alignment horizontal="{look.align}" vertical="{vertical}"{indented}{wrapped}/>'
        f'<protection locked="{not look.is_open:d}"/></xf>'
    )
