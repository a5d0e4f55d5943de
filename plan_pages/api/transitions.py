"""What may be done with a page's text or a chapter's return now: the shape in which it is told, and asked for."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Body, Schema
from pydantic import ConfigDict, Field
from typing_extensions import TypedDict

from plan_pages.api.problems import problem
from plan_pages.api.shapes import Uri

CommentRule = Literal["none", "optional", "required"]

_Transition = TypedDict("_Transition", {"@id": Uri, "@type": Literal["Transition"]})


class Transition(_Transition):
    """A deed that this user may do now: POST to its address. `label`: as the admin's button says it, in the language asked
    for. `comment`: whether a comment (a reason) goes with it."""

    name: str
    label: str
    comment: CommentRule


class Fault(TypedDict):
    """What is wrong at a place of what was sent, or of the page's text."""

    type: str
    loc: list[str | int]
    msg: str


class Problem(TypedDict):
    """RFC 9457."""

    type: str
    title: str
    status: int
    detail: str


class NotNow(Problem):
    """Not possible in the present state. `available`: what is."""

    available: list[Transition]


class Unfit(Problem):
    errors: list[Fault]


class TransitionBody(Schema):
    model_config = ConfigDict(extra="forbid")

    comment: str = Field(default="", description="To those whom it concerns: why, or what is to be changed.")


NOTHING_SENT = Body(TransitionBody())


def told(address: str, name: str, label: str, comment: CommentRule) -> Transition:
    return {"@id": address, "@type": "Transition", "name": name, "label": label, "comment": comment}


def not_now(detail: str, available: Sequence[Mapping[str, Any]]) -> HttpResponse:
    return problem(409, detail, available=list(available))


def unfit(detail: str, faults: Sequence[Mapping[str, Any]]) -> HttpResponse:
    return problem(422, detail, errors=list(faults))


def unfit_comment(words: str) -> HttpResponse:
    return unfit(words, [fault(("body", "data", "comment"), words)])


def unread_comment() -> HttpResponse:
    """To a deed that takes no words: what was written would be lost."""
    return unfit_comment(_("Nobody would read a comment here."))


def fault(place: Sequence[str | int], message: str, kind: str = "invalid") -> Fault:
    return {"type": kind, "loc": list(place), "msg": message}
