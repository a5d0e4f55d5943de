"""The vocabulary of reports. No other module spells a kind of report as a string."""

from django.utils.translation import gettext_lazy as _

from plan_pages.choices import Choice


class ReportKind(Choice):
    """For whom a report is made. Each kind has a composer of its own in `compose`."""

    MAYOR = "mayor", _("Mayor's brief")
    COUNCIL = "council", _("Council's report")
    CHAPTER = "chapter", _("Chapter's report for its group")
