"""The report of what is missing in the plan, among Wagtail's reports: filtered, sorted, taken away as XLSX or CSV."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import django_filters
from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy, pgettext, pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.views.reports import ReportView

from plan_pages.choices import GapKind
from plan_pages.csv_files import BOM, TYPE, inert
from plan_pages.domain.plan import natural_key
from plan_pages.editing.gaps import Finding, findings_for, may_see_gaps

NAME = gettext_lazy("Data gaps")
NARROW, WIDE = 14, 48
COLUMNS = {
    "kind_label": (pgettext_lazy("gap", "What is missing"), 36),
    "chapter_code": (gettext_lazy("Chapter’s code"), NARROW),
    "chapter_title": (gettext_lazy("Chapter"), WIDE),
    "level_label": (pgettext_lazy("of a plan", "Level"), NARROW),
    "code": (gettext_lazy("Code"), NARROW),
    "title": (gettext_lazy("Title"), WIDE),
    "group": (gettext_lazy("Working group"), WIDE),
    "detail": (gettext_lazy("Details"), 30),
    "since": (pgettext_lazy("day", "Since"), NARROW),
    "full_address": (gettext_lazy("Address"), WIDE),
}
ORDERS = {
    "kind": lambda each: list(GapKind).index(each.kind),
    "chapter": lambda each: natural_key(each.chapter_code),
    "code": lambda each: natural_key(each.code),
    "group": lambda each: each.group.casefold(),
    "since": lambda each: (each.since is None, each.since and each.since.toordinal()),
}


class _Findings(list[Finding]):
    """What filters are asked of: they look for a model, and findings have none."""

    model = None


class GapFilters(WagtailFilterSet):
    kind = django_filters.MultipleChoiceFilter(
        label=pgettext_lazy("gap", "What is missing"), choices=GapKind.choices, widget=forms.CheckboxSelectMultiple
    )
    chapter = django_filters.MultipleChoiceFilter(label=gettext_lazy("Chapter"), widget=forms.CheckboxSelectMultiple)
    group = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("Working group"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chapters = {str(each.chapter_key): each.chapter for each in self.queryset}
        groups = {str(each.group_key): each.group for each in self.queryset if each.group_key}
        self.filters["chapter"].extra["choices"] = list(chapters.items())
        self.filters["group"].extra["choices"] = sorted(groups.items(), key=lambda each: each[1].casefold())

    def filter_queryset(self, found: list[Finding]) -> list[Finding]:
        wanted = self.form.cleaned_data
        return [
            each
            for each in found
            if (not wanted["kind"] or each.kind in wanted["kind"])
            and (not wanted["chapter"] or str(each.chapter_key) in wanted["chapter"])
            and (not wanted["group"] or str(each.group_key) in wanted["group"])
        ]


class GapsView(ReportView):
    page_title = NAME
    header_icon = "crosshairs"
    template_name = "plan_pages/admin/gaps.html"
    results_template_name = "plan_pages/admin/gaps_results.html"
    index_url_name = "plan_pages_gaps"
    index_results_url_name = "plan_pages_gaps_results"
    filterset_class = GapFilters
    list_export = list(COLUMNS)
    export_headings = {name: label for name, (label, _width) in COLUMNS.items()}
    custom_value_preprocess = {
        **ReportView.custom_value_preprocess,
        str: {ReportView.FORMAT_CSV: inert, ReportView.FORMAT_XLSX: str},
    }

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_see_gaps(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def findings(self) -> list[Finding]:
        language = get_language() or settings.LANGUAGE_CODE
        return findings_for(self.request.user, timezone.localdate(), language)

    def get_queryset(self) -> list[Finding]:
        return self.order_queryset(self.findings)

    def get_filterset_kwargs(self) -> dict[str, Any]:
        return {**super().get_filterset_kwargs(), "queryset": _Findings(self.findings)}

    def get_valid_orderings(self) -> list[str]:
        return [sign + name for name in ORDERS for sign in ("", "-")]

    def order_queryset(self, found: list[Finding]) -> list[Finding]:
        if not self.ordering:
            return found
        name = self.ordering.removeprefix("-")
        return sorted(found, key=ORDERS[name], reverse=self.ordering != name)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        return {**context, "headings": self._headings(), "has_any": bool(self.findings)}

    def _headings(self) -> list[dict[str, Any]]:
        """Of the columns: each sorts by a click, and back by another."""
        labels = {
            "kind": COLUMNS["kind_label"][0],
            "code": pgettext_lazy("gap", "Where"),
            "chapter": COLUMNS["chapter_title"][0],
            "group": COLUMNS["group"][0],
            "since": COLUMNS["since"][0],
        }
        found = []
        for name, label in labels.items():
            query = self.request.GET.copy()
            query.pop(self.page_kwarg, None)
            query["ordering"] = f"-{name}" if self.ordering == name else name
            state = {name: "ascending", f"-{name}": "descending"}.get(self.ordering or "", "")
            found.append({"label": label, "query": query.urlencode(), "state": state})
        return found

    def get_filename(self) -> str:
        name = pgettext("name of a file", "data-gaps")
        return f"{name}-{timezone.localdate().isoformat()}"

    def write_csv_response(self, queryset: list[Finding]) -> HttpResponse:
        """Written at once: streamed later it would be in the site's language and not in the reader's."""
        headers = {"Content-Disposition": f'attachment; filename="{self.get_filename()}.csv"'}
        content = b"".join(self.stream_csv(queryset))
        return HttpResponse(content, content_type=TYPE, headers=headers)

    def stream_csv(self, queryset: list[Finding]) -> Iterator[Any]:
        yield BOM.encode()
        yield from super().stream_csv(queryset)

    def write_xlsx(self, queryset: list[Finding], output: BytesIO) -> None:
        """As Wagtail writes it, on a sheet that has a name of the reader's language, with columns that can be read."""
        # As Wagtail does: a library that only this needs.
        from openpyxl import Workbook

        workbook = Workbook(write_only=True, iso_dates=True)
        sheet = workbook.create_sheet(title=str(NAME)[:31])
        sheet.freeze_panes = "A2"
        for number, (_label, width) in enumerate(COLUMNS.values()):
            sheet.column_dimensions["ABCDEFGHIJ"[number]].width = width
        sheet.append([str(label) for label, _width in COLUMNS.values()])
        for item in queryset:
            sheet.append(self.generate_xlsx_row(sheet, self.to_row_dict(item)))
        workbook.save(output)
