"""Who may do what with a return in each of its states: every address of the grid, for every role."""

from typing import Any

import pytest
from django.contrib.messages import ERROR, get_messages
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from plan_pages.choices import ReturnState
from plan_pages.monitoring import ChapterReturn, Entry, ReportingPeriod
from plan_pages.register import Measure
from tests.roles import City

pytestmark = pytest.mark.django_db

STATES = ("draft", "submitted", "returned", "approved", "locked")
READ = ("open", "news", "talk")
# In the order of the states. +: done, -: refused in words, x: not for this role.
EDITOR = {
    "save the form": "+-+--",
    "save a row": "+-+--",
    "add evidence": "+-+--",
    "comment": "++++-",
    "submit": "+-+--",
    "approve": "xxxxx",
    "send back": "xxxxx",
}
COORDINATOR = EDITOR | {"approve": "-+---", "send back": "-+-+-"}
STRANGER = dict.fromkeys([*READ, *EDITOR], "xxxxx")
RIGHTS = {
    "anonymous": STRANGER,
    "nobody": STRANGER,
    "reader": STRANGER,
    "approver": STRANGER,
    "editor of B": STRANGER,
    "editor of A": dict.fromkeys(READ, "+++++") | EDITOR,
    "coordinator": dict.fromkeys(READ, "+++++") | COORDINATOR,
}


def request(client: Client, deed: str, found: ChapterReturn) -> Any:
    key = f"measure-{Measure.objects.get(code='1.1.0').pk}"
    page, rows = (reverse(name, args=[found.pk]) for name in ("plan_pages_return", "plan_pages_return_rows"))
    talk = reverse("plan_pages_return_talk", args=[found.pk, key])
    entered = {f"{key}-status": "completed"}
    match deed:
        case "open":
            return client.get(page)
        case "news":
            return client.get(rows)
        case "talk":
            return client.get(talk)
        case "save the form":
            return client.post(page, {"deed": "record", **entered})
        case "save a row":
            return client.post(rows, entered)
        case "add evidence":
            return client.post(talk, {"deed": "link", "url": "https://kaunas.lt/"})
        case "comment":
            return client.post(talk, {"deed": "comment", "text": "Kada?"})
        case "submit":
            return client.post(page, {"deed": "hand_in", "anyway": "1"})
        case "approve":
            return client.post(page, {"deed": "approve"})
        case _:
            return client.post(page, {"deed": "send_back", "reason": "Klaida"})


def outcome(response: Any) -> str:
    if response.status_code in (403, 404) or response.headers.get("Location", "").startswith("/admin/login/"):
        return "x"
    if response.headers.get("Location") == "/admin/":
        return "x"
    if response.status_code in (409, 422):
        return "-"
    said = [message for message in get_messages(response.wsgi_request) if message.level >= ERROR]
    return "-" if said else "+"


def put(found: ChapterReturn, state: str) -> None:
    values = {"reason": "Klaida", "approved_at": timezone.now()}
    ChapterReturn.objects.filter(pk=found.pk).update(state="draft" if state == "locked" else state, **values)
    ReportingPeriod.objects.filter(pk=found.period_id).update(locked_at=timezone.now() if state == "locked" else None)


@pytest.mark.parametrize("name", RIGHTS)
def test_a_role_may_do_in_each_state_what_the_table_says(name: str) -> None:
    city = City()
    found = city.chapter_return(ReturnState.DRAFT)
    Entry.objects.create(chapter_return=found, measure=Measure.objects.get(code="1.1.0"), status="on_track")
    if name != "anonymous":
        city.user(name)
    told = {}
    for deed in RIGHTS[name]:
        outcomes = ""
        for state in STATES:
            with transaction.atomic():
                put(found, state)
                client = Client()
                if name != "anonymous":
                    client.force_login(city.user(name))
                outcomes += outcome(request(client, deed, found))
                transaction.set_rollback(True)
        told[deed] = outcomes
    assert told == RIGHTS[name]
