"""CSV for spreadsheets, opened by LibreOffice: the same letters and numbers come out, and nothing has run."""

import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from plan_pages.open_data.tables import BY_KEY
from tests.plan_pages.open_data.town import FILES, FORMULA, TITLE, a_plan, body
from tests.tools import need_program

pytestmark = pytest.mark.django_db

# Of LibreOffice: between columns, around texts, UTF-8, first line; what the language's numbers look like.
LANGUAGES = {"lt": ("59", "1063"), "en": ("44", "2057")}


@pytest.fixture
def opened(tmp_path: Path) -> Any:
    soffice = need_program("soffice", "libreoffice-calc-nogui")
    a_plan()

    def open_table(key: str, language: str) -> list[dict[str, Any]]:
        between, numbers = LANGUAGES[language]
        file = tmp_path / f"{key}.csv"
        file.write_bytes(body(f"{FILES}/{key}.csv?for=spreadsheet&language={language}"))
        subprocess.run(
            [
                *(soffice, f"-env:UserInstallation=file://{tmp_path / 'profile'}", "--headless"),
                *(f"--infilter=CSV:{between},34,76,1,,{numbers},false,true", "--convert-to", "xlsx"),
                *("--outdir", str(tmp_path), str(file)),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
        (sheet,) = openpyxl.load_workbook(tmp_path / f"{key}.xlsx").worksheets
        _heads, *rows = sheet.iter_rows(values_only=True)
        return [dict(zip(BY_KEY[key].columns, row, strict=True)) for row in rows]

    return open_table


@pytest.mark.parametrize("language", LANGUAGES)
def test_libreoffice_reads_the_right_letters_and_numbers(opened: Any, language: str) -> None:
    park, school, _third = opened("measures", language)
    assert park["title"] == {"lt": TITLE, "en": "A park"}[language]
    assert (park["planned"], park["spent"], park["percent"]) == (1240500.5, 0.05, 40)
    assert park["end"].date() == date(2099, 12, 31)
    assert park["responsible"] == "Aplinkos skyrius"
    assert park["status"] == {"lt": "Vėluoja", "en": "Delayed"}[language]
    assert school["title"] == f"'{FORMULA}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_libreoffice_takes_codes_for_no_numbers(opened: Any, language: str) -> None:
    assert [each["code"].lstrip("'") for each in opened("goals", language)] == ["1.1", "2.1"]


def test_libreoffice_reads_negative_values(opened: Any) -> None:
    assert opened("values", "lt")[0]["actual"] == -1234.5
