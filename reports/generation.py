"""From a plan in the register to the bytes of a report: read, snapshot, compose, render. Every arrow is one call.

The report is composed from the snapshot, never from the database: what the archive keeps is what was drawn.
"""

import hashlib
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from plan_pages.choices import Audience
from plan_pages.domain.periods import Period
from plan_pages.reading import read_plan
from plan_pages.register import Plan
from reports import html, pdf, snapshot
from reports.choices import FileFormat, ReportKind
from reports.compose import compose

DATA_NAME = "data.json"
_DRAWN_BY = (
    "reports/compose",
    "reports/document",
    "reports/html",
    "reports/pdf",
    "reports/choices.py",
    "reports/generation.py",
    "reports/snapshot.py",
    "plan_pages/domain",
    "plan_pages/choices.py",
    "plan_pages/formats.py",
    "plan_pages/funds.py",
    "plan_pages/languages.py",
)
_LIBRARIES = ("reportlab", "babel", "pypdf", "django")


@dataclass(frozen=True, slots=True)
class Report:
    """A report in one language, in each format, and the snapshot from which it can be made again."""

    pdf: bytes
    html: bytes
    snapshot: bytes

    def files(self) -> Mapping[FileFormat, bytes]:
        """What is in a language; the data are in all."""
        return {FileFormat.PDF: self.pdf, FileFormat.HTML: self.html}


@contextmanager
def consistent_reading() -> Iterator[None]:
    """All that is read inside is of one moment, whatever is written beside it. Never inside another transaction: that
    one would have begun at a moment, and in a manner, of its own."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic(durable=True):
        if is_outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def take_snapshot(plan: Plan, audience: Audience) -> bytes:
    """The whole plan as it stands at one moment. Raises `plan_pages.reading.Unavailable`."""
    with consistent_reading():
        # The row may have been read long ago; its page is read anew with all the rest.
        return snapshot.dump(read_plan(Plan.objects.select_related("page").get(pk=plan.pk), audience))


def make_report(
    taken: bytes, kind: ReportKind, period: Period, language: str, *, previous: bytes | None = None, chapter: str = ""
) -> Report:
    """A report from a snapshot, compared with an earlier one. Equal arguments always give equal bytes. `chapter`: the
    code of the one that the report is about, where it is about one."""
    before = snapshot.load(previous) if previous is not None else None
    about = {"chapter": chapter} if chapter else {}
    document = compose(kind, snapshot.load(taken), period, language, previous=before, **about)
    with translation.override(language):
        data = pdf.Attachment(
            DATA_NAME,
            FileFormat.DATA.content_type,
            taken,
            _("The plan with all its data, from which this report was made"),
            pdf.Relationship.SOURCE,
        )
    return Report(pdf.render(document, attachments=[data]), html.render(document), taken)


@cache
def renderer_version() -> str:
    """What drew a report: the renderer's number, and a sum of all that may change a byte of what it draws. Two with one
    version draw the same."""
    drawn_by = hashlib.sha256()
    for path in _drawn_by():
        drawn_by.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    for name in _LIBRARIES:
        drawn_by.update(f"{name} {_version(name)}\0".encode())
    # Streams are packed by zlib; another release may pack them otherwise.
    drawn_by.update(zlib.ZLIB_RUNTIME_VERSION.encode())
    return f"{pdf.VERSION}+{drawn_by.hexdigest()[:16]}"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "?"


def _drawn_by() -> Iterator[Path]:
    """The programs, letters and catalogues of words, in a fixed order."""
    root = Path(__file__).resolve().parents[1]
    for place in _DRAWN_BY:
        path = root / place
        if path.is_file():
            yield path
        else:
            yield from sorted(each for each in path.rglob("*") if each.is_file() and each.suffix != ".pyc")
    folders = [*map(Path, settings.LOCALE_PATHS), root / "reports" / "locale", root / "plan_pages" / "locale"]
    for folder in folders:
        yield from sorted(folder.glob("*/LC_MESSAGES/django.mo"))
