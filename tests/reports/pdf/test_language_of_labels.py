"""A label or title in another language than its document says so to readers who hear the report."""

import pytest

from reports.document import (
    Bar,
    Block,
    Cover,
    Mark,
    Masthead,
    ProgressBar,
    ProgressBars,
    Run,
    Segment,
    Signal,
    StatusBar,
    StatusBars,
)
from tests.reports.pdf.reading import document, elements

FOREIGN = Run("Clean city", language="en")
DONE = Mark(Signal.DONE, "Įgyvendinta")
HEADER = ("Skyrius", "Priemonės", "Iš viso")


@pytest.mark.parametrize(
    "block",
    [
        Masthead(FOREIGN),
        Cover(FOREIGN),
        StatusBars((StatusBar(FOREIGN, (Segment(DONE, 2),)),), (DONE,), HEADER),
        ProgressBars((ProgressBar(FOREIGN, Bar(40, "40 %")),), HEADER),
    ],
    ids=lambda block: type(block).__name__,
)
def test_its_language_is_marked(block: Block) -> None:
    found = [element["/Lang"] for _depth, _tag, element in elements(document(block)) if "/Lang" in element]
    assert found == ["lt", "en"]


def test_a_linked_label_is_marked_on_its_link() -> None:
    bar = StatusBar(FOREIGN, (Segment(DONE, 2),), href="https://miestas.lt/")
    found = elements(document(StatusBars((bar,), (DONE,), HEADER)))
    assert [element["/Lang"] for _depth, tag, element in found if tag == "/Link"] == ["en"]
