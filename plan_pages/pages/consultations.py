"""The plan's addresses for remarks: rounds and their tables, and what a citizen does in a public consultation.

Pages that anybody may keep in a cache hold no form: the form, what follows it and the link of the mail have addresses of
their own, which nobody keeps.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import get_language, pgettext
from django.views.decorators.cache import never_cache
from wagtail import hooks
from wagtail.contrib.routable_page.models import path
from wagtail.models import Page, PageViewRestriction, Site

from plan_pages.choices import Audience, RemarkAnswer, RoundState
from plan_pages.citizens import giving
from plan_pages.citizens.form import CitizenRemarkForm
from plan_pages.citizens.letters import answered_by
from plan_pages.citizens.limits import limits
from plan_pages.citizens.opened import remark_of_link
from plan_pages.citizens.places import Places
from plan_pages.citizens.senders import address_of
from plan_pages.consultation.givings import UnconfirmedRemark
from plan_pages.consultation.rounds import RemarkRound
from plan_pages.reading.remarks import read_table
from plan_pages.remark_workbook import XLSX, file_name, workbook

DOWNLOADS = "plan_pages_public_round_downloads"
"""A hook: a function of a published round that gives pairs of label and address. So another app adds files of its own."""


@dataclass(frozen=True, slots=True)
class Step:
    label: str
    is_now: bool


class RemarkRoutes:
    """Of a plan page."""

    pk: Any
    get_url: Callable[..., str | None]
    get_context: Callable[..., dict[str, Any]]

    @path("remarks/", name="remark_rounds")
    def remark_rounds(self, request: HttpRequest) -> HttpResponse:
        """The consultations of the public, and the rounds of remarks on the plan whose answers are published."""
        today = timezone.localdate()
        rounds = [{"round": each, "state": each.state_on(today)} for each in self.remark_rounds_shown()]
        return self._page(request, "remark_rounds", rounds=rounds)

    @path("remarks/<int:number>/", name="remarks")
    def remarks(self, request: HttpRequest, number: int) -> HttpResponse:
        """What is asked, and all remarks of a round with the answers to them."""
        round_ = self._round(number)
        table = read_table(round_, Audience.PUBLIC, accept=_accept(request))
        if not round_.is_public:
            return self._page(request, "remarks", table=table, downloads=list(_downloads(round_)))
        return self._page(
            request,
            "consultation",
            table=table,
            **_facts(round_),
            counts=[(answer, table.count(answer)) for answer in RemarkAnswer],
            downloads=list(_downloads(round_)),
        )

    @path("remarks/<int:number>/table/", name="remarks_workbook")
    def remarks_workbook(self, request: HttpRequest, number: int) -> HttpResponse:
        """The published table as a workbook."""
        round_ = self._round(number)
        if round_.published_at is None:
            raise Http404
        table = read_table(round_, Audience.PUBLIC, accept=_accept(request))
        answer = HttpResponse(workbook(table, get_language() or settings.LANGUAGE_CODE), content_type=XLSX)
        answer.headers["Content-Disposition"] = f'attachment; filename="{file_name(table, "xlsx")}"'
        return answer

    @path("remarks/<int:number>/new/", name="give_remark")
    @method_decorator(never_cache)
    def give_remark(self, request: HttpRequest, number: int) -> HttpResponse:
        """The form of a citizen's remark."""
        round_ = self._consultation(number)
        places, now = Places(round_, _accept(request)), timezone.now()
        if request.method == "POST":
            form = CitizenRemarkForm(request.POST, places=places, now=now)
            status = 200
            if form.is_valid():
                try:
                    giving.send(form, address_of(request, form.limits.proxies), now)
                    return redirect(f"{self._address(request, round_)}sent/")
                except giving.NotTaken as refusal:
                    form.add_error(refusal.field, str(refusal))
                    status = refusal.status
            return self._form(request, round_, form, status)
        if _state(round_) is not RoundState.OPEN:
            return self._page(request, "consultation_over", **_facts(round_), words=giving.closed_words(_state(round_)))
        chosen = places.chosen(request.GET.get("part", ""))
        return self._form(request, round_, CitizenRemarkForm(places=places, now=now, chosen=chosen))

    @path("remarks/<int:number>/sent/", name="remark_sent")
    @method_decorator(never_cache)
    def remark_sent(self, request: HttpRequest, number: int) -> HttpResponse:
        """What to do now: the mail. Says nothing of anybody."""
        return self._page(
            request, "consultation_sent", **_facts(self._consultation(number)), days=limits().confirm_days
        )

    @path("remarks/<int:number>/confirm/<str:token>/", name="confirm_remark")
    @method_decorator(never_cache)
    def confirm_remark(self, request: HttpRequest, number: int, token: str) -> HttpResponse:
        """Where the link of the mail leads: a button, because programs that look into mails open links. Then the number."""
        round_ = self._consultation(number)
        public_id = remark_of_link(token)
        facts = _facts(round_) | {"answered_by": answered_by(round_)}
        waiting = UnconfirmedRemark.objects.filter(public_id=public_id, round=round_).first() if public_id else None
        if request.method == "POST" and waiting:
            try:
                giving.confirm(waiting.public_id)
            except giving.NotTaken as refusal:
                return self._page(request, "consultation_over", **facts, words=str(refusal))
            return redirect(request.path)
        if waiting and waiting.expires_at > timezone.now():
            return self._page(request, "consultation_confirm", **facts, waiting=waiting)
        remark = round_.remarks.filter(public_id=public_id).first() if public_id else None
        return self._page(request, "consultation_thanks" if remark else "consultation_gone", **facts, remark=remark)

    def remark_rounds_shown(self) -> models.QuerySet[Any]:
        return RemarkRound.objects.for_everyone().filter(plan__page=self.pk)

    def _round(self, number: int) -> RemarkRound:
        found = self.remark_rounds_shown().select_related("plan__page", "chapter")
        return get_object_or_404(found, number=number)

    def _consultation(self, number: int) -> RemarkRound:
        round_ = self._round(number)
        if not round_.is_public:
            raise Http404
        return round_

    def _address(self, request: HttpRequest, round_: RemarkRound) -> str:
        return f"{self.get_url(request)}remarks/{round_.number}/"

    def _form(
        self, request: HttpRequest, round_: RemarkRound, form: CitizenRemarkForm, status: int = 200
    ) -> HttpResponse:
        faults = list(form.faults()) if form.is_bound else []
        shown = {"form": form, "faults": faults, "privacy_url": _privacy_url(request)}
        return self._page(request, "consultation_form", status=status, **_facts(round_), **shown)

    def _page(self, request: HttpRequest, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
        # Not this page's own context: that has the whole plan with its progress.
        context = super().get_context(request) | context  # type: ignore[misc]
        return TemplateResponse(request, f"plan_pages/{template}.html", context, status=status)


def _facts(round_: RemarkRound) -> dict[str, Any]:
    state = _state(round_)
    names = (
        (RoundState.PLANNED, pgettext("step of a consultation", "Draft")),
        (RoundState.OPEN, pgettext("step of a consultation", "Remarks")),
        (RoundState.CLOSED, pgettext("step of a consultation", "Answers")),
        (RoundState.PUBLISHED, pgettext("step of a consultation", "Decision")),
    )
    return {
        "round": round_,
        "state": state.value,
        "steps_of_round": [Step(label, each is state) for each, label in names],
        "documents": list(round_.documents.all()),
    }


def _state(round_: RemarkRound) -> RoundState:
    return round_.state_on(timezone.localdate())


def _accept(request: HttpRequest) -> Callable[[PageViewRestriction], bool]:
    return lambda restriction: bool(restriction.accept_request(request))


def _downloads(round_: RemarkRound) -> Iterator[tuple[str, str]]:
    if round_.published_at is not None:
        for function in hooks.get_hooks(DOWNLOADS):
            yield from function(round_)


def _privacy_url(request: HttpRequest) -> str:
    """Of the page that says what becomes of personal data; "" where the site names none."""
    slug, site = limits().privacy_page, Site.find_for_request(request)
    if not slug or site is None:
        return ""
    page = Page.objects.descendant_of(site.root_page).live().filter(slug=slug).first()
    return (page.get_url(request) or "") if page else ""
