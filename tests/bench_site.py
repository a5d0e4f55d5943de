"""Pages of the public site per second: made anew, out of the cache, and confirmed as unchanged; all in one run, so that
their ratios say something on any machine. Two processes serve over loopback, two ask. `make bench` runs it; alone:
`python -m tests.bench_site`.
"""

import http.client
import multiprocessing
import os
import socket
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

FOLDER = Path(tempfile.mkdtemp(prefix="bench-"))
WORKERS = 2
MEASURES = 2000
SECONDS = 4.0
NEW, KEPT, CONFIRMED = "made anew", "kept", "confirmed"


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args: Any) -> None:
        pass


class _Server(WSGIServer):
    """One of several on one port: the system shares the questions out."""

    def server_bind(self) -> None:
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        super().server_bind()


def _serve(port: int, is_kept: bool) -> None:
    import django

    django.setup()
    from django.core.wsgi import get_wsgi_application

    from plan_pages import content_version

    if not is_kept:
        content_version.current = lambda using="default": None  # then nothing may be kept
    server = _Server(("127.0.0.1", port), _Quiet)
    server.set_app(get_wsgi_application())
    server.serve_forever()


def _ask(port: int, path: str, headers: dict[str, str], seconds: float) -> tuple[int, str]:
    """How many answers came, and the tag of the last."""
    count, tag, end = 0, "", time.monotonic() + seconds
    while time.monotonic() < end:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        connection.request("GET", path, headers={"Accept-Encoding": "gzip", **headers})
        answer = connection.getresponse()
        answer.read()
        connection.close()
        assert answer.status in (200, 304), f"{path}: {answer.status}"
        count, tag = count + 1, answer.headers.get("ETag", "")
    return count, tag


@contextmanager
def _serving(is_kept: bool) -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    context = multiprocessing.get_context("spawn")
    workers: list[BaseProcess] = [context.Process(target=_serve, args=(port, is_kept)) for _number in range(WORKERS)]
    for each in workers:
        each.start()
    try:
        for _try in range(600):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.1)
        time.sleep(3)  # the other one too
        yield port
    finally:
        for each in workers:
            each.terminate()
            each.join()


def _rate(port: int, path: str, headers: dict[str, str]) -> float:
    _ask(port, path, headers, 2)  # both workers are warm
    context = multiprocessing.get_context("spawn")
    with context.Pool(WORKERS) as pool:
        pool.starmap(_ask, [(port, path, headers, 0.2)] * WORKERS)
        start = time.monotonic()
        found = pool.starmap(_ask, [(port, path, headers, SECONDS)] * WORKERS)
        return sum(count for count, _tag in found) / (time.monotonic() - start)


def _city() -> dict[str, str]:
    """A plan of two thousand measures in twenty chapters."""
    import django

    django.setup()
    from django.core.management import call_command

    from plan_pages.exchange.store import store
    from tests.factories import home_page
    from tests.plans import large_plan

    call_command("migrate", verbosity=0)
    page = store(large_plan(MEASURES, chapters=MEASURES // 100), "planas", home_page()).page
    chapter = page.plan.chapters.order_by("page__path").first()
    measure = chapter.measures.order_by("position", "pk").first()
    return {
        "overview": "/planas/",
        "chapter of 100 measures": str(chapter.page.get_url()),
        "measure": f"/planas/measures/{measure.code}/",
        "list of measures": "/planas/measures/",
    }


def _processor_time(paths: dict[str, str]) -> None:
    """Of one page made anew, in this process: what other work on the machine counts little in."""
    from django.test import Client

    from plan_pages import content_version

    known, content_version.current = content_version.current, lambda using="default": None
    for name, path in paths.items():
        client = Client()
        client.get(path)
        found = []
        for _number in range(7):
            start = time.process_time()
            answer = client.get(path)
            found.append(time.process_time() - start)
        size = len(answer.content) / 1000
        print(f"{name:26} {statistics.median(found) * 1000:8.1f} ms of the processor {size:8.1f} kB", flush=True)
    content_version.current = known


def main() -> None:
    settings = {
        "DATABASE_URL": os.environ.get("BENCH_DATABASE_URL", f"sqlite:///{FOLDER / 'site.sqlite3'}"),
        "DJANGO_SETTINGS_MODULE": "cms.settings.test",
    }
    os.environ.update(settings)
    paths = _city()
    print(f"the public site, {MEASURES} measures, {WORKERS} workers; load {os.getloadavg()[0]:.1f}")
    _processor_time(paths)
    rates: dict[str, dict[str, float]] = {name: {} for name in paths}
    for how in (NEW, KEPT, CONFIRMED):
        with _serving(how is not NEW) as port:
            for name, path in paths.items():
                headers = {"If-None-Match": _ask(port, path, {}, 0.5)[1]} if how is CONFIRMED else {}
                rates[name][how] = _rate(port, path, headers)
    print(f"{'pages a second':26}{NEW:>12}{KEPT:>12}{CONFIRMED:>12}{'kept/new':>10}")
    for name, found in rates.items():
        line = f"{name:26}{found[NEW]:12.1f}{found[KEPT]:12.0f}{found[CONFIRMED]:12.0f}"
        print(f"{line}{found[KEPT] / found[NEW]:10.0f}", flush=True)


if __name__ == "__main__":
    main()
