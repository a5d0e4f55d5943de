"""An article with pictures and measures; the plan as a workbook; news and files on the overview."""

import datetime
import io
import re
from typing import Any

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import PageViewRestriction

from cms.models import NewsIndexPage, NewsPage, NewsPicture
from plan_pages.pages.chapter import ChapterPage
from plan_pages.pages.plan import PlanPage
from tests.factories import chapter_page, goal, home_page, measure, plan_page, publish, task

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::ResourceWarning")]


@pytest.fixture
def plan() -> PlanPage:
    return plan_page(title="Miesto planas", heading_en="City plan", slug="planas")


@pytest.fixture
def chapter(plan: PlanPage) -> ChapterPage:
    some = [measure("1.1.1.1", title={"lt": "Parkas", "en": "A park"})]
    return chapter_page(plan, [goal("1.1", [task("1.1.1", some)])], code="1", slug="zalias", heading_en="Green city")


@pytest.fixture
def article(settings: Any, tmp_path: Any) -> NewsPage:
    settings.MEDIA_ROOT = tmp_path
    index = NewsIndexPage(title="Naujienos", heading_en="News", slug="naujienos")
    home_page().add_child(instance=index)
    publish(index)
    page = NewsPage(title="Takas", heading_en="A path", slug="takas", date=datetime.date(2026, 5, 1))
    index.add_child(instance=page)
    return publish(page)


def get(path: str, status: int = 200) -> str:
    answer = Client().get(path)
    assert answer.status_code == status
    return answer.content.decode()


def test_pictures_of_an_article_come_in_several_widths_and_say_what_they_show(article: NewsPage) -> None:
    image = get_image_model().objects.create(title="x", file=get_test_image_file(size=(1600, 900)))
    article.gallery.add(
        NewsPicture(image=image, alt_lt="Takas prie upės", alt_en="A path by the river", caption_en="Opened in May")
    )
    publish(article)
    found = re.search(r'<ul class="gallery">.*?<img ([^>]*)>', get("/en/naujienos/takas/"), re.S)
    assert found
    attributes = found[1]
    for each in ('alt="A path by the river"', " 400w", " 800w", " 1200w", "width=", "height=", 'loading="lazy"'):
        assert each in attributes
    assert 'alt="Takas prie upės"' in get("/naujienos/takas/")
    assert "Opened in May" in get("/en/naujienos/takas/")


def test_the_picture_of_an_article_is_on_its_card(article: NewsPage) -> None:
    article.image = get_image_model().objects.create(title="x", file=get_test_image_file(size=(1600, 900)))
    publish(article)
    assert re.search(r'og:image" content="http://testserver/media/[^"]+1200x630', get("/en/naujienos/takas/"))


def test_an_article_leads_to_the_measures_that_it_is_about(article: NewsPage, chapter: ChapterPage) -> None:
    article.measures = " 1.1.1.1 ,"
    article.full_clean()
    publish(article)
    page = get("/en/naujienos/takas/")
    assert re.search(r'<a href="/en/planas/measures/1.1.1.1/">1.1.1.1 A park</a>', page)


def test_an_article_does_not_name_measures_of_a_chapter_that_is_not_public(
    article: NewsPage, chapter: ChapterPage
) -> None:
    article.measures = "1.1.1.1"
    publish(article)
    PageViewRestriction.objects.create(page=chapter, restriction_type=PageViewRestriction.LOGIN)
    assert "A park" not in get("/en/naujienos/takas/")


def test_a_code_that_no_measure_has_is_refused_by_name(article: NewsPage, chapter: ChapterPage) -> None:
    article.measures = "1.1.1.1, 9.9"
    with pytest.raises(ValidationError, match=r"9\.9") as error:
        article.full_clean()
    assert list(error.value.message_dict) == ["measures"]


def test_the_overview_shows_news_and_files(article: NewsPage, chapter: ChapterPage) -> None:
    page = get("/en/planas/")
    assert 'More<span class="unseen">: A path</span>' in page
    assert 'href="/en/open-data/planas.xlsx"' in page
    assert 'href="/en/planas/measures/?format=csv"' in page


def test_everyone_downloads_the_plan_as_a_workbook(chapter: ChapterPage) -> None:
    answer = Client().get("/open-data/planas.xlsx")
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == 'attachment; filename="planas.xlsx"'
    book = openpyxl.load_workbook(io.BytesIO(answer.getvalue()))
    assert "1.1.1.1" in {str(cell.value) for row in book["measures"] for cell in row}


def test_the_address_that_the_workbook_had_before_leads_to_it() -> None:
    answer = Client().get("/plan-files/planas.xlsx")
    assert (answer.status_code, answer["Location"]) == (301, "/open-data/planas.xlsx")


def test_the_workbook_of_the_public_has_nothing_of_a_restricted_chapter(chapter: ChapterPage) -> None:
    PageViewRestriction.objects.create(page=chapter, restriction_type=PageViewRestriction.LOGIN)
    book = openpyxl.load_workbook(io.BytesIO(Client().get("/open-data/planas.xlsx").getvalue()))
    assert "1.1.1.1" not in {str(cell.value) for row in book["measures"] for cell in row}


def test_a_plan_that_is_not_there_or_not_public_has_no_workbook(plan: PlanPage) -> None:
    get("/open-data/nera.xlsx", 404)
    plan.unpublish()
    get("/open-data/planas.xlsx", 404)
