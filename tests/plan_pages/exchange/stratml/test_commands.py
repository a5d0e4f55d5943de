"""StratML through the commands that people use."""

import io
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from plan_pages.choices import Audience, Frequency, IndicatorKind
from plan_pages.domain.periods import Period
from plan_pages.domain.plan import BudgetLine, Chapter, Goal, Indicator, Link, Measure, Plan, Task, Text, Value
from plan_pages.exchange import workbook
from plan_pages.exchange.stratml import write
from plan_pages.languages import language_codes
from plan_pages.pages.plan import PlanPage
from plan_pages.reading import plan_by_slug, read_plan
from tests.factories import home_page
from tests.plan_pages.exchange.stratml.files import a_file, read_bytes
from tests.tools import need_shared

pytestmark = pytest.mark.django_db

Q1 = Period.parse("2026-Q1")


def text(lt: str, en: str = "") -> Text:
    return Text.of({"lt": lt, "en": en})


def a_plan() -> Plan:
    value = Value(Q1, Decimal(5), Decimal(4), note=text("Pastaba", "Note"))
    indicator = Indicator(
        "R1", text("Rodiklis", "Indicator"), IndicatorKind.OUTPUT, text("vnt.", "pcs"), values=(value,)
    )
    measure = Measure(
        "1.1.1.1",
        text("Priemonė", "Measure"),
        responsible="Skyrius",
        links=(Link("Sprendimas", "https://example.org/"),),
        indicators=(indicator,),
        budget=(BudgetLine(2026, "SB", Decimal("10.50")),),
    )
    goal = Goal("1.1", text("Tikslas", "Goal"), tasks=(Task("1.1.1", text("Uždavinys", "Task"), measures=(measure,)),))
    chapter = Chapter("1", text("Skyrius", "Chapter"), goals=(goal,), reported=(Q1,))
    return Plan(text("Planas", "Plan"), 2022, 2030, vision=text("Vizija", "Vision"), chapters=(chapter,))


def imported(data: bytes, folder: Path, **options: Any) -> tuple[str, str]:
    home_page()
    path = folder / "plan.data"
    path.write_bytes(data)
    out, errors = io.StringIO(), io.StringIO()
    call_command("import_plan", path, slug="planas", stdout=out, stderr=errors, **options)
    return out.getvalue(), errors.getvalue()


def exported(folder: Path, **options: Any) -> bytes:
    path = folder / "out.xml"
    call_command("export_plan", "planas", format="stratml", out=path, stdout=io.StringIO(), **options)
    return path.read_bytes()


def stored() -> Plan:
    row = plan_by_slug("planas")
    assert row is not None
    return read_plan(row, Audience.INTERNAL).current()


def test_the_command_tells_the_format_by_the_content(tmp_path: Path) -> None:
    imported(write(a_plan(), language="lt"), tmp_path)
    (measure,) = stored().measures()
    assert (measure.title.as_dict(), measure.responsible) == ({"lt": "Priemonė"}, "Skyrius")
    assert measure.budget == (BudgetLine(2026, "SB", Decimal("10.50")),)
    assert measure.indicators[0].values[0].actual == 4


@pytest.mark.parametrize("part", [1, 2])
@pytest.mark.parametrize("language", ["lt", "en"])
def test_what_is_exported_and_imported_again_is_exported_the_same(tmp_path: Path, part: int, language: str) -> None:
    imported(workbook.write(a_plan(), languages=language_codes()), tmp_path)
    before, first = stored(), exported(tmp_path, part=part, language=language)
    said, warned = imported(first, tmp_path, language=language)
    assert "Nothing has changed." in said
    assert warned == ""
    assert exported(tmp_path, part=part, language=language) == first
    assert stored() == replace(before, data_date=stored().data_date)


def test_the_other_language_stays_where_one_is_imported(tmp_path: Path) -> None:
    imported(workbook.write(a_plan(), languages=language_codes()), tmp_path)
    changed = exported(tmp_path, language="en").replace(b">Measure<", b">Deed<").replace(b"Note", b"Remark")
    said, _warned = imported(changed.replace(b">Plan<", b">Scheme<"), tmp_path, language="en")
    (measure,) = stored().measures()
    assert measure.title.as_dict() == {"lt": "Priemonė", "en": "Deed"}
    assert measure.links == a_plan().chapters[0].goals[0].tasks[0].measures[0].links
    assert measure.indicators[0].values[0].note.as_dict() == {"lt": "Pastaba", "en": "Remark"}
    assert stored().title.as_dict() == {"lt": "Planas", "en": "Scheme"}
    assert PlanPage.objects.get().title == "Planas"
    assert "Measure: changed 1: 1.1.1.1" in said


def test_nothing_new_is_made_in_another_than_the_default_language(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="import it in that language"):
        imported(write(a_plan(), language="en"), tmp_path, language="en")
    assert not PlanPage.objects.exists()
    imported(write(a_plan(), language="lt"), tmp_path)
    newer = write(a_plan(), language="en").replace(b"measure-1.1.1.1", b"measure-1.1.1.9")
    with pytest.raises(CommandError, match="does not have these codes yet: 1"):
        imported(newer, tmp_path, language="en")


def test_how_often_progress_is_reported_is_not_changed_by_a_file(tmp_path: Path) -> None:
    imported(workbook.write(replace(a_plan(), frequency=Frequency.HALF), languages=language_codes()), tmp_path)
    imported(exported(tmp_path), tmp_path)
    assert stored().frequency is Frequency.HALF


def test_a_trial_says_what_would_be_made_and_the_repairs(tmp_path: Path) -> None:
    said, warned = imported(b"\xef\xbb\xbf" + write(a_plan(), language="lt"), tmp_path, dry_run=True)
    assert "Measure: new 1: 1.1.1.1" in said
    assert "Indicator: new 1: R1" in said
    assert "Warning: Line 1: the file begins with a byte order mark; it is left out" in warned
    assert not PlanPage.objects.exists()


def test_a_file_that_is_refused_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="this is a page of the web"):
        imported(b"<!DOCTYPE html><html></html>", tmp_path)
    with pytest.raises(CommandError, match="Line 2: the file is not well-formed XML"):
        imported(a_file().replace(b"Planas", b"A & B"), tmp_path)
    assert not PlanPage.objects.exists()


def test_a_plan_without_goals_is_not_exported(tmp_path: Path) -> None:
    imported(
        workbook.write(replace(a_plan(), chapters=(Chapter("1", text("S")),)), languages=language_codes()), tmp_path
    )
    with pytest.raises(CommandError, match="has no goals; StratML cannot hold it"):
        exported(tmp_path)


@pytest.mark.parametrize("name", ["P2_smlc_annual_report_2011", "P2_hilton_head_strategic_action_plan_FY2026-28_draft"])
def test_a_real_file_of_others_is_stored_as_it_is_read(tmp_path: Path, name: str) -> None:
    data = need_shared(f"data/stratml/plans/{name}.xml").read_bytes()
    imported(data, tmp_path)
    plan = read_bytes(data).plan
    assert plan is not None
    again = read_bytes(exported(tmp_path)).plan
    assert again is not None
    assert again.chapters == plan.chapters
