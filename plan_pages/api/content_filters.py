"""What Wagtail's lists may be asked for: it passes over what it does not know, and the whole list would be taken for a
filtered one.
"""

from typing import Any

from django.utils.translation import gettext as _
from ninja.errors import ValidationError
from wagtail.api.v3.schemas.params import APIFieldFilterSchema
from wagtail.api.validators import APIFieldValidator

BESIDE = {"limit", "offset", "lang"}


def be_strict() -> None:
    APIFieldFilterSchema.get_validated_fields = _only_known


def _only_known(self: Any, queryset: Any) -> list[str]:
    """The fields to filter by; others are refused with the known ones, as the lists of the plan do."""
    asked = set(self.raw_params) - self.ignore_fields - BESIDE
    fields = APIFieldValidator(
        model=queryset.model, fields=asked, base_fields=self.base_fields, db_fields_only=True, skip_invalid=True
    )
    known = sorted(self.ignore_fields | BESIDE | fields.allowed_fields)
    words = _("Unknown parameter. Known: %(known)s.") % {"known": ", ".join(known)}
    faults = [
        {"type": "unknown_parameter", "loc": ["query", name], "msg": words, "known": known}
        for name in sorted(asked - fields.allowed_fields)
    ]
    if faults:
        raise ValidationError(faults)
    return list(fields.fields)
