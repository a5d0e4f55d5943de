"""Returns of chapters: the list, one with its rows, and the writing of rows. For whoever sees them in the admin, and for
nobody else.
"""

from typing import Any
from uuid import UUID

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Body, Query, Router
from ninja.errors import ValidationError
from pydantic import Field
from wagtail.api.v3.auth import BearerTokenAuth

from plan_pages.api.answering import answer, batch, part
from plan_pages.api.asking import Asking, Batched, left_out
from plan_pages.api.problems import problem
from plan_pages.api.return_posted import (
    EntryChanges,
    EntrySent,
    MoneyChanges,
    MoneySent,
    ReturnBegun,
    RowsSent,
    ValueChanges,
    ValueSent,
)
from plan_pages.api.return_shapes import ReturnBatch, ReturnDetail, RowsConflict, RowsUnfit, RowsWritten
from plan_pages.api.return_told import detail, grid_of, summary, told_rows
from plan_pages.api.return_transitions import PARTS, offered, seen
from plan_pages.api.return_writing import Outcome, RowLists, write
from plan_pages.api.shapes import PeriodCode
from plan_pages.api.teller import teller_of
from plan_pages.choices import ReturnState
from plan_pages.editing import returns
from plan_pages.editing.refusal import Refused
from plan_pages.monitoring import ChapterReturn, ReportingPeriod
from plan_pages.permissions import returns_for
from plan_pages.register import Chapter

router = Router(tags=["returns"], auth=BearerTokenAuth())
WRITTEN: Any = {200: RowsWritten, 409: RowsConflict, 422: RowsUnfit}


class ReturnsAsked(Batched):
    plan: str | None = left_out("The slug of a plan.")
    chapter: str | None = left_out("The code of a chapter.")
    period: PeriodCode | None = left_out("A period: 2026, 2026-H1, 2026-Q3 or 2026-09.")
    state: list[ReturnState] = Field(default_factory=list, description="May be given several times: any of them.")


@router.get(
    "/",
    response=ReturnBatch,
    url_name="returns_list",
    operation_id="returns_list",
    summary="Returns of chapters",
)
def returns_list(request: HttpRequest, query: Query[ReturnsAsked]) -> HttpResponse:
    """Those that the user of the token may see: the latest period first, then in the order of the plan."""
    wanted = {"chapter__plan__page__slug": query.plan, "chapter__code": query.chapter, "period__period": query.period}
    found = returns_for(request.user).filter(**{name: value for name, value in wanted.items() if value is not None})
    if query.state:
        found = found.filter(state__in=query.state)
    # A person may hold the role of a group and stand in for another who holds it.
    ordered = found.select_related(*PARTS).annotate(entry_count=Count("entries", distinct=True))
    ordered = ordered.order_by("-period__last_day", "chapter__page__path", "pk")
    teller = teller_of(request)
    items = [summary(teller, each, each.entry_count) for each in part(ordered, query)]
    return answer(batch(request, query, found.distinct().count(), items), teller.language)


@router.post(
    "/",
    response={200: ReturnDetail, 201: ReturnDetail, 409: RowsConflict},
    url_name="returns_list",
    operation_id="return_begin",
    summary="Begin the return of a chapter for a period",
)
def return_begin(request: HttpRequest, query: Query[Asking], data: Body[ReturnBegun]) -> HttpResponse:
    """201; or 200 with the one that is there already."""
    chapter = Chapter.objects.select_related("plan").filter(public_id=data.chapter).first()
    if chapter is None:
        raise _unknown("chapter", _("There is no such chapter."))
    period = ReportingPeriod.objects.filter(plan=chapter.plan_id, period=data.period).first()
    if period is None:
        raise _unknown("period", _("The plan has no such reporting period."))
    was_there = ChapterReturn.objects.filter(chapter=chapter, period=period).exists()
    try:
        made = returns.start(chapter, period, request.user, timezone.localdate())
    except Refused as refusal:
        return _conflict(str(refusal), Outcome(), {"entries": [], "values": [], "money": []})
    response = _told(request, seen(request, made.pk))
    response.status_code = 200 if was_there else 201
    return response


@router.get(
    "/{int:return_id}/",
    response=ReturnDetail,
    url_name="return_detail",
    operation_id="return_detail",
    summary="A return with all its rows",
)
def return_detail(request: HttpRequest, return_id: int, query: Query[Asking]) -> HttpResponse:
    return _told(request, seen(request, return_id))


@router.patch(
    "/{int:return_id}/",
    response=WRITTEN,
    url_name="return_detail",
    operation_id="return_rows_update",
    summary="Write rows of a return, all of them or none",
)
def return_rows_update(
    request: HttpRequest, return_id: int, query: Query[Asking], data: Body[RowsSent]
) -> HttpResponse:
    """What is not named in a row stays as it is. A row goes with the base that was read with it: where a colleague has
    changed the same field since, nothing is stored, and what he wrote is told (409)."""
    return _write(request, return_id, {"entries": data.entries, "values": data.values, "money": data.money})


@router.put(
    "/{int:return_id}/entries/{uuid:measure}/",
    response=WRITTEN,
    url_name="return_entry",
    operation_id="return_entry_replace",
    summary="Write what is reported of a measure, as a whole",
)
def return_entry_replace(
    request: HttpRequest, return_id: int, measure: UUID, query: Query[Asking], data: Body[EntryChanges]
) -> HttpResponse:
    """What is not named is cleared."""
    row = EntrySent(measure=measure, **data.model_dump(exclude_unset=True))
    return _write(request, return_id, {"entries": [row]}, is_alone=True)


@router.put(
    "/{int:return_id}/values/{uuid:indicator}/",
    response=WRITTEN,
    url_name="return_value",
    operation_id="return_value_replace",
    summary="Write the value of an indicator, as a whole",
)
def return_value_replace(
    request: HttpRequest, return_id: int, indicator: UUID, query: Query[Asking], data: Body[ValueChanges]
) -> HttpResponse:
    """What is not named is cleared; not an interim target, where only coordinators may."""
    row = ValueSent(indicator=indicator, **data.model_dump(exclude_unset=True))
    return _write(request, return_id, {"values": [row]}, is_alone=True)


@router.put(
    "/{int:return_id}/money/{uuid:measure}/{int:year}/{fund}/",
    response=WRITTEN,
    url_name="return_money",
    operation_id="return_money_replace",
    summary="Write the money of a measure for a year from a fund, as a whole",
)
def return_money_replace(
    request: HttpRequest,
    return_id: int,
    measure: UUID,
    year: int,
    fund: str,
    query: Query[Asking],
    data: Body[MoneyChanges],
) -> HttpResponse:
    """What is not named is cleared. A line that is not there is added."""
    row = MoneySent(measure=measure, year=year, fund=fund, **data.model_dump(exclude_unset=True))
    return _write(request, return_id, {"money": [row]}, is_alone=True)


def _told(request: HttpRequest, found: ChapterReturn) -> HttpResponse:
    teller, history = teller_of(request), returns.history(found)
    grid = grid_of(found, request.user, history)
    return answer(detail(teller, found, grid, history, offered(teller, found, request.user)), teller.language)


def _write(request: HttpRequest, return_id: int, sent: RowLists, *, is_alone: bool = False) -> HttpResponse:
    found, teller = seen(request, return_id), teller_of(request)
    at = ("body", "data") if is_alone else None
    try:
        outcome = write(found, request.user, sent, whole=is_alone, at=at)
    except Refused as refusal:
        return _conflict(str(refusal), Outcome(), {"entries": [], "values": [], "money": []})
    if outcome.faults and not outcome.conflicts:
        return problem(422, _("Nothing is saved yet."), errors=outcome.faults)
    keys = outcome.conflicts or outcome.keys
    rows = told_rows(teller, grid_of(found, request.user, returns.history(found)), keys)
    if outcome.conflicts:
        return _conflict(_("Nothing is saved yet: a colleague changed the same."), outcome, rows)
    content = {"@id": teller.address("return_detail", found.pk), "@type": "ReturnRows", **rows}
    return answer(content, teller.language)


def _conflict(detail: str, outcome: Outcome, rows: Any) -> HttpResponse:
    return problem(409, detail, errors=outcome.faults, rows=rows)


def _unknown(name: str, message: str) -> ValidationError:
    return ValidationError([{"type": "unknown", "loc": ["body", "data", name], "msg": message}])
