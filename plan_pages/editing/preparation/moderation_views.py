"""Coordinators' screens of citizens' remarks: those that wait to be looked through, and one of them."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from wagtail.log_actions import registry

from plan_pages.choices import GIVEN_REMARK_STATES, Moderation
from plan_pages.consultation.remarks import Remark
from plan_pages.editing.preparation import moderation
from plan_pages.editing.preparation.screens import MODERATION, paged
from plan_pages.editing.screens import MonitoringView

STATES = (Moderation.WAITING, Moderation.SHOWN, Moderation.HIDDEN)


class ModerationView(MonitoringView):
    template_name = "plan_pages/admin/preparation/moderation.html"
    page_title = MODERATION[0]
    header_icon = "view"

    def get(self, request: HttpRequest) -> HttpResponse:
        wanted = request.GET.get("state", "")
        state = Moderation(wanted) if wanted in {each.value for each in STATES} else Moderation.WAITING
        found = Remark.objects.given().filter(moderation=state).select_related("round").order_by("number", "pk")
        return self.show(**paged(found, request.GET.get("p"), request.GET), states=STATES, chosen=state)


class ModerateView(MonitoringView):
    """One remark of a citizen: with the name and the address, which stand on no other screen."""

    template_name = "plan_pages/admin/preparation/moderate.html"
    section = MODERATION
    header_icon = "view"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        rows = Remark.objects.filter(state__in=GIVEN_REMARK_STATES).exclude(moderation="")
        self.remark = get_object_or_404(rows.select_related("round", "moderated_by"), pk=kwargs["pk"])

    def get_page_title(self) -> str:
        return f"{self.remark} · {self.remark.kind_choice.label}"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._show(moderation.ModerationForm(remark=self.remark))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        remark, user, deed = self.remark, request.user, request.POST.get("deed", "")
        if deed == "forget":
            if self.attempt(lambda: moderation.forget(remark, user)):
                return self.done(_("The name and the e-mail are erased."), "plan_pages_moderate_remark", pk)
            return redirect("plan_pages_moderate_remark", pk)
        deeds = {"show": moderation.show, "hide": moderation.hide}
        if deed not in deeds:
            raise PermissionDenied
        form = moderation.ModerationForm(request.POST, remark=remark, deed=deed)
        if not form.is_valid() or not self.attempt(lambda: deeds[deed](form, remark, user)):
            return self._show(form)
        said = _("The remark %(remark)s is shown.") if deed == "show" else _("The remark %(remark)s is not shown.")
        return self.done(said % {"remark": remark}, "plan_pages_moderation")

    def _show(self, form: moderation.ModerationForm) -> HttpResponse:
        remark = self.remark
        return self.show(
            remark=remark,
            form=form if remark.round.published_at is None else None,
            may_answer=remark.moderation_choice is Moderation.SHOWN and remark.round.published_at is None,
            history=registry.get_logs_for_instance(remark).select_related("user"),
        )
