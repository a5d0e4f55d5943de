"""Coordinators' screens of rounds: the list, the form, one round with its deeds; and all groups by what is asked of them."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from wagtail.log_actions import registry

from plan_pages.choices import GIVEN_REMARK_STATES, Moderation, RemarkState, RoundAudience, RoundState
from plan_pages.consultation.requests import InformationRequest, RequestAnswer
from plan_pages.consultation.rounds import RemarkRound
from plan_pages.editing.preparation import rounds, standing
from plan_pages.editing.preparation.screens import OVERVIEW, ROUNDS, downloads, paged, today
from plan_pages.editing.screens import MonitoringView
from plan_pages.register import Plan

SHOWN = 6
"""Rounds and requests side by side."""


class OverviewView(MonitoringView):
    """Groups × what is asked of them; the late ones stand out."""

    template_name = "plan_pages/admin/preparation/groups.html"
    page_title = OVERVIEW[0]
    header_icon = "group"

    def get(self, request: HttpRequest) -> HttpResponse:
        day = today()
        plans = [
            {
                "plan": plan,
                "table": standing.table(
                    plan,
                    list(RemarkRound.objects.filter(plan=plan, published_at__isnull=True).order_by("due")[:SHOWN]),
                    list(_open_requests(plan)[:SHOWN]),
                    day,
                ),
            }
            for plan in Plan.objects.select_related("page").filter(page__isnull=False)
        ]
        return self.show(plans=plans)


class RoundsView(MonitoringView):
    template_name = "plan_pages/admin/preparation/rounds.html"
    page_title = ROUNDS[0]
    header_icon = "calendar-alt"

    def get(self, request: HttpRequest) -> HttpResponse:
        found = RemarkRound.objects.select_related("plan", "chapter").annotate(
            given=Count("remarks", filter=Q(remarks__state__in=GIVEN_REMARK_STATES)),
            waiting=Count(
                "remarks",
                filter=Q(remarks__state=RemarkState.SUBMITTED) & ~Q(remarks__moderation=Moderation.HIDDEN),
            ),
        )
        # The counts take the order of the model away.
        context = paged(found.order_by("-opens", "-pk"), request.GET.get("p"), request.GET)
        rows = [{"round": each, "state": each.state_on(today())} for each in context["page"]]
        return self.show(rows=rows, several_plans=Plan.objects.count() > 1, **context)


class RoundFormView(MonitoringView):
    """Add a round (no key) or change one."""

    template_name = "plan_pages/admin/preparation/form.html"
    section = ROUNDS
    header_icon = "calendar-alt"
    round: RemarkRound | None = None

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if "pk" in kwargs:
            self.round = get_object_or_404(RemarkRound, pk=kwargs["pk"])

    def get_page_title(self) -> str:
        return _("Change: %(title)s") % {"title": self.round} if self.round else _("New round of remarks")

    def get(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        plan = Plan.objects.order_by("pk").last()
        initial = {"plan": plan, "opens": today()} if plan and not self.round else None
        return self._form(rounds.RoundForm(instance=self.round, initial=initial))

    def post(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        form = rounds.RoundForm(request.POST, request.FILES, instance=self.round)
        if form.is_valid() and self.attempt(lambda: rounds.keep(form, request.user, today())):
            return self.done(_("The round is saved."), "plan_pages_round", form.instance.pk)
        return self._form(form)

    def _form(self, form: rounds.RoundForm) -> HttpResponse:
        return self.show(form=form, media=form.media)


class RoundView(MonitoringView):
    """A round: who has given what, its files, and what may be done with it now."""

    template_name = "plan_pages/admin/preparation/round.html"
    section = ROUNDS
    header_icon = "calendar-alt"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.round = get_object_or_404(RemarkRound.objects.select_related("plan__page", "chapter"), pk=kwargs["pk"])

    def get_page_title(self) -> str:
        return str(self.round)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._show()

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        user, reason = request.user, request.POST.get("reason", "")
        match request.POST.get("deed"):
            case "close":
                done = self.attempt(lambda: rounds.close(self.round, user))
                message = _("The round is closed: no more remarks are taken.")
            case "publish":
                done = self.attempt(lambda: rounds.publish(self.round, user, today()))
                message = _("The remarks and answers are published.")
            case "reopen":
                done = self.attempt(lambda: rounds.reopen(self.round, user, reason, _day(request), today()))
                message = _("The round is open again.")
            case _other:
                raise PermissionDenied
        return self.done(message, "plan_pages_round", pk) if done else self._show(reason)

    def _show(self, reason: str = "") -> HttpResponse:
        round_ = self.round
        counts = round_.remarks.aggregate(
            given=Count("pk", filter=Q(state__in=GIVEN_REMARK_STATES)),
            waiting=Count("pk", filter=Q(state=RemarkState.SUBMITTED) & ~Q(moderation=Moderation.HIDDEN)),
            unseen=Count("pk", filter=Q(moderation=Moderation.WAITING)),
        )
        state = round_.state_on(today())
        return self.show(
            round=round_,
            state=state,
            audience=RoundAudience(round_.audience),
            counts=counts,
            table=standing.table(round_.plan, [round_], [], today()),
            documents=round_.documents.all(),
            downloads=list(downloads(round_)),
            public_address=_public(round_),
            is_open=state in (RoundState.OPEN, RoundState.PLANNED),
            is_closed=state is RoundState.CLOSED,
            is_published=state is RoundState.PUBLISHED,
            reason=reason,
            history=registry.get_logs_for_instance(round_).select_related("user"),
        )


def _open_requests(plan: Plan) -> Any:
    waiting = RequestAnswer.objects.unanswered().values("request")
    return InformationRequest.objects.filter(plan=plan, pk__in=waiting).order_by("due", "pk")


def _public(round_: RemarkRound) -> str:
    page = round_.plan.page
    return (
        f"{page.get_url()}remarks/{round_.number}/"
        if page is not None and (round_.published_at or round_.is_public)
        else ""
    )


def _day(request: HttpRequest) -> date | None:
    try:
        return parse_date(request.POST.get("due", ""))
    except ValueError:
        return None
