"""Requests for information: asking and asking again (coordinators), answering or having nothing to say (groups)."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput
from wagtail.log_actions import log

from plan_pages.choices import UNANSWERED_REQUEST_STATES, RequestState
from plan_pages.consultation.requests import InformationRequest, RequestAnswer
from plan_pages.editing.preparation import files, letters
from plan_pages.editing.preparation.rights import groups_of_plan, speaks_for
from plan_pages.editing.preparation.stale import demand_fresh, mark_of
from plan_pages.editing.refusal import Refused
from plan_pages.pages.group import GroupPage
from plan_pages.permissions import is_coordinator
from plan_pages.register import Plan

REASON_LENGTH = 2000


class RequestForm(forms.ModelForm):
    """What is asked of which groups. Groups may be added later, and none is taken away."""

    groups = forms.ModelMultipleChoiceField(
        GroupPage.objects.none(), label=gettext_lazy("Groups that are asked"), widget=forms.CheckboxSelectMultiple
    )
    files = files.FilesField()

    class Meta:
        model = InformationRequest
        fields = ["title", "question", "asked_for", "due"]
        widgets = {"due": AdminDateInput, "question": forms.Textarea(attrs={"rows": 6})}

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan
        asked = self.instance.answers.values("group") if self.instance.pk else []
        groups = groups_of_plan(plan).exclude(pk__in=asked)
        self.fields["groups"].queryset = groups
        self.fields["groups"].required = self.instance.pk is None
        self.fields["asked_for"].help_text = _("The plan's author who needs the answer, if it is somebody else.")
        if self.instance.pk:
            self.fields["groups"].label = _("Ask these groups too")
            self.fields["dropped"] = forms.ModelMultipleChoiceField(
                self.instance.documents.all(),
                required=False,
                label=_("Take away"),
                widget=forms.CheckboxSelectMultiple,
            )
            if not groups.exists():
                del self.fields["groups"]

    def clean_due(self) -> date:
        due: date = self.cleaned_data["due"]
        if "due" in self.changed_data and due < timezone.localdate():
            raise forms.ValidationError(_("This day has passed."))
        return due


class RequestAnswerForm(forms.ModelForm):
    files = files.FilesField()
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = RequestAnswer
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 10})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = mark_of(self.instance)
        self.fields["dropped"] = forms.ModelMultipleChoiceField(
            self.instance.documents.all(), required=False, label=_("Take away"), widget=forms.CheckboxSelectMultiple
        )


@transaction.atomic
def ask(form: RequestForm, user: Any) -> InformationRequest:
    """Store a valid form: a new request, or a changed one. The new due day holds for all who have not answered."""
    if not is_coordinator(user):
        raise PermissionDenied
    request: InformationRequest = form.instance
    now, made = timezone.now(), request.pk is None
    if made:
        request.plan, request.asked_at, request.asked_by = form.plan, now, user
    form.save()
    given, dropped = form.cleaned_data["files"], form.cleaned_data.get("dropped") or []
    if given or dropped:
        files.attach(request, given, dropped, files.collection_of_coordinators(), user)
    if "due" in form.changed_data:
        request.answers.unanswered().update(due=request.due)
    new = [
        RequestAnswer.objects.create(
            request=request, group=group, group_name=group.heading_texts, due=request.due, asked_at=now
        )
        for group in form.cleaned_data.get("groups") or []
    ]
    log(request, "wagtail.create" if made else "wagtail.edit", user=user)
    letters.information_asked(request, new)
    return request


@transaction.atomic
def keep_answer(form: RequestAnswerForm, user: Any) -> RequestAnswer:
    """Store what was written so far, without giving it."""
    held = _held(form.instance, user)
    demand_fresh(held, form.cleaned_data["seen"])
    held.text = form.cleaned_data["text"]
    held.save()
    given, dropped = form.cleaned_data["files"], form.cleaned_data["dropped"]
    if given or dropped:
        files.attach(held, given, dropped, files.collection_of_group(held.group), user)
    return held


@transaction.atomic
def give_answer(form: RequestAnswerForm, user: Any) -> None:
    """Store what was written and give it to those who asked."""
    held = keep_answer(form, user)
    if not held.text.strip():
        raise Refused(_("The answer is empty. If the group has nothing to say, use the other button."))
    _end(held, RequestState.GIVEN, user)


@transaction.atomic
def say_nothing(answer: RequestAnswer, user: Any) -> None:
    """The group has nothing to say. What it had drafted goes."""
    held = _held(answer, user)
    held.text = ""
    _end(held, RequestState.NOTHING, user)


@transaction.atomic
def ask_again(answer: RequestAnswer, user: Any, reason: str, due: date | None) -> None:
    """Back to the group with a reason; its answer stays for it to better."""
    if not is_coordinator(user):
        raise PermissionDenied
    held = RequestAnswer.objects.select_for_update(of=("self",)).select_related("request").get(pk=answer.pk)
    if held.state_choice in UNANSWERED_REQUEST_STATES:
        raise Refused(_("The group has not answered yet."))
    reason = reason.strip()
    if not reason:
        raise Refused(_("Say why you ask again: the group reads the reason."))
    if len(reason) > REASON_LENGTH:
        raise Refused(_("The reason is longer than %(limit)d characters.") % {"limit": REASON_LENGTH})
    if due is None or due < timezone.localdate():
        raise Refused(_("Give a day, not in the past, by which the group answers."))
    held.state, held.reason, held.due = RequestState.AGAIN, reason, due
    held.answered_at, held.answered_by, held.asked_at = None, None, timezone.now()
    held.save()
    log(held.request, "plan_pages.request.ask_again", user=user, data={"group": held.group_shown, "reason": reason})
    letters.information_asked(held.request, [held], reason)


def _end(held: RequestAnswer, state: RequestState, user: Any) -> None:
    held.state, held.reason = state, ""
    held.answered_at, held.answered_by = timezone.now(), user
    held.save()
    log(held.request, "plan_pages.request.answer", user=user, data={"group": held.group_shown})
    letters.information_given(held, user)


def _held(answer: RequestAnswer, user: Any) -> RequestAnswer:
    """The answer as it is stored now, held until the end of the transaction; the user's group still owes it."""
    rows = RequestAnswer.objects.select_for_update(of=("self",)).select_related("request__plan", "group")
    found = rows.get(pk=answer.pk)
    if not speaks_for(user, found.group_id):
        raise PermissionDenied
    if found.state_choice not in UNANSWERED_REQUEST_STATES:
        raise Refused(_("The group has answered already."))
    return found
