"""Every role at every address: what may be opened and what may be sent, as `permission_matrix.txt` says.

An address of the URL conf that the table does not name fails, and so does a row that no address needs.
"""

import gc
from copy import deepcopy
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest
from django.contrib.messages import ERROR, get_messages
from django.db import transaction
from django.test import Client
from wagtail.models import APIToken

from tests.cms.addresses import Address, Examples, patterns, send

pytestmark = pytest.mark.django_db

TABLE = Path(__file__).with_name("permission_matrix.txt")
ROLES = ("anonymous", "reader", "editor of B", "editor of A", "approver", "coordinator", "superuser")
METHODS = {True: ("GET", "POST", "PATCH", "PUT", "DELETE"), False: ("GET", "POST")}
NO_SUCH_METHOD = "no such method"
Row = tuple[str, str]


def read_table() -> dict[Row, tuple[str, ...]]:
    """(pattern of addresses, methods) to the outcome for each role, in the order of the table: the first that fits."""
    rows = {}
    for line in TABLE.read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            pattern, methods, *outcomes = (cell.strip() for cell in line.split("|"))
            assert (pattern, methods) not in rows, f"twice in the table: {line}"
            assert len(outcomes) == len(ROLES), f"not {len(ROLES)} outcomes: {line}"
            rows[pattern, methods] = tuple(outcomes)
    return rows


def row_of(table: dict[Row, tuple[str, ...]], pattern: str, method: str) -> Row | None:
    return next((row for row in table if method in row[1].split() and fnmatchcase(pattern, row[0])), None)


def outcome(response: Any, is_api: bool) -> str:
    """One word: see the head of the table."""
    status = response.status_code
    if is_api and status == 422:
        return "bad"
    if status == 403 or _is_sent_home(response):
        return "denied"
    if status == 401 or (status in (301, 302) and "/login/" in response.headers["Location"]):
        return "login"
    return {404: "none", 405: NO_SUCH_METHOD, 500: "error"}.get(status, "in")


def _is_sent_home(response: Any) -> bool:
    """Wagtail refuses with a message on the admin's home page."""
    if response.status_code != 302 or response.headers["Location"] != "/admin/":
        return False
    return any(message.level >= ERROR for message in get_messages(response.wsgi_request))


def ask(client: Client, method: str, address: Address, headers: dict[str, str]) -> str:
    """The outcome of one request, of which nothing stays: neither in the database nor in the browser."""
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        response = send(client, method, address, headers)
        found = outcome(response, address.is_api)
        if response.streaming:
            # Read to its end, the client closes it; closed from here, it would take the database's connection along.
            for _part in response.streaming_content:
                pass
        transaction.set_rollback(True)
    client.cookies = cookies
    return found


@pytest.fixture
def examples(settings: Any, tmp_path: Path) -> Examples:
    settings.MEDIA_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}}
    return Examples()


# Wagtail leaves the temporary files of the images that it makes open: they are collected here, and nowhere else.
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize("role", ROLES)
def test_a_role_gets_what_the_table_says(examples: Examples, role: str) -> None:
    table, column = read_table(), ROLES.index(role)
    client, headers = Client(raise_request_exception=False), {}
    if role != "anonymous":
        user = examples.city.user(role)
        client.force_login(user)
        _token, key = APIToken.create_token(user=user, name="matrix")
        headers = {"Authorization": f"Bearer {key}"}
    wrong = []
    for address in examples.addresses():
        for method in METHODS[address.is_api]:
            found = ask(client, method, address, headers)
            row = row_of(table, address.pattern, method)
            if found == NO_SUCH_METHOD:
                continue
            expected = table[row][column] if row else "a row in the table"
            if found != expected:
                wrong.append(f"{method} {address.pattern}: {found}, expected {expected}")
    gc.collect()
    assert not wrong, "\n".join([f"{role}:", *wrong])


def test_every_row_of_the_table_is_needed() -> None:
    table = read_table()
    names = [*patterns(), *(row[0] for row in table if row[0].startswith("page"))]
    used = {row_of(table, name, method) for name in names for method in METHODS[True]}
    assert set(table) - used == set()
