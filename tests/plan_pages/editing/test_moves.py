"""Moving a measure to another task or chapter: it stays the same measure, and nothing that was reported of it is lost."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageLogEntry

from plan_pages.choices import Audience, ReturnState
from plan_pages.editing import moves
from plan_pages.editing.refusal import Refused
from plan_pages.editing.sheet import ReturnSheet
from plan_pages.exchange import workbook
from plan_pages.exchange.store import store
from plan_pages.funds import funds
from plan_pages.monitoring import BudgetEntry, BudgetLine, ChapterReturn, Entry, IndicatorValue, ReportingPeriod
from plan_pages.pages.chapter import ChapterPage
from plan_pages.reading import read_plan
from plan_pages.register import Chapter, Indicator, Measure
from tests.factories import chapter_page, goal, home_page, indicator, measure, publish, task
from tests.roles import City

pytestmark = pytest.mark.django_db


class Town(City):
    """Chapter A has measure 10.1.1 with the indicator R10; chapter B has a task 2.1 with one measure 2.1.1."""

    def __init__(self) -> None:
        super().__init__()
        rows = [measure("10.1.1", indicators=[indicator("R10")]), measure("10.1.2")]
        tasks = [task("10.1", rows), task("10.2", [])]
        self.from_page = chapter_page(self.plan, [goal("10", tasks)], group=self.a, code="10", title="Švietimo skyrius")
        tasks = [task("2.1", [measure("2.1.1")])]
        self.to_page = chapter_page(self.plan, [goal("20", tasks)], group=self.b, code="20", title="Kultūros skyrius")
        self.row = Measure.objects.get(code="10.1.1")
        self.quarters = {
            name: ReportingPeriod.objects.create(plan=self.plan.plan, period=f"2025-{name}") for name in ("Q3", "Q4")
        }

    @property
    def old(self) -> Chapter:
        return self.from_page.chapter

    @property
    def new(self) -> Chapter:
        return self.to_page.chapter

    def report(
        self, chapter: Chapter, quarter: str, state: ReturnState, *, percent: int | None = None
    ) -> ChapterReturn:
        """A return; with a percent it holds an entry of the measure, an actual of its indicator, and money."""
        found = ChapterReturn.objects.create(
            chapter=chapter,
            period=self.quarters[quarter],
            state=state,
            reason="Trūksta." if state is ReturnState.RETURNED else "",
            approved_at=timezone.now() if state is ReturnState.APPROVED else None,
        )
        if percent is not None:
            Entry.objects.create(chapter_return=found, measure=self.row, status="on_track", percent=percent)
            actual = {"indicator": Indicator.objects.get(code="R10"), "period": found.period, "actual": percent}
            IndicatorValue.objects.create(**actual)
            BudgetEntry.objects.create(chapter_return=found, measure=self.row, year=2025, fund="SB", spent=percent)
        return found

    def path(self) -> str:
        return f"/admin/chapters/{self.from_page.pk}/move/"

    def where(self, task_code: str = "2.1", measure_code: str = "10.1.1") -> dict[str, str]:
        target = self.to_page if task_code.startswith("2") else self.from_page
        return {
            "block": str(Measure.objects.get(code=measure_code).block_id),
            "target": f"{target.pk}:{block_of(target, task_code)}",
        }

    def move(self, user: str = "superuser", code: str = "2.1.2", **where: str) -> Any:
        client = Client()
        client.force_login(self.user(user))
        return client.post(self.path(), {**self.where(**where), "code": code}, follow=True)

    def shown(self) -> Any:
        """The measure as the public reads it, and its chapter's code."""
        plan = read_plan(self.plan.plan, Audience.PUBLIC)
        found = [
            (chapter.code, each)
            for chapter in plan.chapters
            for each in chapter.measures()
            if each.id == str(self.row.public_id)
        ]
        assert len(found) == 1
        return found[0]


def block_of(page: ChapterPage, task_code: str) -> str:
    tasks = page.goals.get_prep_value()[0]["value"]["tasks"]
    return str(next(each["id"] for each in tasks if each["value"]["code"] == task_code))


def codes(page: ChapterPage) -> dict[str, list[str]]:
    goals = ChapterPage.objects.get(pk=page.pk).goals.get_prep_value()
    return {
        each["value"]["code"]: [row["value"]["code"] for row in each["value"]["measures"]]
        for each in goals[0]["value"]["tasks"]
    }


@pytest.fixture
def town() -> Town:
    return Town()


def test_a_measure_goes_to_another_chapter_and_is_the_same_measure(town: Town) -> None:
    BudgetLine.objects.create(measure=town.row, year=2025, fund="SB", planned=100)
    response = town.move()
    assert "is moved" in response.content.decode()
    assert codes(town.from_page) == {"10.1": ["10.1.2"], "10.2": []}
    assert codes(town.to_page) == {"2.1": ["2.1.1", "2.1.2"]}
    row = Measure.objects.get(public_id=town.row.public_id)
    assert (row.pk, row.chapter, row.code, row.task.code) == (town.row.pk, town.new, "2.1.2", "2.1")
    assert row.retired_at is None
    assert Indicator.objects.get(code="R10").chapter == town.new
    chapter, shown = town.shown()
    assert (chapter, shown.budget[0].planned) == ("20", Decimal(100))


def test_the_old_address_leads_to_the_measure(town: Town, client: Client) -> None:
    town.move()
    response = client.get(f"/{town.plan.slug}/measures/10.1.1/", follow=True)
    assert response.redirect_chain[-1][0].endswith("/measures/2.1.2/")
    assert "Pavadinimas 10.1.1" in response.content.decode()
    assert client.get(f"/{town.plan.slug}/id/{town.row.public_id}/").status_code == 302


def test_the_old_address_belongs_to_a_new_measure_that_takes_the_code(town: Town, client: Client) -> None:
    town.move()
    page = town.from_page.__class__.objects.get(pk=town.from_page.pk)
    raw = page.goals.get_prep_value()
    raw[0]["value"]["tasks"][0]["value"]["measures"].append(measure("10.1.1", title={"lt": "Nauja", "en": "New"}))
    page.goals = page.goals.stream_block.to_python(raw)
    publish(page)
    response = client.get(f"/{town.plan.slug}/measures/10.1.1/")
    assert response.status_code == 200
    assert "Nauja" in response.content.decode()


def test_the_measure_page_says_where_it_stood_before(town: Town, client: Client) -> None:
    town.move()
    response = client.get(f"/en/{town.plan.slug}/measures/2.1.2/")
    assert "under the code 10.1.1, in the chapter 10" in response.content.decode()


def test_what_was_approved_before_stays_approved_and_shown(town: Town) -> None:
    report = town.report(town.old, "Q3", ReturnState.APPROVED, percent=40)
    town.move()
    _chapter, shown = town.shown()
    assert [(str(each.period), each.percent) for each in shown.entries] == [("2025-Q3", Decimal(40))]
    values = [(str(each.period), each.actual) for each in shown.indicators[0].values]
    assert values == [("2025-Q3", Decimal(40))]
    assert Entry.objects.get(measure=town.row).chapter_return == report


def test_history_and_chart_of_a_moved_measure_are_public_although_its_new_chapter_never_reported(
    town: Town, client: Client
) -> None:
    town.report(town.old, "Q3", ReturnState.APPROVED, percent=40)
    town.move()
    page = client.get(f"/en/{town.plan.slug}/measures/2.1.2/").content.decode()
    assert "Nothing has been reported yet" not in page
    assert "third quarter" in page.lower() or "Q3" in page


def test_the_old_chapter_may_be_taken_off_the_site_afterwards(town: Town) -> None:
    town.report(town.old, "Q3", ReturnState.APPROVED, percent=40)
    town.move()
    ChapterPage.objects.get(pk=town.from_page.pk).unpublish()
    _chapter, shown = town.shown()
    assert [each.percent for each in shown.entries] == [Decimal(40)]


def test_returns_ask_for_the_measure_in_the_chapter_that_reports_it(town: Town) -> None:
    approved = town.report(town.old, "Q3", ReturnState.APPROVED, percent=40)
    early = town.report(town.new, "Q3", ReturnState.DRAFT)
    late = town.report(town.new, "Q4", ReturnState.DRAFT)
    later = town.report(town.old, "Q4", ReturnState.DRAFT)
    town.move()

    def asks(found: ChapterReturn) -> bool:
        sheet = ReturnSheet(found)
        measures = any(row.measure.pk == town.row.pk for row in sheet.measures)
        assert measures == any(row.indicator.measure_id == town.row.pk for row in sheet.indicators)
        return measures

    assert [asks(each) for each in (approved, early, late, later)] == [True, False, True, False]


@pytest.mark.parametrize("has_return", [True, False])
def test_what_is_being_entered_goes_along(town: Town, has_return: bool) -> None:
    town.report(town.old, "Q4", ReturnState.DRAFT, percent=60)
    if has_return:
        town.report(town.new, "Q4", ReturnState.RETURNED)
    town.move()
    entry, money = Entry.objects.get(measure=town.row), BudgetEntry.objects.get(measure=town.row)
    assert (entry.chapter_return.chapter, money.chapter_return.chapter) == (town.new, town.new)
    assert (entry.percent, str(entry.chapter_return.period)) == (Decimal(60), "2025-Q4")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (ReturnState.SUBMITTED, None, "waits for approval"),
        (ReturnState.DRAFT, ReturnState.SUBMITTED, "handed in its return"),
        (ReturnState.DRAFT, ReturnState.APPROVED, "handed in its return"),
    ],
)
def test_a_return_that_somebody_must_decide_on_first_stops_the_move(
    town: Town, old: ReturnState, new: ReturnState | None, words: str
) -> None:
    town.report(town.old, "Q4", old, percent=60)
    if new:
        town.report(town.new, "Q4", new)
    assert words in town.move().content.decode()
    assert Measure.objects.get(pk=town.row.pk).chapter == town.old
    assert codes(town.to_page) == {"2.1": ["2.1.1"]}
    assert Entry.objects.get().chapter_return.chapter == town.old


def test_what_nobody_approved_is_not_published_by_the_move(town: Town) -> None:
    """The old chapter corrects its first quarter, which the new one has had approved long ago."""
    town.report(town.old, "Q3", ReturnState.RETURNED, percent=40)
    town.report(town.old, "Q4", ReturnState.APPROVED)
    for quarter in ("Q3", "Q4"):
        town.report(town.new, quarter, ReturnState.APPROVED)
    town.move()
    _chapter, shown = town.shown()
    assert shown.entries == ()
    assert shown.indicators[0].values == ()


@pytest.mark.parametrize("which", ["from_page", "to_page"])
def test_unpublished_changes_of_either_chapter_stop_the_move_and_are_named(town: Town, which: str) -> None:
    page = getattr(town, which)
    page.summary_lt = "Juodraštis"
    page.save_revision()
    said = town.move().content.decode()
    assert "has changes that are not published" in said
    assert page.title in said
    assert Measure.objects.get(pk=town.row.pk).chapter == town.old


@pytest.mark.parametrize("which", ["from_page", "to_page"])
def test_a_chapter_that_waits_for_approval_stops_the_move(town: Town, which: str) -> None:
    page = getattr(town, which)
    page.save_revision()
    page.get_workflow().start(page, town.user("editor of A"))
    assert "waits for approval" in town.move().content.decode()


def test_an_unpublished_chapter_receives_nothing(town: Town) -> None:
    town.to_page.unpublish()
    moved = moves.find(town.from_page, str(town.row.block_id), town.to_page, block_of(town.to_page, "2.1"))
    assert moved
    town.to_page.refresh_from_db()
    with pytest.raises(Refused, match="is not published"):
        moves.carry_out(moved, "2.1.2", town.user("superuser"))


def test_a_code_that_another_measure_has_is_refused_at_its_field(town: Town) -> None:
    said = town.move(code="2.1.1").content.decode()
    assert "has a measure with the code 2.1.1 already" in said
    assert Measure.objects.get(pk=town.row.pk).code == "10.1.1"


def test_a_code_that_is_not_one_is_refused_at_its_field(town: Town) -> None:
    assert "is not a code" in town.move(code="a b").content.decode()


def test_the_screen_suggests_the_next_code_and_says_what_will_happen(town: Town, client: Client) -> None:
    town.report(town.old, "Q3", ReturnState.APPROVED, percent=40)
    town.report(town.old, "Q4", ReturnState.DRAFT, percent=60)
    client.force_login(town.user("superuser"))
    page = client.get(town.path(), town.where()).content.decode()
    assert 'value="2.1.2"' in page
    assert "stays in the returns of “Švietimo skyrius”" in page
    assert "entered for 2025-Q4 goes along to the return of “Kultūros skyrius”" in page


def test_a_group_moves_its_measure_within_its_chapter_as_a_draft(town: Town) -> None:
    response = town.move("editor of A", "10.2.1", task_code="10.2")
    assert "moved in the draft" in response.content.decode()
    assert codes(town.from_page) == {"10.1": ["10.1.1", "10.1.2"], "10.2": []}
    draft = ChapterPage.objects.get(pk=town.from_page.pk)
    draft.get_latest_revision().publish()
    assert codes(town.from_page) == {"10.1": ["10.1.2"], "10.2": ["10.2.1"]}
    row = Measure.objects.get(public_id=town.row.public_id)
    assert (row.pk, row.task.code, row.code) == (town.row.pk, "10.2", "10.2.1")


def test_an_approver_moves_within_a_chapter_and_readers_see_it_at_once(town: Town, client: Client) -> None:
    town.move("approver", "10.2.1", task_code="10.2")
    assert codes(town.from_page) == {"10.1": ["10.1.2"], "10.2": ["10.2.1"]}
    assert client.get(f"/{town.plan.slug}/measures/10.1.1/", follow=True).status_code == 200


def test_a_draft_of_the_chapter_is_not_published_by_moving_within_it(town: Town) -> None:
    town.from_page.summary_lt = "Juodraštis"
    town.from_page.save_revision()
    town.move("approver", "10.2.1", task_code="10.2")
    page = ChapterPage.objects.get(pk=town.from_page.pk)
    assert page.summary_lt != "Juodraštis"
    latest = page.get_latest_revision_as_object()
    assert latest.summary_lt == "Juodraštis"
    assert [
        each["value"]["code"] for each in latest.goals.get_prep_value()[0]["value"]["tasks"][1]["value"]["measures"]
    ]


def test_an_editor_is_offered_no_task_of_another_chapter_and_cannot_name_one(town: Town, client: Client) -> None:
    client.force_login(town.user("editor of A"))
    assert "2.1 Pavadinimas" not in client.get(town.path()).content.decode()
    town.move("editor of A")
    assert Measure.objects.get(pk=town.row.pk).chapter == town.old


def test_the_deed_itself_asks_for_the_right_to_publish_both(town: Town) -> None:
    found = moves.find(town.from_page, str(town.row.block_id), town.to_page, block_of(town.to_page, "2.1"))
    assert found
    with pytest.raises(PermissionDenied):
        moves.carry_out(found, "2.1.2", town.user("editor of A"))


def test_a_locked_chapter_is_not_changed(town: Town) -> None:
    page = town.from_page
    page.locked, page.locked_by = True, town.user("superuser")
    page.save(update_fields=["locked", "locked_by"])
    assert "is locked" in town.move("editor of A", "10.2.1", task_code="10.2").content.decode()


def test_the_log_of_both_chapters_says_who_moved_what(town: Town) -> None:
    town.move()
    entries = PageLogEntry.objects.filter(action="plan_pages.measure.move")
    assert {entry.page_id for entry in entries} == {town.from_page.pk, town.to_page.pk}
    assert {entry.user.username for entry in entries} == {"superuser"}
    message = entries[0].message
    assert "10.1.1" in message
    assert "2.1.2" in message
    assert "Kultūros skyrius" in message


def test_an_old_text_of_the_chapter_cannot_bring_the_measure_into_two_places(town: Town) -> None:
    old = town.from_page.latest_revision
    town.move()
    with pytest.raises(ValidationError) as caught:
        old.publish()
    fault = caught.value.error_dict["goals"][0].block_errors[0].block_errors["tasks"].block_errors[0]
    fault = fault.block_errors["measures"].block_errors[0].block_errors["code"]
    # Wagtail publishes in the language of the page, and says so in that.
    assert "20 Kultūros skyrius" in fault.messages[0]
    assert "2.1.2" in fault.messages[0]
    assert Measure.objects.filter(block_id=town.row.block_id).count() == 1
    assert Measure.objects.get(pk=town.row.pk).chapter == town.new


def test_an_old_text_of_the_receiving_chapter_retires_the_measure_and_the_newer_one_brings_it_back(town: Town) -> None:
    old = town.to_page.latest_revision
    town.move()
    newest = ChapterPage.objects.get(pk=town.to_page.pk).latest_revision
    old.publish()
    assert Measure.objects.get(pk=town.row.pk).retired_at is not None
    newest.publish()
    row = Measure.objects.get(pk=town.row.pk)
    assert (row.retired_at, row.code) == (None, "2.1.2")


def test_a_measure_may_be_moved_back(town: Town) -> None:
    town.report(town.old, "Q3", ReturnState.APPROVED, percent=40)
    town.move()
    page = ChapterPage.objects.get(pk=town.to_page.pk)
    back = moves.find(page, str(town.row.block_id), town.from_page, block_of(town.from_page, "10.1"))
    assert back
    moves.carry_out(back, "10.1.1", town.user("superuser"))
    chapter, shown = town.shown()
    assert (chapter, shown.code) == ("10", "10.1.1")
    assert [each.percent for each in shown.entries] == [Decimal(40)]


def test_a_measure_goes_into_a_copy_of_its_own_chapter(town: Town) -> None:
    """A copied page has the same block ids: the measure gets another one there and stays the same row."""
    copy = ChapterPage.objects.get(pk=town.from_page.pk).copy(
        update_attrs={"slug": "kopija", "title": "Kopija", "code": "30"}, keep_live=False
    )
    raw = copy.goals.get_prep_value()
    raw[0]["value"]["code"] = "30"
    for number, each in enumerate(raw[0]["value"]["tasks"]):
        each["value"]["code"] = f"30.{number}"
        for place, row in enumerate(each["value"]["measures"]):
            row["value"]["code"] = f"30.{number}.{place}"
            row["value"]["indicators"] = []
    copy.goals = copy.goals.stream_block.to_python(raw)
    copy = publish(copy)
    found = moves.find(town.from_page, str(town.row.block_id), copy, block_of(copy, "30.1"))
    assert found
    moves.carry_out(found, "30.1.9", town.user("superuser"))
    row = Measure.objects.get(pk=town.row.pk)
    assert (row.chapter, row.retired_at) == (copy.chapter, None)
    assert row.block_id != town.row.block_id
    publish(ChapterPage.objects.get(pk=copy.pk))
    assert Measure.objects.get(pk=town.row.pk).retired_at is None


def test_importing_what_was_exported_reports_nothing_anew(town: Town) -> None:
    town.report(town.old, "Q3", ReturnState.APPROVED, percent=40)
    town.move()
    exported = workbook.write(read_plan(town.plan.plan, Audience.INTERNAL), languages=("lt", "en"))
    before = read_plan(town.plan.plan, Audience.PUBLIC)
    read = workbook.read(exported, languages=("lt", "en"), funds=funds())
    assert read.plan is not None
    store(read.plan, town.plan.slug, home_page())
    assert not ChapterReturn.objects.filter(chapter=town.new).exists()
    assert Entry.objects.get(measure=town.row).chapter_return.chapter == town.old
    after = read_plan(town.plan.plan, Audience.PUBLIC)
    assert [each.reported for each in after.chapters] == [each.reported for each in before.chapters]


def test_the_screen_takes_no_query_more_for_more_chapters(town: Town, client: Client) -> None:
    client.force_login(town.user("approver"))

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(town.path()).status_code == 200
        return len(queries)

    count()
    before = count()
    for number in range(4):
        chapter_page(town.plan, group=town.b, code=f"4{number}")
    assert count() == before
