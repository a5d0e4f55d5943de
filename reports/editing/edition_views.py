"""Screens of editions: the archive with what is in the making, and one edition with its files, mails and deeds.
Coordinators only.
"""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from wagtail.log_actions import registry

from plan_pages import formats
from plan_pages.choices import RESENDABLE_MAIL_STATES, MailState
from plan_pages.editing.refusal import Refused
from plan_pages.register import Plan
from reports import delivery
from reports.choices import JobState, ReportKind
from reports.editing.screens import ReportsView
from reports.models.editions import Delivery, Edition
from reports.models.jobs import ReportJob

SECTION = (gettext_lazy("Archive of reports"), "reports_editions")
PER_PAGE = 30
FOR_A_PERSON = RESENDABLE_MAIL_STATES - {MailState.SENT}


class EditionsView(ReportsView):
    template_name = "reports/admin/editions.html"
    page_title = SECTION[0]

    def get(self, request: HttpRequest) -> HttpResponse:
        kind, state = request.GET.get("kind", ""), request.GET.get("state", "")
        found = Edition.objects.select_related("plan", "chapter", "release__by")
        if kind in set(ReportKind):
            found = found.filter(kind=kind)
        match state:
            case "released":
                found = found.filter(release__isnull=False)
            case "waiting":
                found = found.unreleased()
            case "undelivered":
                found = found.filter(Exists(Delivery.objects.filter(edition=OuterRef("pk")).filter(_for_a_person())))
        later = Edition.objects.filter(job=OuterRef("job"), number__gt=OuterRef("number"))
        page = Paginator(found.annotate(is_corrected=Exists(later)), PER_PAGE).get_page(request.GET.get("p"))
        mails = _mail_counts([edition.pk for edition in page])
        rows = [{"edition": edition, "mails": mails.get(edition.pk)} for edition in page]
        making = ReportJob.objects.exclude(state=JobState.DONE).select_related("schedule", "chapter")
        return self.show(
            page=page,
            rows=rows,
            making=making.order_by("last_day", "pk"),
            kinds=list(ReportKind),
            chosen={"kind": kind, "state": state},
            query=urlencode({"kind": kind, "state": state}),
            several_plans=Plan.objects.count() > 1,
        )


class EditionView(ReportsView):
    """An edition as it stands in the record. Its only deed here is its release."""

    template_name = "reports/admin/edition.html"
    section = SECTION

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        editions = Edition.objects.select_related("plan", "chapter", "job__schedule", "release__by", "edition_before")
        self.edition = get_object_or_404(editions, pk=kwargs["pk"])

    def get_page_title(self) -> str:
        return title_of(self.edition)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        edition = self.edition
        deliveries = edition.deliveries.select_related("mail").defer("mail__text", "mail__html")
        is_latest = edition.is_latest
        return self.show(
            edition=edition,
            files=edition.files.all(),
            deliveries=deliveries,
            for_a_person=FOR_A_PERSON,
            others=edition.job.editions.exclude(pk=edition.pk).order_by("number"),
            is_latest=is_latest,
            may_be_released=is_latest and not edition.is_released,
            may_be_corrected=is_latest and edition.job.state_choice is JobState.DONE,
            history=registry.get_logs_for_instance(edition).select_related("user"),
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if self.attempt(lambda: delivery.release(self.edition, request.user)):
            return self.done(_("The report is released."), "reports_edition", pk)
        return redirect("reports_edition", pk)


class CorrectView(EditionView):
    template_name = "reports/admin/correct.html"

    def get_page_title(self) -> str:
        return _("Correct: %(edition)s") % {"edition": title_of(self.edition)}

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.show(
            edition=self.edition,
            reason=request.POST.get("reason", ""),
            reason_length=delivery.REASON_LENGTH,
            releases_at_once=self.edition.job.schedule.release_at_once,
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if self.attempt(lambda: delivery.correct(self.edition, request.POST.get("reason", ""), request.user)):
            return self.done(
                _("A corrected edition is being made. It appears here when it is ready."), "reports_editions"
            )
        return self.get(request, pk)


class ResendView(ReportsView):
    """Once more to one recipient who did not get it, or perhaps did not."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int, delivery_pk: int) -> HttpResponse:
        found = get_object_or_404(Delivery.objects.select_related("mail"), pk=delivery_pk, edition=pk)
        if self.attempt(lambda: self._resend(found)):
            message = _("The report is on its way to %(recipient)s once more.")
            return self.done(message % {"recipient": found.mail.recipient}, "reports_edition", pk)
        return redirect("reports_edition", pk)

    def _resend(self, found: Delivery) -> None:
        if found.mail.state_choice is MailState.SENT:
            raise Refused(_("This mail was sent."))
        delivery.resend(found.mail, self.request.user)


class TryAgainView(ReportsView):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        job = get_object_or_404(ReportJob.objects.select_related("schedule", "chapter"), pk=pk)
        if self.attempt(lambda: delivery.try_again(job, request.user)):
            return self.done(_("The report is being made once more."), SECTION[1])
        return redirect(SECTION[1])


def title_of(edition: Edition) -> str:
    """“Council's report, third quarter of 2026 · edition 2”, for the title of a page."""
    period = formats.period(edition.period_value, get_language() or settings.LANGUAGE_CODE)
    subject = f" · {edition.chapter}" if edition.chapter else ""
    number = " · " + _("edition %(number)d") % {"number": edition.number} if edition.number > 1 else ""
    return f"{edition.kind_choice.label}{subject}, {period}{number}"


def _for_a_person() -> Q:
    return Q(mail__state__in=FOR_A_PERSON)


def _mail_counts(keys: list[int]) -> dict[int, dict[str, int]]:
    """Of each edition that was sent to anybody: how many mails there are, were sent, need a person."""
    counted = Delivery.objects.filter(edition__in=keys).order_by().values("edition")
    counts = counted.annotate(
        count=Count("pk"),
        sent=Count("pk", filter=Q(mail__state=MailState.SENT)),
        trouble=Count("pk", filter=_for_a_person()),
    )
    return {row["edition"]: row for row in counts}
