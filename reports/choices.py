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
