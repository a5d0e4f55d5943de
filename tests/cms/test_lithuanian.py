"""Nothing on the screens of those who work in the admin is in English.

Every address of the URL conf, for every role: opened, searched, its forms sent as they stand and emptied, by each of their
buttons; and the mails that come of it. Then what takes a file, a token or a colleague.
"""

import gc
import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from fnmatch import fnmatchcase
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.tokens import default_token_generator
from django.core import mail
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlsafe_base64_encode
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page

from tests.cms.addresses import Address, Examples
from tests.untranslated import english_of, english_of_text, recorded

pytestmark = pytest.mark.django_db
ROLES = ("anonymous", "reader", "editor of A", "approver", "coordinator", "superuser")
# Not a person's: the API answers programs, and the token of a link is checked elsewhere.
NOT_FOR_PEOPLE = ("admin/api/", "admin/jsi18n/", "admin/failwhale/")
# English that stays: where it is met, its words, and why.
STAYS = (
    (
        "admin/groups/*",
        "Can *",
        "names of rights, which Django keeps in the database; roles are made on screens of ours",
    ),
    ("admin/groups/*", "Wagtail branduolys | *", "the same rights, in the list of those to pages"),
    ("admin/sites/*", "*", "an administrator's, once; Wagtail has no words for the columns but the fields' names"),
    ("admin/*/multiple/add/*", "Must upload a file", "the answer to a script that sends no file"),
)
# Wagtail's faults, which no browser meets: these fail where they are sent less than their form has.
FAILS = (
    "admin/redirects/import/process/",
    "admin/pages/create/<slug:app_label>/<slug:model_name>",
    "admin/documents/multiple/create_from_uploaded_document/<int:uploaded_file_id>/",
)


@pytest.fixture
def examples(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Examples:
    settings.MEDIA_ROOT = tmp_path
    # What a request deletes comes back with its row.
    monkeypatch.setattr(FileSystemStorage, "delete", lambda self, name: None)
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}}
    with translation.override("lt"):
        found = Examples()
    Page.objects.filter(title="Welcome to your new Wagtail site!").update(title="Svetainė", draft_title="Svetainė")
    return found


def visitor(examples: Examples, role: str) -> Client:
    """The browser of a user of the role, whose names are no English words."""
    client = Client(raise_request_exception=False, headers={"Accept-Language": "lt"})
    for number, name in enumerate(each for each in ROLES if each != "anonymous"):
        user = examples.city.user(name)
        user.username, user.first_name, user.last_name = f"vardenis{number}", "Vardenis", "Pavardenis"
        user.email = f"vardenis{number}@example.org"
        user.save()
        user.wagtail_userprofile.preferred_language = "lt"
        user.wagtail_userprofile.save()
        if name == role:
            client.force_login(user)
    return client


def html_of(response: Any) -> str:
    """What a response shows; a window's HTML comes inside JSON."""
    kind = response.headers.get("Content-Type", "")
    if response.streaming or response.status_code != 200:
        return ""
    if kind.startswith("application/json"):
        answer = json.loads(response.content)
        return str(answer.get("html") or "") if isinstance(answer, dict) else ""
    return response.content.decode() if kind.startswith("text/html") else ""


def forms(html: str, path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Where and what a browser would send from each form: as it stands, emptied, by each button that has a name."""
    page: Any = BeautifulSoup(html, "html.parser")
    for form in page.find_all("form", method=lambda value: (value or "").lower() == "post"):
        fields: dict[str, Any] = {}
        typed = set()
        for field in form.find_all(["input", "textarea", "select"]):
            name, kind = field.get("name"), field.get("type", "text")
            if not name or kind in ("file", "submit", "button") or field.has_attr("disabled"):
                continue
            if kind in ("checkbox", "radio") and not field.has_attr("checked"):
                continue
            if field.name == "select":
                chosen = field.find_all("option", selected=True) or field("option")[: not field.has_attr("multiple")]
                fields.setdefault(name, []).extend(each.get("value", each.text) for each in chosen)
            else:
                value = (
                    field.text if field.name == "textarea" else field.get("value", "on" if kind == "checkbox" else "")
                )
                typed |= {name} if kind not in ("hidden", "checkbox", "radio") else set()
                fields.setdefault(name, []).append(value)
        target = form.get("action") or path
        yield target, fields
        yield target, fields | dict.fromkeys(typed, "")
        for button in form.find_all("button", type="submit"):
            if button.get("name"):
                yield target, fields | {button["name"]: [button.get("value", "")]}


def stays(where: str, found: str) -> bool:
    _method, _space, pattern = where.partition(" ")
    _words, _colon, text = found.partition(": ")
    return any(fnmatchcase(pattern, place) and fnmatchcase(text, words) for place, words, _why in STAYS)


class Walk:
    """Goes from address to address and notes what was in English there. Nothing that it does stays."""

    def __init__(self, client: Client, committed: Callable[..., Any]) -> None:
        self.client, self.committed = client, committed
        self.found: dict[str, str] = {}
        self.mails: set[str] = set()

    def ask(self, where: str, request: Callable[[], Any]) -> Any:
        cookies = deepcopy(self.client.cookies)
        mail.outbox.clear()
        within = transaction.atomic()
        within._from_testcase = True  # lets what must be outermost run inside
        with within, recorded() as missing:
            with self.committed(execute=True):
                response = request()
            english = english_of(response) if response.status_code < 500 else set()
            for message in mail.outbox:
                self.mails.add(message.subject)
                for text in (message.subject, *message.body.splitlines()):
                    english |= {f"mail: {found}" for found in english_of_text(text)}
            transaction.set_rollback(True)
        self.client.cookies = cookies
        for each in missing:
            self.found.setdefault(f"no Lithuanian: {each!r}", where)
        for each in english:
            if not stays(where, each):
                self.found.setdefault(each, where)
        if response.status_code >= 500 and not where.endswith(FAILS):
            self.found.setdefault(f"error {response.status_code} {where}", where)
        return response

    def post(self, path: str, sent: dict[str, Any]) -> None:
        self.ask(f"POST {path.lstrip('/')}", partial(self.client.post, path, sent, follow=True))

    def visit(self, address: Address) -> None:
        path, body, get = address.path, address.body, self.client.get
        response = self.ask(f"GET {address.pattern}", partial(get, path, follow=True))
        # Who is sent elsewhere meets its forms at their own address.
        html = "" if response.redirect_chain else html_of(response)
        if 'name="q"' in html:
            for words in ("skyrius", "nerandama"):
                self.ask(f"GET {address.pattern}", partial(get, path, {"q": words}))
        for target, sent in list(forms(html, path)) or [(path, {})]:
            self.ask(f"POST {address.pattern}", partial(self.client.post, target, sent | body, follow=True))


# Wagtail leaves the temporary files of the images that it makes open: they are collected here, and nowhere else.
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize("role", ROLES)
def test_a_role_meets_no_english(
    examples: Examples, role: str, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    walk = Walk(visitor(examples, role), django_capture_on_commit_callbacks)
    for address in examples.addresses():
        if address.pattern.startswith("admin/") and not address.pattern.startswith(NOT_FOR_PEOPLE):
            walk.visit(address)
    gc.collect()
    assert_no_english(walk)
    if role == "editor of A":
        assert any("Laukia Jūsų patvirtinimo" in subject for subject in walk.mails)
    if role == "approver":
        assert any("Patvirtinta ir paskelbta" in subject for subject in walk.mails)


def test_a_text_sent_back_is_told_in_lithuanian(
    examples: Examples, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    walk = Walk(visitor(examples, "approver"), django_capture_on_commit_callbacks)
    state = examples.workflow_state.current_task_state
    path = reverse("wagtailadmin_pages:workflow_action", args=[examples.moderated.pk, "reject", state.pk])
    walk.post(path, {"comment": "Trūksta rodiklių"})
    assert_no_english(walk)
    assert any("Prašoma pataisyti" in subject for subject in walk.mails)


def test_a_new_password_is_asked_for_and_set_in_lithuanian(
    examples: Examples, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    walk = Walk(visitor(examples, "anonymous"), django_capture_on_commit_callbacks)
    user = get_user_model().objects.get(username="vardenis0")
    user.set_password("senas-zodis-2026")
    user.save()
    walk.post("/admin/password_reset/", {"email": "vardenis0@example.org"})
    assert walk.mails == {"Slaptažodžio keitimas"}
    link = f"/admin/password_reset/confirm/{urlsafe_base64_encode(str(user.pk).encode())}/"
    link += default_token_generator.make_token(user) + "/"
    form = walk.client.get(link, follow=True).redirect_chain[-1][0]
    for first, second in (("", ""), ("vienas", "du"), ("vardenis0", "vardenis0"), ("12345678", "12345678")):
        walk.post(form, {"new_password1": first, "new_password2": second})
    walk.post(form, {"new_password1": "naujas-zodis-2026", "new_password2": "naujas-zodis-2026"})
    walk.post("/admin/login/", {"username": "vardenis0", "password": "ne tas"})
    assert_no_english(walk)


@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize("section", ["images", "documents"])
def test_files_are_taken_and_refused_in_lithuanian(
    examples: Examples, section: str, django_capture_on_commit_callbacks: Callable[..., Any], settings: Any
) -> None:
    walk = Walk(visitor(examples, "editor of A"), django_capture_on_commit_callbacks)
    settings.WAGTAILDOCS_EXTENSIONS = ["png"]
    collection = examples.city.role_a.collection.pk

    def files() -> Iterator[Any]:
        yield get_test_image_file("nuotrauka.png")
        yield ContentFile(b"tekstas", name="nuotrauka.png")
        yield ContentFile(b"tekstas", name="tekstas.txt")

    for field, path in (("file", f"/admin/{section}/add/"), ("files[]", f"/admin/{section}/multiple/add/")):
        for file in files():
            walk.post(path, {"title": "Failas", "collection": collection, field: file})
    prefix = f"{section[:-1]}-chooser-upload"
    for file in files():
        sent = {f"{prefix}-title": "Failas", f"{prefix}-collection": collection, f"{prefix}-file": file}
        walk.post(f"/admin/{section}/chooser/create/", sent)
    gc.collect()
    assert_no_english(walk)


def assert_no_english(walk: Walk) -> None:
    assert not walk.found, "\n".join(f"{each}   ({where})" for each, where in sorted(walk.found.items()))
