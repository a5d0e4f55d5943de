"""How tests ask the API: as a stranger, and every answer is held to the shape that its document promises."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.test import Client
from django.urls import resolve
from pydantic import BaseModel, ConfigDict, create_model
from wagtail.api.v3.api import api

API = "/api/v3/"


def ask(path: str, status: int = 200, language: str = "en", **headers: str) -> Any:
    """The answer to an address below that of the API; in English, where no other language is asked for."""
    answer = Client(headers={"Accept-Language": language, **headers}).get(f"{API}{path}")
    assert answer.status_code == status, answer.content.decode()[:2000]
    if status != 200:
        assert answer["Content-Type"] == "application/problem+json"
        return answer.json()
    assert answer["Content-Type"] == "application/json"
    check(answer)
    return answer.json()


def check(answer: Any) -> None:
    """Raises ValidationError where there is more or less in an answer than the document of the API promises."""
    name = resolve(answer.request["PATH_INFO"]).url_name
    _promised(name).model_validate_json(b'{"answer": %b}' % answer.content, strict=True)


@cache
def _promised(url_name: str) -> type[BaseModel]:
    """What the document is made from."""
    (operation,) = (each for each in operations() if each.url_name == url_name)
    shape = operation.response_models[200].model_fields["response"].annotation
    return create_model("Promised", __config__=ConfigDict(extra="forbid"), answer=(shape, ...))


def operations() -> Iterator[Any]:
    """What is ours in the API, and read."""
    for router in api._get_bound_routers():
        for view in router.path_operations.values():
            yield from (each for each in view.operations if is_ours(each))


def is_ours(operation: Any) -> bool:
    return "GET" in operation.methods and operation.view_func.__module__.startswith(("plan_pages", "reports"))


def codes(answer: Any) -> list[str]:
    return [each["code"] for each in answer["items"]]
