"""Which measures a reader asks for, and in which order."""

from datetime import date

import pytest

from plan_pages.choices import MeasureOrder, State, Status
from plan_pages.domain.progress import PlanProgress, of_plan
from plan_pages.domain.selection import Selection, facets, select
from tests.plan_pages.builders import a_chapter, a_goal, a_measure, a_plan, a_task, an_entry

TODAY = date(2026, 5, 1)


@pytest.fixture
def progress() -> PlanProgress:
    first = a_task(
        code="1.1.1",
        measures=(
            a_measure(
                code="1.1.1.2", end="2026-12-31", responsible="Švietimo skyrius", entries=(an_entry(percent=60),)
            ),
            a_measure(
                code="1.1.1.10",
                end="2027-06-30",
                original_end="2026-06-30",
                responsible="aplinkos skyrius",
                entries=(an_entry(status=Status.DELAYED, percent=20, reason="Konkursas"),),
            ),
        ),
    )
    second = a_task(
        code="2.1.1",
        measures=(
            a_measure(
                code="2.1.1.1", end="2026-03-31", responsible="Švietimo skyrius", entries=(an_entry(percent=90),)
            ),
            a_measure(code="2.1.1.2"),
        ),
    )
    chapters = (
        a_chapter(code="1", goals=(a_goal(code="1.1", tasks=(first,)),), reported=("2026-Q1",)),
        a_chapter(code="2", goals=(a_goal(code="2.1", tasks=(second,)),), reported=("2026-Q1",)),
    )
    return of_plan(a_plan(chapters=chapters), TODAY)


def codes(progress: PlanProgress, wanted: Selection) -> list[str]:
    return [each.measure.code for each in select(progress, wanted)]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Selection(), ["1.1.1.2", "1.1.1.10", "2.1.1.1", "2.1.1.2"]),
        (Selection(states=frozenset({State.ON_TRACK})), ["1.1.1.2"]),
        (Selection(states=frozenset({State.DELAYED})), ["1.1.1.10", "2.1.1.1"]),
        (Selection(states=frozenset({State.ON_TRACK, State.NO_DATA})), ["1.1.1.2", "2.1.1.2"]),
        (Selection(chapter="2"), ["2.1.1.1", "2.1.1.2"]),
        (Selection(responsible="Švietimo skyrius"), ["1.1.1.2", "2.1.1.1"]),
        (Selection(year=2026), ["1.1.1.2", "2.1.1.1"]),
        (Selection(late=True), ["2.1.1.1"]),
        (Selection(moved=True), ["1.1.1.10"]),
        (Selection(chapter="1", year=2026), ["1.1.1.2"]),
        (Selection(chapter="1", late=True), []),
        (Selection(order=MeasureOrder.DEADLINE), ["2.1.1.1", "1.1.1.2", "1.1.1.10", "2.1.1.2"]),
        (Selection(order=MeasureOrder.PROGRESS), ["1.1.1.10", "1.1.1.2", "2.1.1.1", "2.1.1.2"]),
        (Selection(order=MeasureOrder.RESPONSIBLE), ["1.1.1.10", "1.1.1.2", "2.1.1.1", "2.1.1.2"]),
        (Selection(descending=True), ["2.1.1.2", "2.1.1.1", "1.1.1.10", "1.1.1.2"]),
        (Selection(order=MeasureOrder.DEADLINE, descending=True), ["1.1.1.10", "1.1.1.2", "2.1.1.1", "2.1.1.2"]),
        (Selection(order=MeasureOrder.PROGRESS, descending=True), ["2.1.1.1", "1.1.1.2", "1.1.1.10", "2.1.1.2"]),
        (Selection(order=MeasureOrder.RESPONSIBLE, descending=True), ["1.1.1.2", "2.1.1.1", "1.1.1.10", "2.1.1.2"]),
    ],
)
def test_what_is_asked_for_is_found_in_its_order(progress: PlanProgress, wanted: Selection, found: list[str]) -> None:
    assert codes(progress, wanted) == found


def test_what_may_be_asked_for_is_offered_with_its_number(progress: PlanProgress) -> None:
    known = facets(progress)
    assert known.states == ((State.ON_TRACK, 1), (State.DELAYED, 2), (State.NO_DATA, 1))
    assert [(chapter.code, count) for chapter, count in known.chapters] == [("1", 2), ("2", 2)]
    assert known.responsible == (("aplinkos skyrius", 1), ("Švietimo skyrius", 2))
    assert known.years == ((2026, 2), (2027, 1))


def test_every_offer_finds_as_many_as_it_says(progress: PlanProgress) -> None:
    known = facets(progress)
    for state, count in known.states:
        assert len(select(progress, Selection(states=frozenset({state})))) == count
    for year, count in known.years:
        assert len(select(progress, Selection(year=year))) == count
    for name, count in known.responsible:
        assert len(select(progress, Selection(responsible=name))) == count
