"""Files that do not belong where they are uploaded, and no file at all."""

import pytest

from plan_pages.monitoring import ChapterReturn, ReportingPeriod
from plan_pages.register import Measure
from tests.plan_pages.editing.workbooks import Editor, filled, problems
from tests.roles import City

pytestmark = pytest.mark.django_db

STATUS = ("Measures", "1.1.0", "Status")


@pytest.fixture
def city() -> City:
    return City()


def test_a_file_of_another_period_is_refused(city: City) -> None:
    data = Editor(city).download()
    other = ReportingPeriod.objects.create(plan=city.plan.plan, period="2026-Q2")
    editor = Editor(city, of=ChapterReturn.objects.create(chapter=city.chapter_a.chapter, period=other))
    assert problems(editor.upload(data)) == ["the workbook is of the period 2026-Q1, and not of 2026-Q2"]


def test_a_file_of_another_chapter_is_refused(city: City) -> None:
    data = Editor(city).download()
    other = ChapterReturn.objects.create(chapter=city.chapter_b.chapter, period=city.period)
    [problem] = problems(Editor(city, "editor of B", of=other).upload(data))
    assert problem.startswith("the workbook is of another chapter: 1 Chapter ")


def test_a_file_of_another_plan_is_refused(city: City) -> None:
    data = Editor(city).download()
    other = City()
    editor = Editor(city, "coordinator", of=other.chapter_return())
    assert problems(editor.upload(data)) == ["the workbook is of another plan"]


def test_the_indicators_of_the_plan_are_not_uploaded_at_a_return(city: City) -> None:
    data = Editor(city, "coordinator", of=city.period).download()
    assert problems(Editor(city, of=city.chapter_return()).upload(data)) == [
        "this is the workbook of the plan’s indicators; upload it at its period"
    ]


def test_a_measure_that_left_the_plan_since_is_refused(city: City) -> None:
    editor = Editor(city)
    data = filled(editor.download(), {STATUS: "On track"})
    Measure.objects.filter(code="1.1.0").update(retired_at="2025-06-01T00:00Z")
    assert problems(editor.upload(data)) == [
        "Measures, row 6, column A (Code): the row is no longer in the return; download the workbook anew"
    ]


def test_the_words_are_the_readers(city: City) -> None:
    editor = Editor(city)
    data = editor.download()
    editor.user.wagtail_userprofile.preferred_language = "lt"
    editor.user.wagtail_userprofile.save()
    assert problems(editor.upload(data[:1000])) == ["failas sugadintas arba nutrūkęs"]


def test_a_file_that_is_missing_is_asked_for(city: City) -> None:
    editor = Editor(city)
    response = editor.client.post(editor.address("upload"))
    assert "Choose the file." in response.content.decode()
