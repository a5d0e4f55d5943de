"""Run inside the bare site: fetch the plan's pages as a reader does, and say what came back."""

import sys

import django

django.setup()

from django.test import Client  # noqa: E402

from plan_pages.pages.chapter import ChapterPage  # noqa: E402
from plan_pages.pages.plan import PlanPage  # noqa: E402

plan = PlanPage.objects.get()
pages = [plan.url, ChapterPage.objects.child_of(plan).live().first().url, plan.url + "measures/1.1.1.1/"]
for url in pages:
    answer = Client().get(url)
    sys.stdout.write(f"{answer.status_code} {url} {'Priemonė 1.1.1.1' in answer.content.decode()}\n")
