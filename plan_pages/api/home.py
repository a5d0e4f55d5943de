"""The API's own address: what there is to read from here."""

from functools import cache
from typing import Literal

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Query, Router
from typing_extensions import TypedDict

from plan_pages.api.answering import answer
from plan_pages.api.asking import Asking, language_of
from plan_pages.api.shapes import Uri

router = Router(tags=["plan"])

_Resource = TypedDict("_Resource", {"@id": Uri})
_Home = TypedDict("_Home", {"@id": Uri, "@type": Literal["Home"]})


class HomeLinks(TypedDict):
    """`docs`: for people. `document`: every operation (OpenAPI). `plans`: where to begin."""

    docs: Uri
    document: Uri
    plans: Uri


class Resource(_Resource):
    """`name`: its address below that of the API."""

    name: str


class Home(_Home):
    """`resources`: whatever is asked for without knowing an identity. Some want a token."""

    links: HomeLinks
    resources: list[Resource]


@router.get("/", response=Home, url_name="home", operation_id="home", summary="Where everything is")
def home(request: HttpRequest, query: Query[Asking]) -> HttpResponse:
    path = reverse("wagtailapi_v3:api-root")
    root = request.build_absolute_uri(path)
    found: Home = {
        "@id": root,
        "@type": "Home",
        "links": {
            "docs": request.build_absolute_uri(reverse("wagtailapi_v3:openapi-view")),
            "document": request.build_absolute_uri(reverse("wagtailapi_v3:openapi-json")),
            "plans": f"{root}plans/",
        },
        "resources": [{"@id": f"{root}{each}", "name": each.strip("/")} for each in _resources(path)],
    }
    return answer(found, language_of(request, query))


@cache
def _resources(root: str) -> tuple[str, ...]:
    """Of Wagtail's API with all that was added to it, of other apps too. `root`: the path of the API."""
    from plan_pages.api.document import document

    paths = {path.removeprefix(root): operations for path, operations in document(root)["paths"].items()}
    return tuple(sorted(path for path, operations in paths.items() if path and "get" in operations and "{" not in path))
