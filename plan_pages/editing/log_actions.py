"""The words of the log: what was done, as the history of a page, a return, a period or a round tells it."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry, LogFormatter

from plan_pages.choices import HidingReason


class WithData(LogFormatter):
    said: Any = ""

    def format_message(self, log_entry: Any) -> str:
        return str(self.said) % log_entry.data


def register_log_actions(actions: LogActionRegistry) -> None:
    for name, label, message in (
        ("plan_pages.return.start", _("Begin a return"), _("Return begun")),
        ("plan_pages.return.record", _("Enter progress"), _("Progress entered")),
        ("plan_pages.return.upload", _("Enter progress from a workbook"), _("Progress entered from a workbook")),
        ("plan_pages.return.submit", _("Submit a return"), _("Return submitted for approval")),
        ("plan_pages.return.approve", _("Approve a return"), _("Return approved")),
        ("plan_pages.period.upload", _("Enter indicators from a workbook"), _("Indicators entered from a workbook")),
        ("plan_pages.period.lock", _("Lock a period"), _("Period locked")),
        ("plan_pages.remark.submit", _("Hand in a remark"), _("Remark handed in")),
        ("plan_pages.remark.withdraw", _("Take a remark back"), _("Remark taken back")),
        ("plan_pages.remark.show", _("Show a citizen’s remark"), _("Remark of a citizen shown")),
        ("plan_pages.remark.redact", _("Take personal data out"), _("Personal data taken out of a remark")),
        ("plan_pages.remark.forget", _("Erase a name and e-mail"), _("Name and e-mail of a citizen erased")),
        ("plan_pages.remark.answer", _("Answer a remark"), _("Remark answered")),
        ("plan_pages.round.close", _("Close a round of remarks"), _("Round of remarks closed")),
        ("plan_pages.round.publish", _("Publish remarks and answers"), _("Remarks and answers published")),
    ):
        actions.register_action(name, label, message)

    @actions.register_action("plan_pages.return.send_back")
    class SendBack(WithData):
        label = _("Send a return back")
        said = _("Return sent back: %(reason)s")

    @actions.register_action("plan_pages.measure.move")
    class MoveMeasure(WithData):
        label = _("Move a measure")
        said = _(
            "Measure %(code)s moved from the task %(task)s of “%(chapter)s” to the task %(to_task)s of “%(to_chapter)s”, "
            "where its code is %(became)s"
        )

    for name, label, message in (
        ("plan_pages.comment.add", _("Comment on a row"), _("Comment on %(row)s: %(text)s")),
        ("plan_pages.evidence.add", _("Add evidence"), _("Evidence of %(row)s added: %(title)s")),
        ("plan_pages.evidence.remove", _("Remove evidence"), _("Evidence of %(row)s removed: %(title)s")),
    ):
        actions.register_action(name)(type("Talk", (WithData,), {"label": label, "said": message}))

    @actions.register_action("plan_pages.period.reopen")
    class Reopen(WithData):
        label = _("Reopen a period")
        said = _("Period reopened: %(reason)s")

    @actions.register_action("plan_pages.mail.resend")
    class Resend(WithData):
        label = _("Send a mail again")
        said = _("Mail sent again to %(recipient)s")

    @actions.register_action("plan_pages.deputy.set")
    class SetDeputy(LogFormatter):
        label = _("Set a deputy")

        def format_message(self, log_entry: Any) -> str:
            if log_entry.data["deputy"]:
                return str(_("Deputy from %(first)s until %(last)s: %(deputy)s")) % log_entry.data
            return str(_("No deputy any more"))

    @actions.register_action("plan_pages.round.reopen")
    class ReopenRound(WithData):
        label = _("Reopen a round of remarks")
        said = _("Round of remarks reopened: %(reason)s")

    @actions.register_action("plan_pages.round.no_remarks")
    class NoRemarks(WithData):
        label = _("Have no remarks")
        said = _("The group has no remarks: %(group)s")

    @actions.register_action("plan_pages.remark.hide")
    class HideRemark(LogFormatter):
        label = _("Do not show a citizen’s remark")

        def format_message(self, log_entry: Any) -> str:
            return str(_("Remark of a citizen not shown: %(reason)s")) % {
                "reason": HidingReason(log_entry.data["reason"]).label
            }

    @actions.register_action("plan_pages.request.answer")
    class AnswerRequest(WithData):
        label = _("Answer a request for information")
        said = _("The group has answered: %(group)s")

    @actions.register_action("plan_pages.request.ask_again")
    class AskAgain(WithData):
        label = _("Ask a group again")
        said = _("The group is asked again: %(group)s. %(reason)s")

    @actions.register_action("plan_pages.role.make")
    class MakeRole(WithData):
        label = _("Make the editors’ role")
        said = _("Editors’ role made: %(role)s")
