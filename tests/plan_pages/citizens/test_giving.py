"""A citizen gives a remark, confirms it by mail and sees it answered; coordinators look it through."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from plan_pages.choices import Moderation
from plan_pages.consultation.givings import UnconfirmedRemark
from plan_pages.consultation.remarks import Remark
from plan_pages.consultation.rounds import RemarkRound
from plan_pages.editing.preparation.reminders import tick
from plan_pages.editing.preparation.stale import mark_of
from plan_pages.outbox import OutboxMail
from tests.plan_pages.citizens.hall import EMAIL, NAME, TEXT, Hall, words
from tests.plan_pages.preparation.test_answers import answer
from tests.plan_pages.preparation.town import day, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall() -> Hall:
    made = Hall()
    made.town.give_addresses()
    return made


def moderate(hall: Hall, remark: Remark, deed: str = "show", name: str = "coordinator", **data: Any) -> Any:
    remark.refresh_from_db()
    values = {"deed": deed, "text": remark.text, "reason": "", "seen": mark_of(remark), **data}
    return hall.town.post(name, "plan_pages_moderate_remark", remark.pk, **values)


def to_citizen() -> list[str]:
    return list(OutboxMail.objects.filter(recipient=EMAIL).order_by("pk").values_list("subject", flat=True))


# The form


def test_the_page_says_what_is_asked_and_leads_to_the_form(hall: Hall) -> None:
    page = hall.page()
    for each in ("Public consultation", "What is missing?", "Remarks may be given until", "We will answer by"):
        assert each in page
    assert "Draft Remarks (now) Answers Decision" in page
    assert f'href="{hall.address("new/")}"' in Client().get(hall.address()).content.decode()
    assert hall.round.title["en"] in words(Client().get(f"/en/{hall.town.plan.slug}/remarks/"))


def test_pages_that_are_kept_hold_no_token_and_the_form_is_kept_by_nobody(hall: Hall) -> None:
    hall.send()
    assert "csrf" not in Client().get(hall.address()).content.decode()
    for path in (hall.address("new/"), hall.address("sent/"), hall.link()):
        response = hall.browser.get(path)
        assert "no-store" in response.headers["Cache-Control"]
        assert 'content="noindex"' in response.content.decode()


def test_a_link_opens_the_form_with_the_part_chosen(hall: Hall) -> None:
    measure, chapter = hall.town.measure, hall.town.chapter_a.chapter
    for public_id, code in ((measure.public_id, "1.1.0"), (chapter.public_id, "")):
        page = hall.browser.get(hall.address("new/"), {"part": str(public_id)}).content.decode()
        assert f'<option value="chapter-{chapter.pk}" selected>' in page
        assert ('value="1.1.0"' in page) is bool(code)


def test_the_part_is_found_by_its_code(hall: Hall) -> None:
    remark = hall.give(code="1.1.0")
    assert (remark.measure, remark.part_code) == (hall.town.measure, "1.1.0")
    assert remark.chapter == hall.town.chapter_a.chapter


def test_nothing_is_lost_on_an_error(hall: Hall) -> None:
    page = hall.send(email="be-eta", code="1.1.0").content.decode()
    for each in (TEXT, NAME, "be-eta", "1.1.0"):
        assert each in page
    assert '<a href="#id_email">' in page
    assert 'aria-invalid="true"' in page
    assert 'aria-describedby="id_email_helptext id_email_error"' in page
    assert "checked" in page.split('name="consent"')[1].split(">")[0]


def test_the_form_takes_as_many_queries_for_3_measures_as_for_300(hall: Hall) -> None:
    counts = []
    hall.browser.get(hall.address("new/"))
    for measures in (0, 300):
        for number in range(measures):
            row = type(hall.town.measure).objects.get(pk=hall.town.measure.pk)
            row.pk, row.code, row._state.adding = None, f"1.1.{number + 50}", True
            row.public_id, row.block_id = (type(row)._meta.get_field("public_id").get_default() for _each in "ab")
            row.save()
        with CaptureQueriesContext(connection) as queries:
            hall.browser.get(hall.address("new/"))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 40


# The mail


def test_a_remark_is_received_once_its_mail_is_confirmed(hall: Hall) -> None:
    hall.send()
    assert not Remark.objects.exists()
    assert to_citizen() == [f"Confirm your remark: {hall.round.title['en']}"]
    assert hall.link() in OutboxMail.objects.get().text
    assert TEXT in words(hall.browser.get(hall.link()))
    thanks = hall.browser.post(hall.link(), follow=True)
    assert "Thank you. We received remark K-0001. We will answer by" in words(thanks)
    remark = Remark.objects.get()
    assert (remark.text, remark.person_name, remark.person_email) == (TEXT, NAME, EMAIL)
    assert remark.moderation == Moderation.WAITING
    assert remark.forget_on == day(10 + 180)
    assert to_citizen()[1] == "We received remark K-0001"
    assert not UnconfirmedRemark.objects.exists()


def test_confirming_twice_shows_the_same_number(hall: Hall) -> None:
    hall.send()
    link = hall.link()
    pages = [words(hall.browser.post(link, follow=True)) for _each in range(2)]
    assert all("K-0001" in page for page in pages)
    assert Remark.objects.count() == 1
    assert len(to_citizen()) == 2


def test_what_was_sent_on_the_last_day_may_be_confirmed_after_it(hall: Hall) -> None:
    hall.send()
    RemarkRound.objects.filter(pk=hall.round.pk).update(due=day(-1))
    assert hall.confirm().number == 1


def test_what_is_not_confirmed_in_time_is_no_remark(hall: Hall) -> None:
    hall.send()
    link = hall.link()
    UnconfirmedRemark.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    for response in (hall.browser.get(link), hall.browser.post(link, follow=True)):
        assert "This link leads nowhere any more" in words(response)
    assert not Remark.objects.exists()


def test_a_lithuanian_reads_lithuanian_mails(hall: Hall) -> None:
    lithuanian = Hall(language="")
    lithuanian.send()
    mail = OutboxMail.objects.get()
    assert mail.language == "lt"
    assert mail.subject.endswith(lithuanian.round.title["lt"])
    assert f"/{lithuanian.town.plan.slug}/remarks/" in mail.text
    assert "/en/" not in mail.text


# Looking through


def test_nothing_is_shown_before_it_is_looked_through(hall: Hall) -> None:
    remark = hall.give()
    assert TEXT not in hall.page()
    assert TEXT in words(hall.town.get("coordinator", "plan_pages_moderate_remark", remark.pk))
    moderate(hall, remark)
    page = hall.page()
    assert TEXT in page
    assert "K-0001" in page
    assert "a citizen" in page
    assert "Slaptoji" not in Client().get(hall.address()).content.decode()
    assert EMAIL not in Client().get(hall.address()).content.decode()


def test_what_is_hidden_is_never_shown_and_its_author_is_told_why(hall: Hall) -> None:
    remark = hall.give()
    assert "Choose why the remark is not shown." in words(moderate(hall, remark, "hide"))
    moderate(hall, remark, "hide", reason="insult")
    assert TEXT not in hall.page()
    mail = OutboxMail.objects.get(subject="Remark K-0001 is not shown")
    assert "It insults somebody" in mail.text


def test_personal_data_are_taken_out_and_the_original_is_kept_until_it_is_erased(hall: Hall) -> None:
    remark = hall.give(text="Skambinkite Onai 8 600 00000.")
    moderate(hall, remark, text="Skambinkite […].")
    remark.refresh_from_db()
    assert (remark.text, remark.original_text) == ("Skambinkite […].", "Skambinkite Onai 8 600 00000.")
    assert "8 600" not in hall.page()
    moderate(hall, remark, text="[…]")
    remark.refresh_from_db()
    assert remark.original_text == "Skambinkite Onai 8 600 00000."


@pytest.mark.parametrize("name", ["editor of A", "approver", "reader"])
def test_only_coordinators_look_through(hall: Hall, name: str) -> None:
    remark = hall.give()
    assert moderate(hall, remark, name=name).status_code == 302
    remark.refresh_from_db()
    assert remark.moderation == Moderation.WAITING
    assert TEXT not in words(hall.town.get(name, "plan_pages_moderate_remark", remark.pk))


def test_a_remark_of_a_group_is_not_moderated(hall: Hall) -> None:
    remark = hall.town.a_remark()
    assert hall.town.get("coordinator", "plan_pages_moderate_remark", remark.pk).status_code == 404


def test_groups_do_not_read_what_is_hidden_even_when_it_is_published(hall: Hall) -> None:
    remark = hall.give()
    moderate(hall, remark, "hide", reason="insult")
    RemarkRound.objects.update(closed_at=timezone.now(), published_at=timezone.now())
    assert TEXT not in words(hall.town.get("editor of A", "plan_pages_remarks"))
    assert TEXT not in words(hall.town.get("editor of A", "plan_pages_remark", remark.pk))


def test_every_deed_is_logged_without_a_name(hall: Hall) -> None:
    remark = hall.give()
    moderate(hall, remark, text="[…]")
    moderate(hall, remark, "hide", reason="duplicate")
    moderate(hall, remark, "forget")
    entries = ModelLogEntry.objects.filter(object_id=str(remark.pk))
    assert set(entries.values_list("action", flat=True)) == {
        f"plan_pages.remark.{deed}" for deed in ("submit", "redact", "show", "hide", "forget")
    }
    for entry in entries:
        assert entry.message
        assert "Slaptoji" not in f"{entry.label}{entry.data}"
        assert EMAIL not in f"{entry.label}{entry.data}"


def test_two_coordinators_do_not_overwrite_each_other(hall: Hall) -> None:
    remark = hall.give()
    old = mark_of(remark)
    moderate(hall, remark)
    assert "Somebody else has changed this" in said(moderate(hall, remark, "hide", reason="insult", seen=old))
    remark.refresh_from_db()
    assert remark.moderation == Moderation.SHOWN


def test_coordinators_are_told_once_in_the_morning_that_remarks_wait(hall: Hall) -> None:
    hall.give()
    morning = timezone.localtime().replace(hour=8)
    for _each in range(2):
        tick(morning)
    mails = OutboxMail.objects.filter(recipient="coordinator@example.org", subject__startswith="Remarks of citizens")
    assert mails.count() == 1
    assert reverse("plan_pages_moderation") in mails.get().text


# Answers


def test_a_remark_is_answered_when_it_is_shown_and_its_author_is_told(hall: Hall) -> None:
    remark = hall.give()
    answer(hall.town, remark)
    remark.refresh_from_db()
    assert remark.answer == ""
    moderate(hall, remark)
    answer(hall.town, remark, answer="partly", reason="Perėja numatyta kitais metais.")
    page = hall.page()
    assert "Partly accepted" in page
    assert "Perėja numatyta kitais metais." in page
    tick(timezone.now() + timedelta(hours=1))
    tick(timezone.now() + timedelta(hours=2))
    mail = OutboxMail.objects.get(subject="Your remark K-0001 is answered")
    assert "partly accepted" in mail.text
    assert "> Perėja numatyta" in mail.text
    assert f"{hall.address()}#K-0001" in mail.text


def test_the_closing_report_counts_and_shows_what_came(hall: Hall) -> None:
    shown, hidden = hall.give(), hall.give(text="Kvaila")
    group = hall.town.a_remark(round=hall.round, text="Grupės pastaba")
    RemarkRound.objects.filter(pk=hall.round.pk).update(opens=day(-9), due=day(-1))
    publish = ("coordinator", "plan_pages_round", hall.round.pk)
    assert "wait to be looked through" in said(hall.town.post(*publish, deed="publish"))
    moderate(hall, shown)
    moderate(hall, hidden, "hide", reason="off_topic")
    assert "Grupės pastaba" not in hall.page()
    answer(hall.town, shown, answer="not_accepted", reason="Nėra vietos.")
    assert "1 remark has no answer yet" in said(hall.town.post(*publish, deed="publish"))
    answer(hall.town, group)
    hall.town.post(*publish, deed="publish")
    page = hall.page()
    assert "closing report" in page
    assert "Received 3 Shown 2 Accepted 1 Partly accepted 0 Not accepted 1" in page
    assert "Not shown: it is not on the plan – 1." in page
    assert "Grupės pastaba" in page
    assert "Kvaila" not in page
    assert "Decision (now)" in page


def test_the_closing_report_is_a_pdf_and_a_workbook_for_everyone_without_names(hall: Hall) -> None:
    remark = hall.give()
    moderate(hall, remark)
    address = reverse("reports_public_remark_table", args=[hall.round.public_id, "en", "html"])
    assert Client().get(address).status_code == 404
    answer(hall.town, remark)
    RemarkRound.objects.update(closed_at=timezone.now(), published_at=timezone.now())
    twin = Client().get(address)
    assert TEXT in words(twin)
    assert "Slaptoji" not in twin.content.decode()
    pdf = Client().get(address.replace(".html", ".pdf"))
    assert pdf.content.startswith(b"%PDF")
    assert address.replace(".html", ".pdf") in Client().get(hall.address()).content.decode()
    assert b"Slaptoji" not in Client().get(hall.address("table/")).content


def test_the_workbook_is_not_there_before_it_is_published(hall: Hall) -> None:
    assert Client().get(hall.address("table/")).status_code == 404


def test_a_round_that_is_not_open_yet_says_when_it_opens(hall: Hall) -> None:
    RemarkRound.objects.filter(pk=hall.round.pk).update(opens=day(3))
    page = hall.page()
    assert "The consultation is not open yet. Remarks may be given from" in page
    assert "Draft (now)" in page
    assert "Give a remark" not in page


# A coordinator opens it


def test_a_coordinator_opens_a_consultation(hall: Hall) -> None:
    form = {
        "plan": hall.town.plan.plan.pk,
        "chapter": hall.town.chapter_a.chapter.pk,
        "audience": "public",
        "title_lt": "Skyriaus svarstymas",
        "asked_lt": "Ko trūksta?",
        "opens": day(),
        "due": day(14),
        "keep_days": 90,
        "summary_url": "https://www.example.org/santrauka",
    }
    page = hall.town.post("coordinator", "plan_pages_add_round", **form)
    assert "Say by when remarks are answered." in words(page)
    page = hall.town.post("coordinator", "plan_pages_add_round", **form | {"answer_by": day(200)})
    assert "E-mails would be erased before remarks are answered." in words(page)
    hall.town.post("coordinator", "plan_pages_add_round", **form | {"answer_by": day(30)})
    made = RemarkRound.objects.order_by("pk").last()
    assert made
    assert (made.audience, made.answer_by, made.forget_on) == ("public", day(30), day(104))
    shown = Client().get(f"/{hall.town.plan.slug}/remarks/{made.number}/").content.decode()
    assert "https://www.example.org/santrauka" in shown


def test_a_later_last_day_moves_the_day_of_erasing(hall: Hall) -> None:
    remark = hall.give()
    form = {
        "audience": "public",
        "title_lt": "Svarstymas",
        "asked_lt": "Ko trūksta?",
        "opens": day(-5),
        "due": day(20),
        "answer_by": day(30),
        "keep_days": 30,
    }
    hall.town.post("coordinator", "plan_pages_round_form", hall.round.pk, **form)
    remark.refresh_from_db()
    assert remark.forget_on == day(50)


def test_the_command_says_what_it_erases(hall: Hall, capsys: pytest.CaptureFixture[str]) -> None:
    hall.send()
    UnconfirmedRemark.objects.update(expires_at=timezone.now())
    call_command("erase_personal_data", "--dry-run")
    assert UnconfirmedRemark.objects.count() == 1
    call_command("erase_personal_data")
    assert not UnconfirmedRemark.objects.exists()
    told = capsys.readouterr().out.splitlines()
    assert told[0].startswith("to be erased:")
    assert told[1].endswith("remarks whose author is forgotten 0; not confirmed 1; mails 1")
