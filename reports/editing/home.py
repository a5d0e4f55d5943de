"""The panel of reports on the admin's home page: what is due, what failed, what waits for release."""

from typing import Any

from django.utils import timezone
from wagtail.admin.ui.components import Component

from reports.editing.edition_views import FOR_A_PERSON
from reports.models.editions import Edition
from reports.models.jobs import ReportJob
from reports.models.schedules import ReportSchedule

SHOWN = 5
"""Of each; the archive has them all."""


class ReportsPanel(Component):
    name = "reports"
    template_name = "reports/admin/home_panel.html"
    order = 90

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        failed = ReportJob.objects.failed().select_related("schedule", "chapter")
        unreleased = Edition.objects.unreleased().select_related("chapter")
        undelivered = Edition.objects.filter(deliveries__mail__state__in=FOR_A_PERSON).select_related("chapter")
        return {
            "due": _due(),
            "waiting": ReportJob.objects.waiting().select_related("schedule", "chapter")[:SHOWN],
            "failed": failed[:SHOWN],
            "undelivered": undelivered.distinct()[:SHOWN],
            "unreleased": unreleased[:SHOWN],
        }


def _due() -> list[dict[str, Any]]:
    """What comes next of each schedule that is active, the soonest first."""
    now = timezone.now()
    active = ReportSchedule.objects.active().select_related("plan")
    found = [(due, schedule) for schedule in active for due in schedule.next_five(now)[:1]]
    found.sort(key=lambda each: (each[0], each[1].pk))
    return [{"due": due, "schedule": schedule} for due, schedule in found[:SHOWN]]
