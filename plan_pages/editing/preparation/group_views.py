"""Screens of a working group: what is asked of it, its drafts, and the form of a remark."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from plan_pages.choices import RemarkKind, RemarkState, RequestState
from plan_pages.consultation import parts
from plan_pages.consultation.remarks import Remark
from plan_pages.consultation.requests import RequestAnswer
from plan_pages.consultation.rounds import NoRemarks, RemarkRound
from plan_pages.editing.preparation import remarks
from plan_pages.editing.preparation.rights import groups_for, plans_for, rounds_for, speaks_for
from plan_pages.editing.preparation.screens import HOME, OVERVIEW, PreparationView, today
from plan_pages.editing.refusal import Refused
from plan_pages.pages.group import GroupPage
from plan_pages.permissions import is_coordinator

SHOWN = 20
"""Of what is done; the register has all of it."""


class HomeView(PreparationView):
    template_name = "plan_pages/admin/preparation/home.html"
    page_title = HOME[0]

    def get(self, request: HttpRequest) -> HttpResponse:
        groups = list(groups_for(request.user))
        if not groups and is_coordinator(request.user):
            return redirect(OVERVIEW[1])
        day = today()
        rows = RequestAnswer.objects.filter(group__in=groups).select_related("request").order_by("due", "pk")
        done = rows.exclude(state__in=(RequestState.WAITING, RequestState.AGAIN)).order_by("-answered_at")
        own = Remark.objects.filter(group__in=groups).select_related("round").order_by("round", "pk")
        return self.show(
            groups=groups,
            requests=[{"answer": each, "is_overdue": each.is_overdue(day)} for each in rows.unanswered()],
            requests_done=done[:SHOWN],
            rounds=self._rounds(groups),
            drafts=own.filter(state=RemarkState.DRAFT),
            given=own.exclude(state=RemarkState.DRAFT).order_by("-number")[:SHOWN],
        )

    def _rounds(self, groups: list[GroupPage]) -> list[dict[str, Any]]:
        """Each open round for each group of the user in its plan, with what the group has done in it."""
        found = RemarkRound.objects.open_on(today()).filter(plan__in=plans_for(self.request.user))
        rounds = list(found.select_related("plan__page", "chapter").prefetch_related("documents").order_by("due", "pk"))
        counted = Remark.objects.filter(round__in=rounds, group__in=groups).order_by().values("round", "group", "state")
        counts = {
            (row["round"], row["group"], row["state"]): row["count"] for row in counted.annotate(count=Count("pk"))
        }
        silent = set(NoRemarks.objects.filter(round__in=rounds, group__in=groups).values_list("round", "group"))
        return [
            {
                "round": round_,
                "group": group,
                "drafts": counts.get((round_.pk, group.pk, RemarkState.DRAFT.value), 0),
                "given": sum(
                    counts.get((round_.pk, group.pk, state.value), 0)
                    for state in (RemarkState.SUBMITTED, RemarkState.ANSWERED)
                ),
                "none": (round_.pk, group.pk) in silent,
            }
            for round_ in rounds
            for group in groups
            if round_.plan.page and group.path.startswith(round_.plan.page.path)
        ]


class NoRemarksView(PreparationView):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int, group: int) -> HttpResponse:
        round_ = get_object_or_404(rounds_for(request.user), pk=pk)
        page = get_object_or_404(GroupPage, pk=group)
        if self.attempt(lambda: remarks.say_none(round_, page, request.user, today())):
            messages.success(request, _("It is noted that the group has no remarks."))
        return redirect(HOME[1])


class SubmitView(PreparationView):
    """Hands in the drafts that were ticked."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        round_ = get_object_or_404(rounds_for(request.user), pk=pk)
        keys = [int(key) for key in request.POST.getlist("remark") if key.isdecimal() and len(key) < 19]
        done: list[Any] = []
        if self.attempt(lambda: done.extend(remarks.submit(keys, round_, request.user, today()))):
            messages.success(request, handed_in(len(done)))
        return redirect(HOME[1])


class RemarkFormView(PreparationView):
    """A new remark in a round, or a draft."""

    template_name = "plan_pages/admin/preparation/remark_form.html"
    section = HOME

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if "round" in kwargs:
            rounds = RemarkRound.objects.select_related("plan__page", "chapter")
            round_ = get_object_or_404(rounds, pk=kwargs["round"])
            self.remark = Remark(round=round_, kind=self._kind())
        else:
            rows = Remark.objects.select_related("round__plan__page", "round__chapter")
            self.remark = get_object_or_404(rows, pk=kwargs["pk"])

    def _kind(self) -> str:
        wanted = self.request.GET.get("kind", "")
        return wanted if wanted in set(RemarkKind) else RemarkKind.REMARK.value

    def is_allowed(self, user: Any) -> bool:
        if self.remark.pk:
            return speaks_for(user, self.remark.group_id)
        page = self.remark.round.plan.page
        return page is not None and groups_for(user).child_of(page).exists()

    def get_page_title(self) -> str:
        return _("Draft of a remark") if self.remark.pk else _("New remark")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if self.remark.pk and self.remark.state_choice is not RemarkState.DRAFT:
            return redirect("plan_pages_remark", self.remark.pk)
        try:
            remarks.demand_open(self.remark.round, today())
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect(HOME[1])
        return self._form(remarks.RemarkForm(**self._arguments, part=request.GET.get("part", "")))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        deed = request.POST.get("deed")
        if deed == "discard" and self.remark.pk:
            if self.attempt(lambda: remarks.discard(self.remark, request.user)):
                return self.done(_("The draft is gone."), HOME[1])
            return redirect(HOME[1])
        if deed not in ("save", "next", "submit"):
            raise PermissionDenied
        form = remarks.RemarkForm(request.POST, request.FILES, **self._arguments)
        if form.is_valid() and self.attempt(lambda: remarks.keep_draft(form, request.user, today())):
            return self._after(form, deed)
        return self._form(form)

    def _after(self, form: remarks.RemarkForm, deed: str) -> HttpResponse:
        remark, user = form.instance, self.request.user
        if deed == "submit":
            if self.attempt(lambda: remarks.submit([remark.pk], remark.round, user, today())):
                return self.done(handed_in(1), HOME[1])
            return redirect("plan_pages_remark_form", remark.pk)
        messages.success(self.request, _("The draft is saved. Only your group sees it until it is handed in."))
        if deed == "next":
            address = reverse("plan_pages_add_remark", args=[remark.round_id])
            return redirect(f"{address}?part={parts.key_of(remark)}&kind={remark.kind}")
        return redirect(HOME[1])

    @property
    def _arguments(self) -> dict[str, Any]:
        return {"instance": self.remark, "user": self.request.user}

    def _form(self, form: remarks.RemarkForm) -> HttpResponse:
        round_ = self.remark.round
        return self.show(
            form=form,
            remark=self.remark,
            round=round_,
            parts=parts.offered(round_.plan, round_.chapter),
            chosen=form["part"].value() or "",
            kept=list(self.remark.documents.all()) if self.remark.pk else [],
        )


def handed_in(count: int) -> str:
    message = ngettext("%(count)d remark is handed in.", "%(count)d remarks are handed in.", count)
    return message % {"count": count}
