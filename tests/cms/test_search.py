"""The search of the site: its own pages are found too, and its field stands on every page."""

import datetime

import pytest
from django.test import Client

from cms.models import ContentPage, NewsIndexPage, NewsPage
from tests.factories import home_page, publish
from tests.plan_pages.search.town import addresses, headings, look, titles

pytestmark = pytest.mark.django_db


@pytest.fixture
def news() -> NewsIndexPage:
    page = NewsIndexPage(title="Naujienos", heading_en="News", slug="naujienos")
    home_page().add_child(instance=page)
    return publish(page)


def article(news: NewsIndexPage, day: int, title: str, **fields: str) -> NewsPage:
    page = NewsPage(title=title, slug=f"n-{day}", date=datetime.date(2026, 5, day), **fields)
    news.add_child(instance=page)
    return publish(page)


def test_news_are_found_the_newest_first_with_their_day(news: NewsIndexPage) -> None:
    article(news, 1, "Atidarytas tiltas")
    article(news, 9, "Tilto šventė", heading_en="Feast of the bridge", body_lt="<p>Bus <b>fejerverkas</b></p>")
    page = look("tilto")
    assert titles(page) == ["Tilto šventė", "Atidarytas tiltas"]
    assert '<time datetime="2026-05-09">' in page
    assert headings(look("bridge", "en")) == ["News 1"]


def test_rich_text_is_found_by_its_words_and_not_by_its_markup(news: NewsIndexPage) -> None:
    article(news, 9, "Tilto šventė", body_lt='<p class="slapukas">Bus <b>fejerverkas</b></p>')
    assert titles(look("fejerverko")) == ["Tilto šventė"]
    assert titles(look("slapukas")) == []


def test_a_news_article_that_is_not_published_is_not_found(news: NewsIndexPage) -> None:
    article(news, 9, "Tilto šventė").unpublish()
    assert titles(look("tilto")) == []


def test_content_pages_are_found(news: NewsIndexPage) -> None:
    page = ContentPage(title="Privatumas", heading_en="Privacy", slug="privatumas", body_en="<p>No cookies</p>")
    home_page().add_child(instance=page)
    publish(page)
    assert addresses(look("cookie", "en")) == ["/en/privatumas/"]
    assert titles(look("privatumo")) == ["Privatumas"]


@pytest.mark.parametrize(("home", "address"), [("/", "/search/"), ("/en/", "/en/search/")])
def test_every_page_has_the_field_of_the_search(home: str, address: str) -> None:
    home_page()
    page = Client().get(home).content.decode()
    assert f'<form role="search" action="{address}"' in page
    assert '<label for="site-search">' in page


def test_the_page_of_the_search_has_one_field_with_what_was_asked_for(news: NewsIndexPage) -> None:
    page = look("„tilto“ šventė")
    assert page.count('role="search"') == 1
    assert 'value="„tilto“ šventė"' in page


def test_a_site_without_any_page_can_be_searched() -> None:
    assert titles(look("tiltas")) == []
