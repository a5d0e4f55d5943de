"""The screen that moves a measure: which one, to which task, under which code; it says what will happen before it does."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from plan_pages.blocks.code import CODE_LENGTH
from plan_pages.editing import move_blocks, moves
from plan_pages.editing.refusal import Refused
from plan_pages.editing.screens import MonitoringView
from plan_pages.pages.chapter import ChapterPage
from plan_pages.register import in_language

Choices = list[tuple[str, list[tuple[str, str]]]]


class WhereForm(forms.Form):
    """Which measure, and to which task: of this chapter, or of those that the user may publish together with it."""

    block = forms.ChoiceField()
    target = forms.ChoiceField()

    def __init__(self, page: ChapterPage, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        goals = moves.text_of(page)
        self.pages = {each.pk: each for each in _chapters(page, user)}
        self.fields["block"].label = _("Measure")
        self.fields["block"].choices = [("", "—"), *_measures(goals)]
        self.fields["target"].label = _("Task to which it goes")
        self.fields["target"].choices = [("", "—"), *_tasks(page, goals, self.pages)]

    def move(self, page: ChapterPage) -> moves.Move | None:
        key, task = self.cleaned_data["target"].split(":", 1)
        return moves.find(page, self.cleaned_data["block"], self.pages[int(key)], task)


class CodeForm(forms.Form):
    code = forms.CharField(max_length=CODE_LENGTH)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Its code there")
        self.fields["code"].help_text = _(
            "Suggested is the next one in the task. Every measure of the plan has its own."
        )


class MoveMeasureView(MonitoringView):
    template_name = "plan_pages/admin/move_measure.html"
    header_icon = "redirect"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.page = get_object_or_404(ChapterPage, pk=kwargs["pk"])

    def is_allowed(self, user: Any) -> bool:
        return moves.may_move(user, self.page)

    def get_page_title(self) -> str:
        return _("Move a measure")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        edit = {"url": reverse("wagtailadmin_pages:edit", args=[self.page.pk]), "label": str(self.page)}
        *items, last = super().get_breadcrumbs_items()
        return [*items, edit, last]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        asked = "target" in request.GET
        where = WhereForm(self.page, request.user, request.GET if asked else None, initial=request.GET.dict())
        return self._show(where, asked)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        where = WhereForm(self.page, request.user, request.POST)
        code = CodeForm(request.POST)
        if not where.is_valid() or not code.is_valid() or (move := where.move(self.page)) is None:
            return self._show(where, True, code)
        done: list[bool] = []
        try:
            if self.attempt(lambda: done.append(moves.carry_out(move, code.cleaned_data["code"], request.user))):
                return self._done(move, code.cleaned_data["code"].strip(), done[0])
        except ValidationError as error:
            code.add_error("code", error)
        return self._show(where, True, code)

    def _show(self, where: WhereForm, asked: bool, code: CodeForm | None = None) -> HttpResponse:
        """First where to; then, for a move that can be meant, what will happen and under which code."""
        context: dict[str, Any] = {"where": where, "page": self.page, "move": None}
        if asked and where.is_valid() and (move := where.move(self.page)):
            context |= {"move": move, "code": code or CodeForm(initial={"code": move.suggested_code})}
            context |= {"title": _title(move.block), "of": _title(move.of), "to": _title(move.task)}
            try:
                context["handover"] = moves.check(move, self.request.user)
                context["publishes"] = not move.is_within_chapter or moves.would_publish(move, self.request.user)
            except Refused as refusal:
                context["refusal"] = str(refusal)
        return self.show(**context)

    def _done(self, move: moves.Move, code: str, is_published: bool) -> HttpResponse:
        words = {"measure": in_language(move.block["value"]["title"]), "code": code}
        if is_published:
            said = _("The measure “%(measure)s” is moved; its code is %(code)s.")
        else:
            said = _(
                "The measure “%(measure)s” is moved in the draft; its code is %(code)s. Readers see it once approved."
            )
        messages.success(self.request, said % words)
        address = reverse("wagtailadmin_pages:edit", args=[move.target.pk])
        return redirect(f"{address}#measure-{code}")


def _chapters(page: ChapterPage, user: Any) -> Iterator[ChapterPage]:
    for each in ChapterPage.objects.sibling_of(page).order_by("path"):
        if each.pk == page.pk or (each.live and moves.may_move_between(user, page, each)):
            yield each


def _measures(goals: list[moves.Raw]) -> Choices:
    return [
        (_title(task), [(each["id"], _title(each)) for each in task["value"]["measures"]])
        for task in move_blocks.tasks(goals)
        if task["value"]["measures"]
    ]


def _tasks(page: ChapterPage, goals: list[moves.Raw], pages: dict[int, ChapterPage]) -> Choices:
    return [
        (
            f"{each.code} {each.heading or each.title}",
            [
                (f"{each.pk}:{task['id']}", _title(task))
                for task in move_blocks.tasks(goals if each.pk == page.pk else each.goals.get_prep_value())
            ],
        )
        for each in pages.values()
    ]


def _title(block: moves.Raw) -> str:
    return f"{block['value']['code']} {in_language(block['value']['title'])}"


def move_address(page: Any) -> str:
    return reverse("plan_pages_move_measure", args=[page.pk])
