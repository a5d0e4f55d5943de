"""The text of a chapter from its group to the coordinating group, from edit to publish, through Wagtail's own views."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from wagtail.models import TaskState
from wagtail.test.utils.form_data import rich_text

from plan_pages.blocks.level import sent
from plan_pages.pages.chapter import ChapterPage
from plan_pages.register import Measure
from tests.roles import City

pytestmark = pytest.mark.django_db


class Office:
    """An editor and an approver at the chapter of group A, each with a window and an address."""

    def __init__(self) -> None:
        self.city = City()
        self.clients: dict[str, Client] = {}
        for name, language in (("editor of A", "en"), ("approver", "lt")):
            user = self.city.user(name)
            user.email = f"{name.replace(' ', '-')}@example.org"
            user.save()
            user.wagtail_userprofile.preferred_language = language
            user.wagtail_userprofile.save()
            self.clients[name] = Client()
            self.clients[name].force_login(user)

    @property
    def page(self) -> ChapterPage:
        return ChapterPage.objects.get(pk=self.city.chapter_a.pk)

    def post(self, title: str, action: str, accept: str = "text/html", left_out: int = 0) -> Any:
        """What the editor's form sends with another title of the first measure, without the last ones."""
        draft = self.page.get_latest_revision_as_object()
        stream = draft.goals.stream_block
        state = stream.get_form_state(draft.goals)
        measures = state[0]["value"]["tasks"][0]["value"]["measures"]
        measures[0]["value"]["title"]["lt"] = title
        del measures[len(measures) - left_out :]
        data = {
            "title": draft.title,
            "heading_en": draft.heading_en,
            "slug": draft.slug,
            "code": draft.code,
            "summary_lt": "",
            "summary_en": "",
            "body_lt": rich_text(""),
            "body_en": rich_text(""),
            "weight": "",
            action: "1",
            **dict(sent(stream, state, "goals")),
        }
        address = f"/admin/pages/{self.page.pk}/edit/"
        return self.clients["editor of A"].post(address, data, headers={"accept": accept})

    def decide(self, action: str, comment: str = "") -> Any:
        state = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)
        address = f"/admin/pages/workflow/action/{self.page.pk}/{action}/{state.pk}/"
        return self.clients["approver"].post(address, {"comment": comment, "next": "/admin/"})

    def title(self) -> str:
        return str(Measure.objects.get(code="1.1.0").title["lt"])


@pytest.fixture
def office() -> Office:
    return Office()


def test_a_text_goes_from_the_group_to_the_readers(office: Office, client: Client) -> None:
    row = Measure.objects.get(code="1.1.0")
    address = f"/{office.city.plan.slug}/measures/1.1.0/"

    assert office.post("Pirmas bandymas", "action-submit").status_code == 302
    assert office.page.workflow_in_progress
    assert "Pirmas bandymas" not in client.get(address).content.decode()

    compared = office.clients["approver"].get(f"/admin/pages/{office.page.pk}/revisions/compare/live...latest/")
    assert "Pirmas bandymas" in compared.content.decode()

    assert office.decide("reject", "Trūksta veiksmažodžio").status_code == 302
    assert not office.page.workflow_in_progress
    seen = office.clients["editor of A"].get(f"/admin/pages/{office.page.pk}/workflow_history/", follow=True)
    assert seen.status_code == 200
    status = office.clients["editor of A"].get(f"/admin/pages/{office.page.pk}/history/")
    assert "Trūksta veiksmažodžio" in status.content.decode()

    assert office.post("Atnaujinti mokyklas", "action-submit").status_code == 302
    assert office.title() == row.title["lt"]
    assert office.decide("approve").status_code == 302
    shown = client.get(address).content.decode()
    assert "Atnaujinti mokyklas" in shown
    again = Measure.objects.get(code="1.1.0")
    assert (again.pk, again.public_id, office.title()) == (row.pk, row.public_id, "Atnaujinti mokyklas")


def test_the_approver_is_written_to_in_their_language_with_a_way_to_the_comparison(office: Office) -> None:
    office.post("Kitas", "action-submit")
    letter = next(each for each in mail.outbox if each.to == ["approver@example.org"])
    assert "Galite redaguoti puslapį čia:" in letter.body
    assert f"/admin/pages/{office.page.pk}/revisions/compare/live...latest/" in letter.body
    assert office.page.title in letter.subject
    assert "\n" not in letter.subject


def test_the_editor_is_told_what_to_correct_and_that_it_is_published(office: Office) -> None:
    office.post("Kitas", "action-submit")
    office.decide("reject", "Trūksta „ir“ & taško")
    letters = [each for each in mail.outbox if each.to == ["editor-of-A@example.org"]]
    assert "Comment: Trūksta „ir“ & taško" in letters[-1].body
    assert letters[-1].subject == f"Please correct: {office.page.title}"
    office.post("Kitas ir.", "action-submit")
    office.decide("approve")
    letters = [each for each in mail.outbox if each.to == ["editor-of-A@example.org"]]
    assert letters[-1].subject == f"Approved and published: {office.page.title}"


def test_what_waits_for_approval_is_not_changed_by_the_group(office: Office) -> None:
    office.post("Kitas", "action-submit")
    before = office.page.latest_revision_id
    office.post("Dar kitas", "action-submit")
    assert office.page.latest_revision_id == before


def test_the_group_cannot_publish_by_naming_the_action(office: Office) -> None:
    office.post("Kitas", "action-publish")
    assert office.title() != "Kitas"


def test_a_draft_says_which_measures_would_leave_the_plan(office: Office) -> None:
    office.post("Kitas", "action-draft", left_out=1)
    page = office.clients["editor of A"].get(f"/admin/pages/{office.page.pk}/edit/").content.decode()
    assert "leave the plan when this is published: 1.1.1." in page
    office.post("Kitas", "action-draft")
    assert Measure.objects.get(code="1.1.1").retired_at is None


def test_saving_by_itself_leaves_no_messages_behind(office: Office) -> None:
    saved = office.post("Kitas", "action-draft", accept="application/json", left_out=1)
    assert saved.json()["success"]
    page = office.clients["editor of A"].get(f"/admin/pages/{office.page.pk}/edit/").content.decode()
    assert "leave the plan" not in page
