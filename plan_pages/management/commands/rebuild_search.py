"""`manage.py rebuild_search`: everything that can be found, written anew. Nothing changes where it was in order."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from tqdm import tqdm

from plan_pages.search.writing import rebuild


class Command(BaseCommand):
    help = "Write the entries of the search anew: after an upgrade, or where the database was changed by other means."

    def handle(self, *args: Any, **options: Any) -> None:
        with tqdm(desc=_("Search"), unit="", leave=False, file=self.stderr, disable=None) as bar:
            count = rebuild(lambda owner: bool(bar.update()))
        self.stdout.write(ngettext("%d entry can be found.", "%d entries can be found.", count) % count)
