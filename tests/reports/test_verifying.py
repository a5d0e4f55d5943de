"""`verify_reports`: what was changed behind the archive's back is found; what is whole is said to be."""

import io
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection

from reports import files, insert_only, verifying
from reports.verifying import verify
from tests.reports.city import an_edition

pytestmark = pytest.mark.django_db


def faults() -> list[str]:
    return [finding.fault for finding in verify() if finding.fault]


def change(path: str, content: bytes) -> None:
    place = files.storage()
    place.delete(path)
    place.save(path, ContentFile(content))


def test_a_whole_archive_is_said_to_be_whole() -> None:
    an_edition(languages=["lt", "en"])
    said = io.StringIO()
    call_command("verify_reports", stdout=said)
    assert said.getvalue() == "Checked: bytes 4, snapshot 1, sum 5, triggers 1.\nEverything is as it was.\n"


def test_a_changed_file_is_found() -> None:
    edition = an_edition()
    path = edition.files.get(format="pdf").path
    change(path, files.read(path).replace(b"/Title", b"/Titel"))
    assert "The file was changed: its sum is another." in faults()


def test_a_missing_file_is_found() -> None:
    files.storage().delete(an_edition().files.get(format="html").path)
    with pytest.raises(CommandError, match=r"fault"):
        call_command("verify_reports", stdout=io.StringIO(), stderr=io.StringIO())


def test_another_renderer_of_the_same_words_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    an_edition()
    monkeypatch.setattr(verifying, "renderer_version", lambda: "2+other")
    assert [finding.check for finding in verify()].count("text") == 2
    assert faults() == []


def test_another_renderer_of_other_words_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    an_edition(languages=["lt"])
    make: Any = verifying.make_report
    monkeypatch.setattr(verifying, "renderer_version", lambda: "2+other")
    monkeypatch.setattr(
        verifying, "make_report", lambda taken, kind, period, language, **rest: make(taken, kind, period, "en", **rest)
    )
    assert len(faults()) == 2


def test_the_same_renderer_must_give_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    an_edition()
    make: Any = verifying.make_report
    monkeypatch.setattr(
        verifying, "make_report", lambda taken, kind, period, language, **rest: make(taken, kind, period, "en", **rest)
    )
    assert faults() == ["Made again by the same renderer, the file has other bytes."] * 2


def test_missing_triggers_are_found() -> None:
    insert_only.remove(connection)
    try:
        assert "reports_edition_no_delete" in faults()[0]
    finally:
        insert_only.install(connection)
