"""The routers of the plan, and how they are added to Wagtail's own API."""

from ninja import NinjaAPI

from plan_pages.api import (
    budget,
    consultations,
    groups,
    home,
    indicators,
    measures,
    page_transitions,
    parts,
    period_keeping,
    period_transitions,
    plans,
    progress,
    return_comments,
    return_evidence,
    return_transitions,
    returns,
    searching,
    tree,
)

OF_PLANS = (
    *(plans, tree, progress, parts, measures, indicators, budget, groups, period_keeping, period_transitions),
    consultations,
)
OF_RETURNS = (returns, return_transitions, return_evidence, return_comments)


def add_to(api: NinjaAPI) -> None:
    api.add_router("", home.router)
    for each in OF_PLANS:
        api.add_router("/plans/", each.router)
    api.add_router("/search/", searching.router)
    for each in OF_RETURNS:
        api.add_router("/returns/", each.router)
    api.add_router("/pages/", page_transitions.router)
