"""A report is in one language from the first word to the last: Lithuanian with no English left in it."""

import re
from dataclasses import replace

import pytest
from django.utils import translation

from plan_pages.domain.plan import Plan
from reports.choices import ReportKind
from reports.compose import compose
from reports.document import Document
from tests.plan_pages.builders import a_chapter, a_goal, a_measure, a_plan, a_plan_of, a_task, an_entry
from tests.reports.compose import sample
from tests.reports.compose.reading import strings
from tests.reports.compose.reading import text as read

_LETTERS = re.compile(r"[^\W\d_]{3,}")
_PLACEHOLDERS = {"page", "pages"}


def document(kind: ReportKind, plan: Plan, language: str) -> Document:
    chapter = plan.chapters[0].code if kind is ReportKind.CHAPTER else ""
    return compose(kind, plan, sample.PERIOD, language, chapter=chapter)


def words(found: Document) -> set[str]:
    return {word for each in strings(found) for word in _LETTERS.findall(each)}


PLANS = {
    "the sample": sample.plan(),
    "a first report": replace(
        sample.plan(), chapters=tuple(replace(each, reported=()) for each in sample.plan().chapters)
    ),
    "nothing in it": a_plan(chapters=[]),
    "no goals": a_plan(chapters=[a_chapter(goals=[])]),
    "no tasks": a_plan(chapters=[a_chapter(goals=[a_goal(tasks=[])])]),
    "no measures": a_plan(chapters=[a_chapter(goals=[a_goal(tasks=[a_task(measures=[])])])]),
}


@pytest.mark.parametrize("kind", list(ReportKind))
@pytest.mark.parametrize("name", list(PLANS))
def test_no_english_word_is_left_in_lithuanian(kind: ReportKind, name: str) -> None:
    if kind is ReportKind.CHAPTER and not PLANS[name].chapters:
        pytest.skip("no chapter to report on")
    lithuanian, english = (words(document(kind, PLANS[name], language)) for language in ("lt", "en"))
    given = words_of_data(PLANS[name])
    assert (lithuanian & english) - given - _PLACEHOLDERS == set()


def words_of_data(plan: Plan) -> set[str]:
    return set(_LETTERS.findall(repr(plan)))


@pytest.mark.parametrize("kind", list(ReportKind))
def test_no_lithuanian_text_of_the_plan_is_left_in_english(kind: ReportKind) -> None:
    found = [each for each in strings(document(kind, sample.plan(), "en")) if " LT" in each]
    assert {each for each in found if "Atsakingas" not in each} == set()


def test_the_language_of_the_caller_is_left_as_it_was() -> None:
    with translation.override("en"):
        document(ReportKind.MAYOR, sample.plan(), "lt")
        assert translation.get_language() == "en"


def test_the_document_names_its_language() -> None:
    assert document(ReportKind.MAYOR, sample.plan(), "lt").language == "lt"


@pytest.mark.parametrize(
    ("count", "sentence"),
    [
        (1, "Vėluoja 1 priemonė."),
        (2, "Vėluoja 2 priemonės."),
        (10, "Vėluoja 10 priemonių."),
        (11, "Vėluoja 11 priemonių."),
        (21, "Vėluoja 21 priemonė."),
        (22, "Vėluoja 22 priemonės."),
    ],
)
def test_lithuanian_counts_take_their_plural(count: int, sentence: str) -> None:
    late = [
        a_measure(code=f"1.1.1.{number}", end="2026-06-30", entries=[an_entry("2026-Q3", percent=1)])
        for number in range(count)
    ]
    assert sentence in read(document(ReportKind.MAYOR, a_plan_of(*late), "lt"))


def test_a_lithuanian_brief_reads_as_one() -> None:
    found = read(document(ReportKind.MAYOR, sample.plan(), "lt"))
    assert "Santrauka merui · 2026 m. III ketvirtis · 2026 m. spalio 15 d. duomenys" in found
    assert "Kas pasikeitė nuo 2026 m. II ketv." in found
    assert "Terminas praėjo prieš 30 dienų (pradinis terminas – 2026-03-31). Priežastis LT" in found
