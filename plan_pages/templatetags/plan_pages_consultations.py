"""The banner of consultations that are open to everyone."""

from typing import Any

from django import template
from django.utils import timezone

from plan_pages.choices import RoundAudience
from plan_pages.consultation.rounds import RemarkRound
from plan_pages.domain.plan import Text

register = template.Library()


@register.simple_tag
def open_consultations(plan_page: Any) -> list[dict[str, Any]]:
    """What is asked of everyone today about the plan of that page, what ends first before the others."""
    rounds = RemarkRound.objects.open_on(timezone.localdate()).filter(
        plan__page=plan_page.pk, audience=RoundAudience.PUBLIC.value
    )
    return [{"title": Text.of(each.title), "url": "", "until": each.due} for each in rounds.order_by("due", "pk")]


@register.inclusion_tag("plan_pages/consultation_banner.html")
def consultation_banner(plan_page: Any) -> dict[str, Any]:
    return {"consultations": open_consultations(plan_page) if plan_page else []}
