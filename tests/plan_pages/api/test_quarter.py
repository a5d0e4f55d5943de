"""A whole quarter by programs alone: begun, entered, submitted, sent back, mended, approved, and then in the public plan."""

from typing import Any

import pytest
from django.test import Client
from wagtail.log_actions import registry

from plan_pages import permissions
from plan_pages.choices import ReturnState
from plan_pages.editing import periods
from plan_pages.monitoring import BudgetLine, ChapterReturn, Entry, ReportingPeriod
from plan_pages.outbox import OutboxMail
from plan_pages.register import Measure
from tests.plan_pages.api.office import Program
from tests.plan_pages.api.quarter import Desk, names
from tests.plan_pages.mails.people import a_person, away
from tests.roles import City

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> City:
    return City()


@pytest.fixture
def ona(city: City) -> Any:
    """An editor of group A."""
    return member(city.role_a.editors, "ona", first_name="Ona", last_name="Onaitė")


@pytest.fixture
def rasa(city: City) -> Any:
    """A coordinator."""
    return member(permissions.coordinators_role(), "rasa")


def member(role: Any, name: str, **fields: Any) -> Any:
    person = a_person(name, mails="en", **fields)
    person.groups.add(role)
    return person


def begun(city: City, program: Program) -> Desk:
    body = {"chapter": str(city.chapter_a.chapter.public_id), "period": "2026-Q1"}
    answer = program.post("returns/", body)
    assert answer.status_code == 201, answer.content
    return Desk(program, answer.json()["id"])


def mails() -> list[tuple[str, str]]:
    """To whom, and what about, in the order of their sending."""
    found = OutboxMail.objects.order_by("pk").values_list("recipient", "subject")
    return [(address.partition("@")[0], subject.partition(":")[0]) for address, subject in found]


def test_a_quarter_goes_from_the_group_to_the_readers(city: City, ona: Any, rasa: Any, client: Client) -> None:
    address = f"/en/{city.plan.slug}/measures/1.1.0/"
    editor = begun(city, Program(ona))
    coordinator = Desk(Program(rasa), editor.read["id"])
    assert names(editor.read) == ["submit"]

    entered = editor.write(
        entries=[
            editor.of_entry("1.1.0", status="delayed", percent="12.5", reason={"lt": "Užtruko", "en": "Took long"}),
            editor.of_entry("1.1.1", status="on_track", note={"lt": "Nupirkta"}),
        ],
        values=[editor.of_value(actual="14.250")],
        money=[editor.of_money(planned="1000", spent="250.5")],
    )
    assert entered.status_code == 200, entered.content
    assert entered.json()["values"][0]["actual"] == "14.25"
    assert entered.json()["money"][0]["spent"] == "250.50"

    assert editor.make("submit").json()["state"] == "submitted"
    assert editor.enter("1.1.0", percent="20").status_code == 409
    assert names(coordinator.look()) == ["approve", "send_back"]
    sent_back = coordinator.make("send_back", comment="Kodėl vėluoja?")
    assert (sent_back.json()["state"], sent_back.json()["reason"]) == ("returned", "Kodėl vėluoja?")

    editor.look()
    assert editor.read["reason"] == "Kodėl vėluoja?"
    mended = editor.enter("1.1.0", percent="20", note={"lt": "Nupirktas sklypas"}, reason={"lt": "Ilgas konkursas"})
    assert mended.json()["entries"][0]["new"] is True
    editor.make("submit")
    assert "Took long" not in client.get(address).content.decode()
    assert coordinator.make("approve").json()["state"] == "approved"

    page = client.get(address).content.decode()
    assert "Took long" in page
    assert "20" in page
    stored = Entry.objects.get(measure__code="1.1.0")
    assert stored.reason == {"lt": "Ilgas konkursas", "en": "Took long"}
    assert stored.changed_by == ona
    assert BudgetLine.objects.get().spent == 250.5
    assert mails() == [
        ("rasa", "Submitted for approval"),
        ("ona", "Sent back for correction"),
        ("rasa", "Submitted for approval"),
        ("ona", "Approved"),
    ]
    done = registry.get_logs_for_instance(ChapterReturn.objects.get()).order_by("timestamp", "pk")
    assert [each.action.rpartition(".")[2] for each in done] == [
        "start",
        "record",
        "submit",
        "send_back",
        "record",
        "submit",
        "approve",
    ]
    assert [step["words"] for step in coordinator.look()["history"]][:3] == [
        "Return begun",
        "Return submitted for approval",
        "Return sent back: Kodėl vėluoja?",
    ]


def test_beginning_twice_gives_the_same_return(city: City, ona: Any) -> None:
    first = begun(city, Program(ona)).read["id"]
    body = {"chapter": str(city.chapter_a.chapter.public_id), "period": "2026-Q1"}
    again = Program(ona).post("returns/", body)
    assert (again.status_code, again.json()["id"]) == (200, first)


@pytest.mark.parametrize(
    ("changed", "place"),
    [({"period": "2024-Q1"}, "period"), ({"chapter": "00000000-0000-0000-0000-000000000000"}, "chapter")],
)
def test_what_is_not_there_is_not_begun(city: City, ona: Any, changed: dict[str, str], place: str) -> None:
    body = {"chapter": str(city.chapter_a.chapter.public_id), "period": "2026-Q1", **changed}
    answer = Program(ona).post("returns/", body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["loc"] == ["body", place]


def test_another_groups_return_is_not_begun(city: City, ona: Any) -> None:
    body = {"chapter": str(city.chapter_b.chapter.public_id), "period": "2026-Q1"}
    assert Program(ona).post("returns/", body).status_code == 403
    assert not ChapterReturn.objects.exists()


def test_a_locked_period_is_neither_begun_nor_written_nor_handed_in(city: City, ona: Any, rasa: Any) -> None:
    editor = begun(city, Program(ona))
    editor.enter(status="on_track")
    periods.lock(city.period, rasa)
    editor.look()
    assert (editor.read["editable"], names(editor.read)) == (False, [])
    refused = editor.enter(percent="50")
    assert (refused.status_code, refused.json()["detail"]) == (409, "The period 2026-Q1 is locked.")
    assert editor.make("submit", anyway=True).json()["detail"] == "The period 2026-Q1 is locked."
    assert Desk(Program(rasa), editor.read["id"]).make("approve").status_code == 409
    assert Entry.objects.get().percent is None
    body = {"chapter": str(city.chapter_b.chapter.public_id), "period": "2026-Q1"}
    assert Program(rasa).post("returns/", body).status_code == 409


def test_missing_measures_are_asked_about_before_it_is_handed_in(city: City, ona: Any) -> None:
    editor = begun(city, Program(ona))
    assert editor.make("submit").json()["detail"].startswith("Nothing has been entered yet")
    editor.enter("1.1.0", status="on_track")
    asked = editor.make("submit")
    assert asked.status_code == 409
    assert [row["code"] for row in asked.json()["missing"]] == ["1.1.1"]
    assert [row["name"] for row in asked.json()["available"]] == ["submit"]
    assert editor.make("submit", anyway=True).status_code == 200


@pytest.mark.parametrize("comment", ["", "   ", "x" * 2001])
@pytest.mark.parametrize("name", ["send_back", "reopen"])
def test_a_return_goes_back_with_a_reason_only(city: City, rasa: Any, name: str, comment: str) -> None:
    state = ReturnState.SUBMITTED if name == "send_back" else ReturnState.APPROVED
    coordinator = Desk(Program(rasa), city.chapter_return(state).pk)
    answer = coordinator.make(name, comment=comment)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["loc"] == ["body", "comment"]
    assert coordinator.look()["state"] == state


def test_what_was_approved_is_reopened_and_leaves_the_plan(city: City, rasa: Any) -> None:
    coordinator = Desk(Program(rasa), city.chapter_return(ReturnState.APPROVED).pk)
    assert names(coordinator.read) == ["reopen"]
    assert coordinator.make("reopen", comment="Klaida").json()["state"] == "returned"
    assert ChapterReturn.objects.get().approved_at is None


@pytest.mark.parametrize("name", ["approve", "send_back", "reopen"])
def test_an_editor_does_not_decide(city: City, ona: Any, name: str) -> None:
    editor = Desk(Program(ona), city.chapter_return(ReturnState.SUBMITTED).pk)
    assert editor.make(name, comment="Prašau").status_code in (403, 422)
    assert editor.make(name).status_code == 403
    assert editor.look()["state"] == "submitted"


@pytest.mark.parametrize(
    ("name", "body", "status"),
    [
        ("fly", {}, 422),
        ("approve", {"comment": "Gerai"}, 422),
        ("approve", {"anyway": True}, 422),
        ("approve", {"reason": "?"}, 422),
        ("submit", {}, 409),
        ("reopen", {"comment": "Klaida"}, 409),
    ],
)
def test_what_is_not_known_or_not_possible_is_refused(
    city: City, rasa: Any, name: str, body: dict[str, Any], status: int
) -> None:
    coordinator = Desk(Program(rasa), city.chapter_return(ReturnState.SUBMITTED).pk)
    answer = coordinator.make(name, **body)
    assert answer.status_code == status
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    if status == 409:
        assert [each["name"] for each in answer.json()["available"]] == ["approve", "send_back"]
    assert coordinator.look()["state"] == "submitted"


@pytest.mark.parametrize("name", ["nobody", "reader", "approver", "editor of B", "inactive"])
def test_who_does_not_see_a_return_in_the_admin_does_not_see_it_here(city: City, name: str) -> None:
    other, key = Program(city.user(name)), city.chapter_return(ReturnState.DRAFT).pk
    measure = Measure.objects.get(code="1.1.0").public_id
    asked = [
        other.get(f"returns/{key}/"),
        other.get(f"returns/{key}/transitions/"),
        other.post(f"returns/{key}/transitions/submit/"),
        other.send("patch", f"returns/{key}/", {}),
        other.send("put", f"returns/{key}/entries/{measure}/", {"base": "", "status": "completed"}),
    ]
    assert {answer.status_code for answer in asked} == {401 if name == "inactive" else 403}
    if name != "inactive":
        assert other.get("returns/").json()["items"] == []
    assert not Entry.objects.exists()


def test_a_deputy_reports_with_the_own_token(city: City, ona: Any) -> None:
    deputy = a_person("pavaduotoja")
    key = begun(city, Program(ona)).read["id"]
    assert Program(deputy).get(f"returns/{key}/").status_code == 403
    away(ona, deputy, "2000-01-01", "2100-01-01")
    desk = Desk(Program(deputy), key)
    assert desk.enter(status="on_track").status_code == 200
    assert desk.read["chapter"]["code"] == "1"
    assert Entry.objects.get().changed_by == deputy


def test_returns_are_listed_by_what_is_asked_for(city: City, ona: Any, rasa: Any) -> None:
    first = city.chapter_return(ReturnState.APPROVED)
    later = ReportingPeriod.objects.create(plan=city.plan.plan, period="2026-Q2")
    second = ChapterReturn.objects.create(chapter=city.chapter_a.chapter, period=later)
    other = ChapterReturn.objects.create(chapter=city.chapter_b.chapter, period=later)
    everything = Program(rasa).get("returns/").json()
    assert [row["id"] for row in everything["items"]] == [second.pk, other.pk, first.pk]
    assert everything["count"] == 3

    def found(query: str, by: Any = rasa) -> list[int]:
        return [row["id"] for row in Program(by).get(f"returns/?{query}").json()["items"]]

    assert found("", ona) == [second.pk, first.pk]
    assert found("period=2026-Q1") == [first.pk]
    assert found("chapter=2") == [other.pk]
    assert found("state=draft&chapter=1") == [second.pk]
    assert found("state=draft&state=approved") == [second.pk, other.pk, first.pk]
    assert found(f"plan={city.plan.slug}&period=2026-Q2") == [second.pk, other.pk]
    batch = Program(rasa).get("returns/?limit=1&offset=1&state=draft").json()
    assert ([row["id"] for row in batch["items"]], batch["count"]) == ([other.pk], 2)
    assert batch["links"]["prev"].endswith("/api/v3/returns/?limit=1&state=draft")
    assert batch["links"]["next"] is None


@pytest.mark.parametrize("query", ["status=draft", "state=lost", "limit=0", "limit=1000", "period=soon", "lang=xx"])
def test_a_list_is_not_asked_for_in_other_ways(rasa: Any, query: str) -> None:
    assert Program(rasa).get(f"returns/?{query}").status_code in (400, 422)


def test_without_a_token_nothing_of_a_return_is_told(city: City) -> None:
    key = city.chapter_return(ReturnState.APPROVED).pk
    stranger = Program()
    assert stranger.get("returns/").status_code == 401
    assert stranger.get(f"returns/{key}/").status_code == 401
    assert stranger.post(f"returns/{key}/transitions/submit/").status_code == 401
