"""Who may do what with a plan: the roles and what they are granted, and the decisions about single returns.

Granting is idempotent: it finds its roles again by what they may do, so that an administrator may rename them. Texts are
Wagtail's matter (page and collection permissions, a workflow); progress is ours (`may_edit_return` and its like).
"""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone, translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from plan_pages.choices import EDITABLE_RETURN_STATES, ReturnState
from plan_pages.letters import site_day
from plan_pages.monitoring import ChapterReturn
from plan_pages.people import PersonalChoices
from plan_pages.register import Chapter
from plan_pages.roles import GroupRole

if TYPE_CHECKING:
    from plan_pages.pages.chapter import ChapterPage
    from plan_pages.pages.group import GroupPage
    from plan_pages.pages.plan import PlanPage

COORDINATE = "plan_pages.coordinate_plan"
READ = "plan_pages.view_plan"
JUDGED_RETURN_STATES = frozenset({ReturnState.SUBMITTED, ReturnState.APPROVED})
NAME_LENGTH = 150
COLLECTION_NAME_LENGTH = 255


# Decisions


def is_coordinator(user: Any) -> bool:
    """Keeps periods, approves returns, makes roles and reports."""
    return bool(user.has_perm(COORDINATE))


def may_read_internal(user: Any) -> bool:
    """Sees what is for the administration and not for everyone: internal reports."""
    return bool(user.has_perm(READ)) or is_coordinator(user)


def chapters_for(user: Any) -> QuerySet[Chapter]:
    """The chapters of the plan whose progress the user enters."""
    return Chapter.objects.filter(retired_at__isnull=True) if is_coordinator(user) else own_chapters_for(user)


def own_chapters_for(user: Any) -> QuerySet[Chapter]:
    """Those which it is the user's part to report: as an editor of the group, or as an editor's deputy today."""
    return Chapter.objects.filter(retired_at__isnull=True, group__role__editors__in=_groups(user))


def returns_for(user: Any) -> QuerySet[ChapterReturn]:
    """The returns that the user may see."""
    if is_coordinator(user):
        return ChapterReturn.objects.all()
    return ChapterReturn.objects.filter(chapter__group__role__editors__in=_groups(user))


def may_view_return(user: Any, chapter_return: ChapterReturn) -> bool:
    return returns_for(user).filter(pk=chapter_return.pk).exists()


def is_editable(chapter_return: ChapterReturn) -> bool:
    """What was submitted or approved, or lies in a locked period, is not edited by anyone."""
    return not chapter_return.period.is_locked and chapter_return.state_choice in EDITABLE_RETURN_STATES


def may_edit_return(user: Any, chapter_return: ChapterReturn) -> bool:
    """Whoever sees a return edits it, while it is editable."""
    return is_editable(chapter_return) and may_view_return(user, chapter_return)


def may_submit(user: Any, chapter_return: ChapterReturn) -> bool:
    return may_edit_return(user, chapter_return)


def may_approve(user: Any, chapter_return: ChapterReturn) -> bool:
    if chapter_return.period.is_locked or chapter_return.state_choice is not ReturnState.SUBMITTED:
        return False
    return is_coordinator(user)


def may_send_back(user: Any, chapter_return: ChapterReturn) -> bool:
    """Also what was approved by mistake, as long as its period is not locked."""
    if chapter_return.period.is_locked or chapter_return.state_choice not in JUDGED_RETURN_STATES:
        return False
    return is_coordinator(user)


def roles_for(user: Any) -> QuerySet[GroupRole]:
    """The roles of working groups that the user has."""
    return GroupRole.objects.filter(editors__in=_groups(user))


def may_comment(user: Any, chapter_return: ChapterReturn) -> bool:
    """Editors and coordinators talk about a return in every state, until its period is locked."""
    return not chapter_return.period.is_locked and may_view_return(user, chapter_return)


def may_read_document(user: Any, document: Any) -> bool:
    """A document that is evidence is private until a return that shows it is approved."""
    returns = ChapterReturn.objects.filter(evidence__document=document)
    states = set(returns.values_list("state", flat=True))
    return not states or ReturnState.APPROVED in states or returns_for(user).filter(pk__in=returns).exists()


def _groups(user: Any) -> QuerySet[Group]:
    """The user's roles, and those of the people for whom the user stands in today: of them as editors of a group and
    nothing else, and not of those for whom these stand in."""
    if not user.is_active or user.pk is None:
        return Group.objects.none()
    away = PersonalChoices.objects.away(site_day(timezone.now())).filter(deputy=user.pk)
    return Group.objects.filter(Q(user=user.pk) | Q(user__in=away.values("user"))).distinct()


# The role of a working group


@transaction.atomic
def make_role(group_page: "GroupPage") -> GroupRole:
    """The editors' role of a working group with its collection: made, or completed where something is missing."""
    role, _made = GroupRole.objects.get_or_create(page=group_page)
    with _default_language():
        if role.editors is None:
            role.editors = Group.objects.create(
                name=_free_name(_("Editors: %(group)s") % {"group": _short(group_page)})
            )
        if role.collection is None:
            name = Truncator(_short(group_page)).chars(COLLECTION_NAME_LENGTH)
            role.collection = Collection.get_first_root_node().add_child(name=name)
    role.save()
    role.editors.permissions.add(_access_admin())
    _grant_pages(role.editors, group_page, "change")
    for model in (get_document_model(), get_image_model()):
        for action in ("add", "change", "choose"):
            GroupCollectionPermission.objects.get_or_create(
                group=role.editors, collection=role.collection, permission=_permission(model, action)
            )
    for chapter_page in group_page.chapter_pages.all():
        follow_group(chapter_page)
    return role


def follow_group(chapter_page: "ChapterPage") -> None:
    """Bring the right to change a chapter in line with its group: the editors of any other group lose it."""
    role = GroupRole.objects.filter(page=chapter_page.group_id, editors__isnull=False).first()
    editors = role.editors if role else None
    others = GroupRole.objects.filter(editors__isnull=False)
    if editors:
        others = others.exclude(editors=editors)
    GroupPagePermission.objects.filter(page_id=chapter_page.pk, group__in=others.values("editors")).delete()
    if editors:
        _grant_pages(editors, chapter_page, "change")


def open_evidence_collection(chapter: Chapter) -> Collection | None:
    """Where the documents of approved returns lie: the collection of the working group."""
    role = GroupRole.objects.filter(page=chapter.group_id).select_related("collection").first()
    return role.collection if role else None


@transaction.atomic
def closed_evidence_collection(chapter: Chapter) -> Collection | None:
    """Where they lie until then: below it, for its editors and the coordinators alone. Made on first use."""
    role = GroupRole.objects.filter(page=chapter.group_id, collection__isnull=False, editors__isnull=False).first()
    if role is None or role.collection is None:
        return None
    if role.closed_collection is None:
        with _default_language():
            role.closed_collection = role.collection.add_child(name=_("Evidence of returns that are not approved"))
        role.save()
    restriction, _made = CollectionViewRestriction.objects.get_or_create(
        collection=role.closed_collection, defaults={"restriction_type": CollectionViewRestriction.GROUPS}
    )
    restriction.groups.add(role.editors, coordinators_role())
    return role.closed_collection


def close_role(role: GroupRole) -> None:
    """The group is no more: so are its editors' rights. Files stay in their collection."""
    if role.editors:
        role.editors.delete()


def _short(group_page: "GroupPage") -> str:
    """“1. Švietimas”, whether or not the title already begins with the code."""
    code, title = group_page.code, group_page.title
    return title if title.startswith(code) else f"{code}. {title}"


# The roles of a plan


@transaction.atomic
def make_plan_roles(plan_page: "PlanPage") -> None:
    """Coordinators and readers of the site's plans, and the approvers of this plan's texts with their workflow."""
    for role in (coordinators_role(), readers_role()):
        role.permissions.add(_access_admin())
    with _default_language():
        _make_approvers(plan_page)


def coordinators_role() -> Group:
    """The role that may coordinate; made on first use."""
    with _default_language():
        return _role_with("coordinate_plan", _("Coordinators"))


def readers_role() -> Group:
    """The role that may read what is internal; made on first use."""
    with _default_language():
        return _role_with("view_plan", _("Readers"))


def approvers_role(plan_page: "PlanPage") -> Group | None:
    """Who approves the texts of this plan, if its roles were made."""
    task = _approval_task(plan_page)
    return task.groups.order_by("pk").first() if task else None


def _role_with(codename: str, name: str) -> Group:
    permission = Permission.objects.get(content_type__app_label="plan_pages", codename=codename)
    found = Group.objects.filter(permissions=permission).order_by("pk").first()
    if found is None:
        found = Group.objects.create(name=_free_name(name))
        found.permissions.add(permission)
    return found


def _make_approvers(plan_page: "PlanPage") -> None:
    """A workflow that the administrator has given to the plan stays; its approvers get what approving takes."""
    approvers = approvers_role(plan_page)
    if approvers is None and not WorkflowPage.objects.filter(page=plan_page).exists():
        approvers = Group.objects.create(name=_free_name(_("Approvers of texts"), plan_page.title))
        task = GroupApprovalTask.objects.create(name=_("Approval by the coordinating group"))
        task.groups.add(approvers)
        workflow = Workflow.objects.create(name=_("The group edits, the coordinating group approves"))
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
        WorkflowPage.objects.create(workflow=workflow, page=plan_page)
    if approvers:
        approvers.permissions.add(_access_admin())
        for action in ("change", "publish", "lock", "unlock"):
            _grant_pages(approvers, plan_page, action)


def _approval_task(plan_page: "PlanPage") -> GroupApprovalTask | None:
    tasks = GroupApprovalTask.objects.filter(workflow_tasks__workflow__workflow_pages__page=plan_page)
    return tasks.order_by("workflow_tasks__sort_order").first()


# Granting


def _default_language() -> Any:
    """Names of roles are data: they are kept in the site's language, whoever makes them."""
    return translation.override(settings.LANGUAGE_CODE)


def _free_name(name: str, addition: str = "") -> str:
    """The name within its length; where it is taken, with the addition, then with a number."""
    taken = set(Group.objects.values_list("name", flat=True))
    wanted = [name, f"{name}: {addition}"] if addition else [name]
    for each in wanted:
        if (short := Truncator(each).chars(NAME_LENGTH)) not in taken:
            return short
    number = 2
    while (numbered := f"{Truncator(wanted[-1]).chars(NAME_LENGTH - 6)} ({number})") in taken:
        number += 1
    return numbered


def _permission(model: Any, action: str) -> Permission:
    return Permission.objects.get(
        content_type=ContentType.objects.get_for_model(model), codename=f"{action}_{model._meta.model_name}"
    )


def _access_admin() -> Permission:
    return Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")


def _grant_pages(group: Group, page: Any, action: str) -> None:
    GroupPagePermission.objects.get_or_create(group=group, page_id=page.pk, permission=_permission(Page, action))
