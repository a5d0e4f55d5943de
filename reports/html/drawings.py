"""Status shapes, bars, small lines and charts as inline SVG, each with its words or hidden beside them.

Places are given in percent, so that a drawing stretches with the page while its text keeps the reader's size. Colours
and strokes come from the style by class: there is no style attribute.
"""

import itertools
from collections.abc import Sequence
from decimal import Decimal

from reports.document import Amount, Bar, LineChart, Mark, Signal, Spark, StatusBar
from reports.html.words import escaped

LARGEST = 10**15
_DASHED = 'stroke-dasharray="2 1.6"'
_SHAPES: dict[Signal, str] = {
    Signal.DONE: '<circle cx="6" cy="6" r="5.4"/><path class="sign" d="M3.3 6.2 5.3 8.3 8.9 3.9"/>',
    Signal.GOOD: '<circle cx="6" cy="6" r="5"/>',
    Signal.WARNING: '<path d="M6 .6 11.8 10.6H.2Z"/><path class="sign dark" d="M6 4.2V7.4M6 8.9V9.2"/>',
    Signal.BAD: '<path d="M6 0 12 6 6 12 0 6Z"/><path class="sign" d="M4.2 4.2 7.8 7.8M7.8 4.2 4.2 7.8"/>',
    Signal.STOPPED: '<path d="M1.3 1.3H10.7V10.7H1.3Z"/><path class="sign" d="M3.7 6H8.3"/>',
    Signal.WAITING: '<circle class="ring" cx="6" cy="6" r="4.3"/>',
    Signal.UNKNOWN: f'<circle class="ring" cx="6" cy="6" r="4.3" {_DASHED}/>',
}


def symbols() -> str:
    """The shapes of all signals, once for the page."""
    found = "".join(
        f'<symbol id="shape:{signal.value}" viewBox="0 0 12 12">{path}</symbol>' for signal, path in _SHAPES.items()
    )
    return f'<svg class="symbols" aria-hidden="true">{found}</svg>'


def shape(signal: Signal) -> str:
    """The shape alone: its word stands beside it."""
    return f'<svg class="shape {signal.value}" aria-hidden="true"><use href="#shape:{signal.value}"/></svg>'


def marked(mark: Mark) -> str:
    return f"{shape(mark.signal)} {escaped(mark.word)}"


def bar(found: Bar) -> str:
    """The track, the share that is reached and the share of time gone; its number stands beside it."""
    percent, gone = _drawable(found.percent), _drawable(found.gone)
    kind = f" {found.signal.value}" if found.signal else ""
    parts = [f'<rect class="{"track" if percent is not None else "none"}" width="100%" height="100%"/>']
    if percent is not None:
        parts.append(f'<rect class="reached{kind}" width="{_held(percent):.4g}%" height="100%"/>')
    if gone is not None:
        at = f"{_held(gone):.4g}%"
        parts.append(f'<line class="gone" x1="{at}" x2="{at}" y1="0" y2="100%"/>')
    return f'<svg class="bar" aria-hidden="true">{"".join(parts)}</svg>'


def status_bar(found: StatusBar, largest: int) -> str:
    """The parts side by side, on one scale with the other bars."""
    parts = []
    x = 0.0
    for segment in found.segments:
        if segment.count > 0:
            width = 100 * segment.count / largest
            kind = segment.mark.signal.value
            parts.append(f'<rect class="part {kind}" x="{x:.3f}%" width="{width:.3f}%" height="100%"/>')
            if width >= 4:
                tight = " tight" if width < 12 else ""  # left out on narrow screens: the words beside the bar have it
                parts.append(
                    f'<text class="{kind}{tight}" x="{x + width / 2:.3f}%" y="50%" dy=".35em">{segment.count}</text>'
                )
            x += width
    return _figure("parts", found.alternative or "–", parts or ['<rect class="none" width="3%" height="100%"/>'])


def spark(found: Spark) -> str:
    values = [value for value in map(_drawable, (*found.points, found.target)) if value is not None]
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    parts = []
    target = _drawable(found.target)
    if target is not None:
        at = _y(target, low, high)
        parts.append(f'<line class="target" x1="0" x2="100%" y1="{at}" y2="{at}"/>')
    parts += _lines(found.points, low, high, "actual", with_points=False)
    return _figure("spark", found.alternative, parts)


def line_chart(chart: LineChart) -> str:
    """The drawing alone: labels of time and the legend stand in it too, its words are its alternative."""
    shown = (*chart.actual, *chart.expected, chart.target, *(at for at, _ in chart.ticks))
    values = [value for value in map(_drawable, shown) if value is not None]
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    parts = []
    for at, label in chart.ticks:
        if (tick := _drawable(at)) is not None:
            y = _y(tick, low, high)
            parts.append(f'<line class="tick" x1="0" x2="100%" y1="{y}" y2="{y}"/>')
            parts.append(f'<text class="tick" x="0" y="{y}" dy="-.3em">{escaped(label)}</text>')
    target = _drawable(chart.target)
    if target is not None:
        y = _y(target, low, high)
        parts.append(f'<line class="target" x1="0" x2="100%" y1="{y}" y2="{y}"/>')
        parts.append(f'<text class="end" x="100%" y="{y}" dy="-.3em">{escaped(chart.target_label)}</text>')
    parts += _lines(chart.expected, low, high, "expected", with_points=False)
    parts += _lines(chart.actual, low, high, "actual", with_points=True)
    return _figure("chart", chart.alternative, parts)


def _figure(kind: str, words: str, parts: Sequence[str]) -> str:
    return f'<svg class="{kind}" role="img"><title>{escaped(words)}</title>{"".join(parts)}</svg>'


def _lines(points: Sequence[Amount | None], low: float, high: float, kind: str, with_points: bool) -> list[str]:
    """Strokes between neighbours that both have a value; a dot where a value stands alone, and at the last."""
    step = 100 / max(len(points) - 1, 1)
    places = [
        None if (value := _drawable(point)) is None else (f"{step * index:.3f}%", _y(value, low, high))
        for index, point in enumerate(points)
    ]
    found = []
    for before, after in itertools.pairwise(places):
        if before and after:
            ends = f'x1="{before[0]}" y1="{before[1]}" x2="{after[0]}" y2="{after[1]}"'
            found.append(f'<line class="{kind}" {ends}/>')
    known = [index for index, place in enumerate(places) if place]
    for index in known:
        is_alone = (index == 0 or not places[index - 1]) and (index + 1 == len(places) or not places[index + 1])
        place = places[index]
        if place and kind == "actual" and (with_points or is_alone or index == known[-1]):
            found.append(f'<circle class="{kind}" cx="{place[0]}" cy="{place[1]}" r="2.5"/>')
    return found


def _y(value: float, low: float, high: float) -> str:
    share = (value - low) / (high - low) if high > low else 0.5
    return f"{90 - 80 * share:.3f}%"


def _drawable(value: Amount | None) -> float | None:
    """The amount as a place on a scale; None where there is none, or none that a scale could hold."""
    if value is None or not (amount := Decimal(value)).is_finite() or abs(amount) > LARGEST:
        return None
    return float(amount)


def _held(percent: float) -> float:
    return min(max(percent, 0.0), 100.0)
