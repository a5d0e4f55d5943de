"""The bookmarks of a file, nested by level. Knows levels, titles and places, not where they come from."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from reports.pdf.structure import Page, Raw, number_of, text_object
from reports.pdf.theme import LEFT


@dataclass(slots=True)
class _Entry:
    level: int
    goal: str = ""
    title: str = ""
    page: Page | None = None
    parent: "_Entry | None" = None
    before: "_Entry | None" = None
    after: "_Entry | None" = None
    below: "list[_Entry]" = field(default_factory=list)
    object: Any = None


class Outline:
    """`prepare` and `ready` are what ReportLab asks of an outline; ready below 0 means that there is none."""

    def __init__(self, entries: Sequence[tuple[int, str, Page, float]]) -> None:
        self.root = _Entry(0)
        self.ready = 1 if entries else -1
        path = [self.root]
        for level, title, page, top in entries:
            while path[-1].level >= level:
                path.pop()
            parent = path[-1]
            entry = _Entry(level, f"/XYZ {LEFT:.0f} {top:.2f} null", title, page, parent)
            if parent.below:
                entry.before, parent.below[-1].after = parent.below[-1], entry
            parent.below.append(entry)
            path.append(entry)

    def prepare(self, document: Any, canvas: Any) -> None:
        """Nothing to do: all is written when the numbers of the objects are known."""

    def write(self, file: Any) -> Any:
        """Add the entries to the ReportLab document; gives the object for the catalog, None without entries."""
        if self.ready < 0:
            return None
        entries = [self.root]
        for entry in entries:
            entry.object = Raw(partial(_written, entry))
            file.Reference(entry.object)
            entries.extend(entry.below)
        return self.root.object


def _written(entry: _Entry, file: Any) -> bytes:
    parts = []
    if entry.page is None:
        parts.append(b"/Type/Outlines")
    else:
        page = number_of(file, entry.page.content)
        parts.append(b"/Title " + text_object(entry.title) + f"/Dest[{page} 0 R{entry.goal}]".encode())
    ends = (entry.below[0], entry.below[-1]) if entry.below else (None, None)
    near = {"Parent": entry.parent, "Prev": entry.before, "Next": entry.after, "First": ends[0], "Last": ends[1]}
    parts += [f"/{name} {number_of(file, one.object)} 0 R".encode() for name, one in near.items() if one is not None]
    if entry.below:
        # The first level is shown, what lies below it opens on demand.
        count = len(entry.below) if entry.page is None else -len(entry.below)
        parts.append(f"/Count {count}".encode())
    return b"<<" + b"".join(parts) + b">>"
