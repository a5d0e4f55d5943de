"""Where lines end: between words, never between runs that no space parts, and at letters only where nothing else fits."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reports.document import Run, Words
from reports.pdf.fonts import Face, text_width
from reports.pdf.text import set_lines
from reports.pdf.theme import Type

TYPE = Type(9, 12)


def lines(words: Words, width: float) -> list[str]:
    found = set_lines(words, TYPE, width, "")
    return ["".join(fragment.text for fragment in line.fragments).strip() for line in found]


@pytest.mark.parametrize("width", range(40, 160, 3))
def test_a_comma_stays_with_the_bold_word_before_it(width: int) -> None:
    words = ("Priežastis: ", Run("vangus", bold=True), ", nes ", Run("viešasis", bold=True), ".")
    assert not any(line.startswith((",", ".")) for line in lines(words, width))


def test_a_word_of_two_runs_moves_to_the_next_line_as_one() -> None:
    words = ("Kauno miesto ", Run("savivald", bold=True), "ybė")
    assert lines(words, 85) == ["Kauno miesto", "savivaldybė"]


def test_a_space_between_runs_is_a_place_to_end_a_line() -> None:
    words = (Run("savivaldybė", bold=True), " ", "administracija")
    assert lines(words, 70) == ["savivaldybė", "administracija"]


def test_a_space_at_the_end_of_a_run_is_a_place_to_end_a_line() -> None:
    words = (Run("savivaldybė ", bold=True), "administracija")
    assert lines(words, 70) == ["savivaldybė", "administracija"]


def test_what_is_wider_than_a_line_is_cut_across_its_runs() -> None:
    words = (Run("savivaldybė", bold=True), "administracija")
    assert all(line.width <= 40 for line in set_lines(words, TYPE, 40, ""))


PARTS = st.lists(st.tuples(st.text("abčš -,", max_size=12), st.booleans()), max_size=8)


@given(PARTS, st.floats(min_value=12, max_value=120))
def test_no_letter_is_lost_and_no_line_is_too_wide(parts: list[tuple[str, bool]], width: float) -> None:
    words = tuple(Run(text, bold=bold) for text, bold in parts)
    found = set_lines(words, TYPE, width, "")
    assert "".join(fragment.text for line in found for fragment in line.fragments) == (
        "".join(run.text for run in words).lstrip(" ")
    )
    assert all(line.width <= width + 0.01 for line in found)


@given(PARTS)
def test_runs_in_one_manner_break_as_one_text_does(parts: list[tuple[str, bool]]) -> None:
    """Only after hyphens a run's end differs: what follows it is not known there."""
    texts = [text.replace("-", "") for text, _bold in parts]
    assume(all(text_width(word, Face.REGULAR, TYPE.size) <= 60 for word in "".join(texts).split(" ")))
    assert lines(tuple(Run(text) for text in texts), 60) == lines(("".join(texts), ""), 60)
