"""`/schema/blocks/`: which fields of pages are made of structured blocks, and the JSON Schema of each. Everyone may read
it: it says what can be written, and nothing of what was."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from wagtail.api import APIField
from wagtail.api.v3.auth import AllowAnonymous, BearerTokenAuth
from wagtail.fields import StreamField
from wagtail.models import get_page_models

from plan_pages.api.block_schema import schema_of

JSON_SCHEMA = "application/schema+json"

router = Router(tags=["schema"], auth=[BearerTokenAuth(), AllowAnonymous()])


class BlockField(Schema):
    name: str
    label: str
    schema_url: str


class BlockFields(Schema):
    fields: list[BlockField]


@router.get(
    "/",
    response=BlockFields,
    url_name="list_block_schemas",
    operation_id="block_schemas_list",
    summary="Fields made of structured blocks",
)
def list_block_schemas(request: HttpRequest) -> dict[str, Any]:
    return {
        "fields": [
            {"name": name, "label": str(field.verbose_name), "schema_url": _address(request, name)}
            for name, field in _fields()
        ]
    }


@router.get(
    "/{name}/",
    response=dict[str, Any],
    url_name="get_block_schema",
    operation_id="block_schema",
    summary="JSON Schema of structured blocks",
    openapi_extra={"responses": {200: {"content": {JSON_SCHEMA: {"schema": {"type": "object"}}}}}},
)
def get_block_schema(request: HttpRequest, name: str, draft: bool = Query(False)) -> JsonResponse:
    """`name`: page type and field, `plan_pages.ChapterPage.goals`. `draft`: of a text that need not be complete yet."""
    field = dict(_fields()).get(name)
    if field is None:
        raise Http404(_("No field of structured blocks is called %(name)s.") % {"name": name})
    schema = schema_of(field.stream_block, _address(request, name), str(field.verbose_name), draft=draft)
    return JsonResponse(schema, content_type=JSON_SCHEMA, json_dumps_params={"ensure_ascii": False})


def _fields() -> Iterator[tuple[str, Any]]:
    for model in get_page_models():
        shown = {field.name for field in APIField.get_fields_for_model(model)}
        for field in model._meta.get_fields():
            if isinstance(field, StreamField) and field.name in shown:
                yield f"{model._meta.label}.{field.name}", field


def _address(request: HttpRequest, name: str) -> str:
    return request.build_absolute_uri(reverse("wagtailapi_v3:get_block_schema", args=[name]))
