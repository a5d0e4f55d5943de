"""Every vocabulary of the plan, its labels and its named sets of states. No other module spells a state as a string.

The words follow the usage of Lithuanian municipal plans (tikslas, uždavinys, priemonė, rodiklis).
"""

from enum import StrEnum
from typing import Self

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Choice(StrEnum):
    """A value that is stored, with a label that a reader sees. Members are written `NAME = "value", label`."""

    _label: str | Promise

    def __new__(cls, value: str, label: str | Promise = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        # Not `label or value` alone: asking a lazy label whether it is empty would translate it before apps are ready.
        member._label = label if isinstance(label, Promise) else label or value
        return member

    @property
    def label(self) -> str:
        """The word for this value in the active language."""
        return str(self._label)

    @classmethod
    def choices(cls) -> list[tuple[str, str | Promise]]:
        """Pairs for a Django or Wagtail choice field; labels stay lazy."""
        return [(member.value, member._label) for member in cls]


class Level(Choice):
    """The levels of a plan that carry a code, top to bottom."""

    CHAPTER = "chapter", _("Chapter")
    GOAL = "goal", _("Goal")
    TASK = "task", _("Task")
    MEASURE = "measure", _("Measure")
    INDICATOR = "indicator", _("Indicator")


class PlanStage(Choice):
    """How far the plan's text has come: it is drafted, presented to the council, approved by it."""

    DRAFT = "draft", pgettext_lazy("stage of a plan", "Draft")
    PRESENTED = "presented", pgettext_lazy("stage of a plan", "Presented to the council")
    APPROVED = "approved", pgettext_lazy("stage of a plan", "Approved by the council")


class Frequency(Choice):
    """How often progress is reported."""

    MONTH = "month", _("Every month")
    QUARTER = "quarter", _("Every quarter")
    HALF = "half", _("Every half-year")
    YEAR = "year", _("Every year")


class GroupKind(Choice):
    WORKING = "working", _("Working group")
    COORDINATING = "coordinating", _("Coordinating working group")


class MemberKind(Choice):
    """Who sits in a working group, by the city's announcement of 2021-04-14."""

    COUNCIL = "council", _("Council member")
    CIVIL_SERVANT = "civil_servant", _("Civil servant of the administration")
    INSTITUTION = "institution", _("Representative of a municipal institution or company")
    INTEREST_GROUP = "interest_group", _("Representative of an interest group")


class Status(Choice):
    """What an editor reports of a measure for a period."""

    NOT_STARTED = "not_started", pgettext_lazy("status of a measure", "Not started")
    ON_TRACK = "on_track", pgettext_lazy("status of a measure", "On track")
    DELAYED = "delayed", pgettext_lazy("status of a measure", "Delayed")
    COMPLETED = "completed", pgettext_lazy("status of a measure", "Completed")
    STOPPED = "stopped", pgettext_lazy("status of a measure", "Stopped")


CARRIED_FORWARD = frozenset({Status.COMPLETED, Status.STOPPED})
NEEDS_REASON = frozenset({Status.DELAYED, Status.STOPPED})


class State(Choice):
    """Where a measure stands in the status bar: each stands in one part. In the order in which bars show them."""

    COMPLETED = "completed", pgettext_lazy("status of a measure", "Completed")
    ON_TRACK = "on_track", pgettext_lazy("status of a measure", "On track")
    DELAYED = "delayed", pgettext_lazy("status of a measure", "Delayed")
    STOPPED = "stopped", pgettext_lazy("status of a measure", "Stopped")
    NOT_STARTED = "not_started", pgettext_lazy("status of a measure", "Not started")
    NO_DATA = "no_data", pgettext_lazy("status of a measure", "No data")


class PercentSource(Choice):
    """Where a measure's percent comes from."""

    ENTERED = "entered", _("entered by the group")
    STATUS = "status", _("follows from the status")
    INDICATORS = "indicators", _("from indicators")


class Verdict(Choice):
    """Progress against the share of time gone."""

    ON_COURSE = "on_course", _("On course")
    BEHIND = "behind", _("Behind")
    WELL_BEHIND = "well_behind", _("Well behind")
    NONE = "none", _("Too little data for a verdict")


class IndicatorKind(Choice):
    IMPACT = "impact", _("Impact indicator")
    RESULT = "result", _("Result indicator")
    OUTPUT = "output", _("Output indicator")
    PROCESS = "process", _("Process indicator")


class Direction(Choice):
    INCREASE = "increase", _("Increase")
    DECREASE = "decrease", _("Decrease")
    MAINTAIN = "maintain", _("Maintain")


class Aggregate(Choice):
    """What an indicator is worth after several periods."""

    LAST = "last", _("The last value (a level or a running total)")
    SUM = "sum", _("The sum of the periods")
    MEAN = "mean", _("The mean of the periods")


class Trend(Choice):
    IMPROVING = "improving", _("Improving")
    MAINTAINING = "maintaining", _("Maintaining")
    WORSENING = "worsening", _("Worsening")
    NONE = "none", _("No trend yet")


class ReturnState(Choice):
    """A chapter's return for a period, from its editors to the coordinating group."""

    DRAFT = "draft", pgettext_lazy("state of a return", "Draft")
    SUBMITTED = "submitted", pgettext_lazy("state of a return", "Submitted for approval")
    RETURNED = "returned", pgettext_lazy("state of a return", "Returned for correction")
    APPROVED = "approved", pgettext_lazy("state of a return", "Approved")


EDITABLE_RETURN_STATES = frozenset({ReturnState.DRAFT, ReturnState.RETURNED})


class Audience(Choice):
    """For whom the plan is read. Public: nothing restricted, no draft, nothing unapproved."""

    PUBLIC = "public", _("Public")
    INTERNAL = "internal", _("Internal")


class MailState(Choice):
    """A mail of the outbox. Uncertain: it was being handed over when its sender fell silent; nobody knows if it went."""

    QUEUED = "queued", pgettext_lazy("state of a mail", "Queued")
    SENDING = "sending", pgettext_lazy("state of a mail", "Being sent")
    SENT = "sent", pgettext_lazy("state of a mail", "Sent")
    FAILED = "failed", pgettext_lazy("state of a mail", "Not sent")
    UNCERTAIN = "uncertain", pgettext_lazy("state of a mail", "Uncertain")


RESENDABLE_MAIL_STATES = frozenset({MailState.SENT, MailState.FAILED, MailState.UNCERTAIN})
