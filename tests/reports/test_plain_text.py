"""What other programs read from the reports of the demonstration: whole words and sentences, no replacement signs."""

import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

from reports.choices import ReportKind
from reports.document import Document
from reports.pdf import render
from tests.reports import every
from tests.reports.compose.reading import strings
from tests.reports.pdf import sample
from tests.tools import need_program

SENTENCE = re.compile(r"[A-ZĄČĘĖĮŠŲŪŽ][^.\n]{40,}\.")


@cache
def _documents() -> dict[str, Document]:
    return dict(every.documents(*every.demonstration()))


def _plain_text(pdf: bytes, folder: Path) -> str:
    program = need_program("pdftotext", "poppler-utils")
    path = folder / "report.pdf"
    path.write_bytes(pdf)
    return subprocess.run([program, "-raw", str(path), "-"], check=True, capture_output=True).stdout.decode()


def _fused(text: str, known: set[str]) -> set[str]:
    """Words that are two known ones with nothing between them, and none of their own."""
    return {word for word in text.split() if word not in known and _is_two(word, known)}


def _is_two(word: str, known: set[str]) -> bool:
    return any(word[:cut] in known and word[cut:] in known for cut in range(3, len(word) - 2))


@pytest.mark.parametrize("kind", list(ReportKind))
def test_every_letter_and_word_comes_through(kind: ReportKind, tmp_path: Path) -> None:
    made = [each for name, each in _documents().items() if name.startswith(kind.value)]
    assert made
    for document in made:
        text = _plain_text(render(document), tmp_path)
        assert not set("■□\ufffd") & set(text)
        assert _fused(text, {word for string in strings(document) for word in string.split()}) == set()


def test_fused_words_are_noticed(tmp_path: Path) -> None:
    known = {word for string in strings(sample.brief()) for word in string.split()}
    text = _plain_text(render(sample.brief()), tmp_path)
    assert _fused(text, known) == set()
    assert _fused(text.replace("pirkimas neįvyko", "pirkimasneįvyko"), known) == {"pirkimasneįvyko"}


def test_whole_lithuanian_sentences_are_read_back(tmp_path: Path) -> None:
    document = _documents()["council-lt"]
    text = " ".join(_plain_text(render(document), tmp_path).split())
    written = {" ".join(found.split()) for string in strings(document) for found in SENTENCE.findall(string)}
    assert len([sentence for sentence in written if set("ąčęėįšųūž") & set(sentence)]) > 100
    assert {sentence for sentence in written if sentence not in text} == set()
