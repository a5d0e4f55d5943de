"""When what chapters reported became public, in one query."""

from dataclasses import dataclass
from datetime import datetime

from plan_pages.choices import ReturnState
from plan_pages.domain.periods import Period
from plan_pages.domain.plan import Chapter, Plan
from plan_pages.monitoring import ChapterReturn


@dataclass(frozen=True, slots=True)
class Approved:
    chapter: Chapter
    period: Period
    moment: datetime


def approvals(plan: Plan, most: int) -> list[Approved]:
    """Of the chapters of this plan, the latest first."""
    chapters = {each.id: each for each in plan.chapters}
    rows = ChapterReturn.objects.filter(
        chapter__public_id__in=chapters, state=ReturnState.APPROVED, approved_at__isnull=False
    ).order_by("-approved_at", "-pk")
    found = rows.values_list("chapter__public_id", "period__period", "approved_at")[:most]
    return [Approved(chapters[str(chapter)], Period.parse(period), moment) for chapter, period, moment in found]
