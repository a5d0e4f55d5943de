"""How the API answers: a built value as JSON, and a list batch by batch. Nothing is validated node by node: the types of
the value say what it is.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from plan_pages.api.asking import Batched
from plan_pages.api.keeping import PUBLIC
from plan_pages.api.shapes import BatchLinks

Item = TypeVar("Item")


def answer(content: Mapping[str, Any], language: str) -> HttpResponse:
    written = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    headers = {"Content-Language": language, "Cache-Control": PUBLIC}
    response = HttpResponse(written, content_type="application/json", headers=headers)
    patch_vary_headers(response, ["Accept-Language"])
    return response


def own_address(request: HttpRequest) -> str:
    """Of what is answered, with all that was asked for."""
    return request.build_absolute_uri()


def part(found: Sequence[Item], asked: Batched) -> Sequence[Item]:
    return found[asked.offset : asked.offset + asked.limit]


def batch(request: HttpRequest, asked: Batched, count: int, items: list[Any]) -> dict[str, Any]:
    """Of the shape of a `Batch`, with its items."""
    return {
        "@id": own_address(request),
        "@type": "Batch",
        "count": count,
        "items": items,
        "links": batch_links(request, asked, count),
    }


def batch_links(request: HttpRequest, asked: Batched, count: int) -> BatchLinks:
    limit, offset = asked.limit, asked.offset
    last = (count - 1) // limit * limit if count else 0
    before = min(max(offset - limit, 0), last)
    return {
        "self": own_address(request),
        "first": _at(request, 0),
        "prev": _at(request, before) if offset else None,
        "next": _at(request, offset + limit) if offset + limit < count else None,
        "last": _at(request, last),
    }


def _at(request: HttpRequest, offset: int) -> str:
    """The same address further on; the first batch has no offset."""
    query = request.GET.copy()
    query.pop("offset", None)
    if offset:
        query["offset"] = str(offset)
    written = query.urlencode()
    return request.build_absolute_uri(f"{request.path}?{written}" if written else request.path)
