"""How work reaches a worker: by the task queue of the settings, or, where there is none, by whoever runs `run_due`.

The queue is never the source of truth: it may lose a task or run it twice. What is to be done stands in rows of ours,
and every task claims its row first. Knows no mail and no report.
"""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, task_backends
from django_tasks.backends.immediate import ImmediateBackend

KEPT = timedelta(days=7)
LONGEST = timedelta(days=1)
"""No task of ours or Wagtail's runs that long: its worker is dead."""


def is_in_process() -> bool:
    """Whether there are no workers: the work is done by the process that finds it due, never inside a request."""
    return isinstance(task_backends[DEFAULT_TASK_BACKEND_ALIAS], ImmediateBackend)


def hand_over(task: Any, key: int) -> None:
    """Tell a worker of a row, once the row is there for the worker to see. In-process the row itself is enough."""
    if not is_in_process():
        # Robust: a queue that is down is written to the log; the next tick hands the row over again.
        transaction.on_commit(partial(task.enqueue, key), robust=True)


def clear_dead(now: datetime) -> int:
    """Remove what the queue keeps of tasks that ended long ago, and of those whose worker died: everyone's tasks."""
    if apps.is_installed("django_tasks_db"):
        return _clear_database(now)
    if apps.is_installed("django_rq"):
        return _clear_redis(now)
    return 0


def _clear_database(now: datetime) -> int:
    from django_tasks_db.models import DBTaskResult

    ended = DBTaskResult.objects.finished().filter(finished_at__lt=now - KEPT)
    died = DBTaskResult.objects.running().filter(started_at__lt=now - LONGEST)
    return sum(rows.delete()[0] for rows in (ended, died))


def _clear_redis(now: datetime) -> int:
    import django_rq
    from rq.registry import FailedJobRegistry, StartedJobRegistry

    cleared = 0
    for name in settings.RQ_QUEUES:
        queue = django_rq.get_queue(name)
        # A task whose worker no longer gives a sign of life goes to the failed ones.
        StartedJobRegistry(queue=queue).cleanup()
        failed = FailedJobRegistry(queue=queue)
        for key in failed.get_job_ids(end=-1):
            job = queue.fetch_job(key)
            if job is None or (job.enqueued_at and job.enqueued_at < _like(job.enqueued_at, now - KEPT)):
                failed.remove(key, delete_job=job is not None)
                cleared += 1
    return cleared


def _like(found: datetime, moment: datetime) -> datetime:
    """The moment with or without its zone, as the other has it (RQ's own times lack theirs in old releases)."""
    return moment if found.tzinfo else moment.replace(tzinfo=None)
