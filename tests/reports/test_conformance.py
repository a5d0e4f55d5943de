"""Every report is PDF/UA-1 and PDF/A-3a, with its data in it: veraPDF says so, and finds the faults that are planted."""

import hashlib
import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from pypdf import PdfReader

from plan_pages.exchange import workbook
from plan_pages.funds import funds
from reports import pdf, snapshot
from reports.choices import ReportKind
from reports.generation import Report, make_report
from reports.pdf.canvas import Canvas
from tests.reports import every
from tests.reports.pdf import sample
from tests.reports.verapdf.checking import Broken, broken_rules

PLANS = {"demonstration": every.demonstration, "worst case": every.worst_case, "real": every.real}


def _written(folder: Path, name: str, content: bytes) -> Path:
    path = folder / f"{name}.pdf"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("plan", PLANS)
def test_every_kind_in_every_language_conforms(plan: str, tmp_path: Path) -> None:
    with every.missing_glyphs_expected():
        files = [_written(tmp_path, name, report.pdf) for name, report in every.reports(*PLANS[plan]())]
    assert {path.stem.split("-")[0] for path in files} == set(ReportKind)
    assert {path.stem: broken for path, broken in broken_rules(files).items() if broken} == {}


@contextmanager
def _artifacts_unmarked() -> Iterator[None]:
    """As if lines and shapes were drawn without anyone saying what they belong to, and strictness were off."""

    @contextmanager
    def artifact(self: Canvas, kind: str = "") -> Iterator[None]:
        yield

    with mock.patch.object(Canvas, "artifact", artifact), mock.patch.object(Canvas, "_demand_scope"):
        yield


def test_planted_faults_are_found(tmp_path: Path) -> None:
    attached = pdf.Attachment("a.json", "application/json", b"{}", "Duomenys")
    sound = pdf.render(sample.brief(), attachments=(attached,), compress=False)
    with _artifacts_unmarked():
        untagged = pdf.render(sample.brief())
    planted = {
        "sound": sound,
        "untagged drawing": untagged,
        "figure without words": sound.replace(b"/Alt <", b"/Xlt <"),
        "header without scope": sound.replace(b"/Scope/Column", b"/Scopf/Column"),
        "attachment without its relationship": sound.replace(b"/AFRelationship/Data", b"/AFRelationshiq/Data"),
        "no title shown": sound.replace(b"/DisplayDocTitle true", b"/DisplayDocTitlf true"),
    }
    assert len(set(planted.values())) == len(planted)
    found = broken_rules([_written(tmp_path, name, content) for name, content in planted.items()])
    rules = {path.stem: {_rule(broken) for broken in each} for path, each in found.items()}
    assert rules.pop("sound") == set()
    assert rules == {
        "untagged drawing": {"PDF/UA-1 7.1-3"},
        "figure without words": {"PDF/UA-1 7.3-1"},
        "header without scope": {"PDF/UA-1 7.5-1"},
        "attachment without its relationship": {"PDF/A-3a 6.8-3"},
        "no title shown": {"PDF/UA-1 7.1-10"},
    }


def _rule(broken: Broken) -> str:
    return f"{broken.profile} {broken.rule}"


@pytest.fixture(scope="module")
def report() -> Report:
    plan, period = every.demonstration()
    return make_report(snapshot.dump(plan), ReportKind.COUNCIL, period, "lt")


def _files(made: bytes) -> dict[str, Any]:
    catalog: Any = PdfReader(io.BytesIO(made)).trailer["/Root"]
    named = catalog["/Names"]["/EmbeddedFiles"]["/Names"]
    assert [each.get_object() for each in named[1::2]] == [each.get_object() for each in catalog["/AF"]]
    assert named[::2] == sorted(named[::2])
    return {each.get_object()["/UF"]: each.get_object() for each in catalog["/AF"]}


def test_the_snapshot_is_attached_and_gives_the_report_again(report: Report) -> None:
    files = _files(report.pdf)
    (name,) = [name for name in files if name.endswith(".json")]
    taken = files[name]["/EF"]["/UF"].get_data()
    assert taken == report.snapshot
    again = make_report(taken, ReportKind.COUNCIL, every.demonstration()[1], "lt")
    assert again.pdf == report.pdf


def test_the_workbook_is_attached_and_holds_the_plan(report: Report) -> None:
    files = _files(report.pdf)
    (name,) = [name for name in files if name.endswith(".xlsx")]
    content = files[name]["/EF"]["/F"].get_data()
    outcome = workbook.read(content, languages=every.LANGUAGES, funds=funds())
    assert outcome.errors == ()
    assert outcome.plan is not None
    codes = [measure.code for measure in outcome.plan.measures()]
    assert codes == [measure.code for measure in every.demonstration()[0].measures()]


def test_an_attached_file_says_what_it_is_and_how_to_check_it(report: Report) -> None:
    for name, found in _files(report.pdf).items():
        assert found["/AFRelationship"] == ("/Source" if name.endswith(".json") else "/Data")
        assert len(found["/Desc"]) > 20
        content = found["/EF"]["/F"]
        data = content.get_data()
        parameters = content["/Params"]
        assert parameters["/Size"] == len(data)
        checksum = parameters["/CheckSum"]
        assert getattr(checksum, "original_bytes", checksum) == hashlib.md5(data).digest()
        assert parameters["/ModDate"].startswith("D:2026")


def test_attached_files_are_described_in_the_language_of_the_report(report: Report) -> None:
    english = make_report(report.snapshot, ReportKind.COUNCIL, every.demonstration()[1], "en")
    assert any("workbook" in found["/Desc"] for found in _files(english.pdf).values())


def test_two_attached_files_of_one_name_are_refused() -> None:
    one = pdf.Attachment("ą.json", "application/json", b"{}", "Duomenys")
    other = pdf.Attachment("a.json", "application/json", b"[]", "Duomenys")
    with pytest.raises(ValueError, match="one name"):
        pdf.render(sample.brief(), attachments=(one, other))


@pytest.mark.parametrize(("name", "mime", "words"), [("", "a/b", "Data"), ("a", "ab", "Data"), ("a", "a/b", " ")])
def test_an_attached_file_needs_name_kind_and_words(name: str, mime: str, words: str) -> None:
    with pytest.raises(ValueError, match=r"attached file needs|no kind of file"):
        pdf.Attachment(name, mime, b"", words)


def test_an_attached_file_changes_the_identifier_of_the_file() -> None:
    with_one = pdf.render(sample.brief(), attachments=(pdf.Attachment("a", "a/b", b"1", "x"),))
    with_other = pdf.render(sample.brief(), attachments=(pdf.Attachment("a", "a/b", b"2", "x"),))
    found = [str(PdfReader(io.BytesIO(made)).trailer["/ID"]) for made in (with_one, with_other)]
    assert found[0] != found[1]


def test_only_the_characters_that_were_planted_are_missing(caplog: pytest.LogCaptureFixture) -> None:
    plan, period = every.demonstration()
    with caplog.at_level(logging.WARNING):
        make_report(snapshot.dump(plan), ReportKind.MAYOR, period, "lt")
    assert caplog.records == []
