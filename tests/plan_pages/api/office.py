"""A program at the API with somebody's token: `Program(city.user("editor of A")).get("returns/")`. Every answer is held to
the shape that the API's document promises for it.
"""

import json
from functools import cache
from typing import Any

from django.test import Client
from django.urls import resolve
from pydantic import BaseModel, ConfigDict, create_model
from wagtail.api.v3.api import api
from wagtail.models import APIToken


class Program:
    def __init__(self, user: Any = None, language: str = "en") -> None:
        self.headers = {"Accept-Language": language}
        if user is not None:
            _token, key = APIToken.create_token(user=user, name="test")
            self.headers["Authorization"] = f"Bearer {key}"
        self.client = Client()

    def get(self, path: str) -> Any:
        return _held(self.client.get(_address(path), headers=self.headers))

    def send(self, method: str, path: str, body: Any = None) -> Any:
        written = None if body is None else json.dumps(body)
        deed = getattr(self.client, method)
        return _held(deed(_address(path), written, content_type="application/json", headers=self.headers))

    def upload(self, path: str, **parts: Any) -> Any:
        """Parts of one form: texts and files."""
        return _held(self.client.post(_address(path), parts, headers=self.headers))

    def delete(self, path: str) -> Any:
        return _held(self.client.delete(_address(path), headers=self.headers))

    def download(self, path: str, **headers: str) -> Any:
        """The file of an address, read to its end; or a refusal."""
        answer = self.client.get(_address(path), headers=self.headers | headers)
        return answer if answer.status_code < 400 else _held(answer)

    def post(self, path: str, body: Any = None) -> Any:
        return self.send("post", path, {} if body is None else body)


def _address(path: str) -> str:
    return path if path.startswith("http") else f"/api/v3/{path}"


def _held(answer: Any) -> Any:
    asked = answer.request
    status = answer.status_code
    if status == 204:
        assert answer.content == b""
        return answer
    said = answer.json()
    promised = _promised(resolve(asked["PATH_INFO"]).url_name, asked["REQUEST_METHOD"], status)
    # A request that is wrong in its form is refused before any of our code, as everywhere in the API.
    if promised is not None and said.get("detail") != "Validation failed":
        promised.model_validate_json(b'{"answer": %b}' % answer.content, strict=True)
    kind = "application/json" if status < 400 else "application/problem+json"
    assert answer.headers["Content-Type"].startswith(kind)
    return answer


@cache
def _promised(url_name: str, method: str, status: int) -> type[BaseModel] | None:
    views = [view for router in api._get_bound_routers() for view in router.path_operations.values()]
    (found,) = (
        each for view in views for each in view.operations if each.url_name == url_name and method in each.methods
    )
    if status not in found.response_models:
        assert status >= 400, f"{method} {url_name} promises no {status}"
        return None
    shape = found.response_models[status].model_fields["response"].annotation
    return create_model("Promised", __config__=ConfigDict(extra="forbid"), answer=(shape, ...))
