"""What differs between two texts of a chapter, block by block and word by word. Pure: items in, changes out.

An item is known by its id: with another parent, or out of its order among those beside it, it was moved.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum

# Below this likeness the words of two texts are not compared: the one goes, the other comes.
ALIKE = 0.25
_WORDS = re.compile(r"\s*\S+|\s+")


class Part(Enum):
    SAME = "same"
    GONE = "gone"
    NEW = "new"


Words = tuple[tuple[Part, str], ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A goal, task, measure or indicator. `parent`: the id of what it stands in. `fields`: label and text of each field
    that is filled, in the order of the form; each label once."""

    id: str
    level: str
    code: str
    title: str
    parent: str | None = None
    fields: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        return f"{self.code} {self.title}".strip()


@dataclass(frozen=True, slots=True)
class FieldChange:
    label: str
    words: Words


@dataclass(frozen=True, slots=True)
class Change:
    """Of one item: `before` is None for what was added, `after` for what was removed. `moved`: to another parent;
    `reordered`: among those beside it. `path`, `path_before`: what it stands in and stood in, from the top."""

    before: Item | None
    after: Item | None
    moved: bool = False
    reordered: bool = False
    fields: tuple[FieldChange, ...] = ()
    path: tuple[Item, ...] = ()
    path_before: tuple[Item, ...] = ()

    @property
    def item(self) -> Item:
        item = self.after or self.before
        assert item is not None
        return item

    @property
    def added(self) -> bool:
        return self.before is None

    @property
    def removed(self) -> bool:
        return self.after is None

    @property
    def changed(self) -> bool:
        """Whether it stands in both and its fields differ."""
        return bool(self.fields) and not self.added and not self.removed


def changes(before: Sequence[Item], after: Sequence[Item]) -> list[Change]:
    """In the order of the later text; what was removed stands where it stood."""
    old, new = {item.id: item for item in before}, {item.id: item for item in after}
    reordered = _reordered(before, after, old, new)
    found = []
    for item_id in _merged([item.id for item in before], [item.id for item in after]):
        was, now = old.get(item_id), new.get(item_id)
        change = Change(
            was,
            now,
            moved=bool(was and now and was.parent != now.parent),
            reordered=item_id in reordered,
            fields=tuple(_fields(was, now)),
            path=_path(now, new) if now else (),
            path_before=_path(was, old) if was else (),
        )
        if change.added or change.removed or change.moved or change.reordered or change.fields:
            found.append(change)
    return found


def compared(before: str, after: str) -> Words:
    """The later text with what is new in it, and what is gone from the earlier one, word by word."""
    if before == after:
        return ((Part.SAME, after),) if after else ()
    one, other = _WORDS.findall(before), _WORDS.findall(after)
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if not before or not after or matcher.ratio() < ALIKE:
        return tuple((part, text) for part, text in ((Part.GONE, before), (Part.NEW, after)) if text)
    parts: list[tuple[Part, str]] = []
    for kind, a1, a2, b1, b2 in matcher.get_opcodes():
        if kind == "equal":
            parts.append((Part.SAME, "".join(other[b1:b2])))
            continue
        gone, new = "".join(one[a1:a2]), "".join(other[b1:b2])
        parts += [(part, text) for part, text in ((Part.GONE, gone), (Part.NEW, new)) if text]
    return tuple(parts)


def _fields(before: Item | None, after: Item | None) -> Iterator[FieldChange]:
    old, new = dict(before.fields if before else ()), dict(after.fields if after else ())
    for label in _merged(list(old), list(new)):
        if old.get(label, "") != new.get(label, ""):
            yield FieldChange(label, compared(old.get(label, ""), new.get(label, "")))


def _merged(before: Sequence[str], after: Sequence[str]) -> list[str]:
    """All of `after`, with each that only `before` has behind the one that it stood behind."""
    kept = set(after)
    behind: dict[str | None, list[str]] = defaultdict(list)
    last: str | None = None
    for each in before:
        if each in kept:
            last = each
        else:
            behind[last].append(each)
    merged = list(behind[None])
    for each in after:
        merged += [each, *behind[each]]
    return merged


def _reordered(
    before: Sequence[Item], after: Sequence[Item], old: Mapping[str, Item], new: Mapping[str, Item]
) -> set[str]:
    """As few as possible among those that kept their parent: the rest stands in its old order."""
    found: set[str] = set()
    places = {item.id: number for number, item in enumerate(before)}
    beside: dict[str | None, list[str]] = defaultdict(list)
    for item in after:
        if item.id in old and old[item.id].parent == item.parent:
            beside[item.parent].append(item.id)
    for ids in beside.values():
        found |= set(ids) - _longest_rising(ids, places)
    return found


def _longest_rising(ids: Sequence[str], places: Mapping[str, int]) -> set[str]:
    """The longest part of the ids that stands in the order of the places."""
    ends: list[int] = []
    chain: list[int] = []
    behind: list[int | None] = []
    for number, each in enumerate(ids):
        place = places[each]
        at = bisect_left(ends, place)
        ends[at : at + 1] = [place]
        chain[at : at + 1] = [number]
        behind.append(chain[at - 1] if at else None)
    kept: set[str] = set()
    step: int | None = chain[-1] if chain else None
    while step is not None:
        kept.add(ids[step])
        step = behind[step]
    return kept


def _path(item: Item, items: Mapping[str, Item]) -> tuple[Item, ...]:
    found: list[Item] = []
    while item.parent is not None and item.parent in items:
        item = items[item.parent]
        found.append(item)
    return tuple(reversed(found))
