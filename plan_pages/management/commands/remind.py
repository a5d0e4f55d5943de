"""`manage.py remind`: one round of reminders and mails of the morning, for cron. On a site that has `reports` its `run_due`
does this too; any number of both may run.
"""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from plan_pages import posting, queue
from plan_pages.citizens.erasing import erase
from plan_pages.outbox import OutboxMail
from plan_pages.reminding import tell_what_is_due

MOST = 200


class Command(BaseCommand):
    help = (
        "Remind people of the returns that are due, send the mails that wait, erase personal data whose day has come."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        told = tell_what_is_due(now)
        erase(now)
        OutboxMail.objects.take_up_abandoned(now)
        sent = posting.post_ready(now, MOST) if queue.is_in_process() else posting.hand_over_ready(now, MOST)
        if told or sent:
            self.stdout.write(_("reminded: %(told)d; mails: %(sent)d") % {"told": told, "sent": sent})
