"""Evidence of a return through the API: by the deeds of the admin's screen, with its refusals at their places."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import FileResponse
from django.test import Client, RequestFactory
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.log_actions import registry

from plan_pages.api.middleware import api_manners
from plan_pages.choices import ReturnState
from plan_pages.editing import returns
from plan_pages.evidence import Evidence
from plan_pages.monitoring import ChapterReturn, Entry
from plan_pages.register import Measure
from tests.plan_pages.api.office import Program
from tests.plan_pages.mails.people import a_person, away
from tests.roles import City

pytestmark = pytest.mark.django_db
LINK = "https://www.kaunas.lt/aktas"


@pytest.fixture
def city(settings: Any, tmp_path: Path) -> City:
    settings.MEDIA_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}}
    found = City()
    Entry.objects.create(chapter_return=found.chapter_return(), measure=measure(), status="on_track")
    return found


@pytest.fixture
def editor(city: City) -> Program:
    return at(city)


def at(city: City, name: str = "editor of A", language: str = "en") -> Program:
    return Program(city.user(name), language)


def measure(code: str = "1.1.0") -> Measure:
    return Measure.objects.get(code=code)


def path(rest: str = "") -> str:
    return f"returns/{ChapterReturn.objects.get().pk}/evidence/{rest}"


def link(program: Program, **fields: Any) -> Any:
    body = {"measure": str(measure().public_id), "url": LINK, **fields}
    return program.post(path("links/"), {name: value for name, value in body.items() if value is not None})


def upload(program: Program, name: str = "aktas.pdf", content: bytes = b"%PDF-1.7 aktas", **parts: Any) -> Any:
    sent = {"measure": str(measure().public_id), "file": SimpleUploadedFile(name, content), **parts}
    return program.upload(path("files/"), **{name: value for name, value in sent.items() if value is not None})


def faults(answer: Any) -> list[tuple[list[Any], str]]:
    assert answer.status_code == 422, answer.content
    return [(each["loc"], each["msg"]) for each in answer.json()["errors"]]


def test_a_link_is_added(city: City, editor: Program) -> None:
    answer = link(editor, title="Aktas")
    assert answer.status_code == 201, answer.content
    said = answer.json()
    assert (said["title"], said["url"], said["is_file"], said["file"]) == ("Aktas", LINK, False, None)
    assert (said["measure"]["code"], said["added"]["by"], said["public"]) == ("1.1.0", "editor of A", False)
    found = Evidence.objects.get()
    assert (found.url, found.title, found.added_by, found.measure) == (
        LINK,
        "Aktas",
        city.user("editor of A"),
        measure(),
    )
    assert editor.get(said["@id"]).json() == said
    assert editor.get(said["of"]).json()["links"]["evidence"].endswith(path())


def test_a_file_becomes_a_document_of_the_group_which_a_token_reads(city: City, editor: Program) -> None:
    answer = upload(editor)
    assert answer.status_code == 201, answer.content
    said = answer.json()
    assert (said["title"], said["is_file"]) == ("aktas.pdf", True)
    document = Evidence.objects.get().document
    assert (document.collection.get_parent(), document.uploaded_by_user) == (
        city.role_a.collection,
        city.user("editor of A"),
    )
    file = editor.download(said["file"])
    assert (file.status_code, file.getvalue()) == (200, b"%PDF-1.7 aktas")
    assert (said["media_type"], file["Content-Type"]) == ("application/pdf", "application/octet-stream")
    assert "aktas.pdf" in file["Content-Disposition"]
    assert "private" in file["Cache-Control"]


def test_a_file_that_has_not_changed_is_not_sent_again(editor: Program) -> None:
    address = upload(editor).json()["file"]
    first = editor.download(address)
    first.getvalue()  # read to its end, as programs do: closed by hand, it would take the tests' connection with it
    again = editor.download(address, **{"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_of_a_file_the_headers_alone_are_told_too(editor: Program) -> None:
    address = upload(editor).json()["file"]
    response = api_manners(lambda request: FileResponse(BytesIO(b"aktas")))(RequestFactory().head(address))
    assert (response.status_code, b"".join(response)) == (200, b"")
    assert response["Content-Length"] == "5"


def test_the_file_of_a_link_is_not_found(editor: Program) -> None:
    assert editor.download(f"{link(editor).json()['@id']}file/").status_code == 404


def test_of_a_file_that_is_lost_no_more_is_told(editor: Program) -> None:
    said = upload(editor).json()
    Path(Evidence.objects.get().document.file.path).unlink()
    answer = editor.download(said["file"])
    assert (answer.status_code, answer.json()["detail"]) == (404, "The file is not there.")


def test_evidence_is_listed_in_the_return_and_alone(city: City, editor: Program) -> None:
    first, second = link(editor).json(), upload(editor, measure=str(measure("1.1.1").public_id)).json()
    listed = editor.get(path()).json()
    assert (listed["count"], [each["id"] for each in listed["items"]]) == (2, [first["id"], second["id"]])
    found = editor.get(path(f"?measure={measure('1.1.1').public_id}")).json()
    assert (found["count"], [each["id"] for each in found["items"]]) == (1, [second["id"]])
    of_entries = editor.get(f"returns/{ChapterReturn.objects.get().pk}/").json()["entries"]
    assert [each["@id"] for row in of_entries for each in row["evidence"]] == [first["@id"], second["@id"]]


@pytest.mark.parametrize(
    ("fields", "place", "words"),
    [
        ({"url": "javascript:alert(1)"}, "url", "not an address of the web"),
        ({"url": "ftp://kaunas.lt/a"}, "url", "not an address of the web"),
        ({"url": f"https://kaunas.lt/{'a' * 2000}"}, "url", ""),
        ({"url": "https://kaunas.lt/\0"}, "url", ""),
        ({"url": None}, "url", ""),
        ({"title": "x" * 256}, "title", "longer than 255"),
        ({"title": "a\0"}, "title", "Null characters"),
        ({"measure": "00000000-0000-0000-0000-000000000000"}, "measure", "no longer in the return"),
        ({"measure": "1.1.0"}, "measure", ""),
        ({"colour": "red"}, "colour", ""),
    ],
)
def test_a_bad_link_is_refused_at_its_place(editor: Program, fields: dict[str, Any], place: str, words: str) -> None:
    ((where, said),) = faults(link(editor, **fields))
    assert where == ["body", place]
    assert words in said
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    ("parts", "place", "words"),
    [
        ({"name": "virus.exe"}, ["file", "file"], "File extension “exe” is not allowed"),
        ({"name": "be_galunes"}, ["file", "file"], "is not allowed"),
        ({"content": b""}, ["file", "file"], "empty"),
        ({"file": None}, ["file", "file"], ""),
        ({"title": "x" * 256}, ["form", "title"], "longer than 255"),
        ({"title": "a\0"}, ["form", "title"], "Null characters"),
        ({"measure": None}, ["form", "measure"], ""),
        ({"measure": "00000000-0000-0000-0000-000000000000"}, ["form", "measure"], "no longer in the return"),
        ({"colour": "red"}, ["form", "colour"], "Unknown"),
        ({"more": SimpleUploadedFile("b.pdf", b"b")}, ["form", "more"], "Unknown"),
    ],
)
def test_a_bad_file_is_refused_at_its_place(
    editor: Program, parts: dict[str, Any], place: list[str], words: str
) -> None:
    ((where, said),) = faults(upload(editor, **parts))
    assert where == place
    assert words in said
    assert not Evidence.objects.exists()
    assert not get_document_model().objects.exists()


def test_a_file_that_is_too_big_is_refused_in_the_readers_language(city: City, settings: Any) -> None:
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 10
    ((where, said),) = faults(upload(at(city, language="lt")))
    assert where == ["file", "file"]
    assert "didel" in said
    assert not get_document_model().objects.exists()


def test_the_same_address_is_not_added_twice(editor: Program) -> None:
    link(editor)
    assert faults(link(editor)) == [(["body", "url"], "This address is there already.")]
    assert Evidence.objects.count() == 1


def test_a_measure_of_another_chapter_has_no_evidence_here(city: City) -> None:
    other = Measure.objects.exclude(chapter=city.chapter_a.chapter).get()
    coordinator = at(city, "coordinator")
    for answer in (
        link(coordinator, measure=str(other.public_id)),
        upload(coordinator, measure=str(other.public_id)),
    ):
        ((where, _said),) = faults(answer)
        assert where[-1] == "measure"
    assert not Evidence.objects.exists()


def test_a_group_without_files_of_its_own_is_told_so(city: City, editor: Program) -> None:
    type(city.role_a).objects.filter(pk=city.role_a.pk).update(collection=None)
    answer = upload(editor)
    assert (answer.status_code, "no collection" in answer.json()["detail"]) == (409, True)


def test_one_takes_away_what_one_has_added_and_not_what_others_have(city: City, editor: Program) -> None:
    coordinator = at(city, "coordinator")
    theirs, own = link(coordinator).json(), upload(editor).json()
    assert [each["removable"] for each in editor.get(path()).json()["items"]] == [False, True]
    assert [each["removable"] for each in coordinator.get(path()).json()["items"]] == [True, True]
    assert editor.delete(theirs["@id"]).status_code == 403
    assert editor.delete(own["@id"]).status_code == 204
    assert editor.delete(own["@id"]).status_code == 404
    assert [each.pk for each in Evidence.objects.all()] == [theirs["id"]]
    assert not get_document_model().objects.exists()
    assert coordinator.delete(theirs["@id"]).status_code == 204


@pytest.mark.parametrize("state", [ReturnState.SUBMITTED, ReturnState.APPROVED])
def test_evidence_of_what_was_handed_in_stays_as_it_is(city: City, editor: Program, state: ReturnState) -> None:
    there = link(editor).json()
    ChapterReturn.objects.update(state=state, approved_at=timezone.now())
    assert editor.get(there["@id"]).json()["removable"] is False
    for answer in (link(editor, url=f"{LINK}/2"), upload(editor), editor.delete(there["@id"])):
        assert answer.status_code == 409
        assert "cannot be changed now" in answer.json()["detail"]
    assert Evidence.objects.count() == 1


@pytest.mark.parametrize("name", ["nobody", "reader", "approver", "editor of B", "inactive"])
def test_who_does_not_see_the_return_neither_sees_nor_changes_its_evidence(
    city: City, editor: Program, name: str
) -> None:
    there, other = upload(editor).json(), at(city, name)
    asked = [
        other.get(path()),
        other.get(there["@id"]),
        other.download(there["file"]),
        other.delete(there["@id"]),
        link(other),
        upload(other),
    ]
    assert {answer.status_code for answer in asked} == {401 if name == "inactive" else 403}
    assert Evidence.objects.count() == get_document_model().objects.count() == 1


def test_without_a_token_and_with_a_session_nothing_is_told(city: City, editor: Program) -> None:
    address = upload(editor).json()["file"]
    session = Client()
    session.force_login(city.user("coordinator"))
    for stranger in (Client(), session):
        assert stranger.get(address).status_code == 401


def test_evidence_of_another_return_is_not_reached_from_here(city: City, editor: Program) -> None:
    there = upload(editor).json()
    other = ChapterReturn.objects.create(chapter=city.chapter_b.chapter, period=city.period)
    strange = f"returns/{other.pk}/evidence/{there['id']}/"
    coordinator = at(city, "coordinator")
    for answer in (coordinator.get(strange), coordinator.download(f"{strange}file/"), coordinator.delete(strange)):
        assert answer.status_code == 404
    assert Evidence.objects.exists()


def test_the_file_stays_the_programs_when_the_return_is_approved(city: City, editor: Program) -> None:
    there = upload(editor).json()
    returns.submit(ChapterReturn.objects.get(), city.user("editor of A"))
    returns.approve(ChapterReturn.objects.get(), city.user("coordinator"))
    assert editor.get(there["@id"]).json()["public"] is True
    assert editor.download(there["file"]).getvalue() == b"%PDF-1.7 aktas"


def test_what_is_done_is_in_the_log(city: City, editor: Program) -> None:
    editor.delete(link(editor, title="Aktas").json()["@id"])
    done = registry.get_logs_for_instance(ChapterReturn.objects.get()).order_by("pk")
    assert [(each.action, each.data["title"], each.user) for each in done] == [
        ("plan_pages.evidence.add", "Aktas", city.user("editor of A")),
        ("plan_pages.evidence.remove", "Aktas", city.user("editor of A")),
    ]


def test_a_deputy_adds_evidence_with_the_own_token(city: City) -> None:
    deputy = a_person("pavaduotoja")
    assert link(Program(deputy)).status_code == 403
    away(city.user("editor of A"), deputy, "2000-01-01", "2100-01-01")
    assert link(Program(deputy)).status_code == 201
    assert Evidence.objects.get().added_by == deputy


def test_who_would_be_sent_to_log_in_for_a_file_is_refused_it(city: City, editor: Program) -> None:
    """A deputy sees the return; its files are for those who have the role themselves, in the admin too."""
    address, deputy = upload(editor).json()["file"], a_person("pavaduotoja")
    away(city.user("editor of A"), deputy, "2000-01-01", "2100-01-01")
    assert Program(deputy).download(address).status_code == 403
