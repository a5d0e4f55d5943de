"""Where Wagtail's admin finds what is ours: addresses, menu, messages after saving, words of the log. Doorbells only."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.actions.registry import ActionRegistry
from wagtail.admin import messages
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry

from plan_pages.api.actions import Create, Edit
from plan_pages.api.page_json import Serve, in_two_kinds
from plan_pages.blocks.validation import warnings
from plan_pages.editing import (
    gap_views,
    grid_view,
    home,
    home_views,
    mail_views,
    move_views,
    people_views,
    period_views,
    return_views,
    role_views,
    row_views,
    talk_views,
    workbook_views,
)
from plan_pages.editing.gaps import may_see_gaps
from plan_pages.editing.log_actions import register_log_actions
from plan_pages.editing.preparation import rights, screens
from plan_pages.editing.preparation.addresses import addresses as preparation_addresses
from plan_pages.pages.base import TranslatedPage
from plan_pages.pages.chapter import ChapterPage
from plan_pages.pages.group import GroupPage
from plan_pages.permissions import is_coordinator, may_read_document
from plan_pages.projection import leaving


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern]:
    return [
        path("monitoring/", return_views.ReturnsView.as_view(), name="plan_pages_returns"),
        path(
            "monitoring/start/<int:chapter>/<int:period>/",
            return_views.StartReturnView.as_view(),
            name="plan_pages_start_return",
        ),
        path(
            "monitoring/report/<int:chapter>/<int:period>/",
            home_views.ReportView.as_view(),
            name="plan_pages_report",
        ),
        path("monitoring/approve/<int:pk>/", home_views.ApproveView.as_view(), name="plan_pages_approve"),
        path("monitoring/returns/<int:pk>/", grid_view.ReturnView.as_view(), name="plan_pages_return"),
        path("monitoring/returns/<int:pk>/rows/", row_views.RowsView.as_view(), name="plan_pages_return_rows"),
        path(
            "monitoring/returns/<int:pk>/talk/<slug:row>/", talk_views.TalkView.as_view(), name="plan_pages_return_talk"
        ),
        *_workbook(
            "return",
            "returns",
            workbook_views.ReturnDownloadView,
            workbook_views.ReturnUploadView,
            workbook_views.ReturnPreviewView,
        ),
        *_workbook(
            "period",
            "periods",
            workbook_views.PeriodDownloadView,
            workbook_views.PeriodUploadView,
            workbook_views.PeriodPreviewView,
        ),
        path("monitoring/periods/", period_views.PeriodsView.as_view(), name="plan_pages_periods"),
        path("monitoring/periods/add/", period_views.PeriodFormView.as_view(), name="plan_pages_add_period"),
        path("monitoring/periods/<int:pk>/", period_views.PeriodFormView.as_view(), name="plan_pages_period"),
        path("monitoring/periods/<int:pk>/lock/", period_views.LockPeriodView.as_view(), name="plan_pages_lock_period"),
        path(
            "monitoring/periods/<int:pk>/reopen/",
            period_views.ReopenPeriodView.as_view(),
            name="plan_pages_reopen_period",
        ),
        path("monitoring/mails/", mail_views.MailsView.as_view(), name="plan_pages_mails"),
        path("monitoring/mails/<int:pk>/resend/", mail_views.ResendMailView.as_view(), name="plan_pages_resend_mail"),
        path("monitoring/my-reminders/", people_views.MyChoicesView.as_view(), name="plan_pages_my_choices"),
        path("monitoring/deputies/", people_views.DeputiesView.as_view(), name="plan_pages_deputies"),
        path("monitoring/deputies/<int:pk>/", people_views.DeputyView.as_view(), name="plan_pages_deputy"),
        path("reports/plan-gaps/", gap_views.GapsView.as_view(), name="plan_pages_gaps"),
        path(
            "reports/plan-gaps/results/", gap_views.GapsView.as_view(results_only=True), name="plan_pages_gaps_results"
        ),
        path("monitoring/roles/", role_views.RolesView.as_view(), name="plan_pages_roles"),
        path("monitoring/roles/<int:pk>/", role_views.MakeRoleView.as_view(), name="plan_pages_make_role"),
        path("chapters/<int:pk>/move/", move_views.MoveMeasureView.as_view(), name="plan_pages_move_measure"),
        *preparation_addresses(),
    ]


def _workbook(name: str, folder: str, download: Any, upload: Any, preview: Any) -> Iterator[URLPattern]:
    """The addresses of a workbook: its download, its upload, what an upload would change."""
    base = f"monitoring/{folder}/<int:pk>/workbook/"
    yield path(base, download.as_view(), name=f"plan_pages_{name}_workbook")
    yield path(f"{base}upload/", upload.as_view(), name=f"plan_pages_{name}_upload")
    yield path(f"{base}preview/", preview.as_view(), name=f"plan_pages_{name}_preview")


class EditorsItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return return_views.enters_progress(request.user)


class GroupsItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return rights.groups_for(request.user).exists()


class PartakersItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return rights.takes_part(request.user)


class CoordinatorsItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return is_coordinator(request.user)


@hooks.register("register_admin_menu_item")
def register_menu() -> SubmenuMenuItem:
    items: list[tuple[type[MenuItem], tuple[Any, str], str]] = [
        (EditorsItem, return_views.SECTION, "tasks"),
        (CoordinatorsItem, period_views.SECTION, "calendar-alt"),
        (CoordinatorsItem, role_views.SECTION, "group"),
        (CoordinatorsItem, mail_views.SECTION, "mail"),
        (CoordinatorsItem, people_views.SECTION, "user"),
        (EditorsItem, people_views.OWN, "calendar-check"),
    ]
    menu = Menu(
        items=[
            kind(label, reverse(name), name=name, icon_name=icon, order=order)
            for order, (kind, (label, name), icon) in enumerate(items)
        ]
    )
    return SubmenuMenuItem(_("Monitoring"), menu, name="plan_pages_monitoring", icon_name="tasks", order=250)


@hooks.register("construct_homepage_panels")
def add_panels(request: HttpRequest, panels: list[Any]) -> None:
    panels.extend(home.panels_for(request.user))


@hooks.register("register_admin_menu_item")
def register_preparation_menu() -> SubmenuMenuItem:
    items: list[tuple[type[MenuItem], tuple[Any, str], str]] = [
        (GroupsItem, screens.HOME, "comment"),
        (CoordinatorsItem, screens.OVERVIEW, "group"),
        (CoordinatorsItem, screens.ROUNDS, "calendar-alt"),
        (PartakersItem, screens.REGISTER, "list-ul"),
        (CoordinatorsItem, screens.MODERATION, "view"),
        (CoordinatorsItem, screens.REQUESTS, "help"),
    ]
    menu = Menu(
        items=[
            kind(label, reverse(name), name=name, icon_name=icon, order=order)
            for order, (kind, (label, name), icon) in enumerate(items)
        ]
    )
    return SubmenuMenuItem(_("Preparation of the plan"), menu, name="plan_preparation", icon_name="comment", order=255)


class GapsItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_see_gaps(request.user)


@hooks.register("register_reports_menu_item")
def register_gaps_report() -> MenuItem:
    return GapsItem(gap_views.NAME, reverse("plan_pages_gaps"), name="plan-gaps", icon_name="crosshairs", order=100)


@hooks.register("register_page_header_buttons")
def role_button(page: Any, user: Any, **kwargs: Any) -> Iterator[Button]:
    if issubclass(page.specific_class or type(page), GroupPage) and is_coordinator(user):
        yield Button(_("Make the editors’ role"), url=role_views.role_address(page), icon_name="group", priority=100)


@hooks.register("register_page_header_buttons")
def move_button(page: Any, user: Any, **kwargs: Any) -> Iterator[Button]:
    if issubclass(page.specific_class or type(page), ChapterPage) and page.permissions_for_user(user).can_edit():
        yield Button(_("Move a measure"), url=move_views.move_address(page), icon_name="redirect", priority=100)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def warn(request: HttpRequest, page: Any) -> None:
    """What may be meant so and yet deserves a second look. Not while the editor saves by itself: the messages would wait
    for the next page, as many as there were moments."""
    if not isinstance(page, ChapterPage) or not request.accepts("text/html"):
        return
    for warning in warnings(page.goals):
        messages.warning(request, warning)
    if page.live and (gone := leaving(page)):
        said = _("Measures that leave the plan when this is published: %(codes)s. To put one elsewhere, move it.")
        messages.warning(request, said % {"codes": ", ".join(row.code for row in gone)})


@hooks.register("before_move_page")
def refuse_move(request: HttpRequest, page: Any, destination: Any) -> None:
    """Wagtail asks for the right only when the move is sent: its confirmation would show any page to anyone."""
    if not page.permissions_for_user(request.user).can_move_to(destination):
        raise PermissionDenied


@hooks.register("before_serve_document")
def keep_evidence_private(document: Any, request: HttpRequest) -> None:
    if not may_read_document(request.user, document):
        raise Http404


@hooks.register("on_serve_page", order=100)
def on_serve_page(serve: Serve) -> Serve:
    """Inside of Wagtail's own, which asks whether the reader may see the page."""
    return in_two_kinds(serve)


@hooks.register("register_actions")
def register_actions(registry: ActionRegistry) -> None:
    registry.register(TranslatedPage, Edit)
    registry.register(TranslatedPage, Create)


@hooks.register("register_log_actions")
def name_log_actions(actions: LogActionRegistry) -> None:
    register_log_actions(actions)
