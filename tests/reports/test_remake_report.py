"""A report is made again from its snapshot: equal byte for byte, and what differs is said."""

import io
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.core.management import CommandError, call_command

from reports import pdf, snapshot
from reports.choices import ReportKind
from reports.generation import Report, make_report
from reports.pdf import file as pdf_file
from reports.pdf.comparison import Outcome, compare
from reports.pdf.spoken import version_of
from tests.reports import every
from tests.tools import ROOT

PLAN, PERIOD = every.demonstration()


@pytest.fixture(scope="module")
def report() -> Report:
    return make_report(snapshot.dump(PLAN), ReportKind.MAYOR, PERIOD, "lt")


@pytest.fixture
def files(report: Report, tmp_path: Path) -> Path:
    (tmp_path / "plan.json").write_bytes(report.snapshot)
    (tmp_path / "kept.pdf").write_bytes(report.pdf)
    return tmp_path


def remade(files: Path, **options: Any) -> str:
    said = io.StringIO()
    given = {"kind": "mayor", "period": str(PERIOD), "language": "lt", "compare": files / "kept.pdf", **options}
    call_command("remake_report", files / "plan.json", stdout=said, **given)
    return said.getvalue()


def test_the_same_report_is_the_same_byte_for_byte(files: Path) -> None:
    assert "byte for byte" in remade(files)


def test_report_and_twin_are_written(files: Path, report: Report) -> None:
    remade(files, out=files / "again.pdf", html=files / "again.html")
    assert (files / "again.pdf").read_bytes() == report.pdf
    assert (files / "again.html").read_bytes() == report.html


def test_another_report_is_told_apart_with_words(files: Path) -> None:
    with pytest.raises(CommandError, match="The text differs") as error:
        remade(files, language="en")
    assert error.value.returncode == 1


def test_a_changed_byte_of_the_same_renderer_is_found(files: Path, report: Report) -> None:
    (files / "kept.pdf").write_bytes(report.pdf + b"\n")
    with pytest.raises(CommandError, match="one renderer made both"):
        remade(files)


def _of_another_version(number: int) -> Any:
    return mock.patch.object(pdf_file, "PRODUCER", f"{pdf_file.CREATOR}, renderer {number}")


def test_of_another_version_the_text_decides(files: Path, report: Report) -> None:
    with _of_another_version(99):
        kept = make_report(report.snapshot, ReportKind.MAYOR, PERIOD, "lt").pdf
    assert version_of(kept) == 99
    (files / "kept.pdf").write_bytes(kept)
    assert "version 99 of the renderer" in remade(files)


def test_another_text_of_another_version_is_found(files: Path, report: Report) -> None:
    with _of_another_version(99):
        kept = make_report(report.snapshot, ReportKind.MAYOR, PERIOD, "en").pdf
    assert compare(report.pdf, kept).outcome is Outcome.OTHER_TEXT


@pytest.mark.parametrize(
    "damaged", [b"", b"%PDF-1.7 nothing", b"<pdf:Producer>City Strategic Plan, renderer 1</pdf:Producer>"]
)
def test_what_is_no_report_is_said_plainly(files: Path, damaged: bytes) -> None:
    (files / "kept.pdf").write_bytes(damaged)
    with pytest.raises(CommandError, match="not a report of this program"):
        remade(files)


def test_a_snapshot_that_cannot_be_read_is_said_plainly(files: Path) -> None:
    (files / "plan.json").write_text("{}")
    with pytest.raises(CommandError, match="not a snapshot"):
        remade(files)


def test_a_file_that_is_not_there_is_said_plainly(files: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        remade(files, compare=files / "nowhere.pdf")


def test_the_file_carries_the_version_of_its_renderer(report: Report) -> None:
    assert version_of(report.pdf) == pdf.VERSION


@pytest.mark.parametrize("kind", ["mayor", "council"])
def test_day_process_time_zone_and_hash_seed_change_nothing(kind: str, tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_bytes(snapshot.dump(PLAN))
    found = set()
    surroundings = (
        {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1", "SOURCE_DATE_EPOCH": "1", "LANG": "C"},
        {"TZ": "America/Anchorage", "PYTHONHASHSEED": "4242", "LANG": "lt_LT.UTF-8"},
    )
    for number, extra in enumerate(surroundings):
        out, twin = tmp_path / f"{number}.pdf", tmp_path / f"{number}.html"
        command = [sys.executable, "manage.py", "remake_report", str(tmp_path / "plan.json"), "--kind", kind]
        command += ["--period", str(PERIOD), "--language", "lt", "--out", str(out), "--html", str(twin)]
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "cms.settings.test", **extra}
        subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
        found.add((out.read_bytes(), twin.read_bytes()))
    report = make_report(snapshot.dump(PLAN), ReportKind(kind), PERIOD, "lt")
    assert found == {(report.pdf, report.html)}
