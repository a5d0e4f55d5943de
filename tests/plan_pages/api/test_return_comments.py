"""What the group and the coordinators say to each other about rows of a return, by programs: the same deeds and notices."""

from typing import Any

import pytest
from django.utils import timezone
from wagtail.log_actions import registry

from plan_pages.choices import ReturnState
from plan_pages.comments import RowComment
from plan_pages.monitoring import ChapterReturn, ReportingPeriod
from plan_pages.outbox import OutboxMail
from plan_pages.register import Indicator, Measure
from tests.plan_pages.api.office import Program
from tests.plan_pages.api.quarter import names
from tests.roles import City

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> City:
    found = City()
    found.chapter_return()
    return found


@pytest.fixture
def editor(city: City) -> Program:
    return at(city)


def at(city: City, name: str = "editor of A", language: str = "en") -> Program:
    return Program(city.user(name), language)


def measure() -> Measure:
    return Measure.objects.get(code="1.1.0")


def path(rest: str = "") -> str:
    return f"returns/{ChapterReturn.objects.get().pk}/comments/{rest}"


def say(program: Program, text: str = "Kada bus užbaigta?", **fields: Any) -> Any:
    body = {"measure": str(measure().public_id), "text": text, **fields}
    return program.post(path(), {name: value for name, value in body.items() if value is not None})


def faults(answer: Any) -> list[tuple[list[Any], str]]:
    assert answer.status_code == 422, answer.content
    return [(each["loc"], each["msg"]) for each in answer.json()["errors"]]


@pytest.mark.parametrize("name", ["editor of A", "coordinator"])
@pytest.mark.parametrize("state", ReturnState)
def test_both_sides_comment_in_every_state(city: City, name: str, state: ReturnState) -> None:
    ChapterReturn.objects.update(state=state, reason="Trūksta", approved_at=timezone.now())
    answer = say(at(city, name))
    assert answer.status_code == 201, answer.content
    said = answer.json()
    assert (said["text"], said["written"]["by"], said["settled"]) == ("Kada bus užbaigta?", name, None)
    assert (said["row"]["@type"], said["row"]["code"]) == ("Measure", "1.1.0")
    found = RowComment.objects.get()
    assert (found.author, found.measure) == (city.user(name), measure())
    assert at(city, name).get(said["@id"]).json() == said


def test_the_other_side_hears_of_a_comment_by_mail_and_the_log_keeps_it(city: City) -> None:
    for name in ("editor of A", "editor of B", "coordinator"):
        user = city.user(name)
        user.email = f"{name.replace(' ', '-').lower()}@savivaldybe.lt"
        user.save()
    say(at(city, "coordinator"), "Kodėl mažėja?")
    letter = OutboxMail.objects.get()
    assert letter.recipient == "editor-of-a@savivaldybe.lt"
    assert "Kodėl mažėja?" in letter.text
    say(at(city), "Trūko lėšų")
    assert OutboxMail.objects.latest("pk").recipient == "coordinator@savivaldybe.lt"
    done = registry.get_logs_for_instance(ChapterReturn.objects.get()).order_by("pk")
    assert [(each.action, each.data["text"]) for each in done] == [
        ("plan_pages.comment.add", "Kodėl mažėja?"),
        ("plan_pages.comment.add", "Trūko lėšų"),
    ]


def test_an_indicator_is_commented_on(editor: Program) -> None:
    found = Indicator.objects.get()
    said = say(editor, measure=None, indicator=str(found.public_id)).json()
    assert (said["row"]["@type"], said["row"]["id"]) == ("Indicator", str(found.public_id))
    assert RowComment.objects.get().indicator == found


def test_comments_are_listed_as_asked_for_and_counted_at_their_rows(city: City, editor: Program) -> None:
    indicator = str(Indicator.objects.get().public_id)
    first, second = say(editor).json(), say(editor, measure=None, indicator=indicator).json()
    editor.post(first["transitions"][0]["@id"])

    def found(query: str = "") -> list[int]:
        listed = editor.get(path(query)).json()
        assert listed["count"] == len(listed["items"])
        return [each["id"] for each in listed["items"]]

    assert found() == [first["id"], second["id"]]
    assert found(f"?measure={measure().public_id}") == [first["id"]]
    assert found(f"?indicator={indicator}") == [second["id"]]
    assert found("?settled=false") == [second["id"]]
    assert found("?settled=true") == [first["id"]]
    read = editor.get(first["of"]).json()
    assert read["links"]["comments"].endswith(path())
    assert (read["open_comments"], read["values"][0]["open_comments"]) == (1, 1)


@pytest.mark.parametrize(
    ("fields", "place", "words"),
    [
        ({"text": ""}, ["text"], "Write the comment."),
        ({"text": "  \n "}, ["text"], "Write the comment."),
        ({"text": "x" * 5001}, ["text"], "longer than 5000"),
        ({"text": "a\0"}, ["text"], "Null characters"),
        ({"text": None}, ["text"], ""),
        ({"measure": None}, [], "one of them"),
        ({"indicator": "00000000-0000-0000-0000-000000000000"}, [], "one of them"),
        ({"measure": "00000000-0000-0000-0000-000000000000"}, ["measure"], "no longer in the return"),
        (
            {"measure": None, "indicator": "00000000-0000-0000-0000-000000000000"},
            ["indicator"],
            "no longer in the return",
        ),
        ({"author": "ona"}, ["author"], ""),
    ],
)
def test_a_bad_comment_is_refused_at_its_place(
    editor: Program, fields: dict[str, Any], place: list[str], words: str
) -> None:
    ((where, said),) = faults(say(editor, **{"text": "Kada?", **fields}))
    assert where == ["body", *place]
    assert words in said
    assert not RowComment.objects.exists()


def test_what_is_wrong_is_said_in_the_writers_language(city: City) -> None:
    assert faults(say(at(city, language="lt"), " ")) == [(["body", "text"], "Parašykite komentarą.")]


def test_a_row_of_another_chapter_is_not_commented_on_here(city: City) -> None:
    other = Measure.objects.exclude(chapter=city.chapter_a.chapter).get()
    ((where, _said),) = faults(say(at(city, "coordinator"), measure=str(other.public_id)))
    assert where == ["body", "measure"]


def test_a_comment_is_settled_and_taken_up_again(city: City, editor: Program) -> None:
    there = say(at(city, "coordinator")).json()
    assert names(there) == ["settle"]
    settled = editor.post(there["transitions"][0]["@id"]).json()
    assert (settled["settled"]["by"], names(settled)) == ("editor of A", ["reopen"])
    assert RowComment.objects.get().settled_by == city.user("editor of A")
    again = editor.post(there["transitions"][0]["@id"])
    assert (again.status_code, again.json()["detail"]) == (409, "It is settled already.")
    assert [each["name"] for each in again.json()["available"]] == ["reopen"]
    reopened = editor.post(settled["transitions"][0]["@id"]).json()
    assert (reopened["settled"], names(reopened)) == (None, ["settle"])
    assert editor.post(settled["transitions"][0]["@id"]).json()["detail"] == "It is not settled."


@pytest.mark.parametrize(("name", "body"), [("fly", {}), ("settle", {"comment": "Gerai"}), ("settle", {"why": "?"})])
def test_a_transition_that_is_not_known_is_refused(editor: Program, name: str, body: dict[str, str]) -> None:
    there = say(editor).json()
    assert editor.post(f"{there['@id']}transitions/{name}/", body).status_code == 422
    assert not RowComment.objects.get().is_settled


def test_nothing_is_said_about_a_locked_period(editor: Program) -> None:
    there = say(editor).json()
    ReportingPeriod.objects.update(locked_at=timezone.now())
    assert names(editor.get(there["@id"]).json()) == []
    for answer in (say(editor, "Kada?"), editor.post(there["transitions"][0]["@id"])):
        assert (answer.status_code, answer.json()["detail"]) == (409, "The period 2026-Q1 is locked.")
    assert not RowComment.objects.get().is_settled


@pytest.mark.parametrize("name", ["nobody", "reader", "approver", "editor of B", "inactive"])
def test_who_does_not_see_the_return_neither_reads_nor_writes(city: City, editor: Program, name: str) -> None:
    there, other = say(editor).json(), at(city, name)
    asked = [
        other.get(path()),
        other.get(there["@id"]),
        say(other),
        other.post(there["transitions"][0]["@id"]),
    ]
    assert {answer.status_code for answer in asked} == {401 if name == "inactive" else 403}
    assert not RowComment.objects.get().is_settled


def test_what_is_said_is_kept_by_nobody_between(editor: Program) -> None:
    there = say(editor).json()
    for address in (path(), there["@id"], there["of"]):
        assert editor.get(address)["Cache-Control"] == "private, no-cache"


def test_a_comment_of_another_return_is_not_reached_from_here(city: City, editor: Program) -> None:
    there = say(editor).json()
    other = ChapterReturn.objects.create(chapter=city.chapter_b.chapter, period=city.period)
    strange, coordinator = f"returns/{other.pk}/comments/{there['id']}/", at(city, "coordinator")
    assert coordinator.get(strange).status_code == 404
    assert coordinator.post(f"{strange}transitions/settle/").status_code == 404
    assert not RowComment.objects.get().is_settled
