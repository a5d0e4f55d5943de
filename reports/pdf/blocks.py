"""Which block becomes which boxes. Knows all blocks and draws none; a new one cannot vanish here."""

from collections.abc import Iterator, Sequence
from typing import assert_never

from reports.document import (
    Block,
    Bullets,
    Callout,
    Contents,
    Cover,
    Facts,
    Heading,
    KeepTogether,
    LineChart,
    Masthead,
    PageBreak,
    ProgressBars,
    Prose,
    StatusBars,
    Table,
    Tiles,
)
from reports.pdf.bars import progress_bar_boxes, status_bar_boxes
from reports.pdf.charts import chart_boxes
from reports.pdf.flow import Box, Setting
from reports.pdf.front import ContentsList, cover_boxes, masthead_boxes
from reports.pdf.prose import bullet_boxes, callout_boxes, fact_boxes, heading_boxes, prose_boxes
from reports.pdf.tables import TableSetter
from reports.pdf.tiles import tile_boxes


def boxes_of(blocks: Sequence[Block], setting: Setting, contents: ContentsList) -> Iterator[Box]:
    """The boxes of all blocks, made one by one as they are placed."""
    must_open = False
    for block in blocks:
        if isinstance(block, PageBreak):
            must_open = True
            continue
        for box in _boxes(block, setting, contents):
            box.opens_page = box.opens_page or must_open
            must_open = False
            yield box
        must_open = isinstance(block, Cover)


def _boxes(block: Block, setting: Setting, contents: ContentsList) -> Iterator[Box]:
    match block:
        case Cover():
            return cover_boxes(block, setting)
        case Masthead():
            return masthead_boxes(block, setting)
        case Heading():
            return heading_boxes(block, setting)
        case Prose():
            return prose_boxes(block, setting)
        case Bullets():
            return bullet_boxes(block, setting)
        case Facts():
            return fact_boxes(block, setting)
        case Tiles():
            return tile_boxes(block, setting)
        case StatusBars():
            return status_bar_boxes(block, setting)
        case ProgressBars():
            return progress_bar_boxes(block, setting)
        case Table():
            return TableSetter(block, setting).boxes()
        case LineChart():
            return chart_boxes(block, setting)
        case Callout():
            return callout_boxes(block, setting)
        case Contents():
            return contents.boxes(block, setting)
        case PageBreak():
            return iter(())
        case KeepTogether():
            return _kept(block, setting, contents)
        case _:
            assert_never(block)


def _kept(block: KeepTogether, setting: Setting, contents: ContentsList) -> Iterator[Box]:
    """All but the last box stay with the next."""
    boxes = list(boxes_of(block.blocks, setting, contents))
    for index, box in enumerate(boxes):
        box.keep = box.keep or index < len(boxes) - 1
        yield box
