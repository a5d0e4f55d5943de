"""`plan_pages` and `reports` in a Wagtail site that has nothing of `cms`."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from plan_pages.exchange.workbook import write
from tests.plan_pages.exchange.test_store import a_plan
from tests.tools import ROOT


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated bare site with a plan in it."""
    folder = tmp_path_factory.mktemp("bare")
    (folder / "plan.xlsx").write_bytes(write(a_plan(), languages=["lt", "en"]))
    manage(folder, "migrate", "--verbosity", "0")
    manage(folder, "import_plan", str(folder / "plan.xlsx"), "--slug", "planas", "--group-editors")
    return folder


def run(folder: Path, *arguments: str) -> str:
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.bare.settings", "BARE_SITE": str(folder)}
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def manage(folder: Path, *arguments: str) -> str:
    return run(folder, "-m", "django", *arguments)


def test_it_shows_the_plan_its_chapter_and_a_measure(site: Path) -> None:
    lines = run(site, "-m", "tests.bare.visit").splitlines()
    assert [line.split()[0] for line in lines[:-1]] == ["200"] * 10
    # The chapter, the measure, and the plan as data.
    assert all(line.endswith("True") for line in lines[1:5])


def test_its_api_refuses_with_problems(site: Path) -> None:
    assert run(site, "-m", "tests.bare.visit").splitlines()[-1] == "404 application/problem+json"


def test_it_makes_a_report(site: Path) -> None:
    path = site / "report.pdf"
    manage(site, "make_report", "planas", "--kind", "council", "--period", "2026-Q1", "--out", str(path))
    assert path.read_bytes().startswith(b"%PDF-")


def test_its_migrations_are_ours_as_they_are_shipped(site: Path) -> None:
    manage(site, "makemigrations", "--check", "--dry-run", "--verbosity", "0")


DUE = """
import django
django.setup()
from datetime import timedelta
from django.core.management import call_command
from django.utils import timezone
from plan_pages.models import OutboxMail, Plan
from reports.models import Edition, ReportRecipient, ReportSchedule
ago = timezone.now() - timedelta(days=120)
schedule = ReportSchedule.objects.create(plan=Plan.objects.get(), kind="mayor", since=ago, release_at_once=True)
ReportRecipient.objects.create(schedule=schedule, address="mere@example.org")
call_command("run_due", verbosity=0)
call_command("verify_reports")
print(Edition.objects.count() > 0, set(OutboxMail.objects.values_list("state", flat=True)))
"""


def test_its_reports_are_made_when_they_are_due_and_mailed(site: Path) -> None:
    assert run(site, "-c", DUE).splitlines()[-1] == "True {'sent'}"
