"""The calendar of deadlines: what stands in it, that it stays the same, and that other programs read it."""

from datetime import date
from typing import Any

import pytest
from icalendar import Calendar

from plan_pages.pages.chapter import ChapterPage
from plan_pages.pages.plan import PlanPage
from plan_pages.register import Measure
from tests.factories import publish
from tests.plan_pages.open_data.town import FILES, TITLE, a_plan, body

pytestmark = pytest.mark.django_db
CALENDAR = f"{FILES}.ics"


@pytest.fixture
def plan() -> PlanPage:
    return a_plan()


def events(path: str) -> list[Any]:
    return list(Calendar.from_ical(body(path)).walk("VEVENT"))


def summaries(path: str) -> list[str]:
    return [str(each["SUMMARY"]) for each in events(path)]


def put_off(plan: PlanPage, until: str) -> None:
    page = ChapterPage.objects.child_of(plan).get(code="1")
    for each in page.goals.raw_data[0]["value"]["tasks"][0]["value"]["measures"]:
        if each["value"]["code"] == "1.1.1.1":
            each["value"]["end"] = until
    publish(page)


def test_deadlines_and_milestones_are_whole_days(plan: PlanPage) -> None:
    park, step = events(f"{CALENDAR}?status=delayed")
    assert (park["DTSTART"].dt, park["DTEND"].dt) == (date(2099, 12, 31), date(2100, 1, 1))
    assert (step["DTSTART"].dt, step["DTEND"].dt) == (date(2098, 5, 1), date(2098, 5, 2))
    assert str(park["SUMMARY"]).endswith(f"1.1.1.1 {TITLE}")
    assert str(park["URL"]).endswith("/planas/measures/1.1.1.1/")
    assert b"DTSTART;VALUE=DATE:20991231" in body(CALENDAR)


def test_the_calendar_speaks_the_language_asked_for(plan: PlanPage) -> None:
    first = ["Deadline: 1.1.1.1 A park", "Milestone: Design ready (1.1.1.1 A park)"]
    assert summaries(f"/en{CALENDAR}")[:2] == first
    assert summaries(f"{CALENDAR}?language=en")[:2] == first


@pytest.mark.parametrize(
    ("query", "codes"),
    [("?chapter=2", ["2.1.1.1"]), ("?year=2098", ["1.1.1.2"]), ("?responsible=%C5%A0vietimo+skyrius", ["1.1.1.2"])],
)
def test_a_calendar_is_filtered_as_the_list_is(plan: PlanPage, query: str, codes: list[str]) -> None:
    assert [each.split()[1] for each in summaries(f"/en{CALENDAR}{query}")] == codes


def test_the_calendar_is_the_same_each_time(plan: PlanPage) -> None:
    assert body(CALENDAR) == body(CALENDAR)


def test_the_stamp_is_the_day_on_which_the_data_changed(plan: PlanPage) -> None:
    (stamp,) = {each["DTSTAMP"].dt for each in events(CALENDAR)}
    assert f"{stamp:%Y-%m-%d %H:%M}".endswith(" 00:00")
    assert {each["LAST-MODIFIED"].dt for each in events(CALENDAR)} == {stamp}


def test_what_is_put_off_or_renamed_stays_the_same_event(plan: PlanPage) -> None:
    before = {str(each["UID"]): int(each.get("SEQUENCE", 0)) for each in events(CALENDAR)}
    park = Measure.objects.get(code="1.1.1.1")
    put_off(plan, "2100-06-30")
    after = {str(each["UID"]): int(each.get("SEQUENCE", 0)) for each in events(CALENDAR)}
    assert set(after) == set(before)
    key = f"deadline-{park.public_id}"
    assert after[key] > before[key]
    assert {uid: number for uid, number in after.items() if uid != key} == {
        uid: number for uid, number in before.items() if uid != key
    }


def test_every_event_has_an_identity_of_its_own(plan: PlanPage) -> None:
    found = [str(each["UID"]) for each in events(CALENDAR)]
    assert len(found) == len(set(found)) == 4


def test_no_line_is_longer_than_the_standard_allows(plan: PlanPage) -> None:
    assert max(len(line) for line in body(CALENDAR).split(b"\r\n")) <= 75
