"""The document of the API, of which clients are made: every address of ours that is read without a token, wholly typed."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from tests.plan_pages.api.asked import operations

pytestmark = pytest.mark.django_db
TYPED = {"type", "$ref", "anyOf", "const", "enum", "oneOf", "allOf"}


@pytest.fixture
def document() -> Any:
    return Client().get("/api/v3/openapi.json").json()


def ours(document: Any) -> dict[str, Any]:
    names = {each.operation_id for each in operations() if not each.auth_callbacks}
    every = (of for path in document["paths"].values() for of in path.values())
    return {each["operationId"]: each for each in every if each["operationId"] in names}


def schemas(document: Any, schema: Any, seen: set[str]) -> Iterator[Any]:
    """A schema and all that it is made of, each once."""
    yield schema
    name = schema.get("$ref", "").rpartition("/")[2]
    if name and name not in seen:
        seen.add(name)
        yield from schemas(document, document["components"]["schemas"][name], seen)
    parts = [*schema.get("properties", {}).values(), *schema.get("anyOf", ())]
    for each in [*parts, schema["items"]] if "items" in schema else parts:
        yield from schemas(document, each, seen)


def test_every_operation_of_ours_is_in_it_with_a_name_of_its_own(document: Any) -> None:
    found = ours(document)
    assert {"plans_list", "plan_tree", "measures_list", "measure_detail", "search", "reports_list"} <= set(found)
    assert len(found) == sum(not each.auth_callbacks for each in operations())


def test_every_answer_is_typed_to_the_last_value(document: Any) -> None:
    seen: set[str] = set()
    for name, operation in ours(document).items():
        answer = operation["responses"]["200"]["content"]["application/json"]["schema"]
        for schema in schemas(document, answer, seen):
            assert TYPED & set(schema), f"{name}: {schema}"
            if schema.get("type") == "object":
                assert schema["properties"], f"{name}: {schema}"
                assert set(schema["required"]) == set(schema["properties"]), f"{name}: {schema}"
            if schema.get("type") == "array":
                assert "items" in schema, f"{name}: {schema}"
    assert {"MeasureDetail", "Branch", "FigureShape", "ReportSummary"} <= seen


def test_no_two_shapes_share_a_name(document: Any) -> None:
    for operation in operations():
        if not operation.auth_callbacks:
            own = operation.response_models[200].model_json_schema(
                ref_template="#/components/schemas/{model}", mode="serialization"
            )
            for name, schema in own["$defs"].items():
                assert set(document["components"]["schemas"][name].get("properties", ())) == set(
                    schema.get("properties", ())
                ), name


def test_every_parameter_says_what_it_is_and_none_is_null(document: Any) -> None:
    for name, operation in ours(document).items():
        for parameter in operation["parameters"]:
            schema = parameter["schema"]
            assert TYPED & set(schema), f"{name}: {parameter}"
            assert "null" not in str(schema), f"{name}: {parameter}"
            assert schema.get("default", "") is not None
            if parameter["in"] == "query":
                assert parameter.get("description"), f"{name}: {parameter}"


def test_what_is_known_by_words_is_an_enumeration(document: Any) -> None:
    parameters = {each["name"]: each["schema"] for each in ours(document)["measures_list"]["parameters"]}
    assert parameters["lang"]["enum"] == ["lt", "en"]
    assert "delayed" in parameters["status"]["items"]["enum"]
    ways = ["code", "deadline", "progress", "responsible"]
    assert parameters["order"]["enum"] == [*ways, *(f"-{each}" for each in ways)]
