"""A database, and a queue, of the storm's own; gone when it is over."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

KINDS = {"sqlite": "immediate", "postgres": "database", "postgres+redis": "rq"}
POSTGRES = "postgres://postgres@127.0.0.1:5432/"
REDIS = "redis://127.0.0.1:6379/9"


@contextmanager
def database(kind: str, folder: Path) -> Iterator[dict[str, str]]:
    """The environment that names it. Servers elsewhere are named by CHAOS_POSTGRES and CHAOS_REDIS."""
    queue = {"TASK_QUEUE": KINDS[kind]}
    if kind == "sqlite":
        yield {"DATABASE_URL": f"sqlite:///{folder / 'chaos.sqlite3'}", **queue}
        return
    import psycopg
    from psycopg.sql import SQL, Identifier

    server = os.environ.get("CHAOS_POSTGRES", POSTGRES).rstrip("/")
    redis_url = os.environ.get("CHAOS_REDIS", REDIS)
    name = f"chaos_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
        try:
            if kind == "postgres+redis":
                _empty(redis_url)
            yield {"DATABASE_URL": f"{server}/{name}", "REDIS_URL": redis_url, **queue}
        finally:
            connection.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


def _empty(url: str) -> None:
    import redis

    redis.Redis.from_url(url).flushdb()
