"""`manage.py demo_pdfs FOLDER`: every report of the demonstration plan and its HTML twin, without a database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from tqdm import tqdm

from cms.demonstration.values import read
from reports import snapshot
from reports.choices import ReportKind
from reports.generation import make_report


class Command(BaseCommand):
    help = "Make every report of the demonstration plan, in every language, with its HTML twin."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="where the files are put")

    def handle(self, *args: Any, **options: Any) -> None:
        """Of the last period that any chapter has reported: the same files on any day."""
        folder: Path = options["folder"]
        folder.mkdir(parents=True, exist_ok=True)
        plan = read().plan
        period = max(period for chapter in plan.chapters for period in chapter.reported)
        taken = snapshot.dump(plan)
        wanted = [
            (kind, chapter, language)
            for kind in ReportKind
            for chapter in ([each.code for each in plan.chapters] if kind is ReportKind.CHAPTER else [""])
            for language, _name in settings.LANGUAGES
        ]
        for kind, chapter, language in tqdm(wanted, unit=" reports", leave=False, disable=None):
            path = folder / "-".join(filter(None, (kind.value, chapter, str(period), language)))
            report = make_report(taken, kind, period, language, chapter=chapter)
            path.with_name(f"{path.name}.pdf").write_bytes(report.pdf)
            path.with_name(f"{path.name}.html").write_bytes(report.html)
        (folder / f"snapshot-{period}.json").write_bytes(taken)
        self.stdout.write(f"{len(wanted)} reports of {period}, as PDF and HTML, lie in {folder}/")
