"""Which measures an address of a file asks for. The page of the list passes over what it does not know, and its reader sees
that; a file that did so would be taken for a filtered one. So it is refused here, with what is known.
"""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.utils.translation import gettext as _

from plan_pages.choices import MeasureOrder, State
from plan_pages.domain.plan import Plan
from plan_pages.domain.selection import ORDER_NAMES, Selection, order_named

View = Callable[..., HttpResponseBase]
FILTERS = ("chapter", "goal", "task", "code", "status", "responsible", "year", "late", "moved", "order")
BESIDE = ("lang", "language", "for")
"""What is no filter: the language of the texts, and for whom a CSV is written."""
YES_OR_NO = {"": False, "0": False, "false": False, "1": True, "true": True}


class NotKnown(Exception):
    """Said to who asks."""


def explained(view: View) -> View:
    """What is not known is refused in words that a person at a browser can read, and a program can show."""

    @wraps(view)
    def answer(request: HttpRequest, **named: Any) -> HttpResponseBase:
        try:
            return view(request, **named)
        except NotKnown as fault:
            return HttpResponse(f"{fault}\n", status=422, content_type="text/plain; charset=utf-8")

    return answer


def selection(query: QueryDict, plan: Plan) -> Selection:
    """Raises NotKnown."""
    unknown = [name for name in query if name not in (*FILTERS, *BESIDE)]
    if unknown:
        raise NotKnown(_("Unknown parameter. Known: %(known)s.") % {"known": ", ".join((*FILTERS, "lang"))})
    goals = [goal for chapter in plan.chapters for goal in chapter.goals]
    tasks = [task for goal in goals for task in goal.tasks]
    order, descending = order_named(_one(query, "order", ["", *ORDER_NAMES]) or MeasureOrder.CODE.value)
    return Selection(
        states=frozenset(State(_known("status", each, list(State))) for each in query.getlist("status") if each),
        chapter=_one(query, "chapter", ["", *(each.code for each in plan.chapters)]),
        goal=_one(query, "goal", ["", *(each.code for each in goals)]),
        task=_one(query, "task", ["", *(each.code for each in tasks)]),
        code=query.get("code", ""),
        responsible=query.get("responsible", ""),
        year=_year(query.get("year", "")),
        late=YES_OR_NO[_one(query, "late", YES_OR_NO)],
        moved=YES_OR_NO[_one(query, "moved", YES_OR_NO)],
        order=order,
        descending=descending,
    )


def _year(written: str) -> int | None:
    if written and not (written.isascii() and written.isdecimal() and len(written) == 4):
        raise NotKnown(_("The year of the deadline is written with four digits."))
    return int(written) if written else None


def _one(query: QueryDict, name: str, known: Iterable[str]) -> str:
    return _known(name, query.get(name, ""), known)


def _known(name: str, value: str, known: Iterable[str]) -> str:
    if value not in known:
        words = _("There is no “%(value)s” for %(name)s. There is: %(known)s.")
        raise NotKnown(words % {"value": value, "name": name, "known": ", ".join(each for each in known if each)})
    return value
