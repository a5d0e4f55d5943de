"""Every address of the plan's API: what it promises, what it costs, and what strangers never get from it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from plan_pages.choices import ReturnState, RoundAudience
from plan_pages.consultation.rounds import RemarkRound
from plan_pages.exchange.store import store
from plan_pages.monitoring import ReportingPeriod
from plan_pages.pages.chapter import ChapterPage
from plan_pages.pages.plan import PlanPage
from plan_pages.register import Chapter, Goal, Indicator, Measure, Task
from tests.factories import group_page, home_page, plan_page
from tests.plan_pages.api.asked import API, ask, check, operations
from tests.plan_pages.readers import a_chapter, report
from tests.plans import PERIODS, large_plan

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12
EXAMPLES: dict[str, Callable[[], str]] = {
    "plans_list": lambda: "",
    "plan_detail": lambda: "planas/",
    "plan_tree": lambda: "planas/tree/",
    "plan_progress": lambda: "planas/progress/",
    "plan_budget": lambda: "planas/budget/",
    "chapters_list": lambda: "planas/chapters/",
    "chapter_detail": lambda: f"planas/chapters/{public_id(Chapter)}/",
    "goals_list": lambda: "planas/goals/",
    "goal_detail": lambda: f"planas/goals/{public_id(Goal)}/",
    "tasks_list": lambda: "planas/tasks/",
    "task_detail": lambda: f"planas/tasks/{public_id(Task)}/",
    "measures_list": lambda: "planas/measures/",
    "measure_detail": lambda: f"planas/measures/{public_id(Measure)}/",
    "indicators_list": lambda: "planas/indicators/",
    "indicator_detail": lambda: f"planas/indicators/{public_id(Indicator)}/",
    "groups_list": lambda: "planas/groups/",
    "group_detail": lambda: "planas/groups/G1/",
    "periods_list": lambda: "planas/periods/",
    "consultations_list": lambda: "planas/consultations/",
    "consultation_detail": lambda: "planas/consultations/1/",
    "remarks_list": lambda: "planas/consultations/1/remarks/",
    "period_detail": lambda: f"planas/periods/{PERIODS[0]}/",
}
"""One address of each operation, below that of the plans."""


def public_id(model: Any) -> str:
    return str(model.objects.order_by("pk").first().public_id)


def everything(slug: str = "planas") -> str:
    """All that a stranger can ask of the plan, as one text."""
    paths = [f"{API}plans/{path()}" for path in EXAMPLES.values()]
    return "".join(Client().get(path).content.decode() for path in paths)


def a_city(measures: int) -> None:
    plan = store(large_plan(measures, chapters=measures // 20), "planas", home_page()).page
    group_page(plan, code="G1")
    period = ReportingPeriod.objects.filter(plan=plan.plan).first()
    assert period is not None
    ReportingPeriod.objects.filter(pk=period.pk).update(
        opens=period.value.end, due=period.value.end, locked_at=timezone.now()
    )
    a_consultation(plan)


def a_consultation(plan: PlanPage) -> None:
    RemarkRound.objects.create(
        plan=plan.plan,
        number=1,
        title={"lt": "Ko trūksta?", "en": "What is missing?"},
        opens="2026-01-01",
        due="2026-02-01",
        answer_by="2026-03-01",
        audience=RoundAudience.PUBLIC,
        created_at=timezone.now(),
    )


def costs(measures: int) -> dict[str, int]:
    """Queries of each address of a plan of that size, each answer held to its promise."""
    with transaction.atomic():
        a_city(measures)
        found = {name: queries(f"{API}plans/{path()}") for name, path in EXAMPLES.items()}
        transaction.set_rollback(True)
    return found


def queries(path: str) -> int:
    client = Client()
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(path)
    assert answer.status_code == 200, f"{path}: {answer.content.decode()[:500]}"
    check(answer)
    return len(asked)


def test_every_address_keeps_its_promise_and_asks_the_database_little_whatever_the_size() -> None:
    few = costs(20)
    assert max(few.values()) <= MOST_QUERIES
    assert costs(60) == few


def test_no_address_is_forgotten_here() -> None:
    ours = {
        each.url_name for each in operations() if each.view_func.__module__.startswith("plan_pages") and is_open(each)
    }
    assert ours == {*EXAMPLES, "home", "search"}


def is_open(operation: Any) -> bool:
    """Read without a token. What takes one has tests of its own."""
    return not operation.auth_callbacks


# What strangers do not get


@pytest.fixture
def plan() -> PlanPage:
    """Chapter 1, 40 % done in 2025-Q4 and 60 % in 2026-Q1."""
    plan = plan_page(title="Miesto planas", slug="planas")
    group_page(plan, code="G1")
    a_consultation(plan)
    chapter = a_chapter(plan, "1")
    report(chapter, "2024-Q4", 40)
    report(chapter, "2026-Q1", 60)
    return plan


@pytest.mark.parametrize("state", [ReturnState.DRAFT, ReturnState.SUBMITTED])
def test_a_report_that_is_not_approved_is_nowhere(plan: PlanPage, state: ReturnState) -> None:
    report(ChapterPage.objects.get(), "2026-Q2", 97, state, note="Slaptai")
    found = everything()
    assert "Slaptai" not in found
    assert '"97"' not in found
    assert '"60"' in found


def test_a_draft_chapter_is_nowhere(plan: PlanPage) -> None:
    page = a_chapter(plan, "2", title="Juodraštis", live=False)
    page.save_revision()
    assert "Juodraštis" not in everything()


def test_a_restricted_chapter_is_nowhere_and_a_session_opens_nothing(plan: PlanPage, admin_client: Client) -> None:
    hidden = a_chapter(plan, "2", title="Uždaras skyrius")
    where = f"plans/planas/measures/{Measure.objects.get(code='2.1.1.1').public_id}/"
    ask(where)
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    assert "Uždaras" not in everything()
    ask(where, 404)
    assert admin_client.get(API + where).status_code == 404


def test_a_restricted_plan_is_not_found(plan: PlanPage) -> None:
    ask("plans/planas/")
    PageViewRestriction.objects.create(page=plan, restriction_type=PageViewRestriction.LOGIN)
    for name, path in EXAMPLES.items():
        if name != "plans_list":
            ask(f"plans/{path()}", 404)
    assert ask("plans/")["items"] == []


def test_a_plan_that_is_not_published_is_not_found(plan: PlanPage) -> None:
    plan.unpublish()
    assert ask("plans/planas/", 404)["detail"] == "There is no such plan."
    assert ask("plans/")["items"] == []


def test_a_plan_that_nobody_knows_is_not_found() -> None:
    ask("plans/kitas/", 404)


def test_what_cannot_be_a_name_of_a_plan_is_refused_before_the_database_is_asked() -> None:
    with CaptureQueriesContext(connection) as asked:
        ask("plans/%00/tree/", 422)
    assert len(asked) == 0


def test_every_address_refuses_what_it_does_not_know(plan: PlanPage) -> None:
    for path in EXAMPLES.values():
        (error,) = ask(f"plans/{path()}?colour=red", 422)["errors"]
        assert error["loc"] == ["query", "colour"]
        assert "lang" in error["known"]
