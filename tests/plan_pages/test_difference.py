"""What differs between two texts of a chapter: cases without a database."""

import pytest

from plan_pages.blocks.difference import Change, Item, Part, changes, compared

GOAL = Item("g", "Goal", "1", "Goal")
TASK = Item("t", "Task", "1.1", "Task", parent="g")
OTHER = Item("u", "Task", "1.2", "Other task", parent="g")


def row(item_id: str, parent: str = "t", **fields: str) -> Item:
    return Item(item_id, "Measure", f"1.1.{item_id}", f"Measure {item_id}", parent, tuple(fields.items()))


def said(change: Change) -> str:
    """A change in short: its id and what became of it."""
    words = [name for name in ("added", "removed", "moved", "reordered", "changed") if getattr(change, name)]
    return f"{change.item.id} {' '.join(words)}"


FRAME = [GOAL, TASK, OTHER]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([], [], []),
        ([row("1")], [row("1")], []),
        ([row("1")], [row("1"), row("2")], ["2 added"]),
        ([row("1"), row("2"), row("3")], [row("1"), row("3")], ["2 removed"]),
        ([row("1"), row("2")], [row("2")], ["1 removed"]),
        ([row("1", title="a")], [row("1", title="b")], ["1 changed"]),
        ([row("1")], [row("1", note="new")], ["1 changed"]),
        ([row("1", note="old")], [row("1")], ["1 changed"]),
        ([row("1")], [row("1", parent="u")], ["1 moved"]),
        ([row("1", title="a")], [row("1", parent="u", title="b")], ["1 moved changed"]),
        ([row("1"), row("2"), row("3")], [row("3"), row("1"), row("2")], ["3 reordered"]),
        ([row("1"), row("2"), row("3")], [row("2"), row("3"), row("1")], ["1 reordered"]),
        ([row("1"), row("2"), row("3")], [row("9"), row("2"), row("3")], ["1 removed", "9 added"]),
    ],
)
def test_what_became_of_each_measure(before: list[Item], after: list[Item], expected: list[str]) -> None:
    assert [said(change) for change in changes([*FRAME, *before], [*FRAME, *after])] == expected


def test_what_goes_with_its_task_is_listed_with_where_it_stood() -> None:
    found = changes([*FRAME, row("1")], [GOAL, OTHER])
    assert [said(change) for change in found] == ["t removed", "1 removed"]
    assert [item.id for item in found[1].path_before] == ["g", "t"]
    assert found[1].path == ()


def test_a_removed_measure_stands_behind_what_it_stood_behind() -> None:
    before = [*FRAME, row("1"), row("2"), row("3", title="a")]
    after = [*FRAME, row("1", title="new"), row("3", title="b")]
    assert [said(change) for change in changes(before, after)] == ["1 changed", "2 removed", "3 changed"]


def test_only_fields_that_differ_are_named_with_their_words() -> None:
    found = changes([row("1", a="same", b="old text here")], [row("1", a="same", b="new text here", c="more")])
    assert [(field.label, field.words) for field in found[0].fields] == [
        ("b", ((Part.GONE, "old"), (Part.NEW, "new"), (Part.SAME, " text here"))),
        ("c", ((Part.NEW, "more"),)),
    ]


def test_all_fields_of_what_was_added_are_shown() -> None:
    found = changes([], [row("1", a="x", b="y")])
    assert [field.label for field in found[0].fields] == ["a", "b"]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "", ()),
        ("a", "a", ((Part.SAME, "a"),)),
        ("", "a b", ((Part.NEW, "a b"),)),
        ("a b", "", ((Part.GONE, "a b"),)),
        ("a b c d", "a c d", ((Part.SAME, "a"), (Part.GONE, " b"), (Part.SAME, " c d"))),
        ("a c d", "a b c d", ((Part.SAME, "a"), (Part.NEW, " b"), (Part.SAME, " c d"))),
        ("vienas du", "visai kitas sakinys", ((Part.GONE, "vienas du"), (Part.NEW, "visai kitas sakinys"))),
    ],
)
def test_words_are_compared(before: str, after: str, expected: tuple[tuple[Part, str], ...]) -> None:
    assert compared(before, after) == expected


@pytest.mark.parametrize("before, after", [("a b  c", "a  c b"), ("x\ny z", "x y\n\nz w"), ("ą č ę", "ę č")])  # noqa: PT006
def test_both_texts_can_be_read_off_a_comparison(before: str, after: str) -> None:
    words = compared(before, after)
    assert "".join(text for part, text in words if part is not Part.NEW).split() == before.split()
    assert "".join(text for part, text in words if part is not Part.GONE) == after
