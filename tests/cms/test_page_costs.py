"""What a public page costs: questions to the database, bytes, whatever the size of the plan."""

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Site

from cms.models import ContentPage, NewsIndexPage, NewsPage
from plan_pages import content_version
from plan_pages.choices import Audience, ReturnState, RoundAudience
from plan_pages.consultation.rounds import RemarkRound
from plan_pages.exchange.store import store
from plan_pages.monitoring import ChapterReturn
from plan_pages.open_data.tables import BY_KEY
from plan_pages.pages.plan import PlanAmendment
from plan_pages.register import Indicator, Measure
from reports.models.editions import Edition
from tests.factories import group_page, home_page, publish
from tests.plans import large_plan
from tests.reports.editing.records import a_record

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12
MOST_BYTES = 60_000
SIZES = (20, 2000)


@pytest.fixture(scope="module", params=SIZES)
def city(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, str]]:
    """Addresses of every kind of public page, of a plan of that size."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield _city(request.param)
        transaction.set_rollback(True)


def _city(measures: int) -> dict[str, str]:
    home = home_page()
    plan = store(large_plan(measures, chapters=max(1, measures // 100)), "planas", home).page
    home.refresh_from_db()
    home.plan_page = plan
    publish(home)
    plan.refresh_from_db()
    plan.amendments.add(PlanAmendment(title="Papildyta", number="T-1"))
    publish(plan)
    above = group_page(plan, kind="coordinating", slug="koordinavimas")
    group = group_page(plan, answers_to=above, slug="grupe")
    chapter = plan.plan.chapters.order_by("page__path").first()
    chapter.page.group = group
    publish(chapter.page)
    index = NewsIndexPage(title="Naujienos", slug="naujienos")
    home.refresh_from_db()
    home.add_child(instance=index)
    publish(index)
    for day in range(1, 29):
        article = NewsPage(title=f"Naujiena {day}", slug=f"n-{day}", date=datetime.date(2026, 5, day), intro="Trumpai")
        article.chapters = [chapter.page]
        index.add_child(instance=article)
        publish(article)
    for slug in ("apie", "prieinamumas"):
        content = ContentPage(title=slug, slug=slug)
        home.refresh_from_db()
        home.add_child(instance=content)
        publish(content)
    measure = Measure.objects.filter(chapter=chapter).order_by("position", "pk").first()
    indicator = Indicator.objects.filter(chapter=chapter).order_by("position", "pk").first()
    _rounds(plan.plan)
    edition: Edition = a_record(chapter, audience=Audience.PUBLIC)
    assert ChapterReturn.objects.filter(state=ReturnState.APPROVED).exists()
    return {
        "home": "/",
        "plan": "/planas/",
        "chapter": str(chapter.page.get_url()),
        "group": "/planas/grupe/",
        "coordinating group": "/planas/koordinavimas/",
        "measure": f"/planas/measures/{measure.code}/",
        "measure by its identity": f"/planas/id/{measure.public_id}/",
        "measures": "/planas/measures/",
        "measures asked for": "/planas/measures/?status=delayed&page=2",
        "measures as a file": "/planas/measures/?format=csv",
        "chapters": "/planas/chapters/",
        "groups": "/planas/groups/",
        "indicators": "/planas/indicators/",
        "indicator": f"/planas/indicators/{indicator.code}/",
        "indicator by its identity": f"/planas/id/{indicator.public_id}/",
        "indicator as a file": f"/planas/indicators/{indicator.code}/?format=csv",
        "open data": "/open-data/",
        "plan as a workbook": "/open-data/planas.xlsx",
        "plan as JSON": "/open-data/planas.json",
        "calendar": "/open-data/planas.ics",
        "feed of changes": "/open-data/planas.atom",
        "catalogue": "/open-data/catalogue.ttl",
        "catalogue in any format": "/open-data/catalogue",
        "shape of the plan as JSON": "/open-data/plan.schema.json",
        **{f"table of {key}": f"/open-data/planas/{key}.csv" for key in BY_KEY},
        "part of a table": "/open-data/planas/progress.json?status=delayed",
        "table as a workbook": "/open-data/planas/measures.xlsx",
        "search": "/search/?q=planas",
        "suggestions": "/search/suggest/?q=pla",
        "progress rules": "/planas/progress-rules/",
        "rounds of remarks": "/planas/remarks/",
        "remarks": "/planas/remarks/1/",
        "consultation": "/planas/remarks/2/",
        "form of a remark": "/planas/remarks/2/new/",
        "news": "/naujienos/",
        "news of a chapter": f"/naujienos/?chapter={chapter.code}",
        "article": "/naujienos/n-3/",
        "feed": "/naujienos/feed/",
        "content": "/apie/",
        "site map": "/site-map/",
        "sitemap": "/sitemap.xml",
        "reports": "/reports/",
        "file of a report": f"/report-files/{edition.public_id}/data.json",
        "settings of the reader": "/reader-settings/",
        "robots": "/robots.txt",
        "nothing": "/nieko/nera/",
        "no measure": "/planas/measures/9.9.9.9/",
    }


def _rounds(plan: Any) -> None:
    """One of the groups, ended and published; one of the public, open."""
    now, today = timezone.now(), timezone.localdate()
    RemarkRound.objects.create(
        plan=plan, number=1, title={"lt": "Pastabos"}, opens=datetime.date(2026, 1, 1), due=datetime.date(2026, 2, 1),
        created_at=now, closed_at=now, published_at=now,
    )  # fmt: skip
    RemarkRound.objects.create(
        plan=plan, number=2, title={"lt": "Ką manote?"}, opens=today, due=today + datetime.timedelta(days=9),
        answer_by=today + datetime.timedelta(days=30), audience=RoundAudience.PUBLIC, created_at=now, announced_at=now,
    )  # fmt: skip


KINDS = (
    "home", "plan", "chapter", "group", "coordinating group", "measure", "measure by its identity", "measures",
    "measures asked for", "measures as a file", "chapters", "groups", "indicators", "indicator",
    "indicator by its identity", "indicator as a file", "open data", "plan as a workbook", "plan as JSON", "calendar",
    "feed of changes", "catalogue", "catalogue in any format", "shape of the plan as JSON",
    *(f"table of {key}" for key in BY_KEY), "part of a table", "table as a workbook", "search", "suggestions",
    "consultation", "form of a remark", "progress rules", "rounds of remarks", "remarks", "news",
    "news of a chapter", "article", "feed", "content", "site map", "sitemap", "reports", "file of a report",
    "settings of the reader", "robots", "nothing", "no measure",
)  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_no_page_asks_more_than_twelve_questions(city: dict[str, str], kind: str, prefix: str) -> None:
    """With nothing of ours kept; the one about the content version, which is not asked within a transaction, is added."""
    path = city[kind]
    path = path if path.startswith(("/report-files/", "/robots")) else prefix + path
    Client().get(path)  # what is looked up once in the life of a process: templates, types of content
    cache.clear()
    Site.get_site_root_paths()  # Wagtail's own, kept for an hour
    with CaptureQueriesContext(connection) as queries:
        answer = Client().get(path)
        answer.getvalue()  # what is streamed asks while it is sent
    assert answer.status_code in ((404,) if kind.startswith("no") else (200, 302, 303))
    told = "\n".join(each["sql"][:150] for each in queries)
    assert len(queries) + 1 <= MOST_QUERIES, f"{path}:\n{told}"


def test_the_version_is_one_question() -> None:
    with CaptureQueriesContext(connection) as queries:
        content_version.current()
    assert len(queries) == 1


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_chapter_of_a_hundred_measures_is_light(city: dict[str, str], prefix: str) -> None:
    answer = Client().get(prefix + city["chapter"])
    assert answer.content.decode().count("<tr>") > 20
    assert len(answer.content) < MOST_BYTES


def test_every_kind_of_page_is_measured(city: dict[str, str]) -> None:
    assert set(city) == set(KINDS)
