"""The headless face: what Wagtail's content API (v3) lacks, added to the same addresses. A host includes
`plan_pages.api.urls` instead of Wagtail's own.
"""

ROUTERS = "plan_pages_api_routers"
"""A hook: a function that gives a prefix and a router. So another app adds addresses of its own, whenever it is set up."""
