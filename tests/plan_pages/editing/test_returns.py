"""The deeds on a return, and the sheet's checks: what is refused says why, and nothing of it is kept."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone, translation
from wagtail.log_actions import registry

from plan_pages.choices import Audience, ReturnState, Status
from plan_pages.editing import returns
from plan_pages.editing.refusal import Refused
from plan_pages.editing.sheet import ReturnSheet
from plan_pages.monitoring import ChapterReturn, Entry, IndicatorValue, ReportingPeriod
from plan_pages.reading import read_plan
from plan_pages.register import Indicator, Measure
from tests.factories import plan_page
from tests.plan_pages.editing.posting import errors, indicator_key, line, measure_key, posted, record
from tests.roles import City

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> City:
    return City()


# Entering


def test_a_measure_is_reported_in_every_language(city: City) -> None:
    data = posted(
        measure_key(), status="on_track", percent="40", note_lt="Nupirkta", note_en="Bought", next_lt="Toliau"
    )
    assert not errors(record(city, data))
    entry = Entry.objects.get()
    assert (entry.status, entry.percent) == (Status.ON_TRACK, 40)
    assert (entry.note, entry.next, entry.reason) == ({"lt": "Nupirkta", "en": "Bought"}, {"lt": "Toliau"}, {})


def test_saving_the_same_again_keeps_the_rows(city: City) -> None:
    data = posted(measure_key(), status="on_track", percent="40") | posted(indicator_key(), actual="3")
    record(city, data)
    before = list(Entry.objects.values()), list(IndicatorValue.objects.values())
    record(city, data)
    assert (list(Entry.objects.values()), list(IndicatorValue.objects.values())) == before


def test_a_status_taken_away_takes_the_entry_away(city: City) -> None:
    record(city, posted(measure_key(), status="on_track"))
    record(city, posted(measure_key(), status=""))
    assert not Entry.objects.exists()


REASON = "Say why: a measure that is delayed or stopped needs a reason."
REFUSED_MEASURES = [
    ({"status": "delayed"}, {"reason_lt": [REASON]}),
    ({"status": "stopped", "percent": "10"}, {"reason_lt": [REASON]}),
    ({"status": "completed", "percent": "90"}, {"percent": ["A completed measure stands at 100 percent."]}),
    ({"percent": "50"}, {"status": ["Choose a status: without one nothing of this measure is kept."]}),
    ({"note_lt": "Padaryta"}, {"status": ["Choose a status: without one nothing of this measure is kept."]}),
    ({"status": "on_track", "note_en": "Done"}, {"note_lt": ["The text is missing here (lithuanian)."]}),
    ({"status": "on_track", "percent": "101"}, {"percent": ["Ensure this value is less than or equal to 100."]}),
    ({"status": "on_track", "percent": "-1"}, {"percent": ["Ensure this value is greater than or equal to 0."]}),
    ({"status": "on_track", "percent": "daug"}, {"percent": ["Enter a number."]}),
    ({"status": "on_track", "percent": "NaN"}, {"percent": ["Enter a number."]}),
    ({"status": "on_track", "percent": "1e999999"}, None),
    ({"status": "finished"}, {"status": ["Select a valid choice. finished is not one of the available choices."]}),
]


@pytest.mark.parametrize(("fields", "expected"), REFUSED_MEASURES)
def test_what_is_refused_of_a_measure(
    city: City, fields: dict[str, str], expected: dict[str, list[str]] | None
) -> None:
    found = errors(record(city, posted(measure_key(), **fields)))
    assert found == expected if expected else found
    assert not Entry.objects.exists()


def test_one_wrong_row_keeps_all_others_from_being_stored(city: City) -> None:
    record(city, posted(measure_key(), status="on_track") | posted(measure_key("1.1.1"), status="delayed"))
    assert not Entry.objects.exists()


@pytest.mark.parametrize("written", ["1 240,50", "1240,5", "1240.50", "1\N{NO-BREAK SPACE}240,50"])
def test_numbers_are_read_as_lithuanians_write_them(city: City, written: str) -> None:
    with translation.override("lt"):
        record(city, posted(indicator_key(), actual=written))
    assert IndicatorValue.objects.get().actual == Decimal("1240.5")


def test_a_value_that_is_not_available_needs_its_note(city: City) -> None:
    sheet = record(city, posted(indicator_key(), unavailable="on"))
    assert errors(sheet) == {"note_lt": ["Say why the value is not available."]}


def test_a_value_is_either_there_or_not_available(city: City) -> None:
    sheet = record(city, posted(indicator_key(), unavailable="on", actual="3", note_lt="Nėra"))
    assert errors(sheet) == {"actual": ["Either an actual value, or “not available”."]}


def test_a_value_that_is_not_available_is_kept_with_its_note(city: City) -> None:
    record(city, posted(indicator_key(), unavailable="on", note_lt="Skelbiama kitąmet"))
    value = IndicatorValue.objects.get()
    assert (value.unavailable, value.actual, value.note) == (True, None, {"lt": "Skelbiama kitąmet"})


def test_editors_do_not_move_an_interim_target(city: City) -> None:
    IndicatorValue.objects.create(indicator=Indicator.objects.get(), period=city.period, target=5)
    record(city, posted(indicator_key(), target="1", actual="3"))
    value = IndicatorValue.objects.get()
    assert (value.target, value.actual) == (5, 3)


def test_coordinators_set_an_interim_target(city: City) -> None:
    record(city, posted(indicator_key(), target="7"), "coordinator")
    assert IndicatorValue.objects.get().target == 7


def test_what_belongs_to_another_chapter_cannot_be_named(city: City) -> None:
    other = Measure.objects.exclude(chapter=city.chapter_a.chapter).get()
    record(city, posted(f"measure-{other.pk}", status="completed"))
    sheet = record(city, line(measure=other.pk, year=2026, fund="SB", spent=5))
    assert "measure" in errors(sheet)
    assert not Entry.objects.exists()


# From editors to the coordinating group


def test_a_return_goes_its_way(city: City) -> None:
    chapter_return = city.chapter_return()
    editor, coordinator = city.user("editor of A"), city.user("coordinator")
    returns.record(chapter_return, editor, posted(measure_key(), status="on_track", percent="40"))
    for deed, state in (
        (lambda: returns.submit(chapter_return, editor), ReturnState.SUBMITTED),
        (lambda: returns.send_back(chapter_return, coordinator, "Trūksta"), ReturnState.RETURNED),
        (lambda: returns.submit(chapter_return, editor), ReturnState.SUBMITTED),
        (lambda: returns.approve(chapter_return, coordinator), ReturnState.APPROVED),
        (lambda: returns.send_back(chapter_return, coordinator, "Klaida"), ReturnState.RETURNED),
    ):
        deed()
        chapter_return.refresh_from_db()
        assert chapter_return.state == state
    actions = [entry.action for entry in registry.get_logs_for_instance(chapter_return)]
    assert sorted(set(actions)) == [
        f"plan_pages.return.{deed}" for deed in ("approve", "record", "send_back", "submit")
    ]


def test_only_an_approved_return_is_in_the_public_plan(city: City) -> None:
    def entries() -> list[str]:
        return [
            entry.status
            for measure in read_plan(city.plan.plan, Audience.PUBLIC).measures()
            for entry in measure.entries
        ]

    chapter_return = city.chapter_return()
    returns.record(chapter_return, city.user("editor of A"), posted(measure_key(), status="on_track"))
    returns.submit(chapter_return, city.user("editor of A"))
    assert entries() == []
    returns.approve(chapter_return, city.user("coordinator"))
    assert entries() == ["on_track"]
    returns.send_back(chapter_return, city.user("coordinator"), "Klaida")
    assert entries() == []


def test_a_return_goes_back_only_with_a_reason(city: City) -> None:
    with pytest.raises(Refused, match="Say why"):
        returns.send_back(city.chapter_return(ReturnState.SUBMITTED), city.user("coordinator"), "  ")


def test_an_empty_return_is_not_submitted(city: City) -> None:
    with pytest.raises(Refused, match="Nothing has been entered"):
        returns.submit(city.chapter_return(), city.user("editor of A"))


@pytest.mark.parametrize("state", [ReturnState.SUBMITTED, ReturnState.APPROVED])
def test_what_was_handed_in_is_not_edited(city: City, state: ReturnState) -> None:
    city.chapter_return(state)
    with pytest.raises(Refused, match=state.label):
        record(city, posted(measure_key(), status="on_track"))


def test_the_stored_state_counts_not_the_one_on_the_screen(city: City) -> None:
    stale = city.chapter_return()
    ChapterReturn.objects.update(state=ReturnState.APPROVED, approved_at=timezone.now())
    with pytest.raises(Refused):
        returns.record(stale, city.user("editor of A"), {})


@pytest.mark.parametrize("state", ReturnState)
def test_nothing_is_done_to_a_return_of_a_locked_period(city: City, state: ReturnState) -> None:
    chapter_return = city.chapter_return(state)
    ReportingPeriod.objects.update(locked_at=timezone.now())
    user = city.user("coordinator")
    for deed in (
        lambda: returns.record(chapter_return, user, {}),
        lambda: returns.submit(chapter_return, user),
        lambda: returns.approve(chapter_return, user),
        lambda: returns.send_back(chapter_return, user, "Taip"),
    ):
        with pytest.raises(Refused, match="locked"):
            deed()


@pytest.mark.parametrize("name", ["editor of B", "reader", "approver", "nobody", "inactive"])
def test_strangers_do_nothing_to_a_return(city: City, name: str) -> None:
    chapter_return, user = city.chapter_return(ReturnState.SUBMITTED), city.user(name)
    for deed in (
        lambda: returns.record(chapter_return, user, {}),
        lambda: returns.submit(chapter_return, user),
        lambda: returns.approve(chapter_return, user),
        lambda: returns.send_back(chapter_return, user, "Taip"),
        lambda: returns.start(city.chapter_a.chapter, city.period, user, date(2026, 4, 1)),
    ):
        with pytest.raises(PermissionDenied):
            deed()


def test_editors_do_not_approve_their_own_return(city: City) -> None:
    with pytest.raises(PermissionDenied):
        returns.approve(city.chapter_return(ReturnState.SUBMITTED), city.user("editor of A"))


# Beginning


def test_a_return_is_begun_once(city: City) -> None:
    start = (city.chapter_a.chapter, city.period, city.user("editor of A"), date(2026, 4, 1))
    assert returns.start(*start) == returns.start(*start)


def test_a_return_is_not_begun_before_its_period_opens(city: City) -> None:
    city.period.opens = date(2026, 4, 1)
    city.period.save()
    with pytest.raises(Refused, match="not open"):
        returns.start(city.chapter_a.chapter, city.period, city.user("editor of A"), date(2026, 3, 31))


def test_a_return_is_not_begun_in_a_period_of_another_plan(city: City) -> None:
    other = ReportingPeriod.objects.create(plan=plan_page().plan, period="2026-Q1")
    with pytest.raises(Refused, match="another plan"):
        returns.start(city.chapter_a.chapter, other, city.user("editor of A"), date(2026, 4, 1))


def test_a_measure_that_left_the_plan_after_the_period_is_still_reported(city: City) -> None:
    sheet = ReturnSheet(city.chapter_return())
    Measure.objects.filter(code="1.1.0").update(retired_at=timezone.make_aware(timezone.datetime(2026, 3, 31, 12)))
    Measure.objects.filter(code="1.1.1").update(retired_at=timezone.make_aware(timezone.datetime(2026, 4, 1, 12)))
    assert [row.measure.code for row in ReturnSheet(sheet.chapter_return).measures] == ["1.1.1"]
