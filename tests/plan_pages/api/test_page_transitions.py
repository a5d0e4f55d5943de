"""The text of a chapter from its group to its readers by programs alone: each with the token of its owner, by the rules and
with the mails of the admin.
"""

from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageLogEntry

from plan_pages.pages.chapter import ChapterPage
from plan_pages.register import Measure
from tests.plan_pages.api.office import Program
from tests.roles import City

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> City:
    return City()


@pytest.fixture
def editor(city: City) -> Program:
    return program(city, "editor of A")


@pytest.fixture
def approver(city: City) -> Program:
    return program(city, "approver")


def program(city: City, name: str, language: str = "en") -> Program:
    user = city.user(name)
    user.email = f"{name.replace(' ', '-')}@example.org"
    user.save()
    return Program(user, language)


def page(city: City) -> ChapterPage:
    return ChapterPage.objects.get(pk=city.chapter_a.pk)


def write(city: City, title: str) -> None:
    """A draft with another title of the first measure."""
    draft = page(city).get_latest_revision_as_object()
    raw = draft.goals.get_prep_value()
    raw[0]["value"]["tasks"][0]["value"]["measures"][0]["value"]["title"]["lt"] = title
    draft.goals = raw
    draft.save_revision(user=city.user("editor of A"), clean=False)


def here(city: City, name: str = "") -> str:
    return f"pages/{city.chapter_a.pk}/transitions/{name}{'/' if name else ''}"


def names(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.content
    return sorted(each["name"] for each in answer.json()["transitions"])


def make(by: Program, city: City, name: str, **body: str) -> Any:
    return by.post(here(city, name), body)


def test_each_role_is_offered_what_the_admins_menu_offers(city: City, editor: Program, approver: Program) -> None:
    assert names(editor.get(here(city))) == ["submit"]
    assert names(approver.get(here(city))) == ["publish", "submit", "unpublish"]
    make(editor, city, "submit")
    assert names(editor.get(here(city))) == ["cancel"]
    assert names(approver.get(here(city))) == ["approve", "cancel", "publish", "reject", "unpublish"]
    make(approver, city, "reject", comment="Trūksta veiksmažodžio")
    assert names(editor.get(here(city))) == ["cancel", "restart", "submit"]


def test_a_text_goes_from_the_group_to_the_readers(
    city: City, editor: Program, approver: Program, client: Client
) -> None:
    address = f"/{city.plan.slug}/measures/1.1.0/"
    write(city, "Atnaujinti mokyklas")
    told = make(editor, city, "submit").json()
    assert (told["workflow"]["state"], told["workflow"]["requested_by"]) == ("in_progress", "editor of A")
    assert told["lock"] == {"kind": "workflow", "by": None, "since": None, "holds_you": True}
    assert "Atnaujinti mokyklas" not in client.get(address).content.decode()

    sent_back = make(approver, city, "reject", comment="Trūksta taško").json()
    assert (sent_back["workflow"]["state"], sent_back["workflow"]["comment"]) == ("needs_changes", "Trūksta taško")
    assert editor.get(here(city)).json()["lock"] is None

    make(editor, city, "submit")
    published = make(approver, city, "approve", comment="Gerai").json()
    assert (published["workflow"], published["live"], published["draft"]) == (None, True, False)
    assert "Atnaujinti mokyklas" in client.get(address).content.decode()


def test_the_same_people_are_written_to_as_from_the_admin(city: City, editor: Program, approver: Program) -> None:
    make(editor, city, "submit")
    assert [letter.to for letter in mail.outbox] == [["approver@example.org"]]
    make(approver, city, "reject", comment="Trūksta „ir“")
    assert mail.outbox[-1].to == ["editor-of-A@example.org"]
    assert "Comment: Trūksta „ir“" in mail.outbox[-1].body
    make(editor, city, "submit")
    make(approver, city, "approve")
    assert mail.outbox[-1].subject == f"Approved and published: {city.chapter_a.title}"


def test_the_log_says_who_did_what(city: City, editor: Program, approver: Program) -> None:
    make(editor, city, "submit")
    make(approver, city, "approve")
    found = PageLogEntry.objects.filter(page=city.chapter_a.pk, user__isnull=False)
    assert dict(found.values_list("action", "user__username")) == {
        "wagtail.workflow.start": "editor of A",
        "wagtail.workflow.approve": "approver",
        "wagtail.publish": "approver",
    }


def test_a_text_may_be_published_without_its_workflow_and_taken_down(
    city: City, approver: Program, client: Client
) -> None:
    write(city, "Iš karto")
    assert make(approver, city, "publish").json()["draft"] is False
    assert Measure.objects.get(code="1.1.0").title["lt"] == "Iš karto"
    assert make(approver, city, "unpublish").json()["live"] is False
    assert client.get(f"/{city.plan.slug}/{city.chapter_a.slug}/").status_code == 404


def test_taking_down_does_not_publish_a_draft(city: City, approver: Program) -> None:
    write(city, "Juodraštis")
    make(approver, city, "unpublish")
    stored = page(city).goals.get_prep_value()
    assert stored[0]["value"]["tasks"][0]["value"]["measures"][0]["value"]["title"]["lt"] != "Juodraštis"


def test_a_submission_is_taken_back_by_who_made_it(city: City, editor: Program) -> None:
    make(editor, city, "submit")
    assert make(editor, city, "cancel").json()["workflow"] is None
    assert not page(city).workflow_in_progress


def test_what_was_sent_back_may_begin_its_way_anew(city: City, editor: Program, approver: Program) -> None:
    make(editor, city, "submit")
    make(approver, city, "reject")
    assert make(editor, city, "restart").json()["workflow"]["state"] == "in_progress"
    assert page(city).workflow_states.count() == 2


def test_publishing_past_the_workflow_ends_it(city: City, editor: Program, approver: Program) -> None:
    make(editor, city, "submit")
    assert make(approver, city, "publish").json()["workflow"] is None
    assert not page(city).workflow_in_progress


def test_what_is_not_possible_now_is_answered_with_what_is(city: City, editor: Program, approver: Program) -> None:
    make(editor, city, "submit")
    again = make(editor, city, "submit")
    assert (again.status_code, again.headers["Content-Type"]) == (409, "application/problem+json")
    assert [each["name"] for each in again.json()["available"]] == ["cancel"]
    make(approver, city, "approve")
    assert make(approver, city, "approve").status_code == 409


@pytest.mark.parametrize("name", ["publish", "unpublish"])
def test_an_editor_does_not_publish(city: City, editor: Program, name: str) -> None:
    before = page(city).live_revision_id
    assert make(editor, city, name).status_code == 403
    assert page(city).live_revision_id == before


def test_an_editor_does_not_approve_the_own_text(city: City, editor: Program) -> None:
    make(editor, city, "submit")
    assert make(editor, city, "approve").status_code == 403
    assert page(city).workflow_in_progress


@pytest.mark.parametrize("name", ["reader", "coordinator", "editor of B"])
def test_who_does_not_see_the_page_in_the_admin_does_not_see_it_here(city: City, name: str) -> None:
    other = program(city, name)
    assert other.get(here(city)).status_code == 403
    assert make(other, city, "submit").status_code == 403


def test_without_a_token_nothing_is_told(city: City) -> None:
    assert Program().get(here(city)).status_code == 401
    assert Program().post(here(city, "submit")).status_code == 401


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("pages/999999/transitions/", None, 404),
        ("pages/{page}/transitions/fly/", {}, 404),
        ("pages/{page}/transitions/submit/", {"reason": "?"}, 422),
        ("pages/{page}/transitions/submit/", {"comment": "Prašau"}, 422),
        ("pages/{page}/transitions/submit/?fast=1", {}, 422),
    ],
)
def test_what_is_not_known_is_refused(city: City, editor: Program, path: str, body: Any, status: int) -> None:
    address = path.format(page=city.chapter_a.pk)
    answer = editor.get(address) if body is None else editor.post(address, body)
    assert answer.status_code == status
    assert not page(city).workflow_in_progress


@pytest.mark.parametrize(("name", "by"), [("submit", "editor of A"), ("publish", "approver")])
def test_a_text_that_is_not_fit_is_refused_at_its_place(city: City, name: str, by: str) -> None:
    write(city, "")
    answer = make(program(city, by), city, name)
    assert answer.status_code == 422
    (found,) = answer.json()["errors"]
    place = ["goals", 0, "value", "tasks", 0, "value", "measures", 0, "value", "title", "lt"]
    assert (found["loc"], found["msg"]) == (place, "This field is required.")
    assert not page(city).workflow_in_progress
    assert Measure.objects.get(code="1.1.0").title["lt"]


def test_a_text_that_became_unfit_while_it_waited_is_not_approved(
    city: City, editor: Program, approver: Program
) -> None:
    make(editor, city, "submit")
    other = ChapterPage.objects.get(pk=city.chapter_b.pk)
    other.code = "7"
    other.save_revision().publish()
    waiting = page(city).get_latest_revision()
    waiting.content["code"] = "7"
    waiting.save()
    answer = make(approver, city, "approve")
    assert answer.status_code == 422
    assert answer.json()["errors"] == [
        {"type": "invalid", "loc": ["code"], "msg": "Another chapter of the plan has this code."}
    ]
    assert page(city).workflow_in_progress


def test_labels_come_in_the_language_asked_for(city: City, editor: Program) -> None:
    told = editor.get(f"{here(city)}?lang=lt")
    assert told.headers["Content-Language"] == "lt"
    (submit,) = told.json()["transitions"]
    assert submit["label"] != editor.get(here(city)).json()["transitions"][0]["label"]
    assert submit["@id"].endswith(f"/api/v3/{here(city, 'submit')}")
    assert editor.post(submit["@id"]).status_code == 200


def test_who_locked_a_page_is_told_and_holds_the_others(city: City, editor: Program, approver: Program) -> None:
    ChapterPage.objects.filter(pk=city.chapter_a.pk).update(
        locked=True, locked_by=city.user("approver"), locked_at=timezone.now()
    )
    lock = editor.get(here(city)).json()["lock"]
    assert (lock["kind"], lock["by"], lock["holds_you"]) == ("person", "approver", True)
    assert lock["since"].endswith(("+02:00", "+03:00"))
    assert make(editor, city, "submit").status_code == 409
    assert approver.get(here(city)).json()["lock"]["holds_you"] is False


def test_asking_costs_the_same_whatever_the_size_of_the_chapter(city: City) -> None:
    assert cost(city) == cost(City(measures=12)) < 40


def cost(of: City) -> int:
    asking = program(of, "superuser")
    asking.get(here(of))
    with CaptureQueriesContext(connection) as queries:
        assert asking.get(here(of)).status_code == 200
    return len(queries)
