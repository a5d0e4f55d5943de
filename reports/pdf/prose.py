"""Headings, paragraphs, lists, facts and remarks as boxes. Knows type and structure, not where pages break."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from reports.document import Bullets, Callout, Facts, Heading, Item, Layout, Mark, Prose, Run, Words, plain, runs
from reports.pdf.canvas import Canvas
from reports.pdf.fitting import on_one_line
from reports.pdf.flow import Box, Setting
from reports.pdf.fonts import Face, readable, text_width
from reports.pdf.shapes import draw_shape
from reports.pdf.structure import NUMBERED, UNNUMBERED, Element
from reports.pdf.text import Line, set_lines
from reports.pdf.theme import ACCENT, GUTTER, PANEL, Type, edge_colour

INDENT = 13.0


def line_boxes(
    lines: Sequence[Line],
    x: float,
    type_: Type,
    element: Element,
    before: float = 0,
    spans: dict[int, Element] | None = None,
) -> list[Box]:
    """One box a line; the first two and the last two stay together."""
    spans = {} if spans is None else spans
    found = []
    for index, line in enumerate(lines):

        def draw(canvas: Canvas, top: float, line: Line = line) -> None:
            canvas.text(x, top - type_.rise, line, type_, element, spans)

        is_near_an_end = index == 0 or index == len(lines) - 2
        found.append(Box(type_.leading, draw, before if index == 0 else 0, keep=is_near_an_end and len(lines) > 1))
    return found


def heading_boxes(heading: Heading, setting: Setting) -> Iterator[Box]:
    """The number in the text's own colour, the text, and the aside at the right end of the last line."""
    type_ = setting.theme.headings[heading.level - 1]
    title = " ".join(filter(None, (heading.number, plain(heading.text))))
    setting.where = f"“{title[:80]}”"
    element = Element(f"H{setting.levels.of(heading.level)}", setting.parent)
    words: tuple[str | Run, ...] = runs(heading.text)
    if heading.number:
        words = (Run(heading.number, href=heading.href), Run("  "), *words)
    small = setting.theme.small
    beside = Element("P", setting.parent) if heading.aside.strip() else None
    aside = ""
    if beside is not None:
        aside = on_one_line(heading.aside, small.face, small.size, setting.width * 0.6, beside, setting.where)
    aside_width = text_width(aside, small.face, small.size)
    room = setting.width - (aside_width + 2 * GUTTER if aside else 0)
    lines = set_lines(words, type_, room, setting.where) or set_lines("–", type_, room, setting.where)
    opens = heading.level == 1 and setting.layout is Layout.REPORT
    spans: dict[int, Element] = {}
    key = setting.keys.get(id(heading), "")
    shown = readable(title, setting.where)

    def draw_line(canvas: Canvas, top: float, index: int) -> None:
        if index == 0:
            canvas.place(heading.anchor, top + 6)
            canvas.place(key, top + 6)
            if heading.level <= 3:
                canvas.bookmark(heading.level, shown, top + 6)
        canvas.text(setting.x, top - type_.rise, lines[index], type_, element, spans)
        if beside is not None and aside and index == len(lines) - 1:
            (line,) = set_lines(aside, small, aside_width + 1, setting.where)
            canvas.text(setting.x + setting.width - aside_width, top - type_.rise, line, small, beside)

    for index in range(len(lines)):
        yield Box(
            type_.leading,
            partial(draw_line, index=index),
            before=setting.theme.before_heading[heading.level - 1] if index == 0 else 0,
            keep=True,
            opens_page=opens and index == 0,
            chapter=shown if heading.level == 1 and setting.layout is Layout.REPORT else None,
        )
    yield gap(14 if opens else (6, 4, 3, 2)[heading.level - 1], keep=True)


def gap(height: float, keep: bool = False) -> Box:
    """Empty space that does not open a page."""
    return Box(height, lambda canvas, top: None, keep=keep, is_blank=True)


def prose_boxes(prose: Prose, setting: Setting) -> Iterator[Box]:
    type_ = setting.theme.prose(prose.style)
    for words in prose.paragraphs:
        lines = set_lines(words, type_, setting.width, setting.where)
        if lines:
            yield from line_boxes(lines, setting.x, type_, Element("P", setting.parent), type_.leading * 0.45)


def bullet_boxes(bullets: Bullets, setting: Setting) -> Iterator[Box]:
    """Points with a bullet, a number or the shape of their mark; the word of a mark is part of the text."""
    type_ = setting.theme.body
    group = Element("L", setting.parent, attributes=NUMBERED if bullets.numbered else UNNUMBERED)
    indent = INDENT + (4 if bullets.numbered else 0)
    for number, item in enumerate(bullets.items, start=1):
        lines = set_lines(_worded(item), type_, setting.width - indent, setting.where)
        if not lines:
            continue
        point = Element("LI", group)
        label = Element("Lbl", point)
        sign = f"{number}." if bullets.numbered else "•"
        boxes = line_boxes(lines, setting.x + indent, type_, Element("LBody", point), type_.leading * 0.35)
        boxes[0] = _labelled(boxes[0], setting.x, type_, item.mark, sign, label)
        yield from boxes
    yield gap(5)


def _worded(item: Item) -> Words:
    if item.mark is None:
        return item.words
    return (Run(item.mark.word, bold=True), Run(" · "), *runs(item.words))


def _labelled(box: Box, x: float, type_: Type, mark: Mark | None, sign: str, label: Element) -> Box:
    inner = box.draw

    def draw(canvas: Canvas, top: float) -> None:
        baseline = top - type_.rise
        if mark is not None:
            with canvas.artifact():
                draw_shape(canvas, mark.signal, x + 4, baseline + type_.size * 0.33)
        else:
            with canvas.content(label):
                canvas.string(
                    x + (0 if sign != "•" else 2), baseline, f"{sign} ", Face.REGULAR, type_.size, type_.colour
                )
        inner(canvas, top)

    return replace(box, draw=draw)


def fact_boxes(facts: Facts, setting: Setting) -> Iterator[Box]:
    """Labels in a narrow column, their values beside them."""
    pairs = [(fact.label, fact.words) for fact in facts.facts]
    yield from pair_boxes(pairs, setting, 0.28, setting.theme.cell, setting.theme.cell, before=2.5)


def pair_boxes(
    pairs: Sequence[tuple[str, Words]], setting: Setting, share: float, label: Type, value: Type, before: float
) -> Iterator[Box]:
    """A list of labels and values, which readers hear one after the other; `share`: the labels' part of the width."""
    group = Element("L", setting.parent, attributes=UNNUMBERED)
    narrow = setting.width * share
    for name, words in pairs:
        names = set_lines(name, label.quiet(), narrow - GUTTER, setting.where)
        values = set_lines(words, value, setting.width - narrow, setting.where)
        if names or values:
            point = Element("LI", group)
            columns = (
                (setting.x, names, label.quiet(), Element("Lbl", point)),
                (setting.x + narrow, values, value, Element("LBody", point)),
            )
            yield from _side_by_side(columns, before)
    yield gap(5)


def _side_by_side(columns: Sequence[tuple[float, Sequence[Line], Type, Element]], before: float) -> Iterator[Box]:
    """Columns of lines of one leading, cut between lines only where a page ends."""
    spans: dict[int, Element] = {}
    count = max(len(lines) for _, lines, _, _ in columns)
    leading = max(type_.leading for _, _, type_, _ in columns)

    def draw_line(canvas: Canvas, top: float, index: int) -> None:
        for x, lines, type_, element in columns:
            if index < len(lines):
                canvas.text(x, top - type_.rise, lines[index], type_, element, spans)

    for index in range(count):
        is_near_an_end = index in (0, count - 2) and count > 1
        yield Box(leading, partial(draw_line, index=index), before if index == 0 else 0, keep=is_near_an_end)


def callout_boxes(callout: Callout, setting: Setting) -> Iterator[Box]:
    """A tinted panel with an edge in the colour of its mark; it may run over pages, line by line."""
    theme = setting.theme
    edge = edge_colour(callout.mark.signal) if callout.mark else ACCENT
    title_type = theme.headings[3]
    inner = setting.width - 2 * 12
    group = Element("Sect", setting.parent)
    title: tuple[Run, ...] = (Run(callout.title),)
    shift = 0.0
    if callout.mark is not None:
        title = (Run(f"{callout.mark.word}: "), Run(callout.title))
        shift = INDENT
    lines = set_lines(title, title_type, inner - shift, setting.where)
    boxes = [gap(7, keep=True)]
    head = line_boxes(lines, setting.x + 12 + shift, title_type, Element("P", group))
    if callout.mark is not None and head:
        head[0] = _labelled(head[0], setting.x + 12, title_type, callout.mark, "", group)
    boxes += [replace(box, keep=True) for box in head] if callout.paragraphs else head
    for words in callout.paragraphs:
        body = set_lines(words, theme.body, inner, setting.where)
        if body:
            boxes += line_boxes(body, setting.x + 12, theme.body, Element("P", group), before=2.5)
    boxes[-1].keep = True
    boxes.append(gap(8))
    for index, box in enumerate(boxes):
        yield _panelled(box, setting, edge, before=10 if index == 0 else 0)
    yield gap(7)


def _panelled(box: Box, setting: Setting, edge: tuple[float, float, float], before: float) -> Box:
    inner, above = box.draw, box.before

    def draw(canvas: Canvas, top: float) -> None:
        with canvas.artifact():
            canvas.rectangle(setting.x, top - box.height - above, setting.width, box.height + above + 0.1, PANEL)
            canvas.rectangle(setting.x, top - box.height - above, 2.5, box.height + above + 0.1, edge)
        inner(canvas, top - above)

    return replace(box, height=box.height + above, before=before, draw=draw, is_blank=False)
