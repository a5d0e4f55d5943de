"""Storing a page for the API: Wagtail's deeds, with every fault told at its place, and without touching what came back as
it was read."""

import json
import re
from collections.abc import Iterator
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _
from ninja.errors import HttpError
from wagtail.actions.create_page import CreatePageAction
from wagtail.actions.edit_page import EditPageAction
from wagtail.blocks import Block
from wagtail.blocks.base import BlockField
from wagtail.models import Page
from wagtail.utils.forms import FormValidationError

from plan_pages.api import faults

# Draftail's names of paragraphs: prose that was never in the editor has none, and gets other ones each time.
BLOCK_KEY = re.compile(r' data-block-key="\w*"')


class Edit(EditPageAction):
    """`read_as`: the version that the sender had read, if that was said."""

    def __init__(self, instance: Any, user: Any = None, *, form: Any = None, **how: Any) -> None:
        self.read_as = None
        self.not_theirs: list[str] = []
        if form is not None:
            self.read_as = form.data.get("latest_revision")
            form.fields.pop("latest_revision", None)
            self.not_theirs = list(_not_theirs(form))
            leave_out_what_came_back(form)
        super().__init__(instance, user, form=form, **how)

    def _clean_instance(self) -> None:
        # Within the transaction that stores the page; the row is held, so that nobody else stores it meanwhile.
        stored = Page.objects.select_for_update().only("latest_revision_id").get(pk=self.instance.pk)
        if self.read_as is not None and self.read_as != stored.latest_revision_id:
            raise HttpError(409, _("Somebody has saved this page since it was read. Read it again."))
        if self.not_theirs:
            message = _("You may not change this.")
            raise FormValidationError({(name,): [(message, "forbidden")] for name in self.not_theirs})
        with_places(super()._clean_instance, self.form)


class Create(CreatePageAction):
    def _clean_instance(self) -> None:
        with_places(super()._clean_instance, self.form)


def _not_theirs(form: Any) -> Iterator[str]:
    """Fields that were changed by somebody to whom the editor does not even show them."""
    for name, field in type(form).base_fields.items():
        if name not in form.fields and name in form.data and name in form.initial:
            sent = field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
            if field.has_changed(form.initial[name], sent):
                yield name


def with_places(clean: Any, form: Any) -> None:
    try:
        clean()
    except FormValidationError as error:
        raise faults.of_form(form) from error


def leave_out_what_came_back(form: Any) -> None:
    """What was sent as it had been read is not the sender's: it is neither written nor counted as a change."""
    for name in form.fields.keys() - {name for name in form.changed_data if not _came_back(form, name)}:
        del form.fields[name]
    del form.changed_data  # kept by the form, of the fields that it had


def _came_back(form: Any, name: str) -> bool:
    """Of a field that looks changed to the form, because it goes into the editor and comes out of it in other words."""
    field, stored = form.fields[name], form.initial.get(name)
    sent = field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
    if isinstance(field, BlockField):
        # What is stored may still be texts, where the form has days and numbers.
        return _json(field.block, stored) == _json(field.block, sent)
    if converter := getattr(field.widget, "converter", None):
        through = converter.to_database_format(converter.from_database_format(stored or ""))
        return BLOCK_KEY.sub("", sent or "") == BLOCK_KEY.sub("", through)
    return False


def _json(block: Block, value: Any) -> Any:
    return json.loads(json.dumps(block.get_prep_value(value), cls=DjangoJSONEncoder))
