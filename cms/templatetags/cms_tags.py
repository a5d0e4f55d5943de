"""What stands around every page of the site: its name, menu, languages, footer. Only what everyone may see is in it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

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

from cms.models import ContentPage, HomePage, NewsIndexPage
from cms.preferences import FontSize, Preferences
from plan_pages import formats
from plan_pages.domain.plan import Text
from plan_pages.languages import language_codes
from plan_pages.pages.around import around
from plan_pages.pages.plan import PlanPage
from plan_pages.templatetags.plan_pages_tags import shown_text

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
        "address": request.build_absolute_uri(request.path) if request is not None else "",
        "social_picture": request.build_absolute_uri(static("cms/card.png")) if request is not None else "",
        "social_locale": formats.locale(_active()).language
        + "_"
        + (formats.locale(_active()).territory or _active().upper()),
        "here": request.get_full_path() if request is not None else "/",
        "sizes": [
            {"value": size.value, "said": _("Font: %(size)s") % {"size": size.label}, "is_now": size is reader.size}
            for size in FontSize
        ],
        "name": _plan_title(children) or name,
        "name_language": (_plan_title(children) or name).language(_active()),
        "home": root.get_url(request) if root else "/",
        "languages": [
            {"code": code, "name": get_language_info(code)["name_local"].capitalize(), "url": _in(code, request)}
            for code in language_codes()
        ],
        "alternates": _alternates(context, request),
        "menu": list(_menu(root, children, request)),
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


def _item(page: Any, label: str | SafeString, request: HttpRequest | None) -> dict[str, Any]:
    return _link(page.get_url(request), label, request, has_below=not isinstance(page, HomePage))


def _link(url: str, label: str | SafeString, request: HttpRequest | None, has_below: bool = True) -> dict[str, Any]:
    here = request.path if request is not None else ""
    inside = has_below and here.startswith(url)
    return {"url": url, "label": label, "is_current": "page" if here == url else "true" if inside else ""}


def _in(code: str, request: HttpRequest | None) -> str:
    """This very page in that language."""
    return translate_url(request.get_full_path(), code) if request is not None else "/"


def _alternates(context: template.Context, request: HttpRequest | None) -> list[dict[str, str]]:
    """The languages in which the page has a heading, for search engines; nothing where it has but one."""
    available = context.get("available_languages") or []
    if request is None or len(available) < 2:
        return []
    return [{"code": code, "address": request.build_absolute_uri(_in(code, request))} for code in available]
