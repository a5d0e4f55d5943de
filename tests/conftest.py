"""What all tests share."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management.commands import flush
from django.db import connections
from django.utils import translation

from reports import insert_only


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Each test begins in English and names another language where it means one."""
    with translation.override("en"):
        yield


@pytest.fixture(scope="session", autouse=True)
def _flushing_past_the_triggers() -> Iterator[None]:
    """Editions cannot be deleted, not even by a test that empties the tables behind it. Its own emptying, and nothing
    else, takes the triggers off and sets them again."""
    emptying = flush.Command.handle

    def handle(self: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        insert_only.remove(connection)
        try:
            emptying(self, **options)
        finally:
            insert_only.install(connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flush.Command, "handle", handle)
        yield
