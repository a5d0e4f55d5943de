"""What the overview of a plan shows on a day: its figures, its money, and what changed since the period before.

Computed once a request. Knows no request and no page.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from plan_pages.domain import changes, money, progress
from plan_pages.domain.changes import Changes
from plan_pages.domain.plan import Plan
from plan_pages.domain.progress import PlanProgress
from plan_pages.pages import indicators

MOST_CHANGES = 8


def overview(plan: Plan, today: date, headlines: Sequence[str] = ()) -> dict[str, Any]:
    """`headlines`: codes of the indicators that its editors want to be seen first."""
    now = progress.of_plan(plan, today)
    since, changed = _changes(plan, now)
    # What moved by some percent only is told by the figures themselves.
    told = [each for each in changed.measures if each.state_changed or each.deadline] if changed else []
    return {
        "plan": plan,
        "progress": now,
        "headlines": indicators.chosen(plan, headlines, today) if headlines else [],
        "money": money.of_measures((each.measure for each in now.measures()), today),
        "since": since,
        "changes": changed,
        "changed_measures": told[:MOST_CHANGES],
        "more_changes": max(0, len(told) - MOST_CHANGES),
    }


def _changes(plan: Plan, now: PlanProgress) -> tuple[date | None, Changes | None]:
    """Since the end of the period before the latest one; None where nothing was reported by then."""
    if now.span is None:
        return None, None
    since = now.span[1].previous().last_day
    before = progress.of_plan(plan, since)
    return (since, changes.between(before, now)) if before.span else (None, None)
