"""The deeds of citizens: send a remark, confirm it. Each all or nothing, and the same however often it is repeated."""

import uuid
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from plan_pages.choices import Moderation, RemarkState, RoundState
from plan_pages.citizens import letters, senders
from plan_pages.citizens.form import CitizenRemarkForm
from plan_pages.consultation import parts
from plan_pages.consultation.givings import UnconfirmedRemark
from plan_pages.consultation.remarks import Remark
from plan_pages.consultation.rounds import RemarkRound
from plan_pages.languages import active_language
from plan_pages.register import Plan


class NotTaken(Exception):
    """Why, in words for the sender. `field`: of the form; `status`: of the answer."""

    def __init__(self, message: str, field: str | None = None, status: int = 200) -> None:
        super().__init__(message)
        self.field, self.status = field, status


def closed_words(state: RoundState) -> str:
    if state is RoundState.PLANNED:
        return _("The consultation is not open yet.")
    return _("The consultation is closed: no more remarks are taken.")


@transaction.atomic
def send(form: CitizenRemarkForm, address: str, now: datetime) -> None:
    """Keep a valid form until it is confirmed, and mail the link. Raises NotTaken."""
    given = form.cleaned_data
    assert form.opened_form is not None
    round_ = RemarkRound.objects.select_for_update(of=("self",)).get(pk=form.places.round.pk)
    state = round_.state_on(timezone.localdate(now))
    if not round_.is_public or state is not RoundState.OPEN:
        raise NotTaken(closed_words(state))
    public_id = form.opened_form.remark_of(given["email"])
    if Remark.objects.filter(public_id=public_id).exists():
        raise NotTaken(_("This form was sent and confirmed already. To give another remark, open the form anew."))
    values = {"kind": given["kind"], "part": _key(given["part"]), "text": given["text"], "person_name": given["name"]}
    if UnconfirmedRemark.objects.filter(public_id=public_id).update(**values):
        return
    if _is_known(round_, given["text"], given["email"]):
        raise NotTaken(_("We have this remark from you already."), "text")
    if not senders.take(address, given["email"], now, form.limits):
        message = _("Many remarks have come from your address. Your text is kept: please send it again later.")
        raise NotTaken(message, status=429)
    row = UnconfirmedRemark.objects.create(
        public_id=public_id,
        round=round_,
        person_email=given["email"],
        language=active_language(),
        sent_at=now,
        expires_at=now + form.limits.confirm_within,
        **values,
    )
    letters.ask_to_confirm(row)


@transaction.atomic
def confirm(public_id: uuid.UUID) -> Remark | None:
    """The remark with its number; made of what waits under this identity, or made before. None where there is nothing
    (any more)."""
    row = UnconfirmedRemark.objects.select_for_update().filter(public_id=public_id).first()
    if row is None:
        return Remark.objects.filter(public_id=public_id).select_related("round__plan__page").first()
    if row.expires_at <= timezone.now():
        return None
    round_ = RemarkRound.objects.select_for_update(of=("self",)).select_related("plan__page").get(pk=row.round_id)
    if round_.published_at is not None or not round_.is_public:
        raise NotTaken(_("The consultation is over: its answers are published."))
    # One after another, so that no number is given twice and none is left out.
    plan = Plan.objects.select_for_update().get(pk=round_.plan_id)
    last = Remark.objects.filter(plan=plan).aggregate(last=Max("number"))["last"] or 0
    remark = Remark(
        public_id=row.public_id,
        plan=plan,
        round=round_,
        number=last + 1,
        kind=row.kind,
        text=row.text,
        language=row.language,
        person_name=row.person_name,
        person_email=row.person_email,
        forget_on=round_.forget_on,
        state=RemarkState.SUBMITTED,
        submitted_at=row.sent_at,
        moderation=Moderation.WAITING,
    )
    parts.keep(remark, _part(row, round_))
    remark.save()
    row.delete()
    log(remark, "plan_pages.remark.submit")
    letters.received(remark)
    return remark


def _part(row: UnconfirmedRemark, round_: RemarkRound) -> parts.Part:
    """What has left the plan since the remark was sent leaves it on the whole of what was asked about."""
    try:
        return parts.find(row.part, round_.plan, round_.chapter)
    except LookupError:
        return parts.Part(parts.Level.CHAPTER, round_.chapter) if round_.chapter else parts.Part()


def _key(part: parts.Part) -> str:
    return f"{part.level}-{part.row.pk}" if part.level else parts.WHOLE


def _is_known(round_: RemarkRound, text: str, email: str) -> bool:
    same = {"round": round_, "text": text, "person_email__iexact": email}
    return UnconfirmedRemark.objects.filter(**same).exists() or Remark.objects.filter(**same).exists()
