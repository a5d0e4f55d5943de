"""Workbooks and other people: a colleague's change, what waits for whom, rights and states."""

import io
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from plan_pages.choices import ReturnState, Status
from plan_pages.monitoring import ChapterReturn, Entry, IndicatorValue, ReportingPeriod
from plan_pages.register import Indicator, Measure
from plan_pages.uploads import PendingUpload
from tests.plan_pages.editing.workbooks import Editor, cell_of, filled, problems
from tests.roles import City

pytestmark = pytest.mark.django_db

STATUS = ("Measures", "1.1.0", "Status")
ACTUAL, TARGET = ("Indicators", "R1", "Actual"), ("Indicators", "R1", "Interim target")


@pytest.fixture
def city() -> City:
    return City()


def entry(city: City, **fields: Any) -> Entry:
    found = ChapterReturn.objects.first() or city.chapter_return()
    measure = Measure.objects.get(code=fields.pop("code", "1.1.0"))
    return Entry.objects.create(chapter_return=found, measure=measure, **{"status": Status.ON_TRACK, **fields})


# A colleague's change


def test_a_row_that_a_colleague_changed_since_is_refused_and_says_who(city: City) -> None:
    editor = Editor(city)
    data = filled(editor.download(), {STATUS: "On track"})
    colleague = city.user("coordinator")
    colleague.first_name = "Ona"
    colleague.save()
    entry(city, status=Status.NOT_STARTED, changed_by=colleague, changed_at=timezone.now())
    [problem] = problems(editor.upload(data))
    assert problem.startswith("Measures, row 6, column F (Status): Ona changed this row on ")
    assert "download the workbook anew" in problem
    assert Entry.objects.get().status == Status.NOT_STARTED


def test_a_colleagues_change_of_another_row_is_none_of_its_business(city: City) -> None:
    editor = Editor(city)
    data = filled(editor.download(), {STATUS: "On track"})
    entry(city, code="1.1.1", status=Status.NOT_STARTED)
    editor.take_in(data)
    assert {each.measure.code: each.status for each in Entry.objects.all()} == {
        "1.1.0": Status.ON_TRACK,
        "1.1.1": Status.NOT_STARTED,
    }


def test_a_change_between_preview_and_confirmation_is_not_overwritten(city: City) -> None:
    editor = Editor(city)
    editor.upload(filled(editor.download(), {STATUS: "On track", ACTUAL: 5}))
    entry(city, status=Status.NOT_STARTED)
    response = editor.decide()
    assert problems(response) == [
        "Measures, row 6, column F (Status): this row has been changed since the file was downloaded; download the "
        "workbook anew and fill the row in again"
    ]
    assert Entry.objects.get().status == Status.NOT_STARTED
    assert not IndicatorValue.objects.exists()


# What waits


def test_what_waits_is_the_uploaders_own(city: City) -> None:
    editor = Editor(city)
    editor.upload(filled(editor.download(), {STATUS: "On track"}))
    response = Editor(city, "coordinator").decide()
    assert "No upload waits to be confirmed." in response.content.decode()
    assert not Entry.objects.exists()


def test_what_waits_longer_than_a_day_is_gone(city: City) -> None:
    editor = Editor(city)
    data = filled(editor.download(), {STATUS: "On track"})
    editor.upload(data)
    PendingUpload.objects.update(made_at=timezone.now() - timedelta(hours=25))
    assert "No upload waits to be confirmed." in editor.decide().content.decode()
    Editor(city, "coordinator").upload(data)
    assert [each.user.username for each in PendingUpload.objects.all()] == ["coordinator"]


def test_a_later_upload_takes_the_place_of_the_one_before(city: City) -> None:
    editor = Editor(city)
    data = editor.download()
    editor.upload(filled(data, {STATUS: "On track"}))
    editor.upload(filled(data, {STATUS: "Not started"}))
    editor.decide()
    assert Entry.objects.get().status == Status.NOT_STARTED


# Rights and states


@pytest.mark.parametrize("state", [ReturnState.SUBMITTED, ReturnState.APPROVED])
def test_a_return_that_is_not_edited_can_be_read_as_a_workbook_and_not_uploaded(city: City, state: ReturnState) -> None:
    editor = Editor(city, of=city.chapter_return())
    data = filled(editor.download(), {STATUS: "On track"})
    ChapterReturn.objects.update(state=state, approved_at=timezone.now())
    book = openpyxl.load_workbook(io.BytesIO(editor.download()))
    assert cell_of(book, STATUS).protection.locked
    book.close()
    assert "This is not possible now." in editor.upload(data).content.decode()
    assert not PendingUpload.objects.exists()


@pytest.mark.parametrize("state", [ReturnState.SUBMITTED, ReturnState.APPROVED, "locked"])
def test_what_was_previewed_is_not_taken_in_once_the_return_is_not_edited_any_more(city: City, state: str) -> None:
    editor = Editor(city, of=city.chapter_return())
    editor.upload(filled(editor.download(), {STATUS: "On track"}))
    if state == "locked":
        ReportingPeriod.objects.update(locked_at=timezone.now())
    else:
        ChapterReturn.objects.update(state=state, approved_at=timezone.now())
    editor.decide()
    assert not Entry.objects.exists()


@pytest.mark.parametrize("name", ["editor of B", "reader", "approver"])
@pytest.mark.parametrize("screen", ["workbook", "upload", "preview"])
def test_others_have_no_workbook_of_the_return(city: City, name: str, screen: str) -> None:
    editor = Editor(city, name, of=city.chapter_return())
    response = editor.client.get(editor.address(screen))
    assert (response.status_code, response.headers["Location"]) == (302, reverse("wagtailadmin_home"))


def test_the_returns_screen_has_both_buttons(city: City) -> None:
    editor = Editor(city)
    page = editor.client.get(reverse("plan_pages_return", args=[editor.of.pk])).content.decode()
    assert editor.address("workbook") in page
    assert editor.address("upload") in page


def test_editors_do_not_set_interim_targets_and_coordinators_do(city: City) -> None:
    IndicatorValue.objects.create(indicator=Indicator.objects.get(), period=city.period, target=5)
    editor, coordinator = Editor(city), Editor(city, "coordinator")
    data = filled(coordinator.download(), {TARGET: 7})
    [problem] = problems(editor.upload(data))
    assert "the cell is protected and was changed" in problem
    coordinator.take_in(data)
    assert IndicatorValue.objects.get().target == 7
