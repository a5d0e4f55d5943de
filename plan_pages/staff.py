"""Who holds which role: the coordinators, the editors of each chapter, all who may log in to the admin. To tell them."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db.models import Prefetch, Q, QuerySet

from plan_pages.register import Chapter
from plan_pages.roles import GroupRole


def coordinators() -> QuerySet[Any]:
    """By a role or a right of their own; not every administrator, who may do anything."""
    return _with_right("plan_pages", "coordinate_plan").order_by("pk")


def may_enter_admin() -> QuerySet[Any]:
    """Active users who may log in to the admin: who may be a deputy."""
    return _with_right("wagtailadmin", "access_admin", Q(is_superuser=True))


def editors_of(chapters: Iterable[Chapter]) -> dict[int, list[Any]]:
    """Key of a chapter to the active editors of its group, without deputies."""
    groups = {chapter.pk: chapter.group_id for chapter in chapters}
    active = get_user_model().objects.filter(is_active=True).order_by("pk")
    roles = GroupRole.objects.filter(page__in=set(groups.values()) - {None}, editors__isnull=False)
    found = {
        role.page_id: list(role.editors.user_set.all())
        for role in roles.select_related("editors").prefetch_related(Prefetch("editors__user_set", active))
    }
    return {key: found.get(group, []) for key, group in groups.items()}


def editors_of_groups(groups: Iterable[Any]) -> QuerySet[Any]:
    """The active editors of these working groups, pages or their keys, without deputies."""
    roles = GroupRole.objects.filter(page__in=groups, editors__isnull=False)
    active = get_user_model().objects.filter(is_active=True)
    return active.filter(groups__in=roles.values("editors")).distinct().order_by("pk")


def _with_right(app: str, codename: str, others: Q | None = None) -> QuerySet[Any]:
    right = Permission.objects.filter(content_type__app_label=app, codename=codename)
    users = get_user_model().objects.filter(is_active=True)
    may = Q(groups__permissions__in=right) | Q(user_permissions__in=right)
    return users.filter(may | others if others else may).distinct()
