"""What goals, tasks, measures and indicators share in the editor: a header that says what is inside, and folding.

A block that nobody has opened is not built in the browser: it stands there as one hidden input with its state, and that is
what the form sends for it. A chapter of 100 measures would be some 4,000 fields otherwise. The script is
`static/plan_pages/admin/blocks.js`.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.core.exceptions import BadRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.telepath import register
from wagtail.blocks.struct_block import StructBlockAdapter

FOLDED = "folded"


class LevelBlock(blocks.StructBlock):
    """A block of a level of the plan. Its form takes its fields, or its whole state as it was handed to the browser."""

    def value_from_datadict(self, data: Any, files: Any, prefix: str) -> Any:
        state = data.get(f"{prefix}-{FOLDED}")
        if state is not None:
            data = dict(sent(self, _loaded(state), prefix))
        return super().value_from_datadict(data, files, prefix)


def sent(block: blocks.Block, state: Any, prefix: str) -> Iterator[tuple[str, str]]:
    """What the form of a block sends, field by field, when its state is `state` and nobody touches it. For blocks whose
    fields are single inputs, as all of ours are."""
    if isinstance(block, blocks.StreamBlock):
        children = [each for each in state if isinstance(each, dict)] if isinstance(state, list) else []
        yield f"{prefix}-count", str(len(children))
        for number, child in enumerate(children):
            place, kind = f"{prefix}-{number}", str(child.get("type"))
            yield f"{place}-deleted", ""
            yield f"{place}-order", str(number)
            yield f"{place}-type", kind
            yield f"{place}-id", str(child.get("id") or "")
            if kind in block.child_blocks:
                yield from sent(block.child_blocks[kind], child.get("value"), f"{place}-value")
    elif isinstance(block, blocks.StructBlock):
        values = state if isinstance(state, Mapping) else {}
        for name, child_block in block.child_blocks.items():
            yield from sent(child_block, values.get(name), f"{prefix}-{name}")
    else:
        # A choice is handed to the browser as a list of the chosen.
        single = next(iter(state), None) if isinstance(state, list) else state
        yield prefix, "" if single is None else str(single)


def _loaded(state: str) -> Any:
    try:
        return json.loads(state)
    except (ValueError, RecursionError) as error:
        raise BadRequest("the state of a folded block is not JSON") from error


class LevelAdapter(StructBlockAdapter):
    js_constructor = "plan_pages.blocks.Level"

    def js_args(self, block: Any) -> list[Any]:
        name, children, meta = super().js_args(block)
        words = {
            # The number follows a colon: so it needs no plural.
            "measures": _("measures: {count}"),
            "indicators": _("indicators: {count}"),
            "untitled": _("without a title"),
            "move": _("Move to another task or chapter"),
        }
        return [name, children, {**meta, "words": words}]

    @cached_property
    def media(self) -> forms.Media:
        return forms.Media(
            js=[
                versioned_static("wagtailadmin/js/telepath/blocks.js"),
                versioned_static("plan_pages/admin/blocks.js"),
            ]
        )


register(LevelAdapter(), LevelBlock)
