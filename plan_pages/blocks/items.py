"""A chapter's stream as items that can be compared: every field with its label and its text as a reader would write it."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _
from wagtail import blocks

from plan_pages.blocks.difference import Item
from plan_pages.blocks.text import TextsBlock
from plan_pages.blocks.tree import Node, walk

# What has items of its own.
_LISTS = ("tasks", "measures", "indicators")


def items(goals: blocks.StreamValue) -> list[Item]:
    return [_item(node) for node in walk(goals)]


def _item(node: Node) -> Item:
    value = node.value
    title = value["title"] if "title" in value else value["name"]
    return Item(
        id=str(node.block_id),
        level=node.level.label,
        code=value["code"] or "",
        title=next(iter(title.texts.values()), ""),
        parent=str(node.parent.block_id) if node.parent else None,
        fields=tuple(
            (label, text)
            for name, block in value.block.child_blocks.items()
            if name not in _LISTS
            for label, text in _fields(block, value[name])
            if text
        ),
    )


def _fields(block: blocks.Block, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(block, TextsBlock):
        for name, text in value.items():
            words = {"label": block.label, "language": str(block.child_blocks[name].label).lower()}
            yield _("%(label)s (%(language)s)") % words, (text or "").strip()
    else:
        yield str(block.label), _text(block, value)


def _text(block: blocks.Block, value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(block, blocks.ChoiceBlock):
        return str(dict(block.field.choices).get(value, value))
    if isinstance(block, blocks.StreamBlock):
        return "\n".join(_line(child) for child in value)
    if isinstance(value, date):
        return formats.date_format(value)
    if isinstance(value, Decimal):
        return formats.number_format(f"{value:f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}")
    return str(value).strip()


def _line(child: Any) -> str:
    """A milestone or a decision: its parts, one beside the other."""
    parts = [
        text for name, block in child.block.child_blocks.items() for _label, text in _fields(block, child.value[name])
    ]
    return " · ".join(part for part in parts if part)
