"""What stands in the heads of pages for programs: what a page speaks of (JSON-LD), and where the plan is given as data."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail.models import Page

from plan_pages.domain.plan import Indicator, Plan, Text
from plan_pages.languages import active_language
from plan_pages.linked_data import things
from plan_pages.linked_data.script import Thing, script
from plan_pages.linked_data.terms import terms
from plan_pages.linked_data.things import Download
from plan_pages.open_data import files
from plan_pages.templatetags.plan_pages_tags import way_to

register = template.Library()


@register.simple_tag
def linked(found: Iterable[Thing]) -> SafeString:
    return script(found)


@register.simple_tag(takes_context=True)
def linked_way(context: template.Context) -> SafeString:
    """The very steps that the page shows above its content."""
    request, page = context.get("request"), context.get("page")
    # A part of a page, such as a list of its, has the page itself above it.
    inside = (
        isinstance(page, Page) and bool(page.path) and request is not None and page.get_url(request) != request.path
    )
    steps = [(_name(each), url) for url, each, _heading in way_to(context, inside)]
    chapter = context.get("chapter") if inside else None
    if steps and chapter and chapter.address:
        name = f"{chapter.code}. {chapter.title.best(active_language())}"
        steps.append((name, chapter.address.best(active_language())))
    if not steps or request is None:
        return mark_safe("")
    return script([things.way([(name, request.build_absolute_uri(url)) for name, url in steps])])


@register.simple_tag(takes_context=True)
def linked_plan(context: template.Context, plan: Plan) -> SafeString:
    language = active_language()
    title = plan.title.best(language)
    description = _(
        "Goals, tasks, measures, indicators, money and progress of the plan “%(title)s”, %(start)d–%(end)d."
    )
    downloads = [
        Download(name, type, _absolute(context, address))
        for name, type, address in (
            ("JSON", files.JSON.type, _address("open_data_plan", plan.slug)),
            ("XLSX", files.XLSX.type, _address("open_data_workbook", plan.slug)),
            ("CSV", files.CSV.type, _address("open_data_table", plan.slug, "measures", "csv")),
        )
        if address
    ]
    told = description % {"title": title, "start": plan.start_year, "end": plan.end_year}
    return script([things.data_of_plan(plan, told, downloads, terms(), language)])


@register.simple_tag(takes_context=True)
def linked_indicator(context: template.Context, indicator: Indicator, plan: Plan, told: str) -> SafeString:
    """`told`: in words, where it stands."""
    language = active_language()
    request: HttpRequest | None = context.get("request")
    address = f"{request.build_absolute_uri(request.path)}?format=csv" if request is not None else ""
    downloads = [Download("CSV", files.CSV.type, address)]
    description = told or f"{indicator.name.best(language)}. {plan.title.best(language)}"
    return script([things.data_of_indicator(indicator, plan, description, downloads, terms(), language)])


@register.simple_tag(takes_context=True)
def linked_group(context: template.Context, page: Any) -> SafeString:
    """A working group, a part of the municipality whose plan it is."""
    plan: Plan | None = context.get("plan")
    request: HttpRequest | None = context.get("request")
    return script(
        [
            things.body(
                Text.of(page.heading_texts).best(active_language()),
                address=page.get_full_url(request),
                description=page.remit,
                email=page.email,
                telephone=page.phone,
                above=things.publisher(plan, terms(), active_language()),
            )
        ]
    )


@register.simple_tag
def linked_city(plan: Plan | None) -> SafeString:
    """The municipality, on the site's first page; nothing where neither the plan nor the settings name it."""
    city = things.publisher(plan or None, terms(), active_language())
    return script([city] if city else [])


@register.simple_tag(takes_context=True)
def data_links(context: template.Context) -> SafeString:
    """Where programs find the catalogue of the data and the feed of the plan's changes."""
    plan = context.get("plan")
    links = []
    if isinstance(plan, Plan) and (feed := _address("open_data_feed", plan.slug)):
        links.append(("application/atom+xml", _("Feed of changes"), feed))
    if catalogue := _address("open_data_catalogue_file", "ttl"):
        links.append(("text/turtle", "DCAT-AP", catalogue))
    return format_html_join("\n", '<link rel="alternate" type="{}" title="{}" href="{}">', links)


@register.simple_tag
def open_data_url(name: str, *args: str) -> str:
    """An address of open data, "" where the site does not give any."""
    return _address(name, *args)


def _address(name: str, *args: str) -> str:
    if not all(args):
        return ""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def _absolute(context: template.Context, address: str) -> str:
    request: HttpRequest | None = context.get("request")
    return request.build_absolute_uri(address) if request is not None else address


def _name(page: Any) -> str:
    """As the page calls it: the first page by what it is."""
    texts = getattr(page, "heading_texts", None)
    return _("Home") if page.depth == 2 else Text.of(texts).best(active_language()) if texts else page.title
