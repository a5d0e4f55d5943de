"""Block ids: every block of a stream, at any depth, has one from the moment it is stored.

Wagtail gives ids to blocks as it writes them, but not to blocks inside raw data that nobody has read yet (an import, a
write through the API): those would get another id at every reading.
"""

import uuid
from typing import Any

from wagtail.blocks import StreamValue


def with_ids(stream: StreamValue) -> StreamValue:
    """The same stream, every block at every depth with an id."""
    raw = stream.get_prep_value()
    if not _complete(raw):
        return stream
    return stream.stream_block.to_python(raw)


def _complete(value: Any) -> bool:
    """Give ids, in place, to the blocks inside a raw value that lack them. Says whether any did."""
    changed = False
    if isinstance(value, list):
        for item in value:
            if isinstance(item, dict) and "type" in item and "value" in item:
                if not _is_id(item.get("id")):
                    item["id"] = str(uuid.uuid4())
                    changed = True
                changed |= _complete(item["value"])
    elif isinstance(value, dict):
        for part in value.values():
            changed |= _complete(part)
    return changed


def _is_id(value: Any) -> bool:
    try:
        uuid.UUID(value)
    except (TypeError, ValueError, AttributeError):
        return False
    return True
