"""Why a deed on what hangs on a row of a return was refused: in the admin's words, at the places of what was sent."""

from collections.abc import Mapping, Sequence

from django.http import HttpResponse
from django.utils.translation import gettext as _

from plan_pages.api.problems import problem
from plan_pages.api.transitions import fault, unfit
from plan_pages.editing import refusal

Place = Sequence[str | int]


def refused_deed(error: refusal.Refused, places: Mapping[str, Place]) -> HttpResponse:
    """422 where something that was sent does not fit, 409 where nothing would. `places`: by the names that the deed has
    for what was sent."""
    if not isinstance(error, refusal.Unfit):
        return problem(409, str(error))
    return unfit(str(error), [fault(places.get(name, ("body",)), words) for name, words in error.faults.items()])


def no_such_row(place: Place) -> HttpResponse:
    words = _("This row is no longer in the return.")
    return unfit(words, [fault(place, words, "unknown_row")])
