"""`run_due`, and the queue behind it: a hint that may be lost, doubled or dead, and never the truth."""

import io
import os
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from redis.exceptions import RedisError

from plan_pages import queue
from plan_pages.outbox import OutboxMail
from reports import work
from reports.choices import JobState
from reports.making import make_task
from reports.management.commands import run_due
from reports.models.editions import Edition
from reports.models.jobs import ReportJob
from reports.work import tick
from tests.reports.city import NOW, a_schedule, moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def handed(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """A site with workers; what they are told."""
    told: list[tuple[str, int]] = []
    monkeypatch.setattr(queue, "is_in_process", lambda: False)
    monkeypatch.setattr(queue, "hand_over", lambda task, key: told.append((task.name, key)))
    return told


def test_one_call_makes_and_sends_what_is_due() -> None:
    a_schedule(since=timezone.now() - timedelta(days=200))
    said = io.StringIO()
    call_command("run_due", stdout=said)
    assert Edition.objects.count() == OutboxMail.objects.filter(state="sent").count() > 0
    assert "begun: " in said.getvalue()


def test_a_call_with_nothing_to_do_says_nothing() -> None:
    said = io.StringIO()
    call_command("run_due", stdout=said)
    assert said.getvalue() == ""


def test_workers_are_told_of_each_report_once(handed: list[tuple[str, int]]) -> None:
    a_schedule(since=moment("2026-04-01T00:00"))
    for _round in range(3):
        tick(NOW)
    assert handed == [("make_task", ReportJob.objects.get().pk)]


def test_what_the_queue_has_lost_is_told_again_after_a_lease(handed: list[tuple[str, int]]) -> None:
    a_schedule(since=moment("2026-04-01T00:00"))
    tick(NOW)
    tick(NOW + timedelta(minutes=11))
    assert len(handed) == 2


def test_a_task_that_comes_twice_makes_one_report(handed: list[tuple[str, int]]) -> None:
    a_schedule(since=moment("2026-04-01T00:00"))
    tick(NOW)
    for _time in range(2):
        make_task.call(ReportJob.objects.get().pk)
    assert Edition.objects.count() == 1


def test_a_task_of_a_row_that_is_gone_does_nothing() -> None:
    make_task.call(999)
    assert not Edition.objects.exists()


def test_the_next_report_is_told_of_when_the_one_before_it_is_made(handed: list[tuple[str, int]]) -> None:
    a_schedule()
    tick(NOW)
    earlier, later = ReportJob.objects.order_by("last_day")
    assert handed == [("make_task", earlier.pk)]
    make_task.call(earlier.pk)
    assert ("make_task", later.pk) in handed


def test_mails_are_handed_over_after_the_report(handed: list[tuple[str, int]]) -> None:
    a_schedule(since=moment("2026-04-01T00:00"))
    tick(NOW)
    make_task.call(ReportJob.objects.get().pk)
    assert handed[-1] == ("post_task", OutboxMail.objects.get().pk)


def test_a_round_whose_queue_is_away_is_not_the_last_one(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def away(now: Any) -> Any:
        raise RedisError("connection refused")

    monkeypatch.setattr(run_due, "tick", away)
    assert run_due.Command()._round_whatever_happens() == 0
    assert "connection refused" in caplog.text


def test_a_trial_that_was_mailed_is_cleared_away_after_a_week(monkeypatch: pytest.MonkeyPatch) -> None:
    path = work.files.keep(b"%PDF-", "pdf", work.files.TRIALS)
    tick(timezone.now())
    assert work.files.storage().exists(path)
    tick(timezone.now() + timedelta(days=8))
    assert not work.files.storage().exists(path)


@pytest.mark.parametrize(("age", "is_there"), [(timedelta(hours=23), True), (timedelta(hours=25), False)])
def test_what_a_killed_process_left_half_written_is_cleared_away_after_a_day(
    monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path, age: timedelta, is_there: bool
) -> None:
    on_disk = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "reports": on_disk}
    kept = Path(work.files.storage().path(work.files.keep(b"%PDF-1", "pdf")))
    with monkeypatch.context() as patch:
        # As kill -9 leaves it: neither renamed nor cleared away.
        patch.setattr(Path, "replace", killed)
        patch.setattr(Path, "unlink", lambda *args, **kwargs: None)
        with pytest.raises(SystemExit):
            work.files.keep(b"%PDF-2", "pdf")
    (left,) = [path for path in tmp_path.rglob(".*") if path.is_file()]
    other = left.with_name(".htaccess")
    other.write_bytes(b"")
    now = timezone.now()
    for path in (left, other, kept):
        os.utime(path, ((now - age).timestamp(),) * 2)
    tick(now)
    assert left.exists() is is_there
    assert other.exists()
    assert kept.exists()


def killed(*args: Any) -> Any:
    raise SystemExit


def test_a_job_left_waiting_is_no_work(handed: list[tuple[str, int]]) -> None:
    a_schedule(since=moment("2026-04-01T00:00"), waits_for_lock=True)
    tick(NOW)
    assert handed == []
    assert ReportJob.objects.get().state == JobState.WAITING


class Registry(dict[str, Any]):
    """RQ's list of failed tasks, as far as it is asked."""

    def get_job_ids(self, end: int) -> list[str]:
        return list(self)

    def remove(self, key: str, delete_job: bool) -> None:
        del self[key]


def test_dead_tasks_of_rq_are_cleared_away_whoever_began_them(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    import django_rq
    from rq import registry

    now = timezone.now()
    old, new = (SimpleNamespace(enqueued_at=now - timedelta(days=days)) for days in (8, 6))
    failed = Registry(old=old, new=new, lost=None)
    settings.RQ_QUEUES = {"default": {}}
    monkeypatch.setattr(queue.apps, "is_installed", lambda name: name == "django_rq")
    monkeypatch.setattr(django_rq, "get_queue", lambda name: SimpleNamespace(fetch_job=failed.get))
    monkeypatch.setattr(registry, "FailedJobRegistry", lambda queue: failed)
    monkeypatch.setattr(registry, "StartedJobRegistry", lambda queue: SimpleNamespace(cleanup=lambda: None))
    assert queue.clear_dead(now) == 2
    assert list(failed) == ["new"]
