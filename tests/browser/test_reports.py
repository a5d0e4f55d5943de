"""A coordinator's work with reports, in Lithuanian and in a real browser: make a schedule, have a report made now, release
it, send it again, correct it. The scheduler's round goes between the clicks, as a process of its own does in earnest.
"""

import re
from collections.abc import Iterator
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.conf import settings as site
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone
from django.utils.translation import override

from reports.work import tick, work_off
from tests.reports.city import small_plan
from tests.roles import City

ADDRESS = "taryba@example.org"
PASSWORD = "labai-slaptas-zodis"


class Refusing(EmailBackend):
    """A server that does not know the recipient."""

    def send_messages(self, messages: Any) -> int:
        raise SMTPRecipientsRefused({ADDRESS: (550, b"No such user")})


@pytest.fixture
def coordinator(open_page: Any) -> Iterator[Any]:
    """The window of a coordinator who has come into the admin."""
    with override("lt"):
        small_plan()
        user = City().user("coordinator")
        user.set_password(PASSWORD)
        user.save()
        user.wagtail_userprofile.preferred_language = "lt"
        user.wagtail_userprofile.save()
        window = open_page(viewport={"width": 1280, "height": 900})
        window.goto("/admin/login/")
        window.locator("input[name=username]").fill("coordinator")
        window.locator("input[name=password]").fill(PASSWORD)
        window.locator("button[type=submit]").click()
        yield window


def go_round() -> None:
    tick(timezone.now())
    work_off()


def make_schedule(window: Any, expect: Any) -> None:
    window.goto("/admin/plan-reports/schedules/")
    window.get_by_role("link", name="Pridėti ataskaitų tvarkaraštį").click()
    window.locator("select[name=plan]").select_option(label="Miesto planas")
    window.locator("select[name=kind]").select_option(label="Įgyvendinimo ataskaita")
    window.locator("select[name=audience]").select_option(value="public")
    window.locator("#id_recipients-ADD").click()
    window.locator("input[name=recipients-0-address]").fill(ADDRESS)
    window.get_by_role("button", name="Peržiūrėti datas").click()
    expect(window.locator("section.help-block li")).to_have_count(5)
    expect(window.locator("input[name=recipients-0-address]")).to_have_value(ADDRESS)
    window.get_by_role("button", name="Įrašyti").click()
    expect(window.get_by_text("Tvarkaraštis įrašytas.")).to_be_visible()
    expect(window.get_by_role("link", name=re.compile("^Įgyvendinimo ataskaita už kiekvieną ketvirtį"))).to_be_visible()


def make_now(window: Any, expect: Any) -> None:
    window.get_by_role("link", name=re.compile("^Parengti dabar")).click()
    window.get_by_role("button", name="Parengti dabar").click()
    expect(window.get_by_text("Rengiama 1 ataskaita.")).to_be_visible()
    go_round()
    window.goto("/admin/")
    expect(window.get_by_role("heading", name="Laukia išleidimo")).to_be_visible()
    window.locator("#plan-reports-content, #plan-reports").get_by_role(
        "link", name=re.compile("^Įgyvendinimo ataskaita, ")
    ).first.click()


def release(window: Any, expect: Any) -> None:
    window.get_by_role("button", name="Išleisti").click()
    expect(window.get_by_text("Ataskaita išleista.")).to_be_visible()
    site.EMAIL_BACKEND, working = f"{__name__}.Refusing", site.EMAIL_BACKEND
    go_round()
    site.EMAIL_BACKEND = working
    window.reload()
    expect(window.get_by_text("Neišsiųsta", exact=True)).to_be_visible()
    expect(window.get_by_role("cell", name=re.compile("No such user"))).to_be_visible()


def resend(window: Any, expect: Any) -> None:
    window.get_by_role("button", name=re.compile("^Siųsti dar kartą")).click()
    expect(window.get_by_text(f"Ataskaita dar kartą siunčiama adresu {ADDRESS}.").first).to_be_visible()
    go_round()
    window.reload()
    expect(window.get_by_role("button", name=re.compile("^Siųsti dar kartą"))).to_have_count(0)
    assert [message.to for message in mail.outbox] == [[ADDRESS]]


def correct(window: Any, expect: Any) -> None:
    first = window.url
    window.get_by_role("link", name="Taisyti").click()
    window.get_by_label("Taisymo priežastis").fill("Klaida rodiklių lentelėje")
    window.get_by_role("button", name="Rengti pataisytą laidą").click()
    expect(window.get_by_text("Rengiama pataisyta laida.")).to_be_visible()
    go_round()
    window.goto("/admin/plan-reports/")
    window.get_by_role("link", name=re.compile("2 laida")).click()
    expect(window.get_by_role("heading", name="Kodėl pataisyta")).to_be_visible()
    window.get_by_role("button", name="Išleisti").click()
    expect(window.get_by_text("Ataskaita išleista.")).to_be_visible()
    window.goto(first)
    expect(window.get_by_role("link", name=re.compile("^2 laida"))).to_be_visible()
    expect(window.get_by_role("link", name="Taisyti")).to_have_count(0)


def read_the_archive(window: Any, expect: Any) -> None:
    window.goto("/reports/")
    links = window.get_by_role(
        "link", name=re.compile(r"m\. I?[IV]+ ketvirčio ataskaita(, 2 laida)? \(PDF, [\d,]+.KB\)")
    )
    expect(links).to_have_count(2)
    expect(window.get_by_text("Pataisyta: Klaida rodiklių lentelėje")).to_be_visible()


def test_a_report_from_its_schedule_to_its_correction(coordinator: Any) -> None:
    from playwright.sync_api import expect

    make_schedule(coordinator, expect)
    make_now(coordinator, expect)
    release(coordinator, expect)
    resend(coordinator, expect)
    correct(coordinator, expect)
    read_the_archive(coordinator, expect)
