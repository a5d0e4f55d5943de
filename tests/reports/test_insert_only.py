"""An edition is never changed or deleted: not by the ORM, not by SQL, not by emptying the table."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError

from reports import insert_only
from reports.models.editions import Edition, EditionFile
from tests.reports.city import an_edition

pytestmark = pytest.mark.django_db

BY_ORM: dict[str, Callable[[Edition], Any]] = {
    "save": lambda edition: edition.save(),
    "save of a file": lambda edition: edition.files.first().save(),
    "delete": lambda edition: edition.delete(),
    "delete of a file": lambda edition: edition.files.first().delete(),
    "update of many": lambda edition: Edition.objects.update(reason="x"),
    "update of files": lambda edition: EditionFile.objects.update(size=1),
    "bulk update": lambda edition: Edition.objects.bulk_update([edition], ["period"]),
    "raw delete": lambda edition: EditionFile.objects.all()._raw_delete("default"),
    "delete of files": lambda edition: EditionFile.objects.all().delete(),
    "delete of many": lambda edition: Edition.objects.all().delete(),
    "delete of the job": lambda edition: edition.job.delete(),
    "delete of the plan": lambda edition: edition.plan.delete(),
}


@pytest.mark.parametrize("deed", BY_ORM.values(), ids=BY_ORM)
def test_the_orm_changes_nothing(deed: Callable[[Edition], Any]) -> None:
    edition = Edition.objects.get(pk=an_edition().pk)
    with pytest.raises((TypeError, DatabaseError, ProtectedError)), transaction.atomic():
        deed(edition)
    assert Edition.objects.get().period == "2026-Q1"
    assert EditionFile.objects.count() == 3


SQL = [
    "UPDATE reports_edition SET period = '2026-Q2'",
    "DELETE FROM reports_edition",
    "UPDATE reports_editionfile SET size = 1",
    "DELETE FROM reports_editionfile",
]
TRUNCATE = ["TRUNCATE reports_edition CASCADE", "TRUNCATE reports_editionfile"]


@pytest.mark.parametrize("statement", SQL + TRUNCATE)
def test_sql_changes_nothing(statement: str) -> None:
    if statement in TRUNCATE and connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    an_edition()
    connection.check_constraints()  # nothing is pending: PostgreSQL would refuse TRUNCATE for that alone
    with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
        connection.cursor().execute(statement)
    assert EditionFile.objects.count() == 3


def test_every_trigger_is_there_after_all_migrations() -> None:
    assert insert_only.installed(connection) == insert_only.expected(connection.vendor)


@pytest.mark.django_db(transaction=True)
def test_the_tests_own_emptying_passes_the_triggers() -> None:
    """This one leaves an edition behind; emptying the tables after it must not fail."""
    an_edition()


@pytest.mark.django_db(transaction=True)
def test_the_triggers_are_there_again_after_a_test_was_cleared_away() -> None:
    assert insert_only.installed(connection) == insert_only.expected(connection.vendor)
