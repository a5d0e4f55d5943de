"""Workbooks as other programs save them: LibreOffice itself, and files written as Excel writes them."""

import io
import re
import subprocess
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from plan_pages.choices import Status
from plan_pages.monitoring import BudgetEntry, BudgetLine, Entry, IndicatorValue
from plan_pages.register import Indicator
from tests.plan_pages.editing.workbooks import Editor, changes, filled, problems
from tests.roles import City
from tests.tools import need_program

pytestmark = pytest.mark.django_db
SHARED = "xl/sharedStrings.xml"
MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
KIND = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
Resave = Callable[[bytes], bytes]

TEXTS = ["=1+1", "+370 600 00000", "-5", "@vardas", "a\nb", "1.10", "  <b>&amp;</b>", "_x0041_", "ąčęėįšųūž „“"]
FILLED = {
    ("Measures", "1.1.0", "Status"): "Delayed",
    ("Measures", "1.1.0", "Percent"): 45.5,
    ("Measures", "1.1.0", "Reason (lithuanian)"): "Pirmas\nAntras",
    ("Measures", "1.1.1", "What was done (lithuanian)"): None,
    ("Indicators", "R1", "Actual"): 1234.56789,
    ("Money", "1.1.0", "Spent, EUR"): 40.5,
    ("Money", "+1", "Code"): "1.1.1",
    ("Money", "+1", "Year"): 2026,
    ("Money", "+1", "Fund"): "ES",
    ("Money", "+1", "Planned, EUR"): 7,
}


@pytest.fixture
def editor() -> Editor:
    """Of a return in which every kind of row is there, with what is hard to keep."""
    city = City(measures=2 + len(TEXTS))
    found = city.chapter_return()
    measures = list(city.chapter_a.chapter.measures.order_by("position"))
    for measure, text in zip(measures[1:], TEXTS, strict=False):
        Entry.objects.create(
            chapter_return=found,
            measure=measure,
            status=Status.ON_TRACK,
            percent=Decimal("33.333333333333"),
            note={"lt": text, "en": text},
        )
    IndicatorValue.objects.create(
        indicator=Indicator.objects.get(), period=city.period, target=Decimal("123456789012.111111111111")
    )
    BudgetLine.objects.create(measure=measures[0], year=2026, fund="SB", planned=Decimal("1234567.89"))
    return Editor(city)


@pytest.fixture(scope="session")
def by_libre_office(tmp_path_factory: pytest.TempPathFactory) -> Resave:
    """Opens the file in LibreOffice and saves it as XLSX."""
    program = need_program("soffice", "libreoffice-calc-nogui")
    folder = tmp_path_factory.mktemp("libreoffice")

    def resave(data: bytes) -> bytes:
        given, made = folder / "given.xlsx", folder / "made"
        given.write_bytes(data)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        order = [program, profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(made)]
        subprocess.run([*order, str(given)], check=True, capture_output=True, timeout=300)
        found: Path = made / "given.xlsx"
        return found.read_bytes()

    return resave


def by_excel(data: bytes) -> bytes:
    """The same workbook as Excel writes it: texts shared, with spaces kept, split into runs and with phonetic hints;
    members at absolute paths; the text type of formulas' results; a namespace prefix."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        members = {name: old.read(name) for name in old.namelist()}
        known = re.findall(rb"<si><t[^>]*>(.*?)</t></si>", members.pop(SHARED, b""), flags=re.DOTALL)
        texts = {text: number for number, text in enumerate(known)}
        assert len(texts) == len(known)

        def shared(found: re.Match[bytes]) -> bytes:
            return b't="s"><v>%d</v>' % texts.setdefault(found.group(1), len(texts))

        for name, content in members.items():
            if name.startswith("xl/worksheets/"):
                content = re.sub(rb't="inlineStr"><is><t[^>]*>(.*?)</t></is>', shared, content, flags=re.DOTALL)
                # One text is the result of a formula: it stands in its cell.
                if b"Delayed" in texts:
                    once = b't="s"><v>%d</v>' % texts[b"Delayed"]
                    content = content.replace(once, b't="str"><f>"x"</f><v>Delayed</v>')
            elif name == "xl/_rels/workbook.xml.rels":
                content = re.sub(rb'Target="(?!/)', b'Target="/xl/', content)
                if b"sharedStrings" not in content:
                    one = b'<Relationship Id="rId99" Type="%b" Target="/%b"/>' % (KIND, SHARED.encode())
                    content = content.replace(b"</Relationships>", one + b"</Relationships>")
            new.writestr(name, content)
        items = b"".join(_item(text) for text in texts)
        new.writestr(SHARED, b'<x:sst xmlns:x="%b">%b</x:sst>' % (MAIN, items))
    return packed.getvalue()


def _item(text: bytes) -> bytes:
    """In two runs where it can be cut without cutting a sign of XML, with a hint that is no part of the text."""
    cut = 1 if re.match(rb"[A-Za-z]{2}", text) else 0
    kept = b'<x:t xml:space="preserve">%b</x:t>'
    runs = b"".join(b"<x:r><x:rPr><x:b/></x:rPr>%b</x:r>" % (kept % part) for part in (text[:cut], text[cut:]) if part)
    return b'<x:si>%b<x:rPh sb="0" eb="1"><x:t>hint</x:t></x:rPh></x:si>' % runs


EXPECTED = [
    ("1.1.0", "Status", "", "Delayed"),
    ("1.1.0", "Percent", "", "45.5"),
    ("1.1.0", "Reason (lithuanian)", "", "Pirmas\nAntras"),
    ("1.1.1", "What was done (lithuanian)", "=1+1", ""),
    ("1.1.1", "What was done (english)", "=1+1", ""),
    ("R1", "Actual", "", "1,234.56789"),
    ("1.1.0", "Spent, EUR", "", "40.5"),
    ("1.1.1", "Planned, EUR", "", "7"),
]


@pytest.fixture(params=["LibreOffice", "Excel"])
def resave(request: pytest.FixtureRequest) -> Resave:
    found: Resave = request.getfixturevalue("by_libre_office") if request.param == "LibreOffice" else by_excel
    return found


def test_saved_by_another_program_it_changes_nothing_and_filled_in_exactly_that(editor: Editor, resave: Resave) -> None:
    data, target = editor.download(), IndicatorValue.objects.get().target
    response = editor.upload(resave(data))
    assert (problems(response), response.context.get("unchanged")) == ([], True)
    cells = FILLED | {("Measures", "1.1.1", "What was done (english)"): None}
    response = editor.upload(resave(filled(data, cells)))
    assert problems(response) == []
    assert changes(response) == EXPECTED
    editor.decide()
    first = Entry.objects.get(measure__code="1.1.0")
    assert (first.percent, first.reason) == (Decimal("45.5"), {"lt": "Pirmas\nAntras"})
    value = IndicatorValue.objects.get()
    assert (value.actual, value.target) == (Decimal("1234.56789"), target)
    assert BudgetEntry.objects.count() == 2


def test_it_can_be_filled_in_after_another_program_has_saved_it(editor: Editor, by_libre_office: Resave) -> None:
    data = filled(by_libre_office(editor.download()), {("Measures", "1.1.0", "Status"): "Delayed"})
    assert problems(editor.upload(data)) == [
        "Measures, row 6, column J (Reason (lithuanian)): Say why: a measure that is delayed or stopped needs a reason."
    ]


def test_another_program_keeps_protection_lists_and_hidden_sheets(editor: Editor, by_libre_office: Resave) -> None:
    with zipfile.ZipFile(io.BytesIO(by_libre_office(editor.download()))) as archive:
        workbook = archive.read("xl/workbook.xml").decode()
        sheet = archive.read("xl/worksheets/sheet2.xml").decode()
    assert re.search(r'name="_" sheetId="\d+" state="(hidden|veryHidden)"', workbook)
    assert "!$B$1:$B$5" in sheet
    assert "sheetProtection" in sheet
