"""What stands around every page of the site: its name, menu, languages, footer. Only what everyone may see is in it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse, translate_url
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _
from wagtail.models import Site

from cms.models import OTHER_NEWS, ContentPage, HomePage, NewsIndexPage, NewsPage
from cms.preferences import FontSize, Preferences
from plan_pages import formats
from plan_pages.domain.plan import Text
from plan_pages.domain.progress import ChapterProgress
from plan_pages.languages import field_texts, language_codes
from plan_pages.linked_data.script import script
from plan_pages.linked_data.terms import terms
from plan_pages.linked_data.things import article, publisher
from plan_pages.pages.around import around
from plan_pages.pages.plan import PlanPage
from plan_pages.templatetags.plan_pages_tags import shown_text
from reports.archive import by_year
from reports.archive_page import years_shown
from reports.models.editions import Edition

register = template.Library()


@register.filter
def local_day(moment: datetime) -> str:
    return formats.day(timezone.localdate(moment), get_language() or settings.LANGUAGE_CODE)


@register.simple_tag(takes_context=True)
def site_parts(context: template.Context) -> dict[str, Any]:
    request: HttpRequest | None = context.get("request")
    site = Site.find_for_request(request) if request is not None else None
    root = around(request).root if request is not None else None
    name = Text.of({settings.LANGUAGE_CODE: site.site_name or str(_("Strategic plan"))} if site else {})
    children = around(request).children(root) if root is not None and request is not None else []
    reader: Preferences = getattr(request, "reader", Preferences())
    return {
        "reader": reader,
        "address": _canonical(context, request),
        "description": _("%(plan)s: its goals, measures and indicators, and how they are carried out.")
        % {"plan": (_plan_title(children) or name).best(_active())},
        "contact": contact_address(root, children, request),
        "social_picture": request.build_absolute_uri(static("cms/card.png")) if request is not None else "",
        "social_locale": formats.locale(_active()).language
        + "_"
        + (formats.locale(_active()).territory or _active().upper()),
        "here": request.get_full_path() if request is not None else "/",
        "sizes": [
            {"value": size.value, "said": _("Font: %(size)s") % {"size": size.label}, "is_now": size is reader.size}
            for size in FontSize
        ],
        "owner": _owner(children),
        "name": _plan_title(children) or name,
        "name_language": (_plan_title(children) or name).language(_active()),
        "home": root.get_url(request) if root else "/",
        "languages": [
            {"code": code, "name": get_language_info(code)["name_local"].capitalize(), "url": _in(code, request)}
            for code in language_codes()
        ],
        "alternates": _alternates(context, request),
        "menu": _nearest_marked(_menu(root, children, request)),
        "feed": next((f"{each.get_url(request)}feed/" for each in children if isinstance(each, NewsIndexPage)), ""),
        "footer": [
            {"url": page.get_url(request), "label": shown_text(page.heading_texts)}
            for page in children
            if isinstance(page, ContentPage)
        ],
    }


def _active() -> str:
    return get_language() or settings.LANGUAGE_CODE


def _plan_title(children: Iterable[Any]) -> Text | None:
    """The site is called by its plan; where it has several, or none, by its own name."""
    plans = [page for page in children if isinstance(page, PlanPage)]
    return Text.of(plans[0].heading_texts) if len(plans) == 1 else None


def _owner(children: Iterable[Any]) -> Text | None:
    """The municipality whose plan it is; as with the title, only where there is one."""
    plans = [page for page in children if isinstance(page, PlanPage)]
    return Text.of(field_texts(plans[0], "owner_name")) if len(plans) == 1 else None


def _menu(root: Any, children: list[Any], request: HttpRequest | None) -> Iterable[dict[str, Any]]:
    plans = [page for page in children if isinstance(page, PlanPage)]
    if isinstance(root, HomePage):
        yield _item(root, _("Home"), request)
    for page in children:
        if isinstance(page, PlanPage):
            yield _item(page, _("The plan") if len(plans) == 1 else shown_text(page.heading_texts), request)
            if len(plans) == 1:
                yield _link(f"{page.get_url(request)}measures/", _("Measures"), request)
        elif isinstance(page, NewsIndexPage):
            yield _item(page, shown_text(page.heading_texts), request)
    yield _link(reverse("reports_archive"), _("Reports"), request)


def _nearest_marked(items: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Of the items that the page lies in, one within another, only the innermost is marked as the current one."""
    found = list(items)
    nearest = max((each["url"] for each in found if each["is_current"]), key=len, default="")
    return [each if each["url"] == nearest else each | {"is_current": ""} for each in found]


def _item(page: Any, label: str | SafeString, request: HttpRequest | None) -> dict[str, Any]:
    return _link(page.get_url(request), label, request, has_below=not isinstance(page, HomePage))


def _link(url: str, label: str | SafeString, request: HttpRequest | None, has_below: bool = True) -> dict[str, Any]:
    here = request.path if request is not None else ""
    inside = has_below and here.startswith(url)
    return {"url": url, "label": label, "is_current": "page" if here == url else "true" if inside else ""}


def contact_address(root: Any, children: Iterable[Any], request: HttpRequest | None, subject: str = "") -> str:
    """Where one asks or reports a mistake, with the address of the page that one was reading: a mail to be written, else
    the contact page; "" where the site has neither."""
    if request is None or not isinstance(root, HomePage):
        return ""
    if root.contact_email:
        return mail_to(root.contact_email, subject or str(_("About the site")), request.build_absolute_uri())
    page = next((each for each in children if each.pk == root.contact_page_id), None)
    return f"{page.get_url(request)}?{urlencode({'about': request.get_full_path()})}" if page else ""


def mail_to(address: str, subject: str, body: str) -> str:
    return f"mailto:{quote(address, safe='@')}?{urlencode({'subject': subject, 'body': body}, quote_via=quote)}"


def _canonical(context: template.Context, request: HttpRequest | None) -> str:
    """The one address of what is shown: in the language that it has, without filters, each page of a list for itself."""
    if request is None:
        return ""
    number = request.GET.get("page", "")
    query = f"?page={number}" if number.isdecimal() and int(number) > 1 else ""
    shown = context.get("shown_language") or _active()
    return translate_url(request.build_absolute_uri(request.path), shown) + query


def _in(code: str, request: HttpRequest | None) -> str:
    """This very page in that language."""
    return translate_url(request.get_full_path(), code) if request is not None else "/"


def _alternates(context: template.Context, request: HttpRequest | None) -> list[dict[str, str]]:
    """The languages in which the page has a heading, for search engines; nothing where it has but one."""
    available = context.get("available_languages") or []
    if request is None or len(available) < 2:
        return []
    return [{"code": code, "address": request.build_absolute_uri(_in(code, request))} for code in available]


@register.simple_tag(takes_context=True)
def ask_address(context: template.Context, group: Any, subject: str) -> str:
    """Where one asks about a part of the plan: its group's address, else the site's."""
    request: HttpRequest | None = context.get("request")
    if request is not None and group and group.email:
        return mail_to(group.email, subject, request.build_absolute_uri())
    if request is None:
        return ""
    root = around(request).root
    return contact_address(root, around(request).children(root) if root else [], request, subject)


@register.simple_tag(takes_context=True)
def linked_article(context: template.Context, page: NewsPage) -> SafeString:
    """An article, for programs."""
    request: HttpRequest | None = context.get("request")
    if request is None or not page.pk:
        return script([])
    picture = page.image.get_rendition("fill-1200x630|format-jpeg") if page.image else None
    language = page.shown_language
    by = publisher(None, terms(), language) or {"@type": "Organization", "name": _site_name(request)}
    told = article(
        Text.of(page.heading_texts).best(language),
        language,
        address=page.get_full_url(request),
        published=page.date,
        changed=page.last_published_at,
        description=Text.of(field_texts(page, "intro")).best(language),
        picture=request.build_absolute_uri(picture.url) if picture else "",
        by=by,
    )
    return script([told])


def _site_name(request: HttpRequest) -> str:
    site = Site.find_for_request(request)
    return (site.site_name if site else "") or str(_("Strategic plan"))


@register.simple_tag
def field_words(instance: Any, name: str) -> str:
    """A translated field as bare words, for attributes, which cannot name a language."""
    return Text.of(field_texts(instance, name)).best(_active())


@register.simple_tag(takes_context=True)
def latest_news(context: template.Context) -> Any:
    news = NewsPage.objects.live()
    request = context.get("request")
    return (around(request).public(news) if request is not None else news.public()).order_by("-date", "-pk")[
        :OTHER_NEWS
    ]


@register.simple_tag
def chapter_report_list(*chapters: ChapterProgress) -> list[dict[str, Any]]:
    """The public reports on these chapters, as the archive shows them."""
    ids = [each.chapter.id for each in chapters]
    return years_shown(by_year(Edition.objects.public().filter(chapter__public_id__in=ids))) if ids else []


@register.inclusion_tag("cms/chapter_reports.html")
def chapter_reports(chapters: Iterable[ChapterProgress]) -> dict[str, Any]:
    return {"years": chapter_report_list(*chapters)}
