"""`manage.py export_plan SLUG --format workbook --out FILE`: a whole plan as a file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from plan_pages.choices import Audience
from plan_pages.exchange.workbook import write
from plan_pages.languages import language_codes
from plan_pages.reading import Unavailable, plan_by_slug, read_plan


class Command(BaseCommand):
    help = "Write a plan to a file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="the last part of the plan page's address")
        parser.add_argument("--format", choices=["workbook"], default="workbook")
        parser.add_argument("--out", type=Path, required=True, help="the file to write")
        parser.add_argument(
            "--audience",
            choices=[audience.value for audience in Audience],
            default=Audience.INTERNAL.value,
            help="public leaves out restricted chapters",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        plan = plan_by_slug(options["slug"])
        if plan is None:
            raise CommandError(_("There is no plan “%s”.") % options["slug"])
        try:
            value = read_plan(plan, Audience(options["audience"])).current()
        except Unavailable as error:
            raise CommandError(_("The plan “%s” is not published.") % options["slug"]) from error
        try:
            options["out"].write_bytes(write(value, languages=language_codes()))
        except OSError as error:
            raise CommandError(
                _("The file cannot be written: %(file)s (%(reason)s).")
                % {"file": options["out"], "reason": error.strerror}
            ) from error
        self.stdout.write(str(options["out"]))
