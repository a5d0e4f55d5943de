"""`manage.py erase_personal_data`: what `run_due` and `remind` do in every round, by itself: personal data of citizens whose
day has come are erased. `--dry-run` only counts.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from plan_pages.citizens.erasing import erase


class Command(BaseCommand):
    help = "Erase personal data of citizens whose day has come."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say how much would be erased")

    def handle(self, *args: Any, **options: Any) -> None:
        found = erase(timezone.now(), dry_run=options["dry_run"])
        said = (
            _(
                "to be erased: remarks whose author is forgotten %(remarks)d; not confirmed %(unconfirmed)d; mails %(mails)d"
            )
            if options["dry_run"]
            else _(
                "erased: remarks whose author is forgotten %(remarks)d; not confirmed %(unconfirmed)d; mails %(mails)d"
            )
        )
        self.stdout.write(said % {"remarks": found.remarks, "unconfirmed": found.unconfirmed, "mails": found.mails})
