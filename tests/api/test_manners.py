"""How the API speaks HTTP: methods, tags, compression, other people's pages, and refusals that are all problems."""

import gzip
import json
from typing import Any

import pytest
from django.conf import LazySettings
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client
from wagtail.models import APIToken

from plan_pages.api import throttling
from plan_pages.pages.plan import PlanPage
from tests.factories import plan_page

pytestmark = pytest.mark.django_db

PAGES = "/api/v3/pages/"
PROBLEM = "application/problem+json"


@pytest.fixture
def page() -> PlanPage:
    return plan_page()


@pytest.fixture(autouse=True)
def _counted_anew() -> None:
    cache.clear()


@pytest.fixture
def minute(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The clock of the limits; the test sets its one number."""
    clock = [1_800_000_000.0]
    monkeypatch.setattr(throttling, "now", lambda: clock[0])
    return clock


def token() -> dict[str, str]:
    user = get_user_model().objects.create_superuser("admin", "admin@example.com", "x")
    _token, key = APIToken.create_token(user=user, name="test")
    return {"Authorization": f"Bearer {key}"}


def said(answer: Any, status: int) -> dict[str, Any]:
    """What a problem says, after what every problem keeps to."""
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == PROBLEM
    problem: dict[str, Any] = answer.json()
    assert problem["status"] == status
    assert problem["detail"]
    return problem


def test_head_is_answered_as_get_without_its_body(client: Client, page: PlanPage) -> None:
    address = f"{PAGES}{page.pk}/"
    whole, head = client.get(address), client.head(address)
    assert (head.status_code, head.content) == (200, b"")
    for name in ("Content-Type", "Content-Length", "ETag", "Cache-Control", "Vary"):
        assert head.headers[name] == whole.headers[name]


def test_options_says_which_methods_an_address_knows(client: Client, page: PlanPage) -> None:
    answer = client.options(f"{PAGES}{page.pk}/")
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["Allow"] == "DELETE, GET, HEAD, OPTIONS, PATCH"


def test_another_method_is_a_problem_that_says_which_are_known(client: Client) -> None:
    answer = client.put(PAGES)
    said(answer, 405)
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS, POST"


@pytest.mark.parametrize("method", ["get", "post", "delete", "options"])
def test_an_address_that_is_not_there_is_a_problem(client: Client, method: str) -> None:
    said(getattr(client, method)("/api/v3/nothing/of/it/"), 404)


def test_what_the_host_refuses_is_a_problem(client: Client, settings: LazySettings) -> None:
    settings.ALLOWED_HOSTS = ["example.org"]
    said(client.get(PAGES, headers={"Host": "example.net"}), 400)


def test_a_failure_is_a_problem_that_tells_nothing_of_the_inside(
    client: Client, page: PlanPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_options: object) -> None:
        raise RuntimeError("secret of the inside")

    monkeypatch.setattr(PlanPage, "get_full_url", fail)
    client.raise_request_exception = False
    problem = said(client.get(f"{PAGES}{page.pk}/"), 500)
    assert "secret" not in json.dumps(problem)


def test_a_refusal_says_with_what_one_is_let_in(client: Client) -> None:
    answer = client.get("/api/v3/whoami/")
    said(answer, 401)
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_token_that_does_not_hold_is_refused_where_everyone_may_read(client: Client, page: PlanPage) -> None:
    answer = client.get(f"{PAGES}{page.pk}/", headers={"Authorization": "Bearer guessed", "Accept-Language": "en"})
    assert "token" in said(answer, 401)["detail"]


@pytest.mark.parametrize("sent", ["text/plain", "application/x-www-form-urlencoded", "application/xml"])
def test_what_is_no_json_is_not_guessed_at(client: Client, page: PlanPage, sent: str) -> None:
    said(client.generic("PATCH", f"{PAGES}{page.pk}/", '{"title": "Kitas"}', sent, headers=token()), 415)


@pytest.mark.parametrize("address", [f"{PAGES}2/", "/api/v3/returns/"])
def test_more_than_the_site_takes_is_refused_as_that(client: Client, settings: LazySettings, address: str) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    method = "POST" if "returns" in address else "PATCH"
    said(client.generic(method, address, json.dumps({"title": "x" * 2000}), "application/json", headers=token()), 413)


def test_an_unchanged_answer_is_confirmed_without_its_body(client: Client, page: PlanPage) -> None:
    headers = token()
    first = client.get(f"{PAGES}{page.pk}/", headers=headers)
    again = client.get(f"{PAGES}{page.pk}/", headers={**headers, "If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Cache-Control"] == "private, no-cache"
    page.title = "Pakeista"
    page.save()
    changed = client.get(f"{PAGES}{page.pk}/", headers={**headers, "If-None-Match": first.headers["ETag"]})
    assert (changed.status_code, changed.json()["title"]) == (200, "Pakeista")


def test_an_answer_is_compressed_for_who_understands_it(client: Client, page: PlanPage) -> None:
    plain = client.get(f"{PAGES}{page.pk}/")
    packed = client.get(f"{PAGES}{page.pk}/", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert int(packed.headers["Content-Length"]) == len(packed.content)
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert "Content-Encoding" not in plain.headers


def test_without_settings_no_page_of_others_may_ask(client: Client, page: PlanPage) -> None:
    answer = client.get(PAGES, headers={"Origin": "https://example.org"})
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_pages_of_a_named_origin_may_ask_and_read_the_headers(
    client: Client, page: PlanPage, settings: LazySettings
) -> None:
    settings.PLAN_API = {"origins": ["https://example.org"]}
    answer = client.get(PAGES, headers={"Origin": "https://example.org"})
    assert answer.headers["Access-Control-Allow-Origin"] == "https://example.org"
    assert "ETag" in answer.headers["Access-Control-Expose-Headers"]
    assert "Origin" in answer.headers["Vary"]
    assert "Access-Control-Allow-Credentials" not in answer.headers
    other = client.get(PAGES, headers={"Origin": "https://example.net"})
    assert "Access-Control-Allow-Origin" not in other.headers


def test_a_browser_asks_first_and_is_told_methods_and_headers(client: Client, settings: LazySettings) -> None:
    settings.PLAN_API = {"origins": ["*"], "anonymous": "1/day"}
    headers = {"Origin": "https://example.org", "Access-Control-Request-Method": "PATCH"}
    for _time in range(3):  # it is not counted as a request
        answer = client.options(f"{PAGES}1/", headers=headers)
        assert answer.status_code == 204
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "PATCH" in answer.headers["Access-Control-Allow-Methods"]
    assert "Authorization" in answer.headers["Access-Control-Allow-Headers"]


def test_a_page_of_others_can_read_a_refusal_too(client: Client, settings: LazySettings) -> None:
    settings.PLAN_API = {"origins": ["https://example.org"], "anonymous": "1/day"}
    headers = {"Origin": "https://example.org"}
    client.get(PAGES, headers=headers)
    answer = client.get(PAGES, headers=headers)
    said(answer, 429)
    assert answer.headers["Access-Control-Allow-Origin"] == "https://example.org"


def test_an_address_may_ask_so_often_and_is_told_when_again(
    client: Client, settings: LazySettings, minute: list[float]
) -> None:
    settings.PLAN_API = {"anonymous": "2/minute"}
    first = client.get(PAGES)
    assert [first.headers[f"RateLimit-{name}"] for name in ("Limit", "Remaining", "Reset")] == ["2", "1", "60"]
    minute[0] += 20
    assert client.get(PAGES).headers["RateLimit-Remaining"] == "0"
    refused = client.get(PAGES, headers={"Accept-Language": "en"})
    assert "40 seconds" in said(refused, 429)["detail"]
    assert refused.headers["Retry-After"] == refused.headers["RateLimit-Reset"] == "40"
    minute[0] += 40
    assert client.get(PAGES).status_code == 200


def test_every_address_counts_by_itself_and_a_household_as_one(client: Client, settings: LazySettings) -> None:
    settings.PLAN_API = {"anonymous": "1/day"}
    assert client.get(PAGES, REMOTE_ADDR="2001:db8:1:2::1").status_code == 200
    assert client.get(PAGES, REMOTE_ADDR="2001:db8:1:2::ffff").status_code == 429
    assert client.get(PAGES, REMOTE_ADDR="2001:db8:1:3::1").status_code == 200
    assert client.get(PAGES, REMOTE_ADDR="192.0.2.1").status_code == 200


def test_what_a_sender_writes_beyond_our_proxies_is_not_believed(client: Client, settings: LazySettings) -> None:
    settings.PLAN_API = {"anonymous": "1/day"}
    settings.PLAN_CONSULTATIONS = {"proxies": 1}
    asked = [client.get(PAGES, headers={"X-Forwarded-For": f"198.51.100.{n}, 192.0.2.1"}) for n in range(2)]
    assert [answer.status_code for answer in asked] == [200, 429]
    assert client.get(PAGES, headers={"X-Forwarded-For": "192.0.2.2"}).status_code == 200


def test_a_token_counts_by_itself_once_it_has_been_seen_to_hold(client: Client, settings: LazySettings) -> None:
    settings.PLAN_API = {"anonymous": "2/day", "token": "3/day"}
    headers = token()
    found = [client.get(PAGES, headers=headers).headers["RateLimit-Limit"] for _time in range(3)]
    assert found == ["2", "3", "3"]
    assert client.get(PAGES).status_code == 200
    assert client.get(PAGES).status_code == 429
    assert client.get(PAGES, headers=headers).status_code == 200
    said(client.get(PAGES, headers=headers), 429)


def test_guessing_tokens_counts_against_the_address(client: Client, settings: LazySettings) -> None:
    settings.PLAN_API = {"anonymous": "3/day", "token": "1000/day"}
    guesses = [client.get("/api/v3/whoami/", headers={"Authorization": f"Bearer guess{n}"}) for n in range(4)]
    assert [answer.status_code for answer in guesses] == [401, 401, 401, 429]


def test_a_token_that_was_withdrawn_counts_against_the_address(client: Client, settings: LazySettings) -> None:
    settings.PLAN_API = {"anonymous": "2/day", "token": "1000/day"}
    headers = token()
    client.get(PAGES, headers=headers)
    APIToken.objects.all().delete()
    assert [client.get(PAGES, headers=headers).status_code for _time in range(3)] == [401, 401, 429]


class NoCache:
    """A store that is out of reach."""

    def __getattr__(self, name: str) -> Any:
        raise ConnectionError("no cache")


def test_when_the_cache_is_out_everyone_is_let_through_and_it_is_logged(
    client: Client, settings: LazySettings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    settings.PLAN_API = {"anonymous": "1/day"}
    monkeypatch.setattr(throttling, "cache", NoCache())
    assert [client.get(PAGES).status_code for _time in range(2)] == [200, 200]
    assert "cannot be counted" in caplog.text
