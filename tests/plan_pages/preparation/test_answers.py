"""The coordinating group answers remarks one by one, publishes the table, opens a round again."""

import pytest
from wagtail.models import ModelLogEntry

from plan_pages.choices import RemarkAnswer, RemarkState, RoundState
from plan_pages.consultation.remarks import Remark
from plan_pages.consultation.rounds import RemarkRound
from plan_pages.editing.preparation.stale import mark_of
from tests.plan_pages.preparation.town import Town, day, said, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return Town()


def answer(town: Town, remark: Remark, name: str = "coordinator", deed: str = "answer", **data: str) -> object:
    remark.refresh_from_db()
    values = {"answer": "accepted", "reason": "", "seen": mark_of(remark), "deed": deed, **data}
    return town.post(name, "plan_pages_remark", remark.pk, **values)


def test_a_coordinator_answers(town: Town) -> None:
    remark = town.a_remark()
    answer(town, remark, answer="partly", reason="Terminas pratęstas metais")
    remark.refresh_from_db()
    assert (remark.state, remark.answer, remark.reason) == ("answered", "partly", "Terminas pratęstas metais")
    assert remark.answered_by == town.user("coordinator")


@pytest.mark.parametrize("given", [RemarkAnswer.PARTLY, RemarkAnswer.NOT_ACCEPTED])
def test_what_is_not_accepted_in_full_needs_a_reason(town: Town, given: RemarkAnswer) -> None:
    remark = town.a_remark()
    page = answer(town, remark, answer=given.value, reason=" ")
    assert 'id="id_reason_error"' in words(page)
    remark.refresh_from_db()
    assert remark.state == RemarkState.SUBMITTED


def test_what_is_accepted_needs_none(town: Town) -> None:
    remark = town.a_remark()
    answer(town, remark)
    assert Remark.objects.get().answer == RemarkAnswer.ACCEPTED


def test_save_and_next_goes_to_the_next_that_waits(town: Town) -> None:
    first, _answered, third = town.a_remark(), town.a_remark(answer="accepted"), town.a_remark()
    assert answer(town, first, deed="answer_next").url.endswith(f"/remarks/{third.pk}/")  # type: ignore[attr-defined]


def test_after_the_last_it_goes_back_to_what_was_skipped(town: Town) -> None:
    first, second = town.a_remark(), town.a_remark()
    assert answer(town, second, deed="answer_next").url.endswith(f"/remarks/{first.pk}/")  # type: ignore[attr-defined]
    assert "All remarks of the round are answered." in said(answer(town, first, deed="answer_next"))


def test_an_answer_may_be_bettered_until_it_is_published(town: Town) -> None:
    remark = town.a_remark(answer="accepted")
    answer(town, remark, answer="not_accepted", reason="Nėra lėšų")
    assert Remark.objects.get().answer == RemarkAnswer.NOT_ACCEPTED
    town.publish()
    assert "open the round again" in words(answer(town, remark))
    assert Remark.objects.get().answer == RemarkAnswer.NOT_ACCEPTED


def test_another_coordinators_answer_is_not_overwritten(town: Town) -> None:
    remark = town.a_remark()
    seen = mark_of(remark)
    answer(town, remark)
    page = answer(town, remark, answer="not_accepted", reason="Mano tekstas", seen=seen)
    assert "Somebody else has changed this" in words(page)
    assert "Mano tekstas" in words(page)
    assert Remark.objects.get().answer == RemarkAnswer.ACCEPTED


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_what_was_not_given_is_not_answered(town: Town, state: str) -> None:
    remark = town.a_draft() if state == "draft" else town.a_remark(state="withdrawn", withdrawn_at="2026-01-01T00:00Z")
    answer(town, remark)
    assert Remark.objects.get().state == state


@pytest.mark.parametrize("name", ["editor of A", "editor of B", "reader", "approver"])
def test_only_coordinators_answer(town: Town, name: str) -> None:
    remark = town.a_remark()
    answer(town, remark, name)
    assert Remark.objects.get().state == RemarkState.SUBMITTED


# Rounds


def rounds_form(town: Town, **data: object) -> dict[str, object]:
    values = {"plan": town.plan.plan.pk, "chapter": "", "opens": day(), "due": day(20), "title_lt": "Naujas derinimas"}
    return {**values, **data}


def test_a_coordinator_makes_a_round(town: Town) -> None:
    town.post("coordinator", "plan_pages_add_round", **rounds_form(town, asked_lt="Ar terminai tinka?"))
    made = RemarkRound.objects.get(number=2)
    assert (made.title, made.asked) == ({"lt": "Naujas derinimas"}, {"lt": "Ar terminai tinka?"})
    assert made.state_on(day()) is RoundState.OPEN


def test_days_of_a_round_stand_in_order(town: Town) -> None:
    page = town.post("coordinator", "plan_pages_add_round", **rounds_form(town, due=day(-1)))
    assert "The last day is before the first one." in words(page)
    assert RemarkRound.objects.count() == 1


def test_the_chapter_of_a_round_is_of_its_plan(town: Town) -> None:
    from tests.factories import chapter_page, plan_page

    other = chapter_page(plan_page())
    page = town.post("coordinator", "plan_pages_add_round", **rounds_form(town, chapter=other.chapter.pk))
    assert "The chapter belongs to another plan." in words(page)


@pytest.mark.parametrize(
    ("opens", "due", "closed", "published", "state"),
    [
        (1, 5, False, False, RoundState.PLANNED),
        (0, 5, False, False, RoundState.OPEN),
        (-5, 0, False, False, RoundState.OPEN),
        (-5, -1, False, False, RoundState.CLOSED),
        (-5, 5, True, False, RoundState.CLOSED),
        (-5, 5, True, True, RoundState.PUBLISHED),
    ],
)
def test_where_a_round_stands(
    town: Town, opens: int, due: int, closed: bool, published: bool, state: RoundState
) -> None:
    now = "2026-01-01T00:00Z"
    made = town.a_round(
        opens=day(opens), due=day(due), closed_at=now if closed else None, published_at=now if published else None
    )
    assert made.state_on(day()) is state


def test_a_round_is_closed_before_its_last_day(town: Town) -> None:
    town.post("coordinator", "plan_pages_round", town.round.pk, deed="close")
    assert RemarkRound.objects.get().state_on(day()) is RoundState.CLOSED


def test_an_open_round_is_not_published(town: Town) -> None:
    page = town.post("coordinator", "plan_pages_round", town.round.pk, deed="publish")
    assert "close it first" in words(page)


def test_a_round_with_unanswered_remarks_is_not_published(town: Town) -> None:
    town.a_remark()
    town.post("coordinator", "plan_pages_round", town.round.pk, deed="close")
    page = town.post("coordinator", "plan_pages_round", town.round.pk, deed="publish")
    assert "1 remark has no answer yet." in words(page)
    assert RemarkRound.objects.get().published_at is None


def test_a_closed_round_whose_remarks_are_answered_is_published(town: Town) -> None:
    town.a_remark(answer="accepted")
    town.post("coordinator", "plan_pages_round", town.round.pk, deed="close")
    town.post("coordinator", "plan_pages_round", town.round.pk, deed="publish")
    assert RemarkRound.objects.get().state_on(day()) is RoundState.PUBLISHED


def test_reopening_takes_a_reason_that_stays_in_the_history(town: Town) -> None:
    town.publish()
    page = town.post("coordinator", "plan_pages_round", town.round.pk, deed="reopen", reason=" ")
    assert "Say why the round is opened again" in words(page)
    town.post("coordinator", "plan_pages_round", town.round.pk, deed="reopen", reason="Klaida atsakyme")
    assert RemarkRound.objects.get().state_on(day()) is RoundState.CLOSED
    assert ModelLogEntry.objects.get(action="plan_pages.round.reopen").data["reason"] == "Klaida atsakyme"


def test_a_closed_round_opens_again_with_a_new_last_day(town: Town) -> None:
    RemarkRound.objects.update(due=day(-1))
    page = town.post("coordinator", "plan_pages_round", town.round.pk, deed="reopen", reason="Prašo grupės")
    assert "Give the new last day" in words(page)
    page = town.post(
        "coordinator", "plan_pages_round", town.round.pk, deed="reopen", reason="Prašo grupės", due=day(-1)
    )
    assert "has passed" in words(page)
    town.post("coordinator", "plan_pages_round", town.round.pk, deed="reopen", reason="Prašo grupės", due=day(3))
    assert RemarkRound.objects.get().state_on(day()) is RoundState.OPEN


def test_a_closed_round_is_not_opened_by_moving_its_days(town: Town) -> None:
    RemarkRound.objects.update(due=day(-1))
    town.post("coordinator", "plan_pages_round_form", town.round.pk, **rounds_form(town, title_lt="Kitaip"))
    made = RemarkRound.objects.get()
    assert (made.title, made.due) == ({"lt": "Kitaip"}, day(-1))


def test_a_published_round_is_not_changed(town: Town) -> None:
    town.publish()
    page = town.post("coordinator", "plan_pages_round_form", town.round.pk, **rounds_form(town))
    assert "The round is published. To change it, open it again." in words(page)


@pytest.mark.parametrize("name", ["editor of A", "reader", "approver"])
@pytest.mark.parametrize("deed", ["close", "publish", "reopen"])
def test_only_coordinators_keep_rounds(town: Town, name: str, deed: str) -> None:
    before = RemarkRound.objects.values().get()
    town.post(name, "plan_pages_round", town.round.pk, deed=deed, reason="Noriu")
    town.post(name, "plan_pages_round_form", town.round.pk, **rounds_form(town))
    town.post(name, "plan_pages_add_round", **rounds_form(town))
    assert RemarkRound.objects.values().get() == before


# Overview and register


def test_groups_that_are_late_stand_first(town: Town) -> None:
    town.a_request(town.a, town.b, due=-1)
    town.a_remark()
    town.a.request_answers.update(state="nothing", answered_at="2026-01-01T00:00Z")
    lines = town.get("coordinator", "plan_pages_preparation_groups").context["plans"][0]["table"].lines
    assert [(line.group.code, line.late) for line in lines] == [("2", 1), ("1", 0)]
    assert [cell.words for _asked, cell in lines[0].cells] == ["nothing yet", "Waiting for an answer"]
    assert [cell.words for _asked, cell in lines[1].cells] == ["1 remark", "Nothing to say"]


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", [1, 2, 3]),
        ("state=submitted", [1, 3]),
        ("answer=partly", [2]),
        ("kind=proposal", [3]),
        ("q=K-0002", [2]),
        ("q=3", [3]),
        ("q=darž", [3]),
        ("q=1.1.0", [1, 2, 3]),
        ("group={b}", [2]),
        ("chapter={chapter}", [1, 2, 3]),
        ("chapter={other}", []),
        ("round={round}", [1, 2, 3]),
        ("round=x&group=999999999999999999999", []),
        ("state=no-such", []),
    ],
)
def test_remarks_are_found_by_filters(town: Town, query: str, numbers: list[int]) -> None:
    town.a_remark()
    town.a_remark(town.b, answer="partly", reason="Dalis")
    town.a_remark(kind="proposal", text="Daugiau darželių")
    keys = {
        "b": town.b.pk,
        "chapter": town.chapter_a.chapter.pk,
        "other": town.chapter_b.chapter.pk,
        "round": town.round.pk,
    }
    page = town.get("coordinator", "plan_pages_remarks", query=f"?{query.format(**keys)}")
    assert [remark.number for remark in page.context["page"]] == numbers
