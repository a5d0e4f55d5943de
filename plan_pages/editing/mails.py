"""Sending a notice's mail once more, because a person decided so: it failed, or nobody knows. Coordinators only; logged."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from plan_pages import posting
from plan_pages.choices import RESENDABLE_MAIL_STATES, MailState
from plan_pages.editing.refusal import Refused
from plan_pages.outbox import OutboxMail
from plan_pages.permissions import is_coordinator

RESENDABLE = RESENDABLE_MAIL_STATES - {MailState.SENT}


@transaction.atomic
def resend(mail: OutboxMail, user: Any) -> None:
    if not is_coordinator(user) or not mail.notices.exists():
        raise PermissionDenied
    found = OutboxMail.objects.select_for_update().get(pk=mail.pk)
    if found.state_choice is MailState.SENT:
        raise Refused(_("This mail was sent."))
    if not found.put_back():
        raise Refused(_("This mail is on its way already."))
    posting.tell_workers([found.pk], timezone.now())
    log(found, "plan_pages.mail.resend", user=user, data={"recipient": found.recipient})
