"""The plans that open data speaks of: those of the site that is asked, as everyone may read them, whoever asks."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from wagtail.models import Site

from plan_pages.domain.plan import Plan
from plan_pages.reading import Unavailable, plan_for_everyone
from plan_pages.register import Plan as PlanRow

NO_CHAPTER = Q(pk__in=[])


def described(request: HttpRequest) -> Iterator[Plan]:
    """What each plan says of itself, without its chapters."""
    for row in _rows(request).order_by("page__path"):
        try:
            yield plan_for_everyone(row, None, only=NO_CHAPTER)
        except Unavailable:
            continue


def whole(request: HttpRequest, slug: str, version: str | None) -> Plan:
    """The plan of the page with that slug. Raises Http404 where there is none, or it is not for everyone."""
    row = _rows(request).filter(page__slug=slug).order_by("pk").first()
    if row is None:
        raise Http404
    try:
        return plan_for_everyone(row, version)
    except Unavailable as error:
        raise Http404 from error


def _rows(request: HttpRequest) -> QuerySet[PlanRow]:
    site = Site.find_for_request(request)
    path = site.root_page.path if site else "-"
    return PlanRow.objects.filter(page__live=True, page__path__startswith=path).select_related("page")
