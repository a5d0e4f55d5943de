"""A snapshot is of one moment, whatever is written beside it while it is read."""

import threading
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.db.utils import OperationalError

from plan_pages.choices import Audience
from plan_pages.register import Chapter, Plan
from reports import generation, snapshot
from reports.generation import consistent_reading, take_snapshot
from tests.reports.city import small_plan

pytestmark = pytest.mark.django_db(transaction=True)


def rename_beside(plan: Plan) -> None:
    """By somebody else: on a connection of its own, committed at once. Where the reader locks writers out, they wait and
    come too late for this test: they cannot disturb it."""
    failed: list[Exception] = []

    def write() -> None:
        try:
            with connections["default"].cursor() as cursor:
                if connection.vendor == "sqlite":
                    cursor.execute("PRAGMA busy_timeout = 100")
            Chapter.objects.filter(plan=plan).update(title={"lt": "Kitas skyrius"})
        except OperationalError as error:
            failed.append(error)
        finally:
            connections["default"].close()

    writer = threading.Thread(target=write)
    writer.start()
    writer.join()
    assert not failed or connection.vendor == "sqlite"


def titles(taken: bytes) -> list[str]:
    return [chapter.title.best("lt") for chapter in snapshot.load(taken).chapters]


def test_what_is_written_while_it_is_read_is_not_in_the_snapshot(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = small_plan()
    before = [str(chapter.title["lt"]) for chapter in plan.chapters.all()]
    read_plan = generation.read_plan

    def with_a_writer_beside(*args: Any) -> Any:
        Plan.objects.count()  # the moment of the reading is that of its first query
        rename_beside(plan)
        return read_plan(*args)

    monkeypatch.setattr(generation, "read_plan", with_a_writer_beside)
    assert titles(take_snapshot(plan, Audience.PUBLIC)) == before


def test_without_a_consistent_reading_the_writer_would_be_seen() -> None:
    """The test above can fail: read without a transaction, the plan has changed between two queries."""
    plan = small_plan()
    assert plan.chapters.get().title["lt"] != "Kitas skyrius"
    rename_beside(plan)
    assert plan.chapters.get().title["lt"] == "Kitas skyrius"


def test_a_reading_is_never_inside_another_transaction() -> None:
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"), consistent_reading():
        pass


def test_nothing_is_written_in_a_reading() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite's transactions are all for writing here")
    plan = small_plan()
    with pytest.raises(Exception, match="read-only"), consistent_reading():
        Chapter.objects.filter(plan=plan).update(title={})
