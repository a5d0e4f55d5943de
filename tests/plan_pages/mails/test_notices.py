"""Mails of a return's life: submitted, sent back, approved, commented, its period locked and reopened."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from plan_pages import permissions
from plan_pages.choices import ReturnState
from plan_pages.editing import notices, periods, returns
from plan_pages.editing.refusal import Refused
from plan_pages.monitoring import ChapterReturn, Entry
from plan_pages.outbox import OutboxMail
from plan_pages.people import Notice
from plan_pages.register import Indicator, Measure
from tests.plan_pages.mails.people import a_person, away
from tests.roles import City

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> City:
    return City()


@pytest.fixture
def ona(city: City) -> Any:
    """An editor of group A."""
    return member(city.role_a.editors, "ona", mails="en", first_name="Ona", last_name="Onaitė")


@pytest.fixture
def petras(city: City) -> Any:
    """Another one."""
    return member(city.role_a.editors, "petras", mails="en")


@pytest.fixture
def rasa(city: City) -> Any:
    """A coordinator."""
    return member(permissions.coordinators_role(), "rasa", mails="en")


def member(role: Any, name: str, **fields: Any) -> Any:
    person = a_person(name, **fields)
    person.groups.add(role)
    return person


def filled(city: City) -> ChapterReturn:
    kept = city.chapter_return()
    Entry.objects.create(chapter_return=kept, measure=Measure.objects.get(code="1.1.0"), status="on_track")
    return kept


def recipients() -> list[str]:
    return [
        address.partition("@")[0] for address in OutboxMail.objects.order_by("pk").values_list("recipient", flat=True)
    ]


def test_submitting_tells_the_coordinators(city: City, ona: Any, petras: Any, rasa: Any, client: Client) -> None:
    kept = filled(city)
    client.force_login(ona)
    client.post(reverse("plan_pages_return", args=[kept.pk]), {"deed": "submit", "anyway": "1"})
    mail = OutboxMail.objects.get()
    assert recipients() == ["rasa"]
    assert mail.subject.replace("\xa0", " ").endswith("first quarter of 2026")
    assert "Ona Onaitė has submitted the return." in mail.text
    assert f"/admin/monitoring/returns/{kept.pk}/" in mail.text


def test_sending_back_tells_all_editors_why_the_submitter_first(
    city: City, ona: Any, petras: Any, rasa: Any, client: Client
) -> None:
    kept = city.chapter_return(ReturnState.SUBMITTED)
    ChapterReturn.objects.update(submitted_by=petras)
    client.force_login(rasa)
    client.post(reverse("plan_pages_return", args=[kept.pk]), {"deed": "send_back", "reason": "Trūksta sumų."})
    assert recipients() == ["petras", "ona"]
    assert "> Trūksta sumų." in OutboxMail.objects.latest("pk").text
    assert "rasa has sent the return back" in OutboxMail.objects.latest("pk").html


def test_approving_tells_the_editors(city: City, ona: Any, rasa: Any) -> None:
    returns.approve(city.chapter_return(ReturnState.SUBMITTED), rasa)
    assert recipients() == ["ona"]


def test_each_round_of_correction_is_told_anew(city: City, ona: Any, rasa: Any) -> None:
    kept = filled(city)
    for _round in range(2):
        returns.submit(kept, ona)
        returns.send_back(kept, rasa, "Dar kartą.")
    assert recipients() == ["rasa", "ona"] * 2


def test_a_deed_that_is_refused_tells_nobody(city: City, ona: Any, rasa: Any) -> None:
    with pytest.raises(Refused):
        returns.submit(city.chapter_return(), ona)
    assert not Notice.objects.exists()


def test_who_does_it_is_not_told(city: City, rasa: Any) -> None:
    rasa.groups.add(city.role_a.editors)
    returns.approve(city.chapter_return(ReturnState.SUBMITTED), rasa)
    assert recipients() == []


def test_a_comment_goes_to_the_other_side(city: City, ona: Any, petras: Any, rasa: Any) -> None:
    kept, row = city.chapter_return(), Measure.objects.get(code="1.1.0")
    notices.commented(kept, row, "Kodėl vėluoja?", rasa)
    assert sorted(recipients()) == ["ona", "petras"]
    notices.commented(kept, row, "Užtruko pirkimas.", ona)
    assert recipients()[2:] == ["rasa"]
    assert f"/admin/monitoring/returns/{kept.pk}/#measure-{row.pk}" in OutboxMail.objects.latest("pk").text


def test_a_comment_of_an_editors_deputy_goes_to_the_coordinators(city: City, ona: Any, rasa: Any) -> None:
    deputy = a_person("deputy")
    away(ona, deputy, "2000-01-01", "2100-01-01")
    notices.commented(city.chapter_return(), Indicator.objects.get(code="R1"), "Reikšmė bus vėliau.", deputy)
    assert recipients() == ["rasa"]
    assert f"#indicator-{Indicator.objects.get(code='R1').pk}" in OutboxMail.objects.get().text


def test_locking_and_reopening_tell_the_editors_of_the_plan(city: City, ona: Any, rasa: Any) -> None:
    member(city.role_b.editors, "b", mails="en")
    periods.lock(city.period, rasa)
    assert sorted(recipients()) == ["b", "ona"]
    periods.reopen(city.period, rasa, "Klaida sumose.")
    assert sorted(recipients()[2:]) == ["b", "ona"]
    assert "> Klaida sumose." in OutboxMail.objects.latest("pk").text


def test_notices_carry_their_period(city: City, ona: Any, rasa: Any) -> None:
    returns.approve(city.chapter_return(ReturnState.SUBMITTED), rasa)
    assert Notice.objects.get().period == city.period


def test_a_deputy_hears_of_the_return(city: City, ona: Any, rasa: Any) -> None:
    away(ona, a_person("deputy"), "2000-01-01", "2100-01-01")
    returns.approve(city.chapter_return(ReturnState.SUBMITTED), rasa)
    assert recipients() == ["ona", "deputy"]


@pytest.mark.parametrize("people", [2, 30])
def test_approving_takes_the_same_queries_however_many_are_told(
    city: City, rasa: Any, django_assert_max_num_queries: Any, people: int
) -> None:
    for number in range(people):
        member(city.role_a.editors, f"p{number}")
    kept = city.chapter_return(ReturnState.SUBMITTED)
    with django_assert_max_num_queries(32):
        returns.approve(kept, rasa)
    assert len(recipients()) == people
