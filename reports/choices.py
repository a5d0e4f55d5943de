"""The vocabulary of reports. No other module spells a kind of report as a string."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from plan_pages.choices import Choice


class ReportKind(Choice):
    """For whom a report is made. Each kind has a composer of its own in `compose`."""

    MAYOR = "mayor", _("Mayor's brief")
    COUNCIL = "council", _("Council's report")
    CHAPTER = "chapter", _("Chapter's report for its group")

    @property
    def is_by_chapter(self) -> bool:
        """Whether a report of this kind is about one chapter."""
        return self is ReportKind.CHAPTER


class JobState(Choice):
    """A report that is due, on its way to an edition."""

    WAITING = "waiting", pgettext_lazy("state of a report", "Waiting for the period to be locked")
    PENDING = "pending", pgettext_lazy("state of a report", "To be made")
    RUNNING = "running", pgettext_lazy("state of a report", "Being made")
    DONE = "done", pgettext_lazy("state of a report", "Made")
    FAILED = "failed", pgettext_lazy("state of a report", "Failed")


class JobFault(Choice):
    """Why a report could not be made, as a coordinator understands it; the program's own words are kept beside it."""

    UNAVAILABLE = "unavailable", _("The plan is not published, or not for the audience of the report.")
    CHAPTER = "chapter", _("The chapter is not in the plan, or not for the audience of the report.")
    BEFORE = "before", _("The data of the report before this one are damaged: tell the administrator.")
    STORAGE = "storage", _("The files of the report cannot be stored or read: tell the administrator.")
    DATABASE = "database", _("The database was busy or away.")
    DIED = "died", _("The process that made the report died each time before it was done: tell the administrator.")
    OTHER = "other", _("Something went wrong in the making of the report: tell the administrator.")


UNFINISHED_JOB_STATES = frozenset({JobState.PENDING, JobState.RUNNING})
"""A later report of the same schedule waits for these: it is compared with the one before."""


class FileFormat(Choice):
    """A file of an edition. Data: the snapshot from which the edition was made, in all languages."""

    PDF = "pdf", _("PDF")
    HTML = "html", _("Web page")
    DATA = "json", _("Data")

    @property
    def content_type(self) -> str:
        match self:
            case FileFormat.PDF:
                return "application/pdf"
            case FileFormat.HTML:
                return "text/html; charset=utf-8"
            case _:
                return "application/json"
