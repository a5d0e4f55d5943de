"""`manage.py remake_report SNAPSHOT --kind mayor --period 2026-Q3 --language lt --compare FILE.pdf`: a report once more.

Made from the snapshot alone, without the database. Exit status 0: the file is what this snapshot gives. 1: it is not.
"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from reports.management.arguments import add_report_arguments, make_asked, read_file, write_files
from reports.pdf.comparison import Outcome, compare


class Command(BaseCommand):
    help = "Make a report again from a snapshot, and compare it with the file that was kept."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("snapshot", type=Path, help="the data, as make_report --snapshot wrote it")
        add_report_arguments(parser)
        parser.add_argument("--out", type=Path, help="the file to write")
        parser.add_argument("--compare", type=Path, help="the report to compare with")

    def handle(self, *args: Any, **options: Any) -> None:
        taken = read_file(options["snapshot"])
        kept = read_file(options["compare"]) if options["compare"] else None
        report = make_asked(taken, options)
        for path in write_files({options["out"]: report.pdf, options["html"]: report.html}):
            self.stdout.write(str(path))
        if kept is not None:
            self._compare(report.pdf, kept)

    def _compare(self, made: bytes, kept: bytes) -> None:
        found = compare(made, kept)
        words = {
            Outcome.SAME_BYTES: _("The report is the same, byte for byte."),
            Outcome.SAME_TEXT: _("The text is the same. The files differ: version %(kept)s of the renderer made it."),
            Outcome.OTHER_BYTES: _("The text is the same, but the files differ, although one renderer made both."),
            Outcome.OTHER_TEXT: _("The text differs. Kept: “%(before)s”. Made now: “%(now)s”."),
            Outcome.UNKNOWN: _("The file to compare with is not a report of this program, or it is damaged."),
        }[found.outcome] % {"kept": found.version, "before": found.before, "now": found.now}
        if not found.is_same:
            raise CommandError(words)
        self.stdout.write(words)
