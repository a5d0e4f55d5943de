"""`manage.py demo`: the demonstration site, its reports, and how to log in."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from cms.demonstration.site import load, make_users, reported_period
from cms.demonstration.values import Demonstration, read
from plan_pages.choices import Audience
from plan_pages.pages.plan import PlanPage
from plan_pages.search.writing import rebuild
from reports.choices import ReportKind
from reports.generation import make_report, take_snapshot

REPORTS = (ReportKind.MAYOR, ReportKind.COUNCIL)


class Command(BaseCommand):
    help = "Load the demonstration site into an empty database, make its reports and say how to log in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--reports", type=Path, default=settings.VAR_DIR / "reports", help="where reports are put")
        parser.add_argument("--force", action="store_true", help="even where DEBUG is off")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG and not options["force"]:
            raise CommandError(
                "DEBUG is off: this looks like a real site. The demonstration makes an administrator whose password "
                "it prints; say --force if you mean it."
            )
        data = read()
        page = PlanPage.objects.filter(slug=data.slug).first()
        if page is None:
            self.stdout.write("Loading the demonstration site …")
            with tqdm(total=len(data.plan.chapters), unit=" chapters", leave=False, disable=None) as bar:

                def progress(code: str) -> None:
                    bar.update()

                page = load(data, progress)
        else:
            self.stdout.write("The demonstration site is there already; its pages and data stay as they are.")
        rebuild()
        self._make_reports(page, data, options["reports"])
        self._say_how_to_log_in(page)

    def _make_reports(self, page: PlanPage, data: Demonstration, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        period = reported_period(data, timezone.localdate())
        taken = take_snapshot(page.plan, Audience.PUBLIC)
        self.stdout.write(f"Reports of {period}:")
        for kind in REPORTS:
            for language, _name in settings.LANGUAGES:
                path = folder / f"{kind.value}-{period}-{language}.pdf"
                path.write_bytes(make_report(taken, kind, period, language).pdf)
                self.stdout.write(f"  {path}")

    def _say_how_to_log_in(self, page: PlanPage) -> None:
        self.stdout.write(f"Log in at {settings.SITE_URL}/admin/ as")
        for login in make_users(page):
            self.stdout.write(f"  {login.role:18} {login.username:16} password {login.password}")
