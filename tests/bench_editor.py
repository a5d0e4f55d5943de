"""The block editor of a chapter in Chromium: from asking for the page until every block stands and nothing is computed any
more; and the comparison of two revisions. `make bench` does not run it, for it needs a browser:
`python -m tests.bench_editor 100`. Says the machine's load.
"""

import logging
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

FOLDER = Path(tempfile.mkdtemp(prefix="bench-"))
os.environ["DATABASE_URL"] = os.environ.get("BENCH_DATABASE_URL", f"sqlite:///{FOLDER / 'bench.sqlite3'}")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.contrib.staticfiles.handlers import StaticFilesHandler  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.test import Client  # noqa: E402

from plan_pages.exchange.store import store  # noqa: E402
from plan_pages.pages.chapter import ChapterPage  # noqa: E402
from tests.browser.conftest import ARGUMENTS  # noqa: E402
from tests.factories import home_page  # noqa: E402
from tests.plans import large_plan  # noqa: E402

TIMES = 5
# Two frames after the last long task: the page answers to the keyboard then.
SETTLED = """() => new Promise((resolve) => {
  const done = () => resolve(performance.now());
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)));
})"""


class _Silent(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the figures are the only output."""


@contextmanager
def _served() -> Iterator[str]:
    import threading

    logging.getLogger("django.server").disabled = True  # a window is closed while its pictures still come
    server = ThreadedWSGIServer(("127.0.0.1", 0), _Silent)
    server.set_app(StaticFilesHandler(get_wsgi_application()))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def comparing(client: Client, page: ChapterPage) -> float:
    """Seconds to compare the published text with a draft in which every measure has another description."""
    draft = page.get_latest_revision_as_object()
    raw = draft.goals.get_prep_value()
    for goal in raw:
        for task in goal["value"]["tasks"]:
            for measure in task["value"]["measures"]:
                measure["value"]["description"]["lt"] = "Kitas aprašymas, kuriame keli žodžiai pakeisti."
    draft.goals = draft.goals.stream_block.to_python(raw)
    draft.save_revision()
    start = time.perf_counter()
    client.get(f"/admin/pages/{page.pk}/revisions/compare/live...latest/")
    return time.perf_counter() - start


def opening(window: Any, address: str) -> tuple[float, float]:
    """Seconds until the blocks stand and the page is at rest, and seconds that the server took of them."""
    window.goto(address, wait_until="load")
    window.wait_for_selector("[data-streamfield-child]", state="attached")
    settled = window.evaluate(SETTLED)
    timing = window.evaluate("() => performance.getEntriesByType('navigation')[0].responseEnd")
    return settled / 1000, timing / 1000


def main(sizes: tuple[int, ...]) -> None:
    from playwright.sync_api import sync_playwright

    call_command("migrate", verbosity=0)
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("bench"))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    pages = {}
    for size in sizes:
        plan = store(large_plan(measures=size, chapters=1), f"plan-{size}", home_page()).page
        pages[size] = plan.plan.chapters.get().page
    with _served() as site, sync_playwright() as found:
        browser = found.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        context = browser.new_context(base_url=site, locale="lt-LT")
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site}])
        for size, page in pages.items():
            runs = []
            for _ in range(TIMES + 1):
                window = context.new_page()
                runs.append(opening(window, f"/admin/pages/{page.pk}/edit/"))
                window.close()
            whole, server = (statistics.median(each) for each in zip(*runs[1:], strict=True))
            load = os.getloadavg()[0]
            print(f"{size:>5} measures: {whole:.2f} s, of them the server {server:.2f} s; load {load:.1f}", flush=True)
        browser.close()
    for size, page in pages.items():
        seconds = statistics.median(comparing(client, page) for _ in range(3))
        print(f"{size:>5} measures, all changed, compared with what is published: {seconds:.2f} s", flush=True)


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or (100,))
