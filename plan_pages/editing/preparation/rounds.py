"""Rounds of remarks: their form, and the deeds of keeping, closing, publishing and reopening one. Coordinators only."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.widgets import AdminDateInput
from wagtail.log_actions import log

from plan_pages.choices import RoundAudience, RoundState
from plan_pages.consultation.remarks import Remark
from plan_pages.consultation.rounds import KEEP_DAYS, RemarkRound
from plan_pages.editing.fields import add_texts, check_texts, texts_of
from plan_pages.editing.preparation import files, letters
from plan_pages.editing.refusal import Refused
from plan_pages.languages import language_codes
from plan_pages.permissions import is_coordinator
from plan_pages.register import Chapter, Plan

REASON_LENGTH = 2000


class RoundForm(forms.ModelForm):
    """A round in which remarks were given keeps its plan and its chapter, a closed one its days: it is opened again with a
    reason."""

    summary_url = forms.URLField(
        label=gettext_lazy("Address of a summary"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=gettext_lazy("Where the public is asked: a page that tells briefly what is proposed."),
    )

    class Meta:
        model = RemarkRound
        fields = ["plan", "chapter", "audience", "opens", "due", "answer_by", "keep_days", "summary_url"]
        widgets = {"opens": AdminDateInput, "due": AdminDateInput, "answer_by": AdminDateInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        round_ = self.instance
        add_texts(self, "title", _("Title"), round_.title, rows=1)
        add_texts(self, "asked", _("What is asked"), round_.asked, rows=4)
        self.fields[f"title_{language_codes()[0]}"].required = True
        used = bool(round_.pk and round_.remarks.exists())
        used = used or bool(round_.pk and round_.unconfirmed.exists())
        self.fields["plan"].disabled = self.fields["chapter"].disabled = self.fields["audience"].disabled = used
        # Where only the groups are asked neither need be sent.
        self.fields["audience"].required = self.fields["keep_days"].required = False
        self.fields["answer_by"].help_text = _("Needed where the public is asked: citizens are told this day.")
        self.fields["keep_days"].help_text = _("Where the public is asked. The form says the day.")
        self.fields["summary_url"].help_text = _(
            "Where the public is asked: a page that tells briefly what is proposed."
        )
        self.fields["summary_url"].assume_scheme = "https"
        is_closed = round_.pk and round_.state_on(timezone.localdate()) is RoundState.CLOSED
        self.fields["opens"].disabled = self.fields["due"].disabled = bool(is_closed)
        self.fields["chapter"].queryset = Chapter.objects.filter(retired_at__isnull=True, live=True).order_by(
            "plan", "page__path"
        )
        self.fields["chapter"].empty_label = _("The whole plan")
        if Plan.objects.count() == 1:
            self.fields["plan"].empty_label = None
        self.fields["files"] = files.FilesField()
        if round_.pk:
            self.fields["dropped"] = forms.ModelMultipleChoiceField(
                round_.documents.all(), required=False, label=_("Take away"), widget=forms.CheckboxSelectMultiple
            )

    def clean_audience(self) -> str:
        return self.cleaned_data["audience"] or RoundAudience.GROUPS.value

    def clean_keep_days(self) -> int:
        return self.cleaned_data["keep_days"] or KEEP_DAYS

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        plan, chapter = cleaned.get("plan"), cleaned.get("chapter")
        if plan and chapter and chapter.plan_id != plan.pk:
            self.add_error("chapter", _("The chapter belongs to another plan."))
        check_texts(self, "title")
        check_texts(self, "asked")
        if cleaned.get("audience") == RoundAudience.PUBLIC:
            self._check_consultation(cleaned)
        return cleaned

    def _check_consultation(self, cleaned: dict[str, Any]) -> None:
        due, answer_by, keep = cleaned.get("due"), cleaned.get("answer_by"), cleaned.get("keep_days")
        if "answer_by" in cleaned and answer_by is None:
            self.add_error("answer_by", _("Say by when remarks are answered."))
        elif due and answer_by and answer_by < due:
            self.add_error("answer_by", _("Remarks are answered after the last day on which they are given."))
        elif due and answer_by and keep and due + timedelta(days=keep) < answer_by:
            self.add_error("keep_days", _("E-mails would be erased before remarks are answered."))
        if not cleaned.get(f"asked_{language_codes()[0]}"):
            self.add_error(f"asked_{language_codes()[0]}", _("Say what the public is asked."))


@transaction.atomic
def keep(form: RoundForm, user: Any, today: date) -> RemarkRound:
    """Store a new round, or a changed one that is not published."""
    if not is_coordinator(user):
        raise PermissionDenied
    round_: RemarkRound = form.instance
    made = round_.pk is None
    if made:
        plan = Plan.objects.select_for_update().get(pk=form.cleaned_data["plan"].pk)
        last = RemarkRound.objects.filter(plan=plan).aggregate(last=Max("number"))["last"]
        round_.number, round_.created_at = (last or 0) + 1, timezone.now()
    else:
        _keep_state(round_, _held(round_), today)
    round_.title, round_.asked = texts_of(form, "title"), texts_of(form, "asked")
    form.save()
    given, dropped = form.cleaned_data["files"], form.cleaned_data.get("dropped") or []
    files.keep_of_round(round_, given, dropped, user)
    round_.remarks.filter(forget_on__isnull=False, forgotten_at__isnull=True).update(forget_on=round_.forget_on)
    log(round_, "wagtail.create" if made else "wagtail.edit", user=user)
    letters.round_opened(round_, today)
    return round_


def _keep_state(round_: RemarkRound, held: RemarkRound, today: date) -> None:
    """What became of the round since it was shown stays. Raises Refused where it is not to be changed any more."""
    if held.published_at is not None:
        raise Refused(_("The round is published. To change it, open it again."))
    if held.state_on(today) is RoundState.CLOSED and (held.opens, held.due) != (round_.opens, round_.due):
        raise Refused(_("The round is closed. To take remarks again, open it again."))
    for name in ("closed_at", "announced_at", "reminded_on"):
        setattr(round_, name, getattr(held, name))


@transaction.atomic
def close(round_: RemarkRound, user: Any) -> None:
    """Before its last day: no more remarks are taken."""
    found = _of_coordinator(round_, user)
    if found.closed_at is not None:
        raise Refused(_("The round is closed already."))
    found.closed_at = timezone.now()
    found.save()
    log(found, "plan_pages.round.close", user=user)


@transaction.atomic
def publish(round_: RemarkRound, user: Any, today: date) -> None:
    """Show the table of remarks and answers to everyone who may see the plan. Every remark must have its answer."""
    found = _of_coordinator(round_, user)
    if found.published_at is not None:
        raise Refused(_("The round is published already."))
    if found.state_on(today) is not RoundState.CLOSED:
        raise Refused(_("The round still takes remarks: close it first."))
    if unseen := Remark.objects.unmoderated().filter(round=found).count():
        message = ngettext(
            "%(count)d remark of citizens waits to be looked through.",
            "%(count)d remarks of citizens wait to be looked through.",
            unseen,
        )
        raise Refused(message % {"count": unseen})
    if waiting := Remark.objects.unanswered().filter(round=found).count():
        message = ngettext("%(count)d remark has no answer yet.", "%(count)d remarks have no answer yet.", waiting)
        raise Refused(message % {"count": waiting})
    found.published_at = timezone.now()
    found.closed_at = found.closed_at or found.published_at
    found.save()
    log(found, "plan_pages.round.publish", user=user)
    letters.answers_given(found)
    letters.round_published(found)


@transaction.atomic
def reopen(round_: RemarkRound, user: Any, reason: str, due: date | None, today: date) -> None:
    """Take a published table back, so that answers may be bettered; with a new last day, take remarks again as well. The
    reason stays in the log."""
    found = _of_coordinator(round_, user)
    state = found.state_on(today)
    if state not in (RoundState.CLOSED, RoundState.PUBLISHED):
        raise Refused(_("The round is not closed."))
    reason = reason.strip()
    if not reason:
        raise Refused(_("Say why the round is opened again: the reason stays in its history."))
    if len(reason) > REASON_LENGTH:
        raise Refused(_("The reason is longer than %(limit)d characters.") % {"limit": REASON_LENGTH})
    if due is None and state is RoundState.CLOSED:
        raise Refused(_("Give the new last day on which remarks are taken."))
    if due is not None:
        if due < max(today, found.opens):
            raise Refused(_("The new last day has passed."))
        found.due, found.closed_at = due, None
        found.answer_by = max(found.answer_by, due) if found.answer_by else None
    found.published_at = None
    found.save()
    found.remarks.filter(forget_on__isnull=False, forgotten_at__isnull=True).update(forget_on=found.forget_on)
    log(found, "plan_pages.round.reopen", user=user, data={"reason": reason})


def _of_coordinator(round_: RemarkRound, user: Any) -> RemarkRound:
    if not is_coordinator(user):
        raise PermissionDenied
    return _held(round_)


def _held(round_: RemarkRound) -> RemarkRound:
    """The round as it is stored now, held until the end of the transaction."""
    return RemarkRound.objects.select_for_update().get(pk=round_.pk)
