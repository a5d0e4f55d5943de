"""Status bars and progress bars: what a reader takes in at a glance, with its numbers beside it.

Bars are tables in the structure: a row for each bar, its label as the row's header.
"""

from collections.abc import Iterator, Sequence
from functools import partial

from reports.document import ProgressBar, ProgressBars, Signal, StatusBar, StatusBars, linked
from reports.pdf.canvas import Canvas
from reports.pdf.fitting import fitted, on_one_line
from reports.pdf.flow import Box, Setting
from reports.pdf.fonts import Face, text_width
from reports.pdf.prose import gap, line_boxes
from reports.pdf.shapes import draw_bar, draw_shape
from reports.pdf.structure import SCOPE_COLUMN, SCOPE_ROW, Element
from reports.pdf.text import Line, set_lines, shortened
from reports.pdf.theme import FILLS, GUTTER, INK, LIGHT_FILLS, QUIET, WHITE, Type

THICKNESS = 12.5
LABEL_SHARE = 0.36
TOTAL_WIDTH = 44.0
KEPT = 14
"""Up to so many bars stay on one page: they are compared with each other."""
MOST_LINES = 24


def status_bar_boxes(block: StatusBars, setting: Setting) -> Iterator[Box]:
    """All bars on one scale: the longest fills the column."""
    table = Element("Table", setting.parent)
    yield from _caption(block.caption, "", table, setting)
    yield from _legend(block, table, setting)
    yield _header(block.header, table, setting)
    largest = max((sum(max(part.count, 0) for part in bar.segments) for bar in block.bars), default=0)
    for bar in block.bars:
        box = _status_row(bar, max(largest, 1), table, setting)
        box.keep = len(block.bars) <= KEPT and bar is not block.bars[-1]
        yield box
    yield gap(6)


def _caption(caption: str, key: str, table: Element, setting: Setting) -> Iterator[Box]:
    """What the bars show, and what their parts mean: one caption, as a table may have no more."""
    small = setting.theme.small
    if not caption.strip() and not key.strip():
        return
    element = Element("Caption", table)
    before = 6.0
    for words in (caption, key):
        lines = set_lines(words, small, setting.width, setting.where)
        for box in line_boxes(lines, setting.x, small, Element("P", element), before):
            before = 0.0
            box.keep = True
            yield box


def _legend(block: StatusBars, table: Element, setting: Setting) -> Iterator[Box]:
    """Shapes with their words, as many to a line as fit. The words are said with every bar: here they are furniture."""
    small = setting.theme.small
    rows: list[list[tuple[float, Signal, str]]] = [[]]
    x = 0.0
    for mark in block.legend:
        word = shortened(mark.word, Face.REGULAR, small.size, setting.width - 14, setting.where)
        width = 11 + text_width(word, Face.REGULAR, small.size)
        if x + width > setting.width and rows[-1]:
            rows.append([])
            x = 0.0
        rows[-1].append((x, mark.signal, word))
        x += width + 13

    def draw(canvas: Canvas, top: float, row: list[tuple[float, Signal, str]]) -> None:
        with canvas.artifact():
            for at, signal, word in row:
                baseline = top - small.rise
                draw_shape(canvas, signal, setting.x + at + 4, baseline + small.size * 0.33, 3.4)
                canvas.string(setting.x + at + 11, baseline, word, Face.REGULAR, small.size, small.colour)

    for row in filter(None, rows):
        yield Box(small.leading + 2, partial(draw, row=row), before=4, keep=True)


def _header(header: tuple[str, str, str], table: Element, setting: Setting) -> Box:
    head = setting.theme.small.bold()
    label, room = setting.width * LABEL_SHARE, setting.width * (1 - LABEL_SHARE)
    row = Element("TR", table)
    places = ((0.0, label - GUTTER, False), (label, room * 0.6, False), (label + room * 0.6, room * 0.4, True))
    laid = []
    for words, (x, width, is_right) in zip(header, places, strict=True):
        element = Element("TH", row, attributes=SCOPE_COLUMN)
        shown = on_one_line(words, head.face, head.size, width, element, setting.where)
        laid.append((x, width, is_right, set_lines(shown, head, width + 1, setting.where), element))

    def draw(canvas: Canvas, top: float) -> None:
        for x, width, is_right, lines, element in laid:
            for line in lines:
                at = setting.x + x + (width - line.width if is_right else 0)
                canvas.text(at, top - head.rise, line, head, element)
        with canvas.artifact():
            y = top - head.leading - 2
            canvas.line(setting.x, y, setting.x + setting.width, y, 0.8, INK)

    return Box(head.leading + 5, draw, before=3, keep=True)


def _status_row(bar: StatusBar, largest: int, table: Element, setting: Setting) -> Box:
    type_ = setting.theme.cell
    label_width = setting.width * LABEL_SHARE - GUTTER
    row = Element("TR", table)
    name = Element("TH", row, attributes=SCOPE_ROW)
    shown = Element("TD", row)
    figure = Element("Figure", shown, alternative=bar.alternative or "–")
    number = Element("TD", row)
    lines = fitted(linked(bar.label, bar.href), type_, label_width, MOST_LINES, name, setting.where)
    left, room = setting.x + setting.width * LABEL_SHARE, setting.width * (1 - LABEL_SHARE) - TOTAL_WIDTH
    total = fitted(bar.total, type_.quiet(), TOTAL_WIDTH - 4, MOST_LINES, number, setting.where)
    height = max(len(lines) * type_.leading, len(total) * type_.leading, THICKNESS) + 5
    spans: dict[int, Element] = {}

    def draw(canvas: Canvas, top: float) -> None:
        first = top - 2.5 - (THICKNESS - type_.leading) / 2 if len(lines) < 2 else top - 2.5
        for index, line in enumerate(lines):
            canvas.text(setting.x, first - index * type_.leading - type_.rise, line, type_, name, spans)
        low = top - 2.5 - THICKNESS
        figure.attributes = f"<</O/Layout/BBox[{left:.2f} {low:.2f} {left + room:.2f} {low + THICKNESS:.2f}]>>"
        with canvas.content(figure):
            _draw_segments(canvas, bar, left, low, room, largest)
        for index, line in enumerate(total):
            at = setting.x + setting.width - line.width
            y = top - 2.5 - (THICKNESS - type_.leading) / 2 - index * type_.leading - type_.rise
            canvas.text(at, y, line, type_.quiet(), number)

    return Box(height, draw, keep=False)


def _draw_segments(canvas: Canvas, bar: StatusBar, left: float, low: float, room: float, largest: int) -> None:
    """Each part as wide as its share, but never too narrow for its number; wider ones carry their shape too."""
    parts = [part for part in bar.segments if part.count > 0]
    if not parts:
        outline = ((left, low), (left + 14, low), (left + 14, low + THICKNESS), (left, low + THICKNESS))
        canvas.polyline(outline, 0.5, QUIET, dash="1.5 1.5", closed=True)
        return
    size = 8.0
    numbers = [str(part.count) for part in parts]
    narrowest = [text_width(number, Face.SEMIBOLD, size) + 5 for number in numbers]
    whole = max(room * sum(part.count for part in parts) / largest, sum(narrowest))
    for part, number, (x, width) in zip(
        parts, numbers, _widths([part.count for part in parts], narrowest, min(whole, room)), strict=True
    ):
        signal = part.mark.signal
        colour = FILLS[signal]
        text = INK if signal in LIGHT_FILLS else WHITE
        canvas.rectangle(left + x, low, width - 1, THICKNESS, colour)
        if signal is Signal.UNKNOWN:
            a, b, c, d = left + x + 0.4, left + x + width - 1.4, low + 0.4, low + THICKNESS - 0.4
            canvas.polyline(((a, c), (b, c), (b, d), (a, d)), 0.6, QUIET, dash="1.6 1.4", closed=True)
        wide = text_width(number, Face.SEMIBOLD, size)
        has_shape = width > wide + 19
        start = left + x + (width - 1 - wide - (10 if has_shape else 0)) / 2
        if has_shape:
            draw_shape(canvas, signal, start + 3, low + THICKNESS / 2, 2.9, (text, colour))
            start += 10
        canvas.string(start, low + THICKNESS / 2 - size * 0.33, number, Face.SEMIBOLD, size, text)


def _widths(counts: Sequence[int], narrowest: Sequence[float], room: float) -> list[tuple[float, float]]:
    """Left ends and widths: by share, the narrow ones widened at the cost of the wide ones."""
    total = sum(counts)
    fixed = {index for index, count in enumerate(counts) if room * count / total < narrowest[index]}
    left_over = room - sum(narrowest[index] for index in fixed)
    shared = sum(count for index, count in enumerate(counts) if index not in fixed)
    found, x = [], 0.0
    for index, count in enumerate(counts):
        width = narrowest[index] if index in fixed else max(left_over * count / shared, narrowest[index])
        found.append((x, width))
        x += width
    scale = room / x if x > room else 1.0
    return [(at * scale, width * scale) for at, width in found]


def progress_bar_boxes(block: ProgressBars, setting: Setting) -> Iterator[Box]:
    table = Element("Table", setting.parent)
    yield from _caption(block.caption, block.key, table, setting)
    yield _header(block.header, table, setting)
    for bar in block.bars:
        box = _progress_row(bar, table, setting)
        box.keep = len(block.bars) <= KEPT and bar is not block.bars[-1]
        yield box
    yield gap(6)


def _progress_row(progress: ProgressBar, table: Element, setting: Setting) -> Box:
    type_ = setting.theme.cell
    start = setting.width * LABEL_SHARE
    note_width, number_width = setting.width * 0.22, 42.0
    room = setting.width - start - note_width - number_width - 2 * GUTTER
    shift = 12 if progress.mark else 0
    row = Element("TR", table)
    name = Element("TH", row, attributes=SCOPE_ROW)
    shown, beside = Element("TD", row), Element("TD", row)
    label, state = Element("P", name), Element("P", name)
    small, where, narrow = setting.theme.small, setting.where, start - GUTTER - shift
    lines = fitted(linked(progress.label, progress.href), type_, narrow, MOST_LINES, label, where)
    word = fitted(progress.mark.word, small, narrow, MOST_LINES, state, where) if progress.mark else []
    number = fitted(progress.bar.text, type_.bold(), number_width, MOST_LINES, shown, where)
    note = fitted(progress.note, type_.quiet(), note_width, MOST_LINES, beside, where)
    spans: dict[int, Element] = {}
    height = max(len(lines) + len(word), len(number), len(note), 1) * type_.leading + 6

    def draw(canvas: Canvas, top: float) -> None:
        y = top - 3 - type_.rise
        middle = y + type_.size * 0.33
        if progress.mark is not None:
            with canvas.artifact():
                draw_shape(canvas, progress.mark.signal, setting.x + 4, middle)
        _stack(canvas, lines, setting.x + shift, y, type_, label, spans)
        _stack(canvas, word, setting.x + shift, y - len(lines) * type_.leading, setting.theme.small, state, spans)
        left = setting.x + start
        with canvas.artifact():
            draw_bar(canvas, progress.bar, left, middle - 4, room, 8)
        _stack(canvas, number, left + room + GUTTER + number_width, y, type_.bold(), shown, spans, is_right=True)
        _stack(canvas, note, setting.x + setting.width, y, type_.quiet(), beside, spans, is_right=True)

    return Box(height, draw)


def _stack(
    canvas: Canvas,
    lines: Sequence[Line],
    x: float,
    y: float,
    type_: Type,
    element: Element,
    spans: dict[int, Element],
    is_right: bool = False,
) -> None:
    for index, line in enumerate(lines):
        canvas.text(x - (line.width if is_right else 0), y - index * type_.leading, line, type_, element, spans)
