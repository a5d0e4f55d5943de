"""`manage.py import_plan FILE --slug SLUG`: a whole plan from a workbook or a StratML file, or nothing at all."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from tqdm import tqdm
from wagtail.models import Site

from plan_pages.choices import Level
from plan_pages.exchange.differences import Differences
from plan_pages.exchange.files import Outcome, read_file
from plan_pages.exchange.store import Refused, Stored, store
from plan_pages.funds import funds
from plan_pages.languages import language_codes
from plan_pages.permissions import make_plan_roles, make_role
from plan_pages.search.writing import rebuild

CODES_SHOWN = 20


class Command(BaseCommand):
    help = "Make a plan from a workbook or a StratML file, or bring it up to date. Stores everything or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the workbook (XLSX) or the StratML file (XML)")
        parser.add_argument("--slug", required=True, help="the last part of the plan page's address")
        parser.add_argument(
            "--language",
            choices=language_codes(),
            default=language_codes()[0],
            help="of the texts in a StratML file; a workbook has a column for each",
        )
        parser.add_argument("--group-editors", action="store_true", help="make the roles of the plan and its groups")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        outcome = self._read(options["file"], options["language"])
        for warning in outcome.warnings:
            self.stderr.write(self.style.WARNING(_("Warning: %s") % warning))
        if outcome.plan is None:
            raise CommandError("\n".join(str(error) for error in outcome.errors))
        try:
            with transaction.atomic():
                stored = self._store(outcome, options["slug"])
                if options["group_editors"]:
                    self._make_roles(stored)
                if options["dry_run"]:
                    transaction.set_rollback(True)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from error
        self._report(stored)
        if options["dry_run"]:
            self.stdout.write(_("Nothing was stored: this was a trial."))

    def _read(self, path: Path, language: str) -> Outcome:
        try:
            return read_file(path, language=language, languages=language_codes(), funds=funds())
        except OSError as error:
            raise CommandError(
                _("The file cannot be read: %(file)s (%(reason)s).") % {"file": path, "reason": error.strerror}
            ) from error

    def _store(self, outcome: Outcome, slug: str) -> Stored:
        assert outcome.plan is not None
        site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
        if site is None:
            raise CommandError(_("There is no default site: make one in the settings of the admin first."))
        with tqdm(total=len(outcome.plan.chapters), unit="", leave=False, file=self.stderr, disable=None) as bar:

            def progress(code: str) -> None:
                bar.set_postfix_str(code)
                bar.update()

            stored = store(outcome.plan, slug, site.root_page, absent=outcome.absent, progress=progress)
        rebuild()
        return stored

    def _make_roles(self, stored: Stored) -> None:
        make_plan_roles(stored.page)
        for group in stored.page.group_pages():
            make_role(group)

    def _report(self, stored: Stored) -> None:
        found = stored.differences
        if not found:
            self.stdout.write(_("Nothing has changed."))
        for line in _lines(found):
            self.stdout.write(line)
        for title in stored.set_aside:
            self.stderr.write(
                self.style.WARNING(_("“%s” had an unpublished draft; it is in the page's history.") % title)
            )
        self.stdout.write(stored.page.get_full_url() or stored.page.url_path)


def _lines(found: Differences) -> list[str]:
    lines = []
    for words, by_level in ((_("new"), found.new), (_("changed"), found.changed), (_("taken out"), found.gone)):
        for level in Level:
            if codes := by_level[level]:
                shown = ", ".join(codes[:CODES_SHOWN]) + (" …" if len(codes) > CODES_SHOWN else "")
                lines.append(f"{level.label}: {words} {len(codes)}: {shown}")
    if found.values:
        lines.append(
            ngettext(
                "%d entry of progress, values or money is new or changed.",
                "%d entries of progress, values or money are new or changed.",
                found.values,
            )
            % found.values
        )
    return lines
