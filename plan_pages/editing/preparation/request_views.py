"""Screens of requests for information: coordinators' list, form and request; one group's answer."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from wagtail.log_actions import registry

from plan_pages.choices import UNANSWERED_REQUEST_STATES
from plan_pages.consultation.requests import InformationRequest, RequestAnswer
from plan_pages.editing.preparation import requests
from plan_pages.editing.preparation.rights import answers_for, speaks_for
from plan_pages.editing.preparation.screens import HOME, REQUESTS, PreparationView, paged, today
from plan_pages.editing.screens import MonitoringView
from plan_pages.permissions import is_coordinator
from plan_pages.register import Plan


class RequestsView(MonitoringView):
    template_name = "plan_pages/admin/preparation/requests.html"
    page_title = REQUESTS[0]
    header_icon = "help"

    def get(self, request: HttpRequest) -> HttpResponse:
        waiting = Q(answers__state__in=UNANSWERED_REQUEST_STATES)
        found = (
            InformationRequest.objects.select_related("plan")
            .annotate(
                asked_count=Count("answers"),
                waiting_count=Count("answers", filter=waiting),
                late_count=Count("answers", filter=waiting & Q(answers__due__lt=today())),
            )
            .order_by("-asked_at", "-pk")
        )
        return self.show(several_plans=Plan.objects.count() > 1, **paged(found, request.GET.get("p"), request.GET))


class RequestFormView(MonitoringView):
    """Ask something new (no key) or change a request."""

    template_name = "plan_pages/admin/preparation/form.html"
    section = REQUESTS
    header_icon = "help"
    request_row: InformationRequest | None = None

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if "pk" in kwargs:
            rows = InformationRequest.objects.select_related("plan__page")
            self.request_row = get_object_or_404(rows, pk=kwargs["pk"])

    def get_page_title(self) -> str:
        if self.request_row:
            return _("Change: %(title)s") % {"title": self.request_row}
        return _("New request for information")

    def get(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        return self._form(requests.RequestForm(**self._arguments))

    def post(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        form = requests.RequestForm(request.POST, request.FILES, **self._arguments)
        if form.is_valid() and self.attempt(lambda: requests.ask(form, request.user)):
            return self.done(_("The request is saved, and the groups are told of it."), *self._there(form.instance.pk))
        return self._form(form)

    def _there(self, key: int) -> tuple[str, int]:
        return "plan_pages_request", key

    @property
    def _arguments(self) -> dict[str, Any]:
        """The plan: that of the request, the one that was chosen, or the last."""
        plans = Plan.objects.select_related("page").filter(page__isnull=False).order_by("pk")
        chosen = self.request.GET.get("plan", "")
        plan = self.request_row.plan if self.request_row else None
        plan = plan or (
            plans.filter(pk=int(chosen)).first() if chosen.isdecimal() and len(chosen) < 19 else plans.last()
        )
        if plan is None:
            raise PermissionDenied
        return {"instance": self.request_row, "plan": plan}

    def _form(self, form: requests.RequestForm) -> HttpResponse:
        return self.show(form=form, media=form.media)


class RequestView(MonitoringView):
    """A request with what every group has answered."""

    template_name = "plan_pages/admin/preparation/request.html"
    section = REQUESTS
    header_icon = "help"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.row = get_object_or_404(InformationRequest.objects.select_related("asked_by"), pk=kwargs["pk"])

    def get_page_title(self) -> str:
        return self.row.title

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        answers = (
            self.row.answers.select_related("answered_by").prefetch_related("documents").order_by("group__path", "pk")
        )
        return self.show(
            row=self.row,
            documents=self.row.documents.all(),
            answers=[{"answer": each, "is_overdue": each.is_overdue(today())} for each in answers],
            history=registry.get_logs_for_instance(self.row).select_related("user"),
        )


class RequestAnswerView(PreparationView):
    """One group's answer: its editors write it, a coordinator may ask again."""

    template_name = "plan_pages/admin/preparation/request_answer.html"
    section = HOME
    header_icon = "help"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        rows = RequestAnswer.objects.select_related("request__plan", "group", "answered_by")
        self.answer = get_object_or_404(rows, pk=kwargs["pk"])

    def is_allowed(self, user: Any) -> bool:
        return answers_for(user).filter(pk=self.answer.pk).exists()

    def get_page_title(self) -> str:
        return self.answer.request.title

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._show(requests.RequestAnswerForm(instance=self.answer))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        user = request.user
        match request.POST.get("deed"):
            case "nothing":
                if self.attempt(lambda: requests.say_nothing(self.answer, user)):
                    return self.done(_("It is noted that the group has nothing to say."), HOME[1])
                return redirect("plan_pages_request_answer", pk)
            case "again":
                reason = request.POST.get("reason", "")
                if self.attempt(lambda: requests.ask_again(self.answer, user, reason, _day(request))):
                    return self.done(_("The group is asked again."), "plan_pages_request", self.answer.request_id)
                return self._show(requests.RequestAnswerForm(instance=self.answer), reason)
            case "save" | "give" as deed:
                return self._write(deed)
        raise PermissionDenied

    def _write(self, deed: str) -> HttpResponse:
        user = self.request.user
        if not speaks_for(user, self.answer.group_id):
            raise PermissionDenied
        form = requests.RequestAnswerForm(self.request.POST, self.request.FILES, instance=self.answer)
        if form.is_valid():
            if deed == "give" and self.attempt(lambda: requests.give_answer(form, user)):
                return self.done(_("The answer is given."), HOME[1])
            if deed == "save" and self.attempt(lambda: requests.keep_answer(form, user)):
                return self.done(_("Saved. The answer is not given yet."), "plan_pages_request_answer", self.answer.pk)
        self.answer.refresh_from_db()
        return self._show(form)

    def _show(self, form: requests.RequestAnswerForm, reason: str = "") -> HttpResponse:
        answer, user = self.answer, self.request.user
        owes = answer.state_choice in UNANSWERED_REQUEST_STATES
        is_own = speaks_for(user, answer.group_id)
        return self.show(
            answer=answer,
            row=answer.request,
            form=form if owes and is_own else None,
            # What a group is still writing is its own.
            shows_text=is_own or not owes,
            documents=answer.documents.all() if is_own or not owes else [],
            context_documents=answer.request.documents.all(),
            may_ask_again=is_coordinator(user) and not owes,
            is_overdue=answer.is_overdue(today()),
            reason=reason,
        )


def _day(request: HttpRequest) -> Any:
    try:
        return parse_date(request.POST.get("due", ""))
    except ValueError:
        return None
