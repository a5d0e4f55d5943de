"""What hangs on a row of a return: evidence, private until the return is approved, and comments, never public."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.log_actions import registry
from wagtail.models import APIToken

from plan_pages.choices import ReturnState
from plan_pages.comments import RowComment
from plan_pages.editing import returns
from plan_pages.evidence import Evidence
from plan_pages.monitoring import ChapterReturn, Entry, ReportingPeriod
from plan_pages.outbox import OutboxMail
from plan_pages.register import Indicator, Measure
from tests.roles import City

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(settings: Any, tmp_path: Path) -> City:
    settings.MEDIA_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}}
    return City()


@pytest.fixture
def chapter_return(city: City) -> ChapterReturn:
    found = city.chapter_return()
    Entry.objects.create(chapter_return=found, measure=measure(), status="on_track")
    return found


def measure() -> Measure:
    return Measure.objects.get(code="1.1.0")


def address(chapter_return: ChapterReturn, row: str = "") -> str:
    return reverse("plan_pages_return_talk", args=[chapter_return.pk, row or f"measure-{measure().pk}"])


def login(city: City, client: Client, name: str = "editor of A") -> Client:
    client.force_login(city.user(name))
    return client


def send(client: Client, chapter_return: ChapterReturn, deed: str, row: str = "", **fields: Any) -> Any:
    return client.post(address(chapter_return, row), {"deed": deed, **fields}, follow=True)


def said(response: Any) -> str:
    return " ".join(str(message) for message in response.context["messages"])


def upload(city: City, client: Client, chapter_return: ChapterReturn, name: str = "aktas.pdf") -> Any:
    file = SimpleUploadedFile(name, b"%PDF-1.7 aktas")
    return send(login(city, client), chapter_return, "document", file=file, title="Aktas")


def approve(city: City, chapter_return: ChapterReturn) -> None:
    returns.submit(chapter_return, city.user("editor of A"))
    returns.approve(chapter_return, city.user("coordinator"))


# Evidence


def test_a_file_becomes_evidence_in_the_groups_files(city: City, client: Client, chapter_return: ChapterReturn) -> None:
    upload(city, client, chapter_return)
    found = Evidence.objects.get()
    assert (found.title, found.added_by, found.measure) == ("Aktas", city.user("editor of A"), measure())
    assert found.document.collection.get_parent() == city.role_a.collection
    assert found.document.file_size == 14


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("anonymous", 302),
        ("nobody", 403),
        ("reader", 403),
        ("editor of B", 403),
        ("editor of A", 200),
        ("coordinator", 200),
    ],
)
def test_evidence_of_a_draft_is_served_to_its_group_and_the_coordinators_alone(
    city: City, client: Client, chapter_return: ChapterReturn, name: str, status: int
) -> None:
    upload(city, client, chapter_return)
    document = Evidence.objects.get().document
    visitor = Client()
    if name != "anonymous":
        login(city, visitor, name)
    response = visitor.get(document.url)
    assert (response.status_code == 200) == (status == 200)
    response.close()


def test_evidence_is_everyones_once_its_return_is_approved_and_no_more_when_it_is_sent_back(
    city: City, client: Client, chapter_return: ChapterReturn
) -> None:
    upload(city, client, chapter_return)

    def found() -> bool:
        document = get_document_model().objects.get()
        served = Client().get(document.url)
        listed = Client().get("/api/v3/documents/").json()["items"]
        if served.streaming:
            list(served.streaming_content)  # read to its end, and closed by the client alone
        assert (served.status_code == 200) == bool(listed)
        return bool(listed)

    assert not found()
    approve(city, chapter_return)
    assert found()
    returns.send_back(chapter_return, city.user("coordinator"), "Klaida")
    assert not found()


def test_the_hook_alone_keeps_a_document_private_wherever_it_lies(
    city: City, client: Client, chapter_return: ChapterReturn
) -> None:
    upload(city, client, chapter_return)
    document = Evidence.objects.get().document
    document.collection = city.role_a.collection
    document.save()
    assert Client().get(document.url).status_code == 404


@pytest.mark.parametrize("name", ["virus.exe", "be_galunes", "puslapis.html"])
def test_a_file_of_another_kind_is_refused_in_words(
    city: City, client: Client, chapter_return: ChapterReturn, name: str
) -> None:
    assert said(upload(city, client, chapter_return, name))
    assert not Evidence.objects.exists()
    assert not get_document_model().objects.exists()


def test_a_file_that_is_too_big_is_refused_in_words(
    city: City, client: Client, chapter_return: ChapterReturn, settings: Any
) -> None:
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 10
    assert "too big" in said(upload(city, client, chapter_return))
    assert not get_document_model().objects.exists()


def test_a_link_is_evidence_too(city: City, client: Client, chapter_return: ChapterReturn) -> None:
    send(login(city, client), chapter_return, "link", url="https://www.kaunas.lt/aktas", title="")
    assert (Evidence.objects.get().url, Evidence.objects.get().title) == ("https://www.kaunas.lt/aktas",) * 2


@pytest.mark.parametrize("url", ["", "javascript:alert(1)", "ftp://kaunas.lt/a", "kaunas", "file:///etc/passwd"])
def test_what_is_no_address_of_the_web_is_refused(
    city: City, client: Client, chapter_return: ChapterReturn, url: str
) -> None:
    response = send(login(city, client), chapter_return, "link", url=url, title="Mano")
    assert "not an address of the web" in said(response)
    assert 'value="Mano"' in response.content.decode()
    assert not Evidence.objects.exists()


def test_one_takes_away_what_one_has_added_and_not_what_others_have(
    city: City, client: Client, chapter_return: ChapterReturn
) -> None:
    send(login(city, client, "coordinator"), chapter_return, "link", url="https://kaunas.lt/a")
    upload(city, client, chapter_return)
    theirs, own = Evidence.objects.order_by("pk")
    send(client, chapter_return, "remove", evidence=theirs.pk)
    send(client, chapter_return, "remove", evidence=own.pk)
    assert list(Evidence.objects.all()) == [theirs]
    assert not get_document_model().objects.exists()


@pytest.mark.parametrize("state", [ReturnState.SUBMITTED, ReturnState.APPROVED])
def test_evidence_of_what_was_handed_in_stays_as_it_is(
    city: City, client: Client, chapter_return: ChapterReturn, state: ReturnState
) -> None:
    send(login(city, client), chapter_return, "link", url="https://kaunas.lt/a")
    ChapterReturn.objects.update(state=state, approved_at=timezone.now())
    assert "cannot be changed" in said(send(client, chapter_return, "link", url="https://kaunas.lt/b"))
    send(client, chapter_return, "remove", evidence=Evidence.objects.get().pk)
    assert Evidence.objects.count() == 1


def test_a_document_that_is_evidence_is_not_deleted_elsewhere(
    city: City, client: Client, chapter_return: ChapterReturn, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        upload(city, client, chapter_return)
    document = Evidence.objects.get().document
    response = login(city, client, "superuser").post(reverse("wagtaildocs:delete", args=[document.pk]))
    assert response.status_code == 302
    assert get_document_model().objects.filter(pk=document.pk).exists()


def test_a_document_that_is_evidence_is_not_deleted_by_a_program(
    city: City, client: Client, chapter_return: ChapterReturn
) -> None:
    upload(city, client, chapter_return)
    _token, key = APIToken.create_token(user=city.user("editor of A"), name="test")
    headers = {"Authorization": f"Bearer {key}", "Accept-Language": "en"}
    answer = Client().delete(f"/api/v3/documents/{Evidence.objects.get().document.pk}/", headers=headers)
    assert (answer.status_code, answer.json()["detail"]) == (409, "It is in use, so it cannot be deleted.")
    assert get_document_model().objects.exists()


def test_the_page_of_the_measure_shows_evidence_of_approved_returns_alone(
    city: City, client: Client, chapter_return: ChapterReturn
) -> None:
    upload(city, client, chapter_return)
    address = f"{city.plan.url}measures/1.1.0/"
    assert "Aktas" not in Client().get(address).content.decode()
    approve(city, chapter_return)
    page = " ".join(Client().get(address).content.decode().split())
    assert "Aktas (PDF, 14" in page


# Comments


@pytest.mark.parametrize("name", ["editor of A", "coordinator"])
@pytest.mark.parametrize("state", ReturnState)
def test_both_sides_comment_in_every_state(city: City, client: Client, name: str, state: ReturnState) -> None:
    chapter_return = city.chapter_return(state)
    send(login(city, client, name), chapter_return, "comment", text="Kada bus užbaigta?")
    assert (RowComment.objects.get().author, RowComment.objects.get().measure) == (city.user(name), measure())


def test_the_other_side_hears_of_a_comment_by_mail(city: City, client: Client, chapter_return: ChapterReturn) -> None:
    for name in ("editor of A", "editor of B", "coordinator"):
        user = city.user(name)
        user.email = f"{name.replace(' ', '-').lower()}@savivaldybe.lt"
        user.save()
    send(login(city, client, "coordinator"), chapter_return, "comment", text="Kodėl mažėja?")
    letter = OutboxMail.objects.get()
    assert letter.recipient == "editor-of-a@savivaldybe.lt"
    assert "Kodėl mažėja?" in letter.text
    assert f"#measure-{measure().pk}" in letter.text
    send(login(city, client), chapter_return, "comment", text="Trūko lėšų")
    assert OutboxMail.objects.latest("pk").recipient == "coordinator@savivaldybe.lt"


def test_an_indicator_is_commented_on(city: City, client: Client, chapter_return: ChapterReturn) -> None:
    row = f"indicator-{Indicator.objects.get().pk}"
    send(login(city, client), chapter_return, "comment", row, text="Iš kur šis skaičius?")
    assert RowComment.objects.get().indicator == Indicator.objects.get()


def test_nothing_is_said_about_a_locked_period(city: City, client: Client, chapter_return: ChapterReturn) -> None:
    ReportingPeriod.objects.update(locked_at=timezone.now())
    assert "locked" in said(send(login(city, client), chapter_return, "comment", text="Kada?"))
    assert not RowComment.objects.exists()


@pytest.mark.parametrize("text", ["", "  \n "])
def test_an_empty_comment_is_refused_in_words(
    city: City, client: Client, chapter_return: ChapterReturn, text: str
) -> None:
    assert "Write the comment" in said(send(login(city, client), chapter_return, "comment", text=text))
    assert not RowComment.objects.exists()


def test_a_comment_is_shown_at_its_row_until_it_is_settled(
    city: City, client: Client, chapter_return: ChapterReturn
) -> None:
    send(login(city, client, "coordinator"), chapter_return, "comment", text="Patikslinkite procentus")
    login(city, client)
    grid = reverse("plan_pages_return", args=[chapter_return.pk])
    assert "Patikslinkite procentus" in client.get(grid).content.decode()
    assert "1 open comment" in client.get(grid).content.decode()
    send(client, chapter_return, "settle", comment=RowComment.objects.get().pk)
    assert RowComment.objects.get().settled_by == city.user("editor of A")
    assert "Patikslinkite procentus" not in client.get(grid).content.decode()
    send(client, chapter_return, "reopen", comment=RowComment.objects.get().pk)
    assert not RowComment.objects.get().is_settled


def test_a_comment_of_another_return_is_not_settled_from_here(
    city: City, client: Client, chapter_return: ChapterReturn
) -> None:
    period = ReportingPeriod.objects.create(plan=city.plan.plan, period="2026-Q2")
    other = ChapterReturn.objects.create(chapter=chapter_return.chapter, period=period)
    found = RowComment.objects.create(chapter_return=other, measure=measure(), text="Kitas")
    assert send(login(city, client), chapter_return, "settle", comment=found.pk).status_code == 404
    assert not RowComment.objects.get().is_settled


@pytest.mark.parametrize("row", ["measure-0", "measure-x", "goal-1", "measure-", "measure-99999999999999999999"])
def test_a_row_that_is_not_there_is_not_found(
    city: City, client: Client, chapter_return: ChapterReturn, row: str
) -> None:
    assert login(city, client).get(address(chapter_return, row)).status_code == 404


def test_a_row_of_another_chapter_is_not_found(city: City, client: Client, chapter_return: ChapterReturn) -> None:
    other = Measure.objects.exclude(chapter=chapter_return.chapter).get()
    response = login(city, client, "coordinator").get(address(chapter_return, f"measure-{other.pk}"))
    assert response.status_code == 404


def test_comments_and_evidence_are_in_the_log(city: City, client: Client, chapter_return: ChapterReturn) -> None:
    send(login(city, client), chapter_return, "comment", text="Kada?")
    send(client, chapter_return, "link", url="https://kaunas.lt/a", title="Aktas")
    said = [entry.message for entry in registry.get_logs_for_instance(chapter_return).order_by("pk")]
    assert any("Kada?" in words for words in said)
    assert any("Aktas" in words for words in said)


def test_the_window_over_the_grid_gets_its_parts(city: City, client: Client, chapter_return: ChapterReturn) -> None:
    login(city, client)
    sent = {"deed": "comment", "text": "Kada?"}
    parts = client.post(address(chapter_return) + "?part", sent).json()
    assert "Kada?" in parts["panel"]
    assert "Kada?" in parts["row"]
    assert (parts["open"], parts["refused"]) == (1, "")
    refused = client.post(address(chapter_return) + "?part", {"deed": "comment", "text": ""})
    assert (refused.status_code, refused.json()["refused"]) == (422, "Write the comment.")
