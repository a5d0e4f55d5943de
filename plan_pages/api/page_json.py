"""A page as JSON, at the page's own address: its content as the content API tells it, and ways on. Made after Wagtail has
asked whether this reader may see the page.
"""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from wagtail.models import Page

from plan_pages.api.expansions import EXPANSIONS, Expansion, summary
from plan_pages.api.problems import invalid, problem
from plan_pages.api.wanted import led, wants_json
from plan_pages.pages.plan import PlanPage
from plan_pages.register import Indicator, Measure

Serve = Callable[[Page, HttpRequest, list[Any], dict[str, Any]], HttpResponse]
PARTS: dict[str, tuple[type[Measure] | type[Indicator], ...]] = {
    "measure": (Measure,),
    "indicator": (Indicator,),
    "measure_by_id": (Measure, Indicator),
}
LISTS = {
    "measure_list": "measures_list",
    "indicator_list": "indicators_list",
    "chapter_list": "chapters_list",
    "group_list": "groups_list",
    "remark_rounds": "consultations_list",
}
PAGE_ITSELF = "index_route"
"""As pages with routes of their own call it."""
BESIDE_CONTENT = {"id", "meta", "title", "latest_revision"}


def in_two_kinds(serve: Serve) -> Serve:
    """What Wagtail would serve, or JSON."""

    def answer(page: Page, request: HttpRequest, args: list[Any], kwargs: dict[str, Any]) -> HttpResponse:
        view = getattr(args[0], "__name__", "") if args else PAGE_ITSELF
        is_wanted = wants_json(request)
        response = _json(page, request) if is_wanted and view == PAGE_ITSELF else serve(page, request, args, kwargs)
        if is_wanted and view != PAGE_ITSELF and response.status_code == 200:
            # It is there, and this reader may see it. Its template is not rendered yet.
            response = _of_part(page, request, view, args[2])
        patch_vary_headers(response, ["Accept"])
        return response

    return answer


def _json(page: Page, request: HttpRequest) -> HttpResponse:
    if not _is_shown(page):
        raise Http404
    wanted = [name for name in request.GET.get("expand", "").split(",") if name]
    unknown = [name for name in wanted if name not in EXPANSIONS]
    if unknown:
        words = _("Unknown: %(unknown)s. Known: %(known)s.")
        message = words % {"unknown": ", ".join(unknown), "known": ", ".join(EXPANSIONS)}
        return invalid([{"type": "unknown", "loc": ["query", "expand"], "msg": message}])
    found = as_json(page, request, wanted)
    response = JsonResponse(found, json_dumps_params={"ensure_ascii": False})
    response.headers["Content-Language"] = found["language"]
    return response


def as_json(page: Page, request: HttpRequest, wanted: list[str]) -> dict[str, Any]:
    parent = page.get_parent()
    is_first = parent is None or parent.is_root()
    head = summary(page, request)
    return {
        **head,
        "first_published": page.first_published_at,
        "last_published": page.last_published_at,
        **_content(page, request),
        "links": {
            "self": head["@id"],
            "up": None if is_first else parent.get_full_url(request),
            "api": request.build_absolute_uri(reverse("wagtailapi_v3:detail_page", args=[page.pk])),
        }
        | _of_plan(page, request),
        "components": {
            name: _component(expand if name in wanted else None, page, request, f"{head['@id']}?expand={name}")
            for name, expand in EXPANSIONS.items()
        },
    }


def _of_plan(page: Page, request: HttpRequest) -> dict[str, str]:
    """Where the plan is told, with its figures."""
    if not isinstance(page, PlanPage):
        return {}
    return {"plan": request.build_absolute_uri(reverse("wagtailapi_v3:plan_detail", args=[page.slug]))}


def _component(expand: Expansion | None, page: Page, request: HttpRequest, address: str) -> dict[str, Any]:
    return {"@id": address} | ({"items": expand(page, request)} if expand else {})


def _content(page: Page, request: HttpRequest) -> dict[str, Any]:
    from wagtail.api.v3.registry import registry

    registered = registry.get(page._meta.label)
    assert registered is not None
    assert registered.read_schema is not None
    read = registered.read_schema.model_validate(page, context={"request": request})
    return read.model_dump(exclude=BESIDE_CONTENT)


def _is_shown(page: Page) -> bool:
    """A chapter or a group of a plan that is not published is shown to nobody, though it may be published itself."""
    parent = page.get_parent()
    return parent is None or parent.live or not issubclass(parent.specific_class or Page, PlanPage)


def _of_part(page: Page, request: HttpRequest, view: str, asked: dict[str, Any]) -> HttpResponse:
    """What is no page of its own: parts of the plan are led to where the API tells of them; of the rest there are pages
    only."""
    if view in LISTS:
        return led(LISTS[view], page.slug, asked=request.GET)
    if view == "remarks":
        return led("consultation_detail", page.slug, asked["number"])
    if view not in PARTS:
        return problem(406, _("There is no JSON of this, only a page for readers."))
    found = [row for kind in PARTS[view] for row in kind.objects.filter(plan__page=page.pk, **asked)]
    row = min(found, key=lambda row: row.retired_at is not None)
    return led(f"{row._meta.model_name}_detail", page.slug, row.public_id)
