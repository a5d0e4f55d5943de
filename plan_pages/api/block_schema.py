"""JSON Schema of structured blocks, as the API reads and writes them: made by walking the blocks themselves, so that it
says what they are and nothing else. Titles and descriptions are the editor's labels and help, in the active language.
"""

from collections.abc import Iterable
from typing import Any

from django.core.validators import MinValueValidator
from wagtail import blocks

from plan_pages.api.block_shapes import BLOCK_ID, DECIMAL

Schema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_of(block: blocks.StreamBlock, address: str, title: str, *, draft: bool = False) -> Schema:
    """Of a whole field. `draft`: of one that need not be complete yet, as drafts need not."""
    walk = _Walk(draft)
    described = walk.of_stream(block)
    return {"$schema": DIALECT, "$id": address, "title": title, **described, "$defs": walk.definitions}


class _Walk:
    """`definitions`: of blocks of streams, by their names; two that are called alike and are not alike by two names."""

    def __init__(self, draft: bool) -> None:
        self.draft = draft
        self.definitions: dict[str, Schema] = {}

    def of_stream(self, block: blocks.StreamBlock) -> Schema:
        kinds = [{"$ref": f"#/$defs/{self._defined(name, child)}"} for name, child in block.child_blocks.items()]
        described: Schema = {"type": "array", "items": kinds[0] if len(kinds) == 1 else {"oneOf": kinds}}
        if block.required and not self.draft:
            described["minItems"] = 1
        for ours, theirs in (("minItems", block.meta.min_num), ("maxItems", block.meta.max_num)):
            if theirs and not (self.draft and ours == "minItems"):
                described[ours] = theirs
        return described

    def _defined(self, name: str, child: blocks.Block) -> str:
        described = {
            **_words(child),
            "type": "object",
            "properties": {
                "type": {"const": name},
                "id": {"type": ["string", "null"], "pattern": f"^{BLOCK_ID}$"},
                "value": self.of(child),
            },
            "required": ["type", "value"],
            "additionalProperties": False,
        }
        number, free = 1, name
        while free in self.definitions and self.definitions[free] != described:
            number += 1
            free = f"{name}_{number}"
        self.definitions[free] = described
        return free

    def of(self, block: blocks.Block) -> Schema:
        match block:
            case blocks.StreamBlock():
                return {**_words(block), **self.of_stream(block)}
            case blocks.StructBlock():
                return {**_words(block), **self._of_struct(block)}
            case blocks.ListBlock():
                return {**_words(block), "type": "array", "items": self.of(block.child_block)}
            case _:
                return {**_words(block), **self._of_leaf(block)}

    def _of_struct(self, block: blocks.StructBlock) -> Schema:
        described: Schema = {
            "type": "object",
            "properties": {name: self.of(child) for name, child in block.child_blocks.items()},
            "additionalProperties": False,
        }
        needed = [name for name, child in block.child_blocks.items() if _is_needed(child)]
        return described if self.draft else {**described, "required": needed}

    def _of_leaf(self, block: blocks.Block) -> Schema:
        field = block.field
        is_required = field.required and not self.draft
        match block:
            case blocks.ChoiceBlock():
                return _of_choice(block, is_required)
            case blocks.DecimalBlock():
                return {"type": _type("string", is_required), "pattern": _decimal(field)}
            case blocks.IntegerBlock():
                limits = {"minimum": field.min_value, "maximum": field.max_value}
                found = {name: limit for name, limit in limits.items() if limit is not None}
                return {"type": _type("integer", is_required), **found}
            case blocks.ChooserBlock():
                return {"type": _type("integer", is_required), "minimum": 1, "x-model": block.model_class._meta.label}
            case blocks.BooleanBlock():
                return {"type": "boolean"}
            case blocks.DateBlock():
                return {"type": _type("string", is_required), "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
            case blocks.RichTextBlock():
                return {"type": _type("string", is_required), "x-rich-text-features": block.features}
            case blocks.URLBlock():
                return {**_of_text(field, is_required), "format": "uri"}
            case blocks.CharBlock() | blocks.TextBlock():
                return _of_text(field, is_required)
            case _:
                return {}


def _is_needed(block: blocks.Block) -> bool:
    """Whether a value without it would be refused: because it has to be filled in, or something inside it has."""
    if isinstance(block, blocks.StructBlock):
        return any(_is_needed(child) for child in block.child_blocks.values())
    return bool(block.required)


def _words(block: blocks.Block) -> Schema:
    field = getattr(block, "field", None)
    help_text = str(getattr(field, "help_text", "") or getattr(block.meta, "help_text", "") or "")
    return {"title": str(block.label)} | ({"description": help_text} if help_text else {})


def _of_text(field: Any, is_required: bool) -> Schema:
    described: Schema = {"type": _type("string", is_required)}
    if is_required:
        described["pattern"] = r"\S"
    if field.max_length is not None:
        described["maxLength"] = field.max_length
    return described


def _of_choice(block: blocks.ChoiceBlock, is_required: bool) -> Schema:
    choices = [(value, str(label)) for value, label in _flat(block.field.choices) if value not in ("", None)]
    values = [value for value, _label in choices]
    return {
        "enum": values if is_required else [*values, "", None],
        "x-labels": dict(choices),
        **({"default": block.meta.default} if block.meta.default else {}),
    }


def _flat(choices: Iterable[Any]) -> Iterable[tuple[Any, Any]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield value, label


def _decimal(field: Any) -> str:
    least = [field.min_value, *(each.limit_value for each in field.validators if isinstance(each, MinValueValidator))]
    is_positive = any(each is not None and each >= 0 for each in least)
    return f"^{DECIMAL.removeprefix('-?') if is_positive else DECIMAL}$"


def _type(name: str, is_required: bool) -> str | list[str]:
    return name if is_required else [name, "null"]
