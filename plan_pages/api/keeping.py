"""Which answers of the API are everybody's, so that whoever keeps pages may keep them too under the content version."""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse

_OF_LISTS = frozenset({"lang", "limit", "offset", "order", "fields"})
_OF_PLANS = frozenset(
    {"chapter", "code", "depth", "goal", "group", "indicator", "kind", "late", "moved", "of", "period"}
)
_OF_CONSULTATIONS = frozenset({"answer", "audience", "state"})
_OF_REPORTS = frozenset({"latest", "plan"})
_OF_MEASURES = frozenset({"responsible", "status", "task", "year"})
_OF_WAGTAIL = frozenset({"child_of", "descendant_of", "locale", "rich_text_format", "type", "version"})
ASKED = _OF_LISTS | _OF_PLANS | _OF_MEASURES | _OF_CONSULTATIONS | _OF_REPORTS | _OF_WAGTAIL
"""What is asked for over and over. With anything else, a search for instance, an answer is made but not kept."""

PUBLIC = "public, no-cache"
"""What an answer says in `Cache-Control` that hangs on nothing but the content and its own address."""

OF_PAGES = frozenset({"list_pages", "detail_page"})
"""Wagtail's answers of that kind. Files and pictures have tags, which may change without the content changing."""


def may_be_kept(request: HttpRequest) -> bool:
    return request.GET.keys() <= ASKED


def is_public(request: HttpRequest, response: HttpResponse) -> bool:
    if "random" in request.GET.getlist("order"):
        return False
    if response.headers.get("Cache-Control") == PUBLIC:
        return True
    match = request.resolver_match
    is_of_pages = match is not None and match.url_name in OF_PAGES and "Cache-Control" not in response.headers
    return is_of_pages and isinstance(getattr(request, "auth", None), AnonymousUser)
