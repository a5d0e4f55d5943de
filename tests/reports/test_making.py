"""From a due time to an edition: begun once, made once, in order, whatever fails and whoever else is at it."""

import zlib
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError
from django.utils import timezone, translation

from plan_pages.choices import MailState
from plan_pages.leases import LeaseLost
from plan_pages.monitoring import ReportingPeriod
from plan_pages.outbox import OutboxMail
from reports import files, making, snapshot
from reports.choices import JobFault, JobState, ReportKind
from reports.making import make
from reports.models.editions import DamagedSnapshot, Edition
from reports.models.jobs import ReportJob
from reports.models.schedules import ReportSchedule
from reports.work import tick, work_off
from tests.factories import chapter_page
from tests.reports.city import NOW, a_schedule, an_edition, moment, report_progress, run, small_plan, states

pytestmark = pytest.mark.django_db


def test_what_is_due_becomes_an_edition_in_every_language_and_format() -> None:
    edition = an_edition(languages=["lt", "en"])
    names = {"data.json", "lt.pdf", "lt.html", "en.pdf", "en.html"}
    assert {file.name for file in edition.files.all()} == names
    assert (edition.number, edition.period, edition.reason) == (1, "2026-Q1", "")


def test_an_edition_keeps_its_snapshot_and_the_sum_of_every_file() -> None:
    edition = an_edition()
    assert snapshot.load(edition.snapshot).title.best("lt") == "Miesto planas"
    for file in edition.files.all():
        content = files.read(file.path)
        assert (file.size, file.sum) == (len(content), files.sum_of(content))


def test_missed_periods_are_caught_up_in_order_and_each_is_compared_with_the_one_before() -> None:
    schedule = a_schedule(since=moment("2025-01-01T00:00"))
    run()
    found = list(Edition.objects.filter(job__schedule=schedule).order_by("made_at"))
    assert [edition.period for edition in found] == ["2024-Q4", "2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1"]
    assert [edition.edition_before for edition in found] == [None, *found[:-1]]


def test_a_later_report_waits_until_the_earlier_one_is_made() -> None:
    schedule = a_schedule()
    tick(NOW)
    earlier, later = ReportJob.objects.filter(schedule=schedule).order_by("last_day")
    assert make(later.pk) is None
    make(earlier.pk)
    assert make(later.pk) is not None


def test_any_number_of_rounds_make_one_report() -> None:
    schedule = a_schedule()
    for _round in range(3):
        run()
    assert states(schedule) == [("2025-Q4", "done"), ("2026-Q1", "done")]
    assert Edition.objects.count() == 2


def test_nothing_is_begun_before_it_is_due() -> None:
    schedule = a_schedule()
    tick(moment("2026-01-20T05:59"))
    assert states(schedule) == []
    tick(moment("2026-01-20T06:00"))
    assert states(schedule) == [("2025-Q4", "pending")]


def test_a_resting_schedule_makes_nothing_and_catches_nothing_up_afterwards() -> None:
    schedule = a_schedule(active=False)
    tick(NOW)
    schedule.active = True
    schedule.save()
    tick(NOW)
    assert states(schedule) == []


@pytest.mark.parametrize(
    ("change", "periods"),
    [
        ({"frequency": "month"}, []),
        ({"days": 5}, ["2025-Q4", "2026-Q1"]),
        ({"days": 40}, ["2025-Q4"]),
        ({"hour": 9}, ["2025-Q4", "2026-Q1"]),
    ],
)
def test_a_schedule_that_is_edited_catches_up_only_what_it_owed(change: dict[str, Any], periods: list[str]) -> None:
    schedule = a_schedule()
    for name, value in change.items():
        setattr(schedule, name, value)
    schedule.save()
    tick(NOW)
    assert [period for period, _state in states(schedule)] == periods


def test_a_round_begins_only_so_many_and_the_operators_hear_of_it(settings: Any) -> None:
    settings.REPORTS_MOST_BEGUN = 2
    settings.ADMINS = [("Operator", "operator@example.org")]
    a_schedule(since=moment("2025-01-01T00:00"))
    found = tick(NOW)
    assert (found.begun, found.left) == (2, 4)
    assert OutboxMail.objects.get().recipient == "operator@example.org"
    assert tick(NOW).begun == 2
    assert OutboxMail.objects.count() == 1


def test_a_report_that_waits_is_made_when_the_period_is_locked() -> None:
    schedule = a_schedule(since=moment("2026-04-01T00:00"), waits_for_lock=True)
    run()
    assert states(schedule) == [("2026-Q1", "waiting")]
    ReportingPeriod.objects.update(locked_at=timezone.now())
    run()
    assert states(schedule) == [("2026-Q1", "done")]


def test_a_report_that_does_not_wait_says_what_is_missing() -> None:
    schedule = a_schedule(since=moment("2026-01-01T00:00"))
    run(moment("2026-02-01T00:00"))
    edition = Edition.objects.get(job__schedule=schedule)
    page = files.read(edition.files.get(format="html").path).decode()
    assert "Trūkstami duomenys" in page


def failing(*args: Any, **kwargs: Any) -> Any:
    raise OSError("the disk is full")


def test_a_failure_is_tried_again_later_and_then_told(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.WORK_ATTEMPTS = 2
    settings.WORK_WAITS = [0]
    settings.ADMINS = [("Operator", "operator@example.org")]
    schedule = a_schedule(since=moment("2026-04-01T00:00"))
    with monkeypatch.context() as patch:
        patch.setattr(making, "make_report", failing)
        tick(NOW)
        work_off(most=1)
        assert states(schedule) == [("2026-Q1", "pending")]
        work_off(most=1)
    job = ReportJob.objects.get()
    assert (job.state, job.attempts) == (JobState.FAILED, 2)
    assert job.fault_choice is JobFault.STORAGE
    assert "the disk is full" in job.error
    assert [message.to for message in mail.outbox] == [["operator@example.org"]]
    assert "the disk is full" in mail.outbox[0].body


def test_a_failure_waits_longer_each_time(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.WORK_WAITS = [60, 3600]
    a_schedule(since=moment("2026-04-01T00:00"))
    monkeypatch.setattr(making, "make_report", failing)
    tick(NOW)
    waits = []
    for _attempt in range(3):
        ReportJob.objects.update(next_attempt=timezone.now())
        work_off(most=1)
        waits.append(round((ReportJob.objects.get().next_attempt - timezone.now()).total_seconds(), -1))
    assert waits == [60, 3600, 3600]


def test_a_plan_that_is_not_published_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    schedule = a_schedule(since=moment("2026-04-01T00:00"))
    schedule.plan.page.unpublish()
    run()
    assert ReportJob.objects.get().fault_choice is JobFault.UNAVAILABLE


def test_the_data_before_that_are_damaged_are_said_in_words() -> None:
    schedule = a_schedule()
    tick(NOW)
    work_off(most=1)
    first = Edition.objects.get()
    first.packed_snapshot = b"no zlib"
    with pytest.raises(DamagedSnapshot):
        first.snapshot.decode()
    assert making.fault_of(DamagedSnapshot("sum")) is JobFault.BEFORE
    assert states(schedule)[0] == ("2025-Q4", "done")


def test_operators_read_in_their_own_language_what_failed(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.WORK_ATTEMPTS = 1
    settings.ADMINS = [("Operator", "operator@example.org")]
    a_schedule(since=moment("2026-04-01T00:00"))
    monkeypatch.setattr(making, "make_report", failing)
    with translation.override("en"):
        run()
    body = mail.outbox[0].body
    with translation.override("lt"):
        assert JobFault.STORAGE.label in body
        assert ReportKind.MAYOR.label in mail.outbox[0].subject


def abandon(job: ReportJob, **fields: Any) -> None:
    """As a process leaves it that was killed in the middle."""
    token = ReportJob.objects.ready(timezone.now()).claim(job.pk, NOW, state=JobState.RUNNING)
    assert token is not None
    ReportJob.objects.filter(pk=job.pk).update(lease_until=NOW - timedelta(minutes=1), **fields)


def test_work_left_by_a_dead_process_is_taken_up() -> None:
    schedule = a_schedule(since=moment("2026-04-01T00:00"))
    tick(NOW)
    abandon(ReportJob.objects.get())
    assert tick(NOW).taken_up == 1
    work_off()
    assert states(schedule) == [("2026-Q1", "done")]


def test_work_that_kills_every_process_is_given_up_and_told(settings: Any) -> None:
    settings.ADMINS = [("Operator", "operator@example.org")]
    a_schedule(since=moment("2026-04-01T00:00"))
    tick(NOW)
    abandon(ReportJob.objects.get(), attempts=6)
    assert tick(NOW).given_up == 1
    assert ReportJob.objects.get().state == JobState.FAILED
    assert ReportJob.objects.get().fault_choice is JobFault.DIED
    assert OutboxMail.objects.get().purpose == "report failure"


def test_a_claim_is_one_processs_alone() -> None:
    a_schedule(since=moment("2026-04-01T00:00"))
    tick(NOW)
    job, ready = ReportJob.objects.get(), ReportJob.objects.ready(timezone.now())
    assert ready.claim(job.pk, NOW, state=JobState.RUNNING) is not None
    assert ready.claim(job.pk, NOW, state=JobState.RUNNING) is None


def test_who_has_lost_the_lease_stores_no_edition(monkeypatch: pytest.MonkeyPatch) -> None:
    """It was slow, another took the work up and has it in hand."""
    a_schedule(since=moment("2026-04-01T00:00"))
    tick(NOW)
    job = ReportJob.objects.get()
    draw = making._drawn

    def slowly(*args: Any) -> Any:
        found = draw(*args)
        ReportJob.objects.filter(pk=job.pk).update(claim=None, lease_until=None, state=JobState.PENDING)
        return found

    monkeypatch.setattr(making, "_drawn", slowly)
    assert make(job.pk) is None
    assert not Edition.objects.exists()
    assert ReportJob.objects.get().error == ""


def test_a_lost_lease_is_noticed_between_two_languages() -> None:
    a_schedule(since=moment("2026-04-01T00:00"))
    tick(NOW)
    job = ReportJob.objects.get()
    token = ReportJob.objects.ready(timezone.now()).claim(job.pk, NOW, state=JobState.RUNNING)
    assert token is not None
    ReportJob.objects.update(claim=None, lease_until=None, state=JobState.PENDING)
    with pytest.raises(LeaseLost):
        ReportJob.objects.renew(job.pk, token, NOW)


def test_a_report_made_once_more_from_its_snapshot_has_the_same_bytes() -> None:
    schedule = a_schedule(kind="council", languages=["en"])
    run()
    edition = Edition.objects.filter(job__schedule=schedule).latest("last_day")
    assert edition.edition_before is not None
    made = making.make_report(
        edition.snapshot, edition.kind_choice, edition.period_value, "en", previous=edition.edition_before.snapshot
    )
    assert made.pdf == files.read(edition.files.get(format="pdf").path)


def test_a_later_change_of_the_plan_leaves_an_edition_as_it_was() -> None:
    schedule = a_schedule(small_plan(), since=moment("2026-04-01T00:00"))
    run()
    report_progress(schedule.plan.chapters.get(), 90)
    page = schedule.plan.page
    page.title = "Kitas planas"
    page.save_revision().publish()
    assert snapshot.load(Edition.objects.get().snapshot).title.best("lt") == "Miesto planas"


def test_a_damaged_snapshot_is_noticed() -> None:
    edition = an_edition()
    edition.packed_snapshot = zlib.compress(b"{}")
    with pytest.raises(ValueError, match="damaged"):
        edition.snapshot.decode()


def test_released_at_once_means_mailed_at_once() -> None:
    an_edition()
    assert OutboxMail.objects.get().state == MailState.SENT
    assert len(mail.outbox) == 1


def test_a_schedule_keeps_its_kind_once_reports_were_made() -> None:
    schedule: ReportSchedule = an_edition().job.schedule
    schedule.kind = "council"
    with pytest.raises(Exception, match="make another"):
        schedule.full_clean()


def test_a_chapter_schedule_makes_a_report_of_each_chapter() -> None:
    plan = small_plan()
    chapter_page(plan.page, code="2")
    chapter_page(plan.page, code="3", live=False)
    schedule = a_schedule(plan, kind="chapter", since=moment("2026-04-01T00:00"))
    run()
    found = Edition.objects.filter(job__schedule=schedule)
    assert sorted(edition.chapter_code for edition in found) == ["1", "2"]
    assert len({message.subject for message in mail.outbox}) == 2


def test_a_chapter_schedule_may_name_its_chapters() -> None:
    plan = small_plan()
    other = chapter_page(plan.page, code="2").chapter
    schedule = a_schedule(plan, kind="chapter", since=moment("2026-04-01T00:00"), active=False)
    schedule.chapters = [other]
    schedule.save()
    ReportSchedule.objects.update(active=True)
    run()
    assert [edition.chapter for edition in Edition.objects.all()] == [other]


def test_a_chapters_later_report_waits_for_its_own_earlier_one_only() -> None:
    plan = small_plan()
    chapter_page(plan.page, code="2")
    a_schedule(plan, kind="chapter")
    tick(NOW)
    ready = ReportJob.objects.ready(timezone.now())
    assert sorted((job.chapter.code, job.period) for job in ready) == [("1", "2025-Q4"), ("2", "2025-Q4")]
    make(ready.get(chapter__code="1").pk)
    assert sorted((job.chapter.code, job.period) for job in ready.all()) == [("1", "2026-Q1"), ("2", "2025-Q4")]


@pytest.mark.parametrize("with_chapter", [False, True])
def test_the_database_holds_one_job_for_a_period(with_chapter: bool) -> None:
    schedule = a_schedule()
    chapter = schedule.plan.chapters.get() if with_chapter else None
    values: dict[str, Any] = {
        "schedule": schedule,
        "chapter": chapter,
        "period": "2026-Q1",
        "last_day": "2026-03-31",
        "due_at": NOW,
        "next_attempt": NOW,
    }
    ReportJob.objects.create(**values)
    with pytest.raises(IntegrityError):
        ReportJob.objects.create(**values)
