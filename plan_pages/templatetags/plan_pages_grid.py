"""Numbers of the grid of a return, as they are stored or computed."""

from decimal import Decimal
from typing import Any

from django import template
from django.forms import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from plan_pages import formats
from plan_pages.domain import rounding
from plan_pages.reading.reported import number
from plan_pages.templatetags.plan_pages_tags import active

register = template.Library()


@register.simple_tag
def cell(field: BoundField, column: str, code: str) -> SafeString:
    """A control with its label, which names the row for whoever hears it, and with its errors in words."""
    errors = field.errors
    told = format_html('<p class="error" id="{}_error">{}</p>', field.auto_id, " ".join(errors)) if errors else ""
    return format_html(
        '<div class="cell cell-{}{}"><label for="{}"><span class="w-sr-only">{}: </span>{}</label>{}{}</div>',
        column,
        " has-errors" if errors else "",
        field.id_for_label,
        code,
        field.label,
        field.as_widget(),
        told,
    )


@register.simple_tag
def row_state(row: Any) -> SafeString:
    """Where the row says whether it is saved: first by whom and when what stands in it was written."""
    time, person = row.written_at, row.author
    told = ""
    if time:
        words = _("Saved %(time)s, %(person)s") if person else _("Saved %(time)s")
        told = words % {"time": time, "person": person}
    return format_html('<p class="row-state" data-state>{}</p>', told)


@register.filter
def plain_number(value: Decimal | None) -> str:
    """As it was entered, without the zeros that its column adds."""
    short = number(value)
    return "–" if short is None else formats.number(short, active())


@register.filter
def shown_number(value: Decimal | None) -> str:
    """What was computed, rounded by the one rule."""
    return "–" if value is None else formats.number(rounding.number_shown(value), active())
