"""`manage.py make_report SLUG --kind mayor --period 2026-Q3 --language lt --out FILE.pdf`: one report as a PDF."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from plan_pages.choices import Audience
from plan_pages.reading import Unavailable, plan_by_slug
from reports.generation import take_snapshot
from reports.management.arguments import add_report_arguments, make_asked, write_files


class Command(BaseCommand):
    help = "Make a report of a plan for a period and write it to a file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="the last part of the plan page's address")
        add_report_arguments(parser)
        parser.add_argument(
            "--audience",
            choices=[audience.value for audience in Audience],
            default=Audience.PUBLIC.value,
            help="internal includes chapters that not everyone may read",
        )
        parser.add_argument("--out", type=Path, required=True, help="the file to write")
        parser.add_argument("--snapshot", type=Path, help="also write the data, for remake_report")

    def handle(self, *args: Any, **options: Any) -> None:
        plan = plan_by_slug(options["slug"])
        if plan is None:
            raise CommandError(_("There is no plan “%s”.") % options["slug"])
        try:
            taken = take_snapshot(plan, Audience(options["audience"]))
        except Unavailable as error:
            raise CommandError(_("The plan “%s” is not published, or not for everyone.") % options["slug"]) from error
        report = make_asked(taken, options)
        files = {options["out"]: report.pdf, options["html"]: report.html, options["snapshot"]: report.snapshot}
        for path in write_files(files):
            self.stdout.write(str(path))
