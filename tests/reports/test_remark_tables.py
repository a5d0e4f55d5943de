"""The table of remarks and answers as a PDF and its twin: whole, legible, PDF/UA-1 and PDF/A-3a, in both languages."""

import io
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from plan_pages.choices import Level, RemarkAnswer, RemarkKind
from plan_pages.domain.plan import Text
from plan_pages.domain.remarks import Remark, RemarkChapter, RemarkPart, RemarkTable
from reports.choices import FileFormat
from reports.compose.remarks import compose
from reports.document import Heading, Masthead, Row, Table, plain
from reports.pdf.spoken import spoken
from reports.remark_tables import make_table
from tests.plan_pages.preparation.town import Town
from tests.reports.twins import differences
from tests.reports.verapdf.checking import broken_rules

CHAPTERS = (
    RemarkChapter("10", Text.of({"lt": "Dešimtas skyrius", "en": "Chapter ten"})),
    RemarkChapter("2", Text.of({"lt": "Antras skyrius", "en": "Chapter two"})),
)


def a_table(count: int = 4, **fields: object) -> RemarkTable:
    return RemarkTable(
        plan=Text.of({"lt": "Miesto planas", "en": "City plan"}),
        title=Text.of({"lt": "Pastabos dėl projekto", "en": "Remarks on the draft"}),
        asked=Text.of({"lt": "Ar terminai tinka?\nAr rodikliai aiškūs?"}),
        owner=Text.of({"lt": "Miesto savivaldybė"}),
        opens=date(2026, 3, 2),
        due=date(2026, 3, 31),
        remarks=tuple(_remark(number) for number in range(1, count + 1)),
        slug="planas",
        **fields,  # type: ignore[arg-type]
    )


def _remark(number: int) -> Remark:
    answers = [*RemarkAnswer, None]
    answer = answers[number % len(answers)]
    chapter = None if number == 1 else CHAPTERS[number % 2]
    title = Text.of({"lt": f"Priemonė {number}"})
    part = RemarkPart(Level.MEASURE, f"{chapter.code}.1.{number}", title) if chapter else RemarkPart()
    return Remark(
        number=number,
        kind=list(RemarkKind)[number % 3],
        text=f"Pastabos {number} tekstas.\n\nAntra pastraipa – ąčęėįšųūž.",
        part=part,
        chapter=chapter,
        wording="Nauja formuluotė" if number % 2 else "",
        language="lt",
        author=Text.of({"lt": "Judumo grupė", "en": "Mobility group"}) if number != 3 else Text(),
        submitted=date(2026, 3, 10),
        answer=answer,
        reason="Nes nėra lėšų." if answer else "",
        answered=date(2026, 4, 2) if answer else None,
    )


def test_every_remark_stands_in_its_chapter_with_its_answer() -> None:
    document = compose(a_table(), "en")
    headings = [
        f"{block.number} {plain(block.text)}".strip() for block in document.blocks if isinstance(block, Heading)
    ]
    assert headings == ["The whole plan", "2 Chapter two", "10 Chapter ten"]
    tables = [block for block in document.blocks if isinstance(block, Table)]
    labels = [plain(row.cells[0]) for table in tables for row in table.rows if isinstance(row, Row)]  # type: ignore[arg-type]
    assert labels == ["K-0001", "K-0003", "K-0002", "K-0004"]


def test_the_summary_counts_the_answers() -> None:
    words = _words(make_table(a_table(), "en", FileFormat.PDF))
    assert "4 remarks were given." in words
    assert "Accepted: 1; partly accepted: 1; not accepted: 1; not answered yet: 1." in words


def test_a_table_without_remarks_says_so() -> None:
    assert "No remarks were given." in _words(make_table(a_table(0), "en", FileFormat.PDF))


def test_texts_of_a_remark_are_marked_with_their_language() -> None:
    heard = spoken(make_table(a_table(), "en", FileFormat.PDF))
    assert "Pastabos 2 tekstas. Antra pastraipa – ąčęėįšųūž." in " ".join(said.text for said in heard.said)
    assert 'lang="lt"' in make_table(a_table(), "en", FileFormat.HTML).decode()
    body = make_table(a_table(), "lt", FileFormat.HTML).decode().partition("<body")[2]
    assert 'lang="lt"' not in body


def test_a_citizen_is_not_named() -> None:
    assert "a citizen" in _words(make_table(a_table(), "en", FileFormat.PDF))


def test_what_is_withheld_is_said() -> None:
    assert "2 remarks are on parts of the plan" in _words(make_table(a_table(withheld=2), "en", FileFormat.PDF))


def test_demonstration_data_is_marked() -> None:
    assert compose(a_table(demonstration=True), "en").banner
    assert not compose(a_table(), "en").banner


@pytest.mark.parametrize("language", ["lt", "en"])
def test_the_twin_says_the_same(language: str) -> None:
    files = [make_table(a_table(), language, kind) for kind in (FileFormat.PDF, FileFormat.HTML)]
    assert differences(*files) == []


def test_the_same_table_is_the_same_file() -> None:
    assert make_table(a_table(), "lt", FileFormat.PDF) == make_table(a_table(), "lt", FileFormat.PDF)


def test_the_only_date_of_the_file_is_that_of_the_last_change() -> None:
    document = compose(a_table(), "en")
    assert document.data_date == date(2026, 4, 2)
    assert isinstance(document.blocks[0], Masthead)


def test_the_pdf_carries_the_table_as_a_workbook() -> None:
    reader = PdfReader(io.BytesIO(make_table(a_table(), "lt", FileFormat.PDF)))
    ((name, contents),) = reader.attachments.items()
    assert name == "planas-remarks-1.xlsx"
    assert load_workbook(io.BytesIO(contents[0])).worksheets[0]["A2"].value == "K-0001"


def test_it_conforms_in_every_language(tmp_path: Path) -> None:
    files = []
    for name, table in (("few", a_table()), ("none", a_table(0)), ("many", a_table(300, demonstration=True))):
        for language in ("lt", "en"):
            path = tmp_path / f"{name}-{language}.pdf"
            path.write_bytes(make_table(table, language, FileFormat.PDF))
            files.append(path)
    assert {path.stem: broken for path, broken in broken_rules(files).items() if broken} == {}


# At its address


@pytest.mark.django_db
def test_a_coordinator_downloads_it_from_the_rounds_screen() -> None:
    town = Town()
    town.a_remark(answer="accepted", reason="Pridėta")
    page = town.get("coordinator", "plan_pages_round", town.round.pk).content.decode()
    for ending, kind in (("pdf", "application/pdf"), ("html", "text/html; charset=utf-8")):
        address = f"/admin/preparation/rounds/{town.round.pk}/table-en.{ending}"
        assert f'href="{address}"' in page
        answer = town.client("coordinator").get(address)
        assert (answer.status_code, answer["Content-Type"]) == (200, kind)
    assert "Terminas per trumpas" in answer.content.decode()


@pytest.mark.django_db
def test_groups_read_it_once_it_is_published() -> None:
    town = Town()
    town.a_remark(answer="accepted")
    address = f"/admin/preparation/rounds/{town.round.pk}/table-lt.pdf"
    assert town.client("editor of B").get(address).status_code == 302
    town.publish()
    assert town.client("editor of B").get(address).status_code == 200
    assert town.client("reader").get(address).status_code == 302
    assert town.client("coordinator").get(address.replace("lt.pdf", "xx.pdf")).status_code == 404


def _words(pdf: bytes) -> str:
    return " ".join(" ".join(said.text for said in spoken(pdf).said).split())
