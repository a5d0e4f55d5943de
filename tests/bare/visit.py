"""Run inside the bare site: fetch the plan's pages as a reader does, and say what came back."""

import sys

import django

django.setup()

from django.test import Client  # noqa: E402

from plan_pages.pages.chapter import ChapterPage  # noqa: E402
from plan_pages.pages.plan import PlanPage  # noqa: E402

plan = PlanPage.objects.get()
pages = [plan.url, ChapterPage.objects.child_of(plan).live().first().url, plan.url + "measures/1.1.1.1/"]
pages += [f"/open-data/{plan.slug}{name}" for name in ("/measures.csv", ".json")]
for url in pages:
    answer = Client().get(url)
    sys.stdout.write(f"{answer.status_code} {url} {'Priemonė 1.1.1.1' in answer.getvalue().decode()}\n")
files = [f"/open-data/{plan.slug}.{ending}" for ending in ("ics", "atom", "xlsx")]
for url in ("/open-data/", "/open-data/catalogue.ttl", *files):
    sys.stdout.write(f"{Client().get(url).status_code} {url}\n")
answer = Client().get("/api/v3/nothing/")
sys.stdout.write(f"{answer.status_code} {answer.headers['Content-Type']}\n")
