"""What a plan's page serves below itself beside measures: lists of its chapters, groups and indicators; each indicator."""

from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import get_language
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from plan_pages import csv_files
from plan_pages.choices import GroupKind
from plan_pages.domain import progress
from plan_pages.domain.plan import Plan
from plan_pages.pages import indicators
from plan_pages.pages.base import shown_in
from plan_pages.pages.indicators import IndicatorPlace
from plan_pages.reading import plan_of_page
from plan_pages.register import Indicator


class PlanParts(RoutablePageMixin):
    """Mixed into the plan's page, before the class that it is a page by."""

    @path("chapters/", name="chapters")
    def chapter_list(self, request: HttpRequest) -> HttpResponse:
        """The chapters with their figures, and whose they are."""
        plan = plan_of_page(self, request)
        context = super().get_context(request) | {
            "plan": plan,
            "progress": progress.of_plan(plan, timezone.localdate()),
        }
        return TemplateResponse(request, "plan_pages/chapter_list.html", context)

    @path("groups/", name="groups")
    def group_list(self, request: HttpRequest) -> HttpResponse:
        """The groups of the plan: the coordinating one, then the working groups with what they answer for."""
        plan = plan_of_page(self, request)
        now = progress.of_plan(plan, timezone.localdate())
        groups = [(group, [each for each in now.chapters if each.chapter.group == group.code]) for group in plan.groups]
        groups.sort(key=lambda pair: pair[0].kind is not GroupKind.COORDINATING)
        context = super().get_context(request) | {"plan": plan, "groups_of_plan": groups}
        return TemplateResponse(request, "plan_pages/group_list.html", context)

    @path("indicators/", name="indicators")
    def indicator_list(self, request: HttpRequest) -> HttpResponse:
        """All indicators of the plan by chapter."""
        plan = plan_of_page(self, request)
        found = indicators.listed(plan, timezone.localdate())
        context = super().get_context(request) | {"plan": plan, "chapters": found}
        return TemplateResponse(request, "plan_pages/indicator_list.html", context)

    @path("indicators/<str:code>/", name="indicator")
    def indicator(self, request: HttpRequest, code: str) -> HttpResponse:
        """One indicator on an address of its own; with `format=csv` its values as a file."""
        plan = plan_of_page(self, request, only=of_indicator(code=code, retired_at__isnull=True))
        place = indicators.find(plan, lambda each: each.indicator.code == code and each.retired is None)
        return self.show_indicator(request, plan, place)

    def show_indicator(self, request: HttpRequest, plan: Plan, place: IndicatorPlace | None) -> HttpResponse:
        if place is None:
            raise Http404
        today, language = timezone.localdate(), get_language() or settings.LANGUAGE_CODE
        if request.GET.get("format") == "csv":
            content = indicators.table(plan, place, today, language)
            headers = {"Content-Disposition": f'attachment; filename="{plan.slug}-indicator-{place.indicator.id}.csv"'}
            return HttpResponse(content, content_type=csv_files.TYPE, headers=headers)
        context: dict[str, Any] = super().get_context(request)
        context |= indicators.shown(plan, place, today, language)
        context |= shown_in(place.indicator.name.as_dict())
        return TemplateResponse(request, "plan_pages/indicator_page.html", context)


def of_indicator(**asked: Any) -> Q:
    """The chapter that has the indicator."""
    return Q(pk__in=Indicator.objects.filter(**asked).values("chapter"))
