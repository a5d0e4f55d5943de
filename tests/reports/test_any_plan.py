"""Whatever the plan: its reports are made, nothing stands outside of its frame, and what can be checked cheaply of
conformance holds. veraPDF itself looks at fewer files, in `test_conformance`."""

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from plan_pages.domain.periods import Period
from plan_pages.domain.plan import Chapter, Entry, Goal, Indicator, Measure, Plan, Task, Text
from reports import html, pdf
from reports.choices import ReportKind
from reports.compose import compose
from reports.document import Document
from reports.pdf.theme import LEFT, PAGE_HEIGHT, RIGHT
from tests.plan_pages.domain import any_plans
from tests.reports import every, worst
from tests.reports.pdf.reading import strings_drawn
from tests.reports.twins import differences, words_of_pdf

TOLERANCE = 4.5
_LETTERS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_TEXTS = st.builds(
    lambda lt, en: Text.of({"lt": lt, "en": en}),
    _LETTERS | st.sampled_from([*worst.TROUBLES.values(), "Takai"]),
    _LETTERS | st.just(""),
)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """The plans of the arithmetic's own tests, with words in them."""
    plan = draw(any_plans.plans)
    words = iter(draw(st.lists(_TEXTS, min_size=8, max_size=8)))
    return replace(plan, title=next(words), chapters=tuple(_worded(chapter, words) for chapter in plan.chapters))


def _worded(chapter: Chapter, words: Iterator[Text]) -> Chapter:
    kept = [next(words, Text.of({"lt": "Tekstas"})) for _ in range(4)]

    def of_indicators(found: tuple[Indicator, ...]) -> tuple[Indicator, ...]:
        return tuple(replace(each, name=kept[0], unit=kept[1], source=kept[2]) for each in found)

    def of_entries(found: tuple[Entry, ...]) -> tuple[Entry, ...]:
        return tuple(replace(each, note=kept[3], reason=kept[0], next=kept[1]) for each in found)

    def of_measure(found: Measure) -> Measure:
        indicators, entries = of_indicators(found.indicators), of_entries(found.entries)
        return replace(found, title=kept[1], responsible=kept[2].best("lt"), indicators=indicators, entries=entries)

    def of_task(found: Task) -> Task:
        return replace(found, title=kept[2], measures=tuple(map(of_measure, found.measures)))

    def of_goal(found: Goal) -> Goal:
        return replace(found, title=kept[3], description=kept[0], tasks=tuple(map(of_task, found.tasks)))

    return replace(chapter, title=kept[0], summary=kept[3], goals=tuple(map(of_goal, chapter.goals)))


def _documents(plan: Plan, period: Period) -> Iterator[Document]:
    codes = [chapter.code for chapter in plan.chapters if chapter.retired is None][:1]
    for kind in ReportKind:
        for chapter in codes if kind is ReportKind.CHAPTER else [""]:
            yield compose(kind, plan, period, "lt", chapter=chapter)


def demand_frame(made: Document) -> bytes:
    with strings_drawn() as strings:
        content = pdf.render(made, compress=False)
    assert strings
    for drawn in strings:
        assert drawn.left >= LEFT - TOLERANCE, drawn
        assert drawn.right <= RIGHT + TOLERANCE, drawn
        assert 20 <= drawn.y <= PAGE_HEIGHT, drawn
    return content


def demand_rules(content: bytes) -> None:
    """What PDF/UA asks for that needs no engine to see."""
    file = PdfReader(io.BytesIO(content))
    catalog: Any = file.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/Lang"]
    levels = []
    for tag, element in _elements(catalog["/StructTreeRoot"]):
        if tag == "Figure":
            assert str(element["/Alt"]).strip()
            assert "/BBox" in element["/A"]
        if tag == "TH":
            assert element["/A"]["/Scope"] in ("/Row", "/Column")
        if re.fullmatch(r"H\d", tag):
            levels.append(int(tag[1]))
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in zip([0, *levels], levels, strict=False))
    for page in file.pages:
        _demand_marked(page.get_contents().get_data().decode("latin-1"))  # type: ignore[union-attr]


_STRINGS = re.compile(r"\((?:\\.|[^\\()])*\)")
_DRAWING = {"Tj", "f", "S", "s", "re", "B"}


def _demand_marked(operators: str) -> None:
    """Every stroke and letter stands inside exactly one mark, no number of a mark twice."""
    depth = 0
    numbers = re.findall(r"/MCID (\d+)", operators)
    assert max(Counter(numbers).values(), default=1) == 1
    for word in _STRINGS.sub("()", operators).split():
        if word in ("BDC", "BMC"):
            depth += 1
            assert depth == 1
        elif word == "EMC":
            depth -= 1
        elif word in _DRAWING:
            assert depth == 1, "drawn outside of any mark"
    assert depth == 0


def _elements(node: Any) -> Iterator[tuple[str, Any]]:
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        found = kid.get_object()
        if isinstance(found, dict) and "/S" in found:
            yield str(found["/S"])[1:], found
            yield from _elements(found)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(plans(), st.sampled_from(any_plans.PERIODS))
@example(Plan(Text(), 2026, 2028), Period.parse("2026-Q3"))
def test_any_plan_gives_reports_that_hold(plan: Plan, period: Period) -> None:
    with every.missing_glyphs_expected():
        for made in _documents(plan, period):
            content = demand_frame(made)
            demand_rules(content)
            assert differences(content, html.render(made)) == []


@cache
def _worst() -> dict[str, Document]:
    return dict(every.documents(*every.worst_case()))


@cache
def _said_of_the_worst() -> str:
    with every.missing_glyphs_expected():
        return " ".join(words_of_pdf(pdf.render(_worst()["council-lt"])))


@pytest.mark.parametrize("kind", list(ReportKind))
def test_the_worst_plan_stays_inside_its_frame(kind: ReportKind) -> None:
    made = [each for name, each in _worst().items() if name.startswith(kind.value)]
    assert made
    with every.missing_glyphs_expected():
        for each in made:
            demand_rules(demand_frame(each))


def test_a_letter_outside_of_every_mark_is_noticed() -> None:
    with pytest.raises(AssertionError, match="outside of any mark"):
        _demand_marked("/P <</MCID 0>> BDC BT (a) Tj ET EMC BT (b) Tj ET")


def test_a_mayors_brief_of_the_worst_plan_has_two_to_four_pages() -> None:
    for language in every.LANGUAGES:
        with every.missing_glyphs_expected():
            made = pdf.render(_worst()[f"mayor-{language}"])
        assert 2 <= len(PdfReader(io.BytesIO(made)).pages) <= 4


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(worst.TITLE.strip(), id="a title of 500 characters, whole"),
        pytest.param("Skyrius be tikslų", id="a chapter without measures"),
        pytest.param("Skyrius be pažangos", id="a chapter without progress"),
        pytest.param("R60", id="the last of sixty indicators"),
        pytest.param("−99 999 999 999,99", id="eleven digits below zero"),
        pytest.param("99 999 999 999,99", id="eleven digits"),
        pytest.param("<script>alert('x')</script>", id="markup as text"),
        pytest.param("Kinų □, arabų □", id="characters that the typeface lacks"),
        pytest.param(r"a\u0000b\u0007c", id="control characters as their code"),
    ],
)
def test_the_councils_report_of_the_worst_plan_shows(words: str) -> None:
    assert words in _said_of_the_worst()


def test_a_missing_character_is_logged_with_its_place(caplog: pytest.LogCaptureFixture) -> None:
    pdf.render(_worst()["council-lt"])
    told = [record.getMessage() for record in caplog.records]
    assert any("U+5E02" in each and "“" in each for each in told)
    assert all(each.isprintable() for each in told)
