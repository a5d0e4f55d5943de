"""The public consultations on a plan that take remarks on a day, in one query."""

from datetime import date
from typing import Any

from plan_pages.choices import RoundAudience
from plan_pages.consultation.rounds import RemarkRound
from plan_pages.domain.consultations import OpenConsultation
from plan_pages.domain.plan import Text
from plan_pages.languages import language_codes, ordered


def open_consultations(plan_page: Any, day: date) -> tuple[OpenConsultation, ...]:
    """The one that closes first stands first. Addresses are in the active language."""
    found = RemarkRound.objects.open_on(day).filter(plan__page=plan_page.pk, audience=RoundAudience.PUBLIC)
    rows = found.order_by("due", "pk").values_list("title", "number", "due", "chapter__code", named=True)
    base = f"{plan_page.get_url()}remarks/" if rows else ""
    return tuple(
        OpenConsultation(
            title=Text.of(ordered(row.title, language_codes())),
            url=f"{base}{row.number}/",
            form_url=f"{base}{row.number}/new/",
            until=row.due,
            chapter=row.chapter__code or "",
        )
        for row in rows
    )
