"""`manage.py make_report SLUG --kind mayor --period 2026-Q3 --language lt --out FILE.pdf`: one report as a PDF."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from plan_pages.choices import Audience
from plan_pages.domain.periods import Period
from plan_pages.reading import Unavailable, plan_by_slug
from reports.choices import ReportKind
from reports.generation import make_report, take_snapshot


class Command(BaseCommand):
    help = "Make a report of a plan for a period and write it to a file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="the last part of the plan page's address")
        parser.add_argument("--kind", required=True, choices=[kind.value for kind in ReportKind])
        parser.add_argument("--period", required=True, help="2026, 2026-H1, 2026-Q3 or 2026-09")
        parser.add_argument(
            "--language", choices=[code for code, _name in settings.LANGUAGES], default=settings.LANGUAGE_CODE
        )
        parser.add_argument(
            "--audience",
            choices=[audience.value for audience in Audience],
            default=Audience.PUBLIC.value,
            help="internal includes chapters that not everyone may read",
        )
        parser.add_argument("--out", type=Path, required=True, help="the file to write")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            period = Period.parse(options["period"])
        except ValueError as error:
            raise CommandError(
                _("“%(text)s” is not a period: write 2026, 2026-H1, 2026-Q3 or 2026-09.") % {"text": options["period"]}
            ) from error
        plan = plan_by_slug(options["slug"])
        if plan is None:
            raise CommandError(_("There is no plan “%s”.") % options["slug"])
        try:
            taken = take_snapshot(plan, Audience(options["audience"]))
        except Unavailable as error:
            raise CommandError(_("The plan “%s” is not published, or not for everyone.") % options["slug"]) from error
        report = make_report(taken, ReportKind(options["kind"]), period, options["language"])
        try:
            options["out"].write_bytes(report.pdf)
        except OSError as error:
            raise CommandError(
                _("The file cannot be written: %(file)s (%(reason)s).")
                % {"file": options["out"], "reason": error.strerror}
            ) from error
        self.stdout.write(str(options["out"]))
