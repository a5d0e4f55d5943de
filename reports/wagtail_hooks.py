"""Where Wagtail's admin finds what is ours. Doorbells only."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("reports.edition.release", _("Release a report"), _("Report released"))
    actions.register_action("reports.job.try_again", _("Try a report again"), _("Report to be tried again"))

    @actions.register_action("reports.edition.resend")
    class Resend(LogFormatter):
        label = _("Send a report again")

        def format_message(self, log_entry: Any) -> str:
            return str(_("Report sent again to %(recipient)s")) % log_entry.data

    @actions.register_action("reports.edition.correct")
    class Correct(LogFormatter):
        label = _("Correct a report")

        def format_message(self, log_entry: Any) -> str:
            return str(_("A corrected edition was asked for: %(reason)s")) % log_entry.data
