"""Screens of the working groups' roles: which groups have editors, and the one action that makes them. Coordinators only."""

from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from plan_pages.editing.screens import MonitoringView
from plan_pages.pages.group import GroupPage
from plan_pages.permissions import make_plan_roles, make_role

SECTION = (gettext_lazy("Editors of working groups"), "plan_pages_roles")


class RolesView(MonitoringView):
    template_name = "plan_pages/admin/roles.html"
    page_title = SECTION[0]
    header_icon = "group"

    def get(self, request: HttpRequest) -> HttpResponse:
        pages = GroupPage.objects.select_related("role__editors", "role__collection").order_by("path")
        return self.show(groups=pages.annotate(editor_count=Count("role__editors__user")))


class MakeRoleView(MonitoringView):
    """Says what the role will be allowed, and makes it on POST. Making it again completes what is missing."""

    template_name = "plan_pages/admin/make_role.html"
    section = SECTION
    header_icon = "group"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.group_page = get_object_or_404(GroupPage.objects.select_related("role__editors"), pk=kwargs["pk"])

    def get_page_title(self) -> str:
        return _("Editors’ role: %(group)s") % {"group": self.group_page.heading}

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.show(
            group_page=self.group_page,
            role=getattr(self.group_page, "role", None),
            chapters=self.group_page.chapter_pages.order_by("path"),
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        make_plan_roles(self.group_page.get_parent().specific)
        role = make_role(self.group_page)
        log(self.group_page, "plan_pages.role.make", user=request.user, data={"role": role.editors.name})
        message = _("The role “%(role)s” is ready. An administrator gives it to people under Settings, Users.")
        return self.done(message % {"role": role.editors.name}, SECTION[1])


def role_address(group_page: Any) -> str:
    return reverse("plan_pages_make_role", args=[group_page.pk])
