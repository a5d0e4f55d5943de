"""Remarks of citizens are looked through before everyone may read them: shown, not shown with a reason, or shown without
personal data that stood in them. Coordinators only; each deed is logged, never with a name or an address.
"""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from plan_pages.choices import GIVEN_REMARK_STATES, HidingReason, Moderation, RemarkState
from plan_pages.citizens import erasing
from plan_pages.citizens import letters as citizens
from plan_pages.consultation.remarks import TEXT_LENGTH, Remark
from plan_pages.consultation.rounds import RemarkRound
from plan_pages.editing.fields import TextField
from plan_pages.editing.preparation.stale import demand_fresh, mark_of
from plan_pages.editing.refusal import Refused
from plan_pages.permissions import is_coordinator


class ModerationForm(forms.Form):
    """`text`: without personal data; the text as it was given is kept beside it until personal data are erased."""

    text = TextField(
        label=gettext_lazy("Text that is shown"),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy(
            "Take out names, addresses, telephone numbers; change nothing else. […] stands for them."
        ),
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("Why it is not shown"),
        choices=[("", "—"), *HidingReason.choices()],
        required=False,
        help_text=gettext_lazy("Only where the remark is not shown. Its author is told the reason by mail."),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, remark: Remark, deed: str = "", **kwargs: Any) -> None:
        initial = {"text": remark.text, "reason": remark.hidden_because, "seen": mark_of(remark)}
        super().__init__(*args, initial=initial, **kwargs)
        self.deed = deed

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.deed == "hide" and not self.errors and not cleaned.get("reason"):
            self.add_error("reason", _("Choose why the remark is not shown."))
        return cleaned


@transaction.atomic
def show(form: ModerationForm, remark: Remark, user: Any) -> None:
    """To everyone, with the text of the form."""
    held = _held(remark, user, form.cleaned_data["seen"])
    text = form.cleaned_data["text"]
    if text != held.text:
        held.original_text = held.original_text or held.text
        held.text = text
        log(held, "plan_pages.remark.redact", user=user)
    if held.moderation_choice is not Moderation.SHOWN:
        log(held, "plan_pages.remark.show", user=user)
    held.moderation, held.hidden_because = Moderation.SHOWN, ""
    _sign(held, user)


@transaction.atomic
def hide(form: ModerationForm, remark: Remark, user: Any) -> None:
    """It keeps its number and is counted; an answer to it is taken back."""
    held = _held(remark, user, form.cleaned_data["seen"])
    held.moderation, held.hidden_because = Moderation.HIDDEN, form.cleaned_data["reason"]
    held.state, held.answer, held.reason, held.answered_at = RemarkState.SUBMITTED, "", "", None
    _sign(held, user)
    log(held, "plan_pages.remark.hide", user=user, data={"reason": held.hidden_because})
    citizens.not_shown(held)


@transaction.atomic
def forget(remark: Remark, user: Any) -> None:
    """Before its day: its author has asked for it."""
    if not is_coordinator(user):
        raise PermissionDenied
    held = Remark.objects.select_for_update(of=("self",)).get(pk=remark.pk)
    if not held.moderation or held.forgotten_at is not None:
        raise Refused(_("Nothing is known of the author any more."))
    erasing.erase_one(held)
    log(held, "plan_pages.remark.forget", user=user)


def _sign(held: Remark, user: Any) -> None:
    held.moderated_at, held.moderated_by = timezone.now(), user
    held.save()


def _held(remark: Remark, user: Any, seen: str) -> Remark:
    """A citizen's remark as it is stored now, held until the end of the transaction, in a round that is not published."""
    if not is_coordinator(user):
        raise PermissionDenied
    round_ = RemarkRound.objects.select_for_update().get(pk=remark.round_id)
    held: Remark = Remark.objects.select_for_update(of=("self",)).get(pk=remark.pk)
    if not held.moderation or held.state_choice not in GIVEN_REMARK_STATES:
        raise PermissionDenied
    if round_.published_at is not None:
        raise Refused(_("The answers are published. To change one, open the round again."))
    demand_fresh(held, seen)
    return held
