"""Triggers that hold editions and their files in the database itself: no UPDATE, no DELETE, on PostgreSQL no TRUNCATE.

They are set by a migration, and hold for superusers of the site and for SQL typed by hand. A later migration that alters
one of these tables on SQLite, which remakes the table, must end with `install`: a test and `verify_reports` look.
"""

from typing import Any

TABLES = ("reports_edition", "reports_editionfile")
WORDS = "editions of reports are never changed or deleted"
_FUNCTION = "reports_refuse_change"


def install(connection: Any) -> None:
    """Set the triggers; those that are there are set anew."""
    remove(connection)
    _run(connection, _setting(connection.vendor))


def remove(connection: Any) -> None:
    """For the tests' own emptying of tables, and to go back before the migration."""
    _run(connection, _removing(connection.vendor))


def installed(connection: Any) -> set[str]:
    """The names of the triggers that are there."""
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        found = {row[0] for row in cursor.fetchall()}
    return found & expected(connection.vendor)


def expected(vendor: str) -> set[str]:
    deeds = ("update", "delete", "truncate") if vendor == "postgresql" else ("update", "delete")
    return {_name(table, deed) for table in TABLES for deed in deeds}


def _name(table: str, deed: str) -> str:
    return f"{table}_no_{deed}"


def _setting(vendor: str) -> list[str]:
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {_name(table, deed)} BEFORE {deed.upper()} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
            for table in TABLES
            for deed in ("update", "delete")
        ]
    if vendor == "postgresql":
        function = (
            f"CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'restrict_violation'; END $$"
        )
        return [
            function,
            *(
                f"CREATE TRIGGER {_name(table, deed)} BEFORE {deed.upper()} ON {table} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION {_FUNCTION}()"
                for table in TABLES
                for deed in ("update", "delete", "truncate")
            ),
        ]
    raise NotImplementedError(f"Editions cannot be held in a database of {vendor}: use SQLite or PostgreSQL.")


def _removing(vendor: str) -> list[str]:
    if vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {name}" for name in sorted(expected(vendor))]
    return [
        f"DROP TRIGGER IF EXISTS {_name(table, deed)} ON {table}"
        for table in TABLES
        for deed in ("update", "delete", "truncate")
    ]


def _run(connection: Any, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
