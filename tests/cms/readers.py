"""How a stranger reads the site, and what it costs."""

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

CHAPTER = "/en/planas/skyrius-1/"


def ask(path: str, **headers: Any) -> tuple[Any, int]:
    """The answer, and how many questions it took."""
    with CaptureQueriesContext(connection) as queries:
        answer = Client().get(path, headers=headers)
    return answer, len(queries)


def is_kept(path: str, **headers: Any) -> bool:
    """Whether a second reader gets the page by one question."""
    ask(path, **headers)
    return ask(path, **headers)[1] == 1
