"""`python -m tests.chaos --db sqlite --kills 20`: the storm, then the count. Exit status 1 where anything is wrong."""

import argparse
import os
import random
import sys
import tempfile
import time
from pathlib import Path

from tests.chaos.databases import KINDS, database
from tests.chaos.processes import Processes
from tests.chaos.server import BadMailServer


def main() -> int:
    parser = argparse.ArgumentParser(prog="make chaos", description=__doc__)
    parser.add_argument("--db", choices=list(KINDS), default="sqlite")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=None, help="the same chances again")
    options = parser.parse_args()
    seed = options.seed if options.seed is not None else random.SystemRandom().randrange(10**6)
    with tempfile.TemporaryDirectory(prefix="chaos-") as name, database(options.db, Path(name)) as environment:
        server = BadMailServer(seed)
        server.start()
        environment |= {
            "DJANGO_SETTINGS_MODULE": "tests.chaos.settings",
            "EMAIL_URL": f"smtp://127.0.0.1:{server.port}",
            "REPORTS_ROOT": str(Path(name) / "reports"),
            "MEDIA_ROOT": str(Path(name) / "media"),
        }
        os.environ.update(environment)
        try:
            return storm(options.db, options.kills, seed, environment, Path(name), server)
        finally:
            server.stop()


def storm(kind: str, kills: int, seed: int, environment: dict[str, str], folder: Path, server: BadMailServer) -> int:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from plan_pages.choices import Frequency
    from reports.choices import ReportKind
    from tests.chaos.city import make_plan, make_schedule
    from tests.chaos.counting import count, is_settled

    call_command("migrate", verbosity=0)
    now = timezone.now()
    plan = make_plan(now)
    owed = make_schedule(plan, ReportKind.MAYOR, Frequency.MONTH, now)
    owed += make_schedule(plan, ReportKind.CHAPTER, Frequency.QUARTER, now)
    chance = random.Random(seed)
    processes = Processes(environment["TASK_QUEUE"], environment, folder, seed)
    began, done = time.monotonic(), 0
    end = began + 240 + 6 * kills
    sys.stdout.write(f"{kind}, {kills} kills, seed {seed}: {owed} reports owed\n")
    # Let them come up before the first blow; a process takes some seconds to start.
    next_kill = began + 8
    settled = False
    try:
        while time.monotonic() < end:
            processes.keep_up()
            time.sleep(0.2)
            if done < kills and time.monotonic() >= next_kill:
                processes.kill_one()
                done += 1
                next_kill = time.monotonic() + chance.uniform(0.3, 2.0)
            settled = is_settled(owed)
            if settled and done < kills:
                # Work enough for the blows that are still to come.
                owed += make_schedule(plan, ReportKind.MAYOR, Frequency.MONTH, now)
            elif settled:
                break
    finally:
        processes.stop()
    took = time.monotonic() - began
    found = count(owed, server.counts.accepted)
    connection.close()
    for each in found:
        mark = "WRONG" if each.is_wrong else "ok" if each.allowed is not None else ""
        sys.stdout.write(f"  {each.what:<52}{each.found:>7}  {mark}\n")
    sys.stdout.write(f"  processes killed: {dict(processes.killed)}; ended by themselves: {dict(processes.ended)}\n")
    sys.stdout.write(f"  the server's manners: {dict(server.counts.manners)}\n")
    is_right = settled and done == kills and not any(each.is_wrong for each in found)
    verdict = "everything once" if is_right else "NOT RIGHT"
    sys.stdout.write(f"{kind}: {done} kills in {took:.0f} s, {'settled' if settled else 'NOT SETTLED'}: {verdict}\n")
    if not is_right:
        for log in sorted(folder.glob("*.log")):
            sys.stdout.write(f"--- {log.name}\n{log.read_text()[-2000:]}\n")
    return 0 if is_right else 1


if __name__ == "__main__":
    sys.exit(main())
