"""Wagtail's content API made to fit our pages: called once, when all models are there and before anybody imports the API."""

from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from plan_pages.api import faults, field_schemas
from plan_pages.api.language import spoken


def set_up() -> None:
    field_schemas.register()
    # The API's schemas are made when it is imported, of what was registered until then.
    from wagtail.api.v3.api import api

    from plan_pages.api.guards import guard
    from plan_pages.api.schemas import router

    api.add_exception_handler(ValidationError, faults.problem)
    api.add_exception_handler(ProtectedError, faults.in_use)
    api.add_decorator(spoken, mode="view")
    guard(api)
    api.add_router("/schema/blocks/", router)
