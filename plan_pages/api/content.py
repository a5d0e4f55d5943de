"""Wagtail's content API made to fit our pages: called once, when all models are there and before anybody imports the API."""

from plan_pages.api import field_schemas
from plan_pages.api.language import spoken


def set_up() -> None:
    field_schemas.register()
    # The API's schemas are made when it is imported, of what was registered until then.
    from wagtail.api.v3.api import api

    from plan_pages.api import content_filters, readers, refusals
    from plan_pages.api.guards import guard
    from plan_pages.api.schemas import router

    refusals.tell(api)
    guard(api)
    api.add_decorator(spoken, mode="view")  # around the guards too
    readers.let_in()
    content_filters.be_strict()
    api.add_router("/schema/blocks/", router)
