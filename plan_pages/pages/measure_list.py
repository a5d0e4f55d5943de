"""The list of a plan's measures at an address that says what is asked for: `…/measures/?status=delayed&chapter=3`.

What an address asks for is read leniently: a value that the plan does not know is not asked for. Knows no request.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import QueryDict

from plan_pages import csv_files
from plan_pages.choices import MeasureOrder, State
from plan_pages.csv_files import Row
from plan_pages.domain import money, progress, rounding
from plan_pages.domain.plan import Plan
from plan_pages.domain.selection import (
    ORDER_NAMES,
    Facets,
    Listed,
    Selection,
    facets,
    name_of_order,
    order_named,
    select,
)

A_PAGE = 50
FIRST_ORDER = MeasureOrder.CODE.value
COLUMNS = (
    "code", "title", "chapter", "goal", "task", "responsible", "partners", "start", "end", "original_end",
    "status", "percent", "period", "reason", "planned", "spent", "currency", "address",
)  # fmt: skip


def asked(query: QueryDict, known: Facets) -> Selection:
    """What the address asks for, of what there is."""
    states = {state.value: state for state, _count in known.states}
    chapters = {chapter.code for chapter, _count in known.chapters}
    responsible = {name for name, _count in known.responsible}
    years = {str(year): year for year, _count in known.years}
    chapter, body = query.get("chapter", ""), query.get("responsible", "")
    named = query.get("order", "")
    order, descending = order_named(named if named in ORDER_NAMES else FIRST_ORDER)
    return Selection(
        states=frozenset(states[each] for each in query.getlist("status") if each in states),
        chapter=chapter if chapter in chapters else "",
        responsible=body if body in responsible else "",
        year=years.get(query.get("year", "")),
        late=query.get("late") == "1",
        moved=query.get("moved") == "1",
        order=order,
        descending=descending,
    )


def address(wanted: Selection, **more: str) -> str:
    """The query of an address that asks for this: one spelling for one question."""
    pairs: list[tuple[str, str]] = [("status", state.value) for state in State if state in wanted.states]
    pairs += [
        (name, value)
        for name, value in (
            ("chapter", wanted.chapter),
            ("responsible", wanted.responsible),
            ("year", str(wanted.year or "")),
            ("late", "1" if wanted.late else ""),
            ("moved", "1" if wanted.moved else ""),
            ("order", "" if name_of_order(wanted) == FIRST_ORDER else name_of_order(wanted)),
            *more.items(),
        )
        if value
    ]
    return urlencode(pairs)


def shown(plan: Plan, query: QueryDict, today: date) -> dict[str, Any]:
    """What the page of the list shows on a day."""
    now = progress.of_plan(plan, today)
    known = facets(now)
    wanted = asked(query, known)
    found = select(now, wanted)
    return {
        "plan": plan,
        "facets": known,
        "wanted": wanted,
        "orders": MeasureOrder.choices(),
        "all_count": sum(count for _state, count in known.states),
        "page_of_measures": Paginator(found, A_PAGE).get_page(query.get("page")),
        "query": address(wanted),
    }


def table(plan: Plan, query: QueryDict, today: date, language: str) -> Iterator[str]:
    """The measures asked for as CSV: all of them."""
    now = progress.of_plan(plan, today)
    return csv_files.for_programs(COLUMNS, rows(plan, select(now, asked(query, facets(now))), language))


def rows(plan: Plan, found: Iterable[Listed], language: str) -> Iterator[Row]:
    """One a measure, with the cells of `COLUMNS`. Percents as the pages show them."""
    for each in found:
        measure, standing = each.measure, each.standing
        amounts = money.of_measures((measure,)).total
        entry = standing.entry
        cells: Mapping[str, Any] = {
            "code": measure.code,
            "title": measure.title.best(language),
            "chapter": each.chapter.code,
            "goal": each.goal.code,
            "task": each.task.code,
            "responsible": measure.responsible,
            "partners": "; ".join(measure.partners),
            "start": measure.start,
            "end": measure.end,
            "original_end": measure.original_end,
            "status": standing.state,
            "percent": None if standing.percent is None else rounding.percent_shown(standing.percent),
            "period": entry.period if entry else None,
            "reason": entry.reason.best(language) if entry else "",
            "planned": amounts.planned,
            "spent": amounts.spent,
            "currency": plan.currency,
            "address": plan.measure_address(measure, language),
        }
        yield [cells[name] for name in COLUMNS]
