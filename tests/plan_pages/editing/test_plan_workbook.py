"""The indicators of the whole plan for a period, by a coordinator."""

import io
from datetime import timedelta
from decimal import Decimal

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import registry

from plan_pages.choices import ReturnState
from plan_pages.monitoring import ChapterReturn, IndicatorValue, ReportingPeriod
from plan_pages.register import Indicator
from plan_pages.uploads import PendingUpload
from tests.factories import chapter_page, goal, indicator
from tests.plan_pages.editing.workbooks import Editor, Place, cell_of, changes, filled, problems, resaved
from tests.roles import City

pytestmark = pytest.mark.django_db

ACTUAL, OTHER = ("Indicators", "R1", "Actual"), ("Indicators", "R2", "Actual")
TARGET: Place = ("Indicators", "R1", "Interim target")


@pytest.fixture
def city() -> City:
    """A second chapter with an indicator of its own."""
    found = City()
    goals = [goal("2", [], indicators=[indicator("R2")])]
    chapter_page(found.plan, goals, group=found.b, code="3", heading_en="Culture")
    return found


def coordinator(city: City) -> Editor:
    return Editor(city, "coordinator", of=city.period)


def test_every_chapters_indicators_stand_in_it_with_who_answers_for_them(city: City) -> None:
    book = openpyxl.load_workbook(io.BytesIO(coordinator(city).download()))
    rows = [[cell.value for cell in row[:4]] for row in book["Indicators"].iter_rows(min_row=4)]
    assert [row[0] for row in rows if row[0]] == ["R1", "R2"]
    assert cell_of(book, ("Indicators", "R2", "Responsible")).value == "Kultūra"
    assert [row[1] for row in rows if row[0] is None][-1] == "3 Culture"
    assert not cell_of(book, TARGET).protection.locked
    book.close()


def test_values_of_several_chapters_are_seen_and_stored_and_their_returns_begun(city: City) -> None:
    editor = coordinator(city)
    begun = city.chapter_return()
    response = editor.upload(filled(editor.download(), {ACTUAL: 3, TARGET: 4, OTHER: "7,5"}))
    assert changes(response) == [
        ("1", "Interim target", "", "4"),
        ("1", "Actual", "", "3"),
        ("3", "Actual", "", "7.5"),
    ]
    assert [chapter.code for chapter in response.context["proposal"].to_begin] == ["3"]
    assert not IndicatorValue.objects.exists()
    editor.decide()
    values = IndicatorValue.objects.order_by("indicator__code").values_list("indicator__code", "target", "actual")
    assert list(values) == [("R1", 4, 3), ("R2", None, Decimal("7.5"))]
    states = ChapterReturn.objects.order_by("chapter__code").values_list("chapter__code", "state")
    assert list(states) == [("1", ReturnState.DRAFT), ("3", ReturnState.DRAFT)]
    for thing, action in ((city.period, "plan_pages.period.upload"), (begun, "plan_pages.return.upload")):
        assert action in [each.action for each in registry.get_logs_for_instance(thing)]


def test_interim_targets_alone_begin_no_return(city: City) -> None:
    editor = coordinator(city)
    editor.take_in(filled(editor.download(), {TARGET: 4}))
    assert IndicatorValue.objects.get().target == 4
    assert not ChapterReturn.objects.exists()


def test_interim_targets_are_set_before_the_period_opens_and_actuals_are_not(city: City) -> None:
    later = ReportingPeriod.objects.create(
        plan=city.plan.plan, period="2027-Q1", opens=timezone.localdate() + timedelta(days=1)
    )
    editor = Editor(city, "coordinator", of=later)
    data = editor.download()
    editor.upload(filled(data, {ACTUAL: 3, OTHER: 4}))
    assert "The period 2027-Q1 is not open for reporting." in editor.decide().content.decode()
    assert not IndicatorValue.objects.exists()
    assert not ChapterReturn.objects.exists()
    editor.take_in(filled(data, {TARGET: 9}))
    assert IndicatorValue.objects.get().target == 9


@pytest.mark.parametrize(
    ("state", "word"), [(ReturnState.SUBMITTED, "Submitted for approval"), (ReturnState.APPROVED, "Approved")]
)
def test_a_chapter_whose_return_is_not_edited_is_refused_and_with_it_the_file(
    city: City, state: ReturnState, word: str
) -> None:
    editor = coordinator(city)
    data = filled(editor.download(), {ACTUAL: 3, OTHER: 4})
    city.chapter_return(state)
    [problem] = problems(editor.upload(data))
    assert problem.startswith("Indicators, row 5, column A (Code): 1 Chapter ")
    assert problem.endswith(f": the chapter’s return cannot be changed now: {word}")
    assert not PendingUpload.objects.exists()
    book = openpyxl.load_workbook(io.BytesIO(editor.download()))
    assert cell_of(book, ACTUAL).protection.locked
    assert not cell_of(book, OTHER).protection.locked
    book.close()


def test_a_locked_period_is_refused(city: City) -> None:
    editor = coordinator(city)
    data = filled(editor.download(), {ACTUAL: 3})
    ReportingPeriod.objects.update(locked_at=timezone.now())
    assert "The period 2026-Q1 is locked." in editor.upload(data).content.decode()
    assert not PendingUpload.objects.exists()


def test_a_period_that_is_locked_before_the_confirmation_stays_as_it_is(city: City) -> None:
    editor = coordinator(city)
    editor.upload(filled(editor.download(), {ACTUAL: 3}))
    ReportingPeriod.objects.update(locked_at=timezone.now())
    assert "The period 2026-Q1 is locked." in editor.decide().content.decode()
    assert not IndicatorValue.objects.exists()


def test_a_return_submitted_before_the_confirmation_stays_as_it_is(city: City) -> None:
    editor = coordinator(city)
    editor.upload(filled(editor.download(), {ACTUAL: 3, OTHER: 4}))
    city.chapter_return(ReturnState.SUBMITTED)
    assert "the chapter’s return cannot be changed now: Submitted for approval" in problems(editor.decide())[0]
    assert not IndicatorValue.objects.exists()


SPOILED = [
    (
        {("Indicators", "R2", "Code"): "R9"},
        "A (Code): there is no indicator with the code R9 in this workbook of the plan",
    ),
    ({("Indicators", "R2", "Responsible"): "Kas nors"}, "D (Responsible): the cell is protected and was changed"),
    ({("Indicators", "R2", "Not available"): "Yes"}, "M (Note (lithuanian)): Say why the value is not available."),
    ({OTHER: "daug"}, "K (Actual): “daug” is not a number; write a number or leave the cell empty"),
]


@pytest.mark.parametrize(("cells", "sentence"), SPOILED)
def test_what_is_spoiled_is_refused_at_its_place(city: City, cells: dict[Place, str], sentence: str) -> None:
    editor = coordinator(city)
    [problem] = problems(editor.upload(filled(editor.download(), {ACTUAL: 3, **cells})))
    assert problem.startswith(f"Indicators, row 7, column {sentence}")
    assert not PendingUpload.objects.exists()


def test_a_value_that_was_changed_since_is_refused(city: City) -> None:
    editor = coordinator(city)
    data = filled(editor.download(), {ACTUAL: 3})
    value = IndicatorValue(indicator=Indicator.objects.get(code="R1"), period=city.period, actual=1)
    value.changed_by, value.changed_at = city.user("editor of A"), timezone.now()
    value.save()
    [problem] = problems(editor.upload(data))
    assert "editor of A changed this row on" in problem


def test_what_was_not_touched_changes_nothing(city: City) -> None:
    IndicatorValue.objects.create(
        indicator=Indicator.objects.get(code="R1"), period=city.period, target="0.1", actual=3
    )
    editor = coordinator(city)
    assert editor.upload(resaved(editor.download())).context.get("unchanged")


def test_a_returns_workbook_is_not_uploaded_at_the_period(city: City) -> None:
    data = Editor(city).download()
    assert problems(coordinator(city).upload(data)) == [
        "this is the workbook of a chapter’s return; upload it at that return"
    ]


def test_the_list_of_periods_leads_to_it(city: City) -> None:
    editor = coordinator(city)
    assert editor.address("upload") in editor.client.get(reverse("plan_pages_periods")).content.decode()
