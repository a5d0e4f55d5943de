"""Spoiled uploads: each is refused in words, at its place, and nothing of it is stored or kept."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.utils import timezone

from plan_pages.monitoring import BudgetLine, Entry, IndicatorValue
from plan_pages.register import Measure
from plan_pages.uploads import PendingUpload
from tests.factories import chapter_page, goal, measure, task
from tests.plan_pages.editing.workbooks import Editor, Place, cell_of, filled, problems, resaved
from tests.plan_pages.exchange.workbooks import with_member
from tests.roles import City

pytestmark = pytest.mark.django_db

Spoil = Callable[[bytes], bytes]
STATUS: Place = ("Measures", "1.1.0", "Status")
NOT_OURS = (
    "this is not a workbook that was downloaded here, or its hidden sheet is missing or was changed; download the "
    "workbook anew and copy into it what you have filled in"
)
PROTECTED = "the cell is protected and was changed; undo that, only yellow cells are filled in"
NO_XLSX = "the file is not an XLSX workbook"


@pytest.fixture
def city() -> City:
    found = City()
    chapter_page(
        found.plan,
        [goal("2", [task("2.1", [measure("2.1.1")])])],
        group=found.b,
        code="3",
        title="Kultūra",
        heading_en="Culture",
        slug="kulturos",
    )
    BudgetLine.objects.create(measure=Measure.objects.get(code="1.1.0"), year=2026, fund="SB", planned=100)
    return found


def cells(*places: tuple[Place, Any]) -> Spoil:
    """The status is filled in as it should be, and these cells as they should not."""
    return lambda data: filled(data, {STATUS: "On track"} | dict(places))


def book(change: Callable[[openpyxl.Workbook], Any]) -> Spoil:
    def changed(found: openpyxl.Workbook) -> None:
        cell_of(found, STATUS).value = "On track"
        change(found)

    return lambda data: resaved(data, changed)


def of_measures(change: Callable[[Any], Any]) -> Spoil:
    return book(lambda found: change(found["Measures"]))


def member(name: str, content: bytes) -> Spoil:
    """The file with one member more."""

    def added(data: bytes) -> bytes:
        packed = io.BytesIO(data)
        with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name, content)
        return packed.getvalue()

    return added


def entity(data: bytes) -> bytes:
    declared = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    return with_member(data, "xl/workbook.xml", lambda xml: xml.replace(b"<workbook", declared + b"<workbook", 1))


def encrypted(data: bytes) -> bytes:
    """Office wraps an encrypted workbook into the old container."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def open_document(data: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<office:document-content xmlns:office='urn:x'/>")
    return packed.getvalue()


def new_line(**values: Any) -> Spoil:
    headings = {"code": "Code", "year": "Year", "fund": "Fund", "planned": "Planned, EUR"}
    whole = {"code": "1.1.1", "year": 2026, "fund": "ES", "planned": 5} | values
    return cells(*[(("Money", "+1", headings[name]), value) for name, value in whole.items()])


REASON: Place = ("Measures", "1.1.0", "Reason (lithuanian)")
SPOILED: dict[str, tuple[Spoil, str]] = {
    # Codes
    "an unknown code": (
        cells((("Measures", "1.1.1", "Code"), "9.9.9")),
        "Measures, row 7, column A (Code): there is no row with the code 9.9.9 in the return",
    ),
    "another chapter's measure": (
        cells((("Measures", "1.1.1", "Code"), "2.1.1")),
        "Measures, row 7, column A (Code): 2.1.1 belongs to another chapter: 3 Culture",
    ),
    "a code twice": (
        cells((("Measures", "1.1.1", "Code"), "1.1.0")),
        "Measures, row 7, column A (Code): the row stands here twice, first in row 6",
    ),
    "a code that is a number": (
        cells((("Measures", "1.1.1", "Code"), 1.1)),
        "Measures, row 7, column A (Code): 1.1 is not text; a code must be text: give the cell the text format and type "
        "it again",
    ),
    "a code taken away": (
        lambda data: filled(data, {("Measures", "1.1.1", "Code"): None, ("Measures", "1.1.1", "Percent"): 5}),
        "Measures, row 7, column A (Code): the row has no code, and something is filled in",
    ),
    # Locked cells
    "a title changed": (
        cells((("Measures", "1.1.0", "Measure"), "Kita priemonė")),
        f"Measures, row 6, column B (Measure): {PROTECTED}",
    ),
    "a last value changed": (
        cells((("Indicators", "R1", "Last value"), 99)),
        f"Indicators, row 5, column E (Last value): {PROTECTED}",
    ),
    "an interim target changed by an editor": (
        cells((("Indicators", "R1", "Interim target"), 9)),
        f"Indicators, row 5, column I (Interim target): {PROTECTED}",
    ),
    "the fund of a line changed": (
        cells((("Money", "1.1.0", "Fund"), "ES")),
        f"Money, row 6, column A (Code): {PROTECTED}",
    ),
    # Values
    "delayed without a reason": (
        cells((STATUS, "Delayed")),
        "Measures, row 6, column J (Reason (lithuanian)): Say why: a measure that is delayed or stopped needs a reason.",
    ),
    "completed, and not at 100 percent": (
        cells((STATUS, "Completed"), (("Measures", "1.1.0", "Percent"), 90)),
        "Measures, row 6, column G (Percent): A completed measure stands at 100 percent.",
    ),
    "a status that is none": (
        cells((STATUS, "Vėluoja truputį")),
        "Measures, row 6, column F (Status): “Vėluoja truputį” is not one of: Not started, On track, Delayed, Completed, "
        "Stopped",
    ),
    "more than 100 percent": (
        cells((("Measures", "1.1.0", "Percent"), 145)),
        "Measures, row 6, column G (Percent): Ensure this value is less than or equal to 100.",
    ),
    "a word for a number": (
        cells((("Indicators", "R1", "Actual"), "daug")),
        "Indicators, row 5, column J (Actual): “daug” is not a number; write a number or leave the cell empty",
    ),
    "a day for a number": (
        cells((("Indicators", "R1", "Actual"), timezone.datetime(2026, 3, 31))),
        "Indicators, row 5, column J (Actual): 2026-03-31 is a date, not a number",
    ),
    "the error of a formula": (
        lambda data: with_member(
            filled(data, {("Measures", "1.1.0", "Percent"): 77}),
            "xl/worksheets/sheet2.xml",
            lambda xml: xml.replace(b't="n"><v>77</v>', b't="e"><f>1/0</f><v>#DIV/0!</v>'),
        ),
        "Measures, row 6, column G (Percent): #DIV/0! is the error of a formula, not a value",
    ),
    "a formula that was never reckoned": (
        cells((("Measures", "1.1.0", "Percent"), "=SUM(1,2)")),
        "Measures, row 6, column G (Percent): the formula has no stored result; open the file in a spreadsheet program "
        "and save it there",
    ),
    "a text in the second language alone": (
        cells((("Measures", "1.1.0", "What was done (english)"), "Bought")),
        "Measures, row 6, column H (What was done (lithuanian)): The text is missing here (lithuanian).",
    ),
    "a text without a status": (
        lambda data: filled(data, {("Measures", "1.1.0", "What was done (lithuanian)"): "Nupirkta"}),
        "Measures, row 6, column F (Status): Choose a status: without one nothing of this measure is kept.",
    ),
    "a text that is too long": (
        cells((("Measures", "1.1.0", "What was done (lithuanian)"), "x" * 10_001)),
        "Measures, row 6, column H (What was done (lithuanian)): Ensure this value has at most 10000 characters (it has "
        "10001).",
    ),
    "a value and not available": (
        cells(
            (("Indicators", "R1", "Actual"), 5),
            (("Indicators", "R1", "Not available"), "Yes"),
            (("Indicators", "R1", "Note (lithuanian)"), "Nėra"),
        ),
        "Indicators, row 5, column J (Actual): Either an actual value, or “not available”.",
    ),
    "less than no money": (
        cells((("Money", "1.1.0", "Spent, EUR"), -5)),
        "Money, row 6, column H (Spent, EUR): Ensure this value is greater than or equal to 0.",
    ),
    "a new line without a fund": (new_line(fund=None), "Money, row 8, column D (Fund): Choose the fund."),
    "a new line of another chapter": (
        new_line(code="2.1.1"),
        "Money, row 8, column A (Code): 2.1.1 belongs to another chapter: 3 Culture",
    ),
    "a new line of an unknown fund": (
        new_line(fund="XX"),
        "Money, row 8, column D (Fund): Select a valid choice. XX is not one of the available choices.",
    ),
    "a new line of next year": (
        new_line(year=2027),
        "Money, row 8, column C (Year): Select a valid choice. 2027 is not one of the available choices.",
    ),
    # The workbook
    "a sheet renamed": (
        of_measures(lambda sheet: setattr(sheet, "title", "Lapas1")),
        "Measures: the sheet is missing: it was deleted or renamed; give it back its name",
    ),
    "a sheet deleted": (
        book(lambda found: found.remove(found["Money"])),
        "Money: the sheet is missing: it was deleted or renamed; give it back its name",
    ),
    "a heading changed": (
        of_measures(lambda sheet: sheet.__setitem__("F3", "Stovis")),
        "Measures, row 3, column Status: the column is missing: its heading was changed or deleted; put it back",
    ),
    "the headings deleted": (
        of_measures(lambda sheet: sheet.delete_rows(3)),
        "Measures: the row with the headings of columns is missing; put it back",
    ),
    "the hidden sheet deleted": (book(lambda found: found.remove(found["_"])), NOT_OURS),
    "the hidden sheet changed": (book(lambda found: found["_"].__setitem__("A3", "m" + "A" * 60)), NOT_OURS),
    # The file
    "a workbook of somebody else": (lambda data: resaved_empty(), NOT_OURS),
    "a web page named XLSX": (lambda data: b"<!doctype html><table><tr><td>1</td></tr></table>", NO_XLSX),
    "a PDF": (lambda data: b"%PDF-1.7\n...", NO_XLSX),
    "a CSV": (lambda data: "Kodas;Būsena\n1.1.0;Vykdoma".encode(), NO_XLSX),
    "nothing at all": (lambda data: b"\n", NO_XLSX),
    "an OpenDocument sheet": (open_document, NO_XLSX),
    "an encrypted or old workbook": (
        encrypted,
        "the file is protected by a password or of the old XLS format; save it as XLSX without a password",
    ),
    "a file cut off": (lambda data: data[: len(data) // 2], "the file is damaged or cut off"),
    "a workbook with macros": (
        member("xl/vbaProject.bin", b"\0"),
        "the file holds macros; save it as an ordinary XLSX workbook, without macros",
    ),
    "an archive that unpacks without end": (
        member("xl/media/image1.png", b"\0" * (51 * 1024 * 1024)),
        "the file is larger than 50 MB when it is unpacked",
    ),
    "a file larger than may be uploaded": (
        lambda data: data + b"\0" * (10 * 1024 * 1024),
        "the file is larger than 10 MB",
    ),
    "entities that grow": (
        entity,
        "the file holds a document type declaration or an external entity and is refused",
    ),
}


def resaved_empty() -> bytes:
    file = io.BytesIO()
    openpyxl.Workbook().save(file)
    return file.getvalue()


@pytest.mark.parametrize("name", SPOILED)
def test_a_spoiled_upload_is_refused_in_words_and_nothing_is_stored(city: City, name: str) -> None:
    spoil, sentence = SPOILED[name]
    editor = Editor(city)
    before = list(BudgetLine.objects.values())
    assert problems(editor.upload(spoil(editor.download()))) == [sentence]
    assert not PendingUpload.objects.exists()
    assert not Entry.objects.exists()
    assert not IndicatorValue.objects.exists()
    assert list(BudgetLine.objects.values()) == before


def test_all_that_is_wrong_is_said_at_once_in_the_order_of_the_file(city: City) -> None:
    editor = Editor(city)
    spoiled = {
        STATUS: "Delayed",
        ("Measures", "1.1.1", "Code"): "9.9.9",
        ("Indicators", "R1", "Actual"): "daug",
        ("Money", "1.1.0", "Measure"): "Kita",
    }
    found = problems(editor.upload(filled(editor.download(), spoiled)))
    assert [problem.partition(": ")[0] for problem in found] == [
        "Measures, row 6, column J (Reason (lithuanian))",
        "Measures, row 7, column A (Code)",
        "Indicators, row 5, column J (Actual)",
        "Money, row 6, column B (Measure)",
    ]
