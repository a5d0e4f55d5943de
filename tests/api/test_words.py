"""Whatever the API refuses it refuses in the language asked for: in Lithuanian without a word of English."""

import json
import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client

from tests.api.city import AskedCity, token_for
from tests.untranslated import english_of_text, recorded

pytestmark = pytest.mark.django_db

PLAN = "plans/planas/"
PAGE, RETURN = "pages/{page}/", "returns/{return}/"
JSON = "application/json"
READING = [
    "nothing/",
    "plans/nera/",
    "plans/a%20b/",
    f"{PLAN}nothing/",
    f"{PLAN}?lang=fr",
    *(f"{PLAN}{kind}/{uuid4()}/" for kind in ("chapters", "goals", "tasks", "measures", "indicators")),
    f"{PLAN}groups/99/",
    f"{PLAN}periods/1990-Q1/",
    f"{PLAN}periods/2026-Q9/",
    f"{PLAN}consultations/99/",
    f"{PLAN}consultations/first/",
    f"{PLAN}periods/1990-Q1/transitions/",
    f"{PLAN}tree/?depth=9",
    f"{PLAN}indicators/?of=chapter",
    f"{PLAN}indicators/?kind=wish",
    *(
        f"{PLAN}measures/?{query}"
        for query in (
            "colour=red", "limit=1&limit=2", "limit=0", "limit=101", "limit=many", "offset=-1", "status=late",
            "order=colour", "year=x", "year=1", "late=perhaps", "period=2026-Q5", "period=2026-13", "period=2012",
            "period=2029-Q1", "chapter=99", "goal=99", "task=99", "indicator=99",
        )
    ),
    f"{PLAN}measures/first/",
    "reports/?plan=nera",
    "reports/?kind=wish",
    f"reports/{uuid4()}/",
    "search/",
    "search/?q=",
    "search/?q=%3F",
    f"search/?q={'a' * 300}",
    "search/?q=mokykla&section=nowhere",
    "schema/blocks/nothing/",
    "schema/nothing/",
    "pages/99999/",
    "pages/first/",
    "pages/?limit=1000",
    "pages/?order=wish",
    "pages/?order=random&offset=2",
    "pages/?type=wish",
    "pages/?child_of=99999",
    "pages/?child_of=root&descendant_of=root",
    "pages/?locale=xx",
    "pages/?title=%00",
    "pages/?search=a&order=go_live_at",
    "pages/find/?html_path=nothing",
    "pages/99999/transitions/",
    "documents/99999/",
    "images/?order=wish",
    "redirects/99999/",
    "returns/99999/",
    "returns/?state=wish",
    "sites/99999/",
    "whoami/",
]  # fmt: skip
# What is called so in the address or the JSON itself.
NAMES = re.compile(
    r"(Galima|reikšmių|negalima|pavidalo): .*|„[^“]*“|rūšies \S+|pavadinimu \S+|(child|descendant)_of|Allow"
    r"|Content-Type: \S+"
)
CHAPTER = {"type": "plan_pages.ChapterPage"}
SENDING: list[tuple[str, str, Any]] = [
    ("POST", f"{PLAN}measures/", {}),
    ("PATCH", PAGE, []),
    ("PATCH", PAGE, b"{"),
    ("PATCH", PAGE, {"goals": "none"}),
    ("PATCH", PAGE, {"goals": ["none"]}),
    ("PATCH", PAGE, {"goals": [{"type": "wish", "value": 1, "colour": 1}]}),
    ("PATCH", PAGE, {"goals": [{"type": "goal", "id": 5}]}),
    ("PATCH", PAGE, {"goals": [{"type": "goal", "value": []}]}),
    ("PATCH", PAGE, {"goals": [{"type": "goal", "value": {"colour": 1, "code": 1, "tasks": 1}}]}),
    ("PATCH", PAGE, {"weight": "heavy", "group": "x", "title": 5}),
    ("PATCH", PAGE, {"weight": "-1", "title": "", "code": "2"}),
    ("PATCH", PAGE, {"body_lt": {"format": "wish", "content": "x"}}),
    ("PATCH", PAGE, {"body_lt": {"content": 5}}),
    ("PATCH", PAGE, {"latest_revision": 1, "summary_lt": "Nauja"}),
    ("PATCH", PAGE, {"meta": {"type": "wish"}}),
    ("PATCH", "pages/99999/", {"title": "Kitas"}),
    ("PATCH", "pages/first/", {"title": "Kitas"}),
    ("POST", "pages/", {}),
    ("POST", "pages/", {"meta": CHAPTER}),
    ("POST", "pages/", {"meta": CHAPTER | {"parent_id": "x"}, "title": "Kitas", "code": "9"}),
    ("POST", "pages/", {"meta": CHAPTER | {"parent_id": 99999}, "title": "Kitas", "code": "9"}),
    ("POST", "pages/", {"meta": CHAPTER | {"parent_id": 1}, "title": "Kitas", "code": "9"}),
    ("POST", f"{PAGE}actions/move/", {"destination_id": 1}),
    ("POST", f"{PAGE}actions/publish/", {}),
    ("POST", f"{PAGE}transitions/wish/", {}),
    ("POST", f"{PAGE}transitions/submit/", {"comment": 5, "colour": 1}),
    ("PATCH", RETURN, []),
    ("PATCH", RETURN, b""),
    ("PATCH", RETURN, b"entries=1"),
    ("PATCH", RETURN, {"entries": 5, "colour": 1, "values": [5]}),
    ("PATCH", RETURN, {"entries": [{"measure": "x", "base": "x" * 300, "status": "wish", "percent": 5}]}),
    ("PATCH", RETURN, {"entries": [{"measure": str(uuid4()), "base": "", "note": {"fr": "x"}}]}),
    ("PATCH", RETURN, {"entries": [{"measure": "{measure}", "base": "", "percent": "x"}] * 2}),
    ("PATCH", RETURN, {"money": [{"measure": "{measure}", "year": 1, "fund": "x" * 20}]}),
    ("PUT", RETURN + "entries/{measure}/", {"base": "", "percent": "500"}),
    ("POST", RETURN + "transitions/send_back/", {}),
    ("POST", RETURN + "transitions/submit/", {"comment": "x"}),
    ("POST", "returns/", {"chapter": str(uuid4()), "period": "2026-Q1"}),
    ("POST", "returns/", {"chapter": "x", "period": "x"}),
    ("POST", RETURN + "evidence/links/", {"url": "x", "colour": 1}),
    ("POST", RETURN + "evidence/files/", {}),
    ("DELETE", RETURN + "evidence/99999/", None),
    ("POST", RETURN + "comments/", {}),
    ("POST", f"{PLAN}periods/", {}),
    ("POST", f"{PLAN}periods/", {"period": "x"}),
    ("POST", f"{PLAN}periods/1990-Q1/transitions/lock/", {}),
    ("POST", "sites/", {"hostname": "x"}),
    ("DELETE", PAGE, None),
    ("POST", "images/", {}),
]


def test_no_refusal_speaks_english_to_who_asks_in_lithuanian() -> None:
    city = AskedCity()
    city.user("editor of A")
    tokens = {who: token_for(city, who) for who in ("anonymous", "editor of A", "coordinator", "superuser")}
    untold: dict[str, Any] = {}
    with recorded() as missing:
        for case, answer in _refusals(city, tokens):
            if answer.status_code < 400:
                continue
            assert answer.headers["Content-Type"] == "application/problem+json", case
            assert answer.headers["Content-Language"] == "lt", case
            english = [found for text in _texts(answer.json()) for found in english_of_text(NAMES.sub("", text))]
            if english:
                untold[case] = english
    assert (untold, missing) == ({}, set())


def test_every_refusal_is_said_otherwise_in_another_language() -> None:
    city = AskedCity()
    tokens = {"coordinator": token_for(city, "coordinator"), "anonymous": ""}
    found: dict[str, list[set[str]]] = {}
    for language in ("lt", "en"):
        for case, answer in _refusals(city, tokens, language):
            if answer.status_code >= 400:
                found.setdefault(case, []).append(set(_texts(answer.json())))
    assert len(found) > 100
    same = {case: texts[0] & texts[1] for case, texts in found.items() if len(texts) == 2 and texts[0] & texts[1]}
    assert same == {}


def test_who_asks_too_often_is_told_in_the_language_asked_for(client: Client, settings: LazySettings) -> None:
    cache.clear()
    settings.PLAN_API = {"anonymous": "1/day"}
    headers = {"Accept-Language": "lt"}
    client.get("/api/v3/plans/", headers=headers)
    answer = client.get("/api/v3/plans/", headers=headers)
    assert answer.status_code == 429
    assert (answer.json()["title"], answer.headers["Content-Language"]) == ("Per daug užklausų", "lt")


def test_a_guessed_token_is_refused_in_the_language_asked_for(client: Client) -> None:
    headers = {"Accept-Language": "lt", "Authorization": "Bearer guessed"}
    answer = client.get("/api/v3/pages/", headers=headers)
    assert (answer.status_code, answer.json()["detail"]) == (401, "API raktas nežinomas arba nebegalioja.")


@pytest.mark.parametrize(
    ("address", "place"),
    [
        (f"{PLAN}measures/?status=late", ["query", "status", 0]),
        ("pages/?type=wish", ["query", "type", 0]),
        ("pages/?order=wish", ["query", "order"]),
        ("pages/?child_of=99999", ["query", "child_of"]),
        (f"{PLAN}measures/first/", ["path", "public_id"]),
    ],
)
def test_a_fault_of_an_address_is_told_at_its_parameter(client: Client, address: str, place: list[Any]) -> None:
    AskedCity()
    (fault,) = client.get(f"/api/v3/{address}").json()["errors"]
    assert fault["loc"] == place
    assert fault.keys() <= {"type", "loc", "msg"}


def test_a_choice_that_is_not_offered_is_told_those_that_are(client: Client) -> None:
    AskedCity()
    (fault,) = client.get(f"/api/v3/{PLAN}indicators/?of=chapter", headers={"Accept-Language": "en"}).json()["errors"]
    assert fault["msg"] == "Expected one of: goal, task, measure."


def _refusals(city: AskedCity, tokens: dict[str, str], language: str = "lt") -> Iterator[tuple[str, Any]]:
    known = {"page": city.chapter_a.pk, "return": city.returned.pk, "measure": city.measure.public_id}
    for who, token in tokens.items():
        client = Client(headers={"Accept-Language": language} | ({"Authorization": f"Bearer {token}"} if token else {}))
        for address in READING:
            cache.clear()
            yield f"{who}: {address}", client.get(f"/api/v3/{address}")
        for number, (method, address, body) in enumerate(SENDING):
            cache.clear()
            sent = body if isinstance(body, bytes) else json.dumps(body).replace("{measure}", str(known["measure"]))
            kind = "text/plain" if body == b"entries=1" else JSON
            for name, value in known.items():
                address = address.replace(f"{{{name}}}", str(value))
            yield f"{who}: {number} {method} {address}", client.generic(method, f"/api/v3/{address}", sent, kind)


def _texts(said: dict[str, Any]) -> Iterator[str]:
    yield from (said["title"], said["detail"])
    yield from (each["msg"] for each in said.get("errors", []))
