"""What a reader meets in a document: every string of it, and what stands under a heading. For tests of the wording."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from reports.document import Block, Document, Heading, KeepTogether, Run, plain, walk

_NOT_READ = {"href", "anchor", "language"}
_LISTS = {"cells", "paragraphs", "detail", "header", "keywords"}
"""Fields that hold several texts; any other tuple of texts and runs is one line."""


def strings(value: Any) -> Iterator[str]:
    """Every string that is shown or read out, in order."""
    if isinstance(value, Enum):
        return
    if isinstance(value, str):
        yield value
    elif isinstance(value, Run):
        yield value.text
    elif isinstance(value, tuple):
        for each in value:
            yield from strings(each)
    elif is_dataclass(value):
        for field in fields(value):
            if field.name not in _NOT_READ:
                yield from strings(getattr(value, field.name))


def text(value: Any) -> str:
    """All strings as one, with plain spaces; runs of one line stand as they are read."""
    return "".join(f"{each}\n" for each in _lines(value)).replace("\u00a0", " ")


def under(document: Document, heading: str) -> tuple[Block, ...]:
    """The blocks from a heading to the next of its level or above."""
    # What is kept together follows block by block.
    blocks = [block for block in walk(document.blocks) if not isinstance(block, KeepTogether)]
    found: list[Block] = []
    start, level = next(
        (place, block.level)
        for place, block in enumerate(blocks)
        if isinstance(block, Heading) and plain(block.text).replace("\u00a0", " ") == heading
    )
    for block in blocks[start + 1 :]:
        if isinstance(block, Heading) and block.level <= level:
            break
        found.append(block)
    return tuple(found)


def _lines(value: Any) -> Iterator[str]:
    if isinstance(value, tuple) and value and all(isinstance(each, str | Run) for each in value):
        yield plain(value)
    elif isinstance(value, Enum):
        return
    elif isinstance(value, str | Run):
        yield plain(value)
    elif isinstance(value, tuple):
        for each in value:
            yield from _lines(each)
    elif is_dataclass(value):
        for field in fields(value):
            if field.name in _LISTS:
                for each in getattr(value, field.name):
                    yield from _lines(each)
            elif field.name not in _NOT_READ:
                yield from _lines(getattr(value, field.name))
