"""The OpenAPI document of the API, completed: Wagtail's says what comes when all goes well; here every answer that can come
is told, with its headers, and nothing that never comes.
"""

import functools
import json
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from ninja.responses import NinjaJSONEncoder
from wagtail.api.v3.api import api

from plan_pages.api.guards import LAST_OFFSET

Json = dict[str, Any]

METHODS = {"get", "put", "post", "patch", "delete"}
OF_SCHEMAS = "#/components/schemas/"
BEARER = "BearerTokenAuth"
DESCRIPTION = """
The city's strategic plan, and the pages that it is kept on. What everyone may see needs no token. With a token
(`Authorization: Bearer …`) the same addresses answer and obey as the admin does to that person. An administrator of the
site makes it (admin, Settings, API tokens) and hands it over; `/api/v3/whoami/` tells whose it is.

Begin at `/api/v3/plans/` and follow the links. Texts and messages are in the language that `lang` or `Accept-Language` asks
for. Every refusal is a problem (RFC 9457, `application/problem+json`). Answers carry an `ETag`; sent back as `If-None-Match`
it costs a 304 where nothing has changed. `RateLimit-*` says how often may be asked.
"""
TAGS = {
    "plan": "Plans, whole and in parts: chapters, goals, tasks, measures, indicators, progress, money, consultations",
    "reports": "Reports that are public, with their files",
    "search": "Everything that everyone may see, by words",
    "pages": "Pages with their texts, as Wagtail keeps them: drafts, revisions, publishing",
    "schema": "The fields of every kind of page",
    "sites": "Names under which the site is reached",
    "auth": "Whose token it is",
    "redirects": "Addresses that lead elsewhere",
    "documents": "Files to download",
    "images": "Pictures",
}
REFUSALS = {
    "400": ("BadRequest", "The request cannot be understood."),
    "401": ("Unauthorized", "A valid token is needed."),
    "403": ("Forbidden", "The person of this token may not do that."),
    "404": ("NotFound", "There is no such thing, or it is not public."),
    "409": ("Conflict", "Somebody has changed it since it was read, or it is in use."),
    "413": ("TooLarge", "More was sent than the site takes."),
    "415": ("NoJson", "What was sent is not JSON."),
    "422": ("Invalid", "What was sent does not hold; `errors` says where and why."),
    "429": ("TooMany", "Too many requests; `Retry-After` says when to come back."),
    "503": ("Maintenance", "The site is being worked on; `Retry-After` says when to come back."),
}
HEADERS: Json = {
    "ETag": {"description": "Changes when the answer does.", "schema": {"type": "string"}},
    "RateLimit-Limit": {"description": "Requests in a window of time.", "schema": {"type": "integer"}},
    "RateLimit-Remaining": {"description": "Requests that are left in this window.", "schema": {"type": "integer"}},
    "RateLimit-Reset": {"description": "Seconds until the next window.", "schema": {"type": "integer"}},
    "Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}},
    "WWW-Authenticate": {"description": "Bearer.", "schema": {"type": "string"}},
    "Location": {"description": "Where the answer is.", "schema": {"type": "string", "format": "uri-reference"}},
}
CAN_CONFLICT = {"pages_update", "documents_delete", "images_delete"}
"""A page is sent with the `latest_revision` that was read; files may be in use."""
OF_EVERY_ANSWER = ("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")
PROBLEM: Json = {
    "title": "Problem",
    "description": "Why a request was refused (RFC 9457).",
    "type": "object",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string", "description": "The status in words."},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What is wrong with this request."},
        "errors": {
            "type": "array",
            "description": "What is wrong where.",
            "items": {
                "type": "object",
                "required": ["type", "loc", "msg"],
                "properties": {
                    "type": {"type": "string", "description": "The kind of fault, for programs."},
                    "loc": {
                        "type": "array",
                        "description": "The place: `query` or `path` and the name of the parameter, `body` and the way "
                        "through the JSON that was sent; of a page's content, the way through the page.",
                        "items": {"anyOf": [{"type": "string"}, {"type": "integer"}]},
                        "examples": [
                            ["query", "status", 0],
                            ["body", "entries", 2, "percent"],
                            ["goals", 0, "value", "code"],
                        ],
                    },
                    "msg": {"type": "string", "description": "What is wrong there, in the language asked for."},
                },
                "additionalProperties": True,
            },
        },
    },
}


@require_safe
def openapi_document(request: HttpRequest) -> HttpResponse:
    return JsonResponse(document(api.get_root_path({})))


@functools.cache
def document(root: str) -> Json:
    """It changes only with the code: written once in a process for each place that the API has."""
    written = api.get_openapi_schema(path_prefix=root)
    # Statuses are numbers in it, and parts of it are shared.
    return complete(json.loads(json.dumps(written, cls=NinjaJSONEncoder)))


def complete(written: Json) -> Json:
    """The document that django-ninja writes, with what it does not know."""
    components = written["components"]
    components["schemas"]["Problem"] = PROBLEM
    components["headers"] = HEADERS
    components["responses"] = {name: _refusal(status, words) for status, (name, words) in REFUSALS.items()}
    components["securitySchemes"] = {
        BEARER: {"type": "http", "scheme": "bearer", "description": "A token that the admin has made for a person."}
    }
    written["paths"] = _paths_that_can_answer(written["paths"])
    for path, method, operation in _operations(written):
        _complete(path, method, operation)
    used = {tag for _path, _method, operation in _operations(written) for tag in operation.get("tags", [])}
    document = {
        **written,
        "info": {"title": "Strategic plan", "version": api.version, "description": DESCRIPTION.strip()},
        "servers": [{"url": "/"}],
        "tags": [{"name": name, "description": TAGS.get(name, name.capitalize())} for name in sorted(used)],
    }
    _leave_out_unused_schemas(document)
    for name, schema in document["components"]["schemas"].items():
        if name.endswith(("PatchSchema", "PatchMetaSchema")):
            # What is not sent stays as it is: a client that sends the default instead would empty it.
            for each in schema["properties"].values():
                each.pop("default", None)
    return document


def _operations(written: Json) -> Iterator[tuple[str, str, Json]]:
    for path, methods in written["paths"].items():
        for method in METHODS & methods.keys():
            yield path, method, methods[method]


def _paths_that_can_answer(paths: Json) -> Json:
    """Wagtail writes the paths of snippets even where there are none."""
    return {path: methods for path, methods in paths.items() if not _takes_no_type(methods)}


def _takes_no_type(methods: Json) -> bool:
    parameters = [each for operation in methods.values() for each in operation.get("parameters", [])]
    return any(each["in"] == "path" and each["schema"].get("const") == "" for each in parameters)


def _complete(path: str, method: str, operation: Json) -> None:
    operation["security"] = _security(operation.get("security", []))
    for parameter in operation.get("parameters", []):
        # django-ninja writes a schema's examples beside the schema too, where OpenAPI has another kind.
        parameter.pop("examples", None)
        if parameter["in"] == "query" and parameter["name"] == "offset":
            parameter["schema"]["maximum"] = LAST_OFFSET
        if parameter["in"] == "query" and parameter["name"] == "limit":
            parameter["schema"].setdefault("maximum", getattr(settings, "WAGTAILAPI_LIMIT_MAX", 20))
    if "requestBody" in operation:
        _take_default_off(operation["requestBody"])
        if method == "patch":
            _say_any(operation["requestBody"])
    answers = operation["responses"]
    for status, answer in list(answers.items()):
        _describe(answer, method, status)
    if method == "get":
        answers.setdefault("304", {"description": "Nothing has changed.", "headers": _headers("ETag")})
    if path.endswith("/find/"):
        answers["302"] = {"description": "It is at another address.", "headers": _headers("Location")}
    for status in _refusals(operation):
        answers.setdefault(status, _ref("responses", REFUSALS[status][0]))
    operation["responses"] = dict(sorted(answers.items()))


def _refusing(answer: Json, status: str) -> Json:
    """The shape of an operation's own refusal. What is wrong in its form is refused before the operation begins."""
    general = _ref("schemas", "Problem")
    if "content" not in answer:
        return general
    own: Json = answer["content"]["application/json"]["schema"]
    return {"anyOf": [own, general]} if status == "422" else own


def _take_default_off(body: Json) -> None:
    """A body that may be missing says so by not being required; a default beside a reference says it in another way, which
    makers of clients do not know."""
    for content in body["content"].values():
        content["schema"].pop("default", None)


def _say_any(body: Json) -> None:
    """A change that does not say of what kind its page is fits several of them: what the page lacks is passed over."""
    for content in body["content"].values():
        if "oneOf" in content["schema"] and "discriminator" not in content["schema"]:
            content["schema"]["anyOf"] = content["schema"].pop("oneOf")


def _describe(answer: Json, method: str, status: str) -> None:
    if "$ref" in answer:
        return
    if status.startswith(("4", "5")):
        answer["content"] = {"application/problem+json": {"schema": _refusing(answer, status)}}
    names = ["ETag"] if method == "get" and status == "200" else []
    answer["headers"] = _headers(*names) | answer.get("headers", {})


def _security(written: list[Json]) -> list[Json]:
    """A token, or a token or none, or none at all."""
    if not written:
        return []
    return [{BEARER: []}] if all(BEARER in each for each in written) else [{BEARER: []}, {}]


def _refusals(operation: Json) -> set[str]:
    """The statuses with which an operation can refuse."""
    found = {"400", "429", "503"}
    if operation["security"]:
        found.add("401")
    if operation["security"] == [{BEARER: []}]:
        found.add("403")
    if operation.get("parameters") or "requestBody" in operation:
        found |= {"404", "422"}
    if "requestBody" in operation:
        found |= {"413", "415"}
    if operation["operationId"] in CAN_CONFLICT:
        found.add("409")
    return found


def _headers(*names: str) -> Json:
    return {name: _ref("headers", name) for name in (*names, *OF_EVERY_ANSWER)}


def _refusal(status: str, words: str) -> Json:
    more = {"401": ["WWW-Authenticate"], "429": ["Retry-After"], "503": ["Retry-After"]}
    content = {"application/problem+json": {"schema": _ref("schemas", "Problem")}}
    return {"description": words, "headers": _headers(*more.get(status, [])), "content": content}


def _ref(kind: str, name: str) -> Json:
    return {"$ref": f"#/components/{kind}/{name}"}


def _leave_out_unused_schemas(document: Json) -> None:
    schemas = document["components"]["schemas"]
    wanted = _referred({**document, "components": {**document["components"], "schemas": {}}})
    used: set[str] = set()
    while wanted:
        name = wanted.pop()
        if name not in used:
            used.add(name)
            wanted += _referred(schemas[name])
    document["components"]["schemas"] = {name: schema for name, schema in schemas.items() if name in used}


def _referred(part: Any) -> list[str]:
    """Names of the schemas that a part of the document refers to."""
    match part:
        case {"$ref": str(ref)} if ref.startswith(OF_SCHEMAS):
            return [ref.removeprefix(OF_SCHEMAS)]
        case dict():
            return [name for each in part.values() for name in _referred(each)]
        case list():
            return [name for each in part for name in _referred(each)]
    return []
