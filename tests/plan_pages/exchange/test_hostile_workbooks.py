"""A file may be made to harm: it is refused in a sentence, quickly, and nothing outside of it is touched."""

import io
import struct
import zipfile
from pathlib import Path
from typing import Any

import pytest

from plan_pages.spreadsheet import archive, problems, reading
from tests.plan_pages.exchange.workbooks import (
    errors,
    read_bytes,
    read_tables,
    saved,
    sheets,
    with_member,
    with_shared_texts,
)

DECLARED = "the file holds a document type declaration or an external entity and is refused"


def _zip(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "the file is not an XLSX workbook"),
        (b"code;title\n1;x", "the file is not an XLSX workbook"),
        (b"PK\x03\x04 and nothing more", "the file is damaged or cut off"),
        (_zip({"notes.txt": b"x"}), "the file is not an XLSX workbook"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
            "the file is protected by a password or of the old XLS format",
        ),
    ],
)
def test_what_is_no_workbook_is_refused(data: bytes, said: str) -> None:
    assert errors(read_bytes(data))[0].startswith(said)


def test_a_file_may_be_given_by_its_path_or_opened(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(saved(sheets()))
    with path.open("rb") as opened:
        assert read_bytes(opened) == read_bytes(path) == read_bytes(path.read_bytes())  # type: ignore[arg-type]


def test_what_unpacks_beyond_the_limit_is_refused_before_it_is_unpacked() -> None:
    bomb = _zip({"xl/workbook.xml": b"<workbook/>", "xl/media/image1.png": bytes(archive.UNPACKED_LIMIT)})
    assert len(bomb) < 100_000
    assert errors(read_bytes(bomb)) == ["the file is larger than 50 MB when it is unpacked"]


def test_a_member_that_lies_about_its_size_gives_no_more_than_it_claims() -> None:
    data = bytearray(_zip({"xl/workbook.xml": b" " * 10_000_000}))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", data, data.index(signature) + offset, 100)
    assert errors(read_bytes(bytes(data))) == ["the file is damaged or cut off"]


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_packing_that_can_burst_is_refused(method: int) -> None:
    assert errors(read_bytes(_zip({"xl/workbook.xml": b" " * 1000}, method))) == ["the file is damaged or cut off"]


def test_two_members_of_one_name_are_refused() -> None:
    data = _zip({"xl/workbook.xml": b"<a/>", "xl/workbook.xmL": b"<b/>"}).replace(b"workbook.xmL", b"workbook.xml")
    assert errors(read_bytes(data)) == ["the file is damaged or cut off"]


@pytest.mark.parametrize("cut", [0.2, 0.5, 0.9, 0.99])
def test_a_cut_off_file_is_damaged(cut: float) -> None:
    data = saved(sheets())
    assert errors(read_bytes(data[: int(len(data) * cut)])) == ["the file is damaged or cut off"]


def test_a_changed_byte_is_noticed() -> None:
    data = bytearray(saved(sheets()))
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        member = file.getinfo("xl/worksheets/sheet1.xml")
    data[member.header_offset + 30 + len(member.filename) + member.compress_size // 2] ^= 0xFF
    assert errors(read_bytes(bytes(data)))


@pytest.mark.parametrize(
    "declaration",
    [
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
        b'<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd">',
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>',
        b"<!DOCTYPE x>",
    ],
)
@pytest.mark.parametrize(
    ("member", "place"),
    [
        ("xl/worksheets/sheet4.xml", "goals: "),
        ("xl/workbook.xml", ""),
        ("xl/sharedStrings.xml", ""),
        ("xl/styles.xml", ""),
        ("_rels/.rels", ""),
        ("docProps/core.xml", ""),
    ],
)
def test_a_document_type_declaration_refuses_the_file(member: str, place: str, declaration: bytes) -> None:
    def declare(xml: bytes) -> bytes:
        head, mark, rest = xml.partition(b"?>") if xml.startswith(b"<?xml") else (b"", b"", xml)
        return head + mark + declaration + rest

    assert errors(read_bytes(with_member(with_shared_texts(saved(sheets())), member, declare))) == [
        f"{place}{DECLARED}"
    ]


def test_a_declaration_in_another_encoding_is_seen() -> None:
    def declare(xml: bytes) -> bytes:
        text = xml.decode().partition("?>")[2] if xml.startswith(b"<?xml") else xml.decode()
        return f'<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x>{text}'.encode("utf-16")

    assert errors(read_bytes(with_member(saved(sheets()), "xl/worksheets/sheet4.xml", declare))) == [
        f"goals: {DECLARED}"
    ]


def test_a_sheet_that_is_not_well_formed_does_not_hide_the_errors_of_others() -> None:
    tables = sheets()
    tables["progress"][1][3] = 140
    outcome = read_bytes(with_member(saved(tables), "xl/worksheets/sheet6.xml", lambda xml: xml[:-20]))
    assert errors(outcome) == [
        "measures: the XML of this sheet is not well-formed and cannot be read",
        "progress, row 2, column percent: 140 is not within 0–100",
    ]


def test_a_tag_without_end_is_refused() -> None:
    data = with_member(saved(sheets()), "xl/worksheets/sheet6.xml", lambda xml: b"<worksheet a='" + b"x" * 5_000_000)
    assert errors(read_bytes(data)) == ["measures: the XML of this sheet is not well-formed and cannot be read"]


def test_a_claim_to_fill_the_whole_sheet_is_not_believed() -> None:
    def claim(xml: bytes) -> bytes:
        assert b'ref="A1:B2"' in xml
        return xml.replace(b'ref="A1:B2"', b'ref="A1:XFD1048576"')

    assert read_bytes(with_member(saved(sheets()), "xl/worksheets/sheet2.xml", claim)).plan


def test_more_rows_than_allowed_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("plan_pages.exchange.workbook.tables.ROW_LIMIT", 3)
    tables = sheets()
    tables["budget"] += [["1.1.1.1", 2027 + extra, "SB"] for extra in range(2)]
    assert read_tables(tables).plan
    tables["budget"].append(["1.1.1.1", 2030, "SB"])
    assert errors(read_tables(tables)) == ["budget: the sheet has more than 3 rows"]


def test_more_columns_than_allowed_are_an_error() -> None:
    tables = sheets()
    tables["groups"][0] += [f"x{number}" for number in range(reading.COLUMN_LIMIT - 2)]
    assert read_tables(tables).plan
    tables["groups"][0].append("one more")
    assert errors(read_tables(tables)) == ["groups, row 1: the sheet has more than 64 columns"]


def test_a_far_cell_is_an_error_too() -> None:
    def far(workbook: Any) -> None:
        workbook["groups"]["XFD9"] = "far"

    assert errors(read_tables(sheets(), far)) == ["groups, row 9: the sheet has more than 64 columns"]


@pytest.mark.parametrize("number", [b"1e999999", b"NaN", b"INF", b"0x10", b"1_000", b"9" * 5000])
def test_a_number_beyond_all_bounds_is_an_error(number: bytes) -> None:
    def change(xml: bytes) -> bytes:
        assert b"<v>12000</v>" in xml
        return xml.replace(b"<v>12000</v>", b"<v>" + number + b"</v>")

    told = errors(read_bytes(with_member(saved(sheets()), "xl/worksheets/sheet9.xml", change)))
    assert len(told) == 1
    assert told[0].startswith("budget, row 2, column planned: ")
    assert len(told[0]) < 200


def test_the_list_of_errors_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(problems, "MOST_PROBLEMS", 5)
    tables = sheets()
    tables["progress"] += [["9", "2026-Q1", "x"] for _row in range(20)]
    outcome = read_tables(tables)
    assert len(outcome.errors) == 6
    assert str(outcome.errors[0]) == "more than 5 such lines; the rest is not listed"


def test_what_stands_in_a_cell_cannot_forge_a_line_of_the_list() -> None:
    tables = sheets()
    tables["progress"][1][2] = "x\nplan: all is well\u202e\u2028"
    told = errors(read_tables(tables))
    assert len(told) == 1
    assert len(told[0].splitlines()) == 1
