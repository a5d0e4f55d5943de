"""Rows of a return through the API: kept by the rules of the grid, all of them or none, never over a colleague's change."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from plan_pages.choices import ReturnState
from plan_pages.evidence import Evidence
from plan_pages.monitoring import BudgetEntry, BudgetLine, ChapterReturn, Entry, IndicatorValue, ReportingPeriod
from plan_pages.register import Indicator, Measure
from tests.plan_pages.api.office import Program
from tests.plan_pages.api.quarter import Desk
from tests.roles import City

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> City:
    return City()


@pytest.fixture
def desk(city: City) -> Desk:
    return at(city)


def at(city: City, name: str = "editor of A", language: str = "en") -> Desk:
    found = ChapterReturn.objects.filter(period=city.period).first() or city.chapter_return()
    return Desk(Program(city.user(name), language), found.pk)


def faults(answer: Any, status: int = 422) -> list[tuple[str, list[Any], str]]:
    assert answer.status_code == status, answer.content
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    return [(each["type"], each["loc"][1:], each["msg"]) for each in answer.json()["errors"]]


def stored() -> int:
    return sum(model.objects.count() for model in (Entry, IndicatorValue, BudgetEntry))


def earlier(city: City, actual: str = "15", **entry: Any) -> None:
    """An approved value of the period before, and an entry."""
    period = ReportingPeriod.objects.create(plan=city.plan.plan, period="2025-Q4")
    found = ChapterReturn.objects.create(
        chapter=city.chapter_a.chapter, period=period, state=ReturnState.APPROVED, approved_at=timezone.now()
    )
    IndicatorValue.objects.create(indicator=Indicator.objects.get(), period=period, actual=Decimal(actual))
    if entry:
        Entry.objects.create(chapter_return=found, measure=Measure.objects.get(code="1.1.0"), **entry)


# What is told


def test_a_return_is_told_with_all_that_helps_to_fill_it_in(city: City) -> None:
    earlier(city, status="completed", percent=100, note={"lt": "Baigta", "en": "Done"})
    found = city.chapter_return()
    measure = Measure.objects.get(code="1.1.0")
    Evidence.objects.create(chapter_return=found, measure=measure, url="https://kaunas.lt/", title="Sprendimas")
    BudgetLine.objects.create(measure=measure, year=2026, fund="SB", planned=Decimal("1000.10"))
    read = at(city).read
    assert (read["wanted"], read["reported"], read["editable"]) == (1, 0, True)
    done, due = read["entries"]
    assert (done["carried"], done["missing"], due["missing"]) == (True, False, True)
    assert done["last"]["note"] == {"text": "Done", "language": "en"}
    assert done["measure"]["@id"].endswith(f"/measures/{measure.public_id}/")
    (proof,) = done["evidence"]
    assert (proof["title"], proof["url"], proof["public"]) == ("Sprendimas", "https://kaunas.lt/", False)
    value = read["values"][0]
    assert (value["last"], value["of"]["code"]) == ({"period": "2025-Q4", "actual": "15"}, "1.1.0")
    (line,) = read["money"]
    assert (line["year"], line["fund"], line["title"], line["planned"], line["spent"]) == (
        2026,
        "SB",
        "Municipal budget",
        "1000.10",
        None,
    )


def test_a_return_costs_the_same_whatever_its_size(city: City) -> None:
    large = City(measures=12)
    few, many = ((Program(each.user("coordinator")), f"returns/{each.chapter_return().pk}/") for each in (city, large))
    assert cost(*few) == cost(*many) < 40
    listed = Program(city.user("coordinator")), "returns/"
    before = cost(*listed)
    other = ReportingPeriod.objects.create(plan=city.plan.plan, period="2026-Q2")
    ChapterReturn.objects.create(chapter=city.chapter_a.chapter, period=other)
    assert cost(*listed) == before


def cost(program: Program, path: str) -> int:
    program.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert program.get(path).status_code == 200
    return len(queries)


# Writing


def test_what_is_not_named_stays_as_it_is(city: City, desk: Desk) -> None:
    desk.enter(status="on_track", percent="40", note={"lt": "Nupirkta", "en": "Bought"})
    desk.look()
    assert desk.enter(percent="40.5", note={"en": ""}).status_code == 200
    kept = Entry.objects.get()
    assert (kept.status, kept.percent, kept.note) == ("on_track", Decimal("40.5"), {"lt": "Nupirkta"})


def test_a_row_is_replaced_as_a_whole(city: City, desk: Desk) -> None:
    desk.enter(status="on_track", percent="40", note={"lt": "Nupirkta"})
    desk.look()
    row = desk.of_entry(status="completed")
    path = f"{desk.path}entries/{row.pop('measure')}/"
    answer = desk.program.send("put", path, row)
    assert answer.status_code == 200, answer.content
    assert [each["status"] for each in answer.json()["entries"]] == ["completed"]
    kept = Entry.objects.get()
    assert (kept.status, kept.percent, kept.note) == ("completed", None, {})


def test_a_value_and_money_are_replaced_at_their_own_addresses(city: City, desk: Desk) -> None:
    value = desk.of_value(actual="14")
    path = f"{desk.path}values/{value.pop('indicator')}/"
    assert desk.program.send("put", path, value).json()["values"][0]["actual"] == "14"
    path = f"{desk.path}money/{desk.entry()['measure']['id']}/2026/SB/"
    added = desk.program.send("put", path, {"planned": "10", "spent": "1.50"}).json()["money"][0]
    assert (added["planned"], added["spent"]) == ("10.00", "1.50")
    assert desk.program.send("put", path, {"base": added["base"], "spent": "2"}).status_code == 200
    kept = BudgetEntry.objects.get()
    assert (kept.planned, kept.spent) == (None, 2)


def test_without_a_status_nothing_is_reported(city: City, desk: Desk) -> None:
    desk.enter(status="on_track")
    desk.look()
    assert desk.enter(status=None).json()["entries"][0]["status"] is None
    assert not Entry.objects.exists()


def test_one_fault_keeps_everything_from_being_stored(city: City, desk: Desk) -> None:
    answer = desk.write(
        entries=[desk.of_entry("1.1.0", status="completed"), desk.of_entry("1.1.1", status="delayed")],
        values=[desk.of_value(actual="14")],
        money=[desk.of_money(spent="1"), desk.of_money("1.1.1", fund="SB")],
    )
    assert faults(answer) == [
        (
            "invalid",
            ["entries", 1, "reason", "lt"],
            "Say why: a measure that is delayed or stopped needs a reason.",
        ),
        ("invalid", ["money", 1, "planned"], "Enter an amount."),
    ]
    assert stored() == 0


@pytest.mark.parametrize(
    ("fields", "place", "message"),
    [
        ({"status": "completed", "percent": "50"}, ["percent"], "A completed measure stands at 100 percent."),
        ({"status": "on_track", "percent": "101"}, ["percent"], "Ensure this value is less than or equal to 100."),
        ({"status": "on_track", "percent": "12,5"}, ["percent"], "Enter a number."),
        ({"status": "on_track", "percent": "1 000"}, ["percent"], "Enter a number."),
        ({"status": "on_track", "percent": "NaN"}, ["percent"], "Enter a number."),
        ({"percent": "5"}, ["status"], "Choose a status: without one nothing of this measure is kept."),
        ({"status": "on_track", "note": {"en": "Bought"}}, ["note", "lt"], "The text is missing here (lithuanian)."),
        ({"status": "on_track", "note": {"de": "Gekauft"}}, ["note", "de"], "Unknown language. Known: lt, en."),
        ({"status": "flying"}, ["status"], None),
        ({"status": "on_track", "percent": 12.5}, ["percent"], None),
        ({"state": "on_track"}, ["state"], None),
    ],
)
def test_a_bad_entry_is_told_at_its_field(desk: Desk, fields: Any, place: list[str], message: str | None) -> None:
    ((_kind, found, said),) = faults(desk.enter(**fields))
    assert found == ["entries", 0, *place]
    assert message is None or said == message
    assert not Entry.objects.exists()


def test_what_is_wrong_is_said_in_the_readers_language(city: City) -> None:
    editor = at(city, language="lt")
    ((_kind, _place, said),) = faults(editor.enter(status="delayed"))
    assert said == "Nurodykite priežastį: jos reikia vėluojančiai ar nutrauktai priemonei."


@pytest.mark.parametrize("comma", ["1,240", "1.240,5"])
def test_a_number_with_commas_is_not_guessed_at(city: City, comma: str) -> None:
    editor = at(city, language="lt")
    ((_kind, place, _said),) = faults(editor.write(money=[editor.of_money(spent=comma)]))
    assert place == ["money", 0, "spent"]
    assert not BudgetEntry.objects.exists()


def test_rows_of_others_and_rows_sent_twice_are_refused(city: City, desk: Desk) -> None:
    strange = str(city.chapter_b.chapter.measures.get().public_id)
    unknown = "00000000-0000-0000-0000-000000000000"
    answer = desk.write(
        entries=[
            desk.of_entry(status="on_track"),
            desk.of_entry(status="completed"),
            {**desk.of_entry(), "measure": strange},
            {**desk.of_entry(), "measure": unknown},
        ],
        values=[{**desk.of_value(), "indicator": unknown}],
    )
    assert [(kind, place) for kind, place, _said in faults(answer)] == [
        ("repeated_row", ["entries", 1]),
        ("unknown_row", ["entries", 2, "measure"]),
        ("unknown_row", ["entries", 3, "measure"]),
        ("unknown_row", ["values", 0, "indicator"]),
    ]
    line = {**desk.of_money(spent="5"), "measure": strange}
    ((_kind, place, _said),) = faults(desk.write(money=[line]))
    assert place == ["money", 0, "measure"]
    assert stored() == 0


def test_a_fund_that_is_not_known_is_refused(desk: Desk) -> None:
    ((_kind, place, _said),) = faults(desk.write(money=[desk.of_money(fund="XX", spent="5")]))
    assert place == ["money", 0, "fund"]


def test_more_lines_than_the_grid_takes_are_refused_and_not_dropped(city: City) -> None:
    wide = at(City(measures=20))
    lines = [
        wide.of_money(f"1.1.{number}", fund=fund, spent="1") for number in range(20) for fund in ("SB", "VB", "ES")
    ]
    assert faults(wide.write(money=lines)) == [("invalid", ["money"], "More than 50 rows at once.")]
    assert not BudgetEntry.objects.exists()


# Interim targets are the plan's


def test_an_editor_sets_no_interim_target(city: City, desk: Desk) -> None:
    ((kind, place, _said),) = faults(desk.write(values=[desk.of_value(target="20", actual="14")]))
    assert (kind, place) == ("denied", ["values", 0, "target"])
    assert not IndicatorValue.objects.exists()


def test_a_coordinator_sets_one_and_an_editor_does_not_clear_it(city: City, desk: Desk) -> None:
    coordinator = at(city, "coordinator")
    assert coordinator.write(values=[coordinator.of_value(target="20")]).status_code == 200
    desk.look()
    value = desk.of_value(actual="14")
    path = f"{desk.path}values/{value.pop('indicator')}/"
    assert desk.program.send("put", path, value).status_code == 200
    kept = IndicatorValue.objects.get()
    assert (kept.target, kept.actual) == (20, 14)


# Odd values


def test_an_odd_value_is_asked_about_and_kept_when_confirmed(city: City) -> None:
    earlier(city)
    desk = at(city)
    answer = desk.write(values=[desk.of_value(actual="14.5")])
    ((kind, place, words),) = faults(answer)
    assert (kind, place) == ("question", ["values", 0, "actual"])
    assert "a running total does not fall" in words
    assert answer.json()["errors"][0]["sure"] == "14.5"
    assert not IndicatorValue.objects.filter(period=city.period).exists()
    assert desk.write(values=[desk.of_value(actual="14.5", sure="14.5")]).json()["values"][0]["confirmed"] == "14.5"
    desk.look()
    assert desk.write(values=[desk.of_value(note={"lt": "Patikrinta"})]).status_code == 200
    desk.look()
    ((kind, _place, _words),) = faults(desk.write(values=[desk.of_value(actual="1.5", sure="14.5")]))
    assert kind == "question"


# Colleagues


def test_two_programs_in_different_fields_both_keep_theirs(city: City, desk: Desk) -> None:
    desk.enter(status="on_track", percent="40")
    one, two = at(city), at(city, "coordinator")
    assert one.enter(percent="55").status_code == 200
    assert two.enter(note={"lt": "Nupirkta"}).status_code == 200
    kept = Entry.objects.get()
    assert (kept.percent, kept.note) == (55, {"lt": "Nupirkta"})


def test_in_the_same_field_the_second_is_told_what_the_first_wrote(city: City, desk: Desk) -> None:
    desk.enter(status="on_track", percent="40")
    one, two = at(city), at(city, "coordinator")
    one.enter(percent="50")
    answer = two.write(entries=[two.of_entry(percent="60"), two.of_entry("1.1.1", status="on_track")])
    ((kind, place, said),) = faults(answer, 409)
    assert (kind, place) == ("conflict", ["entries", 0, "percent"])
    assert said.startswith("editor of A changed this at ")
    assert "“50”" in said
    (row,) = answer.json()["rows"]["entries"]
    assert (row["percent"], row["written"]["by"]) == ("50", "editor of A")
    assert Entry.objects.get().percent == 50
    mine = {"measure": row["measure"]["id"], "base": row["base"], "percent": "60"}
    assert two.write(entries=[mine]).status_code == 200
    assert Entry.objects.get().percent == 60


def test_a_spoiled_base_overwrites_nothing(city: City, desk: Desk) -> None:
    desk.enter(status="on_track", percent="40")
    row = {**desk.of_entry(percent="60"), "base": "x"}
    assert desk.write(entries=[row]).status_code == 409
    assert Entry.objects.get().percent == 40


def test_a_line_that_a_colleague_has_added_meanwhile_is_not_overwritten(city: City, desk: Desk) -> None:
    other = at(city, "coordinator")
    other.write(money=[other.of_money(spent="5")])
    assert desk.write(money=[desk.of_money(spent="7")]).status_code == 409
    assert BudgetEntry.objects.get().spent == 5


def test_a_row_needs_its_base(desk: Desk) -> None:
    row = desk.of_entry(status="on_track")
    del row["base"]
    ((_kind, place, _said),) = faults(desk.write(entries=[row]))
    assert place == ["entries", 0, "base"]
