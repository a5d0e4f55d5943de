"""How long the grid of a return takes: opened with 100 measures, a row saved, news asked for. `python -m tests.bench grid`.

Through the site's own addresses, with templates and middleware; processor time, median of some runs, and queries.
"""

import statistics
import time
from collections.abc import Callable
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from plan_pages.monitoring import ChapterReturn, ReportingPeriod

MEASURES = 100
RUNS = 7


def median(work: Callable[[], Any]) -> float:
    found = []
    for _number in range(RUNS):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return statistics.median(found)


def queries(work: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)


def main(chapter: Any, say: Callable[[str, str], None]) -> None:
    """`chapter`: one of 100 measures with an indicator and money each, reported before."""
    period = ReportingPeriod.objects.get_or_create(plan=chapter.plan, period="2026-Q4")[0]
    chapter_return = ChapterReturn.objects.create(chapter=chapter, period=period)
    editor = get_user_model().objects.create_superuser("bench")
    client = Client(headers={"host": "localhost"})
    client.force_login(editor)
    page = reverse("plan_pages_return", args=[chapter_return.pk])
    rows = reverse("plan_pages_return_rows", args=[chapter_return.pk])
    measure = chapter.measures.first()
    key = f"measure-{measure.pk}"
    first = client.get(page)
    assert first.status_code == 200, first.status_code
    number = iter(range(10_000))

    def save() -> None:
        answer = client.post(rows, {f"{key}-status": "on_track", f"{key}-note_lt": f"Pastaba {next(number)}"})
        assert answer.json()["rows"][key]["saved"]

    save()
    tag = client.get(rows).headers["ETag"]

    def look() -> None:
        assert client.get(rows, headers={"If-None-Match": tag}).status_code == 304

    say(f"the grid of {MEASURES} measures: queries", str(queries(lambda: client.get(page))))
    say(f"the grid of {MEASURES} measures: opened (s)", f"{median(lambda: client.get(page)):.3f}")
    say(f"the grid of {MEASURES} measures: kB of HTML", f"{len(first.content) / 1000:.0f}")
    say("a row saved: queries", str(queries(save)))
    tag = client.get(rows).headers["ETag"]
    say("nothing new (304): queries", str(queries(look)))
    say("nothing new (304) (s)", f"{median(look):.3f}")
    say("a row saved (s)", f"{median(save):.3f}")
