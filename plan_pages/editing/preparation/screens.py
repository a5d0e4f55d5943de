"""What the screens of the preparation share: who may open them, and the downloads that others add to a round."""

from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks

from plan_pages.consultation.rounds import RemarkRound
from plan_pages.editing.preparation.rights import takes_part
from plan_pages.editing.screens import MonitoringView

HOME = (gettext_lazy("Requests and remarks of my group"), "plan_pages_preparation")
OVERVIEW = (gettext_lazy("Groups and their answers"), "plan_pages_preparation_groups")
ROUNDS = (gettext_lazy("Rounds of remarks"), "plan_pages_rounds")
REGISTER = (gettext_lazy("Register of remarks"), "plan_pages_remarks")
MODERATION = (gettext_lazy("Remarks of citizens"), "plan_pages_moderation")
REQUESTS = (gettext_lazy("Requests for information"), "plan_pages_requests")
A_PAGE = 50
DOWNLOADS = "plan_pages_round_downloads"
"""A hook: a function of a round that gives pairs of label and address. So another app adds files of its own kind."""


class PreparationView(MonitoringView):
    """A screen for whoever takes part. Coordinators' own screens derive from `MonitoringView` itself."""

    header_icon = "comment"

    def is_allowed(self, user: Any) -> bool:
        return takes_part(user)


def downloads(round_: RemarkRound) -> Iterator[dict[str, str]]:
    """The table of remarks and answers as files."""
    yield {"label": _("Table (XLSX)"), "url": reverse("plan_pages_remarks_workbook", args=[round_.pk])}
    for function in hooks.get_hooks(DOWNLOADS):
        for label, url in function(round_):
            yield {"label": str(label), "url": url}


def paged(rows: Any, number: str | None, parameters: Any) -> dict[str, Any]:
    """A page of rows for a template, and the query of the list without the number of the page."""
    query = parameters.copy()
    query.pop("p", None)
    return {"page": Paginator(rows, A_PAGE).get_page(number), "query": query.urlencode()}


def today() -> Any:
    return timezone.localdate()
