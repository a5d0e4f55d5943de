"""Consultations that are open to everyone: a banner over the plan, and where a part of the plan is asked about."""

from typing import Any

from django import template
from django.utils import timezone

from plan_pages.reading.consultations import open_consultations

register = template.Library()


@register.inclusion_tag("plan_pages/consultation_banner.html")
def consultation_banner(plan_page: Any) -> dict[str, Any]:
    """What is asked of everyone today about the plan of that page, what ends first before the others."""
    return {"consultations": open_consultations(plan_page, timezone.localdate()) if plan_page else ()}


@register.inclusion_tag("plan_pages/consultation_links.html")
def consultation_links(plan_page: Any, chapter: str, part: str) -> dict[str, Any]:
    """Where remarks on a part are given: `chapter`, the code of the one that it lies in; `part`, its public id."""
    found = open_consultations(plan_page, timezone.localdate())
    return {"links": [(each, each.form_for(part)) for each in found if each.is_about(chapter)]}
