"""What the screens of reports share with those of monitoring, for those who may make reports."""

from typing import Any

from plan_pages.editing.screens import MonitoringView
from reports.permissions import may_make_reports


class ReportsView(MonitoringView):
    header_icon = "doc-full"

    def is_allowed(self, user: Any) -> bool:
        return may_make_reports(user)
