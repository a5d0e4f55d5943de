"""The register of remarks with its filters, one remark with its answer, and the table as a workbook."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plan_pages.choices import GIVEN_REMARK_STATES, READABLE_MODERATION, RemarkAnswer, RemarkKind, RemarkState
from plan_pages.consultation.remarks import Remark
from plan_pages.editing.preparation import answers, remarks
from plan_pages.editing.preparation.rights import remarks_for, rounds_for, speaks_for
from plan_pages.editing.preparation.screens import REGISTER, PreparationView, downloads, paged
from plan_pages.pages.group import GroupPage
from plan_pages.permissions import is_coordinator
from plan_pages.reading.remarks import read_table
from plan_pages.register import Chapter
from plan_pages.remark_workbook import XLSX, file_name, workbook

ROWS = Remark.objects.select_related("round", "group")
STATES = tuple(RemarkState)


class RegisterView(PreparationView):
    template_name = "plan_pages/admin/preparation/register.html"
    page_title = REGISTER[0]

    def get(self, request: HttpRequest) -> HttpResponse:
        given = request.GET
        chosen = {name: given.get(name, "") for name in ("round", "kind", "chapter", "group", "state", "answer", "q")}
        allowed = remarks_for(request.user)
        rounds = rounds_for(request.user).order_by("-opens", "-pk")
        found = _filtered(allowed, chosen).select_related("round").defer("part_text", "reason", "wording")
        # Numbers come with handing in: drafts stand at the end.
        found = found.order_by("round__number", "number", "pk")
        waiting = allowed.readable().unanswered().filter(round__published_at__isnull=True)
        in_round = rounds.filter(pk=_key(chosen["round"])).first() if chosen["round"] else None
        coordinates = is_coordinator(request.user)
        return self.show(
            **paged(found, given.get("p"), given),
            chosen=chosen,
            rounds=rounds,
            kinds=list(RemarkKind),
            states=list(STATES),
            answers=list(RemarkAnswer),
            chapters=Chapter.objects.filter(plan__in=rounds.values("plan"), retired_at__isnull=True)
            .only("pk", "code", "title")
            .order_by("plan", "page__path"),
            groups=GroupPage.objects.filter(pk__in=allowed.order_by().values("group")).order_by("path"),
            coordinates=coordinates,
            next=_filtered(waiting, chosen).order_by("number").first() if coordinates else None,
            downloads=list(downloads(in_round)) if in_round and (coordinates or in_round.published_at) else [],
        )


class RemarkView(PreparationView):
    """One remark. Its author may take it back, a coordinator answers it."""

    template_name = "plan_pages/admin/preparation/remark.html"
    section = REGISTER

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        rows = Remark.objects.select_related("round__plan__page", "group", "written_by", "answered_by")
        self.remark = get_object_or_404(rows, pk=kwargs["pk"])

    def is_allowed(self, user: Any) -> bool:
        return remarks_for(user).filter(pk=self.remark.pk).exists()

    def get_page_title(self) -> str:
        remark = self.remark
        return f"{remark} · {remark.kind_choice.label}" if remark.number else str(_("Draft of a remark"))

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        if self.remark.state_choice is RemarkState.DRAFT:
            return redirect("plan_pages_remark_form", pk)
        return self._show(answers.AnswerForm(remark=self.remark))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        match request.POST.get("deed"):
            case "withdraw":
                if self.attempt(lambda: remarks.withdraw(self.remark, request.user)):
                    return self.done(_("The remark is taken back."), "plan_pages_remark", pk)
                return redirect("plan_pages_remark", pk)
            case "answer" | "answer_next" as deed:
                return self._answer(deed)
        raise PermissionDenied

    def _answer(self, deed: str) -> HttpResponse:
        remark = self.remark
        if not is_coordinator(self.request.user):
            raise PermissionDenied
        form = answers.AnswerForm(self.request.POST, remark=remark)
        if not form.is_valid() or not self.attempt(lambda: answers.answer(form, remark, self.request.user)):
            return self._show(form)
        following = answers.next_unanswered(remark) if deed == "answer_next" else None
        message = _("The answer to %(remark)s is saved.") % {"remark": remark}
        if deed == "answer_next" and following is None:
            message = f"{message} {_all_answered()}"
        return self.done(message, "plan_pages_remark", (following or remark).pk)

    def _show(self, form: answers.AnswerForm) -> HttpResponse:
        remark, user = self.remark, self.request.user
        is_given = remark.state_choice in GIVEN_REMARK_STATES
        is_published = remark.round.published_at is not None
        may_answer = (
            is_coordinator(user) and is_given and not is_published and remark.moderation_choice in READABLE_MODERATION
        )
        is_own = speaks_for(user, remark.group_id)
        return self.show(
            remark=remark,
            documents=remark.documents.all() if is_own or is_coordinator(user) else [],
            form=form if may_answer else None,
            may_withdraw=is_own and remark.state_choice is RemarkState.SUBMITTED and not is_published,
            waiting=Remark.objects.unanswered().filter(round=remark.round_id).count() if may_answer else 0,
            next=answers.next_unanswered(remark) if may_answer else None,
            shows_person=is_coordinator(user),
        )


class WorkbookView(PreparationView):
    """The table of a round: for coordinators at any time, for groups once it is published."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        round_ = get_object_or_404(rounds_for(request.user).select_related("plan__page"), pk=pk)
        if not is_coordinator(request.user) and round_.published_at is None:
            raise PermissionDenied
        table = read_table(round_)
        answer = HttpResponse(workbook(table, get_language() or ""), content_type=XLSX)
        answer.headers["Content-Disposition"] = f'attachment; filename="{file_name(table, "xlsx")}"'
        answer.headers["Cache-Control"] = "private, no-store"
        return answer


def _all_answered() -> str:
    return _("All remarks of the round are answered.")


def _filtered(found: QuerySet[Remark], chosen: dict[str, str]) -> QuerySet[Remark]:
    for name in ("round", "chapter", "group"):
        if chosen[name]:
            found = found.filter(**{name: _key(chosen[name])})
    for name in ("kind", "state", "answer"):
        if chosen[name]:
            found = found.filter(**{name: chosen[name]})
    if words := chosen["q"].strip():
        number = words.upper().removeprefix("K-").lstrip("0")
        by_number = Q(number=int(number)) if number.isdecimal() and len(number) < 10 else Q()
        in_text = Q(text__icontains=words) | Q(part_code__istartswith=words)
        found = found.filter(in_text | by_number)
    return found


def _key(text: str) -> int:
    """A key as it was sent; 0, which no row has, for anything else."""
    return int(text) if text.isdecimal() and len(text) < 19 else 0
