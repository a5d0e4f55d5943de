"""Tables as boxes: one for each row, so that rows are not cut and the header repeats where a page begins.

A row is measured once and drawn once; a table of any length takes time in proportion to its rows. A row higher than a
page is the one exception: it is cut between lines.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

from reports.document import Align, Bar, Cell, Column, GroupRow, Mark, Row, Spark, Table
from reports.pdf.canvas import Canvas
from reports.pdf.fitting import fitted, on_one_line
from reports.pdf.flow import Box, Setting
from reports.pdf.fonts import Face, text_width
from reports.pdf.prose import gap, line_boxes
from reports.pdf.shapes import draw_bar, draw_shape, draw_spark
from reports.pdf.structure import SCOPE_COLUMN, SCOPE_ROW, Element, span
from reports.pdf.text import Line, set_lines
from reports.pdf.theme import ACCENT, BODY_HEIGHT, GUTTER, HAIR, INK, PANEL, Type, edge_colour

SHAPE_INDENT = 12.0
BAR_HEIGHT = 6.0
SPARK_HEIGHT = 11.0
MOST_HEADER_LINES = 12

Place: TypeAlias = tuple[float, float]
"""Where a column stands: its left end and its width, gutter left out."""


@dataclass(slots=True)
class Laid:
    """A cell that is measured: its lines, and what is drawn beside or instead of them."""

    lines: list[Line]
    indent: float = 0
    mark: Mark | None = None
    spark: Spark | None = None
    bar: Bar | None = None


class TableSetter:
    """One table: its columns and type."""

    def __init__(self, table: Table, setting: Setting) -> None:
        self.table = table
        self.setting = setting
        self.cell = setting.theme.cell
        self.detail = setting.theme.small
        self.head = setting.theme.small.bold()
        self.padding = setting.theme.row_padding
        self.places = _places(table.columns, setting.x, setting.width)
        self.element = Element("Table", setting.parent)

    def boxes(self) -> Iterator[Box]:
        """Caption and header stay with the first row, group rows with the next; all rows carry the header along."""
        caption = list(self._caption())
        first, repeated = self._header()
        yield from caption
        yield first
        for left, row in zip(range(len(self.table.rows) - 1, -1, -1), self.table.rows, strict=True):
            for box in self._group(row, repeated) if isinstance(row, GroupRow) else self._row(row, repeated):
                # No page begins with the last row of a table alone.
                box.keep = box.keep or left == 1
                yield box
        yield gap(7)

    def _caption(self) -> Iterator[Box]:
        type_, setting = self.cell.bold(), self.setting
        lines = set_lines(self.table.caption, type_, setting.width, setting.where)
        if lines:
            for box in line_boxes(lines, setting.x, type_, Element("Caption", self.element), before=8):
                box.keep = True
                yield box
            yield gap(4, keep=True)

    def _header(self) -> tuple[Box, Box]:
        """The header as drawn first, as a row of the table, and as repeated, where it is furniture."""
        where, head = self.setting.where, self.head
        row = Element("TR", self.element)
        cells = [Element("TH", row, attributes=SCOPE_COLUMN) for _ in self.places]
        laid = [
            fitted(column.title, head, width, MOST_HEADER_LINES, cell, where)
            for column, (_, width), cell in zip(self.table.columns, self.places, cells, strict=True)
        ]
        height = max(1, *map(len, laid)) * head.leading + self.padding + 2

        def draw(canvas: Canvas, top: float, owners: Sequence[Element | None]) -> None:
            for column, place, lines, owner in zip(self.table.columns, self.places, laid, owners, strict=True):
                first = top - (height - self.padding - 2 - len(lines) * head.leading) - head.rise
                for index, line in enumerate(lines):
                    x = _aligned(column.align, place, line.width)
                    canvas.text(x, first - index * head.leading, line, head, owner)
            with canvas.artifact():
                canvas.line(self._left, top - height, self._right, top - height, 0.8, INK)

        def draw_again(canvas: Canvas, top: float) -> None:
            with canvas.artifact("/Type/Pagination"):
                draw(canvas, top, [None] * len(laid))

        before = 0.0 if self.table.caption else 5.0
        return Box(height, partial(draw, owners=cells), before, keep=True), Box(height, draw_again)

    def _group(self, group: GroupRow, repeated: Box) -> Iterator[Box]:
        type_ = self.cell.bold()
        where = self.setting.where
        small = self.detail
        row = Element("TR", self.element)
        cell = Element("TH", row, attributes=span(len(self.table.columns), "Row"))
        name, beside = Element("P", cell), Element("P", cell)
        aside = on_one_line(group.aside, Face.REGULAR, small.size, self.setting.width * 0.4, beside, where)
        aside_width = text_width(aside, Face.REGULAR, small.size)
        room = self.setting.width - aside_width - 3 * GUTTER
        lines = set_lines(group.words, type_, room, where) or set_lines("–", type_, room, where)
        spans: dict[int, Element] = {}

        def draw_line(canvas: Canvas, top: float, index: int, height: float) -> None:
            above = self.padding if index == 0 else 0
            with canvas.artifact():
                canvas.rectangle(self._left - 4, top - height, self.setting.width + 8, height + 0.1, PANEL)
            if index == 0:
                canvas.place(group.anchor, top)
            canvas.text(self._left, top - above - type_.rise, lines[index], type_, name, spans)
            if index == len(lines) - 1 and aside:
                (line,) = set_lines(aside, small, aside_width + 1, where)
                canvas.text(self._right - aside_width, top - above - type_.rise, line, small, beside)

        for index in range(len(lines)):
            height = type_.leading + self.padding * ((index == 0) + (index == len(lines) - 1))
            draw = partial(draw_line, index=index, height=height)
            yield Box(height, draw, before=0, keep=True, header=repeated)

    def _row(self, row: Row, repeated: Box) -> Iterator[Box]:
        laid = [
            self._laid(cell, column, width)
            for cell, column, (_, width) in zip(row.cells, self.table.columns, self.places, strict=True)
        ]
        indent = self.places[1][0] - self._left if len(self.places) > 1 and self.places[1][0] < self._left + 120 else 0
        room, where = self.setting.width - indent, self.setting.where
        notes = list(filter(None, (set_lines(words, self.detail, room, where) for words in row.detail)))
        owner = Element("TR", self.element)
        cells = [
            Element("TH", owner, attributes=SCOPE_ROW) if index == self.table.row_header else Element("TD", owner)
            for index in range(len(laid))
        ]
        details: list[tuple[Line, Element]] = []
        if notes:
            below = Element("TD", Element("TR", self.element), attributes=span(len(laid)))
            for lines in notes:
                paragraph = Element("P", below)
                details += [(line, paragraph) for line in lines]
        count = max(1, *(len(cell.lines) for cell in laid))
        height = (
            count * self.cell.leading + len(details) * self.detail.leading + 2 * self.padding + (1.5 if details else 0)
        )
        spans: dict[int, Element] = {}

        def draw_cells(canvas: Canvas, top: float, start: int, stop: int) -> None:
            for column, place, cell, element in zip(self.table.columns, self.places, laid, cells, strict=True):
                self._draw_cell(canvas, top, column, place, cell, element, (start, stop), spans)

        def draw_details(canvas: Canvas, top: float, start: int, stop: int) -> None:
            for index, (line, paragraph) in enumerate(details[start:stop]):
                y = top - index * self.detail.leading - self.detail.rise
                canvas.text(self._left + indent, y, line, self.detail, paragraph, spans)

        def draw(canvas: Canvas, top: float) -> None:
            canvas.place(row.anchor, top)
            self._edge(canvas, row, top, height)
            draw_cells(canvas, top - self.padding, 0, count)
            draw_details(canvas, top - self.padding - count * self.cell.leading - 1.5, 0, len(details))
            self._rule(canvas, top - height)

        if height <= BODY_HEIGHT - repeated.height:
            yield Box(height, draw, keep=row.keep, header=repeated)
            return
        yield from self._cut(row, repeated, count, len(details), draw_cells, draw_details)

    def _cut(
        self,
        row: Row,
        repeated: Box,
        count: int,
        details: int,
        draw_cells: Callable[[Canvas, float, int, int], None],
        draw_details: Callable[[Canvas, float, int, int], None],
    ) -> Iterator[Box]:
        """A row higher than a page, line by line."""

        def draw(canvas: Canvas, top: float, index: int, height: float) -> None:
            if index == 0:
                canvas.place(row.anchor, top)
            self._edge(canvas, row, top, height)
            inner = top - (self.padding if index == 0 else 0)
            if index < count:
                draw_cells(canvas, inner, index, index + 1)
            else:
                draw_details(canvas, inner, index - count, index - count + 1)
            if index == count + details - 1:
                self._rule(canvas, top - height)

        for index in range(count + details):
            leading = self.cell.leading if index < count else self.detail.leading
            height = leading + self.padding * ((index == 0) + (index == count + details - 1))
            yield Box(height, partial(draw, index=index, height=height), keep=index == 0, header=repeated)

    def _laid(self, cell: Cell, column: Column, width: float) -> Laid:
        where = self.setting.where
        type_ = self.cell.bold() if column.strong else self.cell
        match cell:
            case Mark():
                return Laid(set_lines(cell.word, type_, width - SHAPE_INDENT, where), SHAPE_INDENT, mark=cell)
            case Spark():
                return Laid([], spark=cell)
            case Bar():
                return Laid(set_lines(cell.text, type_, _number_room(width), where), bar=cell)
            case _:
                return Laid(set_lines(cell, type_, width, where))

    def _draw_cell(
        self,
        canvas: Canvas,
        top: float,
        column: Column,
        place: Place,
        cell: Laid,
        element: Element,
        shown: tuple[int, int],
        spans: dict[int, Element],
    ) -> None:
        x, width = place
        type_: Type = self.cell.bold() if column.strong else self.cell
        middle = top - type_.rise + type_.size * 0.33
        if shown[0] == 0:
            if cell.mark is not None:
                with canvas.artifact():
                    draw_shape(canvas, cell.mark.signal, x + 4.2, middle)
            if cell.bar is not None:
                with canvas.artifact():
                    room = width - _number_room(width) - 5
                    draw_bar(canvas, cell.bar, x, middle - BAR_HEIGHT / 2, room, BAR_HEIGHT)
            if cell.spark is not None:
                figure = Element("Figure", element, alternative=cell.spark.alternative)
                low = middle - SPARK_HEIGHT / 2
                figure.attributes = f"<</O/Layout/BBox[{x:.2f} {low:.2f} {x + width:.2f} {low + SPARK_HEIGHT:.2f}]>>"
                with canvas.content(figure):
                    draw_spark(canvas, cell.spark, x + 2, low, width - 6, SPARK_HEIGHT, ACCENT)
        for index, line in enumerate(cell.lines[shown[0] : shown[1]]):
            align = Align.RIGHT if cell.bar is not None else column.align
            at = _aligned(align, (x + cell.indent, width - cell.indent), line.width)
            canvas.text(at, top - index * type_.leading - type_.rise, line, type_, element, spans)

    def _edge(self, canvas: Canvas, row: Row, top: float, height: float) -> None:
        if row.signal is not None:
            with canvas.artifact():
                canvas.rectangle(self._left - 7, top - height + 0.6, 2.2, height - 1.2, edge_colour(row.signal))

    def _rule(self, canvas: Canvas, y: float) -> None:
        with canvas.artifact():
            canvas.line(self._left, y, self._right, y, 0.5, HAIR)

    @property
    def _left(self) -> float:
        return self.setting.x

    @property
    def _right(self) -> float:
        return self.setting.x + self.setting.width


def _places(columns: Sequence[Column], x: float, width: float) -> list[Place]:
    """Columns by their shares; the gutter stands between them, so that the outer edges are the grid's."""
    total = sum(column.width for column in columns)
    free = width - GUTTER * (len(columns) - 1)
    found = []
    for column in columns:
        own = max(free * column.width / total, 6.0)
        found.append((x, own))
        x += own + GUTTER
    return found


def _aligned(align: Align, place: Place, width: float) -> float:
    x, room = place
    if align is Align.RIGHT:
        return x + room - width
    return x + (room - width) / 2 if align is Align.CENTRE else x


def _number_room(width: float) -> float:
    """What a bar leaves to its number."""
    return min(34.0, width * 0.6)
