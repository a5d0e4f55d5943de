"""What the preparation of a plan does by the calendar: tells of rounds that open, reminds of days that come near or have
passed, tells groups of their answers, forgets who citizens are when it is time. Idempotent: what was missed is made up,
nothing is told twice.
"""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Max
from django.utils import timezone

from plan_pages.choices import RemarkState
from plan_pages.citizens.erasing import erase
from plan_pages.consultation.remarks import Remark
from plan_pages.consultation.requests import RequestAnswer
from plan_pages.consultation.rounds import RemarkRound
from plan_pages.editing.preparation import letters
from plan_pages.editing.preparation.rights import groups_of_plan
from plan_pages.letters import is_morning, site_day

DAYS_BEFORE = (7, 1)
SETTLED = timedelta(minutes=30)
"""After the last answer of a round: so long an answer may still be bettered before its group is told."""


def tick(now: datetime) -> None:
    """One round. The moment of now is an argument."""
    today = site_day(now)
    _tell_of_answers(now)
    erase(now)
    if not is_morning(now):
        return
    _tell_of_waiting(today)
    for round_ in RemarkRound.objects.open_on(today).filter(announced_at__isnull=True).select_related("plan__page"):
        with transaction.atomic():
            letters.round_opened(round_, today)
    _remind_of_rounds(today)
    _remind_of_requests(today)


def step_on(today: date, due: date, since: date, last: date | None) -> date | None:
    """The day of the reminder that is to be sent now: the latest of seven days and one day before and one day after the
    due day that has come. None where the people were asked only then, or have been reminded since."""
    steps = [due - timedelta(days=days) for days in DAYS_BEFORE] + [due + timedelta(days=1)]
    come = [step for step in steps if since < step <= today]
    return come[-1] if come and (last is None or come[-1] > last) else None


def _remind_of_rounds(today: date) -> None:
    near = today + timedelta(days=max(DAYS_BEFORE))
    # A round that nobody closed is told of after its last day too, and no more a week later.
    found = RemarkRound.objects.filter(
        due__range=(today - timedelta(days=7), near), closed_at__isnull=True, announced_at__isnull=False
    )
    for round_ in found.select_related("plan__page"):
        step = step_on(today, round_.due, timezone.localdate(round_.announced_at), round_.reminded_on)
        with transaction.atomic():
            if step and _take(RemarkRound.objects.all(), round_, step):
                letters.round_reminder(round_, _silent(round_), step)


def _remind_of_requests(today: date) -> None:
    near = today + timedelta(days=max(DAYS_BEFORE))
    for answer in RequestAnswer.objects.unanswered().filter(due__lte=near).select_related("request"):
        step = step_on(today, answer.due, timezone.localdate(answer.asked_at), answer.reminded_on)
        with transaction.atomic():
            if step and _take(RequestAnswer.objects.unanswered(), answer, step):
                letters.request_reminder(answer, step)


def _take(rows: Any, row: Any, step: date) -> bool:
    """Whether this reminder is ours to send: of two schedulers at once one is told so."""
    return rows.filter(pk=row.pk, reminded_on=row.reminded_on).update(reminded_on=step) == 1


def _silent(round_: RemarkRound) -> list[Any]:
    """Groups that have neither given a remark nor said that they have none."""
    heard = set(Remark.objects.given().filter(round=round_).values_list("group", flat=True))
    heard |= set(round_.without_remarks.values_list("group", flat=True))
    return [group for group in groups_of_plan(round_.plan) if group.pk not in heard]


def _tell_of_waiting(today: date) -> None:
    """The coordinators, once a morning for each round, of citizens' remarks that nobody has looked through."""
    waiting = Remark.objects.unmoderated().order_by().values("round").annotate(count=Count("pk"))
    counts = dict(waiting.values_list("round", "count"))
    for round_ in RemarkRound.objects.filter(pk__in=counts).order_by("pk"):
        letters.remarks_waiting(round_, counts[round_.pk], today)


def _tell_of_answers(now: datetime) -> None:
    untold = Remark.objects.filter(state=RemarkState.ANSWERED, told_at__isnull=True)
    settled = untold.order_by().values("round").annotate(last=Max("answered_at")).filter(last__lte=now - SETTLED)
    for key in settled.values_list("round", flat=True):
        with transaction.atomic():
            letters.answers_given(RemarkRound.objects.get(pk=key))
