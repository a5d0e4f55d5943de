"""Every report that can be made of a plan: each kind in each language. No database is needed."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from cms.demonstration.values import read as read_demonstration
from plan_pages.domain.periods import Period
from plan_pages.domain.plan import Plan
from plan_pages.exchange import workbook
from plan_pages.funds import funds
from reports import snapshot
from reports.choices import ReportKind
from reports.compose import compose
from reports.document import Document
from reports.generation import Report, make_report
from tests.reports import worst
from tests.tools import need_shared

LANGUAGES = ("lt", "en")


def demonstration() -> tuple[Plan, Period]:
    return read_demonstration().plan, Period.parse("2026-Q3")


def worst_case() -> tuple[Plan, Period]:
    return worst.plan(), worst.PERIOD


def real() -> tuple[Plan, Period]:
    """The plan of a real municipality; without its file the test skips."""
    outcome = workbook.read(need_shared("data/tenjo.xlsx"), languages=LANGUAGES, funds=funds())
    assert outcome.plan is not None
    return outcome.plan, Period.parse("2025-Q4")


def reports(plan: Plan, period: Period) -> Iterator[tuple[str, Report]]:
    """With a name that says which it is."""
    taken = snapshot.dump(plan)
    for name, kind, language, chapter in _each(plan):
        yield name, make_report(taken, kind, period, language, chapter=chapter)


def documents(plan: Plan, period: Period) -> Iterator[tuple[str, Document]]:
    for name, kind, language, chapter in _each(plan):
        yield name, compose(kind, plan, period, language, chapter=chapter)


def _each(plan: Plan) -> Iterator[tuple[str, ReportKind, str, str]]:
    """Name, kind, language, chapter."""
    for kind in ReportKind:
        chapters = [chapter.code for chapter in plan.chapters] if kind is ReportKind.CHAPTER else [""]
        for chapter in chapters:
            for language in LANGUAGES:
                yield "-".join(filter(None, (kind.value, chapter, language))), kind, language, chapter


@contextmanager
def missing_glyphs_expected() -> Iterator[None]:
    """Without the log of characters that the typeface lacks."""
    log = logging.getLogger("reports.pdf.fonts")
    before = log.level
    log.setLevel(logging.ERROR)
    try:
        yield
    finally:
        log.setLevel(before)
