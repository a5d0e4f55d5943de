"""The app of the reports."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = _("Reports")
    default_auto_field = "django.db.models.BigAutoField"
    # What the archive does not show: `plan_pages.content_version`.
    not_public = frozenset(
        f"reports.{name}"
        for name in ("Delivery", "ReportJob", "ReportRecipient", "ReportSchedule", "ReportSchedule_chapters")
    )

    def ready(self) -> None:
        from plan_pages.search.writing import register_source
        from reports.searching import every_report

        register_source("reports", every_report)
