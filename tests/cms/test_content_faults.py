"""Pages that the content API refuses: in which words, at which place, and with nothing stored of them."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page, Revision

from plan_pages.blocks.validation import TOO_MANY_MEASURES
from plan_pages.pages.chapter import ChapterPage
from plan_pages.pages.group import GroupMember
from tests.cms.programs import Program, drafted, live, the_measure
from tests.factories import chapter_page, goal, measure, publish, task
from tests.roles import City

pytestmark = pytest.mark.django_db


IN_MEASURE = ["goals", 0, "value", "tasks", 0, "value", "measures", 0, "value"]
FAULTS: dict[str, tuple[Callable[[Any], Any], list[Any], str, str]] = {
    "an end before the start": (
        lambda body: the_measure(body["goals"]).update(start="2026-05-01", end="2026-04-01"),
        [*IN_MEASURE, "end"], "The end is before the start.", "Pabaiga ankstesnė už pradžią.",
    ),
    "a malformed code": (
        lambda body: the_measure(body["goals"]).update(code="1 1"), [*IN_MEASURE, "code"],
        "“1 1” is not a code: use letters and digits with dots or hyphens between them, for example 1.2.3.",
        "„1 1“ nėra kodas: rašykite raides ir skaitmenis, atskirtus taškais arba brūkšneliais, pavyzdžiui, 1.2.3.",
    ),
    "a code twice": (
        lambda body: the_measure(body["goals"]).update(code="1.1.1"),
        [*IN_MEASURE[:7], 1, "value", "code"], "The chapter has the code 1.1.1 twice.",
        "Skyriuje kodas 1.1.1 yra du kartus.",
    ),
    "a title that is missing": (
        lambda body: the_measure(body["goals"])["title"].update(lt=" "), [*IN_MEASURE, "title", "lt"],
        "This field is required.", "Šis laukas privalomas.",
    ),
    "an unknown choice": (
        lambda body: the_measure(body["goals"])["indicators"][0]["value"].update(kind="wish"),
        [*IN_MEASURE, "indicators", 0, "value", "kind"],
        "Select a valid choice. wish is not one of the available choices.",
        "Nurodykite tinkamą reikšmę. wish nėra galimas pasirinkimas.",
    ),
    "an address that is none": (
        lambda body: the_measure(body["goals"])["decisions"].append(
            {"type": "decision", "value": {"title": "T-1", "url": "čia"}}
        ),
        [*IN_MEASURE, "decisions", 0, "value", "url"], "Enter a valid URL.", "Įrašykite taisyklingą adresą.",
    ),
    "a negative weight of the chapter": (
        lambda body: body.update(weight="-1"), ["weight"], "Weights are not negative.", "Svoris negali būti neigiamas.",
    ),
    "a code that another chapter has": (
        lambda body: body.update(code="2"), ["code"], "Another chapter of the plan has this code.",
        "Tokį kodą jau turi kitas plano skyrius.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", FAULTS)
@pytest.mark.parametrize("language", ["en", "lt"])
def test_a_fault_is_told_at_its_place_in_the_language_asked_for(
    page: ChapterPage, approver: Program, case: str, language: str
) -> None:
    change, place, in_english, in_lithuanian = FAULTS[case]
    body = approver.draft(page)
    change(body)
    before = Revision.objects.count(), live(page).goals.get_prep_value()
    answer = approver.write(
        page, {name: body[name] for name in ("code", "weight", "goals")}, language, action="publish"
    )
    assert answer.status_code == 422, answer.content
    found = [(each["loc"], each["msg"]) for each in answer.json()["errors"]]
    assert found == [(place, in_english if language == "en" else in_lithuanian)]
    assert (Revision.objects.count(), live(page).goals.get_prep_value()) == before


def test_a_draft_that_lacks_something_is_kept_and_not_published(
    page: ChapterPage, editor: Program, approver: Program
) -> None:
    goals = editor.draft(page)["goals"]
    the_measure(goals)["title"]["lt"] = ""
    assert editor.write(page, {"goals": goals}).status_code == 200
    answer = approver.act(page, "publish")
    assert answer.status_code == 422
    assert [each["loc"] for each in answer.json()["errors"]] == [[*IN_MEASURE, "title", "lt"]]
    assert live(page).goals.get_prep_value() == page.goals.get_prep_value()


def test_a_fault_in_what_was_not_sent_is_told_too(city: City, page: ChapterPage, editor: Program) -> None:
    draft = chapter_page(city.plan, live=False, group=city.a, code="7")
    other = chapter_page(city.plan, code="8")
    other.code = "7"
    publish(other)
    answer = editor.write(draft, {"title": "Kitas"})
    assert answer.status_code == 422
    assert [each["loc"] for each in answer.json()["errors"]] == [["code"]]


def test_too_many_measures_are_refused(page: ChapterPage, editor: Program) -> None:
    goals = [goal("1", [task("1.1", [measure(f"1.1.{number}") for number in range(TOO_MANY_MEASURES + 1)])])]
    answer = editor.write(page, {"goals": goals})
    assert answer.status_code == 422
    (fault,) = answer.json()["errors"]
    assert fault["loc"] == ["goals"]
    assert f"Above {TOO_MANY_MEASURES}" in fault["msg"]


def test_a_code_of_another_chapter_is_refused_at_the_block(city: City, page: ChapterPage, editor: Program) -> None:
    chapter_page(city.plan, [goal("5", [task("5.1", [measure("5.1.1")])])], code="5")
    goals = editor.draft(page)["goals"]
    the_measure(goals)["code"] = "5.1.1"
    answer = editor.write(page, {"goals": goals})
    assert [each["loc"] for each in answer.json()["errors"]] == [[*IN_MEASURE, "code"]]


def test_a_block_that_stands_twice_is_refused(page: ChapterPage, editor: Program) -> None:
    goals = editor.draft(page)["goals"]
    measures = goals[0]["value"]["tasks"][0]["value"]["measures"]
    measures.append(deepcopy(measures[0]) | {"value": measures[0]["value"] | {"code": "1.1.9", "indicators": []}})
    answer = editor.write(page, {"goals": goals})
    assert [each["loc"] for each in answer.json()["errors"]] == [[*IN_MEASURE[:7], 2, "value", "code"]]


def test_what_a_colleague_has_saved_since_is_not_overwritten(city: City, page: ChapterPage, editor: Program) -> None:
    read = editor.draft(page)
    assert read["latest_revision"]["id"] == live(page).latest_revision_id
    Program(city, "approver").write(page, {"summary_lt": "Kolegės tekstas"})
    answer = editor.write(page, {**read, "summary_lt": "Mano tekstas"})
    assert answer.status_code == 409
    assert answer.json()["detail"] == "Somebody has saved this page since it was read. Read it again."
    assert drafted(page).summary_lt == "Kolegės tekstas"
    again = {**editor.draft(page), "summary_lt": "Mano tekstas"}
    assert editor.write(page, again).status_code == 200
    assert drafted(page).summary_lt == "Mano tekstas"


def test_readers_are_not_told_that_somebody_works_on_a_page(page: ChapterPage) -> None:
    assert Client().get(f"/api/v3/pages/{page.pk}/").json()["latest_revision"] is None


def test_a_locked_page_is_not_written(city: City, page: ChapterPage, editor: Program) -> None:
    Page.objects.filter(pk=page.pk).update(locked=True, locked_by=city.user("approver"))
    assert editor.write(page, {"title": "Kitas"}).status_code == 403
    assert drafted(page).title == page.title


def test_a_page_that_waits_for_approval_is_not_written_by_its_editor(
    city: City, page: ChapterPage, editor: Program, approver: Program
) -> None:
    page.save_revision()
    page.get_workflow().start(page, city.user("editor of A"))
    assert editor.write(page, {"title": "Kitas"}).status_code == 403
    assert approver.write(page, {"title": "Kitas"}).status_code == 200


def test_who_does_not_set_the_group_is_told_so_where_it_was_changed(
    city: City, page: ChapterPage, editor: Program
) -> None:
    answer = editor.write(page, {"title": "Kitas", "group": city.b.pk})
    assert answer.status_code == 422
    assert [(each["loc"], each["msg"]) for each in answer.json()["errors"]] == [(["group"], "You may not change this.")]
    assert drafted(page).title == page.title
    assert editor.write(page, {"title": "Kitas", "group": city.a.pk}).status_code == 200


@pytest.mark.parametrize("given", [0, -1, 2**70, 999_999, "x", {"pk": 1}, [1]])
def test_a_reference_to_nothing_is_refused(city: City, page: ChapterPage, given: Any) -> None:
    answer = Program(city, "superuser").write(page, {"group": given}, action="publish")
    assert answer.status_code == 422
    assert "group" in answer.json()["errors"][0]["loc"]
    assert live(page).group_id == city.a.pk


def test_a_fault_in_a_row_is_told_at_its_place_in_what_was_sent(city: City, editor: Program) -> None:
    city.a.members.add(GroupMember(kind="council", institution_lt="Taryba", sort_order=0))
    publish(city.a)
    (council,) = editor.draft(city.a)["members"]
    rows = [{"kind": "council", "institution_lt": "Nauja"}, {"kind": "king"}, council]
    answer = editor.write(city.a, {"members": rows})
    assert answer.status_code == 422
    assert [each["loc"] for each in answer.json()["errors"]] == [["members", 1, "kind"]]
