"""Files of a group's page are offered to those who may open them, and to nobody else."""

import datetime

import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction

from plan_pages.pages.group import GroupDocument, GroupMeeting
from tests.factories import group_page, plan_page, publish

pytestmark = pytest.mark.django_db


def shown(client: Client, address: str) -> tuple[bool, bool]:
    """Whether the page offers the document, and the minutes."""
    words = client.get(address).content.decode()
    return "/nuostatai" in words, "/protokolas" in words


@pytest.mark.parametrize("is_closed", [False, True])
def test_closed_files_are_offered_only_to_who_may_open_them(is_closed: bool) -> None:
    collection = Collection.get_first_root_node().add_child(name="Grupės failai")
    below = collection.add_child(name="Protokolai")
    documents = get_document_model().objects
    rules = documents.create(title="Nuostatai", file=ContentFile(b"a", "nuostatai.pdf"), collection=collection)
    minutes = documents.create(title="Protokolas", file=ContentFile(b"b", "protokolas.pdf"), collection=below)
    page = group_page(plan_page())
    page.documents.add(GroupDocument(title="Nuostatai", document=rules))
    page.meetings.add(GroupMeeting(title="Posėdis", date=datetime.date(2026, 5, 4), document=minutes))
    publish(page)
    if is_closed:
        CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    reader = Client()
    reader.force_login(get_user_model().objects.create_user("skaitytojas"))
    assert shown(reader, page.get_url()) == (True, True)
    assert shown(Client(), page.get_url()) == (not is_closed, not is_closed)
