"""Groups give remarks: drafts, handing in, taking back; each only in their own name and while the round is open."""

from typing import Any

import pytest
from django.urls import reverse

from plan_pages.choices import Level, RemarkKind, RemarkState
from plan_pages.consultation.remarks import Remark
from plan_pages.consultation.rounds import NoRemarks, RemarkRound
from plan_pages.editing.preparation.stale import mark_of
from plan_pages.register import Measure
from tests.plan_pages.preparation.town import Town, day, said, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return Town()


def test_a_draft_is_kept_with_its_part_as_it_reads_now(town: Town) -> None:
    town.post("editor of A", "plan_pages_add_remark", town.round.pk, **town.written(wording="Iki 2027 m."))
    remark = Remark.objects.get()
    assert (remark.state, remark.kind, remark.number) == (RemarkState.DRAFT, RemarkKind.PROPOSAL, None)
    assert (remark.level, remark.measure, remark.chapter) == (Level.MEASURE, town.measure, town.chapter_a.chapter)
    assert (remark.part_code, remark.part_title["en"]) == ("1.1.0", "Title 1.1.0")
    assert (remark.group, remark.group_name["en"]) == (town.a, town.a.heading_en)
    assert remark.written_by == town.user("editor of A")


def test_the_part_stays_readable_after_the_plan_changes(town: Town) -> None:
    remark = town.a_remark()
    Measure.objects.filter(pk=town.measure.pk).update(title={"lt": "Visai kita"}, code="9.9")
    assert "Title 1.1.0" in words(town.get("coordinator", "plan_pages_remark", remark.pk))


def test_save_and_next_keeps_the_part_and_the_kind(town: Town) -> None:
    answer = town.post("editor of A", "plan_pages_add_remark", town.round.pk, **town.written("next"))
    assert answer.url.endswith(f"/remarks/add/?part=measure-{town.measure.pk}&kind=proposal")
    page = words(town.client("editor of A").get(answer.url))
    assert f'<option value="measure-{town.measure.pk}" selected>' in page
    assert Remark.objects.get().text == "Terminą pratęsti"


def test_the_list_of_parts_is_a_tree_of_the_plan(town: Town) -> None:
    page = town.get("editor of A", "plan_pages_add_remark", town.round.pk)
    labels = [(group, [option.label for option in options]) for group, options in page.context["parts"]]
    assert labels[0] == ("The plan", ["The whole plan"])
    assert labels[1][0] == "1 " + town.chapter_a.chapter.title["en"]
    assert [label.split(" Title")[0] for label in labels[1][1][1:]] == [
        "Goal 1",
        "Task 1.1",
        "Measure 1.1.0",
        "Indicator R1 Indicator R1",
        "Measure 1.1.1",
    ]


def test_a_round_on_a_chapter_takes_remarks_on_that_chapter_only(town: Town) -> None:
    town.round = town.a_round(chapter=town.chapter_b.chapter)
    page = town.get("editor of A", "plan_pages_add_remark", town.round.pk)
    assert len(page.context["parts"]) == 1
    page = town.post("editor of A", "plan_pages_add_remark", town.round.pk, **town.written())
    assert "Choose the part of the plan" in words(page)
    assert not Remark.objects.exists()


@pytest.mark.parametrize("part", ["", "measure-0", "measure-x", "goal-99999999999999999999", "plan-1", "user-1"])
def test_what_is_no_part_is_refused_at_its_place_and_the_text_stays(town: Town, part: str) -> None:
    page = town.post("editor of A", "plan_pages_add_remark", town.round.pk, **town.written(part=part))
    assert 'id="id_part_error"' in words(page) or part == ""
    assert page.context["form"].errors["part"]
    assert "Terminą pratęsti" in words(page)
    assert not Remark.objects.exists()


def test_a_part_that_left_the_plan_cannot_be_chosen(town: Town) -> None:
    Measure.objects.filter(pk=town.measure.pk).update(retired_at="2026-01-01T00:00Z")
    page = town.post("editor of A", "plan_pages_add_remark", town.round.pk, **town.written())
    assert page.context["form"].errors["part"]


def test_a_remark_without_a_text_is_refused(town: Town) -> None:
    page = town.post("editor of A", "plan_pages_add_remark", town.round.pk, **town.written(text="  "))
    assert page.context["form"].errors["text"]
    assert not Remark.objects.exists()


def test_drafts_are_handed_in_together_and_numbered_in_order(town: Town) -> None:
    drafts = [town.a_draft(), town.a_draft(), town.a_draft()]
    address = reverse("plan_pages_submit_remarks", args=[town.round.pk])
    answer = town.client("editor of A").post(address, {"remark": [drafts[0].pk, drafts[2].pk]})
    assert said(answer) == "2 remarks are handed in."
    states = list(Remark.objects.order_by("pk").values_list("number", "state"))
    assert states == [(1, "submitted"), (None, "draft"), (2, "submitted")]
    assert [str(remark) for remark in Remark.objects.filter(number=2)] == ["K-0002"]


def test_numbers_go_on_over_the_rounds_of_a_plan(town: Town) -> None:
    town.a_remark()
    town.round = town.a_round()
    draft = town.a_draft()
    town.post("editor of A", "plan_pages_submit_remarks", town.round.pk, remark=draft.pk)
    assert Remark.objects.get(pk=draft.pk).number == 2


def test_a_remark_is_written_and_handed_in_at_once(town: Town) -> None:
    town.post("editor of A", "plan_pages_add_remark", town.round.pk, **town.written("submit"))
    assert Remark.objects.get().state == RemarkState.SUBMITTED


def test_what_a_part_says_is_kept_as_of_the_day_of_handing_in(town: Town) -> None:
    draft = town.a_draft()
    Measure.objects.filter(pk=town.measure.pk).update(title={"lt": "Naujas pavadinimas"})
    town.post("editor of A", "plan_pages_submit_remarks", town.round.pk, remark=draft.pk)
    assert Remark.objects.get().part_title == {"lt": "Naujas pavadinimas"}


def test_a_draft_whose_part_left_the_plan_is_handed_in_all_the_same(town: Town) -> None:
    draft = town.a_draft()
    Measure.objects.filter(pk=town.measure.pk).update(retired_at="2026-01-01T00:00Z")
    town.post("editor of A", "plan_pages_submit_remarks", town.round.pk, remark=draft.pk)
    assert (Remark.objects.get().number, Remark.objects.get().part_code) == (1, "1.1.0")


def test_nothing_is_handed_in_where_one_of_them_is_anothers(town: Town) -> None:
    drafts = [town.a_draft(), town.a_draft(town.b)]
    address = reverse("plan_pages_submit_remarks", args=[town.round.pk])
    answer = town.client("editor of A").post(address, {"remark": [draft.pk for draft in drafts]})
    assert answer.status_code == 302  # the admin sends who may not do it to its home
    assert set(Remark.objects.values_list("state", flat=True)) == {"draft"}


def test_a_handed_in_remark_is_not_edited(town: Town) -> None:
    remark = town.a_remark()
    town.post("editor of A", "plan_pages_remark_form", remark.pk, **town.written(text="Kitaip", seen=mark_of(remark)))
    assert Remark.objects.get().text == "Terminas per trumpas"


def test_a_colleagues_change_of_a_draft_is_not_overwritten(town: Town) -> None:
    draft = town.a_draft()
    seen = mark_of(draft)
    town.post("editor of A", "plan_pages_remark_form", draft.pk, **town.written(text="Pirma", seen=seen))
    page = town.post("editor of A", "plan_pages_remark_form", draft.pk, **town.written(text="Antra", seen=seen))
    assert "Somebody else has changed this" in words(page)
    assert "Antra" in words(page)
    assert Remark.objects.get().text == "Pirma"


def test_a_remark_that_has_no_answer_may_be_taken_back_and_keeps_its_number(town: Town) -> None:
    remark = town.a_remark()
    town.post("editor of A", "plan_pages_remark", remark.pk, deed="withdraw")
    remark.refresh_from_db()
    assert (remark.state, remark.number) == (RemarkState.WITHDRAWN, 1)
    draft = town.a_draft()
    town.post("editor of A", "plan_pages_submit_remarks", town.round.pk, remark=draft.pk)
    assert Remark.objects.get(pk=draft.pk).number == 2


def test_an_answered_remark_is_not_taken_back(town: Town) -> None:
    remark = town.a_remark(answer="accepted")
    answer = town.post("editor of A", "plan_pages_remark", remark.pk, deed="withdraw")
    assert "not possible now" in said(answer)
    assert Remark.objects.get().state == RemarkState.ANSWERED


def test_a_draft_may_be_deleted_and_nothing_else(town: Town) -> None:
    draft, given = town.a_draft(), town.a_remark()
    for remark in (draft, given):
        town.post("editor of A", "plan_pages_remark_form", remark.pk, deed="discard")
    assert list(Remark.objects.all()) == [given]


def test_a_group_says_that_it_has_no_remarks(town: Town) -> None:
    town.post("editor of A", "plan_pages_no_remarks", town.round.pk, town.a.pk)
    assert NoRemarks.objects.get().group == town.a
    page = words(town.get("editor of A", "plan_pages_preparation"))
    assert "Your group has said that it has no remarks." in page


def test_a_remark_takes_back_that_there_are_none(town: Town) -> None:
    town.post("editor of A", "plan_pages_no_remarks", town.round.pk, town.a.pk)
    town.post("editor of A", "plan_pages_add_remark", town.round.pk, **town.written("submit"))
    assert not NoRemarks.objects.exists()


def test_a_group_that_gave_remarks_does_not_say_that_it_has_none(town: Town) -> None:
    town.a_remark()
    assert "already" in said(town.post("editor of A", "plan_pages_no_remarks", town.round.pk, town.a.pk))
    assert not NoRemarks.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"opens": day(1)},
        {"due": day(-1)},
        {"closed_at": "2026-01-01T00:00Z"},
        {"closed_at": "2026-01-01T00:00Z", "published_at": "2026-01-01T00:00Z"},
    ],
    ids=["not open yet", "over", "closed", "published"],
)
def test_a_round_takes_remarks_only_while_it_is_open(town: Town, fields: dict[str, Any]) -> None:
    draft = town.a_draft()
    RemarkRound.objects.update(**fields)
    page = town.post("editor of A", "plan_pages_add_remark", town.round.pk, **town.written())
    assert "takes no remarks now" in words(page)
    assert "takes no remarks now" in said(
        town.post("editor of A", "plan_pages_submit_remarks", town.round.pk, remark=draft.pk)
    )
    town.post("editor of A", "plan_pages_no_remarks", town.round.pk, town.a.pk)
    assert list(Remark.objects.values_list("state", flat=True)) == ["draft"]
    assert not NoRemarks.objects.exists()


# Who sees what


def test_drafts_are_seen_by_their_group_alone(town: Town) -> None:
    draft = town.a_draft(text="Slaptas juodraštis")
    assert "Slaptas juodraštis" in words(town.get("editor of A", "plan_pages_preparation"))
    for name in ("editor of B", "coordinator", "superuser"):
        assert "Slaptas juodraštis" not in words(town.get(name, "plan_pages_remarks"))
        assert town.get(name, "plan_pages_remark", draft.pk).status_code == 302
        assert "Slaptas" not in words(town.get(name, "plan_pages_remark_form", draft.pk))


def test_remarks_of_others_are_read_once_they_are_published(town: Town) -> None:
    remark = town.a_remark(text="Pastaba apie terminą", answer="accepted")
    assert "Pastaba apie terminą" not in words(town.get("editor of B", "plan_pages_remarks"))
    assert town.get("editor of B", "plan_pages_remark", remark.pk).status_code == 302
    town.publish()
    assert "Pastaba apie terminą" in words(town.get("editor of B", "plan_pages_remarks"))
    page = town.get("editor of B", "plan_pages_remark", remark.pk)
    assert 'name="deed"' not in words(page)
    assert "editor of A" not in words(page)


@pytest.mark.parametrize("name", ["editor of B", "coordinator", "reader", "approver"])
def test_nobody_writes_in_the_name_of_another_group(town: Town, name: str) -> None:
    draft, given = town.a_draft(), town.a_remark()
    town.post(name, "plan_pages_add_remark", town.round.pk, **town.written())
    town.post(name, "plan_pages_remark_form", draft.pk, **town.written(text="Svetimas", seen=mark_of(draft)))
    town.post(name, "plan_pages_remark_form", draft.pk, deed="discard")
    town.post(name, "plan_pages_remark", given.pk, deed="withdraw")
    town.post(name, "plan_pages_submit_remarks", town.round.pk, remark=draft.pk)
    town.post(name, "plan_pages_no_remarks", town.round.pk, town.a.pk)
    states = list(Remark.objects.order_by("pk").values_list("text", "state"))
    assert states == [("Terminas per trumpas", "draft"), ("Terminas per trumpas", "submitted")]
    assert not NoRemarks.objects.exists()
