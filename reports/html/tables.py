"""Tables: of rows, of status bars and of progress bars. Headers have their scope; group rows open a part of their own.

Wide tables scroll in a frame that the keyboard reaches, so that the page itself never does.
"""

from collections.abc import Callable, Iterator
from typing import TypeAlias

from reports.document import (
    Align,
    Bar,
    Cell,
    Column,
    GroupRow,
    Mark,
    ProgressBar,
    ProgressBars,
    Row,
    Spark,
    StatusBars,
    Table,
    Words,
    linked,
)
from reports.html.drawings import bar, marked, shape, spark, status_bar
from reports.html.words import escaped, is_empty, or_dash

Writer: TypeAlias = Callable[[Words], str]
Placer: TypeAlias = Callable[[str], str]


def write_table(table: Table, words: Writer, place: Placer) -> str:
    """`words`: how words are written; `place`: the attribute that makes a row the place of its anchor."""
    head = "".join(f'<th scope="col"{_kind(column)}>{escaped(column.title)}</th>' for column in table.columns)
    parts = []
    opened = False
    for row in table.rows:
        if isinstance(row, GroupRow) or not opened:
            parts.append("</tbody>\n<tbody>\n" if opened else "<tbody>\n")
            opened = True
        if isinstance(row, GroupRow):
            parts.append(_group(row, len(table.columns), words, place))
        else:
            parts += _row(row, table, words, place)
    body = "".join(parts) + ("</tbody>\n" if opened else "")
    caption = f"<caption>{escaped(table.caption)}</caption>\n" if table.caption.strip() else ""
    return _framed(f"{caption}<thead>\n<tr>{head}</tr>\n</thead>\n{body}", "rows")


def write_status_bars(block: StatusBars, words: Writer) -> str:
    """The legend is for the eye: every bar says its words."""
    largest = max((sum(max(part.count, 0) for part in found.segments) for found in block.bars), default=0)
    rows = "".join(
        f'<tr><th scope="row">{words(linked(found.label, found.href))}</th>'
        f"<td>{status_bar(found, max(largest, 1))}</td><td>{escaped(found.total)}</td></tr>\n"
        for found in block.bars
    )
    legend = "".join(f"<span>{marked(mark)}</span>" for mark in block.legend)
    shown = f'<p class="legend" aria-hidden="true">{legend}</p>\n' if legend else ""
    return shown + _framed(_bars_head(block.header, block.caption, "") + f"<tbody>\n{rows}</tbody>\n", "bars")


def write_progress_bars(block: ProgressBars, words: Writer) -> str:
    rows = "".join(_progress(found, words) for found in block.bars)
    return _framed(_bars_head(block.header, block.caption, block.key) + f"<tbody>\n{rows}</tbody>\n", "bars")


def _framed(inner: str, kind: str) -> str:
    return f'<div class="frame" tabindex="0"><table class="{kind}">\n{inner}</table></div>\n'


def _bars_head(header: tuple[str, str, str], caption: str, key: str) -> str:
    lines = "".join(f"<p>{escaped(text)}</p>" for text in (caption, key) if text.strip())
    shown = f"<caption>{lines}</caption>\n" if lines else ""
    cells = "".join(f'<th scope="col">{escaped(text)}</th>' for text in header)
    return f"{shown}<thead>\n<tr>{cells}</tr>\n</thead>\n"


def _progress(found: ProgressBar, words: Writer) -> str:
    label = words(linked(found.label, found.href))
    if found.mark:
        label = f"{shape(found.mark.signal)} {label} <small>{escaped(found.mark.word)}</small>"
    return (
        f'<tr><th scope="row">{label}</th><td class="measured">{bar(found.bar)} '
        f"<b>{escaped(found.bar.text)}</b></td><td>{escaped(found.note)}</td></tr>\n"
    )


def _group(row: GroupRow, columns: int, words: Writer, place: Placer) -> str:
    name = words(or_dash(row.words))
    aside = f" <small>{escaped(row.aside)}</small>" if row.aside.strip() else ""
    return (
        f'<tr class="group"{place(row.anchor)}><th scope="rowgroup" colspan="{columns}">'
        f"<span>{name}</span>{aside}</th></tr>\n"
    )


def _row(row: Row, table: Table, words: Writer, place: Placer) -> Iterator[str]:
    kind = f' class="{row.signal.value}"' if row.signal else ""
    cells = "".join(
        f'<th scope="row"{_kind(column)}>{_cell(cell, words)}</th>'
        if index == table.row_header
        else f"<td{_kind(column)}>{_cell(cell, words)}</td>"
        for index, (cell, column) in enumerate(zip(row.cells, table.columns, strict=True))
    )
    yield f"<tr{kind}{place(row.anchor)}>{cells}</tr>\n"
    details = "".join(f"<p>{words(line)}</p>" for line in row.detail if not is_empty(line))
    if details:
        yield f'<tr class="detail"><td colspan="{len(table.columns)}">{details}</td></tr>\n'


def _cell(cell: Cell, words: Writer) -> str:
    match cell:
        case Mark():
            return marked(cell)
        case Spark():
            return spark(cell)
        case Bar():
            return f'{bar(cell)} <span class="said">{escaped(cell.text)}</span>'
        case _:
            return words(cell)


def _kind(column: Column) -> str:
    kinds = [] if column.align is Align.LEFT else [column.align.value]
    if column.strong:
        kinds.append("strong")
    return f' class="{" ".join(kinds)}"' if kinds else ""
