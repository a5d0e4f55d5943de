"""The API is asked by schemathesis as anonymous, as an editor and as a coordinator, with all its checks on: no failure of
the server, no answer that the document does not tell of, none against its schema. `make fuzz REQUESTS=20000`; alone:
`python -m tests.api.fuzz 20000`.

Two processes share the operations; each serves the same small city over loopback, and what a request changes is rolled
back; only in the last turn of a thorough run it stays, and requests follow one another from answer to answer. The seed is
fixed: the same code is asked the same.
"""

import itertools
import logging
import multiprocessing
import os
import shutil
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

WORKERS = 2
SEED = 20260930
THOROUGH = 5000
"""From so many requests on, every value that a schema sets a bound to is tried too. Most of those are refused, so turns of
other values follow, however many requests that makes."""
TURNS_AFTER = 2
WALKS = 100
"""Of some requests each, one after the other, in the last turn."""

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


@dataclass
class Found:
    statuses: Counter[int] = field(default_factory=Counter)
    failures: dict[str, str] = field(default_factory=dict)

    @property
    def requests(self) -> int:
        return sum(self.statuses.values())

    def add(self, other: "Found") -> None:
        self.statuses += other.statuses
        self.failures |= other.failures


@dataclass(frozen=True)
class People:
    """Whose tokens are sent, and what is there, by the place and the name of the parameter."""

    keys: dict[str, str]
    there: dict[str, list[int | str]]


def main(wanted: int) -> int:
    """How many faults were found."""
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    people = _city(folder)
    begun = time.monotonic()
    context = multiprocessing.get_context("spawn")
    with context.Pool(WORKERS) as pool:
        shares = [(number, folder, people, wanted // WORKERS) for number in range(WORKERS)]
        found = Found()
        for each in pool.starmap(work, shares):
            found.add(each)
    seconds = time.monotonic() - begun
    for name, told in sorted(found.failures.items()):
        print(f"\n{name}\n{told}")
    counted = ", ".join(f"{status}: {count}" for status, count in sorted(found.statuses.items()))
    print(f"\n{found.requests} requests in {seconds:.0f} s ({counted}); {len(found.failures)} faults")
    return len(found.failures)


def _settle(database: Path) -> None:
    """The site of this process, over a database of its own."""
    os.environ["DATABASE_URL"] = f"sqlite:///{database}"
    os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings.test"
    import django

    django.setup()
    from django.conf import settings

    # Files are of all processes, as the rows that speak of them are.
    settings.MEDIA_ROOT = database.parent / "media"
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}}
    logging.disable(logging.CRITICAL)


def _city(folder: Path) -> People:
    _settle(folder / "city.sqlite3")
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    from tests.api.city import WHO, AskedCity, token_for

    city = AskedCity()
    people = People({who: token_for(city, who) for who in WHO}, city.there())
    connection.close()
    return people


def work(number: int, folder: Path, people: People, wanted: int) -> Found:
    """One process's share: every other operation, as everybody, again and again until enough was asked."""
    database = folder / f"worker-{number}.sqlite3"
    shutil.copy(folder / "city.sqlite3", database)
    _settle(database)
    found = Found()
    _tell_of_faults(found)
    is_thorough = wanted * WORKERS >= THOROUGH
    with _served(_rolled_back, found) as address:
        for turn in itertools.count():
            for who, key in people.keys.items():
                _ask(_share(address, _config(key, people.there, turn, is_thorough and turn == 0), number), who, found)
            if found.requests >= wanted and turn >= TURNS_AFTER * is_thorough:
                break
    if is_thorough:
        with _served(_counted, found) as address:
            for who, key in list(people.keys.items())[number::WORKERS]:
                _ask(_whole(address, _config(key, people.there, WALKS, walks=True)), who, found)
    return found


def _tell_of_faults(found: Found) -> None:
    from django.core.signals import got_request_exception

    def tell(**_given: Any) -> None:
        told = traceback.format_exc()
        found.failures.setdefault(f"server: {told.splitlines()[-1]}", told[-1500:])

    got_request_exception.connect(tell, weak=False)


def _whole(address: str, config: Any) -> Any:
    import schemathesis

    return schemathesis.openapi.from_url(f"{address}/api/v3/openapi.json", config=config)


def _share(address: str, config: Any, number: int) -> Any:
    whole = _whole(address, config)
    mine = set(sorted(each.ok().label for each in whole.get_all_operations())[number::WORKERS])
    return whole.include(lambda context: context.operation.label in mine)


def _ask(schema: Any, who: str, found: Found) -> None:
    from schemathesis import engine
    from schemathesis.engine import events

    for event in engine.from_schema(schema).execute():
        if isinstance(event, events.ScenarioFinished):
            _gather(event, who, found)
        elif isinstance(event, events.NonFatalError):
            found.failures[f"{who}: {event.label}: {event.info.title}"] = str(event.value)[:2000]
        elif isinstance(event, events.FatalError):
            raise event.exception


def _config(
    key: str, there: dict[str, list[int | str]], turn: int, is_thorough: bool = False, walks: bool = False
) -> Any:
    from schemathesis.config import SchemathesisConfig

    # Whether a page of that number is there, or a name is taken, no schema can say: 422 tells it.
    accepted = ["2xx", "3xx", "400", "401", "403", "404", "409", "412", "422"]
    return SchemathesisConfig.from_dict(
        {
            "seed": SEED + turn,
            "headers": {"Authorization": f"Bearer {key}"} if key else {},
            "continue-on-failure": True,
            "suppress-health-check": ["all"],
            "warnings": False,
            "dictionaries": {name.replace(".", "_"): {"values": values} for name, values in there.items()},
            "parameters": {name: {"dictionary": name.replace(".", "_"), "probability": 0.8} for name in there},
            "generation": {"max-examples": WALKS if walks else 2 if turn == 0 else 10, "database": "none"},
            "checks": {"positive_data_acceptance": {"expected-statuses": accepted}},
            "phases": {
                "examples": {"enabled": not walks},
                "coverage": {"enabled": is_thorough},
                "fuzzing": {"enabled": not walks},
                "stateful": {"enabled": walks},
            },
        }
    )


def _gather(event: Any, who: str, found: Found) -> None:
    recorder = event.recorder
    for case, checks in recorder.checks.items():
        for check in checks:
            if check.failure_info is None:
                continue
            failure, asked = check.failure_info.failure, recorder.interactions.get(case)
            told = [failure.message[:900]]
            if asked is not None:
                told.append(f"{asked.request.method} {asked.request.uri} {asked.request.body!r}"[:900])
                told.append(f"{asked.response.content[:600]!r}" if asked.response else "no answer")
            found.failures.setdefault(f"{who}: {recorder.label}: {check.name}: {failure.title}", "\n".join(told))


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args: Any) -> None:
        pass


@contextmanager
def _served(around: Callable[[Application, Found], Application], found: Found) -> Iterator[str]:
    from django.core.wsgi import get_wsgi_application

    server = WSGIServer(("127.0.0.1", 0), _Quiet)
    server.set_app(around(get_wsgi_application(), found))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def _counted(application: Application, found: Found) -> Application:
    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        def count(status: str, *rest: Any) -> Any:
            found.statuses[int(status.split()[0])] += 1
            return start(status, *rest)

        return list(application(environ, count))

    return answer


def _rolled_back(application: Application, found: Found) -> Application:
    """The same application, which counts its answers and forgets what they changed."""
    from django.core.signals import request_finished, request_started
    from django.db import close_old_connections, transaction

    # They would close the connection in which the transaction is.
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    counted = _counted(application, found)

    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        with transaction.atomic():
            body = counted(environ, start)
            transaction.set_rollback(True)
        return body

    return answer


if __name__ == "__main__":
    sys.exit(1 if main(int(sys.argv[1])) else 0)
