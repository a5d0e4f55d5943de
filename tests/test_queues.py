"""The same site with another queue: settings only. Each in a process of its own, for apps are chosen when it starts."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tools import ROOT

CLEARING = """
import django
django.setup()
from datetime import timedelta
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from plan_pages import queue
from wagtail.tasks import delete_file_from_storage_task
call_command("migrate", verbosity=0)
now = timezone.now()
for status, days in (("SUCCESSFUL", 8), ("FAILED", 8), ("RUNNING", 2), ("SUCCESSFUL", 1), ("RUNNING", 0), ("READY", 30)):
    result = delete_file_from_storage_task.enqueue(["x", [], {}], "x")
    ago = now - timedelta(days=days, minutes=1)
    DBTaskResult.objects.filter(pk=result.id).update(status=status, started_at=ago, finished_at=ago)
print(queue.is_in_process(), queue.clear_dead(now), DBTaskResult.objects.count())
"""


def run(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "cms.settings.test"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_dead_rows_of_the_database_queue_are_cleared_away_wagtails_too(tmp_path: Path) -> None:
    done = run(CLEARING, TASK_QUEUE="database", DATABASE_URL=f"sqlite:///{tmp_path / 'queue.sqlite3'}")
    assert done.stdout.split() == ["False", "3", "3"], done.stderr


@pytest.mark.parametrize(
    ("name", "backend", "is_in_process"),
    [
        ("immediate", "ImmediateBackend", True),
        ("database", "DatabaseBackend", False),
        ("rq", "RQBackend", False),
    ],
)
def test_a_queue_is_chosen_by_settings_alone(name: str, backend: str, is_in_process: bool) -> None:
    code = (
        "import django; django.setup()\n"
        "from django_tasks import task_backends\n"
        "from plan_pages import queue\n"
        "print(type(task_backends['default']).__name__, queue.is_in_process())"
    )
    assert run(code, TASK_QUEUE=name).stdout.split() == [backend, str(is_in_process)]


def test_a_queue_that_there_is_not_is_refused_in_words() -> None:
    assert "TASK_QUEUE is immediate, database or rq" in run("import django; django.setup()", TASK_QUEUE="celery").stderr
