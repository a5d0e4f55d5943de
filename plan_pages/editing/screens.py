"""What the monitoring screens share: Wagtail's page furniture, the way back, and a refusal shown as a message."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from plan_pages.editing.refusal import Refused
from plan_pages.permissions import is_coordinator


class MonitoringView(WagtailAdminTemplateMixin, View):
    """`section`: label and name of the address of the list that this screen belongs to."""

    section: tuple[Any, str] | None = None
    header_icon = "list-ul"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.is_allowed(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def is_allowed(self, user: Any) -> bool:
        return is_coordinator(user)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = [{"url": reverse("wagtailadmin_home"), "label": _("Home")}]
        if self.section:
            label, name = self.section
            items.append({"url": reverse(name), "label": label})
        return [*items, {"url": "", "label": self.get_page_title()}]

    def show(self, **context: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(**context))

    def done(self, message: str, name: str, *args: Any) -> HttpResponseRedirect:
        messages.success(self.request, message)
        return redirect(name, *args)

    def attempt(self, deed: Callable[[], Any]) -> bool:
        """Whether it was done. If not, the screen says why."""
        try:
            deed()
        except Refused as refusal:
            messages.error(self.request, str(refusal))
            return False
        return True
