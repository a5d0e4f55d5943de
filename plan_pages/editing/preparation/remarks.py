"""The deeds of those who give remarks: draft, discard, hand in, take back, say that there are none. Each checks the right
at the object and the state, changes all or nothing, and writes the log.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from plan_pages.choices import RemarkState, RoundState
from plan_pages.consultation import parts
from plan_pages.consultation.remarks import Remark
from plan_pages.consultation.rounds import NoRemarks, RemarkRound
from plan_pages.editing.preparation import files, letters
from plan_pages.editing.preparation.rights import groups_for, groups_of_plan, speaks_for
from plan_pages.editing.preparation.stale import demand_fresh, mark_of
from plan_pages.editing.refusal import Refused
from plan_pages.pages.group import GroupPage
from plan_pages.register import Plan


class RemarkForm(forms.ModelForm):
    """A group's remark. The part of the plan comes as a key (`parts.find`)."""

    part = forms.CharField(label=gettext_lazy("Part of the plan"), widget=forms.HiddenInput)
    files = files.FilesField()
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Remark
        fields = ["kind", "text", "wording"]
        widgets = {
            "kind": forms.RadioSelect,
            "text": forms.Textarea(attrs={"rows": 6}),
            "wording": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, user: Any, part: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        remark = self.instance
        self.fields["text"].required = True
        self.fields["wording"].help_text = _("How the text of the plan should read. It may be left empty.")
        self.fields["part"].initial = parts.key_of(remark) if remark.pk else part
        self.fields["seen"].initial = mark_of(remark)
        groups = groups_for(user).child_of(remark.round.plan.page)
        self.fields["group"] = forms.ModelChoiceField(
            groups, label=_("In the name of"), empty_label=None, initial=remark.group_id or groups.first()
        )
        self.one_group = len(groups) < 2
        if remark.pk:
            documents = remark.documents.all()
            self.fields["dropped"] = forms.ModelMultipleChoiceField(
                documents, required=False, label=_("Take away"), widget=forms.CheckboxSelectMultiple
            )

    def clean_part(self) -> parts.Part:
        round_ = self.instance.round
        try:
            return parts.find(self.cleaned_data["part"], round_.plan, round_.chapter)
        except LookupError as error:
            raise forms.ValidationError(_("Choose the part of the plan that the remark is about.")) from error


@transaction.atomic
def keep_draft(form: RemarkForm, user: Any, today: date) -> Remark:
    """Store a valid form as a draft of the group: a new one, or one that nobody has changed since."""
    remark: Remark = form.instance
    _hold_open(remark.round, today)
    group: GroupPage = form.cleaned_data["group"]
    if not speaks_for(user, group.pk):
        raise PermissionDenied
    if remark.pk:
        held = _held(remark, user)
        if held.state_choice is not RemarkState.DRAFT:
            raise _not_now(held)
        demand_fresh(held, form.cleaned_data["seen"])
    made = remark.pk is None
    remark.plan = remark.round.plan
    remark.group, remark.group_name = group, group.heading_texts
    remark.written_by = user
    parts.keep(remark, form.cleaned_data["part"])
    remark.save()
    given, dropped = form.cleaned_data["files"], form.cleaned_data.get("dropped") or []
    if given or dropped:
        files.attach(remark, given, dropped, files.collection_of_group(group), user)
    log(remark, "wagtail.create" if made else "wagtail.edit", user=user)
    return remark


@transaction.atomic
def discard(remark: Remark, user: Any) -> None:
    """A draft that is not wanted."""
    held = _held(remark, user)
    if held.state_choice is not RemarkState.DRAFT:
        raise _not_now(held)
    held.delete()


@transaction.atomic
def submit(keys: Iterable[int], round_: RemarkRound, user: Any, today: date) -> Sequence[Remark]:
    """Hand these drafts of a round in: each gets its number, and what its part says now is kept with it."""
    _hold_open(round_, today)
    wanted = set(keys)
    if not wanted:
        raise Refused(_("Choose at least one draft."))
    # One after another, so that no number is given twice and none is left out.
    plan = Plan.objects.select_for_update().get(pk=round_.plan_id)
    drafts = list(Remark.objects.select_for_update().filter(pk__in=wanted, round=round_).order_by("pk"))
    groups = set(groups_for(user).values_list("pk", flat=True))
    if len(drafts) != len(wanted) or any(each.group_id not in groups for each in drafts):
        raise PermissionDenied
    last = Remark.objects.filter(plan=plan).aggregate(last=Max("number"))["last"] or 0
    now = timezone.now()
    for number, remark in enumerate(drafts, last + 1):
        if remark.state_choice is not RemarkState.DRAFT:
            raise _not_now(remark)
        _keep_part_anew(remark)
        remark.number, remark.state, remark.submitted_at = number, RemarkState.SUBMITTED, now
        remark.save()
        log(remark, "plan_pages.remark.submit", user=user)
    NoRemarks.objects.filter(round=round_, group__in={each.group_id for each in drafts}).delete()
    letters.remarks_submitted(round_, drafts, user)
    return drafts


@transaction.atomic
def withdraw(remark: Remark, user: Any) -> None:
    """Take back what has not been answered. It keeps its number."""
    held = _held(remark, user)
    if held.state_choice is not RemarkState.SUBMITTED or held.round.published_at is not None:
        raise _not_now(held)
    held.state, held.withdrawn_at = RemarkState.WITHDRAWN, timezone.now()
    held.save()
    log(held, "plan_pages.remark.withdraw", user=user)


@transaction.atomic
def say_none(round_: RemarkRound, group: GroupPage, user: Any, today: date) -> None:
    """The group has no remarks in the round, and is not reminded of it any more."""
    if not speaks_for(user, group.pk) or not groups_of_plan(round_.plan).filter(pk=group.pk).exists():
        raise PermissionDenied
    _hold_open(round_, today)
    if Remark.objects.given().filter(round=round_, group=group).exists():
        raise Refused(_("The group has given remarks in this round already."))
    NoRemarks.objects.get_or_create(round=round_, group=group, defaults={"said_at": timezone.now(), "said_by": user})
    log(round_, "plan_pages.round.no_remarks", user=user, data={"group": str(group.heading)})


def demand_open(round_: RemarkRound, today: date) -> None:
    """Raises Refused where the round takes no remarks that day."""
    state = round_.state_on(today)
    if state is not RoundState.OPEN:
        raise Refused(_("This round takes no remarks now. Its state: %(state)s.") % {"state": state.label})


def _hold_open(round_: RemarkRound, today: date) -> None:
    """The same of the round as it is stored now, held until the end of the transaction."""
    demand_open(RemarkRound.objects.select_for_update().get(pk=round_.pk), today)


def _keep_part_anew(remark: Remark) -> None:
    """A part that has left the plan since the draft was written is kept as it was."""
    try:
        parts.keep(remark, parts.find(parts.key_of(remark), remark.plan))
    except LookupError:
        return


def _held(remark: Remark, user: Any) -> Remark:
    """The remark as it is stored now, held until the end of the transaction; the user speaks for its group."""
    found = Remark.objects.select_for_update(of=("self",)).select_related("round").get(pk=remark.pk)
    if not speaks_for(user, found.group_id):
        raise PermissionDenied
    return found


def _not_now(remark: Remark) -> Refused:
    return Refused(
        _("This is not possible now. State of the remark: %(state)s.") % {"state": remark.state_choice.label}
    )
