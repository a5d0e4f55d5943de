"""Reporting periods kept through the API: locked, reopened with a reason, added and changed, by coordinators alone."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.log_actions import registry

from plan_pages import permissions
from plan_pages.choices import ReturnState
from plan_pages.monitoring import ChapterReturn, ReportingPeriod
from plan_pages.outbox import OutboxMail
from tests.plan_pages.api.office import Program
from tests.plan_pages.api.quarter import names
from tests.plan_pages.mails.people import a_person
from tests.roles import City

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> City:
    return City()


@pytest.fixture
def rasa() -> Any:
    """A coordinator."""
    person = a_person("rasa", mails="en")
    person.groups.add(permissions.coordinators_role())
    return person


@pytest.fixture
def coordinator(city: City, rasa: Any) -> Program:
    return Program(rasa)


def path(city: City, rest: str = "") -> str:
    return f"plans/{city.plan.slug}/periods/2026-Q1/{rest}"


def make(city: City, program: Program, name: str, **body: Any) -> Any:
    return program.post(path(city, f"transitions/{name}/"), body)


def faults(answer: Any) -> list[tuple[list[Any], str]]:
    assert answer.status_code == 422, answer.content
    return [(each["loc"], each["msg"]) for each in answer.json()["errors"]]


def is_locked() -> bool:
    return ReportingPeriod.objects.get(period="2026-Q1").is_locked


# Locking and reopening


def test_a_period_is_locked_and_opened_again(city: City, coordinator: Program, rasa: Any) -> None:
    editor = a_person("ona", mails="en")
    editor.groups.add(city.role_a.editors)
    begun = coordinator.get(path(city, "transitions/")).json()
    assert (begun["state"], begun["label"], names(begun)) == ("open", "open", ["lock"])
    assert begun["transitions"][0]["comment"] == "none"

    locked = make(city, coordinator, "lock").json()
    assert (locked["state"], names(locked)) == ("locked", ["reopen"])
    assert locked["transitions"][0]["comment"] == "required"
    assert is_locked()
    assert coordinator.get(locked["of"]).json()["locked"] == locked["locked"]

    opened = coordinator.post(locked["transitions"][0]["@id"], {"comment": "Klaida ataskaitoje"}).json()
    assert (opened["state"], opened["locked"]) == ("open", None)
    assert [step["words"] for step in opened["history"]] == ["Period locked", "Period reopened: Klaida ataskaitoje"]
    assert [each.user for each in registry.get_logs_for_instance(city.period)] == [rasa, rasa]
    told = OutboxMail.objects.order_by("pk").values_list("recipient", "subject")
    assert [(who.partition("@")[0], about.partition(":")[0]) for who, about in told] == [
        ("ona", "Locked"),
        ("ona", "Open again"),
    ]


def test_the_period_leads_to_what_may_be_done_with_it(city: City, coordinator: Program) -> None:
    address = Client().get(f"/api/v3/{path(city)}").json()["links"]["transitions"]
    assert coordinator.get(address).json()["@id"] == address


def test_what_locking_leaves_out_of_the_plan_is_told(city: City, coordinator: Program) -> None:
    found = city.chapter_return(ReturnState.SUBMITTED)
    ChapterReturn.objects.create(
        chapter=city.chapter_b.chapter, period=city.period, state=ReturnState.APPROVED, approved_at=timezone.now()
    )
    (pending,) = coordinator.get(path(city, "transitions/")).json()["pending"]
    assert (pending["id"], pending["chapter"]["code"], pending["state"]) == (found.pk, "1", "submitted")
    assert coordinator.get(pending["@id"]).status_code == 200


def test_a_period_that_opens_later_is_not_open_yet(city: City, coordinator: Program) -> None:
    ReportingPeriod.objects.update(opens="2100-01-01")
    told = coordinator.get(path(city, "transitions/")).json()
    assert (told["state"], told["label"]) == ("not_open_yet", "not open yet")


@pytest.mark.parametrize("comment", ["", "   ", "x" * 2001, "a\0"])
def test_reopening_takes_a_reason(city: City, coordinator: Program, comment: str) -> None:
    make(city, coordinator, "lock")
    ((where, _words),) = faults(make(city, coordinator, "reopen", comment=comment))
    assert where == ["body", "comment"]
    assert is_locked()


def test_a_reason_is_missed_in_the_readers_language(city: City, rasa: Any) -> None:
    program = Program(rasa, "lt")
    make(city, program, "lock")
    ((_where, words),) = faults(make(city, program, "reopen"))
    assert words.startswith("Nurodykite")


def test_nobody_reads_a_comment_with_a_lock(city: City, coordinator: Program) -> None:
    ((where, _words),) = faults(make(city, coordinator, "lock", comment="Baigta"))
    assert where == ["body", "comment"]
    assert not is_locked()


def test_what_is_not_possible_now_is_refused_with_what_is(city: City, coordinator: Program) -> None:
    refused = make(city, coordinator, "reopen", comment="Klaida")
    assert (refused.status_code, refused.json()["detail"]) == (409, "The period 2026-Q1 is not locked.")
    assert [each["name"] for each in refused.json()["available"]] == ["lock"]
    make(city, coordinator, "lock")
    refused = make(city, coordinator, "lock")
    assert (refused.status_code, [each["name"] for each in refused.json()["available"]]) == (409, ["reopen"])


def test_a_transition_or_a_period_that_is_not_known_is_refused(city: City, coordinator: Program) -> None:
    assert make(city, coordinator, "fly").status_code == 422
    assert coordinator.get(f"plans/{city.plan.slug}/periods/2029-Q1/transitions/").status_code == 404
    assert coordinator.get("plans/kitas/periods/2026-Q1/transitions/").status_code == 404


# Adding and changing


def test_a_period_is_added(city: City, coordinator: Program, rasa: Any) -> None:
    body = {"period": "2026-Q2", "opens": "2026-07-01", "due": "2026-07-20"}
    answer = coordinator.post(f"plans/{city.plan.slug}/periods/", body)
    assert answer.status_code == 201, answer.content
    said = answer.json()
    assert (said["period"], said["opens"], said["due"]) == ("2026-Q2", "2026-07-01", "2026-07-20")
    found = ReportingPeriod.objects.get(period="2026-Q2")
    assert (found.plan, found.last_day.isoformat()) == (city.plan.plan, "2026-06-30")
    assert [(each.action, each.user) for each in registry.get_logs_for_instance(found)] == [("wagtail.create", rasa)]


@pytest.mark.parametrize(
    ("fields", "place", "words"),
    [
        ({"period": "2026-H1"}, ["period"], "write it like 2026-Q1"),
        ({"period": "2031-Q1"}, ["period"], "from 2022 to 2030"),
        ({"period": "2026 II"}, ["period"], ""),
        ({"period": "2026-Q1"}, [], "has this period already"),
        ({"due": "2026-06-30"}, [], "before the opening day"),
        ({"due": "kitąmet"}, ["due"], ""),
        ({"closes": "2026-07-20"}, ["closes"], ""),
    ],
)
def test_a_bad_period_is_refused_at_its_place(
    city: City, coordinator: Program, fields: dict[str, Any], place: list[str], words: str
) -> None:
    body = {"period": "2026-Q2", "opens": "2026-07-01", "due": "2026-07-20", **fields}
    ((where, said),) = faults(coordinator.post(f"plans/{city.plan.slug}/periods/", body))
    assert where == ["body", *place]
    assert words in said
    assert ReportingPeriod.objects.count() == 1


def test_the_days_of_a_period_are_moved_and_what_is_not_named_stays(city: City, coordinator: Program) -> None:
    coordinator.send("patch", path(city), {"opens": "2026-04-01", "due": "2026-04-20"})
    moved = coordinator.send("patch", path(city), {"due": "2026-04-30"}).json()
    assert (moved["opens"], moved["due"]) == ("2026-04-01", "2026-04-30")
    assert coordinator.send("patch", path(city), {"opens": None}).json()["opens"] is None
    ((where, _words),) = faults(coordinator.send("patch", path(city), {"opens": "2026-05-01"}))
    assert where == ["body"]


def test_only_a_period_that_nothing_hangs_on_is_renamed(city: City, coordinator: Program) -> None:
    renamed = coordinator.send("patch", path(city), {"period": "2026-Q2"}).json()
    assert renamed["of"].endswith("/periods/2026-Q2/")
    coordinator.send("patch", f"plans/{city.plan.slug}/periods/2026-Q2/", {"period": "2026-Q1"})
    city.chapter_return()
    assert coordinator.send("patch", path(city), {"period": "2026-Q1", "due": "2026-04-20"}).status_code == 200
    ((where, words),) = faults(coordinator.send("patch", path(city), {"period": "2026-Q3"}))
    assert (where, "keeps its name" in words) == (["body", "period"], True)


def test_a_locked_period_is_not_changed(city: City, coordinator: Program) -> None:
    make(city, coordinator, "lock")
    refused = coordinator.send("patch", path(city), {"due": "2026-04-20"})
    assert (refused.status_code, refused.json()["detail"]) == (409, "The period 2026-Q1 is locked.")
    assert ReportingPeriod.objects.get().due is None


# Who may


@pytest.mark.parametrize("name", ["nobody", "reader", "approver", "editor of A", "inactive"])
def test_only_coordinators_keep_periods(city: City, name: str) -> None:
    other = Program(city.user(name))
    asked = [
        other.get(path(city, "transitions/")),
        make(city, other, "lock"),
        other.post(f"plans/{city.plan.slug}/periods/", {"period": "2026-Q2"}),
        other.send("patch", path(city), {"due": "2026-04-20"}),
    ]
    assert {answer.status_code for answer in asked} == {401 if name == "inactive" else 403}
    found = ReportingPeriod.objects.get()
    assert (found.locked_at, found.due) == (None, None)


def test_a_period_of_a_plan_that_is_not_public_is_kept_too(city: City, coordinator: Program) -> None:
    city.plan.unpublish()
    assert coordinator.get(path(city)).status_code == 404
    assert make(city, coordinator, "lock").json()["state"] == "locked"
