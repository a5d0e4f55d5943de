"""The addresses of the API: Wagtail's for content, ours for the plan. A host includes them once, where it likes:

path("api/v3/", include("plan_pages.api.urls"))
"""

from django.urls import URLPattern, URLResolver, path
from wagtail import hooks
from wagtail.api.v3.api import api

from plan_pages.api import ROUTERS
from plan_pages.api.document import openapi_document

for prefix_and_router in hooks.get_hooks(ROUTERS):
    api.add_router(*prefix_and_router())
_patterns, _app_name, _namespace = api.urls
# What is written out goes before what has a placeholder: `schema/blocks/` before `schema/<type_name>/`.
_patterns.sort(key=lambda pattern: "<" in str(pattern.pattern))

urlpatterns: list[URLPattern | URLResolver] = [
    path("openapi.json", openapi_document),  # in the place of Wagtail's, and under its name
    path("", (_patterns, _app_name, _namespace)),
]
