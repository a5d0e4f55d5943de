"""What a banner reads: the public consultations that take remarks on a day."""

from typing import Any

import pytest
from django.utils import timezone

from plan_pages.reading.consultations import open_consultations
from tests.plan_pages.preparation.town import Town, day

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return Town()


def test_an_open_public_round_gives_its_title_its_address_and_its_last_day(town: Town) -> None:
    round_ = town.a_round(audience="public")
    (found,) = open_consultations(town.plan, day())
    assert found.title.as_dict() == round_.title
    assert found.url == f"/en/{town.plan.slug}/remarks/{round_.number}/"
    assert found.form_for("x") == f"/en/{town.plan.slug}/remarks/{round_.number}/new/?part=x"
    assert found.until == day(10)
    assert found.is_about("7")


@pytest.mark.parametrize(
    "fields",
    [
        {"audience": "groups"},
        {"opens": day(1)},
        {"opens": day(-5), "due": day(-1)},
        {"closed_at": timezone.now()},
    ],
)
def test_others_are_left_out(town: Town, fields: dict[str, Any]) -> None:
    town.a_round(**{"audience": "public"} | fields)
    assert open_consultations(town.plan, day()) == ()


def test_a_round_on_a_chapter_is_about_that_one(town: Town) -> None:
    town.a_round(audience="public", chapter=town.chapter_a.chapter)
    (found,) = open_consultations(town.plan, day())
    assert (found.is_about(town.chapter_a.code), found.is_about("77")) == (True, False)
