"""A typed client made from the document does the whole job of an editor: nothing of the API needs more than its document
says.
"""

import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.core.cache import cache
from django.core.wsgi import get_wsgi_application
from wagtail.api.v3.api import api

from plan_pages.api.document import document
from tests.api.city import token_for
from tests.api.client_of import NAME, make_client
from tests.roles import City

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("client")
    made = make_client(document(api.get_root_path({})), folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(folder)
        yield made
    for name in [name for name in sys.modules if name.partition(".")[0] == NAME]:
        del sys.modules[name]


class Client:
    """The made client of one person: `Client(key)("pages", "pages_detail", 3)`."""

    def __init__(self, key: str = "") -> None:
        made = import_module(f"{NAME}.client")
        here = {"transport": httpx.WSGITransport(get_wsgi_application())}
        if key:
            self.client = made.AuthenticatedClient("http://localhost", token=key, httpx_args=here)
        else:
            self.client = made.Client("http://localhost", httpx_args=here)

    def __call__(self, tag: str, operation: str, *given: Any, **named: Any) -> Any:
        answer = import_module(f"{NAME}.api.{tag}.{operation}").sync_detailed(*given, client=self.client, **named)
        assert answer.status_code < 300, answer.content
        return answer.parsed


def model(name: str) -> Any:
    return getattr(import_module(f"{NAME}.models"), name)


def test_its_types_are_right(package: Path, tmp_path: Path) -> None:
    (tmp_path / "mypy.ini").write_text("[mypy]\n")
    command = [str(Path(sys.executable).parent / "mypy"), "--config-file", str(tmp_path / "mypy.ini")]
    command += ["--cache-dir", str(tmp_path), str(package)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_an_editor_changes_a_text_and_readers_get_it_once_it_is_published(package: Path) -> None:
    cache.clear()
    city = City()
    editor, coordinator = (Client(token_for(city, who)) for who in ("editor of A", "coordinator"))
    reader = Client()
    chapter = editor("pages", "pages_detail", city.chapter_a.pk)
    goals = chapter.goals
    goals[0]["value"]["title"]["lt"] = "Naujas tikslas"
    editor("pages", "pages_update", city.chapter_a.pk, body=model("ChapterPagePatchSchema")(goals=goals))
    editor("pages", "page_transition_make", city.chapter_a.pk, "submit")
    before = reader("plan", "goals_list", city.plan.slug)
    approver = Client(token_for(city, "approver"))
    states = approver("pages", "page_transitions_list", city.chapter_a.pk)
    assert "approve" in [each.name for each in states.transitions]
    approver("pages", "page_transition_make", city.chapter_a.pk, "approve")
    after = reader("plan", "goals_list", city.plan.slug)
    assert "Naujas tikslas" not in [goal.title for goal in before.items]
    assert "Naujas tikslas" in [goal.title for goal in after.items]
    assert coordinator("auth", "whoami").user.username == "coordinator"


def test_an_editor_reports_a_quarter_and_readers_see_it_once_it_is_approved(
    package: Path, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}}
    cache.clear()
    city = City()
    editor, coordinator = (Client(token_for(city, who)) for who in ("editor of A", "coordinator"))
    reader = Client()
    body = model("ReturnBegun")(chapter=city.chapter_a.chapter.public_id, period="2026-Q1")
    begun = editor("returns", "return_begin", body=body)
    entries = [
        {
            "measure": str(row.measure.id),
            "base": row.base,
            "status": "completed",
            "percent": "100",
            "done": {"lt": "Baigta"},
        }
        for row in begun.entries
    ]
    editor("returns", "return_rows_update", begun.id, body=model("RowsSent").from_dict({"entries": entries}))
    measure = begun.entries[0].measure.id
    file = import_module(f"{NAME}.types").File(BytesIO(b"%PDF-1.7 aktas"), "aktas.pdf", "application/pdf")
    proof = model("EvidenceFileAddMultiPartBodyParams")(measure=measure, file=file, title="Aktas")
    added = editor("returns", "evidence_file_add", begun.id, body=proof)
    assert editor("returns", "evidence_file", begun.id, added.id).payload.read() == b"%PDF-1.7 aktas"
    remark = model("CommentSent")(measure=measure, text="Aktas pridėtas")
    editor("returns", "comment_add", begun.id, body=remark)
    assert [each.text for each in coordinator("returns", "comments_list", begun.id).items] == ["Aktas pridėtas"]
    handed_in = model("ReturnTransitionBody").from_dict({"anyway": True})
    editor("returns", "return_transition_make", begun.id, "submit", body=handed_in)
    before = reader("plan", "measures_list", city.plan.slug, chapter="1")
    coordinator("returns", "return_transition_make", begun.id, "approve")
    after = reader("plan", "measures_list", city.plan.slug, chapter="1")
    assert {measure.status.value for measure in before.items} != {"completed"}
    assert {measure.status.value for measure in after.items} == {"completed"}
    coordinator("plan", "period_transition_make", city.plan.slug, "2026-Q1", "lock")
    assert reader("plan", "period_detail", city.plan.slug, "2026-Q1").locked is not None
