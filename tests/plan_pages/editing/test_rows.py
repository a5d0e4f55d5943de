"""Rows that are saved as they are written: each for itself, and never over what a colleague has written meanwhile."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import registry

from plan_pages.choices import ReturnState
from plan_pages.monitoring import BudgetEntry, ChapterReturn, Entry, IndicatorValue, ReportingPeriod
from plan_pages.register import Indicator, Measure
from tests.plan_pages.editing.posting import indicator_key, line, measure_key, posted
from tests.roles import City

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> City:
    return City()


class Desk:
    """One person at the screen of a return: what he read, and what he sends."""

    def __init__(self, city: City, chapter_return: ChapterReturn, name: str = "editor of A") -> None:
        self.client = Client()
        self.client.force_login(city.user(name))
        self.address = reverse("plan_pages_return_rows", args=[chapter_return.pk])
        self.bases: dict[str, str] = {}
        self.fields: dict[str, dict[str, Any]] = {}
        self.look(chapter_return)

    def look(self, chapter_return: ChapterReturn) -> None:
        response = self.client.get(reverse("plan_pages_return", args=[chapter_return.pk]))
        for row in response.context["sheet"].rows:
            self.bases[row.key], self.fields[row.key] = row.base, dict(row.values)

    def save(self, key: str, **changed: str) -> dict[str, Any]:
        """The whole row as it was read, with what was changed in it."""
        fields = {**self.fields[key], **changed}
        sent = posted(key, **{name: "on" if value is True else value for name, value in fields.items() if value})
        sent |= posted(key, **{name: "" for name, value in changed.items() if not value})
        return self.send(sent | {f"{key}-base": self.bases[key]})["rows"][key]

    def send(self, data: dict[str, str]) -> dict[str, Any]:
        return self.client.post(self.address, data).json()

    def accept_base(self, key: str, answer: dict[str, Any]) -> None:
        self.bases[key] = answer["base"]


@pytest.fixture
def desks(city: City) -> tuple[Desk, Desk]:
    """An editor and a coordinator before the same return, reported once already."""
    chapter_return = city.chapter_return()
    Entry.objects.create(
        chapter_return=chapter_return, measure=Measure.objects.get(code="1.1.0"), status="on_track", percent=40
    )
    return Desk(city, chapter_return), Desk(city, chapter_return, "coordinator")


def entry(code: str = "1.1.0") -> Entry:
    return Entry.objects.get(measure__code=code)


def test_a_row_is_kept_and_answered_with_its_time_and_author(desks: tuple[Desk, Desk]) -> None:
    mine, _other = desks
    answer = mine.save(measure_key("1.1.1"), status="on_track", percent="12.5")
    assert answer["saved"]
    assert (answer["by"], answer["values"]["percent"]) == ("editor of A", "12.5")
    assert entry("1.1.1").percent == Decimal("12.5")


def test_a_row_with_a_fault_does_not_keep_another_from_being_stored(city: City, desks: tuple[Desk, Desk]) -> None:
    good, bad = measure_key("1.1.0"), measure_key("1.1.1")
    rows = desks[0].send(posted(good, status="completed") | posted(bad, status="delayed"))["rows"]
    assert (rows[good]["saved"], rows[bad]["saved"]) == (True, False)
    assert rows[bad]["errors"] == {"reason_lt": ["Say why: a measure that is delayed or stopped needs a reason."]}
    assert list(Entry.objects.values_list("measure__code", "status")) == [("1.1.0", "completed")]


def test_a_row_that_was_not_sent_stays_as_it_is(desks: tuple[Desk, Desk]) -> None:
    desks[0].save(measure_key("1.1.1"), status="on_track")
    assert entry("1.1.0").percent == 40


# Colleagues


@pytest.mark.parametrize("first", [0, 1])
def test_two_people_who_change_different_fields_both_keep_theirs(desks: tuple[Desk, Desk], first: int) -> None:
    deeds = [
        lambda: desks[0].save(measure_key(), percent="55"),
        lambda: desks[1].save(measure_key(), note_lt="Nupirkta"),
    ]
    assert deeds[first]()["saved"]
    answer = deeds[1 - first]()
    assert answer["saved"]
    assert (answer["values"]["percent"], answer["values"]["note_lt"]) == ("55", "Nupirkta")
    assert (entry().percent, entry().note) == (55, {"lt": "Nupirkta"})


@pytest.mark.parametrize("first", [0, 1])
def test_of_two_people_who_change_the_same_field_the_second_is_told_and_nothing_is_lost(
    desks: tuple[Desk, Desk], first: int
) -> None:
    one, two = desks[first], desks[1 - first]
    assert one.save(measure_key(), percent="50")["saved"]
    answer = two.save(measure_key(), percent="60", note_lt="Mano žodžiai")
    assert not answer["saved"]
    assert answer["conflicts"] == {"percent": {"label": "Percent", "shown": "50"}}
    assert answer["by"] == ("editor of A", "coordinator")[first]
    assert answer["at"]
    assert (entry().percent, entry().note) == (50, {})


def test_whoever_has_seen_the_colleagues_value_may_keep_his_own(desks: tuple[Desk, Desk]) -> None:
    desks[0].save(measure_key(), percent="50")
    desks[1].accept_base(measure_key(), desks[1].save(measure_key(), percent="60"))
    assert desks[1].save(measure_key(), percent="60")["saved"]
    assert entry().percent == 60


def test_two_people_who_write_the_same_are_not_in_conflict(desks: tuple[Desk, Desk]) -> None:
    assert all(desk.save(measure_key(), percent="50")["saved"] for desk in desks)


def test_a_translation_does_not_collide_with_the_text(desks: tuple[Desk, Desk]) -> None:
    desks[0].save(measure_key(), note_lt="Nupirkta")
    assert desks[1].save(measure_key(), note_lt="", note_en="")["saved"]
    assert entry().note == {"lt": "Nupirkta"}


def test_the_merged_row_is_checked_as_one(desks: tuple[Desk, Desk]) -> None:
    desks[0].save(measure_key(), status="completed", percent="100")
    answer = desks[1].save(measure_key(), percent="90")
    assert not answer["saved"]
    assert entry().percent == 100


def test_a_row_that_a_colleague_has_emptied_does_not_come_back_by_itself(desks: tuple[Desk, Desk]) -> None:
    desks[0].save(measure_key(), status="", percent="")
    assert not Entry.objects.exists()
    answer = desks[1].save(measure_key(), status="delayed", reason_lt="Užtruko")
    assert not answer["saved"]
    assert set(answer["conflicts"]) == {"status"}


def test_without_a_base_a_row_is_taken_as_it_is(desks: tuple[Desk, Desk]) -> None:
    desks[0].save(measure_key(), percent="50")
    desks[1].send(posted(measure_key(), status="delayed", reason_lt="Užtruko"))
    assert (entry().status, entry().percent) == ("delayed", None)


def test_a_spoiled_base_overwrites_nothing(desks: tuple[Desk, Desk]) -> None:
    desks[0].bases[measure_key()] = "x"
    assert not desks[0].save(measure_key(), percent="50")["saved"]
    assert entry().percent == 40


def test_line_ends_do_not_make_a_change(desks: tuple[Desk, Desk]) -> None:
    desks[0].save(measure_key(), note_lt="Viena\r\nKita")
    assert entry().note == {"lt": "Viena\nKita"}


# Odd values


def earlier(city: City, actual: str) -> None:
    """An approved value of the period before."""
    period = ReportingPeriod.objects.create(plan=city.plan.plan, period="2025-Q4")
    ChapterReturn.objects.create(
        chapter=city.chapter_a.chapter, period=period, state=ReturnState.APPROVED, approved_at=timezone.now()
    )
    IndicatorValue.objects.create(indicator=Indicator.objects.get(), period=period, actual=Decimal(actual))


@pytest.mark.parametrize(
    ("actual", "words"),
    [
        (
            "14",
            "14 is less than the last value, 15 (Q4 2025), and a running total does not fall. Is it right?",
        ),
        ("150", "150 is ten times the last value, 15 (Q4 2025), or more. Is it right?"),
        ("1.5", "1.5 is a tenth of the last value, 15 (Q4 2025), or less. Is it right?"),
    ],
)
def test_an_odd_value_is_asked_about_and_kept_when_confirmed(city: City, actual: str, words: str) -> None:
    earlier(city, "15")
    desk, key = Desk(city, city.chapter_return()), indicator_key()
    answer = desk.save(key, actual=actual)
    assert not answer["saved"]
    question = answer["question"]
    assert (question["words"].replace("\N{NO-BREAK SPACE}", " "), question["value"]) == (words, actual)
    assert not IndicatorValue.objects.filter(period=city.period).exists()
    assert desk.save(key, actual=actual, sure=actual)["saved"]
    assert IndicatorValue.objects.get(period=city.period).actual == Decimal(actual)


def test_a_confirmed_value_is_not_asked_about_again_but_another_one_is(city: City) -> None:
    earlier(city, "15")
    desk, key = Desk(city, city.chapter_return()), indicator_key()
    desk.accept_base(key, desk.save(key, actual="150", sure="150"))
    desk.fields[key] |= {"actual": "150"}
    assert desk.save(key, note_lt="Patikrinta")["saved"]
    desk.accept_base(key, desk.save(key, actual="150", note_lt="Patikrinta"))
    assert "question" in desk.save(key, actual="1500", sure="150")


@pytest.mark.parametrize("actual", ["15", "16", "149"])
def test_an_ordinary_value_is_not_asked_about(city: City, actual: str) -> None:
    earlier(city, "15")
    assert Desk(city, city.chapter_return()).save(indicator_key(), actual=actual)["saved"]


def test_a_level_may_fall(city: City) -> None:
    earlier(city, "15")
    Indicator.objects.update(kind="result")
    assert Desk(city, city.chapter_return()).save(indicator_key(), actual="14")["saved"]


# Money


def test_a_line_that_was_added_becomes_a_line_of_its_measure(city: City) -> None:
    measure = Measure.objects.get(code="1.1.0")
    desk = Desk(city, city.chapter_return())
    row = desk.send(line(7, measure=measure.pk, year=2026, fund="SB", spent="10.50"))["rows"]["line-7"]
    assert (row["saved"], row["key"]) == (True, f"money-{measure.pk}-2026-SB")
    assert BudgetEntry.objects.get().spent == Decimal("10.50")


def test_a_line_that_a_colleague_has_added_already_is_not_overwritten(city: City) -> None:
    desk = Desk(city, city.chapter_return())
    place = {"measure": Measure.objects.get(code="1.1.0").pk, "year": 2026, "fund": "SB"}
    desk.send(line(0, **place, spent="1"))
    assert desk.send(line(0, **place, spent="2"))["rows"]["line-0"]["errors"] == {
        "fund": ["This measure has a line of this year and fund already."]
    }
    assert BudgetEntry.objects.get().spent == 1


def test_two_people_at_one_line_of_money(city: City) -> None:
    chapter_return, measure = city.chapter_return(), Measure.objects.get(code="1.1.0")
    measure.budget.create(year=2025, fund="SB", planned=100)
    key = f"money-{measure.pk}-2025-SB"
    one, two = Desk(city, chapter_return), Desk(city, chapter_return, "coordinator")
    assert one.save(key, spent="30")["saved"]
    assert two.save(key, planned="110")["saved"]
    assert set(two.save(key, spent="40")["conflicts"]) == {"spent"}
    assert (BudgetEntry.objects.get().planned, BudgetEntry.objects.get().spent) == (110, 30)


# The address


@pytest.mark.parametrize("state", [ReturnState.SUBMITTED, ReturnState.APPROVED])
def test_rows_of_a_return_that_was_handed_in_are_refused_in_words(city: City, state: ReturnState) -> None:
    desk = Desk(city, city.chapter_return(state))
    response = desk.client.post(desk.address, posted(measure_key(), status="on_track"))
    assert response.status_code == 409
    assert "This is not possible now" in response.json()["refused"]
    assert not Entry.objects.exists()


def test_rows_of_a_locked_period_are_refused_in_words(city: City) -> None:
    desk = Desk(city, city.chapter_return())
    ReportingPeriod.objects.update(locked_at=timezone.now())
    assert "locked" in desk.send(posted(measure_key(), status="on_track"))["refused"]


def test_rows_of_another_chapter_are_told_unknown_and_not_stored(city: City) -> None:
    other = Measure.objects.exclude(chapter=city.chapter_a.chapter).get()
    answer = Desk(city, city.chapter_return()).send(posted(f"measure-{other.pk}", status="on_track"))
    assert answer["unknown"] == [f"measure-{other.pk}"]
    assert not Entry.objects.exists()


@pytest.mark.parametrize("key", ["measure-x", "measure-99999999999999999999", "money-1", "line-", "indicator--1"])
def test_nonsense_is_told_unknown(city: City, key: str) -> None:
    answer = Desk(city, city.chapter_return()).send({f"{key}-status": "on_track", "csrf": "x"})
    assert key in answer["unknown"] or answer["rows"][key]["saved"]
    assert not Entry.objects.exists()


def test_one_sitting_is_one_line_of_the_log(city: City) -> None:
    desk = Desk(city, chapter_return := city.chapter_return())
    for code in ("1.1.0", "1.1.1"):
        desk.save(measure_key(code), status="on_track")
    assert [log.action for log in registry.get_logs_for_instance(chapter_return)] == ["plan_pages.return.record"]


# What is new


def test_nothing_new_is_answered_without_content(desks: tuple[Desk, Desk]) -> None:
    mine, _other = desks
    first = mine.client.get(mine.address)
    again = mine.client.get(mine.address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_colleagues_row_is_told(desks: tuple[Desk, Desk]) -> None:
    mine, other = desks
    first = mine.client.get(mine.address)
    Entry.objects.update(changed_at=timezone.now() - timezone.timedelta(minutes=1))
    other.save(measure_key("1.1.1"), status="on_track", note_lt="Pradėta")
    news = mine.client.get(
        mine.address, {"since": first.json()["now"]}, headers={"If-None-Match": first.headers["ETag"]}
    ).json()
    assert list(news["rows"]) == [measure_key("1.1.1")]
    row = news["rows"][measure_key("1.1.1")]
    assert (row["values"]["note_lt"], row["by"]) == ("Pradėta", "coordinator")
    assert set(news["stored"]) == {measure_key("1.1.0"), measure_key("1.1.1")}


def test_that_a_colleague_has_submitted_is_told(city: City, desks: tuple[Desk, Desk]) -> None:
    ChapterReturn.objects.update(state=ReturnState.SUBMITTED)
    news = desks[0].client.get(desks[0].address).json()
    assert (news["editable"], news["state"]) == (False, "Submitted for approval")


@pytest.mark.parametrize("since", ["x", "2026-13-01", "2026-01-01T00:00", ""])
def test_a_spoiled_moment_is_no_moment(desks: tuple[Desk, Desk], since: str) -> None:
    news = desks[0].client.get(desks[0].address, {"since": since}).json()
    assert list(news["rows"]) == [measure_key("1.1.0")]
