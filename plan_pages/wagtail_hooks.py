"""Where Wagtail's admin finds what is ours: addresses, menu, messages after saving, words of the log. Doorbells only."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry, LogFormatter

from plan_pages.blocks.validation import warnings
from plan_pages.editing import period_views, return_views, role_views
from plan_pages.pages.chapter import ChapterPage
from plan_pages.pages.group import GroupPage
from plan_pages.permissions import is_coordinator


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern]:
    return [
        path("monitoring/", return_views.ReturnsView.as_view(), name="plan_pages_returns"),
        path(
            "monitoring/start/<int:chapter>/<int:period>/",
            return_views.StartReturnView.as_view(),
            name="plan_pages_start_return",
        ),
        path("monitoring/returns/<int:pk>/", return_views.ReturnView.as_view(), name="plan_pages_return"),
        path("monitoring/periods/", period_views.PeriodsView.as_view(), name="plan_pages_periods"),
        path("monitoring/periods/add/", period_views.PeriodFormView.as_view(), name="plan_pages_add_period"),
        path("monitoring/periods/<int:pk>/", period_views.PeriodFormView.as_view(), name="plan_pages_period"),
        path("monitoring/periods/<int:pk>/lock/", period_views.LockPeriodView.as_view(), name="plan_pages_lock_period"),
        path(
            "monitoring/periods/<int:pk>/reopen/",
            period_views.ReopenPeriodView.as_view(),
            name="plan_pages_reopen_period",
        ),
        path("monitoring/roles/", role_views.RolesView.as_view(), name="plan_pages_roles"),
        path("monitoring/roles/<int:pk>/", role_views.MakeRoleView.as_view(), name="plan_pages_make_role"),
    ]


class EditorsItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return return_views.enters_progress(request.user)


class CoordinatorsItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return is_coordinator(request.user)


@hooks.register("register_admin_menu_item")
def register_menu() -> SubmenuMenuItem:
    items: list[tuple[type[MenuItem], tuple[Any, str], str]] = [
        (EditorsItem, return_views.SECTION, "tasks"),
        (CoordinatorsItem, period_views.SECTION, "calendar-alt"),
        (CoordinatorsItem, role_views.SECTION, "group"),
    ]
    menu = Menu(
        items=[
            kind(label, reverse(name), name=name, icon_name=icon, order=order)
            for order, (kind, (label, name), icon) in enumerate(items)
        ]
    )
    return SubmenuMenuItem(_("Monitoring"), menu, name="plan_pages_monitoring", icon_name="tasks", order=250)


@hooks.register("register_page_header_buttons")
def role_button(page: Any, user: Any, **kwargs: Any) -> Iterator[Button]:
    if issubclass(page.specific_class or type(page), GroupPage) and is_coordinator(user):
        yield Button(_("Make the editors’ role"), url=role_views.role_address(page), icon_name="group", priority=100)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def warn(request: HttpRequest, page: Any) -> None:
    """What may be meant so and yet deserves a second look."""
    if isinstance(page, ChapterPage):
        for warning in warnings(page.goals):
            messages.warning(request, warning)


@hooks.register("before_move_page")
def refuse_move(request: HttpRequest, page: Any, destination: Any) -> None:
    """Wagtail asks for the right only when the move is sent: its confirmation would show any page to anyone."""
    if not page.permissions_for_user(request.user).can_move_to(destination):
        raise PermissionDenied


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    for name, label, message in (
        ("plan_pages.return.start", _("Begin a return"), _("Return begun")),
        ("plan_pages.return.record", _("Enter progress"), _("Progress entered")),
        ("plan_pages.return.submit", _("Submit a return"), _("Return submitted for approval")),
        ("plan_pages.return.approve", _("Approve a return"), _("Return approved")),
        ("plan_pages.period.lock", _("Lock a period"), _("Period locked")),
    ):
        actions.register_action(name, label, message)

    @actions.register_action("plan_pages.return.send_back")
    class SendBack(WithReason):
        label = _("Send a return back")
        said = _("Return sent back: %(reason)s")

    @actions.register_action("plan_pages.period.reopen")
    class Reopen(WithReason):
        label = _("Reopen a period")
        said = _("Period reopened: %(reason)s")

    @actions.register_action("plan_pages.role.make")
    class MakeRole(LogFormatter):
        label = _("Make the editors’ role")

        def format_message(self, log_entry: Any) -> str:
            return str(_("Editors’ role made: %(role)s")) % log_entry.data


class WithReason(LogFormatter):
    said: Any = ""

    def format_message(self, log_entry: Any) -> str:
        return str(self.said) % log_entry.data
