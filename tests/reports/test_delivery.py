"""After an edition was made: who releases, what is mailed to whom, sending again, correcting, and who may download."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.test import Client
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from plan_pages.choices import MailState
from plan_pages.editing.refusal import Refused
from plan_pages.outbox import OutboxMail
from reports import delivery, files
from reports.archive import archive_for, public_archive
from reports.models.editions import Edition, Release
from reports.models.jobs import ReportJob
from reports.models.schedules import ReportRecipient
from reports.permissions import may_download, readable
from reports.recipients import readers_of
from reports.trials import make_trial, send_trial
from tests.reports.city import a_schedule, an_edition, moment, report_progress, run, small_plan
from tests.roles import City

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> City:
    return City()


@pytest.fixture
def coordinator(city: City) -> Any:
    return city.user("coordinator")


def waiting(**fields: Any) -> Edition:
    """An edition that waits for its release."""
    return an_edition(release_at_once=False, **fields)


def test_a_report_waits_for_its_release(coordinator: Any) -> None:
    edition = waiting()
    assert not OutboxMail.objects.exists()
    assert list(Edition.objects.unreleased()) == [edition]
    delivery.release(edition, coordinator)
    assert OutboxMail.objects.get().recipient == "mere@example.org"
    assert (edition.release.by, list(Edition.objects.unreleased())) == (coordinator, [])


def test_releasing_twice_mails_once(coordinator: Any) -> None:
    edition = waiting()
    for _time in range(2):
        delivery.release(Edition.objects.get(pk=edition.pk), coordinator)
    assert (Release.objects.count(), OutboxMail.objects.count()) == (1, 1)


@pytest.mark.parametrize("name", ["reader", "editor of A", "nobody"])
def test_only_coordinators_release_resend_and_correct(city: City, name: str) -> None:
    edition = waiting()
    (letter,) = delivery.letters_of(edition, list(edition.files.all()))
    (sent,) = OutboxMail.objects.put([letter], edition.made_at)
    for deed in (
        lambda user: delivery.release(edition, user),
        lambda user: delivery.correct(edition, "Klaida", user),
        lambda user: delivery.resend(sent, user),
        lambda user: delivery.try_again(edition.job, user),
        lambda user: make_trial(edition.job.schedule, user),
    ):
        with pytest.raises(PermissionDenied):
            deed(city.user(name))


def test_a_mail_says_the_summary_and_the_changes_and_carries_the_report() -> None:
    schedule = a_schedule(to=("mere@example.org",))
    run()
    report_progress(schedule.plan.chapters.get(), 60)
    message: Any = mail.outbox[-1]
    assert message.subject == "Santrauka merui: Miesto planas, 2026 m. I ketv."
    assert "laiko" in message.body
    assert message.attachments[0][0] == "mayor-2026-Q1-lt.pdf"
    assert message.attachments[0][1].startswith(b"%PDF-")
    assert "/report-files/" in message.body
    assert "/report-files/" in message.alternatives[0][0]


def test_a_large_report_comes_as_a_link(settings: Any) -> None:
    settings.REPORTS_ATTACHED_UP_TO = 1000
    edition = an_edition()
    message: Any = mail.outbox[-1]
    assert message.attachments == []
    assert f"/report-files/{edition.public_id}/lt.pdf" in message.body


def test_each_recipient_reads_their_own_language() -> None:
    schedule = a_schedule(to=(), languages=["lt", "en"], since=moment("2026-04-01T00:00"))
    ReportRecipient.objects.create(schedule=schedule, address="lt@example.org", language="lt")
    ReportRecipient.objects.create(schedule=schedule, address="en@example.org", language="en")
    run()
    by_reader: Any = {message.to[0]: message for message in mail.outbox}
    assert by_reader["en@example.org"].subject == "Mayor's brief: City plan, Q1 2026"
    assert by_reader["en@example.org"].attachments[0][0] == "mayor-2026-Q1-en.pdf"
    assert by_reader["lt@example.org"].attachments[0][0] == "mayor-2026-Q1-lt.pdf"


def test_a_person_and_their_role_get_one_mail_in_the_language_they_chose(city: City) -> None:
    schedule = a_schedule(to=())
    user, gone = city.user("reader"), city.user("inactive")
    for each in (user, gone):
        each.email = f"{each.username}@example.org"
        each.save()
    role = Group.objects.create(name="Mero komanda")
    role.user_set.add(user, gone)
    UserProfile.objects.filter(user=user).update(preferred_language="en")
    ReportRecipient.objects.create(schedule=schedule, user=user)
    ReportRecipient.objects.create(schedule=schedule, role=role)
    ReportRecipient.objects.create(schedule=schedule, address="READER@example.org", language="lt")
    assert [(each.address, each.language) for each in readers_of(schedule)] == [("reader@example.org", "en")]


@pytest.mark.parametrize("fields", [{}, {"address": "a@example.org", "role": True}])
def test_a_recipient_is_exactly_one(fields: dict[str, Any]) -> None:
    schedule = a_schedule(to=())
    if "role" in fields:
        fields = {**fields, "role": Group.objects.create(name="Rolė")}
    with pytest.raises(IntegrityError):
        ReportRecipient.objects.create(schedule=schedule, **fields)


def test_a_correction_is_a_new_edition_and_the_old_one_stays(coordinator: Any) -> None:
    first = an_edition()
    before = files.read(first.files.get(format="pdf").path)
    report_progress(first.plan.chapters.get(), 80)
    delivery.correct(first, "Pataisytas procentas", coordinator)
    run()
    second = Edition.objects.get(number=2)
    assert (second.job, second.reason) == (first.job, "Pataisytas procentas")
    assert files.read(first.files.get(format="pdf").path) == before
    assert files.read(second.files.get(format="pdf").path) != before
    assert "Pataisytas procentas" in mail.outbox[-1].body


@pytest.mark.parametrize("reason", ["", "   ", "x" * 2001])
def test_a_correction_needs_its_reason(coordinator: Any, reason: str) -> None:
    with pytest.raises(Refused):
        delivery.correct(an_edition(), reason, coordinator)


def test_an_edition_is_corrected_once_and_only_the_latest(coordinator: Any) -> None:
    first = an_edition()
    delivery.correct(first, "Klaida", coordinator)
    with pytest.raises(Refused, match="being corrected"):
        delivery.correct(first, "Klaida", coordinator)
    run()
    with pytest.raises(Refused, match="corrected"):
        delivery.correct(first, "Klaida", coordinator)
    delivery.correct(Edition.objects.get(number=2), "Dar viena klaida", coordinator)


def test_what_a_correction_has_overtaken_is_not_released(coordinator: Any) -> None:
    first = waiting()
    delivery.correct(first, "Klaida", coordinator)
    run()
    with pytest.raises(Refused):
        delivery.release(Edition.objects.get(pk=first.pk), coordinator)


def test_a_mail_that_failed_is_sent_again_when_a_person_says_so(coordinator: Any) -> None:
    edition = an_edition()
    OutboxMail.objects.update(state=MailState.UNCERTAIN, sent_at=None)
    sent = edition.deliveries.get().mail
    delivery.resend(sent, coordinator)
    run()
    sent.refresh_from_db()
    assert (sent.state_choice, sent.resends) == (MailState.SENT, 1)
    OutboxMail.objects.update(state=MailState.QUEUED)
    with pytest.raises(Refused):
        delivery.resend(sent, coordinator)


def test_a_failed_report_is_tried_again_when_a_person_says_so(coordinator: Any) -> None:
    schedule = a_schedule(since=moment("2026-04-01T00:00"))
    page = schedule.plan.page
    page.unpublish()
    run()
    ReportJob.objects.update(state="failed")
    page.save_revision().publish()
    delivery.try_again(ReportJob.objects.get(), coordinator)
    run()
    assert Edition.objects.exists()


def test_every_deed_is_in_the_log(coordinator: Any) -> None:
    edition = waiting()
    delivery.release(edition, coordinator)
    delivery.correct(edition, "Klaida", coordinator)
    entries = ModelLogEntry.objects.filter(action__startswith="reports.").order_by("timestamp")
    assert [entry.action for entry in entries] == ["reports.edition.release", "reports.edition.correct"]
    assert entries[1].message.endswith("Klaida")


def test_a_trial_leaves_no_trace_in_the_record(coordinator: Any) -> None:
    schedule = a_schedule(since=moment("2026-10-01T00:00"))
    coordinator.email = "koordinatore@example.org"
    coordinator.save()
    assert make_trial(schedule, coordinator, language="en").pdf.startswith(b"%PDF-")
    send_trial(schedule, coordinator)
    run()
    assert [message.to for message in mail.outbox] == [["koordinatore@example.org"]]
    assert not Edition.objects.exists()
    assert not ReportJob.objects.exists()


def test_a_trial_needs_an_address(coordinator: Any) -> None:
    with pytest.raises(Refused):
        send_trial(a_schedule(), coordinator)


EVERYONE = ["anonymous", "nobody", "inactive", "reader", "editor of A", "editor of B", "approver", "coordinator"]
ALLOWED = {
    ("public", True): EVERYONE,
    ("public", False): ["coordinator"],
    ("internal", True): ["reader", "coordinator"],
    ("internal", False): ["coordinator"],
}


@pytest.mark.parametrize(("audience", "is_released"), ALLOWED)
@pytest.mark.parametrize("name", EVERYONE)
def test_files_are_for_those_who_may_have_them(city: City, name: str, audience: str, is_released: bool) -> None:
    edition = an_edition(audience=audience, release_at_once=is_released)
    user = AnonymousUser() if name == "anonymous" else city.user(name)
    is_allowed = name in ALLOWED[audience, is_released]
    assert may_download(user, edition) is is_allowed
    client = Client()
    if name not in ("anonymous", "inactive"):
        client.force_login(user)
    for file in ("lt.pdf", "lt.html", "data.json"):
        answer = client.get(f"/report-files/{edition.public_id}/{file}")
        assert (answer.status_code == 200) is is_allowed, file


def test_a_recipient_may_download_what_is_sent_to_them(city: City) -> None:
    edition = an_edition(audience="internal")
    user, other = city.user("nobody"), city.user("editor of B")
    ReportRecipient.objects.create(schedule=edition.job.schedule, user=user)
    assert may_download(user, edition)
    ReportRecipient.objects.create(schedule=edition.job.schedule, role=city.role_b.editors)
    assert may_download(other, edition)
    assert not may_download(city.user("editor of A"), edition)


def test_who_has_not_said_who_they_are_may_do_so() -> None:
    edition = an_edition(audience="internal")
    address = f"/report-files/{edition.public_id}/lt.pdf"
    answer = Client().get(address)
    assert (answer.status_code, answer.headers["Location"].endswith(f"next={address}")) == (302, True)


def test_a_guessed_address_says_no_more_than_a_wrong_one(city: City) -> None:
    edition = an_edition(audience="internal")
    client = Client()
    client.force_login(city.user("nobody"))
    wrong = "00000000-0000-4000-8000-000000000000"
    answers = [client.get(f"/report-files/{each}/lt.pdf").status_code for each in (edition.public_id, wrong)]
    assert answers == [404, 404]


@pytest.mark.parametrize("name", ["fr.pdf", "lt.exe", "data.pdf", "..", "lt", "%2e%2e%2fsite.sqlite3"])
def test_an_address_of_no_file_finds_nothing(name: str) -> None:
    edition = an_edition()
    assert Client().get(f"/report-files/{edition.public_id}/{name}").status_code == 404


def test_an_answer_tells_what_it_is_and_how_long_it_holds() -> None:
    edition = an_edition()
    address = f"/report-files/{edition.public_id}/lt.pdf"
    answer = Client().get(address)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert 'filename="mayor-2026-Q1-lt.pdf"' in answer.headers["Content-Disposition"]
    again = Client().get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_an_internal_report_is_kept_by_no_cache(coordinator: Any) -> None:
    edition = an_edition(audience="internal")
    client = Client()
    client.force_login(coordinator)
    answer = client.get(f"/report-files/{edition.public_id}/lt.html")
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert "script-src" not in answer.headers["Content-Security-Policy"]


def test_the_archive_lists_public_reports_by_year_and_kind() -> None:
    plan = small_plan()
    for kind in ("council", "mayor"):
        a_schedule(plan, kind=kind)
    a_schedule(plan, kind="council", audience="internal")
    a_schedule(plan, kind="council", release_at_once=False)
    run()
    years = public_archive(plan)
    assert [year.year for year in years] == [2026, 2025]
    assert [kind.kind.value for kind in years[0].kinds] == ["mayor", "council"]
    (edition,) = years[0].kinds[1].editions
    assert [file.format.value for file in edition.files] == ["json", "pdf", "html"]
    assert Client().get(edition.files[1].url).status_code == 200


def test_the_archive_takes_one_query_however_long_it_is(django_assert_num_queries: Any) -> None:
    a_schedule(since=moment("2025-01-01T00:00"))
    run()
    with django_assert_num_queries(1):
        public_archive()


def test_everyone_sees_their_own_archive(city: City) -> None:
    an_edition(audience="internal")
    public = an_edition()
    assert list(readable(AnonymousUser())) == [public]
    assert readable(city.user("reader")).count() == 2
    (year,) = archive_for(AnonymousUser())
    assert [each.public_id for each in year.kinds[0].editions] == [str(public.public_id)]
