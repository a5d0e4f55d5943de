"""What readers' programs and search engines are given: the feed of news, the sitemap of each language, robots.txt."""

import datetime
from xml.etree import ElementTree

import pytest
from django.test import Client

from cms.models import HomePage, NewsIndexPage, NewsPage
from plan_pages.pages.chapter import ChapterPage
from plan_pages.pages.plan import PlanPage
from tests.factories import chapter_page, goal, home_page, measure, plan_page, publish, task

pytestmark = pytest.mark.django_db
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


@pytest.fixture
def home() -> HomePage:
    return home_page()


@pytest.fixture
def plan(home: HomePage) -> PlanPage:
    return plan_page(title="Miesto planas", heading_en="City plan", slug="planas")


@pytest.fixture
def chapter(plan: PlanPage) -> ChapterPage:
    some = [
        measure("1.1.1.1", title={"lt": "Parkas", "en": "A park"}),
        measure("1.1.1.2", title={"lt": "Takas", "en": ""}),
    ]
    return chapter_page(plan, [goal("1.1", [task("1.1.1", some)])], code="1", slug="zalias", heading_en="Green city")


@pytest.fixture
def index(home: HomePage) -> NewsIndexPage:
    page = NewsIndexPage(title="Naujienos", heading_en="News", slug="naujienos")
    home.add_child(instance=page)
    return publish(page)


def article(index: NewsIndexPage, title: str, day: int, *chapters: ChapterPage, **fields: object) -> NewsPage:
    page = NewsPage(title=title, slug=f"n-{day}", date=datetime.date(2026, 5, day), **fields)
    index.add_child(instance=page)
    page.chapters.set(chapters)
    return publish(page)


def xml(address: str) -> ElementTree.Element:
    answer = Client().get(address)
    assert answer.status_code == 200
    return ElementTree.fromstring(answer.content)


def titles(address: str) -> list[str | None]:
    return [item.findtext("title") for item in xml(address).iter("item")]


def addresses(address: str) -> list[str]:
    return [(each.findtext(f"{MAP}loc") or "").removeprefix("http://localhost") for each in xml(address)]


def test_the_feed_has_the_newest_news_first(index: NewsIndexPage) -> None:
    article(index, "Senesnė", 1)
    article(index, "Naujesnė", 2)
    assert titles("/naujienos/feed/") == ["Naujesnė", "Senesnė"]


def test_the_feed_speaks_the_language_of_its_address(index: NewsIndexPage) -> None:
    article(index, "Takas", 1, heading_en="A path", intro_lt="Nutiestas", intro_en="Laid")
    feed = xml("/en/naujienos/feed/")
    assert feed.findtext("channel/language") == "en"
    assert feed.findtext("channel/item/title") == "A path"
    assert feed.findtext("channel/item/description") == "Laid"
    assert (feed.findtext("channel/item/link") or "").endswith("/en/naujienos/n-1/")


def test_the_feed_of_a_chapter_has_its_news_only(index: NewsIndexPage, chapter: ChapterPage) -> None:
    article(index, "Apie skyrių", 1, chapter)
    article(index, "Apie kitką", 2)
    assert titles("/naujienos/feed/?chapter=1") == ["Apie skyrių"]


def test_the_list_of_news_can_be_read_by_chapter(index: NewsIndexPage, chapter: ChapterPage) -> None:
    article(index, "Apie skyrių", 1, chapter)
    article(index, "Apie kitką", 2)
    page = Client().get("/naujienos/?chapter=1").content.decode()
    assert "Apie skyrių" in page
    assert "Apie kitką" not in page


def test_a_draft_is_in_no_feed(index: NewsIndexPage) -> None:
    page = article(index, "Juodraštis", 1)
    page.unpublish()
    assert titles("/naujienos/feed/") == []


def test_the_list_of_news_names_its_feed(index: NewsIndexPage) -> None:
    assert (
        'type="application/rss+xml" title="News" href="/en/naujienos/feed/"'
        in Client().get("/en/naujienos/").content.decode()
    )


def test_the_sitemap_has_every_page_and_every_measure(chapter: ChapterPage) -> None:
    found = addresses("/sitemap.xml")
    for each in ("/", "/planas/", "/planas/zalias/", "/planas/measures/", "/planas/measures/1.1.1.1/"):
        assert each in found
    assert len(found) == len(set(found))


def test_a_sitemap_offers_only_what_its_language_has(chapter: ChapterPage) -> None:
    found = addresses("/en/sitemap.xml")
    assert "/en/planas/measures/1.1.1.1/" in found
    assert "/en/planas/measures/1.1.1.2/" not in found


def test_the_sitemap_names_the_same_page_in_other_languages(chapter: ChapterPage) -> None:
    entry = next(each for each in xml("/sitemap.xml") if (each.findtext(f"{MAP}loc") or "").endswith("/planas/zalias/"))
    found = {each.get("hreflang"): each.get("href", "").removeprefix("http://localhost") for each in entry.iter(LINK)}
    assert found == {"lt": "/planas/zalias/", "en": "/en/planas/zalias/"}


def test_a_chapter_that_is_not_public_is_in_no_sitemap(chapter: ChapterPage) -> None:
    chapter.unpublish()
    assert not any("zalias" in each or "1.1.1.1" in each for each in addresses("/sitemap.xml"))


def test_every_address_of_the_sitemap_answers(chapter: ChapterPage, index: NewsIndexPage) -> None:
    article(index, "Naujiena", 1)
    for each in addresses("/sitemap.xml") + addresses("/en/sitemap.xml"):
        assert Client().get(each).status_code == 200


def test_robots_are_led_to_the_sitemaps(home: HomePage) -> None:
    text = Client().get("/robots.txt").content.decode()
    assert "Sitemap: http://testserver/sitemap.xml\n" in text
    assert "Sitemap: http://testserver/en/sitemap.xml\n" in text
    assert "Disallow: /admin/\n" in text
