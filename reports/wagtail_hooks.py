"""Where Wagtail's admin finds what is ours: addresses, menu, home panel, words of the log. Doorbells only."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.log_actions import LogActionRegistry, LogFormatter

from plan_pages.api import ROUTERS
from plan_pages.editing.preparation.addresses import BASE as PREPARATION
from plan_pages.editing.preparation.screens import DOWNLOADS
from plan_pages.pages.consultations import DOWNLOADS as PUBLIC_DOWNLOADS
from reports import remark_views as public_remark_views
from reports.editing import edition_views, reading_views, remark_views, schedule_views
from reports.editing.home import ReportsPanel
from reports.permissions import may_make_reports, may_read_reports


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern]:
    views = edition_views
    base = "plan-reports"
    schedules = f"{base}/schedules"
    return [
        path(f"{base}/to-read/", reading_views.ReportsToReadView.as_view(), name="reports_to_read"),
        path(f"{base}/", views.EditionsView.as_view(), name="reports_editions"),
        path(f"{base}/<int:pk>/", views.EditionView.as_view(), name="reports_edition"),
        path(f"{base}/<int:pk>/correct/", views.CorrectView.as_view(), name="reports_correct"),
        path(f"{base}/<int:pk>/resend/<int:delivery_pk>/", views.ResendView.as_view(), name="reports_resend"),
        path(f"{base}/try-again/<int:pk>/", views.TryAgainView.as_view(), name="reports_try_again"),
        path(f"{schedules}/", schedule_views.SchedulesView.as_view(), name="reports_schedules"),
        path(f"{schedules}/add/", schedule_views.ScheduleFormView.as_view(), name="reports_add_schedule"),
        path(f"{schedules}/<int:pk>/", schedule_views.ScheduleFormView.as_view(), name="reports_schedule"),
        path(f"{schedules}/<int:pk>/make/", schedule_views.MakeNowView.as_view(), name="reports_make_now"),
        path(f"{schedules}/<int:pk>/trial/", schedule_views.TrialView.as_view(), name="reports_trial"),
        path(
            f"{PREPARATION}/rounds/<int:pk>/table-<slug:language>.<slug:ending>",
            remark_views.RemarkTableView.as_view(),
            name="reports_remark_table",
        ),
    ]


@hooks.register(ROUTERS)
def add_router() -> tuple[str, Any]:
    """Asked for where the site has the API, and imported only then."""
    from reports.api import router

    return "/reports/", router


hooks.register(DOWNLOADS, remark_views.downloads)
hooks.register(PUBLIC_DOWNLOADS, public_remark_views.downloads)


class MakersItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_make_reports(request.user)


@hooks.register("register_admin_menu_item")
def register_menu() -> SubmenuMenuItem:
    items = [(edition_views.SECTION, "doc-full"), (schedule_views.SECTION, "calendar-check")]
    menu = Menu(
        items=[
            MakersItem(label, reverse(name), name=name, icon_name=icon, order=order)
            for order, ((label, name), icon) in enumerate(items)
        ]
    )
    return SubmenuMenuItem(_("Reports of the plan"), menu, name="plan_reports", icon_name="doc-full", order=260)


class ReadersItem(MenuItem):
    """Of those who have no archive of their own."""

    def is_shown(self, request: HttpRequest) -> bool:
        return not may_make_reports(request.user) and may_read_reports(request.user)


@hooks.register("register_admin_menu_item")
def register_readers_menu() -> MenuItem:
    label, name = reading_views.SECTION
    return ReadersItem(label, reverse(name), name=name, icon_name="doc-full", order=260)


@hooks.register("construct_homepage_panels")
def add_panel(request: HttpRequest, panels: list[Any]) -> None:
    if may_make_reports(request.user):
        panels.append(ReportsPanel())


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("reports.edition.release", _("Release a report"), _("Report released"))
    actions.register_action("reports.job.try_again", _("Try a report again"), _("Report to be tried again"))

    @actions.register_action("reports.edition.resend")
    class Resend(LogFormatter):
        label = _("Send a report again")

        def format_message(self, log_entry: Any) -> str:
            return str(_("Report sent again to %(recipient)s")) % log_entry.data

    @actions.register_action("reports.edition.correct")
    class Correct(LogFormatter):
        label = _("Correct a report")

        def format_message(self, log_entry: Any) -> str:
            return str(_("A corrected edition was asked for: %(reason)s")) % log_entry.data

    @actions.register_action("reports.schedule.make_now")
    class MakeNow(LogFormatter):
        label = _("Make a report now")

        def format_message(self, log_entry: Any) -> str:
            return str(_("Report of %(period)s asked for before its time")) % log_entry.data
