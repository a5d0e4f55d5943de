"""What is wrong with a page that was sent, each message with the way to it through the JSON of the page:
`goals, 0, value, tasks, 2, value, code`. Wagtail itself gets as far as the field.
"""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from wagtail.blocks import StreamBlockValidationError, StructBlockValidationError
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.utils.forms import FormValidationError

from plan_pages.api import problems
from plan_pages.api.problems import invalid

Place = tuple[str | int, ...]
Fault = tuple[Place, str, str]


def of_form(form: Any, place: Place = ()) -> FormValidationError:
    """Of a form that is not valid, with the forms inside it."""
    return _grouped(_in_form(form, place))


def of_error(error: ValidationError) -> FormValidationError:
    """Of what a page or a block refused by itself."""
    return _grouped(_in_error(error, ()))


def problem(request: HttpRequest, error: ValidationError) -> HttpResponse:
    found = error if isinstance(error, FormValidationError) else of_error(error)
    return invalid(
        [
            {"type": code, "loc": list(place), "msg": message}
            for place, messages in found.loc_errors
            for message, code in messages
        ]
    )


def in_use(request: HttpRequest, error: ProtectedError) -> HttpResponse:
    """Of what was to be deleted."""
    return problems.problem(409, _("It is in use, so it cannot be deleted."))


def _grouped(faults: Iterator[Fault]) -> FormValidationError:
    found: dict[Place, list[tuple[str, str]]] = {}
    for place, message, code in faults:
        found.setdefault(place, []).append((message, code))
    return FormValidationError(found)


def _in_form(form: Any, place: Place) -> Iterator[Fault]:
    for name, errors in form.errors.as_data().items():
        for error in errors:
            yield from _in_error(error, (*place, name))
    for name, formset in getattr(form, "formsets", {}).items():
        for error in formset.non_form_errors().as_data():
            yield from _in_error(error, (*place, name))
        for number, child in _sent(formset):
            yield from _in_form(child, (*place, name, number))


def _sent(formset: Any) -> Iterator[tuple[int, Any]]:
    """The rows that were sent, with their places in what was sent. The form has them in another order: those that are
    stored, then the new ones; and it has those that are to go."""
    rows = [form for form in formset.forms if not form.data.get(form.add_prefix("DELETE"))]
    if formset.can_order:
        rows.sort(key=lambda form: int(form.data.get(form.add_prefix("ORDER")) or 0))
    yield from enumerate(rows)


def _in_error(error: Any, place: Place) -> Iterator[Fault]:
    match error:
        case StreamBlockValidationError() | ListBlockValidationError():
            yield from _own(error, place)
            for number, inner in error.block_errors.items():
                is_stream = isinstance(error, StreamBlockValidationError)
                yield from _in_error(inner, (*place, number, "value") if is_stream else (*place, number))
        case StructBlockValidationError():
            yield from _own(error, place)
            for name, inner in error.block_errors.items():
                yield from _in_error(inner, place if name == NON_FIELD_ERRORS else (*place, name))
        case ValidationError() if hasattr(error, "error_dict"):
            for name, errors in error.error_dict.items():
                for inner in errors:
                    yield from _in_error(inner, place if name == NON_FIELD_ERRORS else (*place, name))
        case ValidationError() if len(error.error_list) > 1 or error.error_list[0] is not error:
            for inner in error.error_list:
                yield from _in_error(inner, place)
        case _:
            for message in error.messages:
                yield place, message, error.code or "invalid"


def _own(error: Any, place: Place) -> Iterator[Fault]:
    for inner in error.non_block_errors.as_data():
        yield from _in_error(inner, place)
