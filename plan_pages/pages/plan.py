"""The page of a plan: its period, stage, approval and vision; above its chapters and groups. One `Plan` row each."""

from collections.abc import Iterable
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    TabbedInterface,
)
from wagtail.api import APIField
from wagtail.contrib.routable_page.models import path
from wagtail.fields import RichTextField

from plan_pages import csv_files
from plan_pages.choices import Frequency, Level, PlanStage
from plan_pages.domain.plan import Plan
from plan_pages.domain.rules import RULES
from plan_pages.pages import indicators, measure_list, measures
from plan_pages.pages.around import around
from plan_pages.pages.base import (
    RowOfPage,
    TranslatedPage,
    api_page,
    api_texts,
    api_values,
    in_languages,
    shown_in,
    title_panels,
)
from plan_pages.pages.code_list import check_codes, codes_in
from plan_pages.pages.consultations import RemarkRoutes
from plan_pages.pages.group import PROSE, GroupPage
from plan_pages.pages.overview import overview
from plan_pages.pages.plan_parts import PlanParts, of_indicator
from plan_pages.pages.previews import is_preview, plan_in_preview, preview_in
from plan_pages.projection import project_plan
from plan_pages.reading import plan_of_page
from plan_pages.reading.remarks import published_about
from plan_pages.register import FormerPlace, Indicator, Measure
from plan_pages.search.kinds import EntryKind

MOST_HEADLINES = 5
YEARS = [MinValueValidator(1990), MaxValueValidator(2200)]
LEVEL_NAMES = (Level.CHAPTER, Level.GOAL, Level.TASK, Level.MEASURE)


class PlanPage(RemarkRoutes, PlanParts, TranslatedPage):
    owner_name = models.CharField(_("municipality"), max_length=255, blank=True)
    start_year = models.PositiveSmallIntegerField(_("first year"), validators=YEARS)
    end_year = models.PositiveSmallIntegerField(_("last year"), validators=YEARS)
    frequency = models.CharField(
        _("progress is reported"), max_length=10, choices=Frequency.choices, default=Frequency.QUARTER.value
    )
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    stage = models.CharField(_("stage"), max_length=10, choices=PlanStage.choices, default=PlanStage.DRAFT.value)
    approval_body = models.CharField(_("approved by"), max_length=255, blank=True)
    approval_date = models.DateField(_("date of approval"), null=True, blank=True)
    approval_number = models.CharField(_("number of the decision"), max_length=50, blank=True)
    is_demonstration = models.BooleanField(
        _("demonstration data"),
        default=False,
        help_text=_("The data is made up for show: every page and report says so."),
    )
    headline_indicators = models.CharField(
        _("headline indicators"),
        max_length=500,
        blank=True,
        help_text=_("Codes of up to five indicators that the overview shows, with commas between them."),
    )
    vision = models.TextField(_("vision"), blank=True, max_length=10_000)
    body = RichTextField(_("text"), blank=True, features=PROSE)
    chapter_name = models.CharField(_("name of a chapter"), max_length=50, blank=True)
    goal_name = models.CharField(_("name of a goal"), max_length=50, blank=True)
    task_name = models.CharField(_("name of a task"), max_length=50, blank=True)
    measure_name = models.CharField(_("name of a measure"), max_length=50, blank=True)

    subpage_types: ClassVar = ["plan_pages.ChapterPage", "plan_pages.GroupPage"]
    template = "plan_pages/plan_page.html"
    found_as = EntryKind.PLAN
    found_by = ("vision", "body")

    content_panels: ClassVar[list[Panel]] = [
        *title_panels(),
        in_languages("owner_name", _("Municipality")),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("start_year"), FieldPanel("end_year")]),
                FieldRowPanel([FieldPanel("frequency"), FieldPanel("currency")]),
            ],
            heading=_("Period of the plan"),
        ),
        FieldPanel("headline_indicators"),
        in_languages("vision", _("Vision")),
        in_languages("body", _("Text")),
    ]
    approval_panels: ClassVar[list[Panel]] = [
        FieldPanel("stage"),
        in_languages("approval_body", _("Approved by")),
        FieldRowPanel([FieldPanel("approval_date"), FieldPanel("approval_number")]),
        InlinePanel("amendments", heading=_("Amendments"), label=_("Amendment")),
        FieldPanel("is_demonstration"),
    ]
    names_panels: ClassVar[list[Panel]] = [in_languages(f"{level}_name") for level in LEVEL_NAMES]
    promote_panels: ClassVar[list[Panel]] = [FieldPanel("slug")]
    api_fields: ClassVar[list[APIField]] = [
        *api_page(),
        *api_texts("owner_name"),
        *api_values("start_year", "end_year", "frequency", "currency", "headline_indicators"),
        *api_texts("vision", "body", "approval_body"),
        *api_values("stage", "approval_date", "approval_number", "amendments", "is_demonstration"),
        *api_texts(*(f"{level}_name" for level in LEVEL_NAMES)),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Content")),
            ObjectList(approval_panels, heading=_("Approval")),
            ObjectList(names_panels, heading=_("Names of levels")),
            ObjectList(promote_panels, heading=_("Address")),
            ObjectList(TranslatedPage.settings_panels, heading=_("Settings")),
        ]
    )

    class Meta:
        verbose_name = _("plan page")
        verbose_name_plural = _("plan pages")

    def clean(self) -> None:
        super().clean()
        if self.start_year and self.end_year and self.end_year < self.start_year:
            raise ValidationError({"end_year": _("The last year is before the first one.")})
        known = Indicator.objects.filter(plan__page=self.pk, retired_at__isnull=True) if self.pk else None
        try:
            codes = known.values_list("code", flat=True) if known is not None else ()
            self.headline_indicators = check_codes(self.headline_indicators, codes, MOST_HEADLINES)
        except ValidationError as error:
            raise ValidationError({"headline_indicators": error}) from error

    def project(self) -> None:
        project_plan(self)

    def group_pages(self) -> models.QuerySet[GroupPage]:
        """The published groups of the plan that everyone may see, in their order."""
        return GroupPage.objects.child_of(self).live().public().order_by("path")

    def live_group_pages(self) -> Iterable[GroupPage]:
        """Also those that not everyone may see."""
        if self._around is not None:
            return [each for each in self._around.all_children(self) if each.live and isinstance(each, GroupPage)]
        return GroupPage.objects.child_of(self).live().order_by("path")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        self.amendments.get_object_list()  # asked for once, shown by the page and read into the plan
        plan = plan_in_preview(self, request) if is_preview(request) else plan_of_page(self, request)
        if plan is not None:
            context |= overview(plan, timezone.localdate(), codes_in(self.headline_indicators))
        context["groups"] = [each for each in around(request).children(self) if isinstance(each, GroupPage)]
        context["has_remarks"] = self.remark_rounds_shown().exists()
        return context

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Said again here, for routable pages have a preview of their own."""
        return preview_in(mode_name, request, super().serve_preview)

    @path("measures/", name="measures")
    def measure_list(self, request: HttpRequest) -> HttpResponse:
        """The measures that the address asks for; with `format=csv` as a file."""
        plan, today = plan_of_page(self, request), timezone.localdate()
        if request.GET.get("format") == "csv":
            content = measure_list.table(plan, request.GET, today, get_language() or settings.LANGUAGE_CODE)
            name = f"{self.slug}-measures-{today.isoformat()}.csv"
            headers = {"Content-Disposition": f'attachment; filename="{name}"'}
            return HttpResponse(content, content_type=csv_files.TYPE, headers=headers)
        context = super().get_context(request) | measure_list.shown(plan, request.GET, today)
        return TemplateResponse(request, "plan_pages/measure_list.html", context)

    @path("measures/<str:code>/", name="measure")
    def measure(self, request: HttpRequest, code: str) -> HttpResponse:
        """One measure of the plan on an address of its own."""
        plan = plan_of_page(self, request, only=_with(code=code, retired_at__isnull=True))
        place = measures.find(plan, lambda measure: measure.code == code and measure.retired is None)
        if place is None and (known := self._measure_once_called(code)):
            return redirect(self.get_url(request) + self.reverse_subpage("measure_by_id", args=[known.public_id]))
        return self._measure(request, plan, place)

    @path("id/<uuid:public_id>/", name="measure_by_id")
    def measure_by_id(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """A measure or an indicator by its identity, whatever became of it: it leads to its present address, or shows
        what it was."""
        plan = plan_of_page(self, request, only=_with(public_id=public_id) | of_indicator(public_id=public_id))
        place = measures.find(plan, lambda measure: measure.id == str(public_id))
        if place is None and (found := indicators.find(plan, lambda each: each.indicator.id == str(public_id))):
            if found.retired or request.GET:
                return self.show_indicator(request, plan, found)
            return redirect(self.get_url(request) + self.reverse_subpage("indicator", args=[found.indicator.code]))
        if place and place.measure.retired is None:
            return redirect(self.get_url(request) + self.reverse_subpage("measure", args=[place.measure.code]))
        return self._measure(request, plan, place)

    @path("progress-rules/", name="progress_rules")
    def progress_rules(self, request: HttpRequest) -> HttpResponse:
        """How progress is calculated: the rules in plain words."""
        context = super().get_context(request) | {"plan": plan_of_page(self, request, only=NOTHING), "rules": RULES}
        return TemplateResponse(request, "plan_pages/progress_rules.html", context)

    def _measure_once_called(self, code: str) -> Measure | None:
        """The measure that gave up this code last."""
        places = FormerPlace.objects.filter(measure__plan__page=self, code=code).select_related("measure")
        place = places.order_by("-pk").first()
        return place.measure if place else None

    def _measure(self, request: HttpRequest, plan: Plan, place: measures.Place | None) -> HttpResponse:
        if place is None:
            raise Http404
        context = super().get_context(request)
        context |= measures.shown(plan, place, timezone.localdate(), get_language() or settings.LANGUAGE_CODE)
        context |= shown_in(place.measure.title.as_dict())
        context["former_places"] = FormerPlace.objects.filter(measure__public_id=place.measure.id).select_related(
            "chapter"
        )
        context["remarks"] = published_about(place.measure.id)
        # A group of the plan's value is one that everyone may see.
        group = context["group"]
        context["group_page"] = next(
            (each for each in self.live_group_pages() if group and each.code == group.code), None
        )
        return TemplateResponse(request, "plan_pages/measure.html", context)


NOTHING = models.Q(pk__in=[])


def _with(**of_measure: Any) -> models.Q:
    """The chapter that has the measure."""
    return models.Q(pk__in=Measure.objects.filter(**of_measure).values("chapter"))


class PlanAmendment(RowOfPage):
    page = ParentalKey(PlanPage, on_delete=models.CASCADE, related_name="amendments")
    date = models.DateField(_("date"), null=True, blank=True)
    number = models.CharField(_("number"), max_length=50, blank=True)
    title = models.CharField(_("title"), max_length=500)

    panels: ClassVar[list[Panel]] = [FieldRowPanel([FieldPanel("date"), FieldPanel("number")]), in_languages("title")]
    api_fields: ClassVar[list[APIField]] = [*api_values("date", "number"), *api_texts("title")]

    class Meta(RowOfPage.Meta):
        verbose_name = _("amendment")
        verbose_name_plural = _("amendments")

    def __str__(self) -> str:
        return self.title
