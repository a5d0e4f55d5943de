"""No field that an editor sees is missing from the content API."""

from collections.abc import Iterator
from typing import Any

import pytest
from wagtail.api import APIField
from wagtail.models import Page, get_page_models

OURS = [model for model in get_page_models() if model is not Page]
ELSEWHERE = {
    "title": "Wagtail's own: read and written on every page without being named",
    "slug": "the same; it is read in `meta`",
}


def edited(model: Any) -> set[str]:
    """Names of what the editor's form has, its inline lists among them."""
    options = model.get_edit_handler().get_form_options()
    return set(options.get("fields", ())) | set(options.get("formsets", ()))


def inline(model: Any) -> Iterator[tuple[Any, set[str]]]:
    """The rows of inline lists, with what the form of each has."""
    for name, options in (model.get_edit_handler().get_form_options().get("formsets") or {}).items():
        yield getattr(model, name).rel.related_model, set(options["fields"])


def written(model: Any) -> set[str]:
    return {field.name for field in APIField.get_writable_fields_for_model(model)}


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_field_of_the_editor_is_read_and_written_through_the_api(model: Any) -> None:
    assert edited(model) - ELSEWHERE.keys() - written(model) == set()


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_field_of_inline_rows_is_read_and_written_through_the_api(model: Any) -> None:
    missing = {row._meta.label: fields - written(row) for row, fields in inline(model)}
    assert {label: fields for label, fields in missing.items() if fields} == {}


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_the_api_writes_nothing_that_the_editor_does_not(model: Any) -> None:
    assert written(model) - edited(model) == {"latest_revision"}  # says which version was read, and is not written
    assert {row._meta.label: written(row) - fields for row, fields in inline(model) if written(row) - fields} == {}


@pytest.mark.parametrize("name", sorted(ELSEWHERE))
def test_every_exception_is_needed(name: str) -> None:
    assert any(name in edited(model) - written(model) for model in OURS)


def test_there_are_inline_rows_to_look_at() -> None:
    assert {row.__name__ for model in OURS for row, _fields in inline(model)} >= {"GroupMember", "NewsPicture"}
