"""What Wagtail's content API lacks for our fields: relations that can be followed and written back as they were read, and
structured blocks whose shape is checked before anything is made of them.

Wagtail makes its schemas once, when its registry is first imported: `register` comes before that.
"""

import sys
from typing import Annotated, Any

from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.urls import NoReverseMatch, reverse
from ninja import Schema
from pydantic import AfterValidator, AliasChoices, Field, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import InitErrorDetails, PydanticCustomError
from wagtail.api.v2.utils import get_full_url
from wagtail.api.v3.schemas import create_generator, patch_generator, read_generator
from wagtail.api.v3.schemas.generators.read import reverse_related_schema
from wagtail.api.v3.schemas.generators.write import rich_text_schema
from wagtail.documents import get_document_model
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model
from wagtail.models import APIToken, Page, Revision

from plan_pages.api.block_shapes import faults_of

LARGEST_ID = 2**63 - 1


class ReferenceMeta(Schema):
    type: str
    detail_url: str | None = None


class PageReference(Schema):
    """What a page names: its id and where the API tells more of it, to whoever may see that. No title: what is named may
    be a draft, or restricted."""

    id: int
    meta: ReferenceMeta


class GivenReference(Schema):
    id: Annotated[int, Field(ge=1, le=LARGEST_ID)]


Given = Annotated[
    Annotated[int, Field(ge=1, le=LARGEST_ID)] | GivenReference,
    AfterValidator(lambda given: given.id if isinstance(given, GivenReference) else given),
]
"""An id, or a reference as it was read."""


def register() -> None:
    if "wagtail.api.v3.registry" in sys.modules:
        raise ImproperlyConfigured("The content API was imported before plan_pages had said what its fields look like.")
    read_generator.register_field_schema(models.ForeignKey, _read_one)
    read_generator.register_field_schema(models.ManyToManyField, _read_many)
    read_generator.register_field_schema(models.ForeignObjectRel, _read_rows)
    for generator in (create_generator, patch_generator):
        generator.register_field_schema(models.ForeignKey, _write_one)
        generator.register_field_schema(models.ManyToManyField, _write_many)
        generator.register_field_schema(StreamField, _write_stream)
        generator.register_field_schema(RichTextField, _write_prose)


def is_editing(request: Any) -> bool:
    """Whether who asks came with a token, for what its owner may edit: it is taken back as it was read, so nothing may be
    left out of it."""
    return isinstance(getattr(request, "auth", None), APIToken) and request.user.is_authenticated


def reference(model: type[models.Model], pk: Any, request: Any) -> dict[str, Any]:
    return {"id": pk, "meta": {"type": model._meta.label, "detail_url": _detail_url(model, pk, request)}}


def _detail_url(model: type[models.Model], pk: Any, request: Any) -> str | None:
    kinds = ((Page, "page"), (get_document_model(), "document"), (get_image_model(), "image"))
    name = next((name for kind, name in kinds if issubclass(model, kind)), None)
    try:
        path = reverse(f"wagtailapi_v3:detail_{name}", args=[pk])
    except NoReverseMatch:
        return None
    return str(get_full_url(request, path))


def _read_one(_generator: Any, field: Any) -> tuple[Any, Any, Any]:
    def resolve(instance: models.Model, context: dict[str, Any]) -> dict[str, Any] | None:
        pk = getattr(instance, field.attname)
        if field.related_model is Revision and not is_editing(context["request"]):
            return None  # that somebody is working on the page is no reader's business
        return None if pk is None else reference(field.related_model, pk, context["request"])

    return PageReference | None, None, staticmethod(resolve)


def _read_many(_generator: Any, field: Any) -> tuple[Any, Any, Any]:
    def resolve(instance: models.Model, context: dict[str, Any]) -> list[dict[str, Any]]:
        named = getattr(instance, field.name).all()
        if issubclass(field.related_model, Page) and not is_editing(context["request"]):
            named = named.live().public()
        return [reference(field.related_model, each.pk, context["request"]) for each in named]

    return list[PageReference], [], staticmethod(resolve)


def _read_rows(generator: Any, field: Any) -> tuple[Any, Any, Any]:
    """Rows that hang on a page; a page may say which of them it shows to a reader."""
    annotation, default, _resolver = reverse_related_schema(generator, field)
    if not field.multiple:
        return annotation, default, None
    name = field.get_accessor_name()

    def resolve(instance: models.Model, context: dict[str, Any]) -> list[models.Model]:
        shown = getattr(instance, "rows_shown", None)
        if shown is None or is_editing(context["request"]):
            return list(getattr(instance, name).all())
        return list(shown(name, context["request"]))

    return annotation, default, staticmethod(resolve)


def _write_one(generator: Any, field: Any) -> tuple[Any, Any]:
    # `group_id` is how Wagtail itself would have the field called.
    names = AliasChoices(field.name, field.attname)
    optional = field.null or generator.for_update
    default = FieldInfo(
        default=None if optional else ..., validation_alias=names, title=str(field.verbose_name), alias_priority=2
    )
    return (Given | None if optional else Given), default


def _write_many(_generator: Any, field: Any) -> tuple[Any, Any]:
    return list[Given], FieldInfo(default=[], title=str(field.verbose_name))


def _write_prose(generator: Any, field: Any) -> tuple[Any, Any]:
    """Wagtail's, and null: that is how a text is read which a page does not have in a language."""
    found = rich_text_schema(generator, field)
    assert found is not None
    annotation, default = found
    return annotation | None, default


def _write_stream(_generator: Any, field: Any) -> tuple[Any, Any]:
    block = field.stream_block

    def check(value: list[Any]) -> list[Any]:
        faults: list[InitErrorDetails] = [
            {"type": PydanticCustomError("block_shape", "{message}", {"message": message}), "loc": place, "input": None}
            for place, message in faults_of(block, value)
        ]
        if faults:
            raise ValidationError.from_exception_data(field.name, faults)
        return value

    return Annotated[list[Any], AfterValidator(check)], []
