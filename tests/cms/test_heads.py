"""What every public page of the demonstration site says of itself to browsers, search engines and shared links."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from django.db import transaction
from django.test import Client
from django.utils import translation

from cms.demonstration.site import load
from cms.demonstration.values import read

pytestmark = pytest.mark.django_db
HOST = "127.0.0.1:8000"
BESIDE = ("/site-map/", "/reports/", "/reader-settings/")
MANY = re.compile(r"/(?:measures|indicators)/.+/$")
EACH_OF_MANY = 25


@dataclass(frozen=True)
class Read:
    address: str
    language: str
    page: Any

    def meta(self, name: str) -> str:
        found = self.page.find("meta", attrs={"property": name}) or self.page.find("meta", attrs={"name": name})
        return str(found["content"]) if found else ""

    @property
    def title(self) -> str:
        return str(self.page.title.string).strip()

    @property
    def alternates(self) -> dict[str, str]:
        return {each["hreflang"]: each["href"] for each in self.page.head.find_all("link", hreflang=True)}


@pytest.fixture(scope="module")
def walked(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, Read]]:
    """Every address of both sitemaps (of measures and indicators some) and those beside them, by its full address."""
    with django_db_blocker.unblock(), transaction.atomic(), translation.override("lt"):
        load(read())
        yield dict(_walk(Client(HTTP_HOST=HOST)))
        transaction.set_rollback(True)


def _walk(client: Client) -> Iterator[tuple[str, Read]]:
    for language, prefix in (("lt", ""), ("en", "/en")):
        found = ElementTree.fromstring(client.get(f"{prefix}/sitemap.xml").content)
        addresses = [each.findtext("{*}loc") or "" for each in found]
        few = [each for each in addresses if not MANY.search(each)]
        many = [each for each in addresses if MANY.search(each)]
        for address in [*few, *many[::EACH_OF_MANY], *(f"http://{HOST}{prefix}{path}" for path in BESIDE)]:
            answer = client.get(address.removeprefix(f"http://{HOST}"))
            assert answer.status_code == 200, address
            yield address, Read(address, language, BeautifulSoup(answer.content, "html.parser"))


def test_every_page_is_walked(walked: dict[str, Read]) -> None:
    assert len(walked) > 100


def test_every_page_has_one_first_heading(walked: dict[str, Read]) -> None:
    assert [each.address for each in walked.values() if len(each.page.find_all("h1")) != 1] == []


def test_every_page_names_its_language(walked: dict[str, Read]) -> None:
    assert [each.address for each in walked.values() if each.page.html["lang"] != each.language] == []


def test_no_two_pages_of_a_language_have_one_title(walked: dict[str, Read]) -> None:
    counted = Counter((each.language, each.title) for each in walked.values())
    assert [pair for pair, count in counted.items() if count > 1] == []


def test_every_page_names_its_canonical_address(walked: dict[str, Read]) -> None:
    found = {address: each.page.head.find("link", rel="canonical")["href"] for address, each in walked.items()}
    assert {address: given for address, given in found.items() if address != given} == {}


def test_pages_in_several_languages_name_each_other(walked: dict[str, Read]) -> None:
    wrong = [
        (address, other)
        for address, each in walked.items()
        for code, other in each.alternates.items()
        if other in walked and walked[other].alternates.get(each.language) != address
    ]
    assert wrong == []
    silent = [each.address for each in walked.values() if not each.alternates and "reader-settings" not in each.address]
    assert silent == []


def test_every_page_describes_itself(walked: dict[str, Read]) -> None:
    wrong = [
        each.address
        for each in walked.values()
        if not each.meta("description") or each.meta("description") != each.meta("og:description")
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "name", ["og:title", "og:url", "og:image", "og:image:alt", "og:type", "og:site_name", "og:locale"]
)
def test_every_page_has_a_card_for_shared_links(walked: dict[str, Read], name: str) -> None:
    assert [each.address for each in walked.values() if not each.meta(name)] == []


def test_every_page_says_when_it_was_updated_and_where_to_report_a_mistake(walked: dict[str, Read]) -> None:
    def silent(each: Read) -> bool:
        end = each.page.find(class_="page-end")
        return end is None or "about=" not in str(end) or not re.search(r"20\d\d", end.text)

    beside = ("reader-settings", "/reports/")
    assert [a for a, each in walked.items() if silent(each) and not any(part in a for part in beside)] == []


def test_every_page_but_the_front_page_says_where_it_stands(walked: dict[str, Read]) -> None:
    without = {
        address.removeprefix(f"http://{HOST}")
        for address, each in walked.items()
        if not each.page.find(class_="crumbs")
    }
    assert without == {"/", "/en/"}
