"""`make_report`: from the site to a file, the same bytes every time, with nothing in it that was not approved."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pypdf import PdfReader

from plan_pages.choices import ReturnState, Status
from plan_pages.monitoring import ChapterReturn, Entry, ReportingPeriod
from plan_pages.pages.chapter import ChapterPage
from plan_pages.register import Chapter, Measure
from tests.factories import chapter_page, goal, measure, plan_page, task
from tests.tools import need_shared

pytestmark = pytest.mark.django_db


@pytest.fixture
def page() -> ChapterPage:
    plan = plan_page(slug="planas", title="Miesto planas", heading_en="City plan")
    page = chapter_page(plan, [goal("1", [task("1.1", [measure("1.1.1"), measure("1.1.2")])])], code="1")
    approve(page, "1.1.1", "Baigtas projektas")
    return page


def approve(page: ChapterPage, code: str, note: str, state: ReturnState = ReturnState.APPROVED) -> None:
    chapter = Chapter.objects.get(page=page)
    period, _made = ReportingPeriod.objects.get_or_create(plan=chapter.plan, period="2026-Q1")
    moment = timezone.now() if state is ReturnState.APPROVED else None
    found, _made = ChapterReturn.objects.get_or_create(
        chapter=chapter, period=period, defaults={"state": state.value, "approved_at": moment}
    )
    row = Measure.objects.get(chapter=chapter, code=code)
    Entry.objects.create(chapter_return=found, measure=row, status=Status.ON_TRACK.value, percent=30, note={"lt": note})


def made(folder: Path, kind: str = "council", **options: Any) -> bytes:
    path = folder / "report.pdf"
    call_command(
        "make_report", "planas", out=path, stdout=io.StringIO(), **{"kind": kind, "period": "2026-Q1", **options}
    )
    return path.read_bytes()


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages)


@pytest.mark.parametrize("kind", ["mayor", "council"])
@pytest.mark.parametrize("language", ["lt", "en"])
def test_each_kind_is_made_in_each_language(page: ChapterPage, tmp_path: Path, kind: str, language: str) -> None:
    pdf = made(tmp_path, kind, language=language)
    title = "Miesto planas" if language == "lt" else "City plan"
    assert title in text_of(pdf)
    catalog: Any = PdfReader(io.BytesIO(pdf)).trailer["/Root"]
    assert catalog["/Lang"].startswith(language)


@pytest.mark.parametrize("kind", ["mayor", "council"])
def test_unchanged_data_gives_the_same_bytes(page: ChapterPage, tmp_path: Path, kind: str) -> None:
    assert made(tmp_path, kind) == made(tmp_path, kind)


def test_the_councils_report_has_every_measure_and_its_note(page: ChapterPage, tmp_path: Path) -> None:
    text = text_of(made(tmp_path))
    assert all(code in text for code in ("1.1.1", "1.1.2"))
    assert "Baigtas projektas" in text


def test_what_is_not_approved_is_in_no_report(tmp_path: Path) -> None:
    page = chapter_page(plan_page(slug="planas"), [goal("1", [task("1.1", [measure("1.1.1")])])], code="1")
    approve(page, "1.1.1", "Slaptas juodraštis", ReturnState.SUBMITTED)
    for kind in ("mayor", "council"):
        assert "Slaptas" not in text_of(made(tmp_path, kind, audience="internal"))


def test_a_restricted_chapter_is_in_internal_reports_only(page: ChapterPage, tmp_path: Path) -> None:
    page.view_restrictions.create(restriction_type="login")
    assert "Baigtas projektas" not in text_of(made(tmp_path))
    assert "Baigtas projektas" in text_of(made(tmp_path, audience="internal"))


def test_demonstration_data_says_so_on_every_page(page: ChapterPage, tmp_path: Path) -> None:
    plan = page.get_parent().specific
    plan.is_demonstration = True
    plan.save()
    for found in PdfReader(io.BytesIO(made(tmp_path))).pages:
        assert "Pavyzdiniai duomenys" in found.extract_text()


@pytest.mark.parametrize(
    ("options", "words"),
    [({"period": "2026-Q7"}, "is not a period"), ({"out": Path("/nowhere/x.pdf")}, "cannot be written")],
)
def test_a_wrong_word_is_said_plainly(page: ChapterPage, tmp_path: Path, options: dict[str, Any], words: str) -> None:
    with pytest.raises(CommandError, match=words):
        call_command(
            "make_report", "planas", **{"kind": "mayor", "period": "2026-Q1", "out": tmp_path / "x.pdf", **options}
        )


def test_a_plan_that_is_not_there_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no plan"):
        call_command("make_report", "none", kind="mayor", period="2026-Q1", out=tmp_path / "x.pdf")


def test_a_real_plans_report_carries_every_measures_code(tmp_path: Path) -> None:
    path = need_shared("data/tenjo.xlsx")
    plan_page(slug="kitas")
    call_command("import_plan", path, slug="planas", stdout=io.StringIO(), stderr=io.StringIO())
    text = text_of(made(tmp_path, period="2025-Q4"))
    codes = Measure.objects.filter(plan__page__slug="planas").values_list("code", flat=True)
    assert len(codes) == 331
    assert [code for code in codes if code not in text] == []
