"""What may be done with the text of a page now, and the doing of it, for a program: the admin's own menu says what, and what
it does goes by the deeds behind the admin's buttons, on the latest text, with their checks, mails and log entries.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.admin.action_menu import PageActionMenu, WorkflowMenuItem
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField
from wagtail.locks import WorkflowLock
from wagtail.models import Page, Revision

from plan_pages.editing.refusal import Refused

MENU = {
    "action-submit": "submit",
    "action-restart-workflow": "restart",
    "action-cancel-workflow": "cancel",
    "action-publish": "publish",
    "action-unpublish": "unpublish",
}
"""The admin's names of its buttons, and ours. What a workflow's task offers (approve, reject) keeps its own name."""
OF_A_TASK = ("approve", "reject")


@dataclass(frozen=True, slots=True)
class Available:
    """`takes_comment`: a comment may be sent along; `needs_comment`: it must be."""

    name: str
    label: str
    takes_comment: bool = False
    needs_comment: bool = False


def latest(page: Page) -> Any:
    """The page with its latest text, as the editor shows it."""
    return page.get_latest_revision_as_object()


def may_see(page: Any, user: Any) -> bool:
    """Whether the admin opens the page for the user."""
    rights = page.permissions_for_user(user)
    return bool(rights.can_edit() or rights.can_publish())


def available(page: Any, request: HttpRequest) -> list[Available]:
    """By the menu under the page's editor. `page`: with its latest text."""
    if not page.permissions_for_user(request.user).can_edit():
        return []
    lock = page.get_lock()
    locked = lock is not None and lock.for_user(request.user)
    menu = PageActionMenu(request, view="edit", page=page, lock=lock, locked_for_user=locked)
    found: dict[str, Available] = {}
    for item in filter(None, [menu.default_item, *menu.menu_items]):
        is_of_task = isinstance(item, WorkflowMenuItem)
        name = item.name if is_of_task else MENU.get(item.name)
        # Approving stands in the menu twice, without a comment and with one: it is one deed.
        if name is not None and name not in found:
            needs = is_of_task and _comment_form(page, name)().fields["comment"].required
            label = str(item.get_context_data(menu.context)["label"]).strip()
            found[name] = Available(name, label, is_of_task, needs)
    return list(found.values())


@transaction.atomic
def make(page: Page, name: str, request: HttpRequest, comment: str = "") -> None:
    """Raises PermissionDenied where it is not this user's to do, Refused where it cannot be done now, ValidationError where
    the text or the comment is not fit for it, and LookupError where nobody ever may."""
    held = Page.objects.select_for_update().get(pk=page.pk)
    text = latest(held)
    if not may_see(text, request.user):
        raise PermissionDenied
    known = {*MENU.values(), *OF_A_TASK, *_of_current_task(text, request.user)}
    if name not in known:
        raise LookupError(name)
    found = {each.name: each for each in available(text, request)}
    if name not in found:
        if _is_possible(text, name, request.user):
            raise PermissionDenied
        raise Refused(_("This is not possible now. State of the page: %(state)s.") % {"state": text.status_string})
    if comment and not found[name].takes_comment:
        raise ValidationError({"comment": _("Nobody would read a comment here.")})
    deeds: dict[str, Callable[[Any, Any], None]] = {
        "submit": _submit,
        "restart": _restart,
        "cancel": _cancel,
        "publish": _publish,
        "unpublish": _unpublish,
    }
    if name in deeds:
        deeds[name](text, request.user)
    else:
        _act(text, name, request.user, comment)


def _is_possible(page: Any, name: str, user: Any) -> bool:
    """Whether anyone may, in the state in which the page is: if so, it is a matter of rights."""
    lock = page.get_lock()
    if name != "cancel" and lock is not None and not isinstance(lock, WorkflowLock) and lock.for_user(user):
        return False
    match name:
        case "publish":
            return True
        case "unpublish":
            return bool(page.live)
        case "submit":
            return bool(page.has_workflow and not page.workflow_in_progress)
        case "cancel":
            return page.current_workflow_state is not None
        case "restart":
            return page.current_workflow_state is not None and not page.workflow_in_progress
    return page.current_workflow_task is not None


def _of_current_task(page: Any, user: Any) -> list[str]:
    task = page.current_workflow_task
    return [name for name, _label, _modal in task.get_actions(page, user)] if task else []


def _submit(page: Any, user: Any) -> None:
    check_text(page)
    _revision(page, user)
    state = page.current_workflow_state
    if state and state.status == state.STATUS_NEEDS_CHANGES:
        state.resume(user)
    else:
        page.get_workflow().start(page, user)


def _restart(page: Any, user: Any) -> None:
    check_text(page)
    page.current_workflow_state.cancel(user=user)
    page.get_workflow().start(page, user)


def _cancel(page: Any, user: Any) -> None:
    page.current_workflow_state.cancel(user=user)


def _publish(page: Any, user: Any) -> None:
    check_text(page)
    PublishPageRevisionAction(_revision(page, user), user=user).execute()


def _unpublish(page: Any, user: Any) -> None:
    """What is stored of the page now, not its latest text."""
    UnpublishPageAction(Page.objects.get(pk=page.pk).specific, user=user).execute()


def _act(page: Any, name: str, user: Any, comment: str) -> None:
    """What the task of the workflow offers."""
    state = page.current_workflow_task_state
    form = _comment_form(page, name)({"comment": comment})
    if not form.is_valid():
        raise ValidationError({field: list(errors) for field, errors in form.errors.items()})
    state.task.specific.on_action(state, user, name, **form.cleaned_data)


def _comment_form(page: Any, name: str) -> Any:
    return page.current_workflow_task.get_form_for_action(name)


def _revision(page: Any, user: Any) -> Revision:
    """The latest; one is made of a page that has none."""
    return page.get_latest_revision() or page.save_revision(user=user, log_action=True)


def check_text(page: Any) -> None:
    """What the editor's form checks before a text is handed in or published, each fault at its field and block."""
    errors: dict[str, Any] = {}
    try:
        page.full_clean()
    except ValidationError as error:
        errors = error.update_error_dict(errors)
    for field in page._meta.get_fields():
        if isinstance(field, StreamField) and field.name not in errors:
            value: StreamValue = getattr(page, field.name)
            try:
                value.stream_block.clean(value)
            except ValidationError as error:
                errors[field.name] = [error]
    if errors:
        raise ValidationError(errors)
