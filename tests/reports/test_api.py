"""The archive of reports in the API: what everyone may have, with files, sizes and sums."""

import hashlib
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reports import delivery
from reports.models.editions import Edition
from reports.work import work_off
from tests.plan_pages.api.asked import ask, codes
from tests.reports.city import a_schedule, an_edition, run
from tests.roles import City

pytestmark = pytest.mark.django_db


def test_a_public_report_is_listed_with_files_that_are_what_their_sums_say() -> None:
    edition = an_edition(languages=["lt", "en"])
    (found,) = ask("reports/")["items"]
    assert found["id"] == str(edition.public_id)
    assert (found["kind"], found["period"], found["code"]) == ("mayor", "2026-Q1", "mayor-2026-Q1")
    assert found["title"] == "Report of the first quarter of 2026"
    assert {(each["language"], each["format"]) for each in found["files"]} >= {
        ("lt", "pdf"),
        ("en", "html"),
        (None, "json"),
    }
    for file in found["files"]:
        answer = Client().get(file["url"].partition("http://testserver")[2])
        content = b"".join(answer.streaming_content)
        assert answer["Content-Type"] == file["media_type"]
        assert (len(content), hashlib.sha256(content).hexdigest()) == (file["size"], file["sha256"])


@pytest.mark.parametrize("fields", [{"audience": "internal"}, {"release_at_once": False}])
def test_what_is_internal_or_unreleased_is_not_found(admin_client: Client, fields: dict[str, Any]) -> None:
    edition = an_edition(**fields)
    assert ask("reports/")["items"] == []
    ask(f"reports/{edition.public_id}/", 404)
    assert admin_client.get("/api/v3/reports/").json()["count"] == 0


def test_a_correction_says_why_and_stands_before_what_it_corrects() -> None:
    edition = an_edition()
    delivery.correct(edition, "Klaida lentelėje", City().user("coordinator"))
    work_off()
    new = Edition.objects.get(number=2)
    items = ask("reports/")["items"]
    assert [(each["edition"], each["is_latest"]) for each in items] == [(2, True), (1, False)]
    found = ask(f"reports/{new.public_id}/")
    assert found["reason"] == "Klaida lentelėje"
    assert found["last_day"] == "2026-03-31"
    assert [each["edition"] for each in ask("reports/?latest=true")["items"]] == [2]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("?kind=mayor", 1),
        ("?kind=council", 0),
        ("?period=2026-Q1", 1),
        ("?period=2025-Q4", 0),
        ("?year=2026", 1),
        ("?year=2025", 0),
        ("?chapter=1", 0),
    ],
)
def test_reports_are_listed_as_asked_for(query: str, count: int) -> None:
    edition = an_edition()
    assert ask(f"reports/{query}")["count"] == count
    assert ask(f"reports/?plan={edition.plan.page.slug}")["count"] == 1


@pytest.mark.parametrize("query", ["?plan=kitas", "?plan=%00", "?kind=nonsense", "?period=2026-Q7", "?colour=red"])
def test_what_the_archive_does_not_know_is_refused(query: str) -> None:
    ask(f"reports/{query}", 422)


def test_a_report_that_nobody_knows_is_not_found() -> None:
    assert ask(f"reports/{uuid4()}/", 404)["detail"] == "There is no such report."


def test_the_archive_asks_the_database_as_often_for_many_reports_as_for_few(client: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/api/v3/reports/").status_code == 200
        return len(queries)

    edition = an_edition()
    few = asked()
    a_schedule(edition.plan, kind="council")
    run()
    assert len(codes(ask("reports/"))) > 1
    assert asked() == few
