"""Rows that belong together stand on one page."""

import pytest

from reports.document import Column, GroupRow, Prose, Row, Table
from reports.pdf import render
from tests.reports.pdf.reading import document, strings_drawn


def pages_of(fillers: int, keep: bool) -> set[int]:
    """The pages on which a named group of three rows stands, below so many lines."""
    rows = tuple(Row((f"Eilutė {number}",), keep=keep and number < 3) for number in (1, 2, 3))
    table = Table((Column("Priemonė", 1),), (GroupRow("Grupė"), *rows))
    with strings_drawn() as drawn:
        render(document(*(Prose((f"{number}",)) for number in range(fillers)), table))
    return {string.page for string in drawn if string.text.startswith(("Grupė", "Eilutė"))}


@pytest.mark.parametrize("fillers", range(30, 44))
def test_kept_rows_are_never_parted(fillers: int) -> None:
    assert len(pages_of(fillers, keep=True)) == 1


def test_other_rows_may_be_parted() -> None:
    assert any(len(pages_of(fillers, keep=False)) == 2 for fillers in range(30, 44))
