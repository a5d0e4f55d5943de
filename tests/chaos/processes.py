"""The processes of the storm: four schedulers and four workers, each begun again when it was killed."""

import os
import random
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

from tests.tools import ROOT

SCHEDULER = ["run_due", "--loop", "--interval", "0.5"]
WORKERS = {
    # Where the schedulers do the work themselves, four more of them are the workers.
    "immediate": SCHEDULER,
    "database": ["db_worker", "--interval", "0.2", "--no-startup-delay", "--no-reload"],
    "rq": ["rqworker", "default", "--job-class", "django_tasks_rq.Job"],
}
EACH = 4


class Processes:
    def __init__(self, queue: str, environment: dict[str, str], folder: Path, seed: int) -> None:
        commands = {"scheduler": SCHEDULER, "worker": WORKERS[queue]}
        self.commands = {
            f"{role} {number}": command for role, command in commands.items() for number in range(1, EACH + 1)
        }
        self.environment = os.environ | environment
        self.folder = folder
        self.chance = random.Random(seed)
        self.killed: Counter[str] = Counter()
        self.ended: Counter[str] = Counter()
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def keep_up(self) -> None:
        """Begin what does not run. What ended without being killed is counted: it should not have."""
        for name in self.commands:
            found = self.running.get(name)
            if found is not None and found.poll() is None:
                continue
            if found is not None:
                self.ended[name] += 1
            self._begin(name)

    def kill_one(self) -> None:
        """Any of them, at once, without a word."""
        name = self.chance.choice(list(self.running))
        process = self.running.pop(name)
        process.send_signal(signal.SIGKILL)
        process.wait()
        self.killed[name.split()[0]] += 1
        self._begin(name)

    def stop(self) -> None:
        for process in self.running.values():
            # The whole group: an RQ worker has children, and one that was killed has left its child alone.
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def _begin(self, name: str) -> None:
        with (self.folder / f"{name.replace(' ', '-')}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                [sys.executable, "-m", "django", *self.commands[name]],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
