"""One number that is another one as soon as anything changes that the public may see: what caches of pages ask first.

Triggers of the database count, inside the writer's transaction, so that a bulk update, a command or SQL typed by hand
counts as much as a save, and a change that is rolled back never was one. Every table counts unless it is known not to:
a table that is forgotten empties caches too often, and never leaves them stale.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps as installed_apps
from django.db import DatabaseError, connection, connections, models, transaction
from django.http import HttpRequest

_TABLE = "plan_pages_contentversion"
_FUNCTION = "plan_pages_content_changed"
_PREFIX = "content_"
_START = 2**52
DEEDS = ("insert", "update", "delete")


class ContentVersion(models.Model):
    """One row, which the triggers make where it is missing. It begins with a random number: one that was counted before
    the tables were emptied, or in another copy of the database, must not come again with other content."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.BigIntegerField()
    # The transaction that counted last, where the database names them: it counts once.
    counted_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="content_version_is_one")]

    def __str__(self) -> str:
        return str(self.number)


def current(using: str = "default") -> str | None:
    """The version of what readers get from now on; None where it is not known: then nothing may be kept.

    Whoever keeps an answer asks before reading anything for it. What is committed in between is then in the answer, or
    half in it, but the answer stands under a version that nobody asks for any more.
    """
    try:
        with connections[using].cursor() as cursor:  # asked before every answer: a queryset takes five times as long
            cursor.execute(f"SELECT number FROM {_TABLE}")
            row = cursor.fetchone()
    except DatabaseError:
        return None
    return str(row[0]) if row else None


def read_by(request: HttpRequest) -> str | None:
    """The version that is read for a request, asked for once and before anything else. None where nothing may be kept:
    within a transaction an answer may tell what is never committed."""
    if connection.in_atomic_block:
        return None
    known: str | None = getattr(request, "content_version", None)
    return known or current()


# What does not count


def _labels(written: str) -> frozenset[str]:
    return frozenset(written.split())


@dataclass(frozen=True, slots=True)
class Rule:
    """When a change of a row counts: of these columns (of any, if None), while the condition holds of the row before the
    change or after it. `{row}` stands for it."""

    columns: tuple[str, ...] | None = None
    condition: str = ""


NOT_PUBLIC = _labels(
    """
    auth.Group auth.Group_permissions auth.Permission auth.User auth.User_groups auth.User_user_permissions
    contenttypes.ContentType sessions.Session taggit.Tag taggit.TaggedItem
    wagtailadmin.Admin wagtailadmin.EditingSession wagtailadmin.FormState wagtailembeds.Embed
    wagtailimages.Rendition wagtailusers.UserProfile
    wagtailsearch.SQLiteFTSIndexEntry
    wagtailcore.APIToken wagtailcore.Comment wagtailcore.CommentReply wagtailcore.GroupApprovalTask
    wagtailcore.GroupApprovalTask_groups wagtailcore.GroupCollectionPermission wagtailcore.GroupPagePermission
    wagtailcore.GroupSitePermission wagtailcore.ModelLogEntry wagtailcore.PageLogEntry wagtailcore.PageSubscription
    wagtailcore.ReferenceIndex wagtailcore.Revision wagtailcore.Task wagtailcore.TaskState wagtailcore.UploadedFile
    wagtailcore.Workflow wagtailcore.WorkflowContentType wagtailcore.WorkflowPage wagtailcore.WorkflowState
    wagtailcore.WorkflowTask
    plan_pages.BudgetEntry plan_pages.ContentVersion plan_pages.GroupRole plan_pages.InformationRequest
    plan_pages.InformationRequest_documents plan_pages.NoRemarks plan_pages.Notice plan_pages.OutboxMail
    plan_pages.PendingUpload plan_pages.PersonalChoices plan_pages.Reminder plan_pages.RequestAnswer
    plan_pages.RequestAnswer_documents plan_pages.RowComment plan_pages.SendingCount plan_pages.UnconfirmedRemark
    """
)
"""Models whose rows no page for the public shows, or which follow others that count. Other apps name theirs in
`not_public` of their config."""

NOT_PUBLIC_APPS = frozenset({"django_rq", "django_tasks_database", "django_tasks_db"})
"""Queues of work."""

_NOT_PUBLIC_COLUMNS = {
    # What an editor writes who has not published yet.
    "wagtailcore.Page": _labels(
        """
        draft_title latest_revision_id latest_revision_created_at has_unpublished_changes locked locked_at locked_by_id
        owner_id go_live_at expire_at
        """
    ),
    # Taken back and computed again each time that a draft is saved.
    "wagtailsearch.IndexEntry": frozenset({"title_norm"}),
}

_APPROVED = (
    "EXISTS (SELECT 1 FROM plan_pages_chapterreturn r WHERE r.id = {row}.chapter_return_id AND r.state = 'approved')"
)
# Of the chapter that has the indicator, or of one that had its measure before.
_APPROVED_VALUE = (
    "EXISTS (SELECT 1 FROM plan_pages_chapterreturn r JOIN plan_pages_indicator i ON i.id = {row}.indicator_id "
    "WHERE r.period_id = {row}.period_id AND r.state = 'approved' AND (r.chapter_id = i.chapter_id OR r.chapter_id IN "
    "(SELECT f.chapter_id FROM plan_pages_formerplace f WHERE f.measure_id = i.measure_id)))"
)
# What editors save every few seconds while they report is not public before the return is approved.
RULES = {
    "plan_pages.ChapterReturn": (Rule(condition="{row}.state = 'approved'"),),
    "plan_pages.Entry": (Rule(condition=_APPROVED),),
    "plan_pages.Evidence": (Rule(condition=_APPROVED),),
    "plan_pages.IndicatorValue": (
        Rule(("indicator_id", "period_id", "target"), "{row}.target IS NOT NULL"),
        Rule(condition=_APPROVED_VALUE),
    ),
}


def counts(model: Any) -> bool:
    """Whether the public may see rows of the model."""
    meta = model._meta
    if not meta.managed or meta.proxy or meta.swapped or meta.app_label in NOT_PUBLIC_APPS:
        return False
    config = installed_apps.app_configs.get(meta.app_label)
    hidden = NOT_PUBLIC | getattr(config, "not_public", frozenset())
    # Migrations write some names small.
    return meta.label_lower not in {label.lower() for label in hidden}


# Triggers


@dataclass(frozen=True, slots=True)
class Trigger:
    name: str
    table: str
    statements: tuple[str, ...]


def install(connection: Any, apps: Any = installed_apps) -> None:
    """Set the triggers that the models ask for and take the others away; those that are right already stay."""
    if connection.vendor not in ("sqlite", "postgresql"):
        return
    tables = set(connection.introspection.table_names())
    if _TABLE not in tables:
        return
    wanted = {each.name: each for each in expected(connection.vendor, apps) if each.table in tables}
    found = installed(connection)
    if found.keys() == wanted.keys():
        return
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for name in found.keys() - wanted.keys():
            cursor.execute(_drop(connection.vendor, name, found[name]))
        for statement in _counting(connection.vendor):
            cursor.execute(statement)
        for name in wanted.keys() - found.keys():
            for statement in wanted[name].statements:
                cursor.execute(statement)
        # Nobody counted while they were missing.
        cursor.execute(f"DELETE FROM {_TABLE}")
        cursor.execute(f"INSERT INTO {_TABLE} (id, number) VALUES (1, {_random(connection.vendor)})")


def remove(connection: Any) -> None:
    """Take them away before tables change: SQLite remakes a table to alter it, and would stumble over triggers that name
    it. Without them the version is not known, and nothing is cached."""
    if _TABLE not in connection.introspection.table_names():
        return
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {_TABLE}")
        for name, table in installed(connection).items():
            cursor.execute(_drop(connection.vendor, name, table))


def installed(connection: Any) -> dict[str, str]:
    """Names of the triggers that are there, each with its table."""
    query = {
        "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
        "WHERE NOT tgisinternal AND tgenabled = 'O' AND pg_table_is_visible(tgrelid)",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {name: table for name, table in cursor.fetchall() if name.startswith(_PREFIX)}


def expected(vendor: str, apps: Any = installed_apps) -> list[Trigger]:
    return [
        trigger
        for model in apps.get_models(include_auto_created=True)
        if counts(model)
        for trigger in _triggers(vendor, model)
    ]


def _triggers(vendor: str, model: Any) -> Iterator[Trigger]:
    table = model._meta.db_table
    for deed in DEEDS:
        when = _when(vendor, model, deed)
        make = _on_sqlite if vendor == "sqlite" else _on_postgresql
        yield _named(table, deed, make(table, deed, when))
    if vendor == "postgresql":
        truncated = (
            f"CREATE TRIGGER {{name}} AFTER TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {_FUNCTION}()",
        )
        yield _named(table, "truncate", truncated)


def _named(table: str, deed: str, statements: tuple[str, ...]) -> Trigger:
    """The name has a digest of the definition, so that a trigger that is there by name is right."""
    digest = hashlib.sha256("".join(statements).encode()).hexdigest()[:12]
    name = f"{_PREFIX}{deed}_{digest}"
    return Trigger(name, table, tuple(each.format(name=name) for each in statements))


def _when(vendor: str, model: Any, deed: str) -> str:
    """The condition under which a change counts, "" where it always does."""
    rules = RULES.get(model._meta.label, (Rule(),))
    rows = {"insert": ("NEW",), "delete": ("OLD",), "update": ("OLD", "NEW")}[deed]
    parts = []
    for rule in rules:
        of_rows = " OR ".join(rule.condition.format(row=row) for row in rows) if rule.condition else ""
        changed = _changed(vendor, model, rule) if deed == "update" else ""
        parts.append(" AND ".join(f"({each})" for each in (changed, of_rows) if each))
    return " OR ".join(f"({each})" for each in parts) if all(parts) else ""


def _changed(vendor: str, model: Any, rule: Rule) -> str:
    other = "IS NOT" if vendor == "sqlite" else "IS DISTINCT FROM"
    hidden = _NOT_PUBLIC_COLUMNS.get(model._meta.label, frozenset())
    columns = sorted(
        field.column for field in model._meta.local_concrete_fields
    )  # migrations know them in another order
    columns = [each for each in columns if each not in hidden]
    return " OR ".join(f'OLD."{each}" {other} NEW."{each}"' for each in rule.columns or columns)


def _on_sqlite(table: str, deed: str, when: str) -> tuple[str, ...]:
    # In two statements: a conflict clause in here would give way to one of the statement that fires the trigger.
    return (
        f"CREATE TRIGGER {{name}} AFTER {deed.upper()} ON {table} FOR EACH ROW {f'WHEN {when} ' if when else ''}BEGIN "
        f"UPDATE {_TABLE} SET number = number + 1 WHERE id = 1; "
        f"INSERT INTO {_TABLE} (id, number) SELECT 1, {_random('sqlite')} "
        f"WHERE NOT EXISTS (SELECT 1 FROM {_TABLE} WHERE id = 1); END",
    )


def _on_postgresql(table: str, deed: str, when: str) -> tuple[str, ...]:
    """Deferred to the commit: only there is the counter's row locked, so that writers neither queue on it while they work
    nor meet in a deadlock. What a condition asks of other tables is asked there too, in a function, as it may not stand
    in the trigger: what the transaction did to those tables counts by itself."""
    function = _FUNCTION
    statements = []
    if "SELECT" in when:
        function = f"{_FUNCTION}_{table}_{deed}"
        statements.append(
            f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN IF {when} THEN PERFORM {_FUNCTION}_count(); END IF; RETURN NULL; END $$"
        )
        when = ""
    statements.append(
        f"CREATE CONSTRAINT TRIGGER {{name}} AFTER {deed.upper()} ON {table} DEFERRABLE INITIALLY DEFERRED "
        f"FOR EACH ROW {f'WHEN ({when}) ' if when else ''}EXECUTE FUNCTION {function}()"
    )
    return tuple(statements)


def _counting(vendor: str) -> tuple[str, ...]:
    """What all triggers call, where they cannot do it themselves. A transaction counts once."""
    if vendor == "sqlite":
        return ()
    return (
        f"CREATE OR REPLACE FUNCTION {_FUNCTION}_count() RETURNS void LANGUAGE plpgsql AS $$ BEGIN "
        f"IF NOT EXISTS (SELECT 1 FROM {_TABLE} WHERE id = 1 AND counted_by = txid_current()) THEN "
        f"INSERT INTO {_TABLE} AS v (id, number, counted_by) VALUES (1, {_random(vendor)}, txid_current()) "
        f"ON CONFLICT (id) DO UPDATE SET number = v.number + 1, counted_by = EXCLUDED.counted_by; "
        f"END IF; END $$",
        f"CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN PERFORM {_FUNCTION}_count(); RETURN NULL; END $$",
    )


def _random(vendor: str) -> str:
    return f"abs(random() % {_START})" if vendor == "sqlite" else f"floor(random() * {_START})::bigint"


def _drop(vendor: str, name: str, table: str) -> str:
    return f"DROP TRIGGER IF EXISTS {name}" + ("" if vendor == "sqlite" else f" ON {table}")
