"""What the commands of reports have in common: which report is meant, how it is made, and where its files go."""

from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from plan_pages.domain.periods import Period
from reports.choices import ReportKind
from reports.compose import ChapterError
from reports.generation import Report, make_report
from reports.snapshot import SnapshotError


def add_report_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--kind", required=True, choices=[kind.value for kind in ReportKind])
    parser.add_argument("--period", required=True, help="2026, 2026-H1, 2026-Q3 or 2026-09")
    parser.add_argument(
        "--language", choices=[code for code, _name in settings.LANGUAGES], default=settings.LANGUAGE_CODE
    )
    parser.add_argument("--chapter", default="", help="the code of the chapter, for a chapter's report")
    parser.add_argument("--previous", type=Path, help="an older snapshot: tell what changed since then")
    parser.add_argument("--html", type=Path, help="also write the accessible page with the same words")


def make_asked(taken: bytes, options: Mapping[str, Any]) -> Report:
    """The report that these arguments ask for, from a snapshot. Raises CommandError."""
    period = _parse_period(options["period"])
    previous = read_file(options["previous"]) if options["previous"] else None
    try:
        return make_report(
            taken,
            ReportKind(options["kind"]),
            period,
            options["language"],
            previous=previous,
            chapter=options["chapter"],
        )
    except (ChapterError, SnapshotError) as error:
        raise CommandError(str(error)) from error


def write_files(files: Mapping[Path | None, bytes]) -> list[Path]:
    """Write those that have a path; which ones. Raises CommandError."""
    wanted = {path: content for path, content in files.items() if path is not None}
    for path, content in wanted.items():
        _write(path, content)
    return list(wanted)


def _parse_period(written: str) -> Period:
    try:
        return Period.parse(written)
    except ValueError as error:
        raise CommandError(
            _("“%(text)s” is not a period: write 2026, 2026-H1, 2026-Q3 or 2026-09.") % {"text": written}
        ) from error


def read_file(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(
            _("The file cannot be read: %(file)s (%(reason)s).") % {"file": path, "reason": error.strerror}
        ) from error


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise CommandError(
            _("The file cannot be written: %(file)s (%(reason)s).") % {"file": path, "reason": error.strerror}
        ) from error
