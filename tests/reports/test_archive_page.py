"""The public page of the archive: what stands on it, in both languages, and what does not."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from plan_pages.domain.periods import Period
from reports import delivery
from reports.models.editions import Edition
from reports.naming import title_of
from reports.work import work_off
from tests.reports.city import a_schedule, an_edition, run
from tests.roles import City

pytestmark = pytest.mark.django_db


def page(client: Client, address: str = "/reports/") -> str:
    return " ".join(client.get(address).content.decode().replace("\N{NO-BREAK SPACE}", " ").split())


def test_a_public_report_stands_in_the_archive_with_its_format_and_size(client: Client) -> None:
    edition = an_edition(languages=["lt", "en"])
    shown = page(client, "/en/reports/")
    assert f'<a href="/report-files/{edition.public_id}/en.pdf">Report of the first quarter of 2026 (PDF, ' in shown
    assert f'<a href="/report-files/{edition.public_id}/lt.pdf" hreflang="lt">' in shown
    assert "PDF, Lithuanian," in shown
    assert f"/report-files/{edition.public_id}/data.json" in shown


@pytest.mark.parametrize("fields", [{"audience": "internal"}, {"release_at_once": False}])
def test_what_is_internal_or_unreleased_is_not_in_the_archive(client: Client, fields: dict[str, Any]) -> None:
    an_edition(**fields)
    assert "No report has been made public yet." in page(client, "/en/reports/")


def test_a_correction_stands_before_what_it_corrects(client: Client) -> None:
    edition = an_edition()
    delivery.correct(edition, "Klaida lentelėje", City().user("coordinator"))
    work_off()
    new = Edition.objects.get(number=2)
    shown = page(client, "/en/reports/")
    assert shown.index(str(new.public_id)) < shown.index(str(edition.public_id))
    assert "Corrected: Klaida lentelėje" in shown
    assert shown.count("A later edition corrects this one.") == 1


def test_the_archive_asks_as_often_for_many_reports_as_for_few(client: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/reports/").status_code == 200
        return len(queries)

    edition = an_edition()
    asked()
    few = asked()
    a_schedule(edition.plan, kind="council")
    run()
    assert Edition.objects.count() > 2
    assert asked() == few


@pytest.mark.parametrize(
    ("day", "frequency", "written"),
    [
        (date(2026, 9, 1), "month", "Report of September 2026"),
        (date(2026, 9, 1), "quarter", "Report of the third quarter of 2026"),
        (date(2026, 9, 1), "half", "Report of the second half of 2026"),
        (date(2026, 9, 1), "year", "Report of 2026"),
    ],
)
def test_a_report_is_called_by_its_period(day: date, frequency: Any, written: str) -> None:
    assert title_of(Period.containing(day, frequency), "en") == written
