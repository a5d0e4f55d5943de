"""Workbooks of returns in tests: taken away, filled in with another program (openpyxl), uploaded again."""

import html
import io
import re
from collections.abc import Callable
from typing import Any

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from plan_pages.monitoring import ChapterReturn, ReportingPeriod
from tests.roles import City

Place = tuple[str, str, str]
"""Sheet, code of the row, heading of the column."""


class Editor:
    """A user at the workbook of a return, or of a period's indicators."""

    def __init__(
        self, city: City, name: str = "editor of A", of: ChapterReturn | ReportingPeriod | None = None
    ) -> None:
        self.city, self.client = city, Client()
        self.user = city.user(name)
        self.client.force_login(self.user)
        self.of = of or ChapterReturn.objects.first() or city.chapter_return()
        self.kind = "period" if isinstance(self.of, ReportingPeriod) else "return"

    def address(self, screen: str) -> str:
        return reverse(f"plan_pages_{self.kind}_{screen}", args=[self.of.pk])

    def download(self) -> bytes:
        response = self.client.get(self.address("workbook"))
        assert response.status_code == 200
        return response.content

    def upload(self, data: bytes, name: str = "ataskaita.xlsx") -> Any:
        file = SimpleUploadedFile(name, data)
        return self.client.post(self.address("upload"), {"workbook": file}, follow=True)

    def decide(self, deed: str = "confirm") -> Any:
        return self.client.post(self.address("preview"), {"deed": deed}, follow=True)

    def take_in(self, data: bytes) -> Any:
        """Upload and confirm."""
        response = self.upload(data)
        assert "proposal" in response.context, problems(response)
        return self.decide()


def problems(response: Any) -> list[str]:
    """What the screen says is wrong, as it is read there."""
    found = re.search(r"workbook-problems.*?<ul>(.*?)</ul>", response.content.decode(), re.DOTALL)
    return [html.unescape(each) for each in re.findall(r"<li>(.*?)</li>", found.group(1), re.DOTALL)] if found else []


def changes(response: Any) -> list[tuple[str, str, str, str]]:
    """What the preview shows: row, column, was, becomes."""
    return [
        (row.title.split()[0], change.name, change.was, change.becomes)
        for row in response.context["proposal"].rows
        for change in row.changes
    ]


def notes(response: Any) -> list[str]:
    return [note for row in response.context["proposal"].rows for change in row.changes for note in change.notes]


def resaved(data: bytes, change: Callable[[openpyxl.Workbook], None] | None = None) -> bytes:
    """The workbook as another program saves it, after a change."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    if change:
        change(book)
    file = io.BytesIO()
    book.save(file)
    book.close()
    return file.getvalue()


def cell_of(book: openpyxl.Workbook, place: Place) -> Any:
    """The cell of a row (by its code) under a heading; of a new line by its number: “+1”."""
    name, code, heading = place
    sheet = book[name]
    table = list(sheet.iter_rows())
    at = next(number for number, row in enumerate(table) if row[0].value in ("Code", "Kodas"))
    column = next(number for number, cell in enumerate(table[at], 1) if cell.value == heading)
    rows = table[at + 1 :]
    if code.startswith("+"):
        spare = [row for row in rows if not row[0].value and not row[0].protection.locked]
        return spare[int(code) - 1][column - 1]
    return next(row[column - 1] for row in rows if row[0].value == code)


def filled(data: bytes, cells: dict[Place, Any], formats: dict[Place, str] | None = None) -> bytes:
    def fill(book: openpyxl.Workbook) -> None:
        found = [(cell_of(book, place), value) for place, value in cells.items()]
        for cell, value in found:
            cell.value = value
        for place, number_format in (formats or {}).items():
            cell_of(book, place).number_format = number_format

    return resaved(data, fill)
