"""What JSON the blocks of a stream take: lists, objects, texts, days, numbers as texts. Whether the values are right is
asked by the blocks themselves, as in the editor; here it is asked whether they can be asked.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from wagtail import blocks

from plan_pages.api.wording import A_DAY, A_LIST, A_NUMBER, A_TEXT, A_WHOLE_NUMBER, AN_OBJECT, ONE_OF, TRUE_OR_FALSE

Place = tuple[str | int, ...]
Fault = tuple[Place, str]

DECIMAL = r"-?\d+(\.\d+)?([eE][+\-]?\d{1,3})?"
BLOCK_ID = r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_PARTS = frozenset({"type", "value", "id"})


def faults_of(block: blocks.Block, value: Any, place: Place = ()) -> Iterator[Fault]:
    """What the block could not make sense of, each with the way to it through the JSON."""
    match block:
        case blocks.StreamBlock():
            yield from _of_stream(block, value, place)
        case blocks.StructBlock():
            yield from _of_struct(block, value, place)
        case blocks.ListBlock():
            yield from _of_list(block, value, place)
        case _:
            problem = _of_leaf(block, value)
            if problem:
                yield place, problem


def _of_stream(block: blocks.StreamBlock, value: Any, place: Place) -> Iterator[Fault]:
    if not isinstance(value, list):
        yield place, _("Expected a list of blocks.")
        return
    for number, child in enumerate(value):
        here = (*place, number)
        if not isinstance(child, dict):
            yield here, _("Expected a block: an object with type, value and id.")
            continue
        yield from (((*here, name), _("A block has no such part.")) for name in child.keys() - _PARTS)
        kind = child.get("type")
        if not isinstance(kind, str) or kind not in block.child_blocks:
            yield (*here, "type"), str(ONE_OF % {"expected": ", ".join(block.child_blocks)})
            continue
        if "id" in child and not _is_block_id(child["id"]):
            yield (*here, "id"), _("The id of a block is a UUID. A new block needs none.")
        if "value" not in child:
            yield (*here, "value"), _("A block has a value.")
            continue
        yield from faults_of(block.child_blocks[kind], child["value"], (*here, "value"))


def _of_struct(block: blocks.StructBlock, value: Any, place: Place) -> Iterator[Fault]:
    if not isinstance(value, dict):
        yield place, str(AN_OBJECT)
        return
    yield from (((*place, name), _("There is no such field.")) for name in value.keys() - block.child_blocks.keys())
    for name, child in block.child_blocks.items():
        if name in value:
            yield from faults_of(child, value[name], (*place, name))


def _of_list(block: blocks.ListBlock, value: Any, place: Place) -> Iterator[Fault]:
    if not isinstance(value, list):
        yield place, str(A_LIST)
        return
    for number, child in enumerate(value):
        yield from faults_of(block.child_block, child, (*place, number))


def _of_leaf(block: blocks.Block, value: Any) -> str:
    """What is wrong with the value of a block without blocks inside; "" if nothing is."""
    if value is None:
        return ""
    match block:
        case blocks.DecimalBlock():
            right = isinstance(value, str) and re.fullmatch(DECIMAL, value)
            return "" if right else str(A_NUMBER)
        case blocks.IntegerBlock() | blocks.ChooserBlock():
            return "" if isinstance(value, int) and not isinstance(value, bool) else str(A_WHOLE_NUMBER)
        case blocks.BooleanBlock():
            return "" if isinstance(value, bool) else str(TRUE_OR_FALSE)
        case blocks.DateBlock():
            return "" if _is_day(value) else str(A_DAY)
        case blocks.CharBlock() | blocks.TextBlock() | blocks.URLBlock() | blocks.EmailBlock() | blocks.ChoiceBlock():
            return "" if _is_text(value) else str(A_TEXT)
        case _:
            return ""


def _is_block_id(value: Any) -> bool:
    return value is None or (isinstance(value, str) and re.fullmatch(BLOCK_ID, value) is not None)


def _is_day(value: Any) -> bool:
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _is_text(value: Any) -> bool:
    """Whether it can be stored: JSON can name halves of characters, which no database takes."""
    if not isinstance(value, str):
        return False
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True
