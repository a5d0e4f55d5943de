"""Entries of the search follow the pages: written with them, and the same when they are all written anew."""

import datetime
import io
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction, Page

from plan_pages.choices import MemberKind
from plan_pages.pages.chapter import ChapterPage
from plan_pages.pages.group import GroupDocument, GroupMeeting, GroupMember, GroupPage
from plan_pages.pages.plan import PlanPage
from plan_pages.search import writing
from plan_pages.search.entries import SearchEntry
from plan_pages.search.writing import rebuild
from tests.factories import chapter_page, goal, group_page, indicator, measure, publish, task
from tests.plan_pages.search.town import a_chapter, a_plan, addresses, get, look, paths, titles

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> PlanPage:
    return a_plan(vision_lt="Žalias miestas", body_lt="<p>Apie <b>planą</b></p>")


@pytest.fixture
def group(plan: PlanPage) -> GroupPage:
    group = group_page(plan, title="Judumo grupė", heading_en="Mobility group", slug="judumo-grupe")
    group.members.add(
        GroupMember(
            kind=MemberKind.CIVIL_SERVANT.value, person="Ona Onaitytė", institution="Skyrius", institution_lt="Skyrius"
        )
    )
    group.meetings.add(
        GroupMeeting(date=datetime.date(2026, 3, 1), agenda_lt="Viadukas\nTunelis", agenda="Viadukas\nTunelis")
    )
    file = get_document_model().objects.create(
        title="Įsakymas", file=ContentFile(b"text", name="isakymas.txt"), collection=Collection.get_first_root_node()
    )
    group.documents.add(GroupDocument(title="Reglamentas", title_lt="Reglamentas", number="A-12", document=file))
    return publish(group)


def rows() -> list[tuple[Any, ...]]:
    found = SearchEntry.objects.values_list(*(field.attname for field in SearchEntry._meta.concrete_fields[1:]))
    return sorted(found, key=str)


def test_written_anew_the_entries_are_the_same_as_those_that_followed_the_pages(
    plan: PlanPage, group: GroupPage
) -> None:
    chapter = a_chapter(plan, paths(), measure("1.1.1.2"))
    chapter.goals.raw_data[0]["value"]["tasks"][0]["value"]["measures"][1]["value"]["title"]["lt"] = "Tiltas"
    publish(chapter)
    chapter_page(plan, code="2").unpublish()
    written = rows()
    assert len(written) >= 20
    SearchEntry.objects.all().delete()
    rebuild()
    assert rows() == written


def test_writing_anew_removes_what_is_left_over_and_mends_what_is_wrong(plan: PlanPage) -> None:
    a_chapter(plan, paths())
    written = rows()
    SearchEntry.objects.filter(kind="measure").update(title="Kita", stems=" kit ")
    SearchEntry.objects.create(owner="page-0", language="lt", kind="page", title="Niekieno")
    call_command("rebuild_search", stdout=io.StringIO(), stderr=io.StringIO())
    assert rows() == written


def test_the_command_says_how_many_entries_there_are(plan: PlanPage) -> None:
    out = io.StringIO()
    call_command("rebuild_search", stdout=out, stderr=io.StringIO())
    assert out.getvalue() == f"{SearchEntry.objects.count()} entries can be found.\n"


def test_writing_anew_twice_writes_nothing(plan: PlanPage) -> None:
    a_chapter(plan, paths())
    before = set(SearchEntry.objects.values_list("pk", flat=True))
    rebuild()
    assert set(SearchEntry.objects.values_list("pk", flat=True)) == before


def test_a_page_whose_entries_cannot_be_written_is_not_saved(plan: PlanPage, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(writing.SearchEntry.objects, "bulk_create", fails)
    page = PlanPage.objects.get(pk=plan.pk)
    page.title = "Kitas pavadinimas"
    with pytest.raises(RuntimeError), transaction.atomic():
        page.save()
    assert Page.objects.get(pk=plan.pk).title == "Miesto planas"


def test_a_title_that_changes_is_found_by_the_new_one_only(plan: PlanPage) -> None:
    chapter = a_chapter(plan, paths())
    chapter.title = "Susisiekimas"
    publish(chapter)
    assert titles(look("susisiekimo")) == ["1 Susisiekimas"]
    assert titles(look("judumas")) == []


def test_an_address_that_changes_is_the_address_of_what_is_found(plan: PlanPage) -> None:
    chapter = a_chapter(plan, paths())
    chapter.slug = "susisiekimas"
    publish(chapter)
    assert addresses(look("judumas")) == ["/planas/susisiekimas/"]
    plan = PlanPage.objects.get(pk=plan.pk)
    plan.slug = "naujas"
    publish(plan)
    assert addresses(look("plėtra")) == ["/naujas/measures/1.1.1.1/"]


def test_a_goal_leads_to_its_place_on_the_chapters_page(plan: PlanPage) -> None:
    some = [task("1.1.1", [measure("1.1.1.1")], title={"lt": "Keltas", "en": "Ferry"})]
    bridge = indicator("T1", name={"lt": "Laivų skaičius", "en": "Ships"})
    chapter = chapter_page(
        plan, [goal("1.1", some, title={"lt": "Uostas", "en": "Port"}, indicators=[bridge])], code="1", slug="uostas"
    )
    row = chapter.chapter.goals.get()
    assert addresses(look("uostas")) == [f"/planas/uostas/#goal-{row.public_id}"]
    assert addresses(look("keltas")) == [f"/planas/uostas/#task-{chapter.chapter.tasks.get().public_id}"]
    assert addresses(look("laivai")) == [f"/planas/uostas/#goal-{row.public_id}"]
    assert f'id="goal-{row.public_id}"' in get("/planas/uostas/")


def test_an_indicator_of_a_measure_leads_to_its_place_on_the_measures_page(plan: PlanPage, client: Any) -> None:
    chapter = a_chapter(plan, paths())
    address = addresses(look("nutiesta"))[0]
    page, _hash, place = address.partition("#")
    assert place == f"indicator-{chapter.chapter.indicators.get().public_id}"
    assert f'id="{place}"' in client.get(page).content.decode()


def test_a_plan_and_a_group_are_found_by_what_they_say(plan: PlanPage, group: GroupPage) -> None:
    assert addresses(look("žaliojo miesto vizija")) == []
    assert addresses(look("žalias miestas")) == ["/planas/"]
    assert addresses(look("onaitytės")) == ["/planas/judumo-grupe/"]
    assert addresses(look("viaduko")) == ["/planas/judumo-grupe/"]


def test_a_document_of_a_group_is_found(group: GroupPage) -> None:
    page = look("reglamento A-12")
    assert titles(page) == ["Reglamentas"]
    assert addresses(page)[0] == group.documents.get().document.url


def test_a_document_that_not_everyone_may_open_is_not_found(group: GroupPage) -> None:
    CollectionViewRestriction.objects.create(collection=Collection.get_first_root_node(), restriction_type="login")
    assert titles(look("reglamentas")) == []


def test_a_document_that_is_deleted_is_not_found(group: GroupPage) -> None:
    document = group.documents.get().document
    group.documents.clear()
    publish(group)
    document.delete()
    assert titles(look("reglamentas")) == []


def test_saving_a_chapter_anew_asks_for_its_entries_in_a_constant_number_of_queries(plan: PlanPage) -> None:
    def asked(chapter: ChapterPage) -> int:
        with CaptureQueriesContext(connection) as queries:
            chapter.save()
        return sum("searchentry" in each["sql"] for each in queries)

    small = a_chapter(plan, measure("1.1.1.1"))
    large = chapter_page(plan, [goal("2.1", [task("2.1.1", [measure(f"2.1.1.{n}") for n in range(40)])])], code="2")
    assert asked(small) == asked(large) <= 2


def test_saving_a_chapter_as_it_is_takes_no_more_queries_for_more_measures(plan: PlanPage) -> None:
    def asked(chapter: ChapterPage) -> int:
        with CaptureQueriesContext(connection) as queries:
            chapter.save()
        return len(queries)

    small = a_chapter(plan, measure("1.1.1.1"))
    large = chapter_page(plan, [goal("2.1", [task("2.1.1", [measure(f"2.1.1.{n}") for n in range(40)])])], code="2")
    assert asked(small) == asked(large)
