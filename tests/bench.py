"""`make bench`: how long the work takes, as ratios within one run. Makes its plan itself, in a database of its own."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

FOLDER = Path(tempfile.mkdtemp(prefix="bench-"))
os.environ["DATABASE_URL"] = os.environ.get("BENCH_DATABASE_URL", f"sqlite:///{FOLDER / 'bench.sqlite3'}")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")

import django  # noqa: E402

django.setup()

from datetime import date  # noqa: E402

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from plan_pages.choices import Audience  # noqa: E402
from plan_pages.domain import progress  # noqa: E402
from plan_pages.domain.periods import Period  # noqa: E402
from plan_pages.exchange.store import store  # noqa: E402
from plan_pages.reading import read_plan  # noqa: E402
from reports import snapshot  # noqa: E402
from reports.choices import ReportKind  # noqa: E402
from reports.compose import compose  # noqa: E402
from reports.generation import make_report  # noqa: E402
from tests import bench_grid, bench_reports  # noqa: E402
from tests.factories import home_page  # noqa: E402
from tests.plans import large_plan  # noqa: E402

PERIOD = Period.parse("2026-Q3")


def seconds(work: Callable[[], object], times: int = 5) -> float:
    """The median of some runs, in seconds."""
    found = []
    for _number in range(times):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return statistics.median(found)


def say(what: str, value: str) -> None:
    print(f"{what:70} {value:>14}", flush=True)


def grid() -> None:
    """The grid of a return alone."""
    call_command("migrate", verbosity=0)
    page = store(large_plan(measures=100, chapters=1), "grid", home_page()).page
    bench_grid.main(page.plan.chapters.get(), say)


def main() -> None:
    call_command("migrate", verbosity=0)
    home = home_page()
    print(f"{connection.vendor}, {os.cpu_count()} cores")

    hundred = store(large_plan(measures=100, chapters=1), "hundred", home).page
    chapter = hundred.plan.chapters.get().page

    def publish() -> None:
        chapter.save_revision().publish()

    say("publish a chapter of 100 measures, 100 indicators (s)", f"{seconds(publish):.3f}")

    bench_grid.main(hundred.plan.chapters.get(), say)
    for count in (20, 2000):
        page = store(large_plan(measures=count, chapters=max(1, count // 100)), f"plan-{count}", home).page
        read_plan(page.plan, Audience.INTERNAL)
        with CaptureQueriesContext(connection) as queries:
            value = read_plan(page.plan, Audience.INTERNAL)
        say(f"queries to read {count} measures with 8 periods", str(len(queries)))
        say(f"read {count} measures (s)", f"{seconds(partial(read_plan, page.plan, Audience.INTERNAL), 3):.3f}")
        say(
            f"roll up {count} measures (s)",
            f"{seconds(partial(progress.of_plan, value, date(2026, 9, 30)), 3):.3f}",
        )

    taken = snapshot.dump(value)
    wanted = (ReportKind.COUNCIL, PERIOD, "lt")
    say("snapshot of 2,000 measures (MB)", f"{len(taken) / 1e6:.1f}")
    say("snapshot to plan (s)", f"{seconds(lambda: snapshot.load(taken), 1):.2f}")
    say(
        "compose the council's report (s)",
        f"{seconds(lambda: compose(ReportKind.COUNCIL, value, PERIOD, 'lt'), 1):.2f}",
    )
    say("make its files, PDF with data and HTML (s)", f"{seconds(lambda: make_report(taken, *wanted), 1):.2f}")
    bench_reports.main()
    # In processes of their own: they have databases of their own.
    for each in ("tests.bench_site", "tests.bench_api"):
        subprocess.run([sys.executable, "-m", each], check=True)


if __name__ == "__main__":
    grid() if sys.argv[1:] == ["grid"] else main()
