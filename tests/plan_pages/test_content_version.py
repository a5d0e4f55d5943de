"""The content version moves with everything that the public may see, however it was changed, and with nothing else."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, Page, PageViewRestriction, Site

from plan_pages import content_version
from plan_pages.choices import ReturnState
from plan_pages.evidence import Evidence
from plan_pages.monitoring import BudgetEntry, ChapterReturn, Entry, IndicatorValue, ReportingPeriod
from plan_pages.pages.chapter import ChapterPage
from plan_pages.register import FormerPlace, Measure
from reports.models.editions import Release
from tests.factories import home_page, plan_page, publish
from tests.plan_pages.readers import a_chapter, report
from tests.reports.city import an_edition

pytestmark = pytest.mark.django_db(transaction=True)

WRITTEN = """
    cms.ContentPage cms.HomePage cms.NewsIndexPage cms.NewsPage cms.NewsPage_chapters cms.NewsPicture
    plan_pages.BudgetLine plan_pages.Chapter plan_pages.ChapterPage plan_pages.ChapterReturn plan_pages.DeadlineChange
    plan_pages.Entry plan_pages.Evidence plan_pages.FormerPlace plan_pages.Goal plan_pages.GroupDocument
    plan_pages.GroupMeeting plan_pages.GroupMember plan_pages.GroupPage plan_pages.Indicator plan_pages.IndicatorValue
    plan_pages.Measure plan_pages.Plan plan_pages.PlanAmendment plan_pages.PlanPage plan_pages.Remark
    plan_pages.Remark_documents plan_pages.RemarkRound plan_pages.RemarkRound_documents plan_pages.ReportingPeriod
    plan_pages.SearchEntry plan_pages.Task
    reports.Edition reports.EditionFile reports.Release
    wagtailcore.Collection wagtailcore.CollectionViewRestriction wagtailcore.CollectionViewRestriction_groups
    wagtailcore.Locale wagtailcore.Page wagtailcore.PageViewRestriction wagtailcore.PageViewRestriction_groups
    wagtailcore.Site wagtaildocs.Document wagtailimages.Image wagtailredirects.Redirect wagtailsearch.IndexEntry
"""
PUBLIC = frozenset(WRITTEN.split())
"""A model that is in neither this set nor `NOT_PUBLIC` (or `not_public` of its app) is new: say whether the public sees
its rows."""


@pytest.fixture
def chapter() -> ChapterPage:
    page = a_chapter(plan_page(), "1")
    report(page, "2026-Q1", 40)
    return page


def moved(change: Callable[[], Any]) -> bool:
    before = content_version.current()
    assert before is not None
    change()
    return content_version.current() != before


def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_every_model_is_said_to_be_public_or_not() -> None:
    hidden = content_version.NOT_PUBLIC.union(*(getattr(each, "not_public", ()) for each in apps.get_app_configs()))
    every = {model._meta.label for model in apps.get_models(include_auto_created=True)}
    every = {label for label in every if label.split(".")[0] not in content_version.NOT_PUBLIC_APPS}
    assert PUBLIC & hidden == set()
    assert every ^ (PUBLIC | hidden) <= {"wagtailsearch.SQLiteFTSIndexEntry"}


def test_exactly_the_models_that_the_public_sees_are_counted() -> None:
    assert {
        model._meta.label for model in apps.get_models(include_auto_created=True) if content_version.counts(model)
    } == (PUBLIC)


def test_every_trigger_is_there() -> None:
    wanted = {each.name: each.table for each in content_version.expected(connection.vendor)}
    assert content_version.installed(connection) == wanted


def _with_another_body() -> Measure:
    found = Measure.objects.get()
    found.responsible = "Kas nors"
    return found


CHANGES: dict[str, Callable[[ChapterPage], Any]] = {
    "publish": lambda page: publish(page),
    "unpublish": lambda page: page.unpublish(),
    "delete": lambda page: page.delete(),
    "move": lambda page: a_chapter(page.get_parent().specific, "2").move(page, pos="left"),
    "update of many": lambda page: Page.objects.filter(pk=page.pk).update(title="Kitas"),
    "bulk update": lambda page: Measure.objects.bulk_update([_with_another_body()], ["responsible"]),
    "SQL": lambda page: sql("UPDATE plan_pages_measure SET responsible = 'x'"),
    "SQL that deletes": lambda page: sql("DELETE FROM plan_pages_entry"),
    "restriction": lambda page: PageViewRestriction.objects.create(page=page, restriction_type="login"),
    "name of the site": lambda page: Site.objects.update(site_name="Kitas"),
    "approved entry": lambda page: Entry.objects.update(percent=41),
    "approved value": lambda page: IndicatorValue.objects.update(actual=41),
    "interim target": lambda page: IndicatorValue.objects.update(target=41),
    "approved return sent back": lambda page: ChapterReturn.objects.update(state="returned", reason="x"),
    "another approved return": lambda page: report(page, "2026-Q2", 50),
    "locked period": lambda page: ReportingPeriod.objects.update(locked_at=timezone.now()),
    "image": lambda page: get_image_model().objects.create(
        title="x", file=get_test_image_file(), collection=Collection.get_first_root_node()
    ),
    "document": lambda page: get_document_model().objects.create(
        title="x", file="x.pdf", collection=Collection.get_first_root_node()
    ),
    "evidence of an approved return": lambda page: Evidence.objects.create(
        chapter_return=ChapterReturn.objects.get(), measure=Measure.objects.get(), url="https://a.lt", title="x"
    ),
    "imported": lambda page: Measure.objects.filter(pk__gt=0).update(position=5),
}


@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize("name", CHANGES)
def test_what_the_public_may_see_moves_the_version(chapter: ChapterPage, name: str) -> None:
    home_page()  # makes the root of the collections too
    assert moved(lambda: CHANGES[name](chapter))


def test_releasing_a_report_moves_the_version() -> None:
    edition = an_edition(release_at_once=False)
    assert moved(lambda: Release.objects.create(edition=edition, by=None, at=timezone.now()))


def a_draft(page: ChapterPage) -> ChapterReturn:
    period, _made = ReportingPeriod.objects.get_or_create(plan=page.chapter.plan, period="2026-Q3")
    return ChapterReturn.objects.create(chapter=page.chapter, period=period)


def test_a_return_that_is_begun_moves_nothing(chapter: ChapterPage) -> None:
    ReportingPeriod.objects.create(plan=chapter.chapter.plan, period="2026-Q3")
    assert not moved(lambda: a_draft(chapter))


SAVED: dict[str, Callable[[ChapterReturn], Any]] = {
    "entry": lambda given: Entry.objects.create(
        chapter_return=given, measure=Measure.objects.get(), status="on_track", percent=9
    ).save(),
    "value": lambda given: IndicatorValue.objects.create(
        indicator=Measure.objects.get().indicators.get(), period=given.period, actual=9
    ).save(),
    "money": lambda given: BudgetEntry.objects.create(
        chapter_return=given, measure=Measure.objects.get(), year=2026, fund="SB", planned=1
    ),
    "evidence": lambda given: Evidence.objects.create(
        chapter_return=given, measure=Measure.objects.get(), url="https://a.lt", title="x"
    ),
}


@pytest.mark.parametrize("name", SAVED)
def test_what_is_saved_while_a_quarter_is_reported_moves_nothing(chapter: ChapterPage, name: str) -> None:
    given = a_draft(chapter)
    assert not moved(lambda: SAVED[name](given))


def test_a_value_with_an_interim_target_is_saved_without_moving_the_version(chapter: ChapterPage) -> None:
    given = a_draft(chapter)
    value = IndicatorValue.objects.create(
        indicator=Measure.objects.get().indicators.get(), period=given.period, target=5
    )

    def save() -> None:
        value.actual = 4
        value.save()

    assert not moved(save)


def test_a_value_that_a_former_chapter_has_reported_moves_the_version(chapter: ChapterPage) -> None:
    """The measure went to another chapter; the approved return is of the one that it left."""
    other = a_chapter(chapter.get_parent().specific, "2")
    value = IndicatorValue.objects.get()
    FormerPlace.objects.create(
        measure=value.indicator.measure,
        left=timezone.localdate(),
        chapter=chapter.chapter,
        code="1.1.1.1",
        block_id=value.indicator.measure.block_id,
        reported_until=value.period.last_day,
    )
    type(value.indicator).objects.update(chapter=other.chapter)
    assert moved(lambda: IndicatorValue.objects.update(actual=77))


def test_a_draft_of_a_page_moves_nothing(chapter: ChapterPage) -> None:
    chapter.title = "Juodraštis"
    assert not moved(lambda: chapter.save_revision())


def test_what_is_rolled_back_moves_nothing(chapter: ChapterPage) -> None:
    def change() -> None:
        with transaction.atomic():
            Page.objects.update(title="x")
            transaction.set_rollback(True)

    assert not moved(change)


def test_a_return_approved_with_its_rows_in_one_transaction_moves_the_version(chapter: ChapterPage) -> None:
    given = a_draft(chapter)

    def approve() -> None:
        with transaction.atomic():
            SAVED["entry"](given)
            given.state, given.approved_at = ReturnState.APPROVED.value, timezone.now()
            given.save()

    assert moved(approve)


def test_a_version_that_was_lost_begins_anew_with_another_number(chapter: ChapterPage) -> None:
    before = content_version.current()
    content_version.ContentVersion.objects.all().delete()
    assert content_version.current() is None
    Page.objects.update(title="x")
    assert content_version.current() not in (None, before, str(int(before or 0) + 1))


def test_rows_that_are_ignored_where_they_are_known_do_not_stop_the_counting(chapter: ChapterPage) -> None:
    """`ignore_conflicts` on SQLite is a clause that reaches into triggers."""
    new = ReportingPeriod(plan=chapter.chapter.plan, period="2027-Q1", last_day="2027-03-31")
    assert moved(lambda: ReportingPeriod.objects.bulk_create([new], ignore_conflicts=True))


def test_a_writer_that_commits_late_moves_the_version_when_it_commits(chapter: ChapterPage) -> None:
    """It wrote before another one, whose change is counted already."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer at a time")
    wrote, may_commit = threading.Event(), threading.Event()

    def late() -> None:
        try:
            with transaction.atomic():
                Page.objects.filter(pk=chapter.pk).update(title="Vėlus")
                wrote.set()
                may_commit.wait(20)
        finally:
            connections["default"].close()

    writer = threading.Thread(target=late)
    writer.start()
    assert wrote.wait(20)
    Site.objects.update(site_name="Greitas")  # does not queue on the late one
    before = content_version.current()
    may_commit.set()
    writer.join()
    assert content_version.current() != before


def test_migrations_find_no_triggers_in_their_way_and_leave_them_set() -> None:
    call_command("migrate", "plan_pages", verbosity=0)
    content_version.remove(connection)
    assert content_version.installed(connection) == {}
    assert content_version.current() is None
    call_command("migrate", verbosity=0)
    assert content_version.installed(connection).keys() == {
        each.name for each in content_version.expected(connection.vendor)
    }
    assert content_version.current() is not None


def test_nobody_counts_without_the_triggers(chapter: ChapterPage) -> None:
    """The tests above can fail."""
    with connection.cursor() as cursor:
        for name, table in content_version.installed(connection).items():
            cursor.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if connection.vendor == "postgresql" else ""))
    try:
        assert not moved(lambda: Page.objects.update(title="x"))
    finally:
        content_version.install(connection)
