"""The answer of the coordinating group to a remark: accepted, partly, not, with the reason. It may be bettered until the
round is published.
"""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from plan_pages.choices import ANSWERS_WITH_REASON, GIVEN_REMARK_STATES, Moderation, RemarkAnswer, RemarkState
from plan_pages.consultation.remarks import TEXT_LENGTH, Remark
from plan_pages.consultation.rounds import RemarkRound
from plan_pages.editing.preparation.stale import demand_fresh, mark_of
from plan_pages.editing.refusal import Refused
from plan_pages.permissions import is_coordinator


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(
        label=gettext_lazy("Answer"), choices=RemarkAnswer.choices, widget=forms.RadioSelect, required=True
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Why not, or why only in part. Of what is accepted: what will be changed."),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, remark: Remark, **kwargs: Any) -> None:
        initial = {"answer": remark.answer, "reason": remark.reason, "seen": mark_of(remark)}
        super().__init__(*args, initial=initial, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        answer = cleaned.get("answer")
        if answer and RemarkAnswer(answer) in ANSWERS_WITH_REASON and not cleaned.get("reason"):
            self.add_error("reason", _("Say why: the author of the remark reads the reason."))
        return cleaned


@transaction.atomic
def answer(form: AnswerForm, remark: Remark, user: Any) -> None:
    """Store a valid form as the answer to a remark that was given."""
    if not is_coordinator(user):
        raise PermissionDenied
    # Held first, as publishing does: the round is not published between this look and the commit.
    round_ = RemarkRound.objects.select_for_update().get(pk=remark.round_id)
    held = Remark.objects.select_for_update(of=("self",)).get(pk=remark.pk)
    if held.state_choice is RemarkState.DRAFT:
        raise PermissionDenied
    if held.state_choice not in GIVEN_REMARK_STATES:
        raise Refused(
            _("This is not possible now. State of the remark: %(state)s.") % {"state": held.state_choice.label}
        )
    if held.moderation_choice is Moderation.WAITING:
        raise Refused(_("Look the remark through first: decide whether it is shown."))
    if held.moderation_choice is Moderation.HIDDEN:
        raise Refused(_("The remark is not shown: it is not answered either."))
    if round_.published_at is not None:
        raise Refused(_("The answers are published. To change one, open the round again."))
    demand_fresh(held, form.cleaned_data["seen"])
    held.state = RemarkState.ANSWERED
    held.answer, held.reason = form.cleaned_data["answer"], form.cleaned_data["reason"]
    held.answered_at, held.answered_by, held.told_at = timezone.now(), user, None
    held.save()
    log(held, "plan_pages.remark.answer", user=user, data={"answer": held.answer})


def next_unanswered(remark: Remark) -> Remark | None:
    """The next remark of the round that waits for an answer; after the last one, the first."""
    waiting = (
        Remark.objects.readable().unanswered().filter(round=remark.round_id).exclude(pk=remark.pk).order_by("number")
    )
    return waiting.filter(number__gt=remark.number or 0).first() or waiting.first()
