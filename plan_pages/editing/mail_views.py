"""Screens of what was sent: every reminder and notice, to whom, of which period, what became of it. Coordinators only."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from plan_pages import letters
from plan_pages.choices import MailState
from plan_pages.editing import mails
from plan_pages.editing.screens import MonitoringView
from plan_pages.monitoring import ReportingPeriod
from plan_pages.outbox import OutboxMail
from plan_pages.people import WAITING, Notice

SECTION = (gettext_lazy("Mails"), "plan_pages_mails")
PER_PAGE = 50
FILTERS = ("person", "period", "state")


class MailsView(MonitoringView):
    template_name = "plan_pages/admin/mails.html"
    page_title = SECTION[0]
    header_icon = "mail"

    def get(self, request: HttpRequest) -> HttpResponse:
        chosen = {name: request.GET.get(name, "") for name in FILTERS}
        found = Notice.objects.select_related("person", "period", "mail").defer("mail__text", "mail__html")
        for name in ("person", "period"):
            if chosen[name].isdecimal():
                found = found.filter(**{f"{name}_id": int(chosen[name])})
        if chosen["state"] in {WAITING, *MailState}:
            found = found.in_state(chosen["state"])
        people = get_user_model().objects.filter(pk__in=Notice.objects.values("person"))
        return self.show(
            page=Paginator(found, PER_PAGE).get_page(request.GET.get("p")),
            resendable=mails.RESENDABLE,
            trouble=OutboxMail.objects.for_a_person().filter(notices__isnull=False).distinct().count(),
            people=[
                {"key": str(each.pk), "name": letters.name_of(each)}
                for each in people.order_by("first_name", "last_name", "username")
            ],
            periods=[
                {"key": str(each.pk), "period": each.value}
                for each in ReportingPeriod.objects.filter(pk__in=Notice.objects.values("period")).order_by("-last_day")
            ],
            states=[
                {"key": WAITING, "label": pgettext("state of a mail", "Waits for the morning")},
                *({"key": each.value, "label": each.label} for each in MailState),
            ],
            chosen=chosen,
            query=urlencode({name: value for name, value in chosen.items() if value}),
        )


class ResendMailView(MonitoringView):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        mail = get_object_or_404(OutboxMail.objects.filter(notices__isnull=False).distinct(), pk=pk)
        if self.attempt(lambda: mails.resend(mail, request.user)):
            message: Any = _("The mail is on its way to %(recipient)s once more.")
            return self.done(message % {"recipient": mail.recipient}, SECTION[1])
        return redirect(SECTION[1])
