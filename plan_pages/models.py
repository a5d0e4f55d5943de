"""Where Django finds everything that is stored. Modules of ours import from where a model lives, not from here."""

from plan_pages.monitoring import BudgetEntry, BudgetLine, ChapterReturn, Entry, IndicatorValue, ReportingPeriod
from plan_pages.outbox import OutboxMail
from plan_pages.pages.chapter import ChapterPage
from plan_pages.pages.group import GroupDocument, GroupMeeting, GroupMember, GroupPage
from plan_pages.pages.plan import PlanAmendment, PlanPage
from plan_pages.register import Chapter, DeadlineChange, Goal, Indicator, Measure, Plan, Task
from plan_pages.roles import GroupRole

__all__ = [
    "BudgetEntry",
    "BudgetLine",
    "Chapter",
    "ChapterPage",
    "ChapterReturn",
    "DeadlineChange",
    "Entry",
    "Goal",
    "GroupDocument",
    "GroupMeeting",
    "GroupMember",
    "GroupPage",
    "GroupRole",
    "Indicator",
    "IndicatorValue",
    "Measure",
    "OutboxMail",
    "Plan",
    "PlanAmendment",
    "PlanPage",
    "ReportingPeriod",
    "Task",
]
