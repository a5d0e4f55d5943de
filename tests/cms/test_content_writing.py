"""Writing pages through the content API: who may do what, and what becomes of it."""

from copy import deepcopy
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from wagtail.models import GroupPagePermission, Page, Revision

from plan_pages.pages.chapter import ChapterPage
from plan_pages.pages.group import GroupMember, GroupPage
from plan_pages.register import Measure
from tests.cms.programs import Program, drafted, live, the_measure
from tests.factories import goal, measure, publish, task
from tests.roles import City

pytestmark = pytest.mark.django_db


def renamed(goals: Any, title: str) -> Any:
    changed = deepcopy(goals)
    the_measure(changed)["title"]["lt"] = title
    return changed


def test_an_editor_writes_a_draft_and_nothing_of_it_is_published(page: ChapterPage, editor: Program) -> None:
    title = Measure.objects.get(code="1.1.0").title
    answer = editor.write(page, {"goals": renamed(editor.draft(page)["goals"], "Naujas")})
    assert answer.status_code == 200, answer.content
    assert the_measure(editor.draft(page)["goals"])["title"]["lt"] == "Naujas"
    assert (live(page).has_unpublished_changes, Measure.objects.get(code="1.1.0").title) == (True, title)
    public = Client().get(f"/api/v3/pages/{page.pk}/").json()
    assert the_measure(public["goals"])["title"]["lt"] == title["lt"]


def test_an_editor_neither_publishes_nor_takes_away(page: ChapterPage, editor: Program) -> None:
    before = Revision.objects.count()
    assert editor.write(page, {"title": "Kitas"}, action="publish").status_code == 403
    for action in ("publish", "unpublish"):
        assert editor.act(page, action).status_code == 403
    assert (live(page).title, live(page).live, Revision.objects.count()) == (page.title, True, before)


def test_an_approver_publishes_what_an_editor_has_written(
    page: ChapterPage, editor: Program, approver: Program
) -> None:
    editor.write(page, {"goals": renamed(editor.draft(page)["goals"], "Naujas")})
    assert approver.act(page, "publish").status_code == 200
    assert Measure.objects.get(code="1.1.0").title["lt"] == "Naujas"
    assert live(page).has_unpublished_changes is False


def test_an_approver_takes_a_chapter_off_the_site(page: ChapterPage, approver: Program) -> None:
    assert approver.act(page, "unpublish").status_code == 200
    assert live(page).live is False
    assert page.chapter.__class__.objects.get(page=page).live is False


def test_an_editor_goes_back_to_an_earlier_version(page: ChapterPage, editor: Program) -> None:
    goals = editor.draft(page)["goals"]
    editor.write(page, {"goals": renamed(goals, "Pirmas")})
    first = editor.revisions(page).json()["items"][0]["id"]
    editor.write(page, {"goals": renamed(goals, "Antras")})
    assert editor.act(page, "revert", revision_id=first).status_code == 200
    assert the_measure(editor.draft(page)["goals"])["title"]["lt"] == "Pirmas"
    assert live(page).goals.get_prep_value() == page.goals.get_prep_value()


def test_prose_is_written_in_every_language_and_cleaned(page: ChapterPage, editor: Program) -> None:
    body = {"body_lt": "<p>Tekstas <b>svarbus</b></p>", "body_en": "<h2>Text</h2><script>alert(1)</script>"}
    assert editor.write(page, body).status_code == 200
    found = drafted(page)
    assert "<b>svarbus</b>" in found.body_lt
    assert "<h2" in found.body_en
    assert "script" not in found.body_en


def test_one_field_is_written_and_the_others_stay(page: ChapterPage, editor: Program) -> None:
    before = editor.draft(page)
    editor.write(page, {"summary_en": "About schools"})
    after = editor.draft(page)
    changed = {name: (before[name], after[name]) for name in before if before[name] != after[name]}
    assert changed.keys() - {"meta"} == {"summary_en", "latest_revision"}
    assert changed["summary_en"] == (None, "About schools")


def a_chapter(code: str = "9") -> dict[str, Any]:
    return {
        "title": "Naujas skyrius",
        "heading_en": "A new chapter",
        "code": code,
        "weight": "0.5",
        "goals": [goal(code, [task(f"{code}.1", [measure(f"{code}.1.1")])])],
    }


@pytest.fixture
def author(city: City) -> Program:
    """Who may add pages below the plan, and not publish them."""
    group = city.user("reader").groups.get()
    for name in ("add_page", "change_page"):
        GroupPagePermission.objects.create(
            group=group, page=city.plan, permission=Permission.objects.get(codename=name)
        )
    return Program(city, "reader")


def test_a_chapter_is_made_as_a_draft(city: City, author: Program) -> None:
    answer = author.create(city.plan, a_chapter())
    assert answer.status_code == 201, answer.content
    made = ChapterPage.objects.get(pk=answer.json()["id"])
    assert (made.live, made.code, made.slug, made.heading_en) == (False, "9", "naujas-skyrius", "A new chapter")
    assert not Measure.objects.filter(code="9.1.1").exists()
    assert Client().get(f"/api/v3/pages/{made.pk}/").status_code == 404


def test_who_may_add_does_not_therefore_publish(city: City, author: Program) -> None:
    before = Page.objects.count()
    assert author.create(city.plan, a_chapter(), action="publish").status_code == 403
    assert Page.objects.count() == before


def test_who_may_publish_makes_a_published_chapter(city: City) -> None:
    answer = Program(city, "superuser").create(city.plan, a_chapter(), action="publish")
    assert answer.status_code == 201, answer.content
    assert Measure.objects.get(code="9.1.1").chapter.page_id == answer.json()["id"]


@pytest.mark.parametrize("name", ["editor of A", "approver", "coordinator", "reader"])
def test_others_make_no_chapters(city: City, name: str) -> None:
    assert Program(city, name).create(city.plan, a_chapter()).status_code == 403


@pytest.mark.parametrize("meta", [{}, {"action": "publish"}])
def test_a_new_chapter_with_a_taken_code_is_not_stored_nor_as_a_draft(city: City, meta: dict[str, str]) -> None:
    before = Page.objects.count(), Revision.objects.count()
    answer = Program(city, "superuser").create(city.plan, a_chapter("1"), **meta)
    assert answer.status_code == 422
    assert ["code"] in [each["loc"] for each in answer.json()["errors"]]
    assert (Page.objects.count(), Revision.objects.count()) == before


def test_a_new_group_with_a_taken_code_is_not_stored(city: City) -> None:
    before = Page.objects.count()
    body = {"title": "Antroji grupė", "slug": "antroji", "code": city.b.code}
    answer = Program(city, "superuser").create(city.plan, body, type="plan_pages.GroupPage")
    assert answer.status_code == 422
    assert ["code"] in [each["loc"] for each in answer.json()["errors"]]
    assert Page.objects.count() == before


@pytest.mark.parametrize("given", [lambda pk: pk, lambda pk: {"id": pk}, lambda pk: str(pk)])
def test_a_reference_is_given_as_an_id_or_as_it_was_read(city: City, page: ChapterPage, given: Any) -> None:
    answer = Program(city, "superuser").write(page, {"group": given(city.b.pk)}, action="publish")
    assert answer.status_code == 200
    assert live(page).group_id == city.b.pk


def test_rows_of_a_group_are_added_changed_put_in_order_and_taken_away(city: City, editor: Program) -> None:
    group = city.a
    for number, name in enumerate(("Taryba", "Mokykla", "Universitetas")):
        group.members.add(GroupMember(kind="council", institution_lt=name, sort_order=number))
    publish(group)
    council, school, _university = editor.draft(group)["members"]
    wanted = [school | {"institution_lt": "Gimnazija"}, {"kind": "council", "institution_lt": "Klubas"}, council]
    answer = editor.write(group, {"members": wanted})
    assert answer.status_code == 200, answer.content
    found = GroupPage.objects.get(pk=group.pk).get_latest_revision_as_object().members.all()
    assert [each.institution_lt for each in found] == ["Gimnazija", "Klubas", "Taryba"]
    assert {each.pk for each in found} >= {school["id"], council["id"]}
