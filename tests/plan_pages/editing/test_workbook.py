"""A return's workbook: taken away, filled in, uploaded, seen cell by cell, confirmed or discarded."""

import io
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.utils import timezone
from wagtail.log_actions import registry

from plan_pages.choices import ReturnState, Status
from plan_pages.monitoring import BudgetEntry, BudgetLine, ChapterReturn, Entry, IndicatorValue, ReportingPeriod
from plan_pages.register import Indicator, Measure
from plan_pages.uploads import PendingUpload
from tests.plan_pages.editing.workbooks import Editor, cell_of, changes, filled, notes, problems, resaved
from tests.roles import City

pytestmark = pytest.mark.django_db

STATUS, PERCENT = ("Measures", "1.1.0", "Status"), ("Measures", "1.1.0", "Percent")
NOTE, REASON = ("Measures", "1.1.0", "What was done (lithuanian)"), ("Measures", "1.1.0", "Reason (lithuanian)")
ACTUAL = ("Indicators", "R1", "Actual")


@pytest.fixture
def city() -> City:
    return City()


def entry(city: City, **fields: Any) -> Entry:
    found = ChapterReturn.objects.first() or city.chapter_return()
    measure = Measure.objects.get(code=fields.pop("code", "1.1.0"))
    return Entry.objects.create(chapter_return=found, measure=measure, **{"status": Status.ON_TRACK, **fields})


def earlier(city: City, **fields: Any) -> Entry:
    """What was reported of the first measure in the approved return of the quarter before."""
    period = ReportingPeriod.objects.create(plan=city.plan.plan, period="2025-Q4")
    before = ChapterReturn.objects.create(
        chapter=city.chapter_a.chapter, period=period, state=ReturnState.APPROVED, approved_at=timezone.now()
    )
    value = {"indicator": Indicator.objects.get(), "period": period, "actual": 3}
    IndicatorValue.objects.create(**value)
    return Entry.objects.create(chapter_return=before, measure=Measure.objects.get(code="1.1.0"), **fields)


# The file


def test_the_file_offers_words_and_protects_what_is_the_plans(city: City) -> None:
    book = openpyxl.load_workbook(io.BytesIO(Editor(city).download()))
    assert [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"] == [
        "How to fill in",
        "Measures",
        "Indicators",
        "Money",
    ]
    sheet = book["Measures"]
    assert all(each.protection.sheet for each in book.worksheets)
    assert cell_of(book, ("Measures", "1.1.0", "Code")).protection.locked
    assert not cell_of(book, STATUS).protection.locked
    kinds = {rule.type for rule in sheet.data_validations.dataValidation}
    assert kinds == {"list", "decimal", "textLength"}
    assert sheet.freeze_panes == "C4"
    book.close()


def test_what_was_reported_last_stands_beside(city: City) -> None:
    earlier(city, status=Status.DELAYED, percent=40, note={"lt": "Nupirkta"}, reason={"lt": "Vėlavo konkursas"})
    book = openpyxl.load_workbook(io.BytesIO(Editor(city, of=city.chapter_return()).download()))
    last = [cell_of(book, ("Measures", "1.1.0", heading)).value for heading in ("Last status", "Last percent")]
    assert last == ["Delayed", 40]
    text = cell_of(book, ("Measures", "1.1.0", "What was reported last")).value
    assert text == "Done: Nupirkta\nReason: Vėlavo konkursas"
    assert cell_of(book, ("Indicators", "R1", "Last value")).value == 3
    assert cell_of(book, ("Indicators", "R1", "Last period")).value == "2025-Q4"
    # 2021 to 2030 from 0 to 10: a little under half of it has gone by March 2026.
    assert cell_of(book, ("Indicators", "R1", "Expected")).value == pytest.approx(4.72, abs=0.01)
    assert cell_of(book, STATUS).value is None
    book.close()


def test_the_same_return_makes_the_same_bytes(city: City) -> None:
    entry(city, percent=40)
    editor = Editor(city)
    assert editor.download() == editor.download()


@pytest.mark.parametrize("text", ["=1+1", "+370 600", "-5", "@vardas", "<b>&amp;</b>", "_x0041_", "a\r\nb", "1.10"])
def test_texts_stay_texts_and_change_nothing_when_they_come_back(city: City, text: str) -> None:
    entry(city, note={"lt": text})
    editor = Editor(city)
    response = editor.upload(resaved(editor.download()))
    assert (problems(response), response.context.get("unchanged")) == ([], True)


# There and back


def test_a_file_that_was_not_touched_changes_nothing(city: City) -> None:
    entry(city, percent=Decimal("33.333333333333"), note={"lt": "Vyksta"})
    BudgetLine.objects.create(measure=Measure.objects.first(), year=2026, fund="SB", planned="1000.10")
    editor = Editor(city)
    for data in (editor.download(), resaved(editor.download())):
        assert editor.upload(data).context.get("unchanged")
    assert not PendingUpload.objects.exists()


def test_what_is_filled_in_is_shown_cell_by_cell_and_stored_when_it_is_confirmed(city: City) -> None:
    editor = Editor(city)
    data = filled(editor.download(), {STATUS: "Delayed", PERCENT: 45, REASON: "Konkursas", ACTUAL: 2.5})
    response = editor.upload(data)
    assert changes(response) == [
        ("1.1.0", "Status", "", "Delayed"),
        ("1.1.0", "Percent", "", "45"),
        ("1.1.0", "Reason (lithuanian)", "", "Konkursas"),
        ("R1", "Actual", "", "2.5"),
    ]
    assert not Entry.objects.exists()
    response = editor.decide()
    assert "4 cells are changed." in response.content.decode()
    found = Entry.objects.get()
    assert (found.status, found.percent, found.reason, found.changed_by) == (
        Status.DELAYED,
        45,
        {"lt": "Konkursas"},
        editor.user,
    )
    assert IndicatorValue.objects.get().actual == Decimal("2.5")
    assert not PendingUpload.objects.exists()
    assert "plan_pages.return.upload" in [log.action for log in registry.get_logs_for_instance(editor.of)]


def test_what_is_discarded_is_not_stored(city: City) -> None:
    editor = Editor(city)
    editor.upload(filled(editor.download(), {STATUS: "On track"}))
    editor.decide("discard")
    assert not Entry.objects.exists()
    assert not PendingUpload.objects.exists()


def test_an_emptied_cell_is_shown_as_cleared_and_cleared(city: City) -> None:
    entry(city, percent=40, note={"lt": "Vyksta"})
    editor = Editor(city)
    response = editor.upload(filled(editor.download(), {NOTE: None}))
    assert changes(response) == [("1.1.0", "What was done (lithuanian)", "Vyksta", "")]
    assert "(cleared)" in response.content.decode()
    editor.decide()
    assert (Entry.objects.get().note, Entry.objects.get().percent) == ({}, 40)


def test_a_row_that_was_deleted_stays_as_it_was(city: City) -> None:
    entry(city, percent=40)
    editor = Editor(city)

    def delete(book: openpyxl.Workbook) -> None:
        book["Measures"].delete_rows(cell_of(book, STATUS).row)

    assert editor.upload(resaved(editor.download(), delete)).context.get("unchanged")


def test_rows_and_columns_in_another_order_are_found(city: City) -> None:
    entry(city, percent=40)
    editor = Editor(city)

    def mix(book: openpyxl.Workbook) -> None:
        book.move_sheet("Money", -2)
        sheet = book["Measures"]
        table = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
        mixed = [row[::-1] for row in [table[0], *table[1:][::-1]]]
        for number, row in enumerate(mixed, 3):
            for at, value in enumerate(row, 1):
                sheet.cell(number, at).value = value

    response = editor.upload(resaved(editor.download(), mix))
    assert (problems(response), response.context.get("unchanged")) == ([], True)


@pytest.mark.parametrize(
    ("written", "number_format", "expected"),
    [
        (45, "General", 45),
        (0.45, "0%", 45),
        (0.455, "0.00%", Decimal("45.5")),
        ("45 %", "General", 45),
        ("45", "@", 45),
        (" 45 ", "@", 45),
        (45.5, "General", Decimal("45.5")),
    ],
)
def test_percents_are_read_as_people_write_them(city: City, written: Any, number_format: str, expected: Any) -> None:
    editor = Editor(city)
    editor.take_in(filled(editor.download(), {STATUS: "On track", PERCENT: written}, {PERCENT: number_format}))
    assert Entry.objects.get().percent == expected


@pytest.mark.parametrize("word", ["Vėluoja", "delayed", " DELAYED ", "Delayed"])
def test_a_status_is_read_in_every_language_of_the_site(city: City, word: str) -> None:
    editor = Editor(city)
    editor.take_in(filled(editor.download(), {STATUS: word, REASON: "Konkursas"}))
    assert Entry.objects.get().status == Status.DELAYED


def test_a_comma_is_read_by_the_language_of_the_file(city: City) -> None:
    editor = Editor(city)
    editor.user.wagtail_userprofile.preferred_language = "lt"
    editor.user.wagtail_userprofile.save()
    place = ("Rodikliai", "R1", "Faktinė reikšmė")
    response = editor.upload(filled(editor.download(), {place: "1 240,125"}))
    assert changes(response) == [("R1", "Faktinė reikšmė", "", "1\N{NO-BREAK SPACE}240,125")]
    assert len(notes(response)) == 1
    editor.decide()
    assert IndicatorValue.objects.get().actual == Decimal("1240.125")


def test_a_value_that_is_not_available_is_taken_with_its_note(city: City) -> None:
    editor = Editor(city)
    note = ("Indicators", "R1", "Note (lithuanian)")
    editor.take_in(filled(editor.download(), {("Indicators", "R1", "Not available"): "Yes", note: "Skelbiama vėliau"}))
    value = IndicatorValue.objects.get()
    assert (value.unavailable, value.actual, value.note) == (True, None, {"lt": "Skelbiama vėliau"})


def test_money_is_changed_and_new_lines_are_added(city: City) -> None:
    BudgetLine.objects.create(measure=Measure.objects.get(code="1.1.0"), year=2026, fund="SB", planned=100)
    editor = Editor(city)
    spent, line = ("Money", "1.1.0", "Spent, EUR"), [("Money", "+1", name) for name in ("Code", "Year", "Fund")]
    data = filled(
        editor.download(),
        {spent: 40.5, **dict(zip(line, ("1.1.1", 2026, "ES"), strict=True)), ("Money", "+1", "Planned, EUR"): 7},
    )
    response = editor.upload(data)
    assert changes(response) == [("1.1.0", "Spent, EUR", "", "40.5"), ("1.1.1", "Planned, EUR", "", "7")]
    editor.decide()
    rows = BudgetEntry.objects.order_by("fund").values_list("measure__code", "fund", "planned", "spent")
    assert list(rows) == [("1.1.1", "ES", 7, None), ("1.1.0", "SB", 100, Decimal("40.5"))]
    assert BudgetLine.objects.get().spent is None


def test_the_same_file_uploaded_again_changes_nothing(city: City) -> None:
    editor = Editor(city)
    cells = dict(
        zip(
            [("Money", "+1", name) for name in ("Code", "Year", "Fund", "Planned, EUR")],
            ("1.1.1", 2026, "ES", 7),
            strict=True,
        )
    )
    data = filled(editor.download(), {STATUS: "On track", PERCENT: 40, **cells})
    editor.take_in(data)
    assert editor.upload(data).context.get("unchanged")


def test_an_odd_value_is_asked_about_in_the_preview_and_confirmed_with_it(city: City) -> None:
    earlier(city, status=Status.ON_TRACK)
    editor = Editor(city, of=ChapterReturn.objects.create(chapter=city.chapter_a.chapter, period=city.period))
    response = editor.upload(filled(editor.download(), {ACTUAL: 300}))
    assert (problems(response), len(notes(response))) == ([], 1)
    assert "300 is ten times the last value, 3 (" in notes(response)[0]
    editor.decide()
    value = IndicatorValue.objects.get(period=city.period)
    assert (value.actual, value.confirmed) == (300, 300)
