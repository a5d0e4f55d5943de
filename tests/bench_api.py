"""Answers of the API per second, beside Wagtail's own for a page: all in one process and one run, so that their ratios
say something on any machine. Read: with the plan read from the database each time, as after every change of the content.
Made: with the plan at hand, as every answer that is not kept. `make bench` runs it; alone: `python -m tests.bench_api`.
"""

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

MEASURES = 2000
SECONDS = 3.0
TIMES = 3
PAGE, DOCUMENT, LIST, TREE = "Wagtail's page", "a measure", "20 measures", "the whole tree"


def _city() -> dict[str, str]:
    """A plan of two thousand measures in twenty chapters."""
    from django.core.management import call_command

    from plan_pages.exchange.store import store
    from tests.factories import home_page
    from tests.plans import large_plan

    call_command("migrate", verbosity=0)
    page = store(large_plan(MEASURES, chapters=MEASURES // 100), "planas", home_page()).page
    measure = page.plan.chapters.order_by("page__path").first().measures.order_by("position", "pk").first()
    return {
        PAGE: f"/api/v3/pages/{page.pk}/",
        DOCUMENT: f"/api/v3/plans/planas/measures/{measure.public_id}/",
        LIST: "/api/v3/plans/planas/measures/?limit=20",
        TREE: "/api/v3/plans/planas/tree/",
    }


def _asked(address: str, headers: dict[str, str]) -> Callable[[], Any]:
    from django.test import Client

    client = Client()

    def ask() -> Any:
        answer = client.get(address, headers=headers)
        assert answer.status_code in (200, 304), f"{address}: {answer.status_code} {answer.content[:300]!r}"
        return answer

    return ask


def _seconds(ask: Callable[[], Any]) -> float:
    """One answer's processor time: the median of some runs, each as long as it takes to be sure."""
    ask()
    found = []
    for _time in range(TIMES):
        count, begun = 0, time.process_time()
        while (spent := time.process_time() - begun) < SECONDS / TIMES:
            ask()
            count += 1
        found.append(spent / count)
    return statistics.median(found)


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    os.environ["DATABASE_URL"] = os.environ.get("BENCH_DATABASE_URL", f"sqlite:///{folder / 'site.sqlite3'}")
    os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings.test"
    import django

    django.setup()
    from django.conf import settings

    from plan_pages import content_version

    addresses = _city()
    known = content_version.current
    print(f"the API, {MEASURES} measures, one process; load {os.getloadavg()[0]:.1f}")
    columns = ("read", "made", "kept", "confirmed", "kept/made", "made/page")
    print(f"{'answers a second':18}{''.join(f'{column:>11}' for column in columns)}")
    page = 0.0
    for name, address in addresses.items():
        content_version.current = lambda using="default": None  # then nothing is kept
        read = _seconds(_asked(address, {}))
        content_version.current = known
        made = _seconds(_asked(address, {"Cookie": f"{settings.SESSION_COOKIE_NAME}=someone"}))
        kept = _seconds(_asked(address, {}))
        tag = _asked(address, {})().headers["ETag"]
        confirmed = _seconds(_asked(address, {"If-None-Match": tag}))
        page = page or made
        rates = "".join(f"{1 / each:11.1f}" for each in (read, made, kept, confirmed))
        print(f"{name:18}{rates}{made / kept:11.1f}{page / made:11.2f}", flush=True)
        if name is TREE:
            print(f"{name}: {read:.3f} s read and made, {made:.3f} s made")


if __name__ == "__main__":
    main()
