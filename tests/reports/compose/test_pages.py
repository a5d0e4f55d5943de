"""How many pages a report has: a brief two to four whatever its plan, a chapter's report no more than a group reads."""

from collections.abc import Callable
from io import BytesIO

import pytest
from pypdf import PdfReader

from plan_pages.domain.periods import Period
from plan_pages.domain.plan import Plan
from reports import pdf
from reports.choices import ReportKind
from reports.compose import compose
from tests.plans import large_plan
from tests.reports import every
from tests.reports.compose import sample
from tests.reports.compose.test_mayor import big_plan

PLANS: dict[str, Callable[[], tuple[Plan, Period]]] = {
    "demonstration": every.demonstration,
    "2,000 measures": lambda: (large_plan(2000, 8), Period.parse("2026-Q3")),
    "2,000 measures in one chapter": lambda: (large_plan(2000), Period.parse("2026-Q3")),
    "long titles": lambda: (big_plan(40), Period.parse("2026-Q3")),
    "worst case": every.worst_case,
    "sample": lambda: (sample.plan(), sample.PERIOD),
}


def pages(kind: ReportKind, plan: Plan, period: Period, language: str, chapter: str = "") -> int:
    with every.missing_glyphs_expected():
        rendered = pdf.render(compose(kind, plan, period, language, chapter=chapter))
    return len(PdfReader(BytesIO(rendered)).pages)


@pytest.mark.parametrize("language", every.LANGUAGES)
@pytest.mark.parametrize("name", list(PLANS))
def test_a_brief_has_two_to_four_pages(name: str, language: str) -> None:
    plan, period = PLANS[name]()
    assert 2 <= pages(ReportKind.MAYOR, plan, period, language) <= 4


@pytest.mark.parametrize("language", every.LANGUAGES)
def test_a_report_of_a_real_chapter_has_three_to_ten_pages(language: str) -> None:
    plan, period = every.demonstration()
    found = {each.code: pages(ReportKind.CHAPTER, plan, period, language, each.code) for each in plan.chapters}
    assert {code: count for code, count in found.items() if not 3 <= count <= 10} == {}
