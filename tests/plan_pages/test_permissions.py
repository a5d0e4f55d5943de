"""Roles: what each is granted, what it may decide, and that grants follow the plan."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils import timezone, translation
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, WorkflowPage

from plan_pages import permissions
from plan_pages.choices import ReturnState
from plan_pages.pages.chapter import ChapterPage
from plan_pages.register import Chapter
from tests.factories import chapter_page, group_page, plan_page, publish
from tests.roles import City

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> City:
    return City()


# A return of group A in each state, and the locked period: who may edit it, and who may approve it.
EVERYONE = ("nobody", "inactive", "reader", "approver", "editor of B", "editor of A", "coordinator", "superuser")
MAY_EDIT = {
    ReturnState.DRAFT: {"editor of A", "coordinator", "superuser"},
    ReturnState.RETURNED: {"editor of A", "coordinator", "superuser"},
    ReturnState.SUBMITTED: set(),
    ReturnState.APPROVED: set(),
}
MAY_APPROVE = {
    ReturnState.DRAFT: set(),
    ReturnState.RETURNED: set(),
    ReturnState.SUBMITTED: {"coordinator", "superuser"},
    ReturnState.APPROVED: set(),
}
MAY_VIEW = {"editor of A", "coordinator", "superuser"}


def allowed(city: City, decide: Callable[[Any], bool]) -> set[str]:
    return {name for name in EVERYONE if decide(city.user(name))}


@pytest.mark.parametrize("state", ReturnState)
def test_who_may_edit_and_submit_a_return(city: City, state: ReturnState) -> None:
    each = city.chapter_return(state)
    assert allowed(city, lambda user: permissions.may_edit_return(user, each)) == MAY_EDIT[state]
    assert allowed(city, lambda user: permissions.may_submit(user, each)) == MAY_EDIT[state]


@pytest.mark.parametrize("state", ReturnState)
def test_who_may_approve_a_return(city: City, state: ReturnState) -> None:
    each = city.chapter_return(state)
    assert allowed(city, lambda user: permissions.may_approve(user, each)) == MAY_APPROVE[state]


@pytest.mark.parametrize("state", ReturnState)
def test_nobody_changes_a_return_in_a_locked_period(city: City, state: ReturnState) -> None:
    each = city.chapter_return(state)
    city.period.locked_at = timezone.now()
    assert allowed(city, lambda user: permissions.may_edit_return(user, each)) == set()
    assert allowed(city, lambda user: permissions.may_approve(user, each)) == set()


def test_who_may_see_a_return(city: City) -> None:
    each = city.chapter_return()
    assert allowed(city, lambda user: permissions.may_view_return(user, each)) == MAY_VIEW


def test_who_enters_progress_for_which_chapters(city: City) -> None:
    a, b = city.chapter_a.code, city.chapter_b.code
    found = {name: {chapter.code for chapter in permissions.chapters_for(city.user(name))} for name in EVERYONE}
    assert found == {
        "nobody": set(),
        "inactive": set(),
        "reader": set(),
        "approver": set(),
        "editor of B": {b},
        "editor of A": {a},
        "coordinator": {a, b},
        "superuser": {a, b},
    }


def test_who_may_read_what_is_internal(city: City) -> None:
    assert allowed(city, permissions.may_read_internal) == {"reader", "coordinator", "superuser"}


# What Wagtail's page permissions come to: each deed, and on which pages of the plan it is allowed.
DEEDS = ("edit", "publish", "unpublish", "delete", "move", "copy", "add_subpage", "set_view_restrictions", "lock")
TEXTS = {
    "reader": {},
    "coordinator": {},
    "editor of A": {"edit": {"group A", "chapter A", "draft A"}},
    "editor of B": {"edit": {"group B", "chapter B"}},
    "approver": {
        deed: {"plan", "group A", "group B", "chapter A", "chapter B"} | ({"draft A"} if deed != "unpublish" else set())
        for deed in ("edit", "publish", "unpublish", "copy", "set_view_restrictions", "lock")
    }
    | {deed: {"group A", "group B", "chapter A", "chapter B", "draft A"} for deed in ("delete",)}
    | {"move": {"plan", "group A", "group B", "chapter A", "chapter B", "draft A"}},
}


@pytest.mark.parametrize("name", TEXTS)
def test_what_each_role_may_do_with_texts(city: City, name: str) -> None:
    pages = {
        "plan": city.plan,
        "group A": city.a,
        "group B": city.b,
        "chapter A": city.chapter_a,
        "chapter B": city.chapter_b,
        "draft A": chapter_page(city.plan, live=False, group=city.a),
    }
    user = city.user(name)
    found: dict[str, set[str]] = {}
    for label, page in pages.items():
        rights = page.permissions_for_user(user)
        for deed in DEEDS:
            if getattr(rights, f"can_{deed}")():
                found.setdefault(deed, set()).add(label)
    assert found == TEXTS[name]


def test_a_page_read_as_a_plain_page_has_the_same_rights(city: City) -> None:
    from wagtail.models import Page

    draft = chapter_page(city.plan, live=False, group=city.a)
    assert not Page.objects.get(pk=draft.pk).permissions_for_user(city.user("editor of A")).can_delete()


def test_editors_lose_a_chapter_that_moves_to_another_group(city: City) -> None:
    city.chapter_a.group = city.b
    publish(city.chapter_a)
    chapter = ChapterPage.objects.get(pk=city.chapter_a.pk)
    assert not chapter.permissions_for_user(city.user("editor of A")).can_edit()
    assert chapter.permissions_for_user(city.user("editor of B")).can_edit()
    assert not permissions.chapters_for(get_user_model().objects.get(username="editor of A")).exists()


def test_editors_lose_a_chapter_that_no_group_has(city: City) -> None:
    city.chapter_a.group = None
    publish(city.chapter_a)
    assert not city.chapter_a.permissions_for_user(city.user("editor of A")).can_edit()


def test_a_draft_that_names_another_group_gives_no_right(city: City) -> None:
    city.chapter_a.group = city.b
    city.chapter_a.save_revision()
    chapter = ChapterPage.objects.get(pk=city.chapter_a.pk)
    assert not chapter.permissions_for_user(city.user("editor of B")).can_edit()


def test_a_chapter_made_after_the_role_belongs_to_it_at_once(city: City) -> None:
    draft = chapter_page(city.plan, live=False, group=city.a)
    assert draft.permissions_for_user(city.user("editor of A")).can_edit()


def test_other_rights_on_a_chapter_stay_when_its_group_changes(city: City) -> None:
    helpers = Group.objects.create(name="Vertėjai")
    permissions._grant_pages(helpers, city.chapter_a, "change")
    city.chapter_a.group = city.b
    publish(city.chapter_a)
    assert GroupPagePermission.objects.filter(group=helpers, page=city.chapter_a.pk).exists()


def test_making_a_role_again_changes_nothing(city: City) -> None:
    def state() -> list[Any]:
        return [
            list(Group.objects.order_by("pk").values("pk", "name")),
            list(GroupPagePermission.objects.order_by("pk").values()),
            list(GroupCollectionPermission.objects.order_by("pk").values()),
            list(Collection.objects.order_by("pk").values("pk", "name")),
            list(WorkflowPage.objects.values()),
            [sorted(group.permissions.values_list("pk", flat=True)) for group in Group.objects.order_by("pk")],
        ]

    before = state()
    Group.objects.filter(pk=permissions.coordinators_role().pk).update(name="Pervadinta")
    before[0] = list(Group.objects.order_by("pk").values("pk", "name"))
    permissions.make_role(city.a)
    permissions.make_plan_roles(city.plan)
    assert state() == before


def test_a_group_has_a_collection_of_its_own_that_others_may_not_use(city: City) -> None:
    from wagtail.documents import get_document_model
    from wagtail.permissions import policy_registry

    policy = policy_registry.get_by_type(get_document_model())
    collections = {
        name: set(policy.collections_user_has_any_permission_for(city.user(name), ["add", "change", "choose"]))
        for name in ("editor of A", "editor of B", "reader")
    }
    assert collections == {
        "editor of A": {city.role_a.collection},
        "editor of B": {city.role_b.collection},
        "reader": set(),
    }


def test_names_of_roles_are_in_the_default_language_whoever_makes_them(city: City) -> None:
    with translation.override("en"):
        english = permissions.make_role(group_page(city.plan, code="3", title="Kultūra")).editors
    with translation.override("lt"):
        lithuanian = permissions.make_role(group_page(city.plan, code="4", title="Kultūra")).editors
    assert english.name.replace("3. ", "") == lithuanian.name.replace("4. ", "")


def test_a_long_title_gives_a_role_within_the_length_of_names(city: City) -> None:
    title = "Labai ilgas darbo grupės pavadinimas " * 6
    groups = [group_page(plan, code="7", title=title) for plan in (city.plan, plan_page(), plan_page())]
    names = {permissions.make_role(group).editors.name for group in groups}
    assert len(names) == 3
    assert all(len(name) <= 150 for name in names)


def test_deleting_a_group_page_takes_its_editors_rights_and_leaves_its_files(city: City) -> None:
    editor, collection = city.user("editor of A"), city.role_a.collection
    city.a.delete()
    assert not editor.groups.exists()
    assert Collection.objects.filter(pk=collection.pk).exists()
    assert Chapter.objects.get(page=city.chapter_a).group is None


def test_a_workflow_that_the_plan_has_already_stays(city: City) -> None:
    from wagtail.models import Workflow

    other = plan_page()
    own = Workflow.objects.create(name="Sava tvarka")
    WorkflowPage.objects.create(page=other, workflow=own)
    permissions.make_plan_roles(other)
    assert WorkflowPage.objects.get(page=other).workflow == own


def test_each_plan_has_approvers_of_its_own(city: City) -> None:
    other = plan_page()
    permissions.make_plan_roles(other)
    approver = city.user("approver")
    assert not other.permissions_for_user(approver).can_edit()
    assert other.get_workflow().workflow_tasks.get().task.specific.groups.get() == permissions.approvers_role(other)
