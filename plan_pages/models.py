"""Where Django finds everything that is stored. Modules of ours import from where a model lives, not from here."""

from plan_pages.comments import RowComment
from plan_pages.consultation.givings import SendingCount, UnconfirmedRemark
from plan_pages.consultation.remarks import Remark
from plan_pages.consultation.requests import InformationRequest, RequestAnswer
from plan_pages.consultation.rounds import NoRemarks, RemarkRound
from plan_pages.content_version import ContentVersion
from plan_pages.evidence import Evidence
from plan_pages.monitoring import BudgetEntry, BudgetLine, ChapterReturn, Entry, IndicatorValue, ReportingPeriod
from plan_pages.outbox import OutboxMail
from plan_pages.pages.chapter import ChapterPage
from plan_pages.pages.group import GroupDocument, GroupMeeting, GroupMember, GroupPage
from plan_pages.pages.plan import PlanAmendment, PlanPage
from plan_pages.people import Notice, PersonalChoices, Reminder
from plan_pages.register import Chapter, DeadlineChange, FormerPlace, Goal, Indicator, Measure, Plan, Task
from plan_pages.roles import GroupRole
from plan_pages.search.entries import SearchEntry
from plan_pages.uploads import PendingUpload

__all__ = [
    "BudgetEntry",
    "BudgetLine",
    "Chapter",
    "ChapterPage",
    "ChapterReturn",
    "ContentVersion",
    "DeadlineChange",
    "Entry",
    "Evidence",
    "FormerPlace",
    "Goal",
    "GroupDocument",
    "GroupMeeting",
    "GroupMember",
    "GroupPage",
    "GroupRole",
    "Indicator",
    "IndicatorValue",
    "InformationRequest",
    "Measure",
    "NoRemarks",
    "Notice",
    "OutboxMail",
    "PendingUpload",
    "PersonalChoices",
    "Plan",
    "PlanAmendment",
    "PlanPage",
    "Remark",
    "RemarkRound",
    "Reminder",
    "ReportingPeriod",
    "RequestAnswer",
    "RowComment",
    "SearchEntry",
    "SendingCount",
    "Task",
    "UnconfirmedRemark",
]
