"""What all pages of ours share: a heading in every language beside Wagtail's title, and panels language beside language.

`Page.title` is the title in the default language. It is mirrored one way into the translated `heading`, which is what
readers see; the headings in other languages are the translators'.
"""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, Panel, PublishingPanel, TitleFieldPanel
from wagtail.api import APIField
from wagtail.models import Orderable, Page

from plan_pages.languages import field_texts, language_codes
from plan_pages.pages.around import Around, around
from plan_pages.pages.previews import language_modes, preview_in
from plan_pages.pages.rights import TextRights
from plan_pages.pages.searching import draft_of, write_page
from plan_pages.search.kinds import EntryKind
from plan_pages.search.writing import Draft

HEADING_LENGTH = 255


def in_languages(name: str, heading: Any = "", **kwargs: Any) -> Panel:
    """A panel with one translated field, language beside language."""
    panels = [FieldPanel(build_localized_fieldname(name, code), **kwargs) for code in language_codes()]
    return MultiFieldPanel([FieldRowPanel(panels)], heading=heading) if heading else FieldRowPanel(panels)


def title_panels() -> list[Panel]:
    """The title in the default language, and the headings in the others."""
    others = [FieldPanel(build_localized_fieldname("heading", code)) for code in language_codes()[1:]]
    return [MultiFieldPanel([TitleFieldPanel("title", classname="title"), *others], heading=_("Title"))]


def api_texts(*names: str) -> list[APIField]:
    """Translated fields for the content API, one a language, to read and to write."""
    return [
        APIField(build_localized_fieldname(name, code), writable=True) for name in names for code in language_codes()
    ]


def api_values(*names: str) -> list[APIField]:
    """Fields in no language, and lists of what hangs on a page, for the content API, to read and to write."""
    return [APIField(name, writable=True) for name in names]


def api_page() -> list[APIField]:
    """What every page has beside Wagtail's own: the headings (the default language's is the title itself, and only read),
    when it is to appear and to go, and which version was read."""
    default, *others = (build_localized_fieldname("heading", code) for code in language_codes())
    return [APIField(default), *api_values(*others, "go_live_at", "expire_at", "latest_revision")]


def shown_in(texts: dict[str, str]) -> dict[str, Any]:
    """For templates: in which languages something has a heading, and in which of them it is shown now."""
    active = get_language() or settings.LANGUAGE_CODE
    shown = active if texts.get(active) else settings.LANGUAGE_CODE
    return {"available_languages": [code for code in language_codes() if texts.get(code)], "shown_language": shown}


class PageForm(WagtailAdminPageForm):
    # For the content API, which hands back which version of the page was read; the editor has a way of its own.
    latest_revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        exclude = ["latest_revision"]  # the page's own field of that name, which nobody edits

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.path:
            self.instance.parent_to_be = self.parent_page

    def add_error(self, field: str | None, error: Any) -> None:
        """The content API makes forms of the fields that were sent, and a page may find fault with the others: Django would
        not know where to put that."""
        for name in getattr(error, "error_dict", {}).keys() - self.fields.keys() - {NON_FIELD_ERRORS}:
            self._errors.setdefault(name, self.error_class(renderer=self.renderer))
        super().add_error(field, error)


class RowOfPage(Orderable):
    """A row listed on a page. Rows that a program added without a place come in the order they were added, which a
    database alone does not promise.
    """

    class Meta(Orderable.Meta):
        abstract = True
        ordering = ("sort_order", "id")


class TranslatedPage(Page):
    """A page that is read in several languages under one slug, and found by its heading and the fields `found_by`."""

    found_as: ClassVar[EntryKind] = EntryKind.PAGE
    found_by: ClassVar[tuple[str, ...]] = ()
    heading = models.CharField(_("heading"), max_length=HEADING_LENGTH, blank=True)

    parent_to_be: Page | None = None
    """Of a page that is being made: where its form will put it."""

    settings_panels = [PublishingPanel()]
    base_form_class = PageForm
    _around: Around | None = None  # where the page was read to be served

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the page and, in one transaction, bring in line what follows from what it publishes."""
        self.mirror_title()
        with transaction.atomic():
            super().save(*args, **kwargs)
            if kwargs.get("update_fields") is None:
                self.project()
                write_page(self)

    def project(self) -> None:
        """Rows that follow from the page."""

    def search_drafts(self) -> Iterable[Draft]:
        """What can be found on the page, once it is published."""
        return [draft_of(self)]

    def mirror_title(self) -> None:
        setattr(self, build_localized_fieldname("heading", settings.LANGUAGE_CODE), self.title)

    def with_content_json(self, content: dict[str, Any]) -> Any:
        page = super().with_content_json(content)
        page.mirror_title()
        return page

    @property
    def heading_texts(self) -> dict[str, str]:
        return field_texts(self, "heading") | {settings.LANGUAGE_CODE: self.title}

    def is_in(self, language: str | None = None) -> bool:
        """Whether the page has a heading in that language (the active one): else readers see the default language."""
        return bool(self.heading_texts.get(language or get_language() or ""))

    @property
    def shown_language(self) -> str:
        """The language in which the page's heading is shown now."""
        return str(shown_in(self.heading_texts)["shown_language"])

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | shown_in(self.heading_texts)

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """By the pages that are known already; Wagtail's own way asks for each step."""
        below = around(request).child(self, path_components[0]) if path_components else None
        return (
            below.route(request, path_components[1:]) if below is not None else super().route(request, path_components)
        )

    def get_view_restrictions(self) -> Any:
        """While the page is served they are known."""
        if self._around is None or self.alias_of_id:
            return super().get_view_restrictions()
        return [each for each in self._around.restrictions if self.path.startswith(each.page.path)]

    def serve_password_required_response(self, request: HttpRequest, form: Any, action_url: str) -> HttpResponse:
        """Without what a page shows of the plan, which would not be found: it is what the password opens."""
        context = TranslatedPage.get_context(self, request) | {"form": form, "action_url": action_url}
        default = getattr(settings, "WAGTAIL_PASSWORD_REQUIRED_TEMPLATE", "wagtailcore/password_required.html")
        return TemplateResponse(request, self.password_required_template or default, context)

    def permissions_for_user(self, user: Any) -> TextRights:
        return TextRights(user, self)

    @property
    def preview_modes(self) -> list[tuple[str, str | Promise]]:
        return language_modes()

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        return preview_in(mode_name, request, super().serve_preview)
