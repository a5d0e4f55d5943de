"""`manage.py verify_reports`: whether every report in the archive is still what it was. Exit status 1 where one is not."""

from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.verifying import verify


class Command(BaseCommand):
    help = "Check every stored report by its sum, and make each again from its snapshot and compare."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--sums-only", action="store_true", help="do not make the reports again")

    def handle(self, *args: Any, **options: Any) -> None:
        checks: Counter[str] = Counter()
        faults = 0
        for finding in verify(remake=not options["sums_only"]):
            checks[finding.check] += 1
            if finding.fault:
                faults += 1
                self.stderr.write(f"{finding.what}: {finding.fault}")
        done = ", ".join(f"{name} {count}" for name, count in sorted(checks.items()))
        self.stdout.write(_("Checked: %(done)s.") % {"done": done})
        if faults:
            raise CommandError(ngettext("%(count)d fault.", "%(count)d faults.", faults) % {"count": faults})
        self.stdout.write(_("Everything is as it was."))
