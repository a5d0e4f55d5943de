"""Requests for information: asked by coordinators, answered by each group for itself, asked again with a reason."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction, ModelLogEntry

from plan_pages.choices import RequestState
from plan_pages.consultation.requests import InformationRequest, RequestAnswer
from plan_pages.editing.preparation.stale import mark_of
from tests.plan_pages.preparation.town import Town, day, said, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return Town()


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}}


def of(town: Town, group: Any = None) -> RequestAnswer:
    return RequestAnswer.objects.get(group=group or town.a)


def send(town: Town, deed: str, name: str = "editor of A", **data: Any) -> Any:
    answer = of(town)
    values = {"text": "Mokosi 412 mokinių", "seen": mark_of(answer), "deed": deed, **data}
    return town.post(name, "plan_pages_request_answer", answer.pk, **values)


def asked(town: Town, **data: Any) -> dict[str, Any]:
    groups = [town.a.pk, town.b.pk]
    return {"title": "Duomenys", "question": "Kiek mokinių?", "due": day(5), "groups": groups, **data}


def pdf(name: str = "ataskaita.pdf", content: bytes = b"%PDF-1.7") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def opened(client: Client, url: str) -> bool:
    """Whether the file is handed out; read to its end, so that it is closed."""
    answer = client.get(url)
    return answer.status_code == 200 and b"".join(answer.streaming_content) != b""


def test_a_coordinator_asks_groups(town: Town) -> None:
    town.post("coordinator", "plan_pages_add_request", **asked(town, asked_for="Plano rengėjai"))
    request = InformationRequest.objects.get()
    assert (request.title, request.asked_by, request.asked_for) == (
        "Duomenys",
        town.user("coordinator"),
        "Plano rengėjai",
    )
    states = [(each.group, each.state, each.due) for each in request.answers.all()]
    assert states == [(town.a, "waiting", day(5)), (town.b, "waiting", day(5))]


def test_a_request_needs_a_group_and_a_day_to_come(town: Town) -> None:
    page = town.post("coordinator", "plan_pages_add_request", **asked(town, groups=[], due=day(-1)))
    assert set(page.context["form"].errors) == {"groups", "due"}
    assert not InformationRequest.objects.exists()


def test_a_moved_day_holds_for_those_who_have_not_answered(town: Town) -> None:
    request = town.a_request(town.a, town.b)
    RequestAnswer.objects.filter(group=town.b).update(state="nothing", answered_at="2026-01-01T00:00Z")
    town.post("coordinator", "plan_pages_request_form", request.pk, **asked(town, due=day(9)))
    assert [each.due for each in request.answers.all()] == [day(9), day(5)]


def test_a_group_may_be_asked_later_and_nobody_twice(town: Town) -> None:
    request = town.a_request(town.a)
    town.post("coordinator", "plan_pages_request_form", request.pk, **asked(town, groups=[town.b.pk]))
    assert [each.group for each in request.answers.all()] == [town.a, town.b]


def test_a_group_sees_what_is_asked_of_it_and_until_when(town: Town) -> None:
    town.a_request(due=-1)
    page = words(town.get("editor of A", "plan_pages_preparation"))
    assert "Duomenys apie mokyklas" in page
    assert "overdue" in page
    assert "Duomenys apie mokyklas" not in words(town.get("editor of B", "plan_pages_preparation"))


def test_a_saved_answer_is_not_given_yet_and_nobody_else_reads_it(town: Town) -> None:
    town.a_request()
    send(town, "save")
    assert (of(town).state, of(town).text) == (RequestState.WAITING, "Mokosi 412 mokinių")
    page = town.get("coordinator", "plan_pages_request", of(town).request_id)
    assert "412" not in words(page)
    assert "412" not in words(town.get("coordinator", "plan_pages_request_answer", of(town).pk))


def test_an_answer_is_given(town: Town) -> None:
    town.a_request()
    send(town, "give")
    assert (of(town).state, of(town).answered_by) == (RequestState.GIVEN, town.user("editor of A"))
    assert "412" in words(town.get("coordinator", "plan_pages_request", of(town).request_id))


def test_an_empty_answer_is_not_given(town: Town) -> None:
    town.a_request()
    assert "The answer is empty" in words(send(town, "give", text=" "))
    assert of(town).state == RequestState.WAITING


def test_a_group_has_nothing_to_say(town: Town) -> None:
    town.a_request()
    send(town, "nothing")
    assert (of(town).state, of(town).text) == (RequestState.NOTHING, "")


def test_what_was_given_is_not_changed(town: Town) -> None:
    town.a_request()
    send(town, "give")
    for deed in ("give", "save", "nothing"):
        assert "answered already" in said(send(town, deed, text="Kitaip")) + words(send(town, deed, text="Kitaip"))
    assert of(town).text == "Mokosi 412 mokinių"


def test_a_colleagues_answer_is_not_overwritten(town: Town) -> None:
    town.a_request()
    seen = mark_of(of(town))
    send(town, "save", text="Pirmas")
    page = words(send(town, "save", text="Antras", seen=seen))
    assert "Somebody else has changed this" in page
    assert "Antras" in page
    assert of(town).text == "Pirmas"


def test_asking_again_takes_a_reason_and_a_day_and_keeps_the_text(town: Town) -> None:
    town.a_request()
    send(town, "give")
    assert "Say why you ask again" in words(send(town, "again", "coordinator", reason=" ", due=day(5)))
    assert "Give a day" in words(send(town, "again", "coordinator", reason="Trūksta metų", due=day(-1)))
    send(town, "again", "coordinator", reason="Trūksta metų", due=day(8))
    assert (of(town).state, of(town).due, of(town).text) == ("again", day(8), "Mokosi 412 mokinių")
    page = words(town.get("editor of A", "plan_pages_request_answer", of(town).pk))
    assert "Trūksta metų" in page
    assert ModelLogEntry.objects.get(action="plan_pages.request.ask_again").data["reason"] == "Trūksta metų"


def test_who_has_not_answered_is_not_asked_again(town: Town) -> None:
    town.a_request()
    assert "has not answered yet" in words(send(town, "again", "coordinator", reason="Skubu", due=day(5)))


@pytest.mark.parametrize("name", ["editor of B", "reader", "approver", "coordinator"])
@pytest.mark.parametrize("deed", ["save", "give", "nothing"])
def test_nobody_answers_for_another_group(town: Town, name: str, deed: str) -> None:
    town.a_request()
    send(town, deed, name)
    assert (of(town).state, of(town).text) == (RequestState.WAITING, "")


@pytest.mark.parametrize("name", ["editor of A", "reader", "approver"])
def test_only_coordinators_ask(town: Town, name: str) -> None:
    request = town.a_request()
    send(town, "give")
    town.post(name, "plan_pages_add_request", **asked(town))
    town.post(name, "plan_pages_request_form", request.pk, **asked(town, title="Kitas"))
    send(town, "again", name, reason="Noriu", due=day(5))
    assert list(InformationRequest.objects.values_list("title", flat=True)) == ["Duomenys apie mokyklas"]
    assert of(town).state == RequestState.GIVEN


# Files


def test_files_come_with_an_answer_and_only_those_concerned_open_them(town: Town) -> None:
    town.a_request()
    send(town, "give", files=[pdf(), pdf("lentele.xlsx", b"PK")])
    documents = list(of(town).documents.order_by("pk"))
    assert [document.title for document in documents] == ["ataskaita", "lentele"]
    assert {document.collection.get_parent() for document in documents} == {town.role_a.collection}
    for client in (town.client("editor of A"), town.client("coordinator")):
        assert opened(client, documents[0].url)
    for client in (town.client("editor of B"), town.client("reader"), Client()):
        assert not opened(client, documents[0].url)


def test_the_closed_collection_is_made_once(town: Town) -> None:
    town.a_request()
    send(town, "save", files=[pdf()])
    send(town, "save", files=[pdf("kita.pdf")])
    assert Collection.objects.get(pk=town.role_a.collection.pk).get_children().count() == 1
    assert CollectionViewRestriction.objects.count() == 1


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (pdf("virus.exe"), "is not a kind of file that is taken"),
        (pdf("page.html", b"<script>"), "is not a kind of file that is taken"),
        (pdf("tuscias.pdf", b""), "empty"),
        (pdf("didelis.pdf", b"x" * 101), "is larger than"),
    ],
)
def test_a_file_that_is_not_taken_is_refused_in_words_and_the_text_stays(
    town: Town, monkeypatch: pytest.MonkeyPatch, file: SimpleUploadedFile, message: str
) -> None:
    monkeypatch.setattr("plan_pages.editing.preparation.files.LARGEST", 100)
    file.seek(0)
    town.a_request()
    page = words(send(town, "give", files=[file]))
    assert message in page
    assert "Mokosi 412 mokinių" in page
    assert not get_document_model().objects.exists()
    assert of(town).state == RequestState.WAITING


def test_more_files_than_are_taken_are_refused(town: Town) -> None:
    town.a_request()
    page = words(send(town, "give", files=[pdf(f"{number}.pdf") for number in range(11)]))
    assert "more than 10 files" in page


def test_a_file_is_taken_away(town: Town) -> None:
    town.a_request()
    send(town, "save", files=[pdf()])
    send(town, "save", dropped=[of(town).documents.get().pk])
    assert not of(town).documents.exists()


def test_documents_of_a_round_are_for_those_who_log_in(town: Town) -> None:
    values = {"plan": town.plan.plan.pk, "opens": day(), "due": day(9), "title_lt": "Su failu", "files": [pdf()]}
    town.post("coordinator", "plan_pages_add_round", **values)
    document = get_document_model().objects.get()
    assert opened(town.client("editor of A"), document.url)
    assert not opened(Client(), document.url)
    assert document.url in words(town.get("editor of A", "plan_pages_preparation"))
