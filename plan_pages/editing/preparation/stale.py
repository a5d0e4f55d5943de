"""Two people at one text: what a form shows carries the moment of its last change, and a later change is not overwritten."""

from typing import Any

from django.utils.translation import gettext as _

from plan_pages.editing.refusal import Refused


def mark_of(row: Any) -> str:
    """What a form carries of the state that it shows; "" for what is not stored yet."""
    return row.changed_at.isoformat() if row.pk else ""


def demand_fresh(row: Any, seen: str) -> None:
    """Raises Refused where the row was changed after it was shown."""
    if seen != mark_of(row):
        raise Refused(
            _(
                "Somebody else has changed this meanwhile. Nothing is overwritten: your text is below, open the page anew."
            )
        )
