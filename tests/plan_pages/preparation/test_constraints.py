"""What must never be is refused by the database itself, whoever writes the row."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from plan_pages.consultation.remarks import Remark
from plan_pages.consultation.requests import RequestAnswer
from plan_pages.consultation.rounds import RemarkRound
from plan_pages.register import Goal, Task
from tests.plan_pages.preparation.town import Town, day

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return Town()


def refused(rows: Any, **fields: Any) -> bool:
    try:
        with transaction.atomic():
            rows.update(**fields)
    except IntegrityError:
        return True
    return False


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "submitted"},
        {"state": "submitted", "number": 1},
        {"number": 1},
        {"state": "unheard of"},
        {"kind": "unheard of"},
        {"answer": "accepted"},
        {"reason": "Be atsakymo"},
        {"withdrawn_at": "2026-01-01T00:00Z"},
        {"chapter": None},
        {"person_name": "Vardas"},
        {"group_name": {}, "person_name": "Vardas"},
        {"forgotten_at": "2026-01-01T00:00Z", "group_name": {}, "person_name": "Vardas", "forget_on": "2026-01-01"},
    ],
)
def test_a_draft_has_nothing_that_comes_later(town: Town, fields: dict[str, Any]) -> None:
    town.a_draft()
    assert refused(Remark.objects.all(), **fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"number": None},
        {"text": ""},
        {"submitted_at": None},
        {"state": "withdrawn"},
        {"state": "answered"},
        {"state": "answered", "answer": "accepted"},
        {"state": "answered", "answer": "partly", "answered_at": "2026-01-01T00:00Z"},
        {"state": "answered", "answer": "perhaps", "answered_at": "2026-01-01T00:00Z", "reason": "Gal"},
    ],
)
def test_a_remark_that_was_given_is_whole(town: Town, fields: dict[str, Any]) -> None:
    town.a_remark()
    assert refused(Remark.objects.all(), **fields)


def test_an_answer_with_its_reason_is_taken(town: Town) -> None:
    town.a_remark()
    fields = {"state": "answered", "answer": "partly", "answered_at": timezone.now(), "reason": "Dalis"}
    assert not refused(Remark.objects.all(), **fields)


def test_a_remark_is_about_one_part(town: Town) -> None:
    town.a_draft()
    goal, task = Goal.objects.get(plan=town.plan.plan, code="1"), Task.objects.get(plan=town.plan.plan, code="1.1")
    assert refused(Remark.objects.all(), goal=goal)
    assert refused(Remark.objects.all(), task=task)
    assert not refused(Remark.objects.all(), measure=None, task=task)
    assert not refused(Remark.objects.all(), measure=None, task=None)


def test_a_number_is_given_once(town: Town) -> None:
    town.a_remark(number=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        town.a_remark(number=1)


@pytest.mark.parametrize("fields", [{"due": day(-6)}, {"published_at": "2026-01-01T00:00Z"}, {"audience": "somebody"}])
def test_a_round_is_whole(town: Town, fields: dict[str, Any]) -> None:
    assert refused(RemarkRound.objects.all(), **fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "given"},
        {"state": "given", "answered_at": "2026-01-01T00:00Z"},
        {"state": "again"},
        {"state": "unheard of"},
        {"answered_at": "2026-01-01T00:00Z"},
    ],
)
def test_an_answer_to_a_request_is_whole(town: Town, fields: dict[str, Any]) -> None:
    town.a_request()
    assert refused(RequestAnswer.objects.all(), **fields)
