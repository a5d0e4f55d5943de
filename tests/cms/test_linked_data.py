"""What pages say of themselves to programs: it is read with a library of JSON-LD, without a network, and is what the page
shows to people.
"""

import datetime
import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from pyld import jsonld

from cms.models import NewsIndexPage, NewsPage
from plan_pages.choices import Audience
from plan_pages.pages.chapter import ChapterPage
from plan_pages.pages.plan import PlanPage
from tests.factories import group_page, home_page, plan_page, publish
from tests.plan_pages.readers import a_chapter, report
from tests.reports.editing.records import a_record

pytestmark = pytest.mark.django_db
EVIL = 'Takas </script><script>alert("1")</script><!-- & ]]>'
SCHEMA = "https://schema.org/"


@pytest.fixture
def plan() -> PlanPage:
    return plan_page(title="Miesto planas", heading_en="City plan", slug="planas", owner_name_lt="Miesto savivaldybė")


@pytest.fixture
def chapter(plan: PlanPage) -> ChapterPage:
    page = a_chapter(plan, "1")
    report(page, "2026-Q1", 40)
    return page


@pytest.fixture
def article(plan: PlanPage) -> NewsPage:
    home = home_page()
    home.plan_page = plan
    publish(home)
    index = NewsIndexPage(title="Naujienos", slug="naujienos")
    home.add_child(instance=index)
    page = NewsPage(title=EVIL, slug="takas", date=datetime.date(2026, 5, 2), intro=f"Nutiestas {EVIL}")
    index.add_child(instance=page)
    publish(index)
    return publish(page)


def no_network(url: str, options: Any) -> Any:
    raise AssertionError(f"it asks for {url}")


def opened(path: str) -> Any:
    answer = Client().get(path)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def things(page: Any) -> list[dict[str, Any]]:
    """Every thing of the page's head, as the library understands it."""
    blocks = page.head.find_all("script", type="application/ld+json")
    assert page.find_all("script", type="application/ld+json") == blocks
    return [
        thing for block in blocks for thing in jsonld.expand(json.loads(block.string), {"documentLoader": no_network})
    ]


def one(page: Any, kind: str) -> dict[str, Any]:
    (found,) = [each for each in things(page) if each["@type"] == [SCHEMA + kind]]
    return found


def value(thing: dict[str, Any], name: str) -> Any:
    (found,) = thing[SCHEMA + name]
    return found.get("@value", found)


@pytest.mark.parametrize(
    "path",
    [
        *("planas/", "planas/skyrius-1/", "planas/measures/", "planas/measures/1.1.1.1/", "planas/indicators/R1/"),
        *("planas/chapters/", "site-map/", "open-data/", "reports/", "naujienos/", "naujienos/takas/"),
    ],
)
@pytest.mark.parametrize("prefix", ["/", "/en/"])
def test_the_way_to_a_page_is_the_one_that_it_shows(
    chapter: ChapterPage, article: NewsPage, prefix: str, path: str
) -> None:
    page = opened(prefix + path)
    shown = [(link.text, f"http://testserver{link['href']}") for link in page.find(class_="crumbs").find_all("a")]
    steps = one(page, "BreadcrumbList")[f"{SCHEMA}itemListElement"]
    told = [(value(each, "name"), value(each, "item")) for each in steps]
    local = [(name, address.replace("http://localhost", "http://testserver")) for name, address in told]
    assert local == shown
    assert [value(each, "position") for each in steps] == list(range(1, len(steps) + 1))


def test_the_front_page_names_the_municipality(article: NewsPage) -> None:
    assert value(one(opened("/"), "GovernmentOrganization"), "name") == "Miesto savivaldybė"


def test_a_group_is_a_part_of_the_municipality(plan: PlanPage) -> None:
    group_page(plan, title="Judumo grupė", slug="grupe", email="grupe@example.org")
    group = one(opened("/planas/grupe/"), "GovernmentOrganization")
    assert (value(group, "name"), value(group, "email")) == ("Judumo grupė", "grupe@example.org")
    assert value(value(group, "parentOrganization"), "name") == "Miesto savivaldybė"


def test_a_plan_is_data_with_its_files(chapter: ChapterPage) -> None:
    page = opened("/en/planas/")
    data = one(page, "Dataset")
    assert (value(data, "name"), value(data, "temporalCoverage")) == ("City plan", "2022/2030")
    assert value(data, "license").startswith("https://creativecommons.org/")
    for file in data[f"{SCHEMA}distribution"]:
        answer = Client().get(value(file, "contentUrl").removeprefix("http://testserver"))
        answer.getvalue()
        assert (answer.status_code, answer["Content-Type"].partition(";")[0]) == (200, value(file, "encodingFormat"))


def test_an_indicator_is_data_of_its_plan(chapter: ChapterPage) -> None:
    data = one(opened("/en/planas/indicators/R1/"), "Dataset")
    assert (value(data, "name"), value(data, "temporalCoverage")) == ("Indicator R1", "2026/2026")
    assert value(value(data, "variableMeasured"), "unitText") == "units"
    assert value(value(data, "isPartOf"), "name") == "City plan"
    file = value(value(data, "distribution"), "contentUrl").removeprefix("http://testserver")
    assert Client().get(file)["Content-Type"].startswith("text/csv")


def test_a_measure_is_no_data_of_its_own(chapter: ChapterPage) -> None:
    for path in ("/planas/measures/1.1.1.1/", "/planas/skyrius-1/"):
        assert [each["@type"] for each in things(opened(path))] == [[f"{SCHEMA}BreadcrumbList"]]


def test_an_article_is_news_and_its_texts_end_no_block(article: NewsPage) -> None:
    page = opened("/naujienos/takas/")
    news = one(page, "NewsArticle")
    assert (value(news, "headline"), value(news, "datePublished")) == (EVIL, "2026-05-02")
    assert value(news, "description") == f"Nutiestas {EVIL}"
    assert [each for each in page.find_all("script") if "alert" in (each.string or "") and not each.get("type")] == []
    assert "<script>alert" not in Client().get("/naujienos/takas/").content.decode()


def test_public_reports_are_reports_and_internal_ones_are_not_told(chapter: ChapterPage) -> None:
    edition = a_record(chapter.chapter, audience=Audience.PUBLIC)
    a_record(chapter.chapter, period="2025-Q4")
    told = one(opened("/en/reports/"), "Report")
    assert "first quarter of 2026" in value(told, "name").replace("\u00a0", " ")
    assert str(edition.public_id) in value(value(told, "encoding"), "contentUrl")


def test_heads_lead_to_the_feed_of_changes_and_the_catalogue(article: NewsPage, chapter: ChapterPage) -> None:
    for path, prefix in (("/", ""), ("/en/planas/", "/en"), ("/open-data/", "")):
        links = {each["type"]: each["href"] for each in opened(path).head.find_all("link", rel="alternate", type=True)}
        assert links["application/atom+xml"] == f"{prefix}/open-data/planas.atom"
        assert links["text/turtle"] == f"{prefix}/open-data/catalogue.ttl"
        for type, address in links.items():
            assert Client().get(address, headers={"Accept": type})["Content-Type"].startswith(type)
