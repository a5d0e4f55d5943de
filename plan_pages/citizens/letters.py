"""The mails to citizens, in the language of their form. Until a mailbox is confirmed nothing of what was written goes
there: nobody can have the site send their words to a stranger.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from plan_pages import formats, posting
from plan_pages.citizens.opened import link_token
from plan_pages.consultation.givings import UnconfirmedRemark
from plan_pages.consultation.remarks import Remark
from plan_pages.consultation.rounds import RemarkRound
from plan_pages.languages import active_language
from plan_pages.letters import Link, Message, letter_to_citizen
from plan_pages.outbox import CITIZEN, OutboxMail


def ask_to_confirm(row: UnconfirmedRemark) -> None:
    def write() -> Message:
        return Message(
            _("Confirm your remark: %(round)s") % {"round": row.round},
            (
                _("A remark was given on the city’s plan with this e-mail address."),
                _("If you gave it, open the page below and press the button by %(day)s. Only then do we receive it.")
                % {"day": _day(timezone.localdate(row.expires_at))},
                _("If you did not give it, do nothing: your address will be erased."),
            ),
            link=Link(_("Confirm the remark"), f"{address(row.round)}confirm/{link_token(row.public_id)}/"),
        )

    _put(write, row, "confirm")


def received(remark: Remark) -> None:
    def write() -> Message:
        return Message(
            _("We received remark %(number)s") % {"number": remark},
            (
                _("Thank you. We received your remark %(number)s on the city’s plan.") % {"number": remark},
                _("It will be shown to everyone once the coordinating group has looked it through, without your name."),
                answered_by(remark.round),
            ),
            link=Link(_("The consultation"), address(remark.round)),
        )

    _put(write, remark, "received")


def not_shown(remark: Remark) -> None:
    reason = remark.hiding_choice

    def write() -> Message:
        return Message(
            _("Remark %(number)s is not shown") % {"number": remark},
            (
                _("The coordinating group has looked your remark %(number)s through and does not show it.")
                % {"number": remark},
                _("Reason: %(reason)s.") % {"reason": reason.label if reason else ""},
            ),
            link=Link(_("The consultation"), address(remark.round)),
        )

    _put(write, remark, f"hidden/{remark.moderated_at:%Y%m%dT%H%M%S}")


def answered(remark: Remark) -> None:
    answer = remark.answer_choice

    def write() -> Message:
        return Message(
            _("Your remark %(number)s is answered") % {"number": remark},
            (
                _("The coordinating group has answered your remark %(number)s: %(answer)s.")
                % {"number": remark, "answer": answer.label.lower() if answer else ""},
            ),
            quote=remark.reason,
            link=Link(_("The remark and its answer"), f"{address(remark.round)}#{remark}"),
        )

    _put(write, remark, f"answer/{remark.answered_at:%Y%m%dT%H%M%S}")


def answered_by(round_: RemarkRound) -> str:
    """In the active language."""
    return _("We will answer by %(day)s.") % {"day": _day(round_.answer_by or round_.due)}


def address(round_: RemarkRound) -> str:
    """Of the round's public page, in the active language. By the site's own name, whatever a request calls itself."""
    page = round_.plan.page
    base = page.get_full_url() if page is not None else ""
    return f"{base}remarks/{round_.number}/"


def mails_of(public_id: Any) -> Any:
    """Every mail that went to the author of this remark, or waits to go."""
    return OutboxMail.objects.filter(purpose=CITIZEN, reference__startswith=f"{public_id.hex}/")


def _put(write: Callable[[], Message], row: Any, event: str) -> None:
    if not row.person_email:
        return
    now = timezone.now()
    with translation.override(row.language):
        message = replace(write(), language=row.language)
    letter = letter_to_citizen(message, f"{row.public_id.hex}/{event}", row.person_email)
    mails = OutboxMail.objects.put([letter], now)
    posting.tell_workers([mail.pk for mail in mails], now)


def _day(day: date) -> str:
    return formats.day(day, active_language())
