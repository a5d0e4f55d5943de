"""Headline figures side by side. Knows how a tile is divided, so that text and line never meet."""

from collections.abc import Iterator
from dataclasses import dataclass

from reports.document import Tile, Tiles
from reports.pdf.canvas import Canvas
from reports.pdf.fitting import fitted, on_one_line
from reports.pdf.flow import Box, Setting
from reports.pdf.fonts import text_width
from reports.pdf.shapes import draw_shape, draw_spark
from reports.pdf.structure import Element
from reports.pdf.text import Line, set_lines, shortened
from reports.pdf.theme import ACCENT, HAIR, INK, PANEL, QUIET, Type, edge_colour

IN_A_ROW = 4
GAP = 9.0
PADDING = 9.0
MOST_LINES = 8
SPARK_WIDTH, SPARK_HEIGHT = 40.0, 14.0


@dataclass(slots=True)
class _Laid:
    tile: Tile
    label: list[Line]
    value: str
    value_type: Type
    note: list[Line]
    word: list[Line]
    foot: float
    """The height of the line with status and spark."""
    height: float
    """Without label and foot: those of a row are given one height, so that its figures stand on one line."""


def tile_boxes(block: Tiles, setting: Setting) -> Iterator[Box]:
    """Rows of up to four; the tiles of a row are equally high and fill the width."""
    tiles = block.tiles
    columns = min(len(tiles), IN_A_ROW) if len(tiles) != 5 and len(tiles) != 6 else 3
    for start in range(0, len(tiles), columns or 1):
        yield _row(tiles[start : start + columns], columns, setting, is_first=start == 0)


def _row(tiles: tuple[Tile, ...], columns: int, setting: Setting, is_first: bool) -> Box:
    width = (setting.width - GAP * (columns - 1)) / columns
    owners = [[Element("P", group) for _ in range(4)] for group in (Element("Div", setting.parent) for _ in tiles)]
    laid = [_laid(tile, width - 2 * PADDING, owner, setting) for tile, owner in zip(tiles, owners, strict=True)]
    labels = max(len(one.label) for one in laid) * setting.theme.small.leading
    foot = max(one.foot for one in laid)
    height = labels + max(one.height for one in laid) + (foot + 9 if foot else 0)
    for one in laid:
        one.foot = foot

    def draw(canvas: Canvas, top: float) -> None:
        for index, (one, owner) in enumerate(zip(laid, owners, strict=True)):
            _draw(canvas, one, owner, setting, setting.x + index * (width + GAP), top, (width, height, labels))

    return Box(height, draw, before=12 if is_first else GAP)


def _laid(tile: Tile, width: float, owner: list[Element], setting: Setting) -> _Laid:
    theme, where = setting.theme, setting.where
    label = fitted(tile.label, theme.small, width, MOST_LINES, owner[0], where)
    value_type = theme.figure
    wide = text_width(shortened(tile.value, value_type.face, value_type.size, 10_000, where), value_type.face, 1)
    size = max(min(value_type.size, width / wide if wide else value_type.size), 9.0)
    value_type = Type(size, value_type.leading, value_type.colour, strong=True)
    value = on_one_line(tile.value, value_type.face, size, width, owner[1], where)
    note = fitted(tile.note, theme.small, width, MOST_LINES, owner[2], where)
    room = width - 11 - (SPARK_WIDTH + 6 if tile.spark else 0)
    word = fitted(tile.mark.word, theme.small, room, MOST_LINES, owner[3], where) if tile.mark else []
    foot = max(len(word) * theme.small.leading, SPARK_HEIGHT if tile.spark else 0)
    lines = len(note) * theme.small.leading
    height = 2 * PADDING + lines + value_type.leading
    return _Laid(tile, label, value, value_type, note, word, foot, height)


def _draw(
    canvas: Canvas,
    one: _Laid,
    owner: list[Element],
    setting: Setting,
    x: float,
    top: float,
    size: tuple[float, float, float],
) -> None:
    width, height, labels = size
    small = setting.theme.small
    tile = one.tile
    inner = x + PADDING
    with canvas.artifact():
        canvas.rectangle(x, top - height, width, height, PANEL)
        edge = edge_colour(tile.mark.signal) if tile.mark else ACCENT
        canvas.rectangle(x, top - 2.2, width, 2.2, edge)
    for index, line in enumerate(one.label):
        canvas.text(inner, top - PADDING - index * small.leading - small.rise, line, small, owner[0])
    y = top - PADDING - labels
    value = set_lines(one.value, one.value_type, width, setting.where)
    for line in value:
        canvas.text(inner, y - one.value_type.rise, line, one.value_type, owner[1])
    y -= one.value_type.leading
    ink = Type(small.size, small.leading, INK)
    for line in one.note:
        canvas.text(inner, y - ink.rise, line, ink, owner[2])
        y -= ink.leading
    foot = top - height + PADDING
    if tile.mark is not None:
        first = foot + one.foot
        with canvas.artifact():
            canvas.line(inner, foot + one.foot + 4, x + width - PADDING, foot + one.foot + 4, 0.5, HAIR)
            draw_shape(canvas, tile.mark.signal, inner + 4, first - ink.rise + ink.size * 0.33)
        for index, line in enumerate(one.word):
            canvas.text(inner + 11, first - index * ink.leading - ink.rise, line, ink, owner[3])
    if tile.spark is not None:
        right = x + width - PADDING
        figure = Element("Figure", owner[0].parent, alternative=tile.spark.alternative)
        area = f"{right - SPARK_WIDTH:.2f} {foot:.2f} {right:.2f} {foot + SPARK_HEIGHT:.2f}"
        figure.attributes = f"<</O/Layout/BBox[{area}]>>"
        with canvas.content(figure):
            draw_spark(canvas, tile.spark, right - SPARK_WIDTH, foot, SPARK_WIDTH - 3, SPARK_HEIGHT - 4, QUIET)
