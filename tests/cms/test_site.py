"""The site around the plan: front page, news, content pages, menu, languages, and what it answers when it fails."""

import datetime
import re

import pytest
from django.test import Client, RequestFactory
from wagtail.models import PageViewRestriction

from cms.models import ContentPage, HomePage, NewsIndexPage, NewsPage
from cms.views import server_error
from plan_pages.pages.plan import PlanPage
from tests.factories import chapter_page, goal, group_page, home_page, measure, plan_page, publish, task

pytestmark = pytest.mark.django_db
SUGGESTIONS = '<script type="module" src="/static/plan_pages/search.js"></script>'


@pytest.fixture
def home() -> HomePage:
    return home_page()


@pytest.fixture
def plan(home: HomePage) -> PlanPage:
    plan = plan_page(title="Miesto planas", heading_en="City plan", slug="planas")
    home.refresh_from_db()  # It has a child now.
    home.plan_page = plan
    publish(home)
    return plan


@pytest.fixture
def index(home: HomePage) -> NewsIndexPage:
    page = NewsIndexPage(title="Naujienos", heading_en="News", slug="naujienos")
    home.add_child(instance=page)
    return publish(page)


def article(index: NewsIndexPage, title: str, day: int = 1, **fields: object) -> NewsPage:
    page = NewsPage(
        **{"title": title, "heading_en": title, "slug": f"n-{day}", "date": datetime.date(2026, 5, day), **fields}
    )
    index.add_child(instance=page)
    return publish(page)


def content(home: HomePage, title: str, slug: str, **fields: object) -> ContentPage:
    page = ContentPage(**{"title": title, "slug": slug, **fields})
    home.add_child(instance=page)
    return publish(page)


def get(path: str, status: int = 200) -> str:
    answer = Client().get(path)
    assert answer.status_code == status
    return answer.content.decode()


def test_the_front_page_answers_how_the_plan_is_doing(plan: PlanPage) -> None:
    chapter_page(plan, [goal("1.1", [task("1.1.1", [measure("1.1.1.1")])])], code="1", heading_en="Green city")
    page = get("/en/")
    assert "Of 1 measure, 1\u00a0without data." in page
    assert "1. Green city" in page


def test_the_front_page_stands_without_a_plan(home: HomePage) -> None:
    assert "<h1>" in get("/en/")


def test_the_front_page_hides_a_plan_that_is_restricted(plan: PlanPage) -> None:
    PageViewRestriction.objects.create(page=plan, restriction_type=PageViewRestriction.LOGIN)
    page = get("/en/")
    assert "City plan" not in page
    assert "The plan" not in page


def test_the_front_page_shows_the_latest_news(index: NewsIndexPage) -> None:
    for day in range(1, 6):
        article(index, f"Article {day}", day)
    assert re.findall(r"<h3>(Article \d)</h3>", get("/en/")) == ["Article 5", "Article 4", "Article 3"]


def test_news_are_listed_page_by_page(index: NewsIndexPage) -> None:
    for day in range(1, 13):
        article(index, f"Article {day}", day)
    assert "Article 12<" in get("/en/naujienos/")
    assert "Article 2<" not in get("/en/naujienos/")
    assert "Article 2<" in get("/en/naujienos/?page=2")


def test_a_link_to_more_names_its_article(index: NewsIndexPage) -> None:
    article(index, "Parks")
    assert re.search(r'>More<span class="unseen">: Parks</span></a>', get("/en/naujienos/"))


def test_an_article_shows_its_text_and_other_news(index: NewsIndexPage) -> None:
    article(index, "Parks", 1, body_lt="<p>Parkai</p>", body_en="<p>All about parks</p>")
    article(index, "Schools", 2)
    page = get("/en/naujienos/n-1/")
    assert "All about parks" in page
    assert "Other news" in page
    assert "Schools" in page


def test_drafts_and_restricted_articles_are_not_listed(index: NewsIndexPage) -> None:
    article(index, "Draft one", 1).unpublish()
    hidden = article(index, "Hidden one", 2)
    article(index, "Open one", 3)
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    for path in ("/en/", "/en/naujienos/", "/en/naujienos/n-3/"):
        page = get(path)
        assert "Draft one" not in page
        assert "Hidden one" not in page


def test_demonstration_news_say_so(index: NewsIndexPage) -> None:
    article(index, "Made up", is_demonstration=True)
    assert "Demonstration data." in get("/en/naujienos/n-1/")


def test_a_content_page_is_linked_in_the_footer_and_shown(home: HomePage) -> None:
    content(
        home, "Kontaktai", "kontaktai", heading_en="Contact", body_en="<p>Write to us</p>", body_lt="<p>Rašykite</p>"
    )
    assert 'href="/en/kontaktai/"' in get("/en/")
    assert "Write to us" in get("/en/kontaktai/")


def test_restricted_pages_are_not_in_the_menu(index: NewsIndexPage, home: HomePage) -> None:
    hidden = content(home, "Slaptas", "slaptas")
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    PageViewRestriction.objects.create(page=index, restriction_type=PageViewRestriction.LOGIN)
    page = get("/")
    assert "Slaptas" not in page
    assert "Naujienos" not in page


def test_the_language_switch_stays_on_the_page(plan: PlanPage) -> None:
    chapter_page(plan, [goal("1.1", [task("1.1.1", [measure("1.1.1.1")])])], code="1")
    assert 'href="/en/planas/measures/1.1.1.1/" hreflang="en"' in get("/planas/measures/1.1.1.1/")
    assert 'href="/planas/measures/1.1.1.1/" hreflang="lt"' in get("/en/planas/measures/1.1.1.1/")


def test_the_language_switch_keeps_the_page_of_a_list(index: NewsIndexPage) -> None:
    for day in range(1, 13):
        article(index, f"Article {day}", day)
    assert 'href="/en/naujienos/?page=2"' in get("/naujienos/?page=2")


def test_search_engines_are_told_of_languages_that_the_page_has(home: HomePage) -> None:
    content(home, "Kontaktai", "kontaktai", heading_en="Contact")
    assert 'rel="alternate" hreflang="en"' in get("/kontaktai/")


def test_search_engines_are_not_told_of_a_language_that_the_page_lacks(home: HomePage) -> None:
    content(home, "Kontaktai", "kontaktai")
    assert "hreflang" not in get("/kontaktai/").split("<body")[0]


def test_prose_that_is_missing_in_english_is_marked_as_lithuanian(home: HomePage) -> None:
    content(home, "Kontaktai", "kontaktai", heading_en="Contact", body_lt="<p>Rašykite</p>")
    assert '<div class="prose" lang="lt"><p>Rašykite</p></div>' in get("/en/kontaktai/")


def test_a_page_that_is_not_there_is_answered_in_the_language_of_its_address(home: HomePage) -> None:
    assert '<html lang="en"' in get("/en/nera/", 404)
    assert "Page not found" in get("/en/nera/", 404)
    assert '<html lang="lt"' in get("/nera/", 404)


@pytest.mark.parametrize(("path", "language"), [("/en/planas/", "en"), ("/planas/", "lt")])
def test_an_error_is_answered_in_the_language_of_the_address_without_the_database(
    path: str, language: str, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        answer = server_error(RequestFactory().get(path))
    assert answer.status_code == 500
    assert f'<html lang="{language}">' in answer.content.decode()


def test_no_page_asks_another_site_or_carries_scripts_but_for_the_suggestions_of_the_search(
    plan: PlanPage, index: NewsIndexPage
) -> None:
    for path in ("/", "/planas/", "/naujienos/"):
        page = get(path)
        scripts = re.findall("<script.*?</script>", page, re.S)
        # Data for programs is no script: nothing of it is run.
        assert [each for each in scripts if 'type="application/ld+json"' not in each] == [SUGGESTIONS]
        assert " style=" not in page
        assert re.findall(r'(?:src|href)="(?:https?:)?//(?!localhost|testserver)', page) == []


def test_the_site_map_has_every_page_under_its_own(plan: PlanPage, index: NewsIndexPage, home: HomePage) -> None:
    chapter_page(plan, [], code="1", slug="zalias", title="Žalias miestas", heading_en="Green city")
    article(index, "Naujiena")
    content(home, "Kontaktai", "kontaktai")
    page = get("/en/site-map/")
    assert re.search(r'href="/en/planas/">City plan</a>\s*<ul><li><a href="/en/planas/zalias/">1. Green city', page)
    assert "/en/kontaktai/" in page
    assert "Naujiena" not in page


def test_a_group_has_no_number_in_the_site_map(plan: PlanPage) -> None:
    group_page(plan, code="0", title="Koordinacinė grupė", heading_en="Coordinating group")
    assert ">Coordinating group</a>" in get("/en/site-map/")


def test_every_page_says_at_its_end_whose_plan_it_is(plan: PlanPage, home: HomePage) -> None:
    plan.owner_name_lt = "Miesto savivaldybė"
    plan.owner_name_en = "City municipality"
    publish(plan)
    content(home, "Kontaktai", "kontaktai")
    for path in ("/en/", "/en/planas/", "/en/kontaktai/", "/en/search/", "/en/reports/"):
        assert "<p>City municipality</p>" in get(path).split("<footer")[1], path


def test_the_site_map_leads_to_nothing_that_is_not_public(plan: PlanPage) -> None:
    PageViewRestriction.objects.create(page=plan, restriction_type=PageViewRestriction.LOGIN)
    assert "City plan" not in get("/en/site-map/").split("<main")[1]
