"""Which pages a token reads. Wagtail shows it those that its person may edit, and nothing else: with a token a program would
see less than without. Here it reads the public ones too, as everyone does: published, and without what only editors see.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.http import HttpRequest
from wagtail.api.v3.routers import pages
from wagtail.models import Page

Pages = Callable[..., Any]
OF_ALL = frozenset({"list_pages", "find_page"})


def let_in() -> None:
    pages.get_pages_queryset = _with_public(pages.get_pages_queryset)


def _with_public(theirs: Pages) -> Pages:
    def readable(request: HttpRequest, model: Any = Page) -> Any:
        found = theirs(request, model)
        match = request.resolver_match
        if match is None or not request.user.is_authenticated:
            return found
        if match.url_name == "detail_page" and not found.filter(pk=match.kwargs["page_id"]).exists():
            # From here on the request is everyone's: no draft, and nothing that readers are not shown.
            request.user = AnonymousUser()
            return theirs(request, model)
        if match.url_name in OF_ALL:
            person, request.user = request.user, AnonymousUser()
            public = theirs(request, model)
            request.user = person
            either = Q(pk__in=found.values("pk")) | Q(pk__in=public.values("pk"))
            return model.objects.filter(either).select_related("content_type", "locale").order_by("pk")
        return found

    return readable
