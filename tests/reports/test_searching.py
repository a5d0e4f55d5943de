"""Reports among the results of the search: what everyone may have, and the last word of it."""

from typing import Any

import pytest
from django.test import Client

from plan_pages.search.entries import SearchEntry
from plan_pages.search.writing import rebuild
from reports import delivery
from reports.models.editions import Edition
from reports.work import work_off
from tests.plan_pages.search.town import addresses, headings, look, titles
from tests.reports.city import an_edition
from tests.roles import City

pytestmark = pytest.mark.django_db
NAME = "Report of the first quarter of 2026 · Mayor's brief (PDF)"


def test_a_public_report_is_found_among_the_documents_and_opens_in_the_language() -> None:
    edition = an_edition(languages=["lt", "en"])
    page = look("report 2026", "en")
    assert headings(page)[0] == "Documents 1"
    assert titles(page) == [NAME]
    assert addresses(page) == [f"/report-files/{edition.public_id}/en.pdf"]
    assert Client().get(addresses(page)[0]).status_code == 200


def test_a_report_in_one_language_is_offered_in_it_and_marked() -> None:
    edition = an_edition(languages=["lt"])
    assert f'<a href="/report-files/{edition.public_id}/lt.pdf" lang="lt">' in look("2026 ", "en")


@pytest.mark.parametrize("fields", [{"audience": "internal"}, {"release_at_once": False}])
def test_what_is_internal_or_unreleased_is_not_found(fields: dict[str, Any]) -> None:
    an_edition(languages=["lt", "en"], **fields)
    rebuild()
    assert titles(look("report 2026", "en")) == []


def test_a_report_is_found_from_its_release() -> None:
    edition = an_edition(languages=["en"], release_at_once=False)
    delivery.release(edition, City().user("coordinator"))
    assert titles(look("report 2026", "en")) == [NAME]


def test_a_correction_takes_the_place_of_what_it_corrects() -> None:
    edition = an_edition(languages=["en"])
    delivery.correct(edition, "Klaida lentelėje", City().user("coordinator"))
    work_off()
    new = Edition.objects.get(number=2)
    assert addresses(look("report 2026", "en")) == [f"/report-files/{new.public_id}/en.pdf"]


def test_a_report_of_a_chapter_is_called_by_it() -> None:
    an_edition(languages=["en"], kind="chapter")
    assert titles(look("report", "en"))[0].startswith("Report of the first quarter of 2026 · 1. Chapter")


def test_written_anew_the_entries_of_reports_are_the_same() -> None:
    def rows() -> list[Any]:
        return list(
            SearchEntry.objects.filter(owner__startswith="report-").order_by("language").values_list("title", "address")
        )

    an_edition(languages=["lt", "en"])
    written = rows()
    assert len(written) == 2
    SearchEntry.objects.all().delete()
    rebuild()
    assert rows() == written
