"""The line chart of one indicator. Knows scales, labels and lines; the words for those who do not see it come with it."""

from collections.abc import Iterator, Sequence

from reports.document import Amount, LineChart
from reports.pdf.canvas import Canvas
from reports.pdf.flow import Box, Setting
from reports.pdf.fonts import Face, text_width
from reports.pdf.prose import gap, line_boxes
from reports.pdf.shapes import drawable, scaled, stretches
from reports.pdf.structure import Element
from reports.pdf.text import set_lines, shortened
from reports.pdf.theme import ACCENT, HAIR, INK, QUIET, WHITE

PLOT_HEIGHT = 112.0
SIZE = 8.0


def chart_boxes(chart: LineChart, setting: Setting) -> Iterator[Box]:
    """Caption, then one figure: value axis at the left, legend above, time below."""
    small = setting.theme.small
    group = Element("Div", setting.parent)
    lines = set_lines(chart.caption, small.bold(), setting.width, setting.where)
    if lines:
        # Beside the figure, not in it: what is said in place of a figure is said in place of all that is in it.
        caption = Element("P", group)
        for box in line_boxes(lines, setting.x, small.bold(), caption, before=12):
            box.keep = True
            yield box
    figure = Element("Figure", group, alternative=chart.alternative)
    drawing = _Drawing(chart, setting)

    def draw(canvas: Canvas, top: float) -> None:
        area = f"{setting.x:.2f} {top - drawing.height:.2f} {setting.x + setting.width:.2f} {top:.2f}"
        figure.attributes = f"<</O/Layout/BBox[{area}]>>"
        with canvas.content(figure):
            drawing.draw(canvas, top)

    yield Box(drawing.height, draw, before=5)
    yield gap(6)


class _Drawing:
    """A chart with its scale and the room that its labels take."""

    def __init__(self, chart: LineChart, setting: Setting) -> None:
        self.chart = chart
        self.where = setting.where
        shown = (*chart.actual, *chart.expected, chart.target, *(at for at, _ in chart.ticks))
        values = [value for value in map(drawable, shown) if value is not None]
        self.low, self.high = (min(values), max(values)) if values else (0.0, 1.0)
        self.ticks = [(at, shortened(label, Face.REGULAR, SIZE, 70, self.where)) for at, label in chart.ticks]
        axis = max((text_width(label, Face.REGULAR, SIZE) for _, label in self.ticks), default=0.0)
        self.target_label = shortened(chart.target_label, Face.REGULAR, SIZE, 110, self.where)
        beside = text_width(self.target_label, Face.REGULAR, SIZE) + 8 if chart.target is not None else 8.0
        self.left = setting.x + axis + 8
        self.width = setting.x + setting.width - beside - self.left
        self.start, self.end = setting.x, setting.x + setting.width
        self.height = 16 + PLOT_HEIGHT + 18

    def draw(self, canvas: Canvas, top: float) -> None:
        base = top - 16 - PLOT_HEIGHT
        self._legend(canvas, top)
        for at, label in self.ticks:
            if (y := self._y(at, base)) is None:
                continue
            canvas.line(self.left, y, self.left + self.width, y, 0.4, HAIR)
            x = self.left - 6 - text_width(label, Face.REGULAR, SIZE)
            canvas.string(x, y - SIZE * 0.33, label, Face.REGULAR, SIZE, QUIET)
        canvas.line(self.left, base, self.left + self.width, base, 0.7, QUIET)
        self._labels(canvas, base)
        y = self._y(self.chart.target, base)
        if y is not None:
            canvas.line(self.left, y, self.left + self.width, y, 1, INK, dash="0.1 2.4")
            canvas.string(self.left + self.width + 6, y - SIZE * 0.33, self.target_label, Face.REGULAR, SIZE, INK)
        for stretch in self._stretches(self.chart.expected, base):
            canvas.polyline(stretch, 1, QUIET, dash="4 2.6")
        for stretch in self._stretches(self.chart.actual, base):
            canvas.polyline(stretch, 1.6, ACCENT)
            for point in stretch:
                canvas.disc(*point, 2.9, WHITE)
                canvas.disc(*point, 2.1, ACCENT)

    def _legend(self, canvas: Canvas, top: float) -> None:
        x = self.left
        entries = [(self.chart.actual_label, "", ACCENT, 1.6)]
        if self.chart.expected:
            entries.append((self.chart.expected_label, "4 2.6", QUIET, 1.0))
        for words, dash, colour, width in entries:
            label = shortened(words, Face.REGULAR, SIZE, self.width / len(entries) - 30, self.where)
            canvas.line(x, top - 6, x + 15, top - 6, width, colour, dash)
            canvas.string(x + 20, top - 6 - SIZE * 0.33, f"{label} ", Face.REGULAR, SIZE, QUIET)
            x += 20 + text_width(label, Face.REGULAR, SIZE) + 16

    def _labels(self, canvas: Canvas, base: float) -> None:
        """As many labels of time as fit side by side, the last one always."""
        labels = [shortened(label, Face.REGULAR, SIZE, 90, self.where) for label in self.chart.labels]
        widest = max((text_width(label, Face.REGULAR, SIZE) for label in labels), default=0.0) + 6
        step = self.width / max(len(labels) - 1, 1)
        every = max(1, -int(-widest // max(step, 0.01)))
        for index, label in enumerate(labels):
            if (len(labels) - 1 - index) % every == 0:
                wide = text_width(label, Face.REGULAR, SIZE)
                x = min(max(self.left + step * index - wide / 2, self.start), self.end - wide)
                canvas.string(x, base - 12, f"{label} ", Face.REGULAR, SIZE, QUIET)

    def _y(self, value: Amount | None, base: float) -> float | None:
        found = drawable(value)
        return None if found is None else base + 4 + (PLOT_HEIGHT - 8) * scaled(found, self.low, self.high)

    def _stretches(self, points: Sequence[Amount | None], base: float) -> list[list[tuple[float, float]]]:
        return stretches(points, self.left, base + 4, self.width, PLOT_HEIGHT - 8, self.low, self.high)
