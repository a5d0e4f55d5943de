"""Deputies: what a person may do for another in their days, and what they may not."""

from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from plan_pages import permissions
from plan_pages.choices import ReturnState
from plan_pages.people import PersonalChoices
from tests.plan_pages.mails.people import local
from tests.plan_pages.test_permissions import MAY_EDIT
from tests.roles import City

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> City:
    return City()


def stand_in(city: City, person: str, deputy: str, first: int = 0, last: int = 0) -> None:
    """From so many days after today until so many."""
    today = timezone.localdate()
    days = {"deputy_from": today + timedelta(days=first), "deputy_until": today + timedelta(days=last)}
    PersonalChoices.objects.update_or_create(user=city.user(person), defaults={"deputy": city.user(deputy), **days})


def rights(city: City, name: str) -> tuple[set[str], bool, bool, bool]:
    """The chapters that this one reports; whether they see, edit, submit the return of group A."""
    user, each = city.user(name), city.chapter_return()
    return (
        {chapter.code for chapter in permissions.chapters_for(user)},
        permissions.may_view_return(user, each),
        permissions.may_edit_return(user, each),
        permissions.may_submit(user, each),
    )


@pytest.mark.parametrize("name", ["reader", "approver", "nobody"])
def test_a_deputy_reports_what_the_person_reports(city: City, name: str) -> None:
    stand_in(city, "editor of A", name)
    assert rights(city, name) == ({"1"}, True, True, True)


def test_a_deputy_keeps_what_is_their_own(city: City) -> None:
    stand_in(city, "editor of A", "editor of B")
    assert rights(city, "editor of B") == ({"1", "2"}, True, True, True)
    assert permissions.chapters_for(city.user("editor of B")).count() == 2


@pytest.mark.parametrize(("first", "last"), [(1, 9), (-9, -1)])
def test_a_deputy_has_rights_in_their_days_only(city: City, first: int, last: int) -> None:
    stand_in(city, "editor of A", "editor of B", first, last)
    assert rights(city, "editor of B") == ({"2"}, False, False, False)


def test_the_person_keeps_their_rights_while_somebody_stands_in(city: City) -> None:
    stand_in(city, "editor of A", "editor of B")
    assert rights(city, "editor of A") == ({"1"}, True, True, True)


def test_a_deputy_of_a_deputy_gets_nothing(city: City) -> None:
    stand_in(city, "editor of A", "editor of B")
    stand_in(city, "editor of B", "nobody")
    assert rights(city, "nobody") == ({"2"}, False, False, False)


def test_a_deputy_does_not_coordinate(city: City) -> None:
    stand_in(city, "coordinator", "editor of B")
    deputy, submitted = city.user("editor of B"), city.chapter_return(ReturnState.SUBMITTED)
    assert not permissions.is_coordinator(deputy)
    assert not permissions.may_approve(deputy, submitted)
    assert not permissions.may_view_return(deputy, submitted)


def test_a_deputy_does_not_edit_texts_or_read_what_is_internal(city: City) -> None:
    stand_in(city, "editor of A", "editor of B")
    stand_in(city, "reader", "nobody")
    assert not city.chapter_a.permissions_for_user(city.user("editor of B")).can_edit()
    assert not permissions.may_read_internal(city.user("nobody"))


def test_who_may_no_longer_log_in_is_nobodys_deputy_and_has_none(city: City) -> None:
    stand_in(city, "editor of A", "inactive")
    assert not permissions.chapters_for(city.user("inactive")).exists()
    stand_in(city, "editor of A", "nobody")
    get_user_model().objects.filter(username="editor of A").update(is_active=False)
    assert not permissions.chapters_for(city.user("nobody")).exists()


@pytest.mark.parametrize("state", ReturnState)
def test_a_deputy_may_edit_in_the_states_in_which_the_person_may(city: City, state: ReturnState) -> None:
    stand_in(city, "editor of A", "editor of B")
    each = city.chapter_return(state)
    found = permissions.may_edit_return(city.user("editor of B"), each)
    assert found is ("editor of A" in MAY_EDIT[state])


def test_an_editor_who_loses_the_role_has_nothing_to_hand_on(city: City) -> None:
    stand_in(city, "editor of A", "nobody")
    city.user("editor of A").groups.clear()
    assert not permissions.chapters_for(city.user("nobody")).exists()


def test_a_deputys_days_are_those_of_the_site_wherever_the_deputy_is(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    deputy = city.user("nobody")
    days = {"deputy_from": date(2026, 11, 20), "deputy_until": date(2026, 11, 20)}
    PersonalChoices.objects.create(user=city.user("editor of A"), deputy=deputy, **days)
    monkeypatch.setattr(timezone, "now", lambda: local("2026-11-21T00:30"))
    with timezone.override("America/New_York"):
        assert not permissions.chapters_for(deputy).exists()
    monkeypatch.setattr(timezone, "now", lambda: local("2026-11-20T00:30"))
    with timezone.override("America/New_York"):
        assert permissions.chapters_for(deputy).exists()
