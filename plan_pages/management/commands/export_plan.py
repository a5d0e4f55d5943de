"""`manage.py export_plan SLUG --format workbook|stratml --out FILE`: a whole plan as a file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from plan_pages.choices import Audience
from plan_pages.domain.plan import Plan
from plan_pages.exchange import stratml, workbook
from plan_pages.languages import language_codes
from plan_pages.reading import Unavailable, plan_by_slug, read_plan


class Command(BaseCommand):
    help = "Write a plan to a file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="the last part of the plan page's address")
        parser.add_argument("--format", choices=["workbook", "stratml"], default="workbook")
        parser.add_argument("--part", type=int, choices=[1, 2], default=2, help="of StratML: 1 has no indicators")
        parser.add_argument(
            "--language",
            choices=language_codes(),
            default=language_codes()[0],
            help="of a StratML file; a workbook has all",
        )
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
            options["out"].write_bytes(_written(value, options))
        except stratml.NoGoals as error:
            raise CommandError(_("The plan “%s” has no goals; StratML cannot hold it.") % options["slug"]) from error
        except OSError as error:
            raise CommandError(
                _("The file cannot be written: %(file)s (%(reason)s).")
                % {"file": options["out"], "reason": error.strerror}
            ) from error
        self.stdout.write(str(options["out"]))


def _written(plan: Plan, options: dict[str, Any]) -> bytes:
    if options["format"] == "workbook":
        return workbook.write(plan, languages=language_codes())
    return stratml.write(plan, language=options["language"], part=options["part"])
