"""Status shapes, bars and small lines, drawn as paths. Knows points and colours, not blocks or pages.

Each signal has a shape of its own, so that status needs no colour: a tick in a disc, a disc, a triangle, a diamond
with a cross, a square with a stroke, a ring, a dashed ring. All is drawn inside the caller's scope.
"""

from collections.abc import Sequence
from typing import assert_never

from reports.document import Amount, Bar, Signal, Spark
from reports.pdf.canvas import Canvas
from reports.pdf.theme import ACCENT, INK, QUIET, SIGNAL_COLOURS, TRACK, WHITE, Colour

RADIUS = 3.7


def draw_shape(
    canvas: Canvas,
    signal: Signal,
    x: float,
    y: float,
    radius: float = RADIUS,
    colours: tuple[Colour, Colour] | None = None,
) -> None:
    """The shape of a signal, centred on x, y. `colours`: of the shape and of the sign in it, where they differ from
    the signal's own (on a bar of its colour)."""
    colour, sign = colours or (SIGNAL_COLOURS[signal], INK if signal is Signal.WARNING else WHITE)
    r = radius
    match signal:
        case Signal.DONE:
            canvas.disc(x, y, r * 1.08, colour)
            canvas.polyline(
                ((x - r * 0.5, y - r * 0.02), (x - r * 0.12, y - r * 0.42), (x + r * 0.52, y + r * 0.4)), r * 0.3, sign
            )
        case Signal.GOOD:
            canvas.disc(x, y, r, colour)
        case Signal.WARNING:
            canvas.polygon(((x - r * 1.15, y - r * 0.9), (x + r * 1.15, y - r * 0.9), (x, y + r * 1.08)), colour)
            canvas.line(x, y + r * 0.35, x, y - r * 0.2, r * 0.26, sign)
            canvas.disc(x, y - r * 0.58, r * 0.16, sign)
        case Signal.BAD:
            d = r * 1.22
            canvas.polygon(((x - d, y), (x, y + d), (x + d, y), (x, y - d)), colour)
            canvas.line(x - r * 0.36, y - r * 0.36, x + r * 0.36, y + r * 0.36, r * 0.28, sign)
            canvas.line(x - r * 0.36, y + r * 0.36, x + r * 0.36, y - r * 0.36, r * 0.28, sign)
        case Signal.STOPPED:
            d = r * 0.92
            canvas.rectangle(x - d, y - d, 2 * d, 2 * d, colour)
            canvas.line(x - r * 0.45, y, x + r * 0.45, y, r * 0.3, sign)
        case Signal.WAITING:
            canvas.ring(x, y, r * 0.85, r * 0.3, colours[0] if colours else QUIET)
        case Signal.UNKNOWN:
            canvas.ring(
                x, y, r * 0.85, r * 0.24, colours[0] if colours else QUIET, dash=f"{r * 0.36:.2f} {r * 0.31:.2f}"
            )
        case _:
            assert_never(signal)


def draw_bar(canvas: Canvas, bar: Bar, x: float, y: float, width: float, height: float) -> None:
    """The track, the share of it that is reached, and a stroke at the share of time gone. Below 0 and above 100 the
    bar is empty or full: its number says more."""
    if bar.percent is None or not _is_finite(bar.percent):
        outline = ((x, y), (x + width, y), (x + width, y + height), (x, y + height))
        canvas.polyline(outline, 0.5, QUIET, dash="1.5 1.5", closed=True)
    else:
        canvas.rectangle(x, y, width, height, TRACK)
        share = _share(bar.percent)
        colour = ACCENT if bar.signal is None else SIGNAL_COLOURS[bar.signal]
        if share:
            canvas.rectangle(x, y, max(width * share, 0.8), height, colour)
    if bar.gone is not None and _is_finite(bar.gone):
        at = x + width * _share(bar.gone)
        canvas.line(at, y - 2, at, y + height + 2, 2.2, WHITE)
        canvas.line(at, y - 2, at, y + height + 2, 1.1, INK)


def draw_spark(canvas: Canvas, spark: Spark, x: float, y: float, width: float, height: float, colour: Colour) -> None:
    """The line of a small chart with a dot at its last value, and its target as a dotted line."""
    values = [value for value in (*spark.points, spark.target) if value is not None and _is_finite(value)]
    if not values:
        return
    low, high = float(min(values)), float(max(values))
    if spark.target is not None and _is_finite(spark.target):
        at = y + height * scaled(spark.target, low, high)
        canvas.line(x, at, x + width, at, 0.7, QUIET, dash="0.1 2")
    for stretch in stretches(spark.points, x, y, width, height, low, high):
        if len(stretch) > 1:
            canvas.polyline(stretch, 1.15, colour)
        elif len(spark.points) > 1:
            canvas.disc(*stretch[0], 1, colour)
    last = [stretch[-1] for stretch in stretches(spark.points, x, y, width, height, low, high)][-1:]
    for point in last:
        canvas.disc(*point, 2.5, WHITE)
        canvas.disc(*point, 1.8, colour)


def stretches(
    points: Sequence[Amount | None], x: float, y: float, width: float, height: float, low: float, high: float
) -> list[list[tuple[float, float]]]:
    """The points as places, one list for each stretch without a gap."""
    found: list[list[tuple[float, float]]] = [[]]
    step = width / max(len(points) - 1, 1)
    for index, value in enumerate(points):
        if value is None or not _is_finite(value):
            found.append([])
        else:
            found[-1].append((x + step * index, y + height * scaled(value, low, high)))
    return [stretch for stretch in found if stretch]


def scaled(value: Amount, low: float, high: float) -> float:
    """0 at the low end, 1 at the high end; in the middle where both are one."""
    return (float(value) - low) / (high - low) if high > low else 0.5


def _share(percent: Amount) -> float:
    return min(max(float(percent) / 100, 0.0), 1.0)


def _is_finite(value: Amount) -> bool:
    return abs(float(value)) < 1e15
