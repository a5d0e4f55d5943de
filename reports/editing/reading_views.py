"""The screen of those who read reports and make none: what was released and is for them, by year and kind."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy

from reports.archive import archive_for
from reports.archive_page import years_shown
from reports.choices import ReportKind
from reports.editing.screens import ReportsView
from reports.permissions import may_read_reports

SECTION = (gettext_lazy("Reports of the plan"), "reports_to_read")


class ReportsToReadView(ReportsView):
    template_name = "reports/admin/to_read.html"
    page_title = SECTION[0]

    def is_allowed(self, user: Any) -> bool:
        return may_read_reports(user)

    def get(self, request: HttpRequest) -> HttpResponse:
        kind, year = request.GET.get("kind", ""), request.GET.get("year", "")
        found = years_shown(archive_for(request.user))
        everything = [each for of_year in found for of_kind in of_year["kinds"] for each in of_kind["editions"]]
        shown = [
            {"year": each["year"], "kinds": kinds}
            for each in found
            if year in ("", str(each["year"])) and (kinds := [of for of in each["kinds"] if kind in ("", of["kind"])])
        ]
        known = {each.edition.kind for each in everything}
        return self.show(
            years=shown,
            has_any=bool(everything),
            all_years=[each["year"] for each in found],
            kinds=[each for each in ReportKind if each in known],
            chosen={"kind": kind, "year": year},
            several_plans=len({tuple(each.edition.plan.items()) for each in everything}) > 1,
        )
