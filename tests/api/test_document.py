"""The OpenAPI document: valid, of every address that answers, and with every answer that can come."""

from typing import Any

import pytest
from django.test import Client
from openapi_spec_validator import validate
from openapi_spec_validator.validation.validators import OpenAPIV31SpecValidator

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(client: Client) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/api/v3/openapi.json").json()
    return found


def operations(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        f"{method} {path}": operation
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }


def test_it_is_valid(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    validate(document, cls=OpenAPIV31SpecValidator)


def test_it_has_a_tag_and_a_name_of_its_own_for_every_operation(document: dict[str, Any]) -> None:
    names = [operation["operationId"] for operation in operations(document).values()]
    assert len(set(names)) == len(names) > 50
    described = {tag["name"] for tag in document["tags"]}
    assert all(set(operation["tags"]) <= described for operation in operations(document).values())


def test_every_operation_tells_how_it_refuses_and_when_too_much_is_asked(document: dict[str, Any]) -> None:
    responses = document["components"]["responses"]
    for name, operation in operations(document).items():
        for status, answer in operation["responses"].items():
            if status >= "4":
                told = responses[answer["$ref"].rpartition("/")[2]] if "$ref" in answer else answer
                assert list(told["content"]) == ["application/problem+json"], f"{name} {status}"
        assert {"400", "429", "503"} <= operation["responses"].keys(), name


def test_what_needs_a_token_says_so_and_how_it_is_refused(document: dict[str, Any]) -> None:
    writing = [name for name in operations(document) if not name.startswith("get ")]
    for name in writing:
        operation = operations(document)[name]
        assert operation["security"] == [{"BearerTokenAuth": []}], name
        assert {"401", "403"} <= operation["responses"].keys(), name
    assert operations(document)["get /api/v3/pages/"]["security"] == [{"BearerTokenAuth": []}, {}]


def test_every_reading_has_a_tag_and_may_be_unchanged(document: dict[str, Any]) -> None:
    for name, operation in operations(document).items():
        if name.startswith("get "):
            assert "304" in operation["responses"], name
            assert "ETag" in operation["responses"]["200"]["headers"], name


def test_it_speaks_of_no_schema_that_nothing_refers_to(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    written = str({name: part for name, part in document.items() if name != "components"}) + str(schemas)
    assert [name for name in schemas if f"#/components/schemas/{name}'" not in written and name != "Problem"] == []


def test_an_unchanged_document_is_confirmed(client: Client) -> None:
    tag = client.get("/api/v3/openapi.json").headers["ETag"]
    assert client.get("/api/v3/openapi.json", headers={"If-None-Match": tag}).status_code == 304
