"""The site's own pages: home, news, content. They show the plan, which lives in `plan_pages`."""

from contextlib import suppress
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, Panel
from wagtail.api import APIField
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField
from wagtail.models import Orderable

from cms.feeds import MOST, news_feed
from plan_pages.pages.around import around
from plan_pages.pages.base import TranslatedPage, api_page, api_texts, api_values, in_languages, title_panels
from plan_pages.pages.chapter import ChapterPage
from plan_pages.pages.code_list import check_codes, codes_in
from plan_pages.pages.overview import overview
from plan_pages.pages.plan import PlanPage
from plan_pages.pages.previews import preview_in
from plan_pages.pages.searching import draft_of
from plan_pages.reading import plan_of_page
from plan_pages.register import Measure
from plan_pages.search.kinds import EntryKind
from plan_pages.search.writing import Draft

PROSE = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link", "image", "blockquote"]
NEWS_A_PAGE = 10
OTHER_NEWS = 3
MOST_MEASURES = 20


class HomePage(TranslatedPage):
    """The front page: how the plan is doing, and the latest news."""

    plan_page = models.ForeignKey(
        PlanPage, verbose_name=_("plan"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    body = RichTextField(_("text"), blank=True, features=PROSE)
    contact_email = models.EmailField(
        _("e-mail address for questions"), blank=True, help_text=_("Where readers report mistakes on the site.")
    )
    contact_page = models.ForeignKey(
        "cms.ContentPage",
        verbose_name=_("contact page"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Where readers are led who have a question or found a mistake, if there is no e-mail address."),
    )

    max_count: ClassVar = 1
    parent_page_types: ClassVar = ["wagtailcore.Page"]
    subpage_types: ClassVar = ["plan_pages.PlanPage", "cms.NewsIndexPage", "cms.ContentPage"]
    template = "cms/home_page.html"
    found_by = ("body",)

    content_panels: ClassVar[list[Panel]] = [
        *title_panels(),
        FieldPanel("plan_page"),
        in_languages("body", _("Text")),
        MultiFieldPanel([FieldPanel("contact_email"), FieldPanel("contact_page")], heading=_("Contact")),
    ]
    promote_panels: ClassVar[list[Panel]] = [FieldPanel("slug")]
    api_fields: ClassVar[list[APIField]] = [
        *api_page(),
        *api_values("plan_page"),
        *api_texts("body"),
        *api_values("contact_email", "contact_page"),
    ]

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        known = around(request)
        plan_page = (
            next((each for each in known.children(self) if each.pk == self.plan_page_id), None) or self.plan_page
        )
        if plan_page:
            # The front page stays readable while its plan is not published, or not for everyone.
            with suppress(Http404):
                plan = plan_of_page(plan_page, request)
                context |= overview(plan, timezone.localdate(), codes_in(plan_page.headline_indicators))
        news = known.public(NewsPage.objects.descendant_of(self).live())
        context["news"] = news.order_by("-date", "-pk")[:OTHER_NEWS]
        return context


class NewsIndexPage(RoutablePageMixin, TranslatedPage):
    intro = models.TextField(_("intro"), blank=True, max_length=2000)

    parent_page_types: ClassVar = ["cms.HomePage"]
    subpage_types: ClassVar = ["cms.NewsPage"]
    template = "cms/news_index_page.html"
    found_by = ("intro",)

    content_panels: ClassVar[list[Panel]] = [*title_panels(), in_languages("intro", _("Intro"))]
    promote_panels: ClassVar[list[Panel]] = [FieldPanel("slug")]
    api_fields: ClassVar[list[APIField]] = [*api_page(), *api_texts("intro")]

    class Meta:
        verbose_name = _("news list")
        verbose_name_plural = _("news lists")

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Said again here, for routable pages have a preview of their own."""
        return preview_in(mode_name, request, super().serve_preview)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        chapter = request.GET.get("chapter", "")
        chapters = self.chapter_pages()
        chosen = next((each for each in chapters if each.code == chapter), None)
        context["chapters"], context["chosen"] = chapters, chosen
        context["news"] = Paginator(self.news(chosen), NEWS_A_PAGE).get_page(request.GET.get("page"))
        published = [each.last_published_at for each in (self, *context["news"]) if each.last_published_at]
        context["updated"] = max(published, default=None)
        return context

    def news(self, chapter: ChapterPage | None = None) -> models.QuerySet["NewsPage"]:
        """What is published here, the newest first; all of it, or what is tagged with a chapter."""
        found = NewsPage.objects.child_of(self).live().public().order_by("-date", "-pk")
        return found.filter(chapters=chapter) if chapter else found

    def chapter_pages(self) -> list[ChapterPage]:
        """The chapters that news here is tagged with."""
        tagged = NewsPage.chapters.through.objects.filter(newspage__in=self.news())
        pages = ChapterPage.objects.live().public().filter(pk__in=tagged.values("chapterpage"))
        return list(pages.order_by("path"))

    @path("feed/", name="feed")
    def feed(self, request: HttpRequest) -> HttpResponse:
        """RSS of all news, or of one chapter."""
        code = request.GET.get("chapter", "")
        chosen = next((each for each in self.chapter_pages() if each.code == code), None) if code else None
        return news_feed(self, self.news(chosen).prefetch_related("chapters")[:MOST], request)


class NewsPage(TranslatedPage):
    date = models.DateField(_("date"))
    intro = models.TextField(_("intro"), blank=True, max_length=2000)
    body = RichTextField(_("text"), blank=True, features=PROSE)
    image = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    chapters = ParentalManyToManyField(ChapterPage, verbose_name=_("chapters"), blank=True, related_name="+")
    measures = models.CharField(
        _("measures"),
        max_length=1000,
        blank=True,
        help_text=_("Codes of the measures that the article is about, with commas between them."),
    )
    is_demonstration = models.BooleanField(_("demonstration data"), default=False)

    parent_page_types: ClassVar = ["cms.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "cms/news_page.html"
    found_as = EntryKind.NEWS
    found_by = ("intro", "body")

    content_panels: ClassVar[list[Panel]] = [
        *title_panels(),
        FieldPanel("date"),
        in_languages("intro", _("Intro")),
        in_languages("body", _("Text")),
        FieldPanel("image"),
        InlinePanel("gallery", heading=_("Pictures"), label=_("Picture")),
        FieldPanel("chapters"),
        FieldPanel("measures"),
        FieldPanel("is_demonstration"),
    ]
    promote_panels: ClassVar[list[Panel]] = [FieldPanel("slug")]
    api_fields: ClassVar[list[APIField]] = [
        *api_page(),
        *api_values("date"),
        *api_texts("intro", "body"),
        *api_values("image", "gallery", "chapters", "measures", "is_demonstration"),
    ]

    class Meta:
        verbose_name = _("news article")
        verbose_name_plural = _("news articles")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["other_news"] = (
            NewsPage.objects.sibling_of(self, inclusive=False).live().public().order_by("-date", "-pk")[:OTHER_NEWS]
        )
        context["chapter_pages"] = self.chapters.live().public().order_by("path")
        context["gallery"] = self.gallery.select_related("image")
        context["measures"] = self._measures()
        return context

    def search_drafts(self) -> list[Draft]:
        return [draft_of(self, day=self.date)]

    def clean(self) -> None:
        super().clean()
        try:
            known = Measure.objects.values_list("code", flat=True) if self.measures else ()
            self.measures = check_codes(self.measures, known, MOST_MEASURES)
        except ValidationError as error:
            raise ValidationError({"measures": error}) from error

    def _measures(self) -> list[Measure]:
        """Those that everyone may see, in the order in which they are named."""
        codes = codes_in(self.measures)
        if not codes:
            return []
        pages = ChapterPage.objects.live().public()
        rows = Measure.objects.filter(code__in=codes, retired_at__isnull=True, chapter__page__in=pages)
        found = {row.code: row for row in rows.select_related("plan__page")}
        return [found[code] for code in codes if code in found]


class NewsPicture(Orderable):
    """A picture of an article. What it shows is said for those who do not see it."""

    page = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="gallery")
    image = models.ForeignKey(
        "wagtailimages.Image", verbose_name=_("image"), on_delete=models.PROTECT, related_name="+"
    )
    alt = models.CharField(
        _("what the picture shows"), max_length=255, help_text=_("For those who do not see it, in one sentence.")
    )
    caption = models.CharField(_("caption"), max_length=255, blank=True)

    panels: ClassVar[list[Panel]] = [FieldPanel("image"), in_languages("alt"), in_languages("caption")]
    api_fields: ClassVar[list[APIField]] = [*api_values("image"), *api_texts("alt", "caption")]

    class Meta(Orderable.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def __str__(self) -> str:
        return self.alt


class ContentPage(TranslatedPage):
    body = RichTextField(_("text"), blank=True, features=PROSE)

    parent_page_types: ClassVar = ["cms.HomePage", "cms.ContentPage"]
    subpage_types: ClassVar = ["cms.ContentPage"]
    template = "cms/content_page.html"
    found_by = ("body",)

    content_panels: ClassVar[list[Panel]] = [*title_panels(), in_languages("body", _("Text"))]
    promote_panels: ClassVar[list[Panel]] = [FieldPanel("slug")]
    api_fields: ClassVar[list[APIField]] = [*api_page(), *api_texts("body")]

    class Meta:
        verbose_name = _("content page")
        verbose_name_plural = _("content pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["about"] = _address_on_this_site(request, request.GET.get("about", ""))
        context["children"] = ContentPage.objects.child_of(self).live().public().order_by("path")
        return context


def _address_on_this_site(request: HttpRequest, wanted: str) -> str:
    """The full address of a page that somebody has a question about; "" if it is not one of this site."""
    if not wanted.startswith("/") or not url_has_allowed_host_and_scheme(wanted, {request.get_host()}):
        return ""
    return request.build_absolute_uri(wanted)
