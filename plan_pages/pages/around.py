"""The pages around a request, in one question: those that its address names, those below the site's first page, the
groups. What a page needs beside its own content (the way to it, the menu, who may read it) is then known.
"""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import get_language_from_path
from wagtail.models import Page, PageViewRestriction, Site

from plan_pages.reading import restrictions_of

_NAME = "_plan_pages_around"


class Around:
    """`root`: of the site; None where no site answers to the address. Pages are of their own types."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        site = Site.find_for_request(request)
        self.root: Any = None
        self.by_path: dict[str, Any] = {}
        if site is None:
            return
        root = site.root_page
        for page in specific(Page.objects.filter(_wanted(root, request.path_info)).order_by("path")):
            self.by_path[page.path] = page
            page._around = self
            above = self.by_path.get(page.path[: -page.steplen])
            if above is not None:
                page._cached_parent_obj = above
        self.root = self.by_path.get(root.path)
        if self.root is not None:
            site.root_page = self.root

    @property
    def restrictions(self) -> list[PageViewRestriction]:
        return restrictions_of(self.request)

    def is_public(self, path: str) -> bool:
        """Whether everyone may see what lies at that path of the tree."""
        return not path.startswith(tuple(each.page.path for each in self.restrictions))

    def public(self, pages: Any) -> Any:
        """Those of a query of pages that everyone may see; Wagtail's `public` asks for the restrictions each time."""
        closed = Q()
        for each in self.restrictions:
            closed |= Q(path__startswith=each.page.path)
        return pages.exclude(closed) if closed else pages

    def children(self, page: Any) -> list[Any]:
        """What is published below the site's first page, or the groups below a plan; only what everyone may see."""
        return [each for each in self.all_children(page) if each.live and self.is_public(each.path)]

    def all_children(self, page: Any) -> list[Any]:
        """Also what is not published, or not for everyone."""
        return [each for path, each in self.by_path.items() if path[: -each.steplen] == page.path]

    def child(self, page: Any, slug: str) -> Any:
        """Also one that is not published; None where it is not known."""
        return next((each for each in self.all_children(page) if each.slug == slug), None)

    def way_to(self, page: Any, inclusive: bool = False) -> list[Any] | None:
        """The published pages from the site's first one to above this one; None where some are not known."""
        if self.root is None or not page.path.startswith(self.root.path):
            return []
        last = len(page.path) - (0 if inclusive else page.steplen)
        paths = [page.path[:end] for end in range(len(self.root.path), last + 1, page.steplen)]
        if any(path not in self.by_path for path in paths):
            return None
        return [self.by_path[path] for path in paths if self.by_path[path].live]


def around(request: HttpRequest) -> Around:
    """Of this request, read once."""
    found: Around | None = getattr(request, _NAME, None)
    if found is None:
        found = Around(request)
        setattr(request, _NAME, found)
    return found


def specific(pages: Any) -> Iterable[Any]:
    """The pages of a query as their own types, with the plans of plan pages, in one question instead of one a type. The
    goals of chapters stay where they are: readers read the register."""
    links = {each.get_accessor_name(): each.related_model for each in Page._meta.related_objects if _is_type(each)}
    rows = pages.select_related(*links, *(["planpage__plan"] if "planpage" in links else []))
    if "chapterpage" in links:
        rows = rows.defer("chapterpage__goals")
    for row in rows:
        name = next((each for each in links if row._state.fields_cache.get(each) is not None), None)
        yield getattr(row, name) if name else row


def _is_type(relation: Any) -> bool:
    return bool(relation.one_to_one and relation.parent_link)


def _wanted(root: Page, path: str) -> Q:
    language = get_language_from_path(path)
    slugs = [each for each in path.split("/") if each]
    if language and language != settings.LANGUAGE_CODE:
        slugs = slugs[1:]
    addresses = [root.url_path]
    for slug in slugs:
        addresses.append(f"{addresses[-1]}{slug}/")
    first = Q(depth=root.depth + 1, path__startswith=root.path)
    return Q(pk=root.pk) | first | Q(url_path__in=addresses) | Q(grouppage__isnull=False, path__startswith=root.path)
