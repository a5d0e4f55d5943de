"""What addresses of the API may ask for: the parameters that all or many of them know, and how they are refused.

A parameter that is not known, or that is given twice where it may be given once, is refused with the list of the known
ones: nobody takes an unfiltered list for a filtered one.
"""

from typing import Annotated, Any, NoReturn

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Schema
from ninja.errors import HttpError, ValidationError
from pydantic import AfterValidator, Field, ValidationInfo, model_validator

from plan_pages.api.language import accepted_language, unknown_language
from plan_pages.choices import Choice
from plan_pages.domain.periods import Period
from plan_pages.languages import language_codes

A_BATCH = 20
MOST = 100
PERIOD = "^[0-9]{4}(-(H[12]|Q[1-4]|0[1-9]|1[0-2]))?$"
LAST_OFFSET = 1_000_000


def words(choice: type[Choice]) -> dict[str, Any]:
    """For the document: the values of a vocabulary, said on the spot."""
    return {"type": "string", "enum": [each.value for each in choice]}


def left_out(description: str, **more: Any) -> Any:
    """A parameter that need not be given. In the document: what is not given is not null."""

    def documented(schema: dict[str, Any]) -> None:
        schema.pop("default", None)
        kinds = [kind for kind in schema.pop("anyOf", ()) if kind != {"type": "null"}]
        for each in (*kinds, more):
            schema.update(each)
        if "enum" in schema:
            schema.pop("$ref", None)

    return Field(default=None, description=description, json_schema_extra=documented)


PlanSlug = Annotated[str, Field(pattern=r"^[-\w]+$", max_length=255, description="The name of the plan in addresses.")]


class Asking(Schema):
    """What every address knows."""

    lang: str | None = left_out(
        "The language of texts; without it Accept-Language says it, else it is the site's first.", enum=language_codes()
    )

    @model_validator(mode="before")
    @classmethod
    def only_what_is_known(cls, values: Any, info: ValidationInfo) -> Any:
        request: HttpRequest | None = (info.context or {}).get("request")
        if request is not None:
            cls._check(request)
        return values

    @classmethod
    def _check(cls, request: HttpRequest) -> None:
        asked = request.GET
        known = sorted(cls.model_fields)
        unknown = [name for name in asked if name not in cls.model_fields]
        if unknown:
            faults = [
                _fault(
                    name, "unknown_parameter", _("Unknown parameter. Known: %(known)s.") % {"known": ", ".join(known)}
                )
                for name in unknown
            ]
            raise ValidationError([fault | {"known": known} for fault in faults])
        repeated = [name for name, given in asked.lists() if len(given) > 1 and not cls._may_repeat(name)]
        if repeated:
            raise ValidationError([_fault(name, "repeated_parameter", _("May be given once.")) for name in repeated])
        language = asked.get("lang")
        if language is not None and language not in language_codes():
            raise HttpError(400, unknown_language())

    @classmethod
    def _may_repeat(cls, name: str) -> bool:
        return cls.model_fields[name].default_factory is list


class Batched(Asking):
    """A list, batch by batch."""

    limit: Annotated[int, Field(ge=1, le=MOST, description="The length of a batch.")] = A_BATCH
    offset: Annotated[int, Field(ge=0, le=LAST_OFFSET, description="How many are left out before it.")] = 0


def _a_period(value: str | None) -> str | None:
    if value is not None:
        Period.parse(value)
    return value


PeriodAsked = Annotated[str | None, AfterValidator(_a_period)]
"""Refuses what is not a period."""


class Dated(Asking):
    """Figures of a day: of today, or of the last day of a period that is over."""

    period: PeriodAsked = left_out(
        "A period that is over, for figures as they were on its last day: 2026, 2026-H1, 2026-Q3 or 2026-09. Without it, "
        "figures are today's.",
        pattern=PERIOD,
    )


class DatedBatch(Batched, Dated):
    """A list of what has figures."""


def refuse(parameter: str, message: str, **more: Any) -> NoReturn:
    """With 422."""
    raise ValidationError([_fault(parameter, "value_error", message) | more])


def _fault(parameter: str, kind: str, message: str) -> dict[str, Any]:
    return {"type": kind, "loc": ["query", parameter], "msg": message}


def language_of(request: HttpRequest, asked: Asking) -> str:
    """The language in which the answer is given, as far as there are texts in it."""
    return asked.lang or accepted_language(request)
