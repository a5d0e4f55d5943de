"""Grid, colours and type of every report. Knows points and colours only, nothing of what is set in them.

Colours are told apart in black-and-white too: each has its own lightness beside its own shape. Text on white reaches a
contrast of at least 4.5 to 1.
"""

from dataclasses import dataclass, replace
from typing import TypeAlias

from reports.document import Layout, ProseStyle, Signal
from reports.pdf.fonts import Face

Colour: TypeAlias = tuple[float, float, float]


def _colour(code: str) -> Colour:
    red, green, blue = bytes.fromhex(code)
    return (round(red / 255, 3), round(green / 255, 3), round(blue / 255, 3))


INK = _colour("17212b")
QUIET = _colour("566370")
HAIR = _colour("d3dae1")
PANEL = _colour("f3f5f8")
TRACK = _colour("dfe5eb")
ACCENT = _colour("1f4e79")
LINK_RULE = _colour("9db4cb")
WHITE = _colour("ffffff")
BANNER = _colour("fdeec7")
BANNER_EDGE = _colour("c98a00")

SIGNAL_COLOURS: dict[Signal, Colour] = {
    Signal.DONE: _colour("12355b"),
    Signal.GOOD: _colour("2f8560"),
    Signal.WARNING: _colour("e3a008"),
    Signal.BAD: _colour("b3261e"),
    Signal.STOPPED: _colour("4a5561"),
    Signal.WAITING: QUIET,
    Signal.UNKNOWN: _colour("ffffff"),
}


def edge_colour(signal: Signal) -> Colour:
    """The colour of an edge or rule: that of the signal, where paper-white would not be seen a quiet one."""
    return QUIET if SIGNAL_COLOURS[signal] == WHITE else SIGNAL_COLOURS[signal]


FILLS: dict[Signal, Colour] = {
    **SIGNAL_COLOURS,
    Signal.STOPPED: _colour("8b97a3"),
    Signal.WAITING: _colour("cdd4db"),
}
"""The parts of bars. From dark to light on grey paper too: done, bad, good, stopped, warning, waiting, unknown."""

LIGHT_FILLS = frozenset({Signal.WARNING, Signal.STOPPED, Signal.WAITING, Signal.UNKNOWN})
"""Parts that carry dark text."""

PAGE_WIDTH, PAGE_HEIGHT = 595.28, 841.89
LEFT, RIGHT = 48.0, PAGE_WIDTH - 48.0
WIDTH = RIGHT - LEFT
TOP, BOTTOM = PAGE_HEIGHT - 54.0, 58.0
BODY_HEIGHT = TOP - BOTTOM
GUTTER = 10.0


@dataclass(frozen=True, slots=True)
class Type:
    """How text is set: size and leading in points. `strong`: bold throughout."""

    size: float
    leading: float
    colour: Colour = INK
    strong: bool = False

    def quiet(self) -> "Type":
        return replace(self, colour=QUIET)

    def bold(self) -> "Type":
        return replace(self, strong=True)

    @property
    def face(self) -> Face:
        return Face.SEMIBOLD if self.strong else Face.REGULAR

    @property
    def rise(self) -> float:
        """From the top of a line to its baseline: the letters' height is centred in the leading."""
        return (self.leading + self.size * 0.66) / 2


@dataclass(frozen=True, slots=True)
class Theme:
    """The type scale of a layout. `headings` from level 1; `before_heading`: the space above each."""

    title: Type
    headings: tuple[Type, Type, Type, Type]
    before_heading: tuple[float, float, float, float]
    lead: Type
    body: Type
    note: Type
    cell: Type
    small: Type
    figure: Type
    row_padding: float
    """Above and below the text of a row."""

    def prose(self, style: ProseStyle) -> Type:
        return {ProseStyle.LEAD: self.lead, ProseStyle.BODY: self.body, ProseStyle.NOTE: self.note}[style]


BRIEF = Theme(
    title=Type(22, 26, INK, True),
    headings=(Type(13, 17, INK, True), Type(11, 14.5, INK, True), Type(9.5, 12.5, INK, True), Type(9, 12, INK, True)),
    before_heading=(15, 12, 10, 8),
    lead=Type(11, 15.5),
    body=Type(9.25, 13),
    note=Type(8, 11, QUIET),
    cell=Type(8.75, 11),
    small=Type(8, 10.5, QUIET),
    figure=Type(19, 23, INK, True),
    row_padding=2.7,
)
REPORT = Theme(
    title=Type(30, 35, INK, True),
    headings=(Type(21, 25.5, INK, True), Type(14, 18, INK, True), Type(11, 14.5, INK, True), Type(9.5, 13, INK, True)),
    before_heading=(0, 20, 15, 11),
    lead=Type(12, 17),
    body=Type(9.75, 14),
    note=Type(8.25, 11.5, QUIET),
    cell=Type(8.75, 11.5),
    small=Type(8, 10.5, QUIET),
    figure=Type(19, 23, INK, True),
    row_padding=3.6,
)
FURNITURE = Type(7.75, 10, QUIET)


def theme_of(layout: Layout) -> Theme:
    return {Layout.BRIEF: BRIEF, Layout.REPORT: REPORT}[layout]
