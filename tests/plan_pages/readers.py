"""What tests of the public pages share: chapters that have reported, and how a stranger reads."""

import re
from typing import Any

from django.test import Client
from django.utils import timezone

from plan_pages.choices import ReturnState, Status
from plan_pages.monitoring import ChapterReturn, Entry, IndicatorValue, ReportingPeriod
from plan_pages.pages.chapter import ChapterPage
from plan_pages.pages.plan import PlanPage
from plan_pages.register import Chapter, Indicator, Measure
from tests.factories import chapter_page, goal, indicator, measure, task

NBSP = "\u00a0"


def a_chapter(plan: PlanPage, code: str, measures: list[Any] | None = None, **fields: Any) -> ChapterPage:
    some = measures or [
        measure(f"{code}.1.1.1", end="2099-12-31", indicators=[indicator(f"R{code}", target="1240.50")])
    ]
    goals = [goal(f"{code}.1", [task(f"{code}.1.1", some)])]
    return chapter_page(plan, goals, **{"code": code, "slug": f"skyrius-{code}", **fields})


def report(
    page: ChapterPage, period: str, percent: int, state: ReturnState = ReturnState.APPROVED, note: str = "Padaryta"
) -> None:
    row = Chapter.objects.get(page=page)
    when, _made = ReportingPeriod.objects.get_or_create(plan=row.plan, period=period)
    approved = timezone.now() if state is ReturnState.APPROVED else None
    given = ChapterReturn.objects.create(chapter=row, period=when, state=state.value, approved_at=approved)
    for each in Measure.objects.filter(chapter=row):
        Entry.objects.create(
            chapter_return=given,
            measure=each,
            status=Status.ON_TRACK.value,
            percent=percent,
            note={"lt": f"{note} {percent}", "en": f"Done {percent}"},
        )
    for each in Indicator.objects.filter(chapter=row):
        IndicatorValue.objects.create(indicator=each, period=when, actual=percent)


def get(path: str, status: int = 200) -> str:
    answer = Client().get(path)
    assert answer.status_code == status
    return answer.content.decode()


def text(markup: str) -> str:
    """What a reader reads, in one line."""
    return re.sub(r"[ \n]+", " ", re.sub(r"<[^>]+>", " ", markup)).replace(" .", ".")
