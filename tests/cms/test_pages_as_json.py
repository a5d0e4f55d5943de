"""A page's own address gives its content as JSON to whoever asks for that, and to nobody who may not read the page."""

import json
from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction, Site

from cms.models import ContentPage, NewsIndexPage, NewsPage
from plan_pages.pages.chapter import ChapterPage
from plan_pages.pages.group import GroupDocument, GroupMeeting, GroupMember
from plan_pages.pages.plan import PlanPage
from tests.cms.readers import ask
from tests.factories import chapter_page, goal, group_page, home_page, plan_page, publish

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}
EXPANSIONS = ("breadcrumbs", "navigation", "children", "translations")
MOST_QUERIES = 12


@pytest.fixture
def plan() -> PlanPage:
    return plan_page(slug="planas", title="Planas", heading_en="The plan")


@pytest.fixture
def chapter(plan: PlanPage) -> ChapterPage:
    group = group_page(plan, slug="grupe", title="Grupė", code="1")
    return chapter_page(plan, [goal("1")], slug="skyrius", title="Skyrius", heading_en="Chapter", group=group)


def read(path: str, **headers: str) -> Any:
    return Client().get(path, headers=JSON | headers)


def test_a_page_is_told_with_its_identity_and_its_content(chapter: ChapterPage) -> None:
    told = read("/planas/skyrius/").json()
    head = {name: told[name] for name in ("@id", "@type", "id", "title", "language")}
    assert head == {
        "@id": "http://localhost/planas/skyrius/",
        "@type": "plan_pages.ChapterPage",
        "id": chapter.pk,
        "title": "Skyrius",
        "language": "lt",
    }
    in_api = Client().get(f"/api/v3/pages/{chapter.pk}/").json()
    content = in_api.keys() - {"id", "meta", "title", "latest_revision"}
    assert {"goals", "summary_lt", "code", "group"} <= content
    assert {name: told[name] for name in content} == {name: in_api[name] for name in content}


def test_its_links_can_be_followed(chapter: ChapterPage) -> None:
    told = read("/planas/skyrius/").json()
    assert read(told["@id"]).json() == told
    assert read(told["links"]["up"]).json()["title"] == "Planas"
    assert Client().get(told["links"]["api"]).json()["title"] == "Skyrius"
    assert Client().get(told["group"]["meta"]["detail_url"]).json()["title"] == "Grupė"
    assert read(told["components"]["breadcrumbs"]["@id"]).json()["components"]["breadcrumbs"]["items"]
    assert read("/").json()["links"]["up"] is None


def test_the_language_is_that_of_the_address(chapter: ChapterPage) -> None:
    answer = read("/en/planas/skyrius/", **{"Accept-Language": "lt"})
    assert (answer.json()["title"], answer.json()["language"]) == ("Chapter", "en")
    assert answer.json()["@id"] == "http://localhost/en/planas/skyrius/"
    assert answer.headers["Content-Language"] == "en"


def test_a_page_that_is_not_in_a_language_is_told_in_the_first_one(plan: PlanPage) -> None:
    chapter_page(plan, slug="skyrius", title="Skyrius", heading_en="")
    told = read("/en/planas/skyrius/").json()
    assert (told["title"], told["language"]) == ("Skyrius", "lt")


BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"


@pytest.mark.parametrize(("accept", "kind"), [
    ("application/json", "application/json"),
    ("application/json, text/plain, */*", "application/json"),
    ("application/json;q=0.9, text/html;q=0.8", "application/json"),
    ("application/json;q=0.8, text/html", "text/html"),
    ("application/json;q=0, */*", "text/html"),
    ("text/html, application/json", "text/html"),
    ("*/*", "text/html"),
    (BROWSER, "text/html"),
    ("image/png", "text/html"),
    ("", "text/html"),
])  # fmt: skip
def test_what_a_reader_would_rather_have_is_given(chapter: ChapterPage, accept: str, kind: str) -> None:
    answer = Client().get("/planas/skyrius/", headers={"Accept": accept})
    assert answer.headers["Content-Type"].partition(";")[0] == kind
    assert "Accept" in [each.strip() for each in answer.headers["Vary"].split(",")]


def expanded(path: str, *names: str) -> dict[str, list[Any]]:
    components = read(f"{path}?expand={','.join(names)}").json()["components"]
    assert set(components) == set(EXPANSIONS)
    return {name: component["items"] for name, component in components.items() if "items" in component}


def test_what_stands_around_a_page_is_told_when_asked_for(chapter: ChapterPage) -> None:
    found = expanded("/en/planas/skyrius/", *EXPANSIONS)
    assert [each["title"] for each in found["breadcrumbs"]] == ["Strategic plan", "The plan"]
    assert [each["title"] for each in found["navigation"]] == ["Strategic plan", "The plan"]
    assert found["children"] == []
    assert [(each["language"], each["title"], each["@id"]) for each in found["translations"]] == [
        ("lt", "Skyrius", "http://localhost/planas/skyrius/"),
        ("en", "Chapter", "http://localhost/en/planas/skyrius/"),
    ]
    assert {frozenset(each) for each in found["breadcrumbs"]} == {
        frozenset(["@id", "@type", "id", "title", "language"])
    }


def test_only_what_is_asked_for_is_told(chapter: ChapterPage) -> None:
    assert expanded("/planas/skyrius/") == {}
    assert set(expanded("/planas/skyrius/", "children")) == {"children"}


def test_children_are_those_that_everyone_may_see(chapter: ChapterPage, plan: PlanPage) -> None:
    chapter_page(plan, live=False, title="Juodraštis")
    closed = chapter_page(plan, title="Uždaras")
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    assert [each["title"] for each in expanded("/planas/", "children")["children"]] == ["Grupė", "Skyrius"]


@pytest.mark.parametrize("asked", ["children,parents", "Children", "children breadcrumbs"])
def test_what_is_not_known_is_refused_with_what_is(chapter: ChapterPage, asked: str) -> None:
    answer = read(f"/planas/?expand={asked}")
    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"
    (fault,) = answer.json()["errors"]
    assert fault["loc"] == ["query", "expand"]
    assert all(name in fault["msg"] for name in EXPANSIONS)


@pytest.mark.parametrize("kind", ["login", "groups", "password"])
@pytest.mark.parametrize("above", [False, True])
def test_a_restricted_page_is_refused_alike(chapter: ChapterPage, plan: PlanPage, kind: str, above: bool) -> None:
    PageViewRestriction.objects.create(page=plan if above else chapter, restriction_type=kind, password="slapta")
    answers = [Client().get("/planas/skyrius/", headers={"Accept": accept}) for accept in ("text/html", JSON["Accept"])]
    of_page, of_json = [
        (each.status_code, each.headers.get("Location"), each.headers["Content-Type"]) for each in answers
    ]
    assert of_page == of_json
    assert all(b"Pavadinimas 1" not in each.content and b"goals" not in each.content for each in answers)


def test_who_may_see_a_restricted_page_gets_its_json(chapter: ChapterPage) -> None:
    PageViewRestriction.objects.create(page=chapter, restriction_type="login")
    client = Client()
    client.force_login(get_user_model().objects.create_user("skaitytoja"))
    answer = client.get("/planas/skyrius/", headers=JSON)
    assert answer.json()["title"] == "Skyrius"
    assert "private" in answer.headers["Cache-Control"]


def test_what_is_not_published_is_not_there(chapter: ChapterPage, plan: PlanPage) -> None:
    chapter_page(plan, live=False, slug="juodrastis")
    assert read("/planas/juodrastis/").status_code == 404
    publish(chapter).unpublish()
    assert read("/planas/skyrius/").status_code == 404


@pytest.mark.parametrize("slug", ["skyrius", "grupe"])
def test_parts_of_a_plan_that_is_not_published_are_not_there(chapter: ChapterPage, plan: PlanPage, slug: str) -> None:
    plan.unpublish()
    assert Client().get(f"/planas/{slug}/").status_code == 404
    assert read(f"/planas/{slug}/").status_code == 404


def test_a_draft_of_a_published_page_is_not_told(chapter: ChapterPage) -> None:
    chapter.title = "Slaptas"
    chapter.save_revision()
    assert "Slapt" not in read("/planas/skyrius/").content.decode()


def test_files_that_are_closed_to_the_reader_are_not_named(plan: PlanPage) -> None:
    group = group_page(plan, slug="grupe")
    closed = Collection.get_first_root_node().add_child(name="Uždara")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    files = get_document_model().objects
    secret = files.create(title="Slaptas", file=ContentFile(b"a", name="s.txt"), collection=closed)
    known = files.create(title="Atviras", file=ContentFile(b"a", name="a.txt"))
    for number, each in enumerate((secret, known)):
        group.documents.add(GroupDocument(title_lt=f"Dokumentas: {each.title}", document=each, sort_order=number))
        group.meetings.add(GroupMeeting(date=date(2026, 1, 1 + number), document=each, sort_order=number))
    group.members.add(GroupMember(kind="council", institution_lt="Taryba"))
    publish(group)
    for path in ("/planas/grupe/", f"/api/v3/pages/{group.pk}/"):
        told = read(path).json()
        assert [each["title_lt"] for each in told["documents"]] == ["Dokumentas: Atviras"]
        assert [each["document"] and each["document"]["id"] for each in told["meetings"]] == [None, known.pk]
        assert [each["institution_lt"] for each in told["members"]] == ["Taryba"]


def test_chapters_that_are_not_for_everyone_are_not_named_by_news(chapter: ChapterPage, plan: PlanPage) -> None:
    draft = chapter_page(plan, live=False)
    index = NewsIndexPage(title="Naujienos", slug="naujienos")
    home_page().add_child(instance=index)
    article = NewsPage(title="Naujiena", slug="naujiena", date=date(2026, 1, 1))
    index.add_child(instance=article)
    article.chapters = [chapter, draft]
    publish(index)
    publish(article)
    assert [each["id"] for each in read("/naujienos/naujiena/").json()["chapters"]] == [chapter.pk]


def test_a_plan_leads_to_its_figures(plan: PlanPage) -> None:
    assert Client().get(read("/planas/").json()["links"]["plan"]).json()["title"] == "Planas"


def test_forms_are_sent_as_before(chapter: ChapterPage) -> None:
    answer = Client().post("/planas/skyrius/", headers=JSON)
    assert answer.headers["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("path", ["/", "/planas/", "/planas/skyrius/", "/planas/grupe/", "/en/planas/skyrius/"])
def test_a_page_says_in_its_head_that_there_is_json(chapter: ChapterPage, path: str) -> None:
    head = BeautifulSoup(Client().get(path).content, "html.parser").head
    assert head is not None
    link = head.find("link", rel="alternate", type="application/json")
    assert link is not None
    assert link["href"] == path
    assert read(str(link["href"])).json()["@id"].endswith(path)


def test_a_part_of_a_page_does_not_say_so(plan: PlanPage) -> None:
    page = BeautifulSoup(Client().get("/planas/measures/").content, "html.parser")
    assert page.find("link", type="application/json") is None


@pytest.mark.parametrize("query", ["", f"?expand={','.join(EXPANSIONS)}"])
@pytest.mark.parametrize("path", ["/", "/planas/", "/planas/skyrius/", "/planas/grupe/", "/naujienos/", "/apie/"])
def test_no_page_asks_more_than_twelve_questions(plan: PlanPage, path: str, query: str) -> None:
    for number in range(12):
        chapter_page(plan, slug="skyrius" if number == 0 else f"s-{number}")
    group = group_page(plan, slug="grupe")
    for number in range(9):
        group.members.add(GroupMember(kind="council", institution=f"Taryba {number}"))
    publish(group)
    for page in (NewsIndexPage(title="Naujienos", slug="naujienos"), ContentPage(title="Apie", slug="apie")):
        home_page().add_child(instance=page)
        publish(page)
    read(path + query)
    cache.clear()
    Site.get_site_root_paths()
    with CaptureQueriesContext(connection) as queries:
        assert read(path + query).status_code == 200
    assert len(queries) + 1 <= MOST_QUERIES, "\n".join(each["sql"][:120] for each in queries)


@pytest.mark.django_db(transaction=True)
def test_json_is_kept_beside_the_page_and_never_instead_of_it(chapter: ChapterPage) -> None:
    cache.clear()
    path = "/planas/skyrius/"
    first, many = ask(path, accept="application/json")
    again, one = ask(path, accept="application/json")
    page, _questions = ask(path, accept="text/html")
    assert (json.loads(again.content), many > 1, one) == (json.loads(first.content), True, 1)
    assert page.content.startswith(b"<!DOCTYPE html>")
    assert page.headers["ETag"] != first.headers["ETag"]
    Page.objects.filter(pk=chapter.pk).update(title="Kitas", live=False)
    assert ask(path, accept="application/json")[0].status_code == 404
