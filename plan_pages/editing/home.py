"""Panels of the admin's home page: what a group's editors have to report, and how far the groups are, for coordinators.
Texts that wait for an approver are Wagtail's own panel.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.forms.widgets import Media
from django.utils import timezone
from wagtail.admin.ui.components import Component

from plan_pages.choices import ReturnState
from plan_pages.dues import Due, asked_for, closing, dues
from plan_pages.letters import name_of
from plan_pages.monitoring import ReportingPeriod
from plan_pages.people import Reminder
from plan_pages.permissions import is_coordinator, own_chapters_for
from plan_pages.register import Chapter
from plan_pages.reminding import deed_words
from plan_pages.staff import editors_of

PERIODS = 3
"""At most so many are shown to coordinators: the latest; the list of periods has them all."""
STYLES = ("plan_pages/admin/monitoring.css", "plan_pages/admin/home.css")


class PlanPanel(Component):
    def __init__(self, user: Any) -> None:
        self.user = user

    @property
    def media(self) -> Media:
        return Media(css={"all": STYLES})


class GroupPanel(PlanPanel):
    """My group: each chapter of the user with the periods that are asked for, and one button."""

    name = "plan_group"
    template_name = "plan_pages/admin/home_group.html"
    order = 10

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        today = timezone.localdate()
        chapters = list(own_chapters_for(self.user).distinct().order_by("page__path", "pk"))
        periods = _periods(chapters)
        found = dues(chapters, asked_for(periods, today))
        cards = [card for chapter in chapters for card in cards_of([due for due in found if due.chapter == chapter])]
        return {
            "request": parent_context["request"] if parent_context else None,
            "csrf_token": parent_context.get("csrf_token") if parent_context else None,
            "chapters": chapters,
            "cards": [
                {
                    "due": due,
                    "closing": closing(due.period, today) if due.is_owed else "",
                    "is_late": due.is_late(today),
                    "button": deed_words(due.state),
                }
                for due in cards
            ],
            "next": next_to_open(periods, today),
        }


class GroupsPanel(PlanPanel):
    """The groups and the states of their returns, those first that need somebody."""

    name = "plan_groups"
    template_name = "plan_pages/admin/home_groups.html"
    order = 11

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        today = timezone.localdate()
        rows = Chapter.objects.filter(retired_at__isnull=True).select_related("group").order_by("page__path", "pk")
        chapters = list(rows)
        periods = _periods(chapters)
        found = dues(chapters, asked_for(periods, today)[-PERIODS:])
        editors = editors_of(chapters)
        reminded = _reminded({due.period.pk for due in found})
        tables: dict[ReportingPeriod, list[Due]] = defaultdict(list)
        for due in found:
            tables[due.period].append(due)
        return {
            "csrf_token": parent_context.get("csrf_token") if parent_context else None,
            "tables": [
                {
                    "period": period,
                    "closing": closing(period, today),
                    "is_settled": all(due.state is ReturnState.APPROVED for due in owes),
                    "approved": sum(due.state is ReturnState.APPROVED for due in owes),
                    "rows": [
                        {
                            "due": due,
                            "is_late": due.is_late(today),
                            "waits": due.state is ReturnState.SUBMITTED,
                            "has_editors": any(person.email for person in editors[due.chapter.pk]),
                            "reminded": last_reminder(editors[due.chapter.pk], reminded.get(period.pk, {})),
                        }
                        for due in in_order(owes, today)
                    ],
                }
                for period, owes in reversed(tables.items())
            ],
            "next": next_to_open(periods, today),
        }


@dataclass(frozen=True, slots=True)
class LastReminder:
    day: date
    people: str


def panels_for(user: Any) -> list[PlanPanel]:
    panels: list[PlanPanel] = []
    if own_chapters_for(user).exists():
        panels.append(GroupPanel(user))
    if is_coordinator(user):
        panels.append(GroupsPanel(user))
    return panels


def cards_of(found: Sequence[Due]) -> list[Due]:
    """Of one chapter what is shown: all that its editors have to do; where that is nothing, the latest."""
    return [due for due in found if due.is_owed] or list(found[-1:])


def in_order(found: Iterable[Due], today: date) -> list[Due]:
    """Late ones, then what waits for the coordinators, then what is begun, not begun, approved; each in the plan's order."""

    def rank(due: Due) -> int:
        if due.is_late(today):
            return 0
        match due.state:
            case ReturnState.SUBMITTED:
                return 1
            case ReturnState.DRAFT | ReturnState.RETURNED:
                return 2
            case None:
                return 3
            case _:
                return 4

    return sorted(found, key=rank)


def next_to_open(periods: Iterable[ReportingPeriod], today: date) -> ReportingPeriod | None:
    """The period that opens next, if its day is set."""
    later = [period for period in periods if period.opens is not None and period.opens > today]
    return min(later, key=lambda period: (period.opens, period.pk), default=None)


def last_reminder(editors: Sequence[Any], days: Mapping[int, date]) -> LastReminder | None:
    """When these people were last reminded, and who of them then. `days`: key of a person to the last day."""
    last = max((days[person.pk] for person in editors if person.pk in days), default=None)
    if last is None:
        return None
    return LastReminder(last, ", ".join(name_of(person) for person in editors if days.get(person.pk) == last))


def _periods(chapters: Iterable[Chapter]) -> list[ReportingPeriod]:
    plans = {chapter.plan_id for chapter in chapters}
    return list(ReportingPeriod.objects.filter(plan__in=plans, locked_at__isnull=True).select_related("plan"))


def _reminded(periods: Iterable[int]) -> dict[int, dict[int, date]]:
    """Key of a period to key of a person to the last day."""
    found: dict[int, dict[int, date]] = defaultdict(dict)
    rows = Reminder.objects.filter(period__in=periods).order_by("sent_on")
    for period, person, day in rows.values_list("period_id", "person_id", "sent_on"):
        found[period][person] = day
    return found
