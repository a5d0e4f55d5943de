"""What becomes of reported progress when a measure goes to another chapter: finished returns keep it, an open one hands it
on to the new chapter's. Nothing is lost, and nothing that nobody approved is approved by the move.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model, Q
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from plan_pages.choices import EDITABLE_RETURN_STATES, ReturnState
from plan_pages.editing.refusal import Refused
from plan_pages.monitoring import ChapterReturn, IndicatorValue, ReportingPeriod
from plan_pages.register import Chapter, Indicator, Measure


@dataclass(frozen=True, slots=True)
class Handover:
    """`until`: the last day of the periods that the old chapter keeps, None if it has finished none. `going`: its open
    returns that hold something of the measure."""

    until: date | None
    going: tuple[ChapterReturn, ...]


def handover(measure: Measure, old: Chapter, new: Chapter) -> Handover:
    """What the move would do to returns. Raises Refused, in words, where somebody has to decide something first."""
    returns = list(ChapterReturn.objects.filter(chapter=old).select_related("period", "chapter"))
    kept = [
        each.period.last_day for each in returns if each.state_choice is ReturnState.APPROVED or each.period.is_locked
    ]
    until = max(kept, default=None)
    going = []
    for each in returns:
        if (until is not None and each.period.last_day <= until) or not _holds(each, measure):
            continue
        if each.state_choice not in EDITABLE_RETURN_STATES:
            raise Refused(
                _("The return of the chapter “%(chapter)s” for %(period)s waits for approval: decide on it first.")
                % {"chapter": old, "period": each.period}
            )
        _check_receiving(new, each.period, measure)
        going.append(each)
    return Handover(until, tuple(going))


def hand_over(measure: Measure, new: Chapter, plan: Handover, user: Any) -> None:
    """Inside the transaction of the move."""
    for old in plan.going:
        receiving, made = ChapterReturn.objects.get_or_create(chapter=new, period=old.period)
        if made:
            log(receiving, "plan_pages.return.start", user=user)
        for rows, name in _rows(old, measure):
            rows.update(**{name: receiving})


def _check_receiving(new: Chapter, period: ReportingPeriod, measure: Measure) -> None:
    found = ChapterReturn.objects.filter(chapter=new, period=period).first()
    if found is None:
        return
    if found.state_choice not in EDITABLE_RETURN_STATES or any(rows.exists() for rows, _name in _rows(found, measure)):
        raise Refused(
            _(
                "The measure has progress for %(period)s that is not approved yet, and the chapter “%(chapter)s” has "
                "handed in its return for that period: have that one sent back first, or this one approved."
            )
            % {"chapter": new, "period": period}
        )


def _holds(found: ChapterReturn, measure: Measure) -> bool:
    """Whether something of the measure was entered for the return."""
    values = IndicatorValue.objects.filter(indicator__measure=measure, period=found.period)
    return values.filter(Q(actual__isnull=False) | Q(unavailable=True)).exists() or any(
        rows.exists() for rows, _name in _rows(found, measure)
    )


def _rows(found: ChapterReturn, measure: Measure) -> Iterator[tuple[Any, str]]:
    """All that hangs on the return and on the measure or its indicators, whatever it is; and the name of its return."""
    for relation in ChapterReturn._meta.related_objects:
        model: type[Model] = relation.related_model
        for field in model._meta.concrete_fields:
            of = {Measure: measure.pk, Indicator: None}
            if field.related_model not in of:
                continue
            which = {field.name: measure} if field.related_model is Measure else {f"{field.name}__measure": measure}
            yield model._default_manager.filter(**{relation.field.name: found}, **which), relation.field.name
