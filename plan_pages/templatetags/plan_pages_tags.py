"""What templates of the plan's pages need: texts marked with their language, numbers as they are written, charts.

Everything is shown in the active language. Figures come from the domain; none is computed here.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from wagtail.models import Page, Site
from wagtail.rich_text import expand_db_html

from plan_pages import charts, formats
from plan_pages.api.wanted import is_json_offered
from plan_pages.choices import Level, State, Status, Trend, Verdict
from plan_pages.domain import indicators
from plan_pages.domain.periods import Period
from plan_pages.domain.plan import Chapter, Indicator, Measure, Plan, Text
from plan_pages.domain.progress import ChapterProgress, Figure
from plan_pages.funds import funds
from plan_pages.languages import field_texts, language_codes, ordered
from plan_pages.pages.around import around

register = template.Library()


def active() -> str:
    return get_language() or language_codes()[0]


def as_text(value: Text | Mapping[str, str] | None) -> Text:
    """A text of the plan, or a mapping of language to text as blocks give it."""
    if isinstance(value, Text):
        return value
    return Text.of(ordered(value or {}, language_codes()))


def marked(language: str) -> SafeString:
    """The attribute that says in which language an element is; nothing where it is the page's own."""
    return mark_safe("") if language == active() else format_html(' lang="{}"', language)


@register.filter(name="lang")
def lang(language: str) -> SafeString:
    return marked(language)


@register.filter
def words(value: Text | Mapping[str, str] | None) -> str:
    """A text as bare words, for attributes and titles, which cannot name a language."""
    return as_text(value).best(active())


@register.filter(name="text")
def shown_text(value: Text | Mapping[str, str] | None) -> SafeString:
    """A text, marked where it is in another language."""
    given = as_text(value)
    language = given.language(active())
    escaped = conditional_escape(given.best(active()))
    return escaped if language == active() else format_html("<span{}>{}</span>", marked(language), escaped)


@register.filter
def paragraphs(value: Text | Mapping[str, str] | None) -> SafeString:
    """A longer text in paragraphs, marked where it is in another language."""
    given = as_text(value)
    if not given:
        return mark_safe("")
    return _prose(given.language(active()), mark_safe(linebreaks(given.best(active()), autoescape=True)))


@register.simple_tag
def field(instance: Any, name: str) -> SafeString:
    """A translated field of a page, marked where the active language lacks it."""
    return shown_text(field_texts(instance, name))


@register.simple_tag
def prose(instance: Any, name: str) -> SafeString:
    """A translated field of plain text, in paragraphs."""
    return paragraphs(field_texts(instance, name))


@register.simple_tag
def lines(instance: Any, name: str) -> SafeString:
    """A translated field with one item a line, as a list."""
    given = Text.of(field_texts(instance, name))
    language = given.language(active())
    items = format_html_join("", "<li>{}</li>", ((line,) for line in given.best(active()).splitlines() if line.strip()))
    return format_html("<ul{}>{}</ul>", marked(language), items) if items else mark_safe("")


@register.simple_tag
def rich(instance: Any, name: str) -> SafeString:
    """A translated field of rich text."""
    given = Text.of(field_texts(instance, name))
    if not given:
        return mark_safe("")
    return _prose(given.language(active()), mark_safe(expand_db_html(given.best(active()))))


def _prose(language: str, markup: SafeString) -> SafeString:
    return format_html('<div class="prose"{}>{}</div>', marked(language), markup)


@register.filter
def number(value: Decimal | int | None) -> str:
    return "" if value is None else formats.number(value, active())


@register.filter
def percent(value: Decimal | None) -> str:
    return "" if value is None else formats.percent(value, active())


@register.filter
def money(value: Decimal | None, currency: str) -> str:
    return "" if value is None else formats.money(value, currency, active())


@register.filter
def day(value: date | None) -> str:
    return "" if value is None else formats.day(value, active())


@register.filter
def day_short(value: date | None) -> SafeString:
    if value is None:
        return mark_safe("")
    return format_html('<span class="together">{}</span>', formats.day(value, active(), short=True))


@register.filter
def period(value: Period | None) -> str:
    return "" if value is None else formats.period(value, active())


@register.filter
def period_short(value: Period | None) -> str:
    return "" if value is None else formats.period(value, active(), short=True)


@register.filter
def fund(code: str) -> str:
    """A fund by its name, and its code as budgets have it."""
    known = funds()
    return f"{known[code]} ({code})" if code in known else code


@register.filter
def fund_order(amounts: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """By fund, in the order in which funds are shown; unknown ones after them."""
    known = list(funds())
    return sorted(amounts.items(), key=lambda pair: known.index(pair[0]) if pair[0] in known else len(known))


@register.filter(name="level")
def level_name(plan: Plan | None, level: str) -> SafeString:
    """The plan's own name of a level, else ours."""
    given = plan.level_names.get(level) if plan else None
    return shown_text(given) if given else conditional_escape(Level(level).label)


@register.filter
def local(address: Text | str, request: Any = None) -> str:
    """An absolute address without its host, where that is the site that is being read."""
    url = address if isinstance(address, str) else address.best(active())
    site = Site.find_for_request(request) if request is not None else None
    root = site.root_url if site else ""
    return url[len(root) :] if root and url.startswith(f"{root}/") else url


@register.simple_tag(takes_context=True)
def measure_url(context: template.Context, measure: Measure) -> str:
    """Of a measure's page; one that has left the plan is found by its identity."""
    plan, request = context["plan"], context.get("request")
    if measure.retired is None:
        return local(plan.measure_address(measure, active()), request)
    return f"{local(plan.address, request)}id/{measure.id}/"


@register.simple_tag(takes_context=True)
def chapter_url(context: template.Context, chapter: Chapter) -> str:
    """Of a chapter's page, "" where it has none."""
    return local(chapter.address, context.get("request"))


@register.simple_tag(takes_context=True)
def plan_url(context: template.Context) -> str:
    return local(context["plan"].address, context.get("request"))


@register.simple_tag(takes_context=True)
def measures_url(context: template.Context, chapter: str = "") -> str:
    """Of the list of measures, ready for one more question: of the plan's, or of a chapter's by its code."""
    return (
        f"{plan_url(context)}measures/?{urlencode({'chapter': chapter})}&"
        if chapter
        else f"{plan_url(context)}measures/?"
    )


@register.inclusion_tag("plan_pages/breadcrumbs.html", takes_context=True)
def breadcrumbs(context: template.Context, inside: bool = False) -> dict[str, Any]:
    """The way from the site's first page; `inside`: what is shown is a part of the page, which so is on the way too.

    Whoever may see a page may see all above it, but what is above may be unpublished.
    """
    chapter = context.get("chapter") if inside else None
    return {"request": context.get("request"), "steps": way_to(context, inside), "chapter": chapter}


def way_to(context: template.Context, inside: bool) -> list[tuple[str, Any, SafeString | str]]:
    """The pages above, each with its address and heading; none in a preview."""
    page, request = context.get("page"), context.get("request")
    site = Site.find_for_request(request) if request is not None else None
    if site is None or request is None or getattr(request, "is_preview", False):
        return []
    if not isinstance(page, Page) or not page.path:
        return [(site.root_page.get_url(request), site.root_page, "")]
    above = around(request).way_to(page, inclusive=inside)
    if above is None:
        found = page.get_ancestors(inclusive=inside).filter(depth__gte=site.root_page.depth).live().order_by("depth")
        above = list(found.specific())
    return [(each.get_url(request), each, _heading(each)) for each in above]


@register.simple_tag(takes_context=True)
def json_link(context: template.Context) -> SafeString:
    """For the head of a page that its own address also gives as JSON; parts of pages on addresses of their own do not."""
    page, request = context.get("page"), context.get("request")
    if not isinstance(page, Page) or not page.path or request is None or getattr(request, "is_preview", False):
        return SafeString("")
    address = page.get_url(request)
    if address != request.path or not is_json_offered():
        return SafeString("")
    return format_html('<link rel="alternate" type="application/json" href="{}">', address)


def _heading(page: Any) -> SafeString:
    texts = getattr(page, "heading_texts", None)
    return shown_text(texts) if texts else conditional_escape(page.title)


@register.simple_tag
def state(value: State, label: str = "") -> SafeString:
    """A status by its word, its colour and its shape, which the stylesheet draws. Without a template of its own: a page
    has hundreds."""
    return format_html('<span class="state state-{}">{}</span>', value.value, label or value.label)


@register.simple_tag
def status_state(value: Status) -> SafeString:
    """What was reported, by the shape of the state that it means."""
    return state(State(value.value), value.label)


@register.inclusion_tag("plan_pages/charts/mark.html")
def verdict(value: Verdict) -> dict[str, Any]:
    return {"kind": "verdict", "value": value, "label": value.label}


@register.inclusion_tag("plan_pages/charts/mark.html")
def trend(value: Trend) -> dict[str, Any]:
    return {"kind": "trend", "value": value, "label": value.label}


@register.inclusion_tag("plan_pages/charts/status_bar.html")
def status_bar(figure: Figure, small: bool = False, link: str = "") -> dict[str, Any]:
    """How the measures of a figure stand: a bar, and under it each state with its count in words. `link`: the address of
    the list of these measures (`measures_url`); then each state leads to its own."""
    return {"segments": charts.status_bar(figure.states), "figure": figure, "small": small, "link": link}


@register.inclusion_tag("plan_pages/charts/progress_bar.html")
def progress_bar(figure: Figure) -> dict[str, Any]:
    """Progress beside the share of the time gone; the words that say the same stand beside it."""
    return {"percent": _width(figure.percent), "time_gone": _width(figure.time_gone)}


@register.simple_tag
def readings(
    given: tuple[Indicator, ...], chapter: ChapterProgress, plan: Plan
) -> list[tuple[Indicator, indicators.Reading]]:
    """Indicators with what is said of them at the period at which their chapter stands."""
    reported = chapter.chapter.reported
    return [(each, indicators.of_indicator(each, plan, chapter.day, reported)) for each in given]


def _width(value: Decimal | None) -> str:
    return "" if value is None else f"{value:.2f}%"
