"""The project's own rules, held by its test command: contracts, style, types, migrations, translations."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from django.core.management import call_command

from tests.tools import ROOT, need_program

CATALOGUE = ROOT / "locale" / "lt" / "LC_MESSAGES" / "django.po"
PLACEHOLDERS = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}")


def run(program: str, *arguments: str) -> None:
    """Run a tool that stands beside this Python; the test fails with what it printed."""
    command = [str(Path(sys.executable).parent / program), *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_imports_keep_to_the_contracts() -> None:
    run("lint-imports", "--no-cache", "--no-logo")


def test_the_style_is_kept() -> None:
    run("ruff", "check", ".")


def test_the_layout_is_kept() -> None:
    run("ruff", "format", "--check", ".")


def test_types_are_right() -> None:
    run("mypy")


@pytest.mark.django_db
def test_migrations_are_complete() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_the_plan_and_the_document_load_without_a_database() -> None:
    modules = "plan_pages.domain.progress, plan_pages.domain.rules, reports.document, reports.compose, reports.snapshot"
    code = (
        f"import sys, {modules}\n"
        "from django.conf import settings\n"
        "found = sorted(name for name in sys.modules if name.startswith(('django.db', 'wagtail', 'reportlab')))\n"
        "assert not found, found\n"
        "assert not settings.configured"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_no_text_to_translate_hides_in_an_f_string() -> None:
    """GNU gettext does not find it there, whatever the catalogue says."""
    hidden = []
    for folder in ("cms", "plan_pages", "reports"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if not isinstance(node, ast.JoinedStr):
                    continue
                calls = [each for each in ast.walk(node) if isinstance(each, ast.Call)]
                names = {each.func.id for each in calls if isinstance(each.func, ast.Name)}
                if names & {"_", "gettext", "ngettext", "pgettext", "npgettext"}:
                    hidden.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert hidden == []


def catalogue() -> polib.POFile:
    return polib.pofile(str(CATALOGUE))


def test_every_text_has_its_lithuanian() -> None:
    entries = [entry for entry in catalogue() if not entry.obsolete]
    assert len(entries) > 300
    missing = [entry.msgid for entry in entries if not entry.translated()]
    assert missing == []


def test_every_plural_has_all_its_lithuanian_forms() -> None:
    forms = int(re.search(r"nplurals=(\d)", catalogue().metadata["Plural-Forms"])[1])  # type: ignore[index]
    short = [
        entry.msgid
        for entry in catalogue()
        if entry.msgid_plural and (len(entry.msgstr_plural) != forms or not all(entry.msgstr_plural.values()))
    ]
    assert short == []


def test_translations_keep_the_placeholders() -> None:
    wrong = []
    for entry in catalogue():
        wanted = set(PLACEHOLDERS.findall(entry.msgid)) | set(PLACEHOLDERS.findall(entry.msgid_plural or ""))
        for text in [entry.msgstr, *entry.msgstr_plural.values()]:
            if text and not set(PLACEHOLDERS.findall(text)) <= wanted:
                wrong.append((entry.msgid, text))
            if text and not entry.msgid_plural and set(PLACEHOLDERS.findall(text)) != wanted:
                wrong.append((entry.msgid, text))
    assert wrong == []


def test_the_catalogue_has_every_text_of_the_code(tmp_path: Path) -> None:
    need_program("xgettext", "gettext")
    copy = tmp_path / "project"
    copy.mkdir()
    files = (
        subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "cms", "plan_pages", "reports"],
            cwd=ROOT,
            capture_output=True,
            check=True,
        )
        .stdout.decode()
        .split("\0")
    )
    for name in filter(None, files):
        target = copy / name
        if (ROOT / name).suffix in {".py", ".html", ".txt"} and (ROOT / name).exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((ROOT / name).read_bytes())
    (copy / "locale").mkdir()
    subprocess.run(
        [sys.executable, "-m", "django", "makemessages", "-l", "lt", "--no-location", "--verbosity", "0"],
        cwd=copy,
        check=True,
        capture_output=True,
        env={name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"},
    )
    found = polib.pofile(str(copy / "locale" / "lt" / "LC_MESSAGES" / "django.po"))
    known = {(entry.msgctxt, entry.msgid) for entry in catalogue()}
    assert [entry.msgid for entry in found if (entry.msgctxt, entry.msgid) not in known] == []
