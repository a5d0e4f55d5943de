"""The text of a page on its way to its readers: where it stands, and what the user of the token may do with it now."""

from typing import Any, Literal

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import Query, Router
from typing_extensions import TypedDict
from wagtail.api.v3.auth import BearerTokenAuth
from wagtail.locks import BasicLock, ScheduledForPublishLock
from wagtail.models import Page

from plan_pages.api.answering import answer
from plan_pages.api.asking import Asking
from plan_pages.api.shapes import Moment, Uri, moment_or_none
from plan_pages.api.transitions import (
    NOTHING_SENT,
    NotNow,
    Transition,
    TransitionBody,
    Unfit,
    not_now,
    told,
)
from plan_pages.editing import page_workflow
from plan_pages.editing.refusal import Refused
from plan_pages.letters import name_of

router = Router(tags=["pages"], auth=BearerTokenAuth())


class WorkflowShape(TypedDict):
    """`state`: in_progress, or needs_changes: sent back to whoever edits. `task`: the step at which it is. `comment`: of
    whoever asked for changes."""

    name: str
    state: Literal["in_progress", "needs_changes"]
    task: str | None
    requested_by: str | None
    since: Moment | None
    comment: str


class LockShape(TypedDict):
    """`by`: a person who locked it, the workflow, or the publication for which it is scheduled. `holds_you`: whether it
    keeps the user of the token from changing the page."""

    kind: Literal["person", "workflow", "schedule"]
    by: str | None
    since: Moment | None
    holds_you: bool


_PageTransitions = TypedDict("_PageTransitions", {"@id": Uri, "@type": Literal["PageTransitions"]})


class PageTransitions(_PageTransitions):
    """`label`: all of it in words. `draft`: there is a text that is not published. `scheduled_for`: when such a text
    appears by itself."""

    page: Uri
    label: str
    live: bool
    draft: bool
    scheduled_for: Moment | None
    workflow: WorkflowShape | None
    lock: LockShape | None
    transitions: list[Transition]


@router.get(
    "/{int:page_id}/transitions/",
    response=PageTransitions,
    url_name="page_transitions",
    operation_id="page_transitions_list",
    summary="State of a page's text, and what may be done with it",
)
def page_transitions(request: HttpRequest, page_id: int, query: Query[Asking]) -> HttpResponse:
    return _told(request, _page(request, page_id))


@router.post(
    "/{int:page_id}/transitions/{name}/",
    response={200: PageTransitions, 409: NotNow, 422: Unfit},
    url_name="page_transition",
    operation_id="page_transition_make",
    summary="Submit, approve, send back, publish or unpublish the text of a page",
)
def make_page_transition(
    request: HttpRequest,
    page_id: int,
    name: str,
    query: Query[Asking],
    data: TransitionBody = NOTHING_SENT,
) -> HttpResponse:
    page = _page(request, page_id)
    try:
        page_workflow.make(page, name, request, data.comment.strip())
    except LookupError as error:
        raise Http404(_("There is no such transition.")) from error
    except Refused as refusal:
        return not_now(str(refusal), _transitions(request, page_workflow.latest(page)))
    return _told(request, _page(request, page_id))


def _page(request: HttpRequest, key: int) -> Page:
    page = get_object_or_404(Page.objects.filter(depth__gt=1), pk=key)
    if not page_workflow.may_see(page.specific, request.user):
        raise PermissionDenied
    return page


def _told(request: HttpRequest, page: Page) -> HttpResponse:
    text = page_workflow.latest(page)
    scheduled = page.scheduled_revision
    content: PageTransitions = {
        "@id": request.build_absolute_uri(reverse("wagtailapi_v3:page_transitions", args=[page.pk])),
        "@type": "PageTransitions",
        "page": request.build_absolute_uri(reverse("wagtailapi_v3:detail_page", args=[page.pk])),
        "label": str(text.status_string),
        "live": page.live,
        "draft": page.has_unpublished_changes or not page.live,
        "scheduled_for": moment_or_none(scheduled.approved_go_live_at if scheduled else None),
        "workflow": _workflow(text),
        "lock": _lock(text, request.user),
        "transitions": _transitions(request, text),
    }
    return answer(content, get_language() or "")


def _workflow(text: Any) -> WorkflowShape | None:
    state = text.current_workflow_state
    if state is None:
        return None
    task = state.current_task_state
    return {
        "name": state.workflow.name,
        "state": state.status,
        "task": task.task.name if task else None,
        "requested_by": name_of(state.requested_by) if state.requested_by else None,
        "since": moment_or_none(task.started_at if task else state.created_at),
        "comment": task.comment if task else "",
    }


def _lock(text: Any, user: Any) -> LockShape | None:
    lock = text.get_lock()
    if lock is None:
        return None
    is_person = isinstance(lock, BasicLock)
    holder = text.locked_by if is_person else None
    return {
        "kind": "person" if is_person else "schedule" if isinstance(lock, ScheduledForPublishLock) else "workflow",
        "by": name_of(holder) if holder else None,
        "since": moment_or_none(text.locked_at if is_person else None),
        "holds_you": bool(lock.for_user(user)),
    }


def _transitions(request: HttpRequest, text: Any) -> list[Transition]:
    return [
        told(
            request.build_absolute_uri(reverse("wagtailapi_v3:page_transition", args=[text.pk, each.name])),
            each.name,
            each.label,
            "required" if each.needs_comment else "optional" if each.takes_comment else "none",
        )
        for each in page_workflow.available(text, request)
    ]
