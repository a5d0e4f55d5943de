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
    TASK = "task", pgettext_lazy("of the plan", "Task")
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


class Doubt(Choice):
    """Why a value that is well formed may still be a slip of the hand: whoever enters it is asked."""

    FALLS = "falls"
    TEN_TIMES = "ten_times"
    A_TENTH = "a_tenth"


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


class RoundAudience(Choice):
    """Whose remarks are asked for."""

    GROUPS = "groups", pgettext_lazy("round of remarks", "Working groups")
    PUBLIC = "public", pgettext_lazy("round of remarks", "Working groups and the public")


class RoundState(Choice):
    """A round of remarks on a plan: its days say where it stands, until a coordinator closes or publishes it."""

    PLANNED = "planned", pgettext_lazy("state of a round of remarks", "Planned")
    OPEN = "open", pgettext_lazy("state of a round of remarks", "Open")
    CLOSED = "closed", pgettext_lazy("state of a round of remarks", "Closed")
    PUBLISHED = "published", pgettext_lazy("state of a round of remarks", "Published")


class RemarkKind(Choice):
    """What a group gives on the draft of a plan, by the city's announcement of 2021-04-14."""

    REMARK = "remark", pgettext_lazy("kind of a remark", "Remark")
    PROPOSAL = "proposal", pgettext_lazy("kind of a remark", "Proposal")
    CONCLUSION = "conclusion", pgettext_lazy("kind of a remark", "Conclusion")


PUBLIC_REMARK_KINDS = (RemarkKind.REMARK, RemarkKind.PROPOSAL)
"""What a citizen may give: conclusions are the groups'."""


class Moderation(Choice):
    """A citizen's remark, before everyone may read it. What a working group gives is not moderated."""

    NONE = "", pgettext_lazy("moderation of a remark", "Not moderated")
    WAITING = "waiting", pgettext_lazy("moderation of a remark", "Waiting to be looked through")
    SHOWN = "shown", pgettext_lazy("moderation of a remark", "Shown")
    HIDDEN = "hidden", pgettext_lazy("moderation of a remark", "Not shown")


READABLE_MODERATION = frozenset({Moderation.NONE, Moderation.SHOWN})
"""Of what stands in tables of remarks."""


class HidingReason(Choice):
    """Why a citizen's remark is not shown."""

    OFF_TOPIC = "off_topic", pgettext_lazy("why a remark is not shown", "It is not on the plan")
    INSULT = "insult", pgettext_lazy("why a remark is not shown", "It insults somebody")
    PERSONAL_DATA = "personal_data", pgettext_lazy("why a remark is not shown", "It tells personal data")
    DUPLICATE = "duplicate", pgettext_lazy("why a remark is not shown", "The same remark was given already")


class RemarkState(Choice):
    """A remark, from its author to the answer of the coordinating group. A draft is its author's alone."""

    DRAFT = "draft", pgettext_lazy("state of a remark", "Draft")
    SUBMITTED = "submitted", pgettext_lazy("state of a remark", "Waiting for an answer")
    WITHDRAWN = "withdrawn", pgettext_lazy("state of a remark", "Withdrawn")
    ANSWERED = "answered", pgettext_lazy("state of a remark", "Answered")


GIVEN_REMARK_STATES = frozenset({RemarkState.SUBMITTED, RemarkState.ANSWERED})
"""What counts as a remark that was given: it stands in the table of remarks and answers."""


class RemarkAnswer(Choice):
    """What the coordinating group decided of a remark."""

    ACCEPTED = "accepted", pgettext_lazy("answer to a remark", "Accepted")
    PARTLY = "partly", pgettext_lazy("answer to a remark", "Partly accepted")
    NOT_ACCEPTED = "not_accepted", pgettext_lazy("answer to a remark", "Not accepted")


ANSWERS_WITH_REASON = frozenset({RemarkAnswer.PARTLY, RemarkAnswer.NOT_ACCEPTED})


class RequestState(Choice):
    """Where a group stands with a request for information."""

    WAITING = "waiting", pgettext_lazy("state of a request for information", "Waiting for an answer")
    AGAIN = "again", pgettext_lazy("state of a request for information", "Asked again")
    GIVEN = "given", pgettext_lazy("state of a request for information", "Answered")
    NOTHING = "nothing", pgettext_lazy("state of a request for information", "Nothing to say")


UNANSWERED_REQUEST_STATES = frozenset({RequestState.WAITING, RequestState.AGAIN})


class Audience(Choice):
    """For whom the plan is read. Public: nothing restricted, no draft, nothing unapproved."""

    PUBLIC = "public", _("Public")
    INTERNAL = "internal", _("Internal")


class NoticeKind(Choice):
    """Of what people are told by mail."""

    REMINDER = "reminder", pgettext_lazy("kind of a notice", "Reminder")
    SUBMITTED = "submitted", pgettext_lazy("kind of a notice", "Return submitted")
    SENT_BACK = "sent_back", pgettext_lazy("kind of a notice", "Return sent back")
    APPROVED = "approved", pgettext_lazy("kind of a notice", "Return approved")
    COMMENT = "comment", pgettext_lazy("kind of a notice", "Comment")
    DEPUTY = "deputy", pgettext_lazy("kind of a notice", "Deputy")
    PERIOD_LOCKED = "period_locked", pgettext_lazy("kind of a notice", "Period locked")
    PERIOD_REOPENED = "period_reopened", pgettext_lazy("kind of a notice", "Period reopened")
    ROUND_OPENED = "round_opened", pgettext_lazy("kind of a notice", "Remarks asked for")
    REMARKS_SUBMITTED = "remarks_submitted", pgettext_lazy("kind of a notice", "Remarks handed in")
    REMARKS_ANSWERED = "remarks_answered", pgettext_lazy("kind of a notice", "Remarks answered")
    REMARKS_WAITING = "remarks_waiting", pgettext_lazy("kind of a notice", "Citizens’ remarks to be looked through")
    REMARKS_PUBLISHED = "remarks_published", pgettext_lazy("kind of a notice", "Remarks and answers published")
    INFORMATION_ASKED = "information_asked", pgettext_lazy("kind of a notice", "Request for information")
    INFORMATION_GIVEN = "information_given", pgettext_lazy("kind of a notice", "Answer to a request")


class MailState(Choice):
    """A mail of the outbox. Uncertain: it was being handed over when its sender fell silent; nobody knows if it went."""

    QUEUED = "queued", pgettext_lazy("state of a mail", "Queued")
    SENDING = "sending", pgettext_lazy("state of a mail", "Being sent")
    SENT = "sent", pgettext_lazy("state of a mail", "Sent")
    FAILED = "failed", pgettext_lazy("state of a mail", "Not sent")
    UNCERTAIN = "uncertain", pgettext_lazy("state of a mail", "Uncertain")


RESENDABLE_MAIL_STATES = frozenset({MailState.SENT, MailState.FAILED, MailState.UNCERTAIN})


class MeasureOrder(Choice):
    """In which order a list of measures is shown."""

    CODE = "code", pgettext_lazy("order of measures", "By code")
    DEADLINE = "deadline", pgettext_lazy("order of measures", "By deadline, the nearest first")
    PROGRESS = "progress", pgettext_lazy("order of measures", "By progress, the lowest first")
    RESPONSIBLE = "responsible", pgettext_lazy("order of measures", "By responsible body")


class MailFault(Choice):
    """What went wrong with a mail, as a coordinator understands it; the server's own words are kept beside it."""

    ADDRESS = "address", _("The recipient’s server refused the address: it is wrong or no longer there.")
    UNWRITABLE = "unwritable", _("No mail can be written to this address: check how it is spelled.")
    FULL = "full", _("The recipient’s mailbox is full.")
    TOO_LARGE = "too_large", _("The mail is too large for the recipient’s server.")
    UNWANTED = "unwanted", _("The recipient’s server refused the mail; it may take it for unwanted mail (spam).")
    LATER = "later", _("The mail server cannot take the mail now.")
    GREYLISTED = "greylisted", _("The recipient’s server asks senders that it does not know yet to come again later.")
    UNREACHABLE = "unreachable", _("The mail server could not be reached.")
    SILENT = "silent", _("The mail server did not answer in time.")
    LOGIN = "login", _("The mail server asks to log in, or refuses the site’s password: tell the administrator.")
    SECURITY = "security", _("No secure connection to the mail server could be made: tell the administrator.")
    SENDER = "sender", _("The mail server does not accept the site’s address as the sender: tell the administrator.")
    NOT_FOR_US = "not_for_us", _("The mail server takes no mails from this site: tell the administrator.")
    FILE = "file", _("A file that goes with the mail cannot be read: tell the administrator.")
    BROKEN_OFF = (
        "broken_off",
        _(
            "The connection broke when the mail was being handed over. It may have arrived: ask before you send it again."
        ),
    )
    FELL_SILENT = (
        "fell_silent",
        _(
            "The mail was being handed over when its sender fell silent. It may have arrived: ask before you send it again."
        ),
    )
    OTHER = "other", _("Something went wrong on the site itself: tell the administrator.")


class GapKind(Choice):
    """What is missing in a plan, and who looks for it: those who keep its texts, those who report."""

    NO_ENTRY = "no_entry", pgettext_lazy("gap", "No entry for two periods")
    NO_REASON = "no_reason", pgettext_lazy("gap", "Delayed or stopped without a reason")
    NO_VALUE = "no_value", pgettext_lazy("gap", "Indicator without a value")
    NO_RESPONSIBLE = "no_responsible", pgettext_lazy("gap", "No responsible body")
    NO_END = "no_end", pgettext_lazy("gap", "No end")
    NO_INDICATOR = "no_indicator", pgettext_lazy("gap", "Goal without an indicator")
    LONG_TITLE = "long_title", pgettext_lazy("gap", "Long title")
    NOT_TRANSLATED = "not_translated", pgettext_lazy("gap", "Text not translated")


REPORTED_GAPS = frozenset({GapKind.NO_ENTRY, GapKind.NO_REASON, GapKind.NO_VALUE})
"""Mended in a return; the others in the chapter's text."""
