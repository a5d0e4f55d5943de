"""What is refused, what the sender is told, and that nothing stays of it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client, override_settings
from wagtail.models import PageViewRestriction

from plan_pages.citizens.limits import Limits
from plan_pages.consultation.givings import SendingCount, UnconfirmedRemark
from plan_pages.consultation.remarks import Remark
from plan_pages.consultation.rounds import RemarkRound
from plan_pages.outbox import OutboxMail
from tests.plan_pages.citizens.hall import EMAIL, TEXT, Hall, stored, words
from tests.plan_pages.preparation.town import Town, day

pytestmark = pytest.mark.django_db
AN_ADDRESS = "Enter an email address, like name@example.com."
ONE_LINE = "Write it on one line, without signs that cannot be seen."
NO_PART = "Choose the part of the plan that the remark is about."
NO_CODE = "There is no goal, task or measure with this code in the part of the plan that you have chosen."
NOT_CHECKED = "The form could not be checked."
NOW_CLOSED = "The consultation is closed: no more remarks are taken."


@pytest.fixture
def hall() -> Hall:
    return Hall()


ABUSE: dict[str, tuple[dict[str, Any], str]] = {
    "no text": ({"text": " \r\n "}, "Write what you have to say."),
    "a text of unseen signs": ({"text": "\u202e\u200b\u2066\x07"}, "Write what you have to say."),
    "a text that is too long": ({"text": "ž" * (Limits().text + 1)}, "Shorten it to 5000 characters."),
    "a zero byte in the text": ({"text": "a\x00b"}, "Null characters are not allowed."),
    "many links": ({"text": "http://a.example " * 6}, "At most 5 links may stand in the text."),
    "a name that is too long": ({"name": "v" * 101}, "Shorten it to 100 characters."),
    "a header in the name": ({"name": "Ona\r\nBcc: all@example.org"}, ONE_LINE),
    "a name written backwards": ({"name": "Ona \u202egro.live"}, ONE_LINE),
    "a zero byte in the name": ({"name": "O\x00na"}, ONE_LINE),
    "no address": ({"email": ""}, AN_ADDRESS),
    "no address at all": ({"email": "ona"}, AN_ADDRESS),
    "a header in the address": ({"email": "ona@example.org\nBcc: all@example.org"}, AN_ADDRESS),
    "two addresses": ({"email": "ona@example.org, jonas@example.org"}, AN_ADDRESS),
    "an address with a name": ({"email": "Ona <ona@example.org>"}, AN_ADDRESS),
    "an address in quotes": ({"email": '"<script>"@example.org'}, AN_ADDRESS),
    "an address that is too long": ({"email": f"{'a' * 60}@{'b' * 200}.example.org"}, "254"),
    "no consent": ({"consent": ""}, "Without your consent the remark cannot be taken."),
    "the field that is to stay empty": ({"website": "http://spam.example"}, "Leave this field empty: it is there"),
    "another kind": ({"kind": "conclusion"}, "Choose one."),
    "an unknown kind": ({"kind": "' OR 1=1 --"}, "Choose one."),
    "no part": ({"chapter": ""}, NO_PART),
    "a part that there is not": ({"chapter": "chapter-999999"}, NO_PART),
    "an unknown code": ({"code": "9.9.9"}, NO_CODE),
    "a code of letters without end": ({"code": "1" * 5000}, "Ensure this value has at most"),
    "a form that nobody opened": ({"opened": ""}, NOT_CHECKED),
    "a forged form": ({"opened": "eyJmb3JtIjoiMSJ9:1abc:forged"}, NOT_CHECKED),
}


@pytest.mark.parametrize(("fields", "said"), ABUSE.values(), ids=ABUSE.keys())
def test_it_is_refused_in_words_and_nothing_is_stored(hall: Hall, fields: dict[str, Any], said: str) -> None:
    response = hall.send(**fields)
    assert response.status_code == 200
    assert said in words(response)
    assert 'role="alert"' in response.content.decode()
    assert stored() == 0
    assert not SendingCount.objects.exists()


def test_the_same_form_without_the_abuse_is_taken(hall: Hall) -> None:
    assert hall.send().status_code == 302
    assert UnconfirmedRemark.objects.count() == 1


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(1, "The form was sent faster than anybody can write."), (25 * 3600, "The form was open for too long.")],
)
def test_too_fast_and_too_late(hall: Hall, seconds: int, said: str) -> None:
    response = hall.send(opened=hall.opened(seconds))
    assert said in words(response)
    assert stored() == 0
    assert TEXT in words(response)


def test_what_came_too_late_is_sent_again_as_it_stands(hall: Hall) -> None:
    old = hall.opened(25 * 3600)
    shown = hall.send(opened=old).content.decode()
    anew = shown.split('name="opened" value="')[1].split('"')[0]
    assert anew != old
    with override_settings(PLAN_CONSULTATIONS={"seconds_at_least": 0}):
        assert hall.send(opened=anew).status_code == 302


def test_a_form_of_another_consultation(hall: Hall) -> None:
    other = Hall.__new__(Hall)
    other.round = hall.town.a_round(audience="public")
    assert NOT_CHECKED in words(hall.send(opened=other.opened()))
    assert stored() == 0


def closed(hall: Hall) -> None:
    RemarkRound.objects.filter(pk=hall.round.pk).update(opens=day(-9), due=day(-1))


def not_open(hall: Hall) -> None:
    RemarkRound.objects.filter(pk=hall.round.pk).update(opens=day(1))


def ended(hall: Hall) -> None:
    RemarkRound.objects.filter(pk=hall.round.pk).update(closed_at="2026-01-01T00:00Z")


def published(hall: Hall) -> None:
    RemarkRound.objects.filter(pk=hall.round.pk).update(closed_at="2026-01-01T00:00Z", published_at="2026-01-01T00:00Z")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (closed, NOW_CLOSED),
        (not_open, "The consultation is not open yet."),
        (ended, NOW_CLOSED),
        (published, NOW_CLOSED),
    ],
)
def test_a_consultation_that_takes_no_remarks(hall: Hall, change: Callable[[Hall], None], said: str) -> None:
    change(hall)
    response = hall.send()
    assert said in words(response)
    assert TEXT in words(response)
    form = hall.page("new/")
    assert said in form
    assert "Send the remark" not in form
    assert stored() == 0


def test_a_round_of_the_groups_takes_nothing_from_citizens(hall: Hall) -> None:
    path = f"/en/{hall.town.plan.slug}/remarks/{hall.town.round.number}/"
    for each in ("", "new/", "sent/", "confirm/x/"):
        assert hall.browser.get(path + each).status_code == 404
        assert hall.browser.post(path + each, hall.filled()).status_code == 404
    assert stored() == 0


def test_a_part_that_is_not_public(hall: Hall) -> None:
    PageViewRestriction.objects.create(page=hall.town.chapter_a, restriction_type="login")
    key = f"chapter-{hall.town.chapter_a.chapter.pk}"
    assert NO_PART in words(hall.send(chapter=key))
    assert NO_CODE in words(hall.send(code="1.1.0"))
    assert hall.town.chapter_a.chapter.title["en"] not in hall.page("new/")
    assert stored() == 0


def test_a_part_outside_the_chapter_of_the_round() -> None:
    hall = Hall()
    RemarkRound.objects.filter(pk=hall.round.pk).update(chapter=hall.town.chapter_b.chapter)
    assert NO_PART in words(hall.send(chapter=f"chapter-{hall.town.chapter_a.chapter.pk}"))
    assert NO_PART in words(hall.send(chapter="plan"))
    assert NO_CODE in words(hall.send(chapter=f"chapter-{hall.town.chapter_b.chapter.pk}", code="1.1.0"))
    assert stored() == 0


def test_a_form_that_was_sent_twice_is_one_remark(hall: Hall) -> None:
    filled = hall.filled()
    for _each in range(3):
        assert hall.browser.post(hall.address("new/"), filled).status_code == 302
    assert UnconfirmedRemark.objects.count() == OutboxMail.objects.count() == 1
    assert SendingCount.objects.order_by("-count").first().count == 1


def test_a_form_that_was_confirmed_is_not_taken_again(hall: Hall) -> None:
    filled = hall.filled()
    hall.browser.post(hall.address("new/"), filled)
    hall.confirm()
    assert "sent and confirmed already" in words(hall.browser.post(hall.address("new/"), filled))
    assert Remark.objects.count() == 1
    assert not UnconfirmedRemark.objects.exists()


def test_the_same_words_again(hall: Hall) -> None:
    hall.send()
    assert "We have this remark from you already." in words(hall.send(email=EMAIL.upper()))
    assert UnconfirmedRemark.objects.count() == 1


def test_many_from_one_address(hall: Hall) -> None:
    for number in range(10):
        assert hall.send(text=f"Pastaba {number}", email=f"a{number}@example.org").status_code == 302
    response = hall.send(text="Viena per daug", email="b@example.org")
    assert response.status_code == 429
    assert "Many remarks have come from your address." in words(response)
    assert "Viena per daug" in words(response)
    assert UnconfirmedRemark.objects.count() == OutboxMail.objects.count() == 10
    # Another house is not hindered by it.
    filled = hall.filled(email="b@example.org")
    assert hall.browser.post(hall.address("new/"), filled, REMOTE_ADDR="192.0.2.7").status_code == 302


def test_many_to_one_mailbox_from_many_addresses(hall: Hall) -> None:
    for number in range(6):
        filled = hall.filled(text=f"Pastaba {number}")
        response = hall.browser.post(hall.address("new/"), filled, REMOTE_ADDR=f"192.0.2.{number}")
    assert response.status_code == 429
    assert OutboxMail.objects.filter(recipient=EMAIL).count() == 5


def test_a_sender_who_claims_other_addresses(hall: Hall) -> None:
    for number in range(11):
        filled = hall.filled(text=f"Pastaba {number}", email=f"a{number}@example.org")
        response = hall.browser.post(hall.address("new/"), filled, headers={"X-Forwarded-For": f"198.51.100.{number}"})
    assert response.status_code == 429


def test_behind_a_proxy_each_sender_has_an_address(hall: Hall) -> None:
    with override_settings(PLAN_CONSULTATIONS={"proxies": 1, "an_hour": 1}):
        answers = [
            hall.browser.post(
                hall.address("new/"),
                hall.filled(text=f"Pastaba {number}"),
                headers={"X-Forwarded-For": f"203.0.113.{number}, 198.51.100.{number // 2}"},
            ).status_code
            for number in range(3)
        ]
    assert answers == [302, 429, 302]


def test_no_form_without_its_token_of_the_browser(hall: Hall) -> None:
    careful = Client(enforce_csrf_checks=True)
    response = careful.post(hall.address("new/"), hall.filled())
    assert response.status_code == 403
    assert "go back" in words(response).lower()
    assert stored() == 0


def test_asking_for_the_page_stores_nothing(hall: Hall) -> None:
    assert hall.browser.get(hall.address("new/"), hall.filled()).status_code == 200
    assert stored() == 0


def test_a_body_that_is_too_large(hall: Hall) -> None:
    assert hall.send(text="x" * 3_000_000).status_code == 400
    assert stored() == 0


@pytest.mark.parametrize("part", ["x", "00000000-0000-0000-0000-000000000000", "'--", "%00", "1" * 5000])
def test_a_part_that_nobody_knows_in_the_address_opens_an_empty_form(hall: Hall, part: str) -> None:
    assert hall.browser.get(hall.address("new/"), {"part": part}).status_code == 200


def test_markup_is_text_and_stays_text(hall: Hall) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>{{ 7|add:7 }}"
    remark = hall.give(text=evil)
    assert remark.text == evil
    Remark.objects.update(moderation="shown")
    shown = Client().get(hall.address()).content.decode()
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown
    assert "{{ 7|add:7 }}" in shown


def test_signs_that_turn_the_text_around_are_left_out(hall: Hall) -> None:
    hall.send(text="Tekstas \u202eatbulai\u202c\u200b\x07.\r\nKita eilutė")
    assert UnconfirmedRemark.objects.get().text == "Tekstas atbulai.\nKita eilutė"


@pytest.mark.parametrize("token", ["x", "0" * 64, "ž" * 64, "0" * 63, "a" * 5000])
def test_a_link_that_is_not_ours(hall: Hall, token: str) -> None:
    hall.send()
    path = hall.address(f"confirm/{token}/")
    assert "This link leads nowhere any more" in words(hall.browser.get(path))
    assert "This link leads nowhere any more" in words(hall.browser.post(path))
    assert not Remark.objects.exists()


def test_a_link_whose_signature_was_guessed(hall: Hall) -> None:
    hall.send()
    path = hall.link()
    forged = path[:-2] + ("0" if path[-2] != "0" else "1") + "/"
    hall.browser.post(forged)
    assert not Remark.objects.exists()


def test_programs_that_look_into_mails_confirm_nothing(hall: Hall) -> None:
    hall.send()
    for _each in range(3):
        hall.browser.get(hall.link())
        hall.browser.head(hall.link())
    assert not Remark.objects.exists()


def test_nothing_of_what_was_written_goes_to_a_mailbox_that_is_not_confirmed(hall: Hall) -> None:
    hall.send(text="Pirk pigiai http://spam.example", name="Pirk pigiai")
    mail = OutboxMail.objects.get()
    assert "igiai" not in mail.subject + mail.text + mail.html


def test_the_link_goes_by_the_name_of_the_site_not_of_the_request(hall: Hall) -> None:
    hall.browser.post(hall.address("new/"), hall.filled(), headers={"Host": "evil.example"})
    assert "evil.example" not in OutboxMail.objects.get().text


def test_a_town_without_a_consultation_has_no_form() -> None:
    town = Town()
    assert Client().get(f"/en/{town.plan.slug}/remarks/77/new/").status_code == 404
