"""Status shapes, bars and small lines, drawn as paths. Knows points and colours, not blocks or pages.

Each signal has a shape of its own, so that status needs no colour: a tick in a disc, a disc, a triangle, a diamond
with a cross, a square with a stroke, a ring, a dashed ring. All is drawn inside the caller's scope.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import assert_never

from reports.document import Amount, Bar, Signal, Spark
from reports.pdf.canvas import Canvas
from reports.pdf.theme import ACCENT, INK, QUIET, SIGNAL_COLOURS, TRACK, WHITE, Colour, edge_colour

RADIUS = 3.7
LARGEST = 10**15


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
    percent, gone = drawable(bar.percent), drawable(bar.gone)
    if percent is None:
        outline = ((x, y), (x + width, y), (x + width, y + height), (x, y + height))
        canvas.polyline(outline, 0.5, QUIET, dash="1.5 1.5", closed=True)
    else:
        canvas.rectangle(x, y, width, height, TRACK)
        share = _share(percent)
        colour = ACCENT if bar.signal is None else edge_colour(bar.signal)
        if share:
            canvas.rectangle(x, y, max(width * share, 0.8), height, colour)
    if gone is not None:
        at = x + width * _share(gone)
        canvas.line(at, y - 2, at, y + height + 2, 2.2, WHITE)
        canvas.line(at, y - 2, at, y + height + 2, 1.1, INK)


def draw_spark(canvas: Canvas, spark: Spark, x: float, y: float, width: float, height: float, colour: Colour) -> None:
    """The line of a small chart with a dot at its last value, and its target as a dotted line."""
    target = drawable(spark.target)
    values = [value for value in map(drawable, (*spark.points, spark.target)) if value is not None]
    if not values:
        return
    low, high = min(values), max(values)
    if target is not None:
        at = y + height * scaled(target, low, high)
        canvas.line(x, at, x + width, at, 0.7, QUIET, dash="0.1 2")
    found = stretches(spark.points, x, y, width, height, low, high)
    for stretch in found:
        if len(stretch) > 1:
            canvas.polyline(stretch, 1.15, colour)
        else:
            canvas.disc(*stretch[0], 1, colour)
    if found:
        canvas.disc(*found[-1][-1], 2.5, WHITE)
        canvas.disc(*found[-1][-1], 1.8, colour)


def stretches(
    points: Sequence[Amount | None], x: float, y: float, width: float, height: float, low: float, high: float
) -> list[list[tuple[float, float]]]:
    """The points as places, one list for each stretch without a gap."""
    found: list[list[tuple[float, float]]] = [[]]
    step = width / max(len(points) - 1, 1)
    for index, value in enumerate(map(drawable, points)):
        if value is None:
            found.append([])
        else:
            found[-1].append((x + step * index, y + height * scaled(value, low, high)))
    return [stretch for stretch in found if stretch]


def drawable(value: Amount | None) -> float | None:
    """The amount as a place on a scale; None where there is none, or none that a scale could hold."""
    if value is None or not (amount := Decimal(value)).is_finite() or abs(amount) > LARGEST:
        return None
    return float(amount)


def scaled(value: float, low: float, high: float) -> float:
    """0 at the low end, 1 at the high end; in the middle where both are one."""
    return (value - low) / (high - low) if high > low else 0.5


def _share(percent: float) -> float:
    return min(max(percent / 100, 0.0), 1.0)
