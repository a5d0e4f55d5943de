"""A plan of values into pages and rows, through the commands that people use."""

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import Page

from plan_pages.choices import Audience, ReturnState, Status
from plan_pages.domain.periods import Period
from plan_pages.domain.plan import Chapter, Entry, Goal, Group, Measure, Milestone, Plan, Task, Text
from plan_pages.exchange.workbook import read, write
from plan_pages.funds import funds
from plan_pages.languages import language_codes
from plan_pages.monitoring import ChapterReturn, ReportingPeriod
from plan_pages.monitoring import Entry as EntryRow
from plan_pages.pages.chapter import ChapterPage
from plan_pages.pages.plan import PlanPage
from plan_pages.reading import plan_by_slug, read_plan
from plan_pages.register import Chapter as ChapterRow
from plan_pages.register import Measure as MeasureRow
from tests.factories import home_page
from tests.tools import need_shared

pytestmark = pytest.mark.django_db

Q1, Q2 = Period.parse("2026-Q1"), Period.parse("2026-Q2")


def text(lt: str, en: str = "") -> Text:
    return Text.of({"lt": lt, "en": en})


def measure(code: str, **fields: Any) -> Measure:
    entries = (Entry(Q1, Status.ON_TRACK, Decimal(40), note=text("Vyksta")),)
    values = {"title": text(f"Priemonė {code}", f"Measure {code}"), "entries": entries, "start": date(2025, 1, 1)}
    return Measure(code, **{**values, **fields})


def a_plan(*measures: Measure) -> Plan:
    task = Task("1.1.1", text("Uždavinys"), measures=measures or (measure("1.1.1.1"), measure("1.1.1.2")))
    goal = Goal("1.1", text("Tikslas", "Goal"), tasks=(task,))
    periods = sorted({entry.period for each in task.measures for entry in each.entries})
    chapter = Chapter("1", text("Skyrius", "Chapter"), group="G", goals=(goal,), reported=tuple(periods))
    groups = (Group("G", text("Darbo grupė", "Working group")),)
    return Plan(text("Planas", "Plan"), 2022, 2030, groups=groups, chapters=(chapter,))


def imported(plan: Plan, folder: Path, **options: Any) -> str:
    home_page()
    path = folder / "plan.xlsx"
    path.write_bytes(write(plan, languages=language_codes()))
    out = io.StringIO()
    call_command("import_plan", path, slug="planas", stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue()


def exported(folder: Path) -> bytes:
    path = folder / "out.xlsx"
    call_command("export_plan", "planas", out=path, stdout=io.StringIO())
    return path.read_bytes()


def stored() -> Plan:
    row = plan_by_slug("planas")
    assert row is not None
    return read_plan(row, Audience.INTERNAL)


def codes(plan: Plan) -> list[str]:
    return [each.code for each in plan.current().measures()]


def test_an_imported_plan_is_published_with_its_progress(tmp_path: Path) -> None:
    imported(a_plan(), tmp_path)
    (found, _other) = stored().measures()
    assert PlanPage.objects.get(slug="planas").live
    assert [(entry.period, entry.percent) for entry in found.entries] == [(Q1, Decimal(40))]


def test_export_import_and_export_again_give_the_same_bytes(tmp_path: Path) -> None:
    imported(a_plan(), tmp_path)
    first = exported(tmp_path)
    plan = read(first, languages=language_codes(), funds=funds()).plan
    assert plan is not None
    imported(plan, tmp_path)
    assert exported(tmp_path) == first


def test_importing_the_same_file_twice_changes_nothing(tmp_path: Path) -> None:
    imported(a_plan(), tmp_path)
    before = list(MeasureRow.objects.values())
    assert "Nothing has changed." in imported(a_plan(), tmp_path)
    assert list(MeasureRow.objects.values()) == before


def test_a_newer_file_keeps_identities_and_progress_and_retires_what_is_gone(tmp_path: Path) -> None:
    imported(a_plan(), tmp_path)
    known = {each.code: each.id for each in stored().measures()}
    newer = a_plan(measure("1.1.1.2", title=text("Naujas pavadinimas"), entries=()), measure("1.1.1.3", entries=()))
    said = imported(newer, tmp_path)
    plan = stored()
    assert codes(plan) == ["1.1.1.2", "1.1.1.3"]
    kept = next(each for each in plan.measures() if each.code == "1.1.1.2")
    assert kept.id == known["1.1.1.2"]
    assert kept.title.get("lt") == "Naujas pavadinimas"
    assert [entry.period for entry in kept.entries] == [Q1]
    assert "Measure: new 1: 1.1.1.3" in said
    assert "Measure: taken out 1: 1.1.1.1" in said


def test_a_measure_that_comes_back_under_its_code_is_the_same(tmp_path: Path) -> None:
    imported(a_plan(), tmp_path)
    known = {each.code: each.id for each in stored().measures()}
    imported(a_plan(measure("1.1.1.1")), tmp_path)
    imported(a_plan(), tmp_path)
    assert {each.code: each.id for each in stored().current().measures()} == known


def test_a_chapter_that_is_gone_leaves_the_site_and_keeps_its_page_and_rows(tmp_path: Path) -> None:
    plan = a_plan()
    second = Chapter("2", text("Antras"), goals=(Goal("2.1", text("Tikslas")),))
    imported(replace(plan, chapters=(*plan.chapters, second)), tmp_path)
    imported(plan, tmp_path)
    page = ChapterPage.objects.get(code="2")
    assert not page.live
    assert ChapterRow.objects.get(code="2").retired_at is not None


def test_chapters_stand_in_the_order_of_the_newer_file(tmp_path: Path) -> None:
    plan = a_plan()
    second = Chapter("2", text("Antras"), goals=(Goal("2.1", text("Tikslas")),))
    imported(replace(plan, chapters=(*plan.chapters, second)), tmp_path)
    imported(replace(plan, chapters=(second, *plan.chapters)), tmp_path)
    assert [each.code for each in stored().chapters] == ["2", "1"]


def test_a_trial_stores_nothing_and_says_what_would_change(tmp_path: Path) -> None:
    pages = Page.objects.count() if home_page() else 0
    said = imported(a_plan(), tmp_path, dry_run=True)
    assert "Measure: new 2" in said
    assert "Nothing was stored" in said
    assert Page.objects.count() == pages


def test_all_errors_are_listed_and_nothing_is_stored(tmp_path: Path) -> None:
    bad = a_plan(measure("1.1.1.1", start=date(2026, 1, 1), end=date(2025, 1, 1)))
    bad = replace(bad, chapters=(replace(bad.chapters[0], group="X"),))
    with pytest.raises(CommandError) as caught:
        imported(bad, tmp_path)
    lines = str(caught.value).splitlines()
    assert any(line.startswith("measures, row 2, column end") for line in lines)
    assert any(line.startswith("chapters, row 2, column group") for line in lines)
    assert not PlanPage.objects.exists()


def test_a_file_that_is_not_there_is_said_without_a_traceback(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_plan", tmp_path / "none.xlsx", slug="planas")


def test_a_locked_period_is_not_changed_by_an_import(tmp_path: Path) -> None:
    imported(a_plan(), tmp_path)
    ReportingPeriod.objects.update(locked_at=timezone.now())
    changed = a_plan(measure("1.1.1.1", entries=(Entry(Q1, Status.ON_TRACK, Decimal(41)),)), measure("1.1.1.2"))
    with pytest.raises(CommandError, match=r"2026-Q1 is locked: 1\.1\.1\.1"):
        imported(changed, tmp_path)
    assert {entry.percent for entry in EntryRow.objects.all()} == {Decimal(40)}


def test_a_return_that_is_being_worked_on_is_not_approved_by_an_import(tmp_path: Path) -> None:
    imported(a_plan(), tmp_path)
    chapter = ChapterRow.objects.get()
    period = ReportingPeriod.objects.create(plan=chapter.plan, period="2026-Q2")
    draft = ChapterReturn.objects.create(chapter=chapter, period=period)
    EntryRow.objects.create(chapter_return=draft, measure=chapter.measures.first(), status=Status.DELAYED.value)
    with pytest.raises(CommandError, match="is being worked on"):
        imported(a_plan(measure("1.1.1.1", entries=(Entry(Q2, Status.ON_TRACK),))), tmp_path)
    draft.refresh_from_db()
    assert draft.state == ReturnState.DRAFT


def test_an_unpublished_draft_is_not_published_by_an_import(tmp_path: Path) -> None:
    imported(a_plan(), tmp_path)
    page = ChapterPage.objects.get()
    page.body_lt = "<p>Dar nepatvirtinta</p>"
    page.save_revision()
    imported(a_plan(measure("1.1.1.1")), tmp_path)
    assert not ChapterPage.objects.get().body_lt
    assert any("Dar nepatvirtinta" in str(each.content) for each in page.revisions.all())


def test_roles_are_made_for_the_groups_when_asked(tmp_path: Path) -> None:
    imported(a_plan(), tmp_path, group_editors=True)
    (group,) = PlanPage.objects.get().group_pages()
    assert group.role.editors is not None


def test_a_real_plan_comes_out_as_it_went_in(tmp_path: Path) -> None:
    path = need_shared("data/tenjo.xlsx")
    home_page()
    call_command("import_plan", path, slug="planas", stdout=io.StringIO(), stderr=io.StringIO())
    wanted = read(path, languages=language_codes(), funds=funds()).plan
    assert wanted is not None
    assert sum(1 for _ in wanted.measures()) == 331
    found = read(exported(tmp_path), languages=language_codes(), funds=funds()).plan
    assert found == wanted


def test_an_export_has_no_restricted_chapter_for_the_public(tmp_path: Path) -> None:
    imported(a_plan(), tmp_path)
    page = ChapterPage.objects.get()
    page.view_restrictions.create(restriction_type="login")
    path = tmp_path / "public.xlsx"
    call_command("export_plan", "planas", out=path, audience="public", stdout=io.StringIO())
    plan = read(path.read_bytes(), languages=language_codes(), funds=funds()).plan
    assert plan is not None
    assert plan.chapters == ()


def test_a_column_that_the_file_does_not_have_leaves_what_is_there(tmp_path: Path) -> None:
    milestone = Milestone(text("Etapas", "Stage"), date(2026, 5, 1))
    imported(a_plan(measure("1.1.1.1", milestones=(milestone,))), tmp_path)
    workbook = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    sheet = workbook["measures"]
    for cells in list(sheet.iter_cols())[::-1]:
        if str(cells[0].value).startswith(("milestones_", "title_en")):
            sheet.delete_cols(int(cells[0].column or 0))
    workbook.save(tmp_path / "without.xlsx")
    call_command("import_plan", tmp_path / "without.xlsx", slug="planas", stdout=io.StringIO(), stderr=io.StringIO())
    (found,) = stored().measures()
    assert found.milestones == (milestone,)
    assert found.title.get("en") == "Measure 1.1.1.1"


def test_an_empty_cell_of_the_structure_clears(tmp_path: Path) -> None:
    imported(a_plan(measure("1.1.1.1", responsible="Skyrius")), tmp_path)
    imported(a_plan(measure("1.1.1.1")), tmp_path)
    (found,) = stored().measures()
    assert found.responsible == ""
