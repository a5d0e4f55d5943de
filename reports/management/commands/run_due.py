"""`manage.py run_due`: one round of the scheduler, for cron or a timer. `manage.py run_due --loop`: round after round.

On a site without workers (TASK_QUEUE=immediate) it also makes the reports and sends the mails. Any number may run.
"""

import logging
import signal
import threading
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils import timezone
from django.utils.translation import gettext as _

from plan_pages import queue
from reports.work import Round, tick, work_off

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Begin the reports that are due, take up what was left undone, and have it made and sent."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--loop", action="store_true", help="go on until stopped")
        parser.add_argument("--interval", type=float, default=30, help="seconds between two rounds (default: 30)")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["loop"]:
            self._round()
            return
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        while not stop.is_set():
            began = time.monotonic()
            done = self._round_whatever_happens()
            # While there is work the next round follows at once.
            if not done:
                stop.wait(max(options["interval"] - (time.monotonic() - began), 0))

    def _round_whatever_happens(self) -> int:
        close_old_connections()
        try:
            return self._round()
        except Exception:
            # The database, the queue or the disk is away for a moment: the next round finds everything as it was.
            logger.exception("A round of the scheduler failed")
            return 0

    def _round(self) -> int:
        found = tick(timezone.now())
        done = work_off() if queue.is_in_process() else 0
        if words := _said(found, done):
            self.stdout.write(words)
        return done + found.begun


def _said(found: Round, done: int) -> str:
    """Only what happened."""
    parts = [
        (_("begun: %d"), found.begun),
        (_("due and following later: %d"), found.left),
        (_("period locked, to be made now: %d"), found.settled),
        (_("left by a dead process, taken up: %d"), found.taken_up + found.mails_taken_up),
        (_("given up: %d"), found.given_up),
        (_("mails uncertain, somebody must look: %d"), found.mails_uncertain),
        (_("reminded: %d"), found.reminded),
        (_("handed to the workers: %d"), found.handed_over),
        (_("done: %d"), done),
    ]
    return "; ".join(text % number for text, number in parts if number)
